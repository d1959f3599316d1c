package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attribute names of an item and their positions; shared by the maps of many items with the same names.
 *
 * <p>Measured: decoding into maps takes 1.15 times as long with a LinkedHashMap for each item (TYPICAL; 1.22 TSHUF,
 * 1.37 WIDE). JDK 17, DecodeBenchmark of a session.
 */
final class MapNames {
    /** More probes per name than this mean that the names were chosen to collide. */
    private static final int FAIR_PROBES = 8;

    private final String[] names;

    /** Open addressing by the name's hash: positions plus one; 0 is free. */
    private final int[] slots;

    /** Replaces the slots where names collide, because a HashMap sorts the names that collide. */
    private final @Nullable Map<String, Integer> colliding;

    /**
     * The objects that {@link Shapes} has for these names, null where it has none: most comparisons are of identity.
     */
    private final @Nullable KnownName[] known;

    /** Positions in {@link #known} by the id of the name. */
    private final char[] positionsById;

    private final Order inOrder = new Order(this, null);

    private MapNames(String[] names, @Nullable KnownName[] known) {
        this.names = names;
        this.known = known;
        positionsById = positionsById(known);
        slots = new int[Integer.highestOneBit(Math.max(names.length, 1)) * 4];
        colliding = fillSlots() ? null : positions(names);
    }

