package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** An unmodifiable set in delivered order. */
final class DeliveredSet<E> extends AbstractSet<E> {
    /** Up to this size a look at each member is faster than a hash: 1.5 times, toMap of a set of four texts, JDK 17. */
    static final int MAX_SMALL = 8;

    private final Collection<E> members;

    /** Null for a small set. */
    private final @Nullable Map<Object, E> byKey;

    private DeliveredSet(Collection<E> members, @Nullable Map<Object, E> byKey) {
        this.members = members;
        this.byKey = byKey;
    }

    /**
     * Returns a set of a few members, in which a member is found by a look at each. Of members that are the same, the
     * first stays.
     */
    static <E> DeliveredSet<E> small(E[] delivered, BiPredicate<? super E, ? super E> same) {
        int size = 0;
        for (E member : delivered) {
            int i = 0;
            while (i < size && !same.test(delivered[i], member)) {
                i++;
            }
            if (i == size) {
                delivered[size++] = member;
            }
        }
        E[] distinct = size == delivered.length ? delivered : Arrays.copyOf(delivered, size);
        return new DeliveredSet<>(Arrays.asList(distinct), null);
    }

    /**
     * Returns a set of buffers, or of numbers of different classes. Of members that are equal, or equal as numbers, the
     * first stays. A LinkedHashSet of such members becomes slow if the members are chosen so that their hashes collide:
     * a HashMap sorts the members that collide only if they are of one comparable class, as the keys here are.
     */
    static <E> DeliveredSet<E> keyed(List<? extends E> delivered) {
        Map<Object, E> byKey = new LinkedHashMap<>();
        for (E member : delivered) {
            Object key = key(member);
            if (key != null) {
                byKey.putIfAbsent(key, member);
            }
        }
        return new DeliveredSet<>(byKey.values(), byKey);
    }

    private static @Nullable Object key(@Nullable Object o) {
        if (o instanceof ByteBuffer) {
            ByteBuffer buffer = (ByteBuffer) o;
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return new String(bytes, ISO_8859_1);
        }
        return o instanceof Number ? new Decimal.Key(o.toString()) : null;
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean contains(@Nullable Object o) {
        if (byKey == null) {
            return members.contains(o);
        }
        Object key = key(o);
        E member = key == null ? null : byKey.get(key);
        return member != null && member.equals(o);
    }

    @Override
    public Iterator<E> iterator() {
        Iterator<E> iterator = members.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public E next() {
                return iterator.next();
            }
        };
    }

    @Override
    public boolean remove(@Nullable Object o) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
