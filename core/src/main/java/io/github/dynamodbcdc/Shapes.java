package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of earlier records: their attribute names, the bytes that attributes began with, and their order. This is
 * the only class that predicts. Each prediction is compared with the bytes, so it changes speed and never a result.
 *
 * <p>It keeps only private copies, within hard bounds. When it is full, it is emptied at the start of a record, but not
 * often: names that never occur again may have filled it, and the names that recur were learned first.
 *
 * <p>Measured: indexing takes 2.5 times as long without it (TYPICAL; 2.3 TSHUF, 3.7 WIDE), decoding into maps 2.1 times
 * (2.5, 2.5). JDK 17, DecodeBenchmark of SESSION and SESSION_UNPREDICTED.
 */
final class Shapes {
    static final int MAX_NAMES = 4096;
    private static final int MAX_NAME_BYTES = 256;

    /** A longer name with escapes is not learned: an escape takes six bytes for one. */
    static final int MAX_ESCAPED_NAME_BYTES = 6 * MAX_NAME_BYTES;

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_OPENING_BYTES = 320;
    private static final int MAX_OPENINGS_OF_NAME = 8;
    private static final int RECORDS_BETWEEN_FLUSHES = 1024;

    private static final int STARTS_BITS = 10;
    private static final int STARTS = 1 << STARTS_BITS;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final NameHash hash;

    /** The names by id, which is never 0. Entries are never overwritten, because events refer to the array. */
    private @Nullable KnownName[] names = new KnownName[64];

    /** The openings by the id of their name, linked by {@link Opening#sibling}. */
    private @Nullable Opening[] openings = new Opening[64];

    /** The names by hash; open addressing. */
    private @Nullable KnownName[] slots = new KnownName[128];

    /** The openings by a hash of the eight bytes after the quote, for a lookup before the end of the name is known. */
    private final @Nullable Opening[] starts = new Opening[STARTS];

    private int count;
    private int bytes;
    private int records;

    /** The opening that Keys began with last. */
    @Nullable
    Opening firstInKeys;

    /** The opening that an image began with last. */
    @Nullable
    Opening firstInImage;

    /** What records have in common around their items. */
    final Literals literals;

    Shapes(NameHash hash) {
        this(hash, new Literals());
    }

    private Shapes(NameHash hash, Literals literals) {
        this.hash = hash;
        this.literals = literals;
    }

    /** Returns a copy that learns independently of this one. */
    Shapes copy() {
        Shapes copy = new Shapes(hash, literals.copy());
        copy.names = names.clone();
        copy.slots = slots.clone();
        copy.count = count;
        copy.bytes = bytes;
        copy.openings = new Opening[openings.length];
        IdentityHashMap<Opening, Opening> copies = new IdentityHashMap<>();
        for (int id = 1; id <= count; id++) {
            for (Opening opening = openings[id]; opening != null; opening = opening.sibling) {
                Opening duplicate = opening.copy();
                copies.put(opening, duplicate);
                duplicate.sibling = copy.openings[id];
                copy.openings[id] = duplicate;
            }
        }
        copies.forEach((opening, duplicate) -> {
            duplicate.next = copies.get(opening.next);
            duplicate.otherNext = copies.get(opening.otherNext);
            duplicate.nextInKeys = copies.get(opening.nextInKeys);
            duplicate.first = copies.get(opening.first);
        });
        for (int i = 0; i < STARTS; i++) {
            copy.starts[i] = copies.get(starts[i]);
        }
        copy.firstInKeys = copies.get(firstInKeys);
        copy.firstInImage = copies.get(firstInImage);
        return copy;
    }

    /** Begins a record. Only this method may forget what was learned. */
    void beginRecord() {
        literals.beginRecord();
        if (++records >= RECORDS_BETWEEN_FLUSHES && isFull()) {
            names = new KnownName[64];
            openings = new Opening[64];
            slots = new KnownName[128];
            Arrays.fill(starts, null);
            count = 0;
            bytes = 0;
            records = 0;
            firstInKeys = null;
            firstInImage = null;
        }
    }

