package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.SourceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Formats a record as one line of plain JSON for programs. Numbers are exact JSON numbers, sets are arrays, and binary
 * is base64. A record that was not decoded has its failure, without any of its data.
 */
final class JsonLine {
    private static final PlainValues PLAIN =
            PlainValues.defaults().withSets(PlainValues.Sets.LIST).withBinary(PlainValues.Binary.BASE64);

    private JsonLine() {}

    static String of(String input, SourceRecord record) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("input", input);
        line.put("record", record.index() + 1);
        line.put("offset", record.offset());
        DecodeException failure = record.failure();
        if (failure == null) {
            putEvent(line, record.result().orElseThrow());
        } else {
            line.put("failure", describe(failure));
        }
        StringBuilder json = new StringBuilder();
        write(line, json);
        return json.toString();
    }

    private static void putEvent(Map<String, @Nullable Object> line, ChangeEvent event) {
        CreationTime time = event.approximateCreationDateTime();
        line.put("table", event.tableName());
        line.put("eventName", event.eventNameText());
        line.put("time", time == null ? null : time.toInstant().toString());
        line.put("timeMicros", time == null ? null : time.epochMicros());
        line.put("keys", plain(event.keys()));
        line.put("newImage", plain(event.newImage()));
        line.put("oldImage", plain(event.oldImage()));
    }

    private static @Nullable Object plain(@Nullable Item item) {
        return item == null ? null : item.toMap(PLAIN);
    }

    private static Map<String, @Nullable Object> describe(DecodeException failure) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("reason", failure.reason().name());
        described.put("offset", failure.offset());
        described.put("path", failure.path());
        return described;
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(separator);
                write(entry.getKey(), json);
                json.append(':');
                write(entry.getValue(), json);
                separator = ",";
            }
            json.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object member : list) {
                json.append(separator);
                write(member, json);
                separator = ",";
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            json.append('"').append(ValueText.escape(text)).append('"');
        } else {
            json.append(value); // a number, true, false or null
        }
    }
}
