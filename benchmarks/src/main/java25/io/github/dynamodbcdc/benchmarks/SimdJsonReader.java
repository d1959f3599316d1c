package io.github.dynamodbcdc.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.simdjson.JsonValue;
import org.simdjson.SimdJsonParser;

/**
 * simdjson-java, which parses with vector instructions: reads the record as a tape, then unwraps the type descriptors.
 * The parser is reused, and copies each record because it reads past the record's end. Its index is the tape. It does
 * not support binary, which no payload contains.
 *
 * <p>{@link Implementation#SIMDJSON} creates it by name, because other JDKs cannot load the library.
 */
final class SimdJsonReader implements EventReader {
    /** In bytes, and more than every payload has; the library's default takes more memory than the other peers. */
    private static final int CAPACITY = 1 << 20;

    private static final int MAX_DEPTH = 1024;

    private final SimdJsonParser parser = new SimdJsonParser(CAPACITY, MAX_DEPTH);

    @Override
    public PlainEvent full(byte[] record) {
        JsonValue change = change(record);
        return new PlainEvent(item(change.get("Keys")), image(change.get("NewImage")), image(change.get("OldImage")));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        JsonValue image = change(record).get("NewImage");
        if (image == null || !image.isObject()) {
            return;
        }
        JsonValue updatedAt = image.get(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(updatedAt.get("N").asString()));
        }
        JsonValue amount = image.get(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(amount.get("N").asString()));
        }
        JsonValue active = image.get(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active.get("BOOL").asBoolean());
        }
        JsonValue status = image.get(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status.get("S").asString());
        }
        JsonValue id = image.get(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id.get("S").asString());
        }
    }

    @Override
    public Object index(byte[] record) {
        return parser.parse(record, record.length);
    }

    private JsonValue change(byte[] record) {
        return parser.parse(record, record.length).get("dynamodb");
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable JsonValue image) {
        return image != null && image.isObject() ? item(image) : null;
    }

    private static Map<String, @Nullable Object> item(JsonValue item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.getSize() * 2);
        for (Iterator<Map.Entry<String, JsonValue>> attributes = item.objectIterator(); attributes.hasNext(); ) {
            Map.Entry<String, JsonValue> attribute = attributes.next();
            map.put(attribute.getKey(), value(attribute.getValue()));
        }
        return map;
    }

    private static @Nullable Object value(JsonValue attributeValue) {
        Map.Entry<String, JsonValue> typed = attributeValue.objectIterator().next();
        JsonValue value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> value.asString();
            case "N" -> new BigDecimal(value.asString());
            case "BOOL" -> value.asBoolean();
            case "NULL" -> null;
            case "SS" -> set(value, JsonValue::asString);
            case "NS" -> set(value, member -> new BigDecimal(member.asString()));
            case "L" -> list(value);
            case "M" -> item(value);
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static <T> Set<T> set(JsonValue members, Function<JsonValue, T> conversion) {
        Set<T> set = new HashSet<>();
        for (Iterator<JsonValue> iterator = members.arrayIterator(); iterator.hasNext(); ) {
            set.add(conversion.apply(iterator.next()));
        }
        return set;
    }

    private static List<@Nullable Object> list(JsonValue members) {
        List<@Nullable Object> list = new ArrayList<>(members.getSize());
        for (Iterator<JsonValue> iterator = members.arrayIterator(); iterator.hasNext(); ) {
            list.add(value(iterator.next()));
        }
        return list;
    }
}