    /** Returns whether nothing more is learned until it is emptied. */
    boolean isFull() {
        return count >= MAX_NAMES - 1 || bytes > MAX_BYTES - MAX_OPENING_BYTES - MAX_NAME_BYTES;
    }

    /** Returns the names by id. Entries of the array never change once they are set. */
    @Nullable
    KnownName[] names() {
        return names;
    }

    /** Returns the name with this UTF-8; null if it is not known. */
    @Nullable
    KnownName find(byte[] utf8, int from, int to) {
        long h = hash.of(utf8, from, to, 0);
        int mask = slots.length - 1;
        int slot = (int) h & mask;
        KnownName name = slots[slot];
        while (name != null && (name.hash != h || !Arrays.equals(name.utf8, 0, name.utf8.length, utf8, from, to))) {
            slot = (slot + 1) & mask;
            name = slots[slot];
        }
        return name;
    }

    /** Returns the name of up to sixteen bytes in two zero-padded words; null if it is not known. */
    @Nullable
    KnownName findShort(long first, long second, int length) {
        int mask = slots.length - 1;
        int slot = (int) hash.ofShort(first, second, length, 0) & mask;
        KnownName name = slots[slot];
        while (name != null && (name.first != first || name.second != second || name.utf8.length != length)) {
            slot = (slot + 1) & mask;
            name = slots[slot];
        }
        return name;
    }

    /** Returns the name with this UTF-8, which is learned if it is new; null if it is too long or the table is full. */
    @Nullable
    KnownName learn(byte[] utf8, int from, int to) {
        if (to - from > MAX_NAME_BYTES) {
            return null;
        }
        KnownName known = find(utf8, from, to);
        if (known != null || isFull()) {
            return known;
        }
        int id = ++count;
        if (id == names.length) {
            names = Arrays.copyOf(names, id * 2);
            openings = Arrays.copyOf(openings, id * 2);
        }
        KnownName name = new KnownName(id, Arrays.copyOfRange(utf8, from, to), hash.of(utf8, from, to, 0));
        names[id] = name;
        bytes += to - from;
        if (count * 4 > slots.length) {
            slots = new KnownName[slots.length * 2];
            for (int i = 1; i < id; i++) {
                insert(names[i]);
            }
        }
        insert(name);
        return name;
    }

    private void insert(@Nullable KnownName name) {
        if (name == null) {
            return;
        }
        int mask = slots.length - 1;
        int slot = (int) name.hash & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = name;
    }

    /** Returns a candidate for the opening whose name has these eight bytes after its quote; null if there is none. */
    @Nullable
    Opening startingWith(long word) {
        return starts[start(word)];
    }

    private static int start(long word) {
        return (int) ((word * FACTOR) >>> (Long.SIZE - STARTS_BITS));
    }

    /** Returns the opening of this name that is at {@code quote}; null if it is not known. */
    @Nullable
    Opening openingAt(KnownName name, byte[] data, int quote, int end) {
        Opening opening = openings[name.id];
        while (opening != null && !opening.isAt(data, quote, end)) {
            opening = opening.sibling;
        }
        return opening;
    }

    /** Learns the opening of an attribute and returns it; null if it is too long or there is no room for it. */
    @Nullable
    Opening learn(KnownName name, int type, byte[] data, int from, int to) {
        if (to - from > MAX_OPENING_BYTES || isFull()) {
            return null;
        }
        int siblings = 0;
        for (Opening opening = openings[name.id]; opening != null; opening = opening.sibling) {
            // A known opening was not found if it was near the record's end or its name has escapes.
            if (opening.type == type && opening.is(data, from, to)) {
                return opening;
            }
            siblings++;
        }
        if (siblings == MAX_OPENINGS_OF_NAME) {
            return null;
        }
        Opening opening = new Opening(name, type, data, from, to);
        opening.sibling = openings[name.id];
        openings[name.id] = opening;
        bytes += to - from;
        if (to - from > Long.BYTES) {
            int start = start(Words.at(data, from + 1));
            starts[start] = starts[start] == null ? opening : starts[start];
        }
        return opening;
    }

    /**
     * The bytes that an attribute began with in an earlier record, from the quote of its name to its content:
     * <code>"venue":{"S":"</code>. If the same bytes occur again, they mean the same and need no second check.
     */
    static final class Opening {
        final KnownName name;

