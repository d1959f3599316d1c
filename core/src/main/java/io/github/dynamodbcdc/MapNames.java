package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attribute names of an item, and where each of them is; shared by the maps of many items that have the same names, in
 * whatever order.
 */
final class MapNames {
    /** More probes for a name than this, and somebody chose the names to collide. */
    private static final int FAIR_PROBES = 8;

    private final String[] names;
    /** Open addressing by the hash of the name; positions plus one, 0 is free. */
    private final int[] slots;
    /** Instead of the slots where names collide: a HashMap sorts what collides. */
    private final @Nullable Map<String, Integer> colliding;

    /** The same names as {@link Shapes} has them, null for those that it has not: most comparisons are of identity. */
    private final @Nullable KnownName[] known;

    /** Positions in {@link #known} by id of the name. */
    private final char[] positionsById;

    private final NameOrder inOrder = new NameOrder(this, null);

    private MapNames(String[] names, @Nullable KnownName[] known) {
        this.names = names;
        this.known = known;
        positionsById = positionsById(known);
        slots = new int[Integer.highestOneBit(Math.max(names.length, 1)) * 4];
        colliding = fillSlots() ? null : positions(names);
    }

    /** The names of an item's or a map's attributes. */
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

    /** Where a name is; −1 if it is not there. */
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

    /** Their own order. */
    NameOrder inOrder() {
        return inOrder;
    }

    /** The order that these names have in an item; null if its attributes have other names. */
    @Nullable
    NameOrder order(RecordIndex index, int container) {
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

    private @Nullable NameOrder shuffled(RecordIndex index, int entry, int end, int first) {
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
        return new NameOrder(this, positions);
    }

    /** Where the name of an attribute is, which may be at {@code expected}; −1 if it is not there. */
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
}
