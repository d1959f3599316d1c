package example;

import static example.YourCode.park;
import static java.util.stream.Collectors.joining;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guide's recipe for a file of a table export, full or incremental, as CSV. */
@SuppressWarnings("PatternMatchingInstanceof") // readers of the guide may be on Java 11
final class CsvExport {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private CsvExport() {}

    // objects.md: an export as CSV
    static void write(InputStream export, List<String> columns, Appendable csv) throws IOException {
        csv.append(columns.stream().map(CsvExport::field).collect(joining(","))).append("\r\n");
        try (ChangeEventReader reader = DECODER.read(export)) { // of any size: one record at a time is in memory
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                if (failure != null && record.isTerminal()) {
                    throw failure; // the file is damaged here, and the rest of it cannot be read
                }
                ChangeEvent event = record.event();
                if (event == null) {
                    park("byte " + record.offset(), failure);
                    continue;
                }
                Map<String, @Nullable Object> row = WarehouseRow.of(event);
                String line = columns.stream().map(name -> field(row.get(name))).collect(joining(","));
                csv.append(line).append("\r\n");
            }
        }
    }

    /** Returns a field as RFC 4180 has it. An absent attribute or NULL is an empty field, and an empty text is "". */
    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof byte[] ? Base64.getEncoder().encodeToString((byte[]) value) : value.toString();
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
    // objects.md: end
}
