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

    private static final int OBJECTS = Member.Scope.values().length;
    private static final int MEMBERS = OBJECTS + Member.OF_RECORD;

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

    /** The opening that came first in each kind of object last, then the one that followed each member last. */
    private final @Nullable MemberOpening[] members = new MemberOpening[MEMBERS];

    /** The openings of each member, of which there are few: they differ only in white space and escapes. */
    private final @Nullable MemberOpening[] memberOpenings = new MemberOpening[MEMBERS - OBJECTS];

    Shapes(NameHash hash) {
        this.hash = hash;
    }

    /** Returns a copy that learns independently of this one. */
    Shapes copy() {
        Shapes copy = new Shapes(hash);
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
            duplicate.nextInKeys = copies.get(opening.nextInKeys);
            duplicate.first = copies.get(opening.first);
        });
        for (int i = 0; i < STARTS; i++) {
            copy.starts[i] = copies.get(starts[i]);
        }
        copy.firstInKeys = copies.get(firstInKeys);
        copy.firstInImage = copies.get(firstInImage);
        System.arraycopy(members, 0, copy.members, 0, MEMBERS);
        System.arraycopy(memberOpenings, 0, copy.memberOpenings, 0, memberOpenings.length);
        return copy;
    }

    /** Begins a record. Only this method may forget what was learned. */
    void beginRecord() {
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

    /** Returns the member that followed {@code previous}, or came first in such an object, in an earlier record. */
    @Nullable
    MemberOpening memberAfter(Member.Scope scope, @Nullable Member previous) {
        return members[slot(scope, previous)];
    }

    /**
     * Learns that a member followed another.
     *
     * @param previous the member before; null for the first of its object
     * @param from the position of the member's name
     * @param to the position of the member's value
     */
    @SuppressWarnings("EnumOrdinal") // an EnumMap would hash
    void learn(Member.Scope scope, @Nullable Member previous, Member member, byte[] data, int from, int to, int end) {
        MemberOpening opening = memberOpenings[member.ordinal()];
        int siblings = 0;
        while (opening != null && (opening.bytes.length != to - from || !opening.bytes.isAt(data, from, end))) {
            opening = opening.sibling;
            siblings++;
        }
        if (opening == null && siblings < MAX_OPENINGS_OF_NAME && to - from <= MAX_OPENING_BYTES) {
            opening = new MemberOpening(member, data, from, to, memberOpenings[member.ordinal()]);
            memberOpenings[member.ordinal()] = opening;
        }
        if (opening != null) {
            members[slot(scope, previous)] = opening;
        }
    }

    @SuppressWarnings("EnumOrdinal") // an EnumMap with two kinds of keys
    private static int slot(Member.Scope scope, @Nullable Member previous) {
        return previous == null ? scope.ordinal() : OBJECTS + previous.ordinal();
    }

    /** Returns the names by id. Entries of the array never change once they are set. */
    @Nullable
    KnownName[] names() {
        return names;
    }

    /** Returns the number of names. */
    int count() {
        return count;
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
        while (opening != null && !opening.bytes.isAt(data, quote, end)) {
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
            if (opening.type == type && opening.bytes.is(data, from, to)) {
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
        final KnownBytes bytes;

        /** The number of bytes. */
        final int length;

        final KnownName name;
        final int type;

        /** The number of bytes before the content; the quote that S, N and B begin with belongs to the content. */
        final int valueOffset;

        /** Another opening with the same name. */
        @Nullable
        Opening sibling;

        /** The opening that followed last in an image or map. */
        @Nullable
        Opening next;

        /** The opening that followed last in Keys. */
        @Nullable
        Opening nextInKeys;

        /** The opening that came first last in the map that is the value, or in a map in the list that is the value. */
        @Nullable
        Opening first;

        /** Creates an opening from the bytes in {@code [from, to)}. */
        Opening(KnownName name, int type, byte[] data, int from, int to) {
            bytes = new KnownBytes(data, from, to);
            length = to - from;
            this.name = name;
            this.type = type;
            valueOffset = length - (isQuoted(type) ? 1 : 0);
        }

        private Opening(Opening other) {
            bytes = other.bytes;
            length = other.length;
            name = other.name;
            type = other.type;
            valueOffset = other.valueOffset;
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

    /** The bytes that a member of a record began with in an earlier record, from the quote of its name to its value. */
    static final class MemberOpening {
        final KnownBytes bytes;
        final Member member;

        /** Another opening of the same member. */
        final @Nullable MemberOpening sibling;

        MemberOpening(Member member, byte[] data, int from, int to, @Nullable MemberOpening sibling) {
            bytes = new KnownBytes(data, from, to);
            this.member = member;
            this.sibling = sibling;
        }
    }

    /** Bytes of an earlier record, as words, to compare them with the bytes of another. */
    static final class KnownBytes {
        final int length;

        /** The first eight bytes, which overlap the last eight if there are fewer than sixteen. */
        private final long first;

        /** The last eight bytes. */
        private final long last;

        /** The offset of the last eight bytes; 0 if there are fewer than eight. */
        private final int lastOffset;

        /** The bits that are compared: all, unless there are fewer than eight bytes. */
        private final long mask;

        /** The number of bytes that a comparison reads: at least eight. */
        private final int room;

        /** The bytes, eight to a word; the last word is zero-padded. */
        private final long[] words;

        /** Copies the bytes in {@code [from, to)}, which are at least one. */
        KnownBytes(byte[] data, int from, int to) {
            length = to - from;
            words = new long[(length + 7) / 8];
            for (int i = 0; i < words.length; i++) {
                words[i] = Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
            }
            room = Math.max(length, Long.BYTES);
            lastOffset = room - Long.BYTES;
            first = words[0];
            last = Words.upTo(data, from + lastOffset, to);
            mask = length >= Long.BYTES ? -1 : (1L << (length * 8)) - 1;
        }

        /** Returns whether these bytes are at {@code p}; false as well if {@code end} is too near to compare them. */
        boolean isAt(byte[] data, int p, int end) {
            if (end - p < room) {
                return false;
            }
            long difference = (Words.at(data, p) ^ first) | (Words.at(data, p + lastOffset) ^ last);
            return (difference & mask) == 0 && (length <= 2 * Long.BYTES || isBetween(data, p));
        }

        /** Returns whether these are the bytes in {@code [from, to)}. */
        boolean is(byte[] data, int from, int to) {
            boolean same = to - from == length;
            for (int i = 0; same && i < words.length; i++) {
                same = words[i] == Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
            }
            return same;
        }

        /** Returns whether the words between the first and the last are equal. */
        private boolean isBetween(byte[] data, int p) {
            for (int i = 1, offset = Long.BYTES; offset < lastOffset; i++, offset += Long.BYTES) {
                if (Words.at(data, p + offset) != words[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
