package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dynamodbcdc.AttributeMap.BufferList;
import io.github.dynamodbcdc.AttributeMap.BufferMap;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Makes plain Java values of items and attribute values, by the policy of {@link PlainValues}. */
final class PlainMapper {
    private final RecordIndex index;
    private final PlainValues policy;
    private final boolean isDefault;

    /** Whether maps and lists may contain buffers. */
    private final boolean hasBuffers;

    PlainMapper(RecordIndex index, PlainValues policy) {
        this.index = index;
        this.policy = policy;
        isDefault = policy.isDefault();
        hasBuffers = policy.binary == PlainValues.Binary.BYTE_BUFFER;
    }

    Map<String, @Nullable Object> map(int container) {
        if (policy.mutable || leavesOut(container)) {
            return finished(linked(container));
        }
        if (!isDefault || (container != index.newImage && container != index.oldImage)) {
            return unmodifiable(map(container, null));
        }
        AttributeMap other = index.imageMap;
        AttributeMap map = map(container, other);
        index.sharesValues |= other != null;
        index.imageMap = map;
        return map;
    }

    /** Returns a map of plain values as the policy has it: the same if mutable, else an unmodifiable view. */
    Map<String, @Nullable Object> finished(Map<String, @Nullable Object> map) {
        return policy.mutable ? map : unmodifiable(Collections.unmodifiableMap(map));
    }

