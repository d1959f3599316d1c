package example;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.Console;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints the changes of a table: the bundled events, or those in the files and folders that its arguments and the
 * system property {@code events} name. {@link DecodeArguments} lists the arguments. A folder means all files in it
 * and its subfolders, except those whose name begins with a dot.
 *
 * <p>A file may be anything that {@link io.github.dynamodbcdc.ChangeEventDecoder#read(InputStream)} reads: records one
 * after another, a Lambda payload, a Firehose delivery, a GetRecords response, an array, or an export, of any size,
 * with or without gzip. Envelopes may be in each other, as a notification of SNS in a message of SQS.
 *
 * <p>Failures go to the error stream, and a {@link Summary} follows the events. If no event has Keys, the error stream
 * says how to name them. With the option {@code json}, which the
 * system property {@code json} sets too, the output consists of one {@link JsonLine} for each record, good or bad, and
 * the summary goes to the error stream. Colors are for terminals, unless the environment has {@code NO_COLOR}.
 *
 * <p>The exit status is {@value #ALL_DECODED} if every record was decoded, {@value #SOME_FAILED} if at least one was
 * not, and {@value #UNREADABLE} if an argument is wrong or a file cannot be read.
 */
public final class DecodeEvents {
    static final int ALL_DECODED = 0;
    static final int SOME_FAILED = 1;
    static final int UNREADABLE = 2;

    private static final String STANDARD_INPUT = "-";
    private static final String BUNDLED = "events.jsonl";

    private final DecodeArguments arguments;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final List<String> inputs = new ArrayList<>();
    private final Summary summary = new Summary();
    private String heading = "";

    private DecodeEvents(DecodeArguments arguments, InputStream in, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs the command with the arguments of {@link DecodeArguments}. */
    public static void main(String[] args) {
        // Events are UTF-8, regardless of the platform's default.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        String files = System.getProperty("events");
        String options = System.getProperty("options", "")
                + (System.getProperty("json", "false").equals("false") ? "" : ",json")
                + (isOnTerminal()
                                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                        ? ",color"
                        : "");
        if (files == null && args.length == 0) {
            err.println("The bundled events. -Devents=FILE,FOLDER,... prints yours."); // also if its name is mistyped
        }
        String keys = System.getProperty("keys");
        Stream<String> key = keys == null ? Stream.of() : Stream.of("--keys=" + keys);
        int status =
                run(Stream.concat(Stream.of(args), key).toArray(String[]::new), files, options, System.in, out, err);
        if (status != ALL_DECODED) {
            System.exit(status);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it is null before JDK 22
    private static boolean isOnTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 there is no such method, and no console without a terminal
        }
    }

    /** Decodes the named inputs, or the bundled one if no input is named. */
    static int run(
            String[] args, @Nullable String files, String options, InputStream in, PrintStream out, PrintStream err) {
        try {
            DecodeArguments arguments = DecodeArguments.parse(args, files, options);
            return new DecodeEvents(arguments, in, out, err).run();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return UNREADABLE;
        }
    }

    private int run() {
        boolean readable = true;
        for (String name : arguments.inputs()) {
            readable &= succeeds(name, () -> inputs.addAll(filesIn(name)));
        }
        if (arguments.inputs().isEmpty()) {
            inputs.add(BUNDLED);
        }
        for (String name : inputs) {
            readable &= succeeds(name, () -> read(name));
        }
        if (readable || !summary.isEmpty()) {
            (arguments.json() ? err : out).println(summary.of(inputs.size()));
        }
        if (summary.hasNoKeys()) {
            err.println("no event has Keys, as in a full export. -Dkeys=NAME,NAME names the key attributes.");
        }
        return !readable ? UNREADABLE : summary.hasFailures() ? SOME_FAILED : ALL_DECODED;
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** Returns whether the input could be read to its end, with good records and bad ones. */
    private boolean succeeds(String name, Reading reading) {
        try {
            reading.run();
            return true;
        } catch (NoSuchFileException | FileNotFoundException | InvalidPathException e) {
            err.println(name + ": no such file");
        } catch (AccessDeniedException e) {
            err.println(name + ": permission denied");
        } catch (IOException | UncheckedIOException e) {
            err.println(name + ": cannot be read: " + e.getMessage());
        }
        return false;
    }

    /** Returns the files in a folder; the name itself if it is not that of a folder. */
    private static List<String> filesIn(String name) throws IOException {
        if (name.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(name))) {
            return List.of(name);
        }
        try (Stream<Path> all = Files.walk(Path.of(name))) {
            List<String> files = all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(Path::toString)
                    .toList();
            if (files.isEmpty()) {
                throw new IOException("it is a directory without files");
            }
            return files;
        }
    }

    private InputStream open(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return in;
        }
        InputStream bundled = arguments.inputs().isEmpty() ? DecodeEvents.class.getResourceAsStream(name) : null;
        return bundled != null ? bundled : Files.newInputStream(Path.of(name));
    }

    private void read(String name) throws IOException {
        try (InputStream input = open(name)) {
            ChangeEventReader reader = arguments.decoder().read(input);
            for (SourceRecord record : reader.records()) {
                if (out.checkError()) {
                    return; // the program that reads the output has ended, as head does
                }
                summary.add(record);
                if (arguments.json()) {
                    out.println(JsonLine.of(name, record));
                } else {
                    print(name, reader.envelope(), record);
                }
            }
        }
    }

    private void print(String name, Envelope envelope, SourceRecord record) {
        printHeading("== " + name + carriers(envelope));
        DecodeException failure = record.failure();
        if (failure == null) {
            EventPrinter.print(record.index() + 1, record.result().orElseThrow(), arguments.color(), out);
        } else {
            err.println(name + ": " + describe(failure, record));
        }
    }

    /** Prints the name of the input and its envelopes, except for a single input that has none. */
    private void printHeading(String next) {
        boolean isPlain = inputs.size() == 1 && heading.isEmpty() && next.equals("== " + inputs.get(0));
        if (!isPlain && !next.equals(heading)) {
            out.println(next);
            heading = next;
        }
    }

    /** Returns the envelopes around the record that was read last, the outermost first, or nothing. */
    private static String carriers(Envelope outermost) {
        StringJoiner chain = new StringJoiner(" > ", ": ", "").setEmptyValue("");
        for (@Nullable Envelope envelope = outermost; envelope != null; envelope = envelope.inner()) {
            if (envelope.shape() != EnvelopeShape.BARE) {
                chain.add(envelope.shape().name());
            }
        }
        return chain.toString();
    }

    private static String describe(DecodeException failure, SourceRecord record) {
        return "record " + (record.index() + 1) + " at byte " + record.offset() + ": " + failure.getMessage()
                + (failure.path().isEmpty() ? "" : " [" + failure.path() + "]")
                + (record.isTerminal() ? "; nothing after it can be read" : "");
    }
}
