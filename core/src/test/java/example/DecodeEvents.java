package example;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints what happened to a table: the bundled events, or those of the file that the system property {@code events}
 * names. The file is read into memory; its records stand one per line or one after another.
 *
 * <p>The exit status is {@value #ALL_DECODED} when every record was decoded, {@value #SOME_FAILED} when one or more were
 * not, {@value #UNREADABLE} when the file could not be read. What went wrong is told on the error stream.
 */
public final class DecodeEvents {
    static final int ALL_DECODED = 0;
    static final int SOME_FAILED = 1;
    static final int UNREADABLE = 2;

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private DecodeEvents() {}

    /** Takes no arguments; see the system property {@code events}. */
    public static void main(String[] args) {
        // Events are UTF-8, whatever the platform takes for its default.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(System.getProperty("events"), out, err);
        if (status != ALL_DECODED) {
            System.exit(status);
        }
    }

    /** Decodes the named file, or the bundled one if there is no name. */
    static int run(@Nullable String file, PrintStream out, PrintStream err) {
        try {
            if (file == null) {
                return run(bundledEvents(), "events.jsonl", out, err);
            }
            Path path = Path.of(file);
            if (!Files.isDirectory(path)) {
                return run(Files.readAllBytes(path), file, out, err);
            }
            err.println(file + ": not a file");
        } catch (NoSuchFileException | InvalidPathException e) {
            err.println(file + ": no such file");
        } catch (AccessDeniedException e) {
            err.println(file + ": permission denied");
        } catch (IOException e) {
            err.println(file + ": cannot be read: " + e.getMessage());
        }
        return UNREADABLE;
    }

    /** Decodes the records of a file and prints each event, and at the end how many there were. */
    static int run(byte[] file, String name, PrintStream out, PrintStream err) {
        List<RecordSplitter.Slice> records = RecordSplitter.split(file);
        int failed = 0;
        for (int i = 0; i < records.size(); i++) {
            RecordSplitter.Slice record = records.get(i);
            DecodeResult result = DECODER.tryDecode(file, record.offset(), record.length());
            DecodeException failure = result.failure();
            if (failure == null) {
                EventPrinter.print(i + 1, result.orElseThrow(), out);
            } else {
                failed++;
                err.println(describe(failure, i + 1, record, name));
            }
        }
        int events = records.size() - failed;
        out.println(events + (events == 1 ? " event, " : " events, ") + failed + " failed");
        return failed == 0 ? ALL_DECODED : SOME_FAILED;
    }

    private static String describe(DecodeException failure, int number, RecordSplitter.Slice record, String name) {
        String path = failure.path().isEmpty() ? "" : " [" + failure.path() + "]";
        return name + ": record " + number + ", byte " + (record.offset() + failure.offset()) + " of the file: "
                + failure.getMessage() + path;
    }

    private static byte[] bundledEvents() throws IOException {
        try (InputStream in = DecodeEvents.class.getResourceAsStream("events.jsonl")) {
            return Objects.requireNonNull(in, "example/events.jsonl is not on the class path")
                    .readAllBytes();
        }
    }
}
