package io.github.dynamodbcdc;

/**
 * A range of a record's bytes in one {@code long}: its start, its length and flags for its content. Offsets count from
 * the record's first byte. 28 bits are enough for the largest record that the limits allow.
 *
 * <pre>
 *        63        62      61        60      59 … 56   55 … 28      27 … 0
 *  SAME or NAMED | TRUE | NON_ASCII | ESCAPED |  type  |  start  | length or id
 * </pre>
 *
 * <p>Only values use SAME, TRUE and {@code type} ({@link RecordIndex}), and only names use NAMED. No span is 0, because
 * a record begins with a brace.
 */
final class Span {
    static final int BITS = 28;

    static final long ESCAPED = 1L << 60;
    static final long NON_ASCII = 1L << 61;

    /** In the word of a BOOL or NULL: the literal is true. In that of an M: its value was an empty object. */
    static final long TRUE = 1L << 62;

    /** In the word of a value: the attribute with the same name in the other image has the same bytes. */
    static final long SAME = 1L << 63;

    /** In the word of a name: the low bits are the id of a {@link KnownName}, not a length. */
    static final long NAMED = 1L << 63;

    private static final int MASK = (1 << BITS) - 1;
    private static final int TYPE_SHIFT = 2 * BITS;

    private Span() {}

    static long of(int start, int length, long flags) {
        return (long) start << BITS | length | flags;
    }

    static long type(int type) {
        return (long) type << TYPE_SHIFT;
    }

    static int start(long span) {
        return (int) (span >>> BITS) & MASK;
    }

    static int length(long span) {
        return (int) span & MASK;
    }

    /** Returns the id of a name; 0 if it has none. */
    static int id(long name) {
        return name < 0 ? (int) name & MASK : 0;
    }

    static int end(long span) {
        return start(span) + length(span);
    }

    static int type(long span) {
        return (int) (span >>> TYPE_SHIFT) & 0xF;
    }

    static long withLength(long span, int length) {
        return (span & ~(long) MASK) | length;
    }

    /** Returns whether there is neither an escape nor a byte over 0x7F, so each byte is one character. */
    static boolean isPlain(long span) {
        return (span & (ESCAPED | NON_ASCII)) == 0;
    }

    static boolean isEscaped(long span) {
        return (span & ESCAPED) != 0;
    }
}