    /** Returns the names of an item's or a map's attributes. */
    static MapNames of(RecordIndex index, int container) {
        int count = index.count(container);
        String[] names = new String[count];
        @Nullable KnownName[] known = new KnownName[count];
        int i = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            known[i] = index.knownName(entry);
            names[i++] = index.nameText(entry);
        }
        return new MapNames(names, known);
    }

    private boolean fillSlots() {
        int mask = slots.length - 1;
        long probes = 0;
        for (int i = 0; i < names.length; i++) {
            int slot = spread(names[i].hashCode()) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
                probes++;
            }
            slots[slot] = i + 1;
            if (probes > (long) FAIR_PROBES * (i + FAIR_PROBES)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Integer> positions(String[] names) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            positions.put(names[i], i);
        }
        return positions;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }

    int size() {
        return names.length;
    }

    String name(int position) {
        return names[position];
    }

    /** Returns the position of a name; −1 if it is not one of these. */
    int position(@Nullable Object name) {
        if (!(name instanceof String)) {
            return -1;
        }
        if (colliding != null) {
            Integer position = colliding.get(name);
            return position == null ? -1 : position;
        }
        int mask = slots.length - 1;
        for (int slot = spread(name.hashCode()) & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            if (names[slots[slot] - 1].equals(name)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    private static char[] positionsById(@Nullable KnownName[] known) {
        char[] positions = new char[0];
        for (int i = 0; i < known.length; i++) {
            KnownName name = known[i];
            if (name != null) {
                positions = name.id < positions.length
                        ? positions
                        : Arrays.copyOf(positions, Math.max(name.id + 1, positions.length * 2));
                positions[name.id] = (char) i;
            }
        }
        return positions;
    }

    /** Returns the order in which these names were given. */
    Order inOrder() {
        return inOrder;
    }

    /** Returns the order that these names have in an item; null if its attributes have other names. */
    @Nullable
    Order order(RecordIndex index, int container) {
        if (index.count(container) != names.length) {
            return null;
        }
        int end = index.end(container);
        int i = 0;
        int entry = container + 1;
        while (entry < end && i == position(index, entry, i)) {
            entry = index.next(entry);
            i++;
        }
        return entry >= end ? inOrder : shuffled(index, entry, end, i);
    }

    private @Nullable Order shuffled(RecordIndex index, int entry, int end, int first) {
        if (names.length > Character.MAX_VALUE) {
            return null;
        }
        char[] positions = new char[names.length];
        for (int i = 0; i < first; i++) {
            positions[i] = (char) i;
        }
        for (int i = first; entry < end; entry = index.next(entry)) {
            int position = position(index, entry, i);
            if (position < 0) {
                return null;
            }
            positions[i++] = (char) position;
        }
        return new Order(this, positions);
    }

    /**
     * Returns the position of an attribute's name, looking at {@code expected} first; −1 if it is not one of these.
     */
    @SuppressWarnings("ReferenceEquality") // another object may still have an equal text
    private int position(RecordIndex index, int entry, int expected) {
        KnownName name = index.knownName(entry);
        if (name == null) {
            return index.nameIs(entry, names[expected]) ? expected : position(index.nameText(entry));
        }
        if (name == known[expected]) {
            return expected;
        }
        int position = name.id < positionsById.length ? positionsById[name.id] : 0;
        return name == known[position] ? position : position(name.text);
    }

    /**
     * The names of one item in its order: names shared by many items, and the position of each of this item's names.
     */
    static final class Order {
        final MapNames names;

        /** Null if the order is that of the shared names, as in most tables. */
        private final char @Nullable [] positions;

        private Order(MapNames names, char @Nullable [] positions) {
            this.names = names;
            this.positions = positions;
        }

        int size() {
            return names.size();
        }

        /** Returns the position among the shared names of the item's attribute {@code i}. */
        int position(int i) {
            return positions == null ? i : positions[i];
        }

        String name(int i) {
            return names.name(position(i));
        }
    }

    /**
     * The names of earlier items, which the maps of one table's rows share. A fixed number of small entries, each
     * immutable and replaced as a whole by a racy write: a thread may lose what another one learned, and never sees
     * half of an entry.
     */
    static final class Cache {
        private static final int ENTRIES = 64;

        /** The most names that all entries together keep. */
        static final int MAX_NAMES = 4096;

        /** The longest name that is kept. */
        static final int MAX_NAME_BYTES = 256;

        private static final long FACTOR = 0x9E3779B97F4A7C15L;

        private final @Nullable MapNames[] entries = new MapNames[ENTRIES];

        /** The likely entry, by what is known before the names are read. */
        private final byte[] guesses = new byte[ENTRIES];

        private final NameHash hash;

        Cache(NameHash hash) {
            this.hash = hash;
        }

        /** Returns the names of an item or a map, in its order. */
        Order of(RecordIndex index, int container) {
            int guess = guess(index, container);
            MapNames likely = entries[guesses[guess]];
            Order order = likely == null ? null : likely.order(index, container);
            return order != null ? order : lookUp(index, container, guess);
        }

        /** Items in the same place with the same number of attributes most likely have the same names. */
        private static int guess(RecordIndex index, int container) {
            int place = container == index.keys ? 1 : Span.id(index.name(container)) * 2;
            return (place * 31 + index.count(container)) & (ENTRIES - 1);
        }

        private Order lookUp(RecordIndex index, int container, int guess) {
            long key = 0;
            int longest = 0;
            int end = index.end(container);
            for (int entry = container + 1; entry < end; entry = index.next(entry)) {
                KnownName known = index.knownName(entry);
                long nameHash;
                if (known != null) {
                    nameHash = known.hash;
                } else {
                    long name = index.name(entry);
                    int from = index.base + Span.start(name);
                    nameHash = hash.of(index.data, from, from + Span.length(name), 0);
                    longest = Math.max(longest, Span.length(name));
                }
                key += nameHash * FACTOR; // a sum, because the order may differ
            }
            int slot = (int) (key >>> 32) & (ENTRIES - 1);
            MapNames seen = entries[slot];
            Order order = seen == null ? null : seen.order(index, container);
            if (order != null) {
                guesses[guess] = (byte) slot;
                return order;
            }
            MapNames names = MapNames.of(index, container);
            if (longest <= MAX_NAME_BYTES && names.size() <= MAX_NAMES) {
                if (othersThan(slot) + names.size() > MAX_NAMES) {
                    Arrays.fill(entries, null);
                }
                entries[slot] = names;
                guesses[guess] = (byte) slot;
            }
            return names.inOrder();
        }

        /** Returns how many names the other entries keep. Called only for names that are not known yet. */
        private int othersThan(int slot) {
            int names = 0;
            for (int i = 0; i < ENTRIES; i++) {
                MapNames entry = i == slot ? null : entries[i];
                names += entry == null ? 0 : entry.size();
            }
            return names;
        }
    }
}
