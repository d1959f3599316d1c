package io.github.dynamodbcdc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes values of another model of items and attribute values, by a {@link ValueFactory}. */
final class FactoryMapper<T extends @Nullable Object> {
    private final RecordIndex index;
    private final int generation;
    private final ValueFactory<T> factory;

    FactoryMapper(RecordIndex index, ValueFactory<T> factory) {
        this.index = index;
        this.factory = Objects.requireNonNull(factory, "factory");
        generation = index.generation;
    }

    Map<String, T> map(int container) {
        Map<String, T> map = new LinkedHashMap<>(index.count(container) * 2);
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (index.type(entry) != TypeCodes.UNKNOWN) {
                map.put(index.nameText(entry), value(entry));
            }
        }
        return map;
    }

    private List<T> list(int container) {
        List<T> list = new ArrayList<>(index.count(container));
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (index.type(entry) != TypeCodes.UNKNOWN) {
                list.add(value(entry));
            }
        }
        return list;
    }

    /** Makes the value of an entry whose type is known; throws if the factory made the session move on. */
    T value(int entry) {
        T value = create(entry);
        if (generation != index.generation) {
            throw RecordIndex.stale();
        }
        return value;
    }

    private T create(int entry) {
        long span = index.value(entry);
        switch (Span.type(span)) {
            case TypeCodes.S:
                return factory.string(index.text(span));
            case TypeCodes.N:
                return factory.number(index.text(span));
            case TypeCodes.B:
                return factory.binary(index.bytes(span));
            case TypeCodes.BOOL:
                return factory.bool((span & Span.TRUE) != 0);
            case TypeCodes.NULL:
                return factory.nul();
            case TypeCodes.SS:
                return factory.stringSet(texts(entry));
            case TypeCodes.NS:
                return factory.numberSet(texts(entry));
            case TypeCodes.BS:
                return factory.binarySet(binaries(entry));
            case TypeCodes.L:
                return factory.list(list(entry));
            case TypeCodes.M:
                return factory.map(map(entry));
            default:
                throw AttributeValueException.unknownType();
        }
    }

    private List<String> texts(int set) {
        List<String> texts = new ArrayList<>(index.count(set));
        int end = index.end(set);
        for (int entry = set + 1; entry < end; entry++) {
            texts.add(index.text(index.value(entry)));
        }
        return texts;
    }

    private List<byte[]> binaries(int set) {
        List<byte[]> binaries = new ArrayList<>(index.count(set));
        int end = index.end(set);
        for (int entry = set + 1; entry < end; entry++) {
            binaries.add(index.bytes(index.value(entry)));
        }
        return binaries;
    }
}
