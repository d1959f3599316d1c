package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Strict RFC 8259 on bytes: strings, numbers, literals, and whole values that nobody wants. Everything that is passed
 * over is passed over by the same methods that read, so what is skipped is validated exactly as what is kept.
 *
 * <p>Methods take a position and return a position, so that the caller's position lives in a register; the only state
 * is what the last string was made of. Positions count from the start of the array; what is reported counts from the
 * start of the record.
 */
final class JsonScanner {
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    private static final int FALS = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

    /** Every position read lies in {@code [start, end)}. */
    byte[] data = {};

    int start;
    int end;

    /** Whether bytes may follow {@link #end}: what ends too early there is {@link NeedMore} and not a failure. */
    boolean mayGrow;

    /** {@link Span#ESCAPED}, {@link Span#NON_ASCII}, both or neither: what the last {@link #string} met. */
    long flags;

    /**
     * Whether there ever was a line break between tokens, in this record or an earlier one. Without one, none is in what
     * was learned of earlier records either.
     */
    boolean metLineBreak;

    /** One bit for each level that is open in {@link #skip}: set where it is an object. */
    private final long[] levels = new long[DecodeLimits.MAX_JSON_DEPTH / 64 + 1];

    /** Begins another record, of which all bytes are there. */
    void reset(byte[] record, int from, int to) {
        reset(record, from, to, false);
    }

    /** Begins another record. {@code growing}: more bytes of it may follow. */
    void reset(byte[] record, int from, int to, boolean growing) {
        data = record;
        start = from;
        end = to;
        mayGrow = growing;
    }

    /** Returns the position after a byte order mark at the start, which RFC 8259 lets a parser ignore. */
    int afterByteOrderMark() {
        boolean mark = end - start >= 3
                && data[start] == (byte) 0xEF
                && data[start + 1] == (byte) 0xBB
                && data[start + 2] == (byte) 0xBF;
        return mark ? start + 3 : start;
    }

    // ---------------------------------------------------------------------------------------------- failing

    DecodeException fail(Reason reason, int position) {
        return fail(reason, position, null);
    }

    /**
     * Returns the failure to throw, which has no path yet: many of them are met on the way to the one that is reported.
     *
     * @param hint the option that would accept the input, or another constant text
     * @throws NeedMore in place of END_OF_INPUT, if the record may go on after {@link #end}
     */
    DecodeException fail(Reason reason, int position, @Nullable String hint) {
        if (mayGrow && reason == Reason.END_OF_INPUT) {
            throw NeedMore.BYTES;
        }
        int offset = position - start;
        return new DecodeException(reason, offset, "", hint);
    }

    /** The input ends where more must follow, or the byte there is not the one that must. */
    DecodeException unexpected(int position) {
        return position >= end ? fail(Reason.END_OF_INPUT, end) : fail(Reason.UNEXPECTED_BYTE, position);
    }

    // ------------------------------------------------------------------------------------------- punctuation

    /** The position of the first byte that is not JSON white space; {@code end} if there is none. */
    int space(int p) {
        return p < end && data[p] <= ' ' ? blanks(p) : p;
    }

