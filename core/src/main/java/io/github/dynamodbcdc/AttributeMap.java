package io.github.dynamodbcdc;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;
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

    /**
     * Returns a value of an unmodifiable collection for the caller, who moves the position of a buffer by reading it. A
     * collection that handed out its own buffer would then contain another value.
     */
    @SuppressWarnings("unchecked") // a ByteBuffer for a ByteBuffer, whose subclasses are not public
    static <E extends @Nullable Object> E handedOut(E value) {
        return value instanceof ByteBuffer ? (E) ((ByteBuffer) value).duplicate() : value;
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

    /** A view of an unmodifiable map that may contain buffers. Others need no such view, which would cost time. */
    static final class BufferMap extends AbstractMap<String, @Nullable Object> {
        private final Map<String, @Nullable Object> map;

        BufferMap(Map<String, @Nullable Object> map) {
            this.map = map;
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            return handedOut(map.get(name));
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return map.containsKey(name);
        }

        @Override
        public @Nullable Object remove(@Nullable Object name) {
            return map.remove(name);
        }

        @Override
        public void clear() {
            map.clear();
        }

        @Override
        public Set<Map.Entry<String, @Nullable Object>> entrySet() {
            Set<Map.Entry<String, @Nullable Object>> entries = map.entrySet();
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return entries.size();
                }

                @Override
                public boolean contains(@Nullable Object entry) {
                    return entries.contains(entry);
                }

                @Override
                public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
                    Iterator<Map.Entry<String, @Nullable Object>> iterator = entries.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return iterator.hasNext();
                        }

                        @Override
                        public Map.Entry<String, @Nullable Object> next() {
                            Map.Entry<String, @Nullable Object> entry = iterator.next();
                            return new SimpleImmutableEntry<>(entry.getKey(), handedOut(entry.getValue()));
                        }
                    };
                }
            };
        }
    }

    /** An unmodifiable list that may contain buffers. */
    static final class BufferList extends AbstractList<@Nullable Object> implements RandomAccess {
        private final List<@Nullable Object> members;

        BufferList(List<@Nullable Object> members) {
            this.members = members;
        }

        @Override
        public int size() {
            return members.size();
        }

        @Override
        public @Nullable Object get(int i) {
            return handedOut(members.get(i));
        }
    }
}
