package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attribute names of an item and their positions; shared by the maps of many items with the same names.
 *
 * <p>Optional attributes make so many different sets of names that most are new. So a new one contains no more than the
 * names, and the rest is made when it is needed. No such field needs to be volatile: {@link Slots} is immutable, and a
 * position by id is compared with the name.
 *
 * <p>Measured: decoding into maps takes 1.15 times as long with a LinkedHashMap for each item (TYPICAL; 1.22 TSHUF,
 * 1.37 WIDE). It takes 1.22 times as long if all of a new set of names is made at once, and names are compared before
 * the values are made (SPARSE; 1.09 TYPICAL). JDK 17, DecodeBenchmark of a session.
 */
final class MapNames {
    /** More probes per name than this mean that the names were chosen to collide. */
    private static final int FAIR_PROBES = 8;

    /** This many names are compared before a name is looked up: optional attributes are missing in one of two items. */
    private static final int NEAR = 8;

    /** The objects that {@link Shapes} has for these names, null where it has none. */
    private final @Nullable KnownName[] known;

    /** The names; null if all are known. */
    private final String @Nullable [] texts;

    /** A hash of the names in any order. */
    private final long key;

    private final Order inOrder = new Order(this, null);

    /** Positions in {@link #known} by the id of the name. Made when needed; another thread may see zeros. */
    private char @Nullable [] positionsById;

    /** Made when needed. */
    private @Nullable Slots slots;

    private MapNames(long key, @Nullable KnownName[] known, String @Nullable [] texts) {
        this.key = key;
        this.known = known;
        this.texts = texts;
    }