    private Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> map) {
        return hasBuffers ? new BufferMap(map) : map;
    }

    /** Makes a map, whose names are probably those of the other image, if any, or of earlier maps in this place. */
    private AttributeMap map(int container, @Nullable AttributeMap other) {
        RecordIndex index = this.index;
        int count = index.count(container);
        MapNames.Order order =
                other != null && other.size() == count ? other.order : index.mapNames.likely(index, container);
        boolean likely = order != null;
        if (order == null) {
            order = index.mapNames.of(index, container);
        }
        @Nullable Object[] values = new Object[count];
        int end = index.end(container);
        int i = 0;
        int near = 0;
        for (int entry = container + 1; entry < end; i++) {
            int position = order.position(i);
            if (likely && !order.names.isAt(position, index.knownName(entry))) {
                MapNames.Order unlikely = order;
                order = index.mapNames.of(index, container);
                values = order.moved(values, i, unlikely);
                likely = false;
                position = order.position(i);
            }
            long span = index.value(entry);
            int type = Span.type(span);
            Object value = null;
            if (other != null && isShared(span)) {
                int there = order.names == other.order.names
                        ? position
                        : other.order.names.position(order.names, position, near);
                if (there >= 0) {
                    value = other.at(there);
                    near = there + 1;
                }
            }
            values[position] = value != null ? value : type == TypeCodes.S ? index.text(span) : value(entry);
            entry += RecordIndex.isContainer(type) ? 1 + Span.length(span) : 1;
        }
        return new AttributeMap(order, values);
    }

    /** Returns whether the other image has the same value, and callers cannot change it, as they can a byte[]. */
    private boolean isShared(long span) {
        return span < 0 && (!index.hasBinary || Span.type(span) <= TypeCodes.N);
    }

    private Map<String, @Nullable Object> linked(int container) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>(index.count(container) * 2);
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            if (!isLeftOut(entry)) {
                map.put(index.nameText(entry), value(entry));
            }
        }
        return map;
    }

    private boolean leavesOut(int container) {
        if (policy.nulls == PlainValues.Nulls.KEEP && !index.hasUnknown) {
            return false;
        }
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
        return type == TypeCodes.UNKNOWN || (type == TypeCodes.NULL && policy.nulls == PlainValues.Nulls.DROP);
    }

    /** Returns the plain value of an entry; null for NULL and UNKNOWN. */
    @Nullable
    Object value(int entry) {
        long span = index.value(entry);
        switch (Span.type(span)) {
            case TypeCodes.S:
            case TypeCodes.N:
            case TypeCodes.B:
                return scalar(span);
            case TypeCodes.BOOL:
                return (span & Span.TRUE) != 0;
            case TypeCodes.SS:
            case TypeCodes.NS:
            case TypeCodes.BS:
                return policy.sets == PlainValues.Sets.SET ? set(entry) : list(entry);
            case TypeCodes.L:
                return list(entry);
            case TypeCodes.M:
                return map(entry);
            default:
                return null;
        }
    }

    /** Returns the plain value of S, N or B. */
    private Object scalar(long span) {
        int type = Span.type(span);
        return type == TypeCodes.S ? index.text(span) : type == TypeCodes.N ? number(span) : binary(span);
    }

    private Object number(long span) {
        switch (policy.numbers) {
            case TEXT:
                return index.text(span);
            case DOUBLE:
                return NumberConversion.toDouble(index.data, index.base, span);
            case NARROWEST:
                return NumberConversion.toNarrowest(index.data, index.base, span);
            default:
                return NumberConversion.toBigDecimal(index.data, index.base, span);
        }
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
        return policy.mutable ? list : hasBuffers ? new BufferList(list) : Collections.unmodifiableList(list);
    }

    /** Returns SS, NS or BS as a Set, whatever {@link PlainValues.Sets} says. */
    Set<Object> set(int container) {
        boolean numbers = index.type(container) == TypeCodes.NS;
        boolean comparable = !numbers || policy.numbers == PlainValues.Numbers.BIG_DECIMAL;
        if (index.count(container) <= DeliveredSet.MAX_SMALL && comparable && !policy.mutable) {
            return smallSet(container, numbers);
        }
        List<Object> members = new ArrayList<>(index.count(container));
        Set<Decimal.Key> seen = new HashSet<>();
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry++) {
            if (!numbers || seen.add(new Decimal.Key(index.text(index.value(entry))))) {
                members.add(member(entry));
            }
        }
        if (policy.mutable) {
            return new LinkedHashSet<>(members);
        }
        boolean buffers = index.type(container) == TypeCodes.BS && policy.binary != PlainValues.Binary.BASE64;
        boolean mixed = numbers && policy.numbers == PlainValues.Numbers.NARROWEST;
        return buffers || mixed
                ? DeliveredSet.keyed(members)
                : Collections.unmodifiableSet(new LinkedHashSet<>(members));
    }

    private Set<Object> smallSet(int container, boolean numbers) {
        Object[] members = new Object[index.count(container)];
        for (int i = 0; i < members.length; i++) {
            members[i] = member(container + 1 + i);
        }
        return DeliveredSet.small(members, numbers ? PlainMapper::isSameNumber : Object::equals);
    }

    private static boolean isSameNumber(Object one, Object other) {
        return ((BigDecimal) one).compareTo((BigDecimal) other) == 0;
    }

    /** Returns a member of a set. Binary is a buffer unless it is text, because a Set of byte[] finds nothing. */
    private Object member(int entry) {
        long span = index.value(entry);
        boolean buffer = Span.type(span) == TypeCodes.B && policy.binary != PlainValues.Binary.BASE64;
        return buffer ? index.buffer(span) : scalar(span);
    }

    /** An unmodifiable set in delivered order. */
    static final class DeliveredSet<E> extends AbstractSet<E> {
        /**
         * Up to this size a look at each member is faster than a hash: 1.5 times, toMap of a set of four texts, JDK 17.
         */
        static final int MAX_SMALL = 8;

        private final Collection<E> members;

        /** Null for a small set. */
        private final @Nullable Map<Object, E> byKey;

        private DeliveredSet(Collection<E> members, @Nullable Map<Object, E> byKey) {
            this.members = members;
            this.byKey = byKey;
        }

        /**
         * Returns a set of a few members, in which a member is found by a look at each. Of members that are the same,
         * the first stays.
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
         * Returns a set of buffers, or of numbers of different classes. Of members that are equal, or equal as numbers,
         * the first stays. A LinkedHashSet of such members becomes slow if the members are chosen so that their hashes
         * collide: a HashMap sorts the members that collide only if they are of one comparable class, as the keys here
         * are.
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

        /** Returns the key of a buffer or a number; null for an object that no set contains. */
        private static @Nullable Object key(@Nullable Object o) {
            if (o instanceof ByteBuffer) {
                ByteBuffer buffer = (ByteBuffer) o;
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return new String(bytes, ISO_8859_1);
            }
            // No member is of another class. The text of another Number may be no number, as that of NaN.
            if (o instanceof Integer || o instanceof Long || o instanceof BigDecimal) {
                return new Decimal.Key(o.toString());
            }
            return null;
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
                    return AttributeMap.handedOut(iterator.next());
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
}
