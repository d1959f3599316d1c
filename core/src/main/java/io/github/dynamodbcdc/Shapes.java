package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What earlier records looked like: the attribute names that they had, how attributes began, and which followed which.
 * The only class that predicts. Whatever it predicts is compared with the bytes, so that without it every result is the
 * same, and later.
 *
 * <p>All that it keeps are private copies, within hard bounds: it is emptied at the start of a record when it is full,
 * though not often, because names that never come again may have filled it and those that do came first.
 */
final class Shapes {
    static final int MAX_NAMES = 4096;
    private static final int MAX_NAME_BYTES = 256;

    /** A name of more is not learned: an escape takes six bytes for one. */
    static final int MAX_ESCAPED_NAME_BYTES = 6 * MAX_NAME_BYTES;

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_TOKEN_BYTES = 320;
    private static final int MAX_TOKENS_OF_NAME = 8;
    private static final int RECORDS_BETWEEN_FLUSHES = 1024;

    private static final int STARTS_BITS = 10;
    private static final int STARTS = 1 << STARTS_BITS;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private static final int OBJECTS = Member.Scope.values().length;
    private static final int MEMBERS = OBJECTS + Member.OF_RECORD;

    private final NameHash hash;

    /** By id, of which 0 is none; replaced and never overwritten, because events refer to it. */
    private @Nullable KnownName[] names = new KnownName[64];

    private @Nullable Opening[] tokens = new Opening[64];
    /** The names by hash; open addressing. */
    private @Nullable KnownName[] slots = new KnownName[128];

    /** A token by its first bytes, for a look that takes no account of where its name ends. */
    private final @Nullable Opening[] starts = new Opening[STARTS];

    private int count;
    private int bytes;
    private int records;

    /** The first tokens of Keys and of images. */
    @Nullable
    Opening firstInKeys;

    @Nullable
    Opening firstInImage;

    /** The tokens of the members that followed last; behind none, the first of each kind of object. */
    private final @Nullable MemberOpening[] members = new MemberOpening[MEMBERS];

    /** The tokens of each member: few, because only white space and escapes make a difference. */
    private final @Nullable MemberOpening[] memberTokens = new MemberOpening[MEMBERS - OBJECTS];

    Shapes(NameHash hash) {
        this.hash = hash;
    }

    /** A copy that can learn on, or be kept as it is. */
    Shapes copy() {
        Shapes copy = new Shapes(hash);
        copy.names = names.clone();
        copy.slots = slots.clone();
        copy.count = count;
        copy.bytes = bytes;
        copy.tokens = new Opening[tokens.length];
        IdentityHashMap<Opening, Opening> copies = new IdentityHashMap<>();
        for (int id = 1; id <= count; id++) {
            for (Opening token = tokens[id]; token != null; token = token.sibling) {
                Opening twin = token.copy();
                copies.put(token, twin);
                twin.sibling = copy.tokens[id];
                copy.tokens[id] = twin;
            }
        }
        copies.forEach((token, twin) -> {
            twin.next = copies.get(token.next);
            twin.nextInKeys = copies.get(token.nextInKeys);
            twin.first = copies.get(token.first);
        });
        for (int i = 0; i < STARTS; i++) {
            copy.starts[i] = copies.get(starts[i]);
        }
        copy.firstInKeys = copies.get(firstInKeys);
        copy.firstInImage = copies.get(firstInImage);
        System.arraycopy(members, 0, copy.members, 0, MEMBERS);
        System.arraycopy(memberTokens, 0, copy.memberTokens, 0, memberTokens.length);
        return copy;
    }

    /** Begins a record: here, and nowhere else, what was learned may be forgotten. */
    void beginRecord() {
        if (++records >= RECORDS_BETWEEN_FLUSHES && isFull()) {
            names = new KnownName[64];
            tokens = new Opening[64];
            slots = new KnownName[128];
            Arrays.fill(starts, null);
            count = 0;
            bytes = 0;
            records = 0;
            firstInKeys = null;
            firstInImage = null;
        }
    }

    /** Whether nothing more is learned before it is emptied. */
    boolean isFull() {
        return count >= MAX_NAMES - 1 || bytes > MAX_BYTES - MAX_TOKEN_BYTES - MAX_NAME_BYTES;
    }

    /** The member that followed {@code previous}, or came first in such an object, in an earlier record. */
    @Nullable
    MemberOpening memberAfter(Member.Scope scope, @Nullable Member previous) {
        return members[slot(scope, previous)];
    }

    /** Learns that a member, which begins at {@code from} and its value at {@code to}, followed {@code previous}. */
    @SuppressWarnings("EnumOrdinal") // an EnumMap would hash
    void learn(Member.Scope scope, @Nullable Member previous, Member member, byte[] data, int from, int to, int end) {
        MemberOpening token = memberTokens[member.ordinal()];
        int siblings = 0;
        while (token != null && (token.spelling.length != to - from || !token.spelling.isAt(data, from, end))) {
            token = token.sibling;
            siblings++;
        }
        if (token == null && siblings < MAX_TOKENS_OF_NAME && to - from <= MAX_TOKEN_BYTES) {
            token = new MemberOpening(member, data, from, to, memberTokens[member.ordinal()]);
            memberTokens[member.ordinal()] = token;
        }
        if (token != null) {
            members[slot(scope, previous)] = token;
        }
    }

