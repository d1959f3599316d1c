package example;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import realpinot.PinotTable;

/**
 * Sends change events through the adapter to an Apache Pinot table in this process. Prints the result of a query after
 * each event, and the history at the end.
 *
 * <p>The system properties {@code events} (any input that {@link io.github.dynamodbcdc.ChangeEventReader} reads),
 * {@code schema} and {@code tableConfig} (the JSON that Pinot's controller accepts) name files to use instead of the
 * bundled ones. The program connects to no stream, whatever the table config says.
 *
 * <p>The exit status is {@value #NONE_DROPPED}, {@value #SOME_DROPPED} if Pinot dropped a message, {@value #UNUSABLE}
 * if a file or the configuration cannot be used.
 */
public final class Quickstart {
    static final int NONE_DROPPED = 0;
    static final int SOME_DROPPED = 1;
    static final int UNUSABLE = 2;

    private Quickstart() {}

    /** Takes no arguments; see the system properties above. */
    public static void main(String[] args) {
        // Attributes may contain any character, whatever the default encoding of the platform.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(property("events"), property("schema"), property("tableConfig"), out, err);
        // Pinot's own threads would keep the process alive.
        System.exit(status);
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    /** Runs with the named files, or with the bundled file where a name is blank. */
    static int run(String eventFile, String schemaFile, String configFile, PrintStream out, PrintStream err) {
        try {
            List<byte[]> payloads = Payloads.of(read(eventFile, "events.jsonl"));
            Schema schema = Schema.fromString(text(schemaFile, "schema.json"));
            TableConfig config = JsonUtils.stringToObject(text(configFile, "table-config.json"), TableConfig.class);
            try (PinotTable table = PinotTable.open(config, schema)) {
                int dropped = new Walkthrough(table, config, schema, out).print(payloads);
                return dropped == 0 ? NONE_DROPPED : SOME_DROPPED;
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            err.println(e.getMessage() + ": no such file");
        } catch (Exception e) {
            // The message that Pinot's controller or server would log about the configuration.
            err.println(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        return UNUSABLE;
    }

    private static String text(String file, String bundled) throws IOException {
        return new String(read(file, bundled), StandardCharsets.UTF_8);
    }

    private static byte[] read(String file, String bundled) throws IOException {
        if (!file.isBlank()) {
            return Files.readAllBytes(Path.of(file));
        }
        try (InputStream in = Quickstart.class.getResourceAsStream("stock/" + bundled)) {
            return Objects.requireNonNull(in, bundled + " is not on the class path")
                    .readAllBytes();
        }
    }
}
