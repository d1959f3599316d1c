package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import realpinot.PinotTable;

/**
 * Sends change events through the adapter to an Apache Pinot table in this process. Prints the result of a query after
 * each event, and the history at the end.
 *
 * <p>The system properties:
 *
 * <ul>
 *   <li>{@code events} names files and folders, separated by commas, of any input that
 *       {@link io.github.dynamodbcdc.ChangeEventReader} reads; {@code -} is the standard input. By default, the bundled
 *       events.
 *   <li>{@code schema} and {@code tableConfig} name files with the JSON that Pinot's controller accepts. Without both,
 *       they follow from the events, as {@link PinotSchema} prints them.
 *   <li>{@code table}, {@code keys} and {@code stream} are those of {@link PinotSchema}.
 *   <li>{@code sql} is a query to run on the rows; its result replaces the rows after each event.
 * </ul>
 *
 * <p>The program connects to no stream, whatever the table config says. Tables are as wide as the environment's
 * {@code COLUMNS}, by default {@value #WIDTH}.
 *
 * <p>The exit status is {@value #NONE_DROPPED}, {@value #SOME_DROPPED} if Pinot dropped a message, {@value #UNUSABLE}
 * if a file, the configuration or the query cannot be used; the last line of the error stream then says why.
 */
public final class Quickstart {
    static final int NONE_DROPPED = 0;
    static final int SOME_DROPPED = 1;
    static final int UNUSABLE = 2;
    static final int WIDTH = 100;

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    /** What the table in this process has room for. */
    private static final int MAX_EVENTS = 100_000;

