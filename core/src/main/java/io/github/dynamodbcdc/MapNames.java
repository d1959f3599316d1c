package io.github.dynamodbcdc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attribute names of an item in their order, and where each of them is; shared by the maps of many items. */
final class MapNames {
    /** More probes for a name than this, and somebody chose the names to collide. */
    private static final int FAIR_PROBES = 8;

    private final String[] names;
    /** Open addressing by the hash of the name; positions plus one, 0 is free. */
    private final int[] slots;
    /** Instead of the slots where names collide: a HashMap sorts what collides. */
    private final @Nullable Map<String, Integer> colliding;

    /** The same names as {@link Shapes} has them, null for those that it has not: most comparisons are of identity. */
    private final @Nullable Name[] known;

    private MapNames(String[] names, @Nullable Name[] known) {
        this.names = names;
        this.known = known;
        slots = new int[Integer.highestOneBit(Math.max(names.length, 1)) * 4];
        colliding = fillSlots() ? null : positions(names);
    }

    /** The names of an item's or a map's attributes. */
    static MapNames of(RecordIndex index, int container) {
        int count = index.count(container);
        String[] names = new String[count];
        @Nullable Name[] known = new Name[count];
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

    /** Whether an item's attributes have these names in this order. */
    @SuppressWarnings("ReferenceEquality") // another object may still have an equal text
    boolean areThoseOf(RecordIndex index, int container) {
        if (index.count(container) != names.length) {
            return false;
        }
        int i = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            Name name = index.knownName(entry);
            if ((name == null || name != known[i]) && !index.nameIs(entry, names[i])) {
                return false;
            }
            i++;
        }
        return true;
    }
}