    /** Returns the names of an item's or a map's attributes. */
    private static MapNames of(RecordIndex index, int container, long key) {
        int count = index.count(container);
        @Nullable KnownName[] known = new KnownName[count];
        String[] texts = null;
        int i = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            KnownName name = index.knownName(entry);
            if (name == null) {
                texts = texts == null ? new String[count] : texts;
                texts[i] = index.nameText(entry);
            }
            known[i++] = name;
        }
        return new MapNames(key, known, texts);
    }

    int size() {
        return known.length;
    }

    String name(int position) {
        KnownName name = known[position];
        return name != null ? name.text : Objects.requireNonNull(texts)[position];
    }

    /** Returns whether the name at a position is this object. False does not mean that the name is another one. */
    @SuppressWarnings("ReferenceEquality") // most comparisons are of identity
    boolean isAt(int position, @Nullable KnownName name) {
        return name != null && name == known[position];
    }

    /** Returns the position of a name; −1 if it is not one of these. */
    int position(@Nullable Object name) {
        if (!(name instanceof String)) {
            return -1;
        }
        Slots found = slots;
        if (found == null) {
            found = new Slots(this);
            slots = found;
        }
        return found.position(this, (String) name);
    }

    /**
     * Returns the position of a name of other names, which is probably at {@code near} or a few positions after it;
     * −1 if it is not one of these.
     */
    int position(MapNames others, int position, int near) {
        KnownName name = others.known[position];
        if (name != null) {
            int end = Math.min(near + NEAR, known.length);
            for (int i = near; i < end; i++) {
                if (known[i] == name) {
                    return i;
                }
            }
        }
        return position(others.name(position));
    }

    private char[] positionsById() {
        char[] positions = positionsById;
        if (positions == null) {
            int length = 1;
            for (KnownName name : known) {
                length = name == null ? length : Math.max(length, name.id + 1);
            }
            positions = new char[length];
            for (int i = 0; i < known.length; i++) {
                KnownName name = known[i];
                positions[name == null ? 0 : name.id] = (char) i;
            }
            positionsById = positions;
        }
        return positions;
    }

    /** Returns the order that these names have in an item; null if its attributes have other names. */
    @Nullable
    Order order(RecordIndex index, int container) {
        if (index.count(container) != known.length) {
            return null;
        }
        int end = index.end(container);
        int i = 0;
        int entry = container + 1;
        while (entry < end && isNameAt(i, index, entry)) {
            entry = index.next(entry);
            i++;
        }
        return entry >= end ? inOrder : shuffled(index, entry, end, i);
    }

    private @Nullable Order shuffled(RecordIndex index, int entry, int end, int first) {
        if (known.length > Character.MAX_VALUE) {
            return null;
        }
        char[] positions = new char[known.length];
        char[] byId = positionsById();
        for (int i = 0; i < first; i++) {
            positions[i] = (char) i;
        }
        for (int i = first; entry < end; entry = index.next(entry)) {
            int position = position(index, entry, i, byId);
            if (position < 0) {
                return null;
            }
            positions[i++] = (char) position;
        }
        return new Order(this, positions);
    }

    private boolean isNameAt(int position, RecordIndex index, int entry) {
        return isAt(position, index.knownName(entry)) || index.nameIs(entry, name(position));
    }

    /**
     * Returns the position of an attribute's name, looking at {@code expected} first; −1 if it is not one of these.
     */
    private int position(RecordIndex index, int entry, int expected, char[] byId) {
        KnownName name = index.knownName(entry);
        if (name == null) {
            return index.nameIs(entry, name(expected)) ? expected : position(index.nameText(entry));
        }
        int position = name.id < byId.length ? byId[name.id] : 0;
        return isAt(position, name) ? position : position(name.text);
    }

    /** Finds a name by its hash. Immutable, because threads exchange it by a racy write. */
    private static final class Slots {
        /** Open addressing by the name's hash: positions plus one; 0 is free. */
        private final int[] slots;

        /** Replaces the slots where names collide, because a HashMap sorts the names that collide. */
        private final @Nullable Map<String, Integer> colliding;

        Slots(MapNames names) {
            slots = new int[Integer.highestOneBit(Math.max(names.size(), 1)) * 4];
            colliding = fill(names) ? null : positions(names);
        }

        private boolean fill(MapNames names) {
            int mask = slots.length - 1;
            long probes = 0;
            for (int i = 0; i < names.size(); i++) {
                int slot = spread(names.name(i).hashCode()) & mask;
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

        private static Map<String, Integer> positions(MapNames names) {
            Map<String, Integer> positions = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                positions.put(names.name(i), i);
            }
            return positions;
        }

        private static int spread(int hash) {
            return hash ^ hash >>> 16;
        }

        int position(MapNames names, String name) {
            if (colliding != null) {
                Integer position = colliding.get(name);
                return position == null ? -1 : position;
            }
            int mask = slots.length - 1;
            for (int slot = spread(name.hashCode()) & mask; slots[slot] != 0; slot = slot + 1 & mask) {
                if (names.name(slots[slot] - 1).equals(name)) {
                    return slots[slot] - 1;
                }
            }
            return -1;
        }
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

        /** Returns the position among the shared names of the item's attribute {@code i}. */
        int position(int i) {
            return positions == null ? i : positions[i];
        }

        String name(int i) {
            return names.name(position(i));
        }

        /** Moves the first values of an item from their positions in another order to their positions in this one. */
        @Nullable
        Object[] moved(@Nullable Object[] values, int count, Order from) {
            if (count == 0 || (positions == null && from.positions == null)) {
                return values;
            }
            @Nullable Object[] moved = new Object[values.length];
            for (int i = 0; i < count; i++) {
                moved[position(i)] = values[from.position(i)];
            }
            return moved;
        }
    }

    /**
     * The names of earlier items, which the maps of one table's rows share: a fixed number of entries, with twice
     * {@link #MAX_NAMES} names at most. An entry is replaced as a whole by a racy write: a thread may lose what another
     * one learned, and never sees half of an entry.
     */
    static final class Cache {
        private static final int ENTRIES = 64;

        /** Entries with up to this many names are not counted: together they keep 4096 names at most. */
        private static final int SMALL = 64;

        /** The most names that all larger entries together keep. */
        private static final int MAX_NAMES = 4096;

        /** The longest name that is kept. */
        private static final int MAX_NAME_BYTES = 256;

        private static final long FACTOR = 0x9E3779B97F4A7C15L;

        private final @Nullable MapNames[] entries = new MapNames[ENTRIES];

        /** The likely entry, by what is known before the names are read. */
        private final byte[] guesses = new byte[ENTRIES];

        private final NameHash hash;

        Cache(NameHash hash) {
            this.hash = hash;
        }

        /** Returns the likely names of an item or a map, not compared with it yet; null if there are none. */
        @Nullable
        Order likely(RecordIndex index, int container) {
            MapNames names = entries[guesses[guess(index, container)]];
            return names != null && names.size() == index.count(container) ? names.inOrder : null;
        }

        /** Items in the same place with the same number of attributes most likely have the same names. */
        private static int guess(RecordIndex index, int container) {
            int place = container == index.keys ? 1 : Span.id(index.name(container)) * 2;
            return (place * 31 + index.count(container)) & (ENTRIES - 1);
        }

        /** Returns the names of an item or a map, in its order. */
        Order of(RecordIndex index, int container) {
            int guess = guess(index, container);
            MapNames unknown = entries[guesses[guess]];
            if (unknown != null && unknown.texts != null) {
                Order order = unknown.order(index, container); // faster than the hash of each name
                if (order != null) {
                    return order;
                }
            }
            long sum = 0; // a sum, because the order may differ
            int longest = 0;
            int end = index.end(container);
            for (int entry = container + 1; entry < end; entry = index.next(entry)) {
                KnownName known = index.knownName(entry);
                if (known != null) {
                    sum += known.hash;
                } else {
                    long name = index.name(entry);
                    int from = index.base + Span.start(name);
                    sum += hash.of(index.data, from, from + Span.length(name), 0);
                    longest = Math.max(longest, Span.length(name));
                }
            }
            long key = sum * FACTOR;
            int slot = (int) (key >>> 32) & (ENTRIES - 1);
            MapNames seen = entries[slot];
            Order order = seen == null || seen.key != key ? null : seen.order(index, container);
            if (order != null) {
                guesses[guess] = (byte) slot;
                return order;
            }
            MapNames names = MapNames.of(index, container, key);
            if (longest <= MAX_NAME_BYTES && names.size() <= MAX_NAMES) {
                if (names.size() > SMALL && largeExcept(slot) + names.size() > MAX_NAMES) {
                    Arrays.fill(entries, null);
                }
                entries[slot] = names;
                guesses[guess] = (byte) slot;
            }
            return names.inOrder;
        }

        /** Returns how many names the other entries keep that are not small. */
        private int largeExcept(int slot) {
            int names = 0;
            for (int i = 0; i < ENTRIES; i++) {
                MapNames entry = i == slot ? null : entries[i];
                names += entry == null || entry.size() <= SMALL ? 0 : entry.size();
            }
            return names;
        }
    }
}