    private final Options options;
    private final int width;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    private Quickstart(Options options, int width, InputStream in, PrintStream out, PrintStream err) {
        this.options = options;
        this.width = width;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Takes no arguments; see the system properties above. */
    public static void main(String[] args) {
        // Before any class of Pinot or of the logger is loaded: times as UTC, and the decoder's warnings.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setProperty("console.level", System.getProperty("console.level", "warn"));
        // Attributes may contain any character, whatever the default encoding of the platform.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        int width = columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : WIDTH;
        int status = run(Options.ofSystem(), width, System.in, out, err);
        // Pinot's own threads would keep the process alive.
        System.exit(status);
    }

    static int run(Options options, int width, InputStream in, PrintStream out, PrintStream err) {
        try {
            return new Quickstart(options, width, in, out, err).run();
        } catch (NoSuchFileException | InvalidPathException e) {
            err.println(e.getMessage() + ": no such file");
        } catch (ClassNotFoundException e) {
            err.println(
                    "tableConfig: the class " + e.getMessage() + " is not here; stream.*.decoder.class.name for these"
                            + " events is " + DynamoDbMessageDecoder.class.getName());
        } catch (OutOfMemoryError e) {
            err.println("events: more than this program keeps in memory; try a part of them");
        } catch (Exception e) {
            // The message that Pinot's controller or server would log about the configuration.
            String message = Objects.requireNonNullElse(e.getMessage(), e.toString());
            err.println(message.strip().replaceAll("\\s*\\R\\s*", " "));
        }
        return UNUSABLE;
    }

    private int run() throws Exception {
        List<Payloads.Message> messages = messages();
        Schema schema;
        TableConfig config;
        if (isInferred()) {
            InferredTable inferred = inferred(messages);
            schema = Schema.fromString(inferred.schema());
            config = JsonUtils.stringToObject(inferred.tableConfig(options.get("stream")), TableConfig.class);
        } else {
            schema = parsed("schema", "schema.json", Schema.class);
            config = parsed("tableConfig", "table-config.json", TableConfig.class);
        }
        try (PinotTable table = PinotTable.open(config, schema)) {
            Walkthrough walkthrough = new Walkthrough(table, config, schema, width, out);
            String sql = options.get("sql");
            int dropped = sql.isBlank() ? walkthrough.print(messages) : walkthrough.print(messages, sql);
            return dropped == 0 ? NONE_DROPPED : SOME_DROPPED;
        }
    }

    private boolean isInferred() {
        boolean hasSchema = !options.get("schema").isBlank();
        boolean hasConfig = !options.get("tableConfig").isBlank();
        boolean hasEvents = !options.get("events").isBlank();
        if (hasEvents && hasSchema != hasConfig) {
            throw new IllegalArgumentException((hasSchema ? "tableConfig" : "schema")
                    + ": give both -Dschema and -DtableConfig, or none to let them follow from the events");
        }
        return hasEvents && !hasSchema;
    }

    private InferredTable inferred(List<Payloads.Message> messages) {
        InferredTable table = options.newTable();
        for (Payloads.Message message : messages) {
            ChangeEvent event = DECODER.tryDecode(message.payload).event();
            if (event != null) {
                table.add(event);
            }
        }
        requireEvents(table, messages);
        if (options.get("sql").isBlank()) {
            out.println(
                    "This table follows from the events; exec:java@pinot-schema prints its schema and table config:\n");
            table.columns().forEach(line -> out.println("    " + line));
        } else {
            out.println("The table " + table.name() + " follows from the events.");
        }
        out.println();
        table.notes().forEach(out::println);
        if (!table.notes().isEmpty()) {
            out.println();
        }
        return table;
    }

    private void requireEvents(InferredTable table, List<Payloads.Message> messages) {
        try {
            options.requireEvents(table);
        } catch (IllegalArgumentException e) {
            for (Payloads.Message message : messages) {
                DecodeException failure = DECODER.tryDecode(message.payload).failure();
                if (failure != null) {
                    String why = message.failure == null ? failure.getMessage() : message.failure;
                    throw new IllegalArgumentException(e.getMessage() + "; the first record: " + why, e);
                }
            }
            throw e;
        }
    }

    private List<Payloads.Message> messages() throws IOException {
        String events = options.get("events");
        if (events.isBlank()) {
            return Payloads.of(bundled("events.jsonl"));
        }
        List<Payloads.Message> messages = new ArrayList<>();
        EventFiles.forEach(events, in, (name, input) -> messages.addAll(Payloads.of(input.readAllBytes())));
        if (messages.size() > MAX_EVENTS) {
            err.println("Only the first " + MAX_EVENTS + " of " + messages.size() + " events are used.");
            return messages.subList(0, MAX_EVENTS);
        }
        return messages;
    }

    private <T> T parsed(String option, String bundled, Class<T> type) throws IOException {
        String file = options.get(option);
        byte[] json = file.isBlank() ? bundled(bundled) : Files.readAllBytes(Path.of(file));
        try {
            return JsonUtils.bytesToObject(json, type);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(file + ": no " + option + line + ": " + e.getOriginalMessage(), e);
        }
    }

    private static byte[] bundled(String name) throws IOException {
        try (InputStream in = Quickstart.class.getResourceAsStream("stock/" + name)) {
            return Objects.requireNonNull(in, name + " is not on the class path")
                    .readAllBytes();
        }
    }

    /** The values of system properties, empty where they are not set. */
    record Options(Map<String, String> values) {
        static final List<String> NAMES =
                List.of("events", "schema", "tableConfig", "table", "keys", "stream", "sql", "into");

        static Options ofSystem() {
            Map<String, String> values = new HashMap<>();
            NAMES.forEach(name -> values.put(name, System.getProperty(name, "")));
            return new Options(values);
        }

        String get(String name) {
            return values.getOrDefault(name, "");
        }

        /** Returns a table for the events of the options {@code table} and {@code keys}. */
        InferredTable newTable() {
            List<String> keys = Arrays.stream(get("keys").split(","))
                    .map(String::strip)
                    .filter(key -> !key.isEmpty())
                    .toList();
            if (!get("stream").matches("|kinesis|kafka")) {
                throw new IllegalArgumentException("stream: it is kinesis or kafka");
            }
            return InferredTable.of(get("table").strip(), keys);
        }

        /** @throws IllegalArgumentException with a message for the user, if no event decides about the table */
        void requireEvents(InferredTable table) {
            if (table.events() == 0) {
                String of = get("table").isBlank() ? "" : " of the table " + get("table");
                String where = get("events").equals("-") ? "standard input" : get("events");
                throw new IllegalArgumentException(where + ": no change event" + of + " was found");
            }
        }
    }
}
