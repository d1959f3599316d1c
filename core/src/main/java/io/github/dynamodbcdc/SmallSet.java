package io.github.dynamodbcdc;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** An unmodifiable set of a few members in delivered order: a look at each of them is faster than a hash. */
final class SmallSet<E> extends AbstractSet<E> {
    /** With more members, whoever asks often for one pays for each of them. */
    static final int MAX_SIZE = 8;

    private final List<E> members;

    private SmallSet(List<E> members) {
        this.members = members;
    }

    /** Of members that are the same, the first stays. */
    static <E> SmallSet<E> of(E[] delivered, BiPredicate<? super E, ? super E> same) {
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
        return new SmallSet<>(Arrays.asList(size == delivered.length ? delivered : Arrays.copyOf(delivered, size)));
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public boolean contains(@Nullable Object o) {
        return members.contains(o);
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
