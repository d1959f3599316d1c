package io.github.dynamodbcdc;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An unmodifiable map in the order of the record: shared names, and an array of their values, which may be null. */
final class AttributeMap extends AbstractMap<String, @Nullable Object> {
    final MapNames.Order order;
    private final MapNames names;
    private final @Nullable Object[] values;

    AttributeMap(MapNames.Order order, @Nullable Object[] values) {
        this.order = order;
        names = order.names;
        this.values = values;
    }

    /** Returns the value at a position of the names. */
    @Nullable
    Object at(int position) {
        return values[position];
    }

    private @Nullable Object value(int i) {
        return values[order.position(i)];
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int position = names.position(name);
        return position < 0 ? null : values[position];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.position(name) >= 0;
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(order.name(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean contains(@Nullable Object entry) {
            if (!(entry instanceof Map.Entry)) {
                return false;
            }
            int position = names.position(((Map.Entry<?, ?>) entry).getKey());
            return position >= 0 && Objects.equals(values[position], ((Map.Entry<?, ?>) entry).getValue());
        }

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < values.length;
                }

                @Override
                public Map.Entry<String, @Nullable Object> next() {
                    if (next == values.length) {
                        throw new NoSuchElementException();
                    }
                    int i = next++;
                    return new SimpleImmutableEntry<>(order.name(i), value(i));
                }
            };
        }
    }
}
