package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values as the objects that Pinot takes for a column of whatever type. Never Integer, BigInteger or a
 * primitive array: Pinot's own coercion loses rows of those.
 */
final class RowValues {
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private RowValues() {}

    static @Nullable Object of(AttributeValue value) {
        switch (value.type()) {
            case S:
                return value.asString();
            case N:
                return number(value.asBigDecimal());
            case B:
                return value.asBytes();
            case BOOL:
                return value.asBoolean();
            case M:
                return map(value);
            case L:
                return array(value.asList(), RowValues::of);
            case SS:
                return value.asStringSet().toArray();
            case NS:
                return array(value.asNumberSet(), RowValues::number);
            case BS:
                return array(value.asBinarySet(), RowValues::bytes);
            default:
                // NULL; UNKNOWN takes a leniency that the decoder here does not have.
                return null;
        }
    }

    private static Map<String, @Nullable Object> map(AttributeValue value) {
        Map<String, @Nullable Object> map = new HashMap<>();
        value.asItem().forEach((name, member) -> map.put(name, of(member)));
        return map;
    }

    private static <T> @Nullable Object[] array(Collection<T> members, Function<T, @Nullable Object> conversion) {
        @Nullable Object[] array = new @Nullable Object[members.size()];
        int i = 0;
        for (T member : members) {
            array[i++] = conversion.apply(member);
        }
        return array;
    }

    private static Object number(BigDecimal number) {
        // Zero first: JDK 11's longValueExact refuses 0E+20.
        if (number.signum() == 0) {
            return 0L;
        }
        // The range before the conversion: it is compared by magnitude, and 1E+125 is never written out.
        boolean fits = number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0;
        if (fits && number.stripTrailingZeros().scale() <= 0) {
            return number.longValueExact();
        }
        return number;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
