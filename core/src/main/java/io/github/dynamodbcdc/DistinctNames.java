package io.github.dynamodbcdc;

import java.util.Arrays;

/**
 * The attribute names of a record, to find a name that occurs twice in the same item or map. Names are compared after
 * unescaping. One table serves all items: an entry is a name and the item that it belongs to.
 */
final class DistinctNames {
    private static final int MIN_CAPACITY = 64;

    /** Memory for this many names is never released. */
    private static final int KEPT_CAPACITY = 4096;

    /** Memory for unescaping longer names, in bytes, is not kept for the next record. */
    private static final int KEPT_SCRATCH = 4096;

    private static final byte[] NOTHING = {};

    private final NameHash hash;
    private final Retention retention = new Retention();
    private byte[] data = {};
    private int base;

    /** The spans of the names; open addressing. 0 is a free slot. */
    private long[] names;

    /** The item that the name in each slot belongs to. */
    private int[] owners;

    /** The slots that are not free. Only these are cleared for the next record, which may have few names. */
    private int[] used;

    private int size;

    /** The buffer in which the added name is unescaped. */
    private byte[] scratch = NOTHING;

    /** The buffer in which a name that it is compared with is unescaped. */
    private byte[] otherScratch = NOTHING;

    DistinctNames(NameHash hash) {
        this.hash = hash;
        names = new long[MIN_CAPACITY];
        owners = new int[MIN_CAPACITY];
        used = new int[MIN_CAPACITY / 2];
    }

    /** Removes all names, for the record that begins at {@code start}. */
    void reset(byte[] record, int start) {
        data = record;
        base = start;
        int kept = retention.keep(names.length, size * 2, KEPT_CAPACITY);
        if (kept < names.length) {
            allocate(Integer.highestOneBit(kept));
        } else {
            for (int i = 0; i < size; i++) {
                names[used[i]] = 0;
            }
        }
        size = 0;
        scratch = scratch.length > KEPT_SCRATCH ? NOTHING : scratch;
        otherScratch = otherScratch.length > KEPT_SCRATCH ? NOTHING : otherScratch;
    }

    private void allocate(int capacity) {
        names = new long[capacity];
        owners = new int[capacity];
        used = new int[capacity / 2];
    }

    /** Returns the number of slots. */
    int capacity() {
        return names.length;
    }

    /** Adds a name to an item, and returns false if the item has it already. */
    boolean add(long name, int owner) {
        if (size * 2 >= names.length) {
            grow();
        }
        byte[] text = data;
        int from = base + Span.start(name);
        int length = Span.length(name);
        if (Span.isEscaped(name)) {
            scratch = withRoomFor(length, scratch);
            text = scratch;
            length = JsonText.unescape(data, from, length, text, 0);
            from = 0;
        }
        int mask = names.length - 1;
        int slot = (int) hash.of(text, from, from + length, owner) & mask;
        while (names[slot] != 0) {
            if (owners[slot] == owner && isSame(names[slot], text, from, from + length)) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        names[slot] = name;
        owners[slot] = owner;
        used[size++] = slot;
        return true;
    }

    private boolean isSame(long name, byte[] text, int from, int to) {
        int start = base + Span.start(name);
        int length = Span.length(name);
        if (!Span.isEscaped(name)) {
            return Arrays.equals(data, start, start + length, text, from, to);
        }
        otherScratch = withRoomFor(length, otherScratch);
        int unescaped = JsonText.unescape(data, start, length, otherScratch, 0);
        return Arrays.equals(otherScratch, 0, unescaped, text, from, to);
    }

    private static byte[] withRoomFor(int length, byte[] scratch) {
        return scratch.length < length ? new byte[length] : scratch;
    }

    private void grow() {
        long[] oldNames = names;
        int[] oldOwners = owners;
        allocate(oldNames.length * 2);
        size = 0;
        for (int i = 0; i < oldNames.length; i++) {
            if (oldNames[i] != 0) {
                add(oldNames[i], oldOwners[i]);
            }
        }
    }

    /** The ids of the names in each open item and map, one bit each, to find a name that occurs twice. */
    static final class Ids {
        private static final long[] NONE = {};

        private long[][] levels = new long[4][];

        /** Empties the set of a level. */
        void open(int level) {
            if (level >= levels.length) {
                levels = Arrays.copyOf(levels, Math.max(levels.length * 2, level + 1));
            }
            long[] ids = levels[level];
            if (ids == null) {
                levels[level] = new long[4];
            } else {
                Arrays.fill(ids, 0);
            }
        }

        /** Returns the set of a level, one bit for each id. The array has no bits for the ids after the highest one. */
        long[] of(int level) {
            long[] ids = level < levels.length ? levels[level] : null;
            return ids == null ? NONE : ids;
        }

        /** Adds an id to the set of a level, and returns false if it is in the set already. */
        boolean add(int level, int id) {
            long[] ids = levels[level];
            int word = id >>> 6;
            if (word >= ids.length) {
                ids = Arrays.copyOf(ids, Math.max(ids.length * 2, word + 1));
                levels[level] = ids;
            }
            long before = ids[word];
            long bit = 1L << id;
            ids[word] = before | bit;
            return (before & bit) == 0;
        }
    }
}
