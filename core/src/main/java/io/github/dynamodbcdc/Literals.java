package io.github.dynamodbcdc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that records have in common around their items, as part of {@link Shapes}. A record is divided at its
 * variable values, which differ between records: the items, the time, the identifiers. The bytes between two of them
 * are a literal. It is compared at once, and whatever its members mean is known then:
 *
 * <pre>
 *   {"awsRegion":"eu-west-1","eventID":"e-1","eventName":"MODIFY","tableName":"t","dynamodb":{"Keys":{…}, …
 *    |----------- literal ------------|     |----------------------- literal -----------------------|
 *                                     variable                                                      variable
 * </pre>
 *
 * <p>A literal is expected to be followed by the literal that followed it last time, and otherwise searched for among
 * those after the same variable member.
 *
 * <p>Measured: indexing takes 1.25 times as long without it (TYPICAL; 1.8 SMALL, 1.34 INSERT, 1.08 WIDE), and 1.06
 * times with {@code Arrays.equals} and a search in place of links (TYPICAL). JDK 17, DecodeBenchmark of a session. No
 * gain: comparing the first and last eight bytes before the others.
 *
 * <p>Which values differ is learned too: a member is variable once there are too many literals, and its text differs in
 * them.
 */
final class Literals {
    private static final int MAX_BYTES = 1024;
    private static final int MAX_AFTER_MEMBER = 6;

    /** With more bytes in all, all literals are forgotten. */
    private static final int MAX_ALL_BYTES = 1 << 15;

    /** The number of literals that are learned in {@link #RECORDS} records at most. More do not pay. */
    private static final int BUDGET = 64;

    private static final int RECORDS = 1024;

    private static final Literal[] NONE = {};

    /** The literals after each variable member, the latest first; those at index 0 are the first of a record. */
    private final Literal[][] literals = new Literal[Member.OF_RECORD + 1][];

    /** The literal that was the first of the last record. */
    private @Nullable Literal first;

    /** The variable members, one bit each. These are variable from the start. */
    private long variable = Member.bits(
            Member.EVENT_ID,
            Member.APPROXIMATE_CREATION_DATE_TIME,
            Member.KEYS,
            Member.NEW_IMAGE,
            Member.OLD_IMAGE,
            Member.SEQUENCE_NUMBER,
            Member.SIZE_BYTES);

    /** The number of bytes of all literals. */
    private int bytes;

    private int records;
    private int learned;

    Literals() {
        Arrays.fill(literals, NONE);
    }

    /** Returns a copy that learns independently of this one. */
    Literals copy() {
        Literals copy = new Literals();
        for (int i = 0; i < literals.length; i++) {
            copy.literals[i] = Arrays.stream(literals[i]).map(Literal::new).toArray(Literal[]::new);
        }
        for (int i = 0; i < literals.length; i++) {
            for (int j = 0; j < literals[i].length; j++) {
                copy.literals[i][j].following = counterpart(literals[i][j].following, slot(literals[i][j].next), copy);
            }
        }
        copy.first = counterpart(first, 0, copy);
        copy.variable = variable;
        copy.bytes = bytes;
        return copy;
    }

    /** Returns the copy of one of these literals; null if there is none. */
    private @Nullable Literal counterpart(@Nullable Literal literal, int slot, Literals copy) {
        int i = literal == null ? -1 : Arrays.asList(literals[slot]).indexOf(literal);
        return i < 0 ? null : copy.literals[slot][i];
    }

    /** Begins a record. */
    void beginRecord() {
        if (++records == RECORDS) {
            records = 0;
            learned = 0;
        }
    }

    /** Returns whether literals are learned at present. */
    boolean isLearning() {
        return learned < BUDGET;
    }

    /**
     * Returns the literal at {@code p}; null if none is known.
     *
     * @param before the literal before the variable value that ends at {@code p}; null at the start of the record
     * @param frozen whether several threads use these literals, which must not change then
     */
    @Nullable
    Literal find(@Nullable Literal before, byte[] data, int p, int end, boolean frozen) {
        Literal expected = before == null ? first : before.following;
        return expected != null && expected.isAt(data, p, end) ? expected : search(before, data, p, end, frozen);
    }

    private @Nullable Literal search(@Nullable Literal before, byte[] data, int p, int end, boolean frozen) {
        Literal[] candidates = literals[slot(before == null ? null : before.next)];
        for (int i = 0; i < candidates.length; i++) {
            Literal literal = candidates[i];
            if (literal.isAt(data, p, end)) {
                if (!frozen) {
                    System.arraycopy(candidates, 0, candidates, 1, i);
                    candidates[0] = literal;
                    if (before == null) {
                        first = literal;
                    } else {
                        before.following = literal;
                    }
                }
                return literal;
            }
        }
        return null;
    }

    /** Returns whether the values of this member differ between records. */
    boolean isVariable(Member member) {
        return (variable & member.bit()) != 0;
    }

    /**
     * Learns the literal in {@code [from, to)}, unless it is known or too long.
     *
     * @param after the variable member before it; null at the start of the record
     * @param next the variable member after it; null at the end of the record
     * @param seen the members in it that have a meaning, including {@code next}, one bit each
     * @param dynamodb the offset of the opening brace of {@code dynamodb}; −1 if it is not in these bytes
     * @param texts the spans of the texts in it by the ordinal of their member; 0 for a member that has none
     * @param index the index of the record
     */
    void learn(
            @Nullable Member after,
            byte[] data,
            int from,
            int to,
            @Nullable Member next,
            long seen,
            int dynamodb,
            long[] texts,
            RecordIndex index) {
        Literal[] known = literals[slot(after)];
        learned++; // a literal that is not learned uses the budget too, because a record that is noted takes longer
        if (to - from > MAX_BYTES || isKnown(known, data, from, to)) {
            return;
        }
        Literal literal = new Literal(data, from, to, next, seen, dynamodb, texts, index);
        if (bytes + literal.length > MAX_ALL_BYTES) {
            forget();
            known = NONE;
        }
        if (known.length < MAX_AFTER_MEMBER) {
            known = Arrays.copyOf(known, known.length + 1);
            literals[slot(after)] = known;
        } else {
            long differing = literal.textsThatDiffer(known) & ~variable;
            if (differing != 0) {
                variable |= differing;
                forget();
                return;
            }
            unlink();
            bytes -= known[known.length - 1].length;
        }
        System.arraycopy(known, 0, known, 1, known.length - 1);
        known[0] = literal;
        bytes += literal.length;
    }

    private void forget() {
        unlink();
        Arrays.fill(literals, NONE);
        bytes = 0;
    }

    /** Forgets which literal followed which, so that those that are dropped can be released. */
    private void unlink() {
        first = null;
        for (Literal[] candidates : literals) {
            for (Literal literal : candidates) {
                literal.following = null;
            }
        }
    }

    private static boolean isKnown(Literal[] literals, byte[] data, int from, int to) {
        for (Literal literal : literals) {
            if (literal.length == to - from && literal.isAt(data, from, to)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("EnumOrdinal") // an EnumMap would hash
    private static int slot(@Nullable Member after) {
        return after == null ? 0 : after.ordinal() + 1;
    }

    /** The bytes between two variable values. */
    static final class Literal {
        /** The bytes, eight to a word; the last word is zero-padded. */
        private final long[] words;

        /** The last eight bytes, or all if they are fewer. */
        private final long last8;

        /** The number of bytes. */
        final int length;

        /** The variable member whose value follows; null if the record ends here. */
        final @Nullable Member next;

        /** The number of objects that enclose the value of {@link #next}. */
        final int depth;

        /** The members in these bytes that have a meaning, including {@link #next}, one bit each. */
        final long seen;

        /** The offset of the opening brace of {@code dynamodb}; −1 if it is not in these bytes. */
        final int dynamodb;

        /** The event name that these bytes state; null if they state none. */
        private final @Nullable EventName eventName;

        /** The unit that these bytes state for the time; null if they state none. */
        private final @Nullable TimePrecision unit;

        /** The members in these bytes whose text is kept. */
        private final Member[] texts;

        /** The spans of these texts; position 0 is the first of these bytes. */
        private final long[] spans;

        /** The literal that followed last. */
        @Nullable
        Literal following;

        @SuppressWarnings("EnumOrdinal") // the spans are by ordinal
        Literal(
                byte[] data,
                int from,
                int to,
                @Nullable Member next,
                long seen,
                int dynamodb,
                long[] texts,
                RecordIndex index) {
            length = to - from;
            words = new long[(length + 7) / 8];
            for (int i = 0; i < words.length; i++) {
                words[i] = Words.upTo(data, from + i * Long.BYTES, Math.min(from + (i + 1) * Long.BYTES, to));
            }
            last8 = Words.upTo(data, Math.max(from, to - Long.BYTES), to);
            this.next = next;
            depth = next != null && next.scope == Member.Scope.DYNAMODB ? 2 : 1;
            this.seen = seen;
            this.dynamodb = dynamodb;
            eventName = texts[Member.EVENT_NAME.ordinal()] != 0 ? index.eventName : null;
            unit = texts[Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION.ordinal()] != 0 ? index.statedUnit : null;
            this.texts = Arrays.stream(Member.values(), 0, Member.OF_RECORD)
                    .filter(member -> texts[member.ordinal()] != 0)
                    .toArray(Member[]::new);
            spans = Arrays.stream(texts).filter(span -> span != 0).toArray();
        }

        /** Creates a copy that is linked to no other literal. */
        Literal(Literal other) {
            words = other.words;
            last8 = other.last8;
            length = other.length;
            next = other.next;
            depth = other.depth;
            seen = other.seen;
            dynamodb = other.dynamodb;
            eventName = other.eventName;
            unit = other.unit;
            texts = other.texts;
            spans = other.spans;
        }

        boolean isAt(byte[] data, int p, int end) {
            long[] words = this.words;
            int last = words.length - 1;
            if (end - p < length) {
                return false;
            }
            for (int i = 0, at = p; i < last; i++, at += Long.BYTES) {
                if (Words.at(data, at) != words[i]) {
                    return false;
                }
            }
            int to = p + length;
            return last8 == (length < Long.BYTES ? Words.upTo(data, p, to) : Words.at(data, to - Long.BYTES));
        }

        /** Sets the event name, the unit and the texts of these bytes, which are at {@code p}. */
        void putValues(RecordIndex index, int p) {
            if (eventName != null) {
                index.eventName = eventName;
            }
            if (unit != null) {
                index.statedUnit = unit;
            }
            long shift = (long) (p - index.base) << Span.BITS;
            for (int i = 0; i < texts.length; i++) {
                index.setText(texts[i], spans[i] + shift);
            }
        }

        /** Returns the members whose text differs in one of these literals, one bit each. */
        private long textsThatDiffer(Literal[] others) {
            long differing = 0;
            for (int i = 0; i < texts.length; i++) {
                for (Literal other : others) {
                    int there = Arrays.asList(other.texts).indexOf(texts[i]);
                    differing |= there >= 0 && !isSame(spans[i], other, other.spans[there]) ? texts[i].bit() : 0;
                }
            }
            return differing;
        }

        private boolean isSame(long text, Literal other, long there) {
            boolean same = Span.length(text) == Span.length(there);
            for (int i = 0; same && i < Span.length(text); i++) {
                same = byteAt(Span.start(text) + i) == other.byteAt(Span.start(there) + i);
            }
            return same;
        }

        private byte byteAt(int offset) {
            return (byte) (words[offset >>> 3] >>> (offset << 3));
        }
    }

    /** What was read after the last literal that was known: members, and the positions of their values. */
    static final class Notes {
        /** With more members, nothing is learned. */
        private static final int MAX_NOTED = 32;

        private final @Nullable Member[] read = new Member[MAX_NOTED];
        private final int[] from = new int[MAX_NOTED];
        private final int[] to = new int[MAX_NOTED];
        private final long[] texts = new long[Member.OF_RECORD];
        private boolean taken;
        private int count;

        void begin() {
            taken = true;
            count = 0;
        }

        void end() {
            taken = false;
        }

        /** Notes a member whose value is in {@code [start, end)}; null for a member that has no meaning. */
        void add(@Nullable Member member, int start, int end) {
            if (taken && count < MAX_NOTED) {
                read[count] = member;
                from[count] = start;
                to[count] = end;
            }
            count++;
        }

        /** Learns the literals between {@code p}, the variable values after it, and the end of the record. */
        @SuppressWarnings("EnumOrdinal") // the texts are by ordinal
        void learn(Literals literals, RecordIndex index, int p, @Nullable Member after, int end) {
            byte[] data = index.data;
            if (count > MAX_NOTED) {
                return;
            }
            long bits = 0;
            int dynamodb = -1;
            Arrays.fill(texts, 0);
            for (int i = 0; i < count; i++) {
                Member member = read[i];
                if (member == null) {
                    continue;
                }
                bits |= member.bit();
                byte first = data[from[i]];
                if (member == Member.DYNAMODB && first == '{') {
                    dynamodb = from[i] - p;
                } else if (first == '{' || (literals.isVariable(member) && first != 'n')) {
                    literals.learn(after, data, p, from[i], member, bits, dynamodb, texts, index);
                    p = to[i];
                    after = member;
                    bits = 0;
                    dynamodb = -1;
                    Arrays.fill(texts, 0);
                } else if (index.hasText(member)) {
                    texts[member.ordinal()] = index.textSpan(member) - ((long) (p - index.base) << Span.BITS);
                }
            }
            literals.learn(after, data, p, end, null, bits, dynamodb, texts, index);
        }
    }
}
