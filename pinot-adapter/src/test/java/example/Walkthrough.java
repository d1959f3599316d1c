package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pinot.common.request.DataSource;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.builder.TableNameBuilder;
import org.apache.pinot.sql.parsers.CalciteSqlParser;
import realpinot.Outcome;
import realpinot.PinotTable;

/** Puts messages into a table one by one, and prints the result of a query after each. */
final class Walkthrough {
    /** With more messages than this, only the last result is printed. */
    private static final int MAX_STEPS = 20;

    /** The same for messages times columns, because a wide table takes many lines. */
    private static final int MAX_CELLS = 200;

    private static final int MAX_ROWS = 50;
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private final PinotTable table;
    private final boolean isUpsert;
    private final String query;
    private final int columns;
    private final int keyColumns;
    private final String name;
    private final int width;
    private final PrintStream out;
    private final ColumnAdvice advice;
    private List<String> rowsBefore = List.of();

    /** @param width how many characters a line of a table may have */
    Walkthrough(PinotTable table, TableConfig config, Schema schema, int width, PrintStream out) {
        this.table = table;
        List<String> key = schema.getPrimaryKeyColumns();
        this.keyColumns = key == null ? 1 : key.size();
        this.columns = schema.size();
        this.width = width;
        this.isUpsert = config.isUpsertEnabled();
        this.name = TableNameBuilder.extractRawTableName(config.getTableName());
        this.query = query(schema);
        this.out = out;
        this.advice = new ColumnAdvice(config, schema, table.fieldsToRead());
    }

    /** Prints the rows after each message, and the history at the end. Returns how many messages Pinot dropped. */
    int print(List<Payloads.Message> messages) {
        boolean isStepwise = messages.size() <= MAX_STEPS && messages.size() * columns <= MAX_CELLS;
        out.println(query + "\n");
        int dropped = consume(messages, isStepwise);
        if (!isStepwise) {
            printRows();
        }
        if (isUpsert) {
            String history = "SET skipUpsert = true; " + query;
            out.println(history + "\n");
            rows(history).forEach(out::println);
            out.println();
        }
        printCounts(messages.size(), dropped);
        return dropped;
    }

    /**
     * Prints the result of a query of the user's own on the rows of all messages. Returns how many Pinot dropped.
     *
     * @throws IllegalArgumentException if the query reads another table than this one, or with Pinot's message, if it
     *     cannot be answered
     */
    int print(List<Payloads.Message> messages, String sql) {
        requireTable(sql);
        int dropped = consume(messages, false);
        List<String> result;
        try {
            result = rows(sql);
        } catch (RuntimeException e) {
            throw unanswered(e);
        }
        result.forEach(out::println);
        out.println();
        printCounts(messages.size(), dropped);
        return dropped;
    }

    private void requireTable(String sql) {
        DataSource from;
        try {
            // Without the options that rows() adds, so that the message quotes the user's text.
            from = CalciteSqlParser.compileToPinotQuery(sql).getDataSource();
        } catch (ClassCastException anotherStatement) {
            throw new IllegalArgumentException("sql: only SELECT runs here", anotherStatement);
        } catch (RuntimeException e) {
            throw unanswered(e);
        }
        String read = from == null || from.getTableName() == null ? "" : from.getTableName();
        if (!TableNameBuilder.extractRawTableName(read).equalsIgnoreCase(name)) {
            throw new IllegalArgumentException("sql: write FROM " + quoted(name) + ", which is the only table here");
        }
    }

    private static IllegalArgumentException unanswered(RuntimeException e) {
        return new IllegalArgumentException("sql: " + Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }

    private int consume(List<Payloads.Message> messages, boolean isStepwise) {
        int dropped = 0;
        for (int i = 0; i < messages.size(); i++) {
            Payloads.Message message = messages.get(i);
            Outcome outcome = table.consume(message.payload);
            ChangeEvent event = DECODER.tryDecode(message.payload).event();
            if (event != null) {
                advice.add(event);
            }
            boolean isDropped = outcome.kind() == Outcome.Kind.FAILED;
            dropped += isDropped ? 1 : 0;
            if (isStepwise || isDropped) {
                String line = "#" + (i + 1) + "  " + describe(message.payload) + describe(message, outcome);
                out.println(TextTable.printable(line));
            }
            if (isStepwise) {
                printRows();
            }
        }
        return dropped;
    }

    private void printCounts(int events, int dropped) {
        advice.lines().forEach(out::println);
        out.println(events + (events == 1 ? " event, " : " events, ") + dropped + " dropped");
    }

    private void printRows() {
        List<String> rows = rows(query);
        (rows.equals(rowsBefore) ? List.of("    (the rows are as before)") : rows).forEach(out::println);
        out.println();
        rowsBefore = rows;
    }

    private List<String> rows(String sql) {
        return TextTable.lines(table.query("SET enableNullHandling = true;\n" + sql), keyColumns, width);
    }

    private static String describe(Payloads.Message message, Outcome outcome) {
        Exception failure = outcome.failure();
        if (failure != null) {
            return "  -> dropped: " + (message.failure == null ? failure.getMessage() : message.failure);
        }
        return outcome.kind() == Outcome.Kind.SKIPPED ? "  -> skipped" : "";
    }

    private static String describe(byte[] payload) {
        ChangeEvent event = DECODER.tryDecode(payload).event();
        if (event == null) {
            return "(no change record)";
        }
        CreationTime time = event.approximateCreationDateTime();
        ItemDiff diff = event.newImage() == null ? null : event.diff();
        Set<String> removed = diff == null ? Set.of() : diff.removed().keySet();
        return event.eventNameText() + "  " + describe(event.keys())
                + (time == null ? "" : "  " + time.toInstant())
                + (removed.isEmpty() ? "" : "  removes " + removed);
    }

    private static String describe(Item keys) {
        Map<String, Object> values = new LinkedHashMap<>(keys.toMap());
        // As Pinot shows BYTES.
        values.replaceAll(
                (name, value) -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        return values.toString();
    }

    /** Returns a query for every column, those of the primary key first. */
    private String query(Schema schema) {
        Set<String> columns = new LinkedHashSet<>();
        if (schema.getPrimaryKeyColumns() != null) {
            columns.addAll(schema.getPrimaryKeyColumns());
        }
        schema.getAllFieldSpecs().forEach(field -> columns.add(field.getName()));
        String selected = columns.stream().map(Walkthrough::quoted).collect(Collectors.joining(", "));
        return "SELECT " + selected + " FROM " + quoted(name) + " LIMIT " + MAX_ROWS;
    }

    /** Quotes a name only where SQL requires it, because quotes make a query hard to read. */
    private static String quoted(String name) {
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        try {
            boolean isPlain = name.matches("[A-Za-z]\\w*")
                    && CalciteSqlParser.compileToPinotQuery("SELECT " + name + " FROM t")
                            .equals(CalciteSqlParser.compileToPinotQuery("SELECT " + quoted + " FROM t"));
            return isPlain ? name : quoted;
        } catch (RuntimeException e) {
            // A reserved word of SQL.
            return quoted;
        }
    }
}