    private int blanks(int p) {
        while (p < end && isSpace(data[p])) {
            metLineBreak |= data[p] == '\n';
            p++;
        }
        return p;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The byte at {@code p}; END_OF_INPUT if there is none. */
    byte peek(int p) {
        if (p >= end) {
            throw fail(Reason.END_OF_INPUT, end);
        }
        return data[p];
    }

    /** Passes over {@code expected} at {@code p} and the white space behind it. */
    int expect(int p, char expected) {
        if (p >= end || data[p] != expected) {
            throw unexpected(p);
        }
        return space(p + 1);
    }

    /** From behind a member's or an element's value to the next one, or to the close: which of both is at the result. */
    int afterValue(int p, char close) {
        p = space(p);
        if (p < end && data[p] == ',') {
            p = space(p + 1);
            if (p >= end || data[p] == close) {
                throw unexpected(p);
            }
            return p;
        }
        if (p < end && data[p] == close) {
            return p;
        }
        throw unexpected(p);
    }

    /** Nothing but white space may follow. */
    void endOfRecord(int p) {
        p = space(p);
        if (p < end) {
            throw fail(Reason.TRAILING_DATA, p);
        }
    }

    // ------------------------------------------------------------------------------------------------ strings

    /**
     * Scans a string's content.
     *
     * @param p the position behind the opening quote
     * @return the position of the closing quote; {@link #flags} tells what the content is made of
     */
    int string(int p) {
        flags = 0;
        p = Words.plainEnd(data, p, end);
        return p < end && data[p] == '"' ? p : mixedString(p);
    }

    /** The rest of a string from its first byte that is not plain ASCII (or too near to the input's end for a word). */
    private int mixedString(int p) {
        while (p < end) {
            byte b = data[p];
            if (b == '"') {
                return p;
            }
            if (b == '\\') {
                flags |= Span.ESCAPED;
                p = escape(p);
            } else if (b < 0) {
                flags |= Span.NON_ASCII;
                p = multiByte(p);
            } else if (b < ' ') {
                throw fail(Reason.CONTROL_CHARACTER, p);
            } else {
                p = Words.plainEnd(data, p + 1, end);
            }
        }
        throw fail(Reason.END_OF_INPUT, end);
    }

    /** Passes over one character of a string's content, whatever it is but the closing quote. */
    int character(int p) {
        byte b = peek(p);
        if (b == '\\') {
            flags |= Span.ESCAPED;
            return escape(p);
        }
        if (b < 0) {
            flags |= Span.NON_ASCII;
            return multiByte(p);
        }
        if (b < ' ') {
            throw fail(Reason.CONTROL_CHARACTER, p);
        }
        return p + 1;
    }

    /** From the backslash to behind the escape; a surrogate pair is one. */
    private int escape(int p) {
        switch (peek(p + 1)) {
            case '"':
            case '\\':
            case '/':
            case 'b':
            case 'f':
            case 'n':
            case 'r':
            case 't':
                return p + 2;
            case 'u':
                break;
            default:
                throw fail(Reason.BAD_ESCAPE, p);
        }
        int unit = hex4(p, p + 2);
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            return p + 6;
        }
        if (unit > Character.MAX_HIGH_SURROGATE || peek(p + 6) != '\\' || peek(p + 7) != 'u') {
            throw fail(Reason.LONE_SURROGATE, p);
        }
        int low = lowSurrogate(p + 8);
        if (low < Character.MIN_LOW_SURROGATE || low > Character.MAX_LOW_SURROGATE) {
            throw fail(Reason.LONE_SURROGATE, p);
        }
        return p + 12;
    }

    private int hex4(int escape, int p) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = JsonText.hex(peek(p + i));
            if (digit < 0) {
                throw fail(Reason.BAD_ESCAPE, escape);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The value of four digits, −1 where one of them is not a digit: then the surrogate before them is alone. */
    private int lowSurrogate(int p) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = JsonText.hex(peek(p + i));
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** One well-formed multi-byte sequence, of which the usual ones are told by four bytes at once. */
    private int multiByte(int p) {
        if (p + Integer.BYTES <= end) {
            int four = Words.four(data, p);
            // 110xxxxx 10xxxxxx, and not the two leads under C2
            if ((four & 0xC0E0) == 0x80C0 && (four & 0x1E) != 0) {
                return p + 2;
            }
            // 1110xxxx 10xxxxxx 10xxxxxx, not overlong (E0 and under A0) and no surrogate (ED and over 9F)
            int secondOfThree = four & 0x200F;
            if ((four & 0xC0C0F0) == 0x8080E0 && secondOfThree != 0 && secondOfThree != 0x200D) {
                return p + 3;
            }
        }
        return anyMultiByte(p);
    }

    /** One well-formed multi-byte sequence (table 3-7 of the Unicode Standard); the offset reported is its first byte. */
    private int anyMultiByte(int p) {
        int lead = data[p] & 0xFF;
        int length;
        int low = 0x80;
        int high = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            if (lead == 0xE0) {
                low = 0xA0;
            } else if (lead == 0xED) {
                high = 0x9F;
            }
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            if (lead == 0xF0) {
                low = 0x90;
            } else if (lead == 0xF4) {
                high = 0x8F;
            }
        } else {
            throw fail(Reason.BAD_UTF8, p);
        }
        int second = peek(p + 1) & 0xFF;
        if (second < low || second > high) {
            throw fail(Reason.BAD_UTF8, p);
        }
        for (int i = 2; i < length; i++) {
            if ((peek(p + i) & 0xC0) != 0x80) {
                throw fail(Reason.BAD_UTF8, p);
            }
        }
        return p + length;
    }

