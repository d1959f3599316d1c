package example;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Prints a Pinot schema and a table config for change events: the schema, an empty line, the table config. The error
 * stream gets a line with the reason for each column, and nothing there is a value of an event.
 *
 * <p>The system properties:
 *
 * <ul>
 *   <li>{@code events} names files and folders, separated by commas, of any input that {@link ChangeEventReader} reads,
 *       of any size; {@code -} is the standard input.
 *   <li>{@code table} is the DynamoDB table whose events count, if there are several.
 *   <li>{@code keys} names the key attributes, separated by commas, for a full export, whose lines do not.
 *   <li>{@code stream} is {@code kinesis} or {@code kafka}; by default what the records come from.
 *   <li>{@code into} is a folder for the files {@code schema.json} and {@code table-config.json}, instead of the
 *       output.
 * </ul>
 *
 * <p>The exit status is {@value Quickstart#NONE_DROPPED}, {@value Quickstart#SOME_DROPPED} if a record could not be
 * decoded, {@value Quickstart#UNUSABLE} if there is nothing to infer from; the last line then says why.
 */
public final class PinotSchema {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private final InferredTable table;
    private int failures;
    private String firstFailure = "";

    private PinotSchema(InferredTable table) {
        this.table = table;
    }

    /** Takes no arguments; see the system properties above. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Quickstart.Options.ofSystem(), System.in, out, err));
    }

    static int run(Quickstart.Options options, InputStream in, PrintStream out, PrintStream err) {
        try {
            PinotSchema schema = new PinotSchema(options.newTable());
            EventFiles.forEach(options.get("events"), in, schema::read);
            schema.requireEvents(options);
            schema.table.columns().forEach(err::println);
            schema.table.notes().forEach(err::println);
            write(schema.table.schema(), schema.table.tableConfig(options.get("stream")), options.get("into"), out);
            if (schema.failures == 0) {
                return Quickstart.NONE_DROPPED;
            }
            err.println(schema.describeFailures());
            return Quickstart.SOME_DROPPED;
        } catch (RuntimeException e) {
            err.println(Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return Quickstart.UNUSABLE;
        }
    }

    private void read(String name, InputStream input) {
        ChangeEventReader reader = DECODER.read(input);
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.failure();
            if (failure == null) {
                table.add(record.result().orElseThrow());
            } else if (++failures == 1) {
                firstFailure = name + ": record " + (record.index() + 1) + ": " + failure.getMessage();
            }
        }
    }

    private void requireEvents(Quickstart.Options options) {
        try {
            options.requireEvents(table);
        } catch (IllegalArgumentException e) {
            String failed = failures == 0 ? "" : "; " + describeFailures();
            throw new IllegalArgumentException(e.getMessage() + failed, e);
        }
    }

    private String describeFailures() {
        return failures == 1
                ? "1 record cannot be decoded: " + firstFailure
                : failures + " records cannot be decoded; the first: " + firstFailure;
    }

    private static void write(String schema, String config, String folder, PrintStream out) {
        if (folder.isBlank()) {
            out.println(schema + "\n\n" + config);
            return;
        }
        Path target = Path.of(folder);
        try {
            Files.createDirectories(target);
            Files.writeString(target.resolve("schema.json"), schema + "\n");
            Files.writeString(target.resolve("table-config.json"), config + "\n");
        } catch (IOException e) {
            throw new IllegalArgumentException("into: cannot write to the folder " + folder, e);
        }
        out.println(target.resolve("schema.json"));
        out.println(target.resolve("table-config.json"));
    }
}
