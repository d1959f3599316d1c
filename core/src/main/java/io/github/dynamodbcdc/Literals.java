package io.github.dynamodbcdc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that records have in common around their items, as part of {@link Shapes}. A record is divided at its
 * variable values, which differ between records: the items, the time, the identifiers. The bytes between two of them
 * are a literal. It is compared at once, and whatever its members mean is known then:
 *
 * <pre>
 *   {"awsRegion":"eu-west-1","eventID":"…","eventName":"MODIFY","tableName":"t","dynamodb":{"Keys":{…}, …
 *    |------- literal ------|  variable |-|           |----------- literal ------------|
 * </pre>
 *
 * <p>Measured: indexing takes 1.17 times as long without it (TYPICAL; 1.42 SMALL, 1.24 INSERT). JDK 17, DecodeBenchmark
 * of a session. No gain: comparing the first and last eight bytes before the others.
 *
 * <p>Which values differ is learned too: a member is variable once there are too many literals that contain its text.
 */
final class Literals {
    private static final int MAX_BYTES = 1024;
    private static final int MAX_AFTER_MEMBER = 4;

    /** The number of literals that are learned in {@link #RECORDS} records at most. More do not pay. */
    private static final int BUDGET = 64;

    private static final int RECORDS = 1024;

    private static final Literal[] NONE = {};

    /** The literals after each variable member, the latest first; those at index 0 are the first of a record. */
    private final Literal[][] literals = new Literal[Member.OF_RECORD + 1][];

    /** The variable members, one bit each. These are variable from the start. */
    private long variable = Member.bits(
            Member.EVENT_ID,
            Member.EVENT_NAME,
            Member.APPROXIMATE_CREATION_DATE_TIME,
            Member.KEYS,
            Member.NEW_IMAGE,
            Member.OLD_IMAGE,
            Member.SEQUENCE_NUMBER,
            Member.SIZE_BYTES);

    private int records;
    private int learned;

    Literals() {
        Arrays.fill(literals, NONE);
    }

    /** Returns a copy that learns independently of this one. */
    Literals copy() {
        Literals copy = new Literals();
        for (int i = 0; i < literals.length; i++) {
            copy.literals[i] = literals[i].clone();
        }
        copy.variable = variable;
        return copy;
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
     * @param after the variable member whose value ends at {@code p}; null at the start of the record
     * @param frozen whether several threads use these literals, which must not change then
     */
    @Nullable
    Literal find(@Nullable Member after, byte[] data, int p, int end, boolean frozen) {
        Literal[] candidates = literals[slot(after)];
        for (int i = 0; i < candidates.length; i++) {
            Literal literal = candidates[i];
            if (literal.isAt(data, p, end)) {
                if (i > 0 && !frozen) {
                    System.arraycopy(candidates, 0, candidates, 1, i);
                    candidates[0] = literal;
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
     */
    void learn(
            @Nullable Member after,
            byte[] data,
            int from,
            int to,
            @Nullable Member next,
            long seen,
            int dynamodb,
            long[] texts) {
        Literal[] known = literals[slot(after)];
        learned++; // a literal that is not learned uses the budget too, because a record that is noted takes longer
        if (to - from > MAX_BYTES || isKnown(known, data, from, to)) {
            return;
        }
        Literal literal = new Literal(data, from, to, next, seen, dynamodb, texts);
        long constant = Member.bits(literal.texts) & ~variable;
        if (known.length < MAX_AFTER_MEMBER) {
            known = Arrays.copyOf(known, known.length + 1);
            literals[slot(after)] = known;
        } else if (constant != 0) {
            variable |= constant;
            Arrays.fill(literals, NONE);
            return;
        }
        System.arraycopy(known, 0, known, 1, known.length - 1);
        known[0] = literal;
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
        private final byte[] bytes;

        /** The number of bytes. */
        final int length;

        /** The variable member whose value follows; null if the record ends here. */
        final @Nullable Member next;

        /** The members in these bytes that have a meaning, including {@link #next}, one bit each. */
        final long seen;

        /** The offset of the opening brace of {@code dynamodb}; −1 if it is not in these bytes. */
        final int dynamodb;

        /** The members in these bytes whose text is kept. */
        private final Member[] texts;

        /** The spans of these texts; position 0 is the first of these bytes. */
        private final long[] spans;

        @SuppressWarnings("EnumOrdinal") // the spans are by ordinal
        Literal(byte[] data, int from, int to, @Nullable Member next, long seen, int dynamodb, long[] texts) {
            bytes = Arrays.copyOfRange(data, from, to);
            length = to - from;
            this.next = next;
            this.seen = seen;
            this.dynamodb = dynamodb;
            this.texts = Arrays.stream(Member.values(), 0, Member.OF_RECORD)
                    .filter(member -> texts[member.ordinal()] != 0)
                    .toArray(Member[]::new);
            spans = Arrays.stream(texts).filter(span -> span != 0).toArray();
        }

        private boolean isAt(byte[] data, int p, int end) {
            return end - p >= length && Arrays.equals(data, p, p + length, bytes, 0, length);
        }

        /** Sets the texts of these bytes, which are at {@code p}. */
        void putTexts(RecordIndex index, int p) {
            long shift = (long) (p - index.base) << Span.BITS;
            for (int i = 0; i < texts.length; i++) {
                index.setText(texts[i], spans[i] + shift);
            }
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
                    literals.learn(after, data, p, from[i], member, bits, dynamodb, texts);
                    p = to[i];
                    after = member;
                    bits = 0;
                    dynamodb = -1;
                    Arrays.fill(texts, 0);
                } else if (index.hasText(member)) {
                    texts[member.ordinal()] = index.textSpan(member) - ((long) (p - index.base) << Span.BITS);
                }
            }
            literals.learn(after, data, p, end, null, bits, dynamodb, texts);
        }
    }
}
