package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable set of buffers, or of numbers of different classes, in delivered order. A LinkedHashSet of these would
 * do, but for whoever chooses members whose hashes collide: a HashMap can sort what collides only if it is all of one
 * comparable class, as the keys here are.
 */
final class DeliveredSet<E> extends AbstractSet<E> {
    private final Map<Object, E> members = new LinkedHashMap<>();

    /** Of members that are equal, or equal as numbers, the first stays. */
    DeliveredSet(List<? extends E> delivered) {
        for (E member : delivered) {
            Object key = key(member);
            if (key != null) {
                members.putIfAbsent(key, member);
            }
        }
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean contains(@Nullable Object o) {
        Object key = key(o);
        E member = key == null ? null : members.get(key);
        return member != null && member.equals(o);
    }

    @Override
    public Iterator<E> iterator() {
        return Collections.unmodifiableCollection(members.values()).iterator();
    }

    @Override
    public boolean remove(@Nullable Object o) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    private static @Nullable Object key(@Nullable Object o) {
        if (o instanceof ByteBuffer) {
            ByteBuffer buffer = (ByteBuffer) o;
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new String(bytes, ISO_8859_1);
        }
        return o instanceof Number ? new NumberKey(o.toString()) : null;
    }
}
