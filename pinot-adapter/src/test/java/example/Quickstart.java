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
 * Puts change events through the adapter into a table of Apache Pinot in this process, and prints what a query answers
 * after each of them, and the history at the end.
 *
 * <p>The system properties {@code events} (anything that {@link io.github.dynamodbcdc.ChangeEventReader} reads),
 * {@code schema} and {@code tableConfig} (the JSON that Pinot's controller takes) name files of your own in place of
 * the bundled ones. No stream is connected to, whatever the table config says.
 *
 * <p>The exit status is {@value #ALL_TAKEN}, {@value #SOME_DROPPED} when Pinot dropped a message, {@value #UNUSABLE}
 * when a file or the configuration cannot be used.
 */
public final class Quickstart {
    static final int ALL_TAKEN = 0;
    static final int SOME_DROPPED = 1;
    static final int UNUSABLE = 2;

    private Quickstart() {}

    /** Takes no arguments; see the system properties above. */
    public static void main(String[] args) {
        // Attributes may hold any character, whatever the platform takes for its default.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(property("events"), property("schema"), property("tableConfig"), out, err);
        // Pinot's own threads would keep the process.
        System.exit(status);
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    /** Runs with the named files, or with the bundled ones where a name is blank. */
    static int run(String eventFile, String schemaFile, String configFile, PrintStream out, PrintStream err) {
        try {
            List<byte[]> payloads = Payloads.of(read(eventFile, "events.jsonl"));
            Schema schema = Schema.fromString(text(schemaFile, "schema.json"));
            TableConfig config = JsonUtils.stringToObject(text(configFile, "table-config.json"), TableConfig.class);
            try (PinotTable table = PinotTable.open(config, schema)) {
                int dropped = new Walkthrough(table, config, schema, out).print(payloads);
                return dropped == 0 ? ALL_TAKEN : SOME_DROPPED;
            }
        } catch (NoSuchFileException | InvalidPathException e) {
            err.println(e.getMessage() + ": no such file");
        } catch (Exception e) {
            // What Pinot's controller or server would log of the configuration.
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
