package example;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
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
import org.jspecify.annotations.Nullable;

/**
 * Prints the changes of a table: the bundled events, or those in the files that its arguments and the system property
 * {@code events} name. {@link DecodeArguments} lists the arguments.
 *
 * <p>A file may be anything that {@link io.github.dynamodbcdc.ChangeEventDecoder#read(InputStream)} reads: records one
 * after another, a Lambda payload, a Firehose delivery, a GetRecords response, an array, or an export, of any size,
 * with or without gzip.
 *
 * <p>The exit status is {@value #ALL_DECODED} if every record was decoded, {@value #SOME_FAILED} if at least one was
 * not, and {@value #UNREADABLE} if an argument is wrong or a file cannot be read. Failures go to the error stream.
 */
public final class DecodeEvents {
    static final int ALL_DECODED = 0;
    static final int SOME_FAILED = 1;
    static final int UNREADABLE = 2;

    private static final String STANDARD_INPUT = "-";

    private final DecodeArguments arguments;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private int events;
    private int failed;

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
        String options = System.getProperty("options", "");
        int status = run(args, files, options, System.in, out, err);
        if (status != ALL_DECODED) {
            System.exit(status);
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
        if (arguments.files().isEmpty()) {
            readable = read("events.jsonl", true);
        }
        for (String file : arguments.files()) {
            if (arguments.files().size() > 1) {
                out.println("== " + file);
            }
            readable &= read(file, false);
        }
        if (!readable && events + failed == 0) {
            return UNREADABLE;
        }
        out.println(events + (events == 1 ? " event, " : " events, ") + failed + " failed");
        return !readable ? UNREADABLE : failed > 0 ? SOME_FAILED : ALL_DECODED;
    }

    /** Returns whether the input could be read to its end, with good records and bad ones. */
    private boolean read(String name, boolean bundled) {
        try (InputStream input = open(name, bundled)) {
            read(input, name);
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

    private InputStream open(String name, boolean bundled) throws IOException {
        if (bundled) {
            InputStream resource = DecodeEvents.class.getResourceAsStream(name);
            if (resource == null) {
                throw new FileNotFoundException(name);
            }
            return resource;
        }
        if (name.equals(STANDARD_INPUT)) {
            return in;
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException("it is a directory");
        }
        return Files.newInputStream(path);
    }

    private void read(InputStream input, String name) {
        ChangeEventReader reader = arguments.decoder().read(input);
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.failure();
            if (failure == null) {
                events++;
                EventPrinter.print(record.index() + 1, record.result().orElseThrow(), out);
            } else {
                failed++;
                err.println(name + ": " + describe(failure, record));
            }
        }
    }

    private static String describe(DecodeException failure, SourceRecord record) {
        return "record " + (record.index() + 1) + " at byte " + record.offset() + ": " + failure.getMessage()
                + (failure.path().isEmpty() ? "" : " [" + failure.path() + "]")
                + (record.isTerminal() ? "; nothing after it can be read" : "");
    }
}
