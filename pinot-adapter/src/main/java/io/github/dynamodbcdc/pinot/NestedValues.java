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
 * BigDecimal. Members with a type descriptor that DynamoDB does not have are left out.
 */
enum NestedValues {
    /** For a column of any type: byte[], Object[], HashMap. */
    FOR_ANY_COLUMN,
    /** For Pinot to write as JSON without loss: base64 text, List, Map in the order of the record. */
    FOR_JSON;

    private static final PlainValues NARROWEST = PlainValues.defaults().withNumbers(PlainValues.Numbers.NARROWEST);

    @Nullable
    Object of(AttributeReader value) {
        switch (value.type()) {
            case S:
                return value.stringValue();
            case N:
                return number(value);
            case B:
                return this == FOR_JSON ? Base64.getEncoder().encodeToString(value.bytesValue()) : value.bytesValue();
            case BOOL:
                return value.booleanValue();
            case M:
                return map(value);
            case L:
            case SS:
            case NS:
            case BS:
                List<@Nullable Object> list = list(value);
                return this == FOR_JSON ? list : list.toArray();
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
        Map<String, @Nullable Object> map = this == FOR_JSON ? new LinkedHashMap<>() : new HashMap<>();
        value.enter();
        while (value.next()) {
            if (value.type() != AttributeType.UNKNOWN) {
                map.put(value.name(), of(value));
            }
        }
        value.leave();
        return map;
    }

    /** Returns whether a name in these maps and lists is longer than that. */
    static boolean hasNameOver(int length, @Nullable Object nested) {
        if (nested instanceof List) {
            for (Object member : (List<?>) nested) {
                if (hasNameOver(length, member)) {
                    return true;
                }
            }
        } else if (nested instanceof Map) {
            for (Map.Entry<?, ?> member : ((Map<?, ?>) nested).entrySet()) {
                if (((String) member.getKey()).length() > length || hasNameOver(length, member.getValue())) {
                    return true;
                }
            }
        }
        return false;
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
}
