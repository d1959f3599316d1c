package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Scans JSON bytes strictly by RFC 8259: strings, numbers, literals, and whole values to skip. The same methods read
 * and skip, so skipped values are validated exactly like those that are kept.
 *
 * <p>Methods take a position and return a position, which keeps the caller's position in a register. The state that
 * callers use is {@link #flags} of the last string and {@link #metLineBreak}. Positions count from the start of the
 * array. Offsets in failures count from the start of the record.
 *
 * <p>Measured: indexing takes 1.13 times as long if multi-byte characters are checked byte by byte (UNICODE). JDK 17,
 * DecodeBenchmark of a session. {@link Words} has the figure for plain text.
 */
final class JsonScanner {
    static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int NULL = 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24;
    static final int FALS = 'f' | 'a' << 8 | 'l' << 16 | 's' << 24;

    /** The number of bytes of a byte order mark. */
    static final int BYTE_ORDER_MARK = 3;

    /** The array of the record. Only positions in {@code [start, end)} are read. */
    byte[] data = {};

    int start;
    int end;

    /** Whether bytes may follow {@link #end}. If so, a value cut off there is {@link NeedMore}, not a failure. */
    boolean mayGrow;

    // out parameters

    /** {@link Span#ESCAPED}, {@link Span#NON_ASCII}, both or neither: the content of the last {@link #string}. */
    long flags;

    /**
     * Whether a line break ever occurred between tokens, in this record or an earlier one. If not, the shapes learned
     * from earlier records contain none either.
     */
    boolean metLineBreak;

    /** One bit for each level that is open in {@link #skip}, set if the level is an object. */
    private final long[] levels = new long[DecodeLimits.MAX_JSON_DEPTH / 64 + 1];

    /** Begins another record, whose bytes are complete. */
    void reset(byte[] record, int from, int to) {
        reset(record, from, to, false);
    }

    /** Begins another record; if {@code growing}, more bytes of it may follow. */
    void reset(byte[] record, int from, int to, boolean growing) {
        data = record;
        start = from;
        end = to;
        mayGrow = growing;
    }

    /** Returns the position after a byte order mark at the start, which RFC 8259 lets a parser ignore. */
    int afterByteOrderMark() {
        return isByteOrderMark(data, start, end) ? start + BYTE_ORDER_MARK : start;
    }

    /** Returns whether a byte order mark is at {@code p}. */
    static boolean isByteOrderMark(byte[] data, int p, int end) {
        return end - p >= 3 && data[p] == (byte) 0xEF && data[p + 1] == (byte) 0xBB && data[p + 2] == (byte) 0xBF;
    }

    // --------------------------------------------------------------------------------------------- failures

    DecodeException fail(Reason reason, int position) {
        return fail(reason, position, null);
    }

    /**
     * Returns the failure to throw. It has no path yet, because many failures are caught before one is reported.
     *
     * @param hint the option that would accept the input, or another constant text; null for none
     * @throws NeedMore in place of END_OF_INPUT, if more bytes may follow {@link #end}
     */
    DecodeException fail(Reason reason, int position, @Nullable String hint) {
        if (mayGrow && reason == Reason.END_OF_INPUT) {
            throw NeedMore.BYTES;
        }
        int offset = position - start;
        return new DecodeException(reason, offset, "", hint);
    }

    /** Returns the failure of a position where the input ends too early or has a byte that is not expected. */
    DecodeException unexpected(int position) {
        return position >= end ? fail(Reason.END_OF_INPUT, end) : fail(Reason.UNEXPECTED_BYTE, position);
    }

    // ------------------------------------------------------------------------------------------- punctuation

    /** Returns the position of the first byte from {@code p} that is not JSON white space; {@code end} if none. */
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

    /** Returns the byte at {@code p}; throws END_OF_INPUT if there is none. */
    byte peek(int p) {
        if (p >= end) {
            throw fail(Reason.END_OF_INPUT, end);
        }
        return data[p];
    }

    /** Skips {@code expected} at {@code p} and the white space after it. */
    int expect(int p, char expected) {
        if (p >= end || data[p] != expected) {
            throw unexpected(p);
        }
        return space(p + 1);
    }

    /**
     * Moves from the end of a value to the next member or element, or to the end of the object or array.
     *
     * @param close the bracket that ends the object or array
     * @return the position of the next member or element, or that of {@code close}
     */
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

    /**
     * Checks that only white space follows; throws TRAILING_DATA if anything else does.
     *
     * @param hint what helps if another record follows; null for nothing
     */
    void endOfRecord(int p, @Nullable String hint) {
        p = space(p);
        if (p < end) {
            boolean isRecord = data[p] == '{' || data[p] == '[';
            throw fail(Reason.TRAILING_DATA, p, isRecord ? hint : null);
        }
    }

    // ------------------------------------------------------------------------------------------------ strings

    /**
     * Scans a string's content.
     *
     * @param p the position after the opening quote
     * @return the position of the closing quote; {@link #flags} describes the content
     */
    int string(int p) {
        flags = 0;
        p = Words.plainEnd(data, p, end);
        return p < end && data[p] == '"' ? p : mixedString(p);
    }

    /** Scans the rest of a string from its first byte that is not plain ASCII, or is too near the end for a word. */
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

    /** Returns the position after one character of a string's content, which must not be the closing quote. */
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

    /** Returns the position after the escape at {@code p}; a surrogate pair is one escape. */
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
        int unit = hex4(p + 2);
        if (unit < 0) {
            throw fail(Reason.BAD_ESCAPE, p);
        }
        if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
            return p + 6;
        }
        if (unit > Character.MAX_HIGH_SURROGATE || peek(p + 6) != '\\' || peek(p + 7) != 'u') {
            throw fail(Reason.LONE_SURROGATE, p);
        }
        int low = hex4(p + 8);
        if (low < Character.MIN_LOW_SURROGATE || low > Character.MAX_LOW_SURROGATE) {
            throw fail(Reason.LONE_SURROGATE, p);
        }
        return p + 12;
    }

    /** Returns the value of four hexadecimal digits; −1 if one is not a digit. */
    private int hex4(int p) {
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

    /** Returns the position after a well-formed multi-byte sequence; checks the usual ones by four bytes at once. */
    private int multiByte(int p) {
        if (p + Integer.BYTES <= end) {
            int four = Words.four(data, p);
            // 110xxxxx 10xxxxxx, except the two leads below C2
            if ((four & 0xC0E0) == 0x80C0 && (four & 0x1E) != 0) {
                return p + 2;
            }
            // 1110xxxx 10xxxxxx 10xxxxxx, not overlong (E0 and below A0) and not a surrogate (ED and above 9F)
            int secondOfThree = four & 0x200F;
            if ((four & 0xC0C0F0) == 0x8080E0 && secondOfThree != 0 && secondOfThree != 0x200D) {
                return p + 3;
            }
        }
        return anyMultiByte(p);
    }

    /**
     * Returns the position after a well-formed multi-byte sequence (table 3-7 of the Unicode Standard).
     *
     * @throws DecodeException BAD_UTF8 at its first byte if it is not well-formed
     */
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

    /** Returns the position after a JSON number. The caller checks the byte that follows. */
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
        for (; p <= end - Long.BYTES; p += Long.BYTES) {
            long other = Words.notDigit(Words.at(data, p));
            if (other != 0) {
                return p + Words.place(other);
            }
        }
        while (p < end && isDigit(data[p])) {
            p++;
        }
        return p;
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /**
     * Returns the position after {@code true}, {@code false} or {@code null}, whose first letter the caller checked.
     */
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
     * Skips a whole value and validates it.
     *
     * @param depth the number of objects and arrays that are open around it
     * @return the position after it
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
            // p is after a value
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

    /** Throws DEPTH_LIMIT at {@code p} if the object or array that opens there is at a depth that is not allowed. */
    private void checkDepth(int p, int depth) {
        if (depth > DecodeLimits.MAX_JSON_DEPTH) {
            throw fail(Reason.DEPTH_LIMIT, p);
        }
    }

    /** Returns the position of a member's value, from the position of the opening quote of its name. */
    private int memberName(int p) {
        if (peek(p) != '"') {
            throw fail(Reason.UNEXPECTED_BYTE, p);
        }
        return expect(space(string(p + 1) + 1), ':');
    }

    /** Returns whether a JSON value can begin with this byte. */
    static boolean startsValue(byte b) {
        return b == '"' || b == '{' || b == '[' || b == 't' || b == 'f' || b == 'n' || startsNumber(b);
    }

    static boolean startsNumber(byte b) {
        return b == '-' || isDigit(b);
    }

    /**
     * Returns the failure of a value that is not of the expected type: WRONG_TYPE if a JSON value begins at {@code p},
     * UNEXPECTED_BYTE if not.
     *
     * @param hint as in {@link #fail(Reason, int, String)}
     */
    DecodeException wrongType(int p, @Nullable String hint) {
        byte b = peek(p);
        return startsValue(b) ? fail(Reason.WRONG_TYPE, p, hint) : fail(Reason.UNEXPECTED_BYTE, p);
    }
}
