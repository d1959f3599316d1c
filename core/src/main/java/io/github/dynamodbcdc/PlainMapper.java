package io.github.dynamodbcdc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Items and attribute values to plain Java values, by the policy of {@link PlainValues}. */
final class PlainMapper {
    private final RecordIndex index;
    private final PlainValues policy;

    PlainMapper(RecordIndex index, PlainValues policy) {
        this.index = index;
        this.policy = policy;
    }

    Map<String, @Nullable Object> map(int container) {
        if (policy.mutable || leavesOut(container)) {
            Map<String, @Nullable Object> map = linked(container);
            return policy.mutable ? map : Collections.unmodifiableMap(map);
        }
        MapNames names = index.mapNames.of(index, container);
        @Nullable Object[] values = new Object[names.size()];
        int i = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            values[i++] = value(entry);
        }
        return new AttributeMap(names, values);
    }

    private Map<String, @Nullable Object> linked(int container) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(index.count(container) * 2);
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (!isLeftOut(entry)) {
                map.put(index.text(index.name(entry)), value(entry));
            }
        }
        return map;
    }

    private boolean leavesOut(int container) {
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (isLeftOut(entry)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLeftOut(int entry) {
        int type = index.type(entry);
        return type == Descriptors.UNKNOWN || (type == Descriptors.NULL && policy.nulls == PlainValues.Nulls.DROP);
    }

    private @Nullable Object value(int entry) {
        long span = index.value(entry);
        switch (AttributeType.of(index.type(entry))) {
            case S:
                return index.text(span);
            case N:
                return number(span);
            case B:
                return binary(span);
            case BOOL:
                return (span & Span.TRUE) != 0;
            case SS:
            case NS:
            case BS:
                return policy.sets == PlainValues.Sets.SET ? set(entry) : list(entry);
            case L:
                return list(entry);
            case M:
                return map(entry);
            default:
                return null;
        }
    }

    private Object number(long span) {
        switch (policy.numbers) {
            case TEXT:
                return index.text(span);
            case DOUBLE:
                return NumberConversion.toDouble(index, span);
            case NARROWEST:
                return narrowest(span);
            default:
                return NumberConversion.toBigDecimal(index, span);
        }
    }

    private Object narrowest(long span) {
        Long value = new NumberText(index.text(span)).toLong();
        if (value == null) {
            return NumberConversion.toBigDecimal(index, span);
        }
        boolean small = value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE;
        return small ? (Object) value.intValue() : value;
    }

    private Object binary(long span) {
        byte[] bytes = index.bytes(span);
        switch (policy.binary) {
            case BASE64:
                return Base64.getEncoder().encodeToString(bytes);
            case BYTE_BUFFER:
                return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            default:
                return bytes;
        }
    }

    private List<@Nullable Object> list(int container) {
        List<@Nullable Object> list = new ArrayList<>(index.count(container));
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (!isLeftOut(entry)) {
                list.add(value(entry));
            }
        }
        return policy.mutable ? list : Collections.unmodifiableList(list);
    }

    private Set<Object> set(int container) {
        Set<Object> set = new LinkedHashSet<>(index.count(container) * 2);
        Set<NumberText> numbers = new HashSet<>();
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry++) {
            long span = index.value(entry);
            if (index.type(entry) == Descriptors.S) {
                set.add(index.text(span));
            } else if (index.type(entry) == Descriptors.N) {
                if (numbers.add(new NumberText(index.text(span)))) {
                    set.add(number(span));
                }
            } else {
                set.add(policy.binary == PlainValues.Binary.BASE64 ? binary(span) : index.buffer(span));
            }
        }
        return policy.mutable ? set : Collections.unmodifiableSet(set);
    }
}