        /** The id of the name. */
        final int id;

        /** The word of a name with this id at position 0. */
        final long nameWord;

        final int type;

        /** The number of bytes, which are at least eight. */
        final int length;

        /** The number of bytes before the content; the quote that S, N and B begin with belongs to the content. */
        final int valueOffset;

        /** The first eight bytes, the next eight (or those before the last, if they are fewer), and the last eight. */
        private final long first8;

        private final long second8;
        private final long last8;
        private final int secondOffset;
        private final int lastOffset;

        /** The bytes, eight to a word; the last word is zero-padded. */
        private final long[] words;

        /** Another opening with the same name. */
        @Nullable
        Opening sibling;

        /** The opening that followed last in an image or map. */
        @Nullable
        Opening next;

        /** The opening that followed in an image or map before that one did. */
        @Nullable
        Opening otherNext;

        /** The opening that followed last in Keys. */
        @Nullable
        Opening nextInKeys;

        /** The opening that came first in the latest map: the value, or a map in the list that is the value. */
        @Nullable
        Opening first;

        /** Creates an opening from the bytes in {@code [from, to)}. */
        Opening(KnownName name, int type, byte[] data, int from, int to) {
            this.name = name;
            id = name.id;
            nameWord = Span.NAMED | id;
            this.type = type;
            length = to - from;
            valueOffset = length - (isQuoted(type) ? 1 : 0);
            words = new long[(length + 7) / 8];
            for (int i = 0; i < words.length; i++) {
                words[i] = wordAt(data, from, to, i * Long.BYTES);
            }
            lastOffset = length - Long.BYTES;
            secondOffset = Math.min(Long.BYTES, lastOffset);
            first8 = words[0];
            second8 = wordAt(data, from, to, secondOffset);
            last8 = wordAt(data, from, to, lastOffset);
        }

        private Opening(Opening other) {
            name = other.name;
            id = other.id;
            nameWord = other.nameWord;
            type = other.type;
            length = other.length;
            valueOffset = other.valueOffset;
            words = other.words;
            lastOffset = other.lastOffset;
            secondOffset = other.secondOffset;
            first8 = other.first8;
            second8 = other.second8;
            last8 = other.last8;
        }

        private static long wordAt(byte[] data, int from, int to, int offset) {
            return Words.upTo(data, from + offset, Math.min(from + offset + Long.BYTES, to));
        }

        /** Learns that {@code opening} followed in an image or map; null for one that is not known. */
        void follow(@Nullable Opening opening) {
            if (opening != next) {
                otherNext = next;
                next = opening;
            }
        }

        /** Returns whether these bytes are at {@code p}. */
        boolean isAt(byte[] data, int p, int end) {
            return end - p >= length && isWithin(data, p);
        }

        /** Returns whether these bytes are at {@code p}, where at least that many are left. */
        boolean isWithin(byte[] data, int p) {
            long difference = (Words.at(data, p) ^ first8)
                    | (Words.at(data, p + secondOffset) ^ second8)
                    | (Words.at(data, p + lastOffset) ^ last8);
            return difference == 0 && (length <= 3 * Long.BYTES || isBetween(data, p));
        }

        /** Returns whether these are the bytes in {@code [from, to)}. */
        boolean is(byte[] data, int from, int to) {
            boolean same = to - from == length;
            for (int i = 0; same && i < words.length; i++) {
                same = words[i] == wordAt(data, from, to, i * Long.BYTES);
            }
            return same;
        }

        /** Returns whether the words between the second and the last are equal. */
        private boolean isBetween(byte[] data, int p) {
            for (int i = 2, offset = 2 * Long.BYTES; offset < lastOffset; i++, offset += Long.BYTES) {
                if (Words.at(data, p + offset) != words[i]) {
                    return false;
                }
            }
            return true;
        }

        /** Returns whether the content of this type is in quotes. The first quote belongs to the opening. */
        static boolean isQuoted(int type) {
            return type <= TypeCodes.B;
        }

        /** Returns an opening with the same bytes, without links to others. */
        Opening copy() {
            return new Opening(this);
        }
    }
}