    @SuppressWarnings("EnumOrdinal") // an EnumMap with two kinds of keys
    private static int slot(Member.Scope scope, @Nullable Member previous) {
        return previous == null ? scope.ordinal() : OBJECTS + previous.ordinal();
    }

    /** The names by id. The array is not changed at ids that were given. */
    @Nullable
    KnownName[] names() {
        return names;
    }

    int count() {
        return count;
    }

    /** The name of this UTF-8; null if it is not known. */
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

    /** The name of up to sixteen bytes, in two words with zeros behind them; null if it is not known. */
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

    /** The name of this UTF-8, known or not; null if it is too long or there is no place for it. */
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
            tokens = Arrays.copyOf(tokens, id * 2);
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

    /** A token that may stand where these are the bytes behind the name's quote; null if none is known. */
    @Nullable
    Opening startingWith(long word) {
        return starts[start(word)];
    }

    private static int start(long word) {
        return (int) ((word * FACTOR) >>> (Long.SIZE - STARTS_BITS));
    }

    /** A token of this name that stands at {@code quote}; null if none is known. */
    @Nullable
    Opening tokenAt(KnownName name, byte[] data, int quote, int end) {
        Opening token = tokens[name.id];
        while (token != null && !token.spelling.isAt(data, quote, end)) {
            token = token.sibling;
        }
        return token;
    }

    /** Learns how an attribute began; null if that is too long or there is no place for it. */
    @Nullable
    Opening learn(KnownName name, int type, byte[] data, int from, int to) {
        if (to - from > MAX_TOKEN_BYTES || isFull()) {
            return null;
        }
        int siblings = 0;
        for (Opening token = tokens[name.id]; token != null; token = token.sibling) {
            // A known token is not found near the record's end, or after an escaped name.
            if (token.type == type && token.spelling.is(data, from, to)) {
                return token;
            }
            siblings++;
        }
        if (siblings == MAX_TOKENS_OF_NAME) {
            return null;
        }
        Opening token = new Opening(name, type, data, from, to);
        token.sibling = tokens[name.id];
        tokens[name.id] = token;
        bytes += to - from;
        if (to - from > Long.BYTES) {
            int start = start(Words.at(data, from + 1));
            starts[start] = starts[start] == null ? token : starts[start];
        }
        return token;
    }

    /**
     * How an attribute began in an earlier record, byte for byte from the quote of its name to its content:
     * <code>"venue":{"S":"</code>. Where the same bytes stand again they mean the same and need no second check.
     */
    static final class Opening {
        final KnownBytes spelling;

        /** Of the spelling. */
        final int length;

        final KnownName name;
        final int type;

        /** How many of the bytes are before the value: not the opening quote that S, N and B have. */
        final int valueOffset;

        /** Another way that the same name began. */
        @Nullable
        Opening sibling;

        /** The tokens that followed last, in an item or map and in Keys; and the first in a map that this one opens, or in one of a list. */
        @Nullable
        Opening next;

        @Nullable
        Opening nextInKeys;

        @Nullable
        Opening first;

        /** Of the bytes in {@code [from, to)}. */
        Opening(KnownName name, int type, byte[] data, int from, int to) {
            spelling = new KnownBytes(data, from, to);
            length = to - from;
            this.name = name;
            this.type = type;
            valueOffset = length - (isQuoted(type) ? 1 : 0);
        }

        private Opening(Opening other) {
            spelling = other.spelling;
            length = other.length;
            name = other.name;
            type = other.type;
            valueOffset = other.valueOffset;
        }

        /** Whether the content of this type stands in quotes, of which the first belongs to the token. */
        static boolean isQuoted(int type) {
            return type <= TypeCodes.B;
        }

        /** The same bytes without what followed. */
        Opening copy() {
            return new Opening(this);
        }
    }

    /** How a member of the envelope began in an earlier record, from the quote of its name to its value. */
    static final class MemberOpening {
        final KnownBytes spelling;
        final Member member;

        /** Another way that the same member began. */
        final @Nullable MemberOpening sibling;

        MemberOpening(Member member, byte[] data, int from, int to, @Nullable MemberOpening sibling) {
            spelling = new KnownBytes(data, from, to);
            this.member = member;
            this.sibling = sibling;
        }
    }

    /** Bytes that stood in an earlier record, in words, to find whether they stand again. */
    static final class KnownBytes {
        final int length;

        /** The first eight bytes and the last eight, which overlap if there are fewer than sixteen. */
        private final long first;

        private final long last;

        /** Where the last eight begin; 0 if there are no eight, and then only those in the mask count. */
        private final int lastOffset;

        private final long mask;

        /** How many bytes are looked at. */
        private final int room;

        /** The bytes, eight to a word; of the last word those that count. */
        private final long[] words;

        /** A private copy of the bytes in {@code [from, to)}, of which there is at least one. */
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

        /** Whether these bytes stand at {@code p}; false as well where they end too near to {@code end} to look. */
        boolean isAt(byte[] data, int p, int end) {
            if (end - p < room) {
                return false;
            }
            long difference = (Words.at(data, p) ^ first) | (Words.at(data, p + lastOffset) ^ last);
            return (difference & mask) == 0 && (length <= 2 * Long.BYTES || isBetween(data, p));
        }

        /** Whether these are the bytes in {@code [from, to)}. */
        boolean is(byte[] data, int from, int to) {
            boolean same = to - from == length;
            for (int i = 0; same && i < words.length; i++) {
                same = words[i] == Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
            }
            return same;
        }

        /** Whether the words between the first and the last are there. */
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
