package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.PlainValues;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts attribute values to Java objects, at any depth. N becomes a Long if it is integral and fits, otherwise a
 * BigDecimal. Members with a type descriptor that DynamoDB does not have are left out. An instance for JSON is not
 * thread-safe.
 */
final class NestedValues {
    private static final PlainValues NARROWEST = PlainValues.defaults().withNumbers(PlainValues.Numbers.NARROWEST);

    private final boolean forJson;

    /** Whether B is byte[], and not base64. */
    private final boolean keepsBytes;

    /** The length of the longest name since {@link #json} began; used by instances for JSON alone. */
    private int longestName;

    private NestedValues(boolean forJson, boolean keepsBytes) {
        this.forJson = forJson;
        this.keepsBytes = keepsBytes;
    }

    /** Returns conversions for a column of any type: byte[], Object[], HashMap. */
    static NestedValues forAnyColumn() {
        return new NestedValues(false, true);
    }

    /**
     * Returns conversions for Pinot to write as JSON without loss: base64 text, List, Map in the order sent.
     *
     * @param hasParts whether Pinot takes columns of parts from the value, which need byte[]; it writes that as base64
     */
    static NestedValues forJson(boolean hasParts) {
        return new NestedValues(true, hasParts);
    }

    /** Returns a value; or the text of its JSON, as a JSON string, if a name in it is longer than {@code longest}. */
    @Nullable
    Object json(AttributeReader value, int longest) {
        longestName = 0;
        Object nested = of(value);
        if (longestName <= longest) {
            return nested;
        }
        StringBuilder json = new StringBuilder();
        append(json, nested);
        return JsonWriter.quoted(json.toString());
    }

    @Nullable
    Object of(AttributeReader value) {
        switch (value.type()) {
            case S:
                return value.stringValue();
            case N:
                return number(value);
            case B:
                return keepsBytes ? value.bytesValue() : Base64.getEncoder().encodeToString(value.bytesValue());
            case BOOL:
                return value.booleanValue();
            case M:
                return map(value);
            case L:
            case SS:
            case NS:
            case BS:
                List<@Nullable Object> list = list(value);
                return forJson ? list : list.toArray();
            default:
                return null;
        }
    }

    /** Returns a Long if the number is integral and fits one, otherwise a BigDecimal. */
    private static @Nullable Object number(AttributeReader value) {
        Object number = value.objectValue(NARROWEST);
        return number instanceof Integer ? (Object) ((Integer) number).longValue() : number;
    }

    Map<String, @Nullable Object> map(AttributeReader value) {
        Map<String, @Nullable Object> map = forJson ? new LinkedHashMap<>() : new HashMap<>();
        value.enter();
        while (value.next()) {
            if (value.type() != AttributeType.UNKNOWN) {
                String name = value.name();
                map.put(name, of(value));
                if (forJson) { // the other instance is shared by threads
                    longestName = Math.max(longestName, name.length());
                }
            }
        }
        value.leave();
        return map;
    }

    private List<@Nullable Object> list(AttributeReader value) {
        List<@Nullable Object> list = new ArrayList<>();
        value.enter();
        while (value.next()) {
            if (value.type() != AttributeType.UNKNOWN) {
                list.add(of(value));
            }
        }
        value.leave();
        return list;
    }

    /** Appends the JSON that Pinot would write. The cursor passes a value once, so this cannot be written from it. */
    private static void append(StringBuilder out, @Nullable Object nested) {
        if (nested instanceof String) {
            out.append(JsonWriter.quoted((String) nested));
        } else if (nested instanceof byte[]) {
            out.append(JsonWriter.quoted(Base64.getEncoder().encodeToString((byte[]) nested)));
        } else if (nested instanceof Map) {
            String before = "{";
            for (Map.Entry<?, ?> member : ((Map<?, ?>) nested).entrySet()) {
                out.append(before)
                        .append(JsonWriter.quoted((String) member.getKey()))
                        .append(':');
                append(out, member.getValue());
                before = ",";
            }
            out.append(before.equals("{") ? "{}" : "}");
        } else if (nested instanceof List) {
            String before = "[";
            for (Object member : (List<?>) nested) {
                append(out.append(before), member);
                before = ",";
            }
            out.append(before.equals("[") ? "[]" : "]");
        } else {
            out.append(nested); // a number, true, false, or null
        }
    }
}