    // ------------------------------------------------------------------------------------ numbers and literals

    /** A JSON number; what follows it is the caller's concern. */
    int number(int p) {
        if (peek(p) == '-') {
            p++;
        }
        if (peek(p) == '0') {
            p++;
        } else {
            p = digits(p);
        }
        if (p < end && data[p] == '.') {
            p = digits(p + 1);
        }
        if (p < end && (data[p] == 'e' || data[p] == 'E')) {
            p++;
            if (peek(p) == '+' || data[p] == '-') {
                p++;
            }
            p = digits(p);
        }
        return p;
    }

    private int digits(int p) {
        if (!isDigit(peek(p))) {
            throw fail(Reason.UNEXPECTED_BYTE, p);
        }
        while (p < end && isDigit(data[p])) {
            p++;
        }
        return p;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** {@code true}, {@code false} or {@code null} at {@code p}, of which the caller has seen the first letter. */
    int literal(int p) {
        if (end - p > Integer.BYTES) {
            int four = Words.four(data, p);
            if (four == TRUE || four == NULL) {
                return p + 4;
            }
            if (four == FALS && data[p + 4] == 'e') {
                return p + 5;
            }
        }
        String word = data[p] == 't' ? "true" : data[p] == 'f' ? "false" : "null";
        for (int i = 1; i < word.length(); i++) {
            if (peek(p + i) != word.charAt(i)) {
                throw fail(Reason.BAD_LITERAL, p);
            }
        }
        return p + word.length();
    }

    // ------------------------------------------------------------------------------------------------ skipping

    /**
     * Passes over a whole value, validating it.
     *
     * @param depth how many objects and arrays are open around it
     * @return the position behind it
     */
    int skip(int p, int depth) {
        int outer = depth;
        for (; ; ) {
            // p is at a value
            switch (peek(p)) {
                case '"':
                    p = string(p + 1) + 1;
                    break;
                case '{':
                    open(p, ++depth, true);
                    p = space(p + 1);
                    if (peek(p) != '}') {
                        p = memberName(p);
                        continue;
                    }
                    depth--;
                    p++;
                    break;
                case '[':
                    open(p, ++depth, false);
                    p = space(p + 1);
                    if (peek(p) != ']') {
                        continue;
                    }
                    depth--;
                    p++;
                    break;
                case 't':
                case 'f':
                case 'n':
                    p = literal(p);
                    break;
                default:
                    if (!startsNumber(data[p])) {
                        throw fail(Reason.UNEXPECTED_BYTE, p);
                    }
                    p = number(p);
            }
            // p is behind a value
            while (true) {
                if (depth == outer) {
                    return p;
                }
                boolean object = (levels[depth >>> 6] & 1L << depth) != 0;
                p = afterValue(p, object ? '}' : ']');
                if (data[p] != (object ? '}' : ']')) {
                    p = object ? memberName(p) : p;
                    break;
                }
                depth--;
                p++;
            }
        }
    }

    private void open(int p, int depth, boolean object) {
        checkDepth(p, depth);
        if (object) {
            levels[depth >>> 6] |= 1L << depth;
        } else {
            levels[depth >>> 6] &= ~(1L << depth);
        }
    }

    /** DEPTH_LIMIT at {@code p} if the object or array that opens there is the {@code depth}th and one too many. */
    private void checkDepth(int p, int depth) {
        if (depth > DecodeLimits.MAX_JSON_DEPTH) {
            throw fail(Reason.DEPTH_LIMIT, p);
        }
    }

    /** From a member's opening quote to its value. */
    private int memberName(int p) {
        if (peek(p) != '"') {
            throw fail(Reason.UNEXPECTED_BYTE, p);
        }
        return expect(space(string(p + 1) + 1), ':');
    }

    /** Whether a JSON value can begin with this byte. */
    static boolean startsValue(byte b) {
        return b == '"' || b == '{' || b == '[' || b == 't' || b == 'f' || b == 'n' || startsNumber(b);
    }

    static boolean startsNumber(byte b) {
        return b == '-' || isDigit(b);
    }

    /** Not the value that belongs here: WRONG_TYPE where one of another type begins, else not JSON. */
    DecodeException wrongType(int p, @Nullable String hint) {
        byte b = peek(p);
        return startsValue(b) ? fail(Reason.WRONG_TYPE, p, hint) : fail(Reason.UNEXPECTED_BYTE, p);
    }
}
