package io.github.dynamodbcdc;

import java.util.Arrays;

/**
 * The attribute names of a record, to find one that stands twice in the same item or map. Names are compared after
 * unescaping. One table serves all items: an entry is a name and the item that it belongs to.
 */
final class NameSet {
    private static final int MIN_CAPACITY = 64;

    private final NameHash hash;
    private byte[] data = {};
    private int base;

    /** Open addressing; spans of names, and in {@link #owners} the item each belongs to. 0 is free. */
    private long[] names;

    private int[] owners;
    private int size;

    NameSet(NameHash hash) {
        this.hash = hash;
        names = new long[MIN_CAPACITY];
        owners = new int[MIN_CAPACITY];
    }

    /** Begins another record. */
    void reset(byte[] record, int start) {
        data = record;
        base = start;
        if (size > 0) {
            Arrays.fill(names, 0);
            size = 0;
        }
    }

    /** Adds a name to an item; false if it was there. */
    boolean add(long name, int owner) {
        if (size * 2 >= names.length) {
            grow();
        }
        int mask = names.length - 1;
        int slot = slot(name, owner) & mask;
        while (names[slot] != 0) {
            if (owners[slot] == owner && JsonText.same(data, base, names[slot], name)) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        names[slot] = name;
        owners[slot] = owner;
        size++;
        return true;
    }

    private int slot(long name, int owner) {
        if (Span.isEscaped(name)) {
            byte[] utf8 = JsonText.utf8(data, base, name);
            return (int) hash.of(utf8, 0, utf8.length, owner);
        }
        return (int) hash.of(data, base + Span.start(name), base + Span.end(name), owner);
    }

    private void grow() {
        long[] oldNames = names;
        int[] oldOwners = owners;
        names = new long[oldNames.length * 2];
        owners = new int[oldOwners.length * 2];
        int mask = names.length - 1;
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != 0) {
                int slot = slot(oldNames[i], oldOwners[i]) & mask;
                while (names[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                names[slot] = oldNames[i];
                owners[slot] = oldOwners[i];
            }
        }
    }
}
