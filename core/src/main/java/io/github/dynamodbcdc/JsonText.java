package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads the content of a validated JSON string: as a {@code String}, as unescaped UTF-8, or to compare it.
 *
 * <p>The user may have changed the array since, against the contract. The result is then a wrong text or an
 * IllegalStateException; bytes outside the span are never read.
 *
 * <p>Measured: decoding into maps takes 1.18 times as long if {@link #mixed} reads byte by byte and decodes no runs of
 * one script (UNICODE, JDK 17; 1.04 on JDK 25). DecodeBenchmark of a session. Decoding without branches, by masks of
 * the bytes that begin a character, is slower on JDK 17.
 */
final class JsonText {
    /** The values of hexadecimal digits; 0 for any other byte, which a validated content does not have there. */
    private static final byte[] HEX = new byte[256];

    static {
        for (int b = 0; b < HEX.length; b++) {
            HEX[b] = (byte) Math.max(hex((byte) b), 0);
        }
    }

    private JsonText() {}

    @SuppressWarnings("deprecation") // the high byte is 0, so the chars are the bytes of Latin-1
    static String string(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int length = Span.length(span);
        if (Span.isPlain(span)) {
            return new String(data, 0, from, length);
        }
        return mixed(data, from, from + length);
    }

    /**
     * Decodes characters of any length and escapes in one pass. The JDK's decoder would need the escapes resolved
     * first, and would look for ill-formed bytes, which a validated content does not have. Too large to be inlined,
     * which is intended: its loops are slower as a part of the loop over attributes.
     */
    private static String mixed(byte[] data, int from, int to) {
        char[] chars = new char[to - from];
        int n = 0;
        int p = from;
        int last = to - Integer.BYTES;
        while (p <= last) {
            int word = Words.four(data, p);
            if ((word & 0xF0) == 0xE0) {
                // Characters of one script follow each other.
                do {
                    chars[n++] = (char) ((word & 0xF) << 12 | (word >>> 2 & 0xFC0) | (word >>> 16 & 0x3F));
                    p += 3;
                    word = p <= last ? Words.four(data, p) : 0;
                } while ((word & 0xF0) == 0xE0);
            } else if ((word & 0xE0) == 0xC0) {
                do {
                    chars[n++] = (char) ((word & 0x1F) << 6 | (word >>> 8 & 0x3F));
                    p += 2;
                    word = p <= last ? Words.four(data, p) : 0;
                } while ((word & 0xE0) == 0xC0);
            } else if ((byte) word < 0) {
                int c = (word & 7) << 18 | (word << 4 & 0x3F000) | (word >>> 10 & 0xFC0) | (word >>> 24 & 0x3F);
                chars[n++] = Character.highSurrogate(c);
                chars[n++] = Character.lowSurrogate(c);
                p += 4;
            } else if ((byte) word != '\\') {
                chars[n++] = (char) (word & 0x7F);
                p++;
            } else if ((word >> 8 & 0xFF) == 'u') {
                chars[n++] = (char) hex4(data, p + 2, to);
                p += 6;
            } else {
                chars[n++] = (char) escaped((byte) (word >> 8));
                p += 2;
            }
        }
        return ended(data, p, to, chars, n);
    }

    /** Decodes the last few bytes, for {@link #mixed}, and returns the text. */
    private static String ended(byte[] data, int from, int to, char[] chars, int count) {
        int n = count;
        int p = from;
        while (p < to) {
            int b = data[p];
            if (b == '\\') {
                chars[n++] = (char) escaped(at(data, p + 1, to));
                p += 2;
            } else if (b >= 0) {
                chars[n++] = (char) b;
                p++;
            } else if (b < (byte) 0xE0) {
                chars[n++] = (char) ((b & 0x1F) << 6 | low6(data, p + 1, to));
                p += 2;
            } else {
                chars[n++] = (char) ((b & 0xF) << 12 | low6(data, p + 1, to) << 6 | low6(data, p + 2, to));
                p += 3;
            }
        }
        return new String(chars, 0, n);
    }

    /** Returns the content exactly as it is in the record, with its escapes. */
    static String verbatim(byte[] data, int base, long span) {
        return new String(data, base + Span.start(span), Span.length(span), UTF_8);
    }

    /** Returns the unescaped UTF-8 of a content in a new array. */
    static byte[] utf8(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int length = Span.length(span);
        if (!Span.isEscaped(span)) {
            return Arrays.copyOfRange(data, from, from + length);
        }
        byte[] text = new byte[length];
        return Arrays.copyOf(text, unescape(data, from, length, text, 0));
    }

    /** Returns the length of the unescaped UTF-8 of a content, in bytes. */
    static int utf8Length(byte[] data, int base, long span) {
        int length = Span.length(span);
        if (!Span.isEscaped(span)) {
            return length;
        }
        int from = base + Span.start(span);
        int to = from + length;
        int n = 0;
        for (int p = from; p < to; ) {
            if (data[p] != '\\') {
                p++;
                n++;
            } else if (at(data, p + 1, to) != 'u') {
                p += 2;
                n++;
            } else {
                int c = hex4(data, p + 2, to);
                boolean pair = Character.isHighSurrogate((char) c);
                n += pair ? 4 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
                p += pair ? 12 : 6;
            }
        }
        return n;
    }

    /** Writes the unescaped UTF-8, which is never longer than the escaped content, and returns its length. */
    static int unescape(byte[] data, int from, int length, byte[] target, int at) {
        int to = from + length;
        int out = at;
        for (int p = from; p < to; ) {
            byte b = data[p];
            if (b != '\\') {
                target[out++] = b;
                p++;
                continue;
            }
            byte letter = at(data, p + 1, to);
            if (letter != 'u') {
                target[out++] = escaped(letter);
                p += 2;
                continue;
            }
            int c = hex4(data, p + 2, to);
            p += 6;
            if (Character.isHighSurrogate((char) c)) {
                c = Character.toCodePoint((char) c, (char) hex4(data, p + 2, to));
                p += 6;
            }
            out = writeUtf8(c, target, out);
        }
        return out - at;
    }

    private static byte escaped(byte letter) {
        switch (letter) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            default:
                return letter;
        }
    }

    private static int writeUtf8(int c, byte[] target, int out) {
        if (c < 0x80) {
            target[out++] = (byte) c;
        } else if (c < 0x800) {
            target[out++] = (byte) (0xC0 | c >> 6);
            target[out++] = (byte) (0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            target[out++] = (byte) (0xE0 | c >> 12);
            target[out++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            target[out++] = (byte) (0x80 | (c & 0x3F));
        } else {
            target[out++] = (byte) (0xF0 | c >> 18);
            target[out++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            target[out++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            target[out++] = (byte) (0x80 | (c & 0x3F));
        }
        return out;
    }

    /** Returns the ASCII character at {@code p}, which may be an escape; 0 if the character is not ASCII. */
    static byte ascii(byte[] data, int p, int to) {
        byte b = data[p];
        if (b != '\\') {
            return b < 0 ? 0 : b;
        }
        byte letter = at(data, p + 1, to);
        if (letter != 'u') {
            return escaped(letter);
        }
        int c = hex4(data, p + 2, to);
        return c < 0x80 ? (byte) c : 0;
    }

    /** Returns the number of bytes that spell the ASCII character at {@code p}. */
    static int width(byte[] data, int p, int to) {
        return data[p] != '\\' ? 1 : at(data, p + 1, to) != 'u' ? 2 : 6;
    }

    private static byte at(byte[] data, int p, int to) {
        if (p >= to) {
            throw changed();
        }
        return data[p];
    }

    private static int hex4(byte[] data, int p, int to) {
        if (p + 4 > to) {
            throw changed();
        }
        byte[] digits = HEX;
        int high = digits[data[p] & 0xFF] << 12 | digits[data[p + 1] & 0xFF] << 8;
        return high | digits[data[p + 2] & 0xFF] << 4 | digits[data[p + 3] & 0xFF];
    }

    /** Returns the exception for an array that no longer contains the bytes that were validated. */
    static IllegalStateException changed() {
        return new IllegalStateException("the record's bytes were changed while its event was in use; see copy()");
    }

    /** Returns the value of a hexadecimal digit; −1 for any other byte. */
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Returns whether a content, after unescaping, is {@code text}. */
    static boolean is(byte[] data, int base, long span, String text) {
        int length = Span.length(span);
        int from = base + Span.start(span);
        if (!Span.isPlain(span)) {
            // A char takes at least one byte, so a content shorter than the text is not equal to it.
            return length >= text.length() && spells(data, from, from + length, text);
        }
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (data[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a content is {@code name}, which is ASCII, ignoring the case of letters. */
    static boolean isInAnyCase(byte[] data, int from, int to, String name) {
        int i = 0;
        for (int p = from; p < to; p += width(data, p, to)) {
            byte c = ascii(data, p, to);
            if (i == name.length() || lower(c) != lower((byte) name.charAt(i++))) {
                return false;
            }
        }
        return i == name.length();
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** Compares one char at a time: an escape is one char, and so is a sequence of up to three bytes. */
    private static boolean spells(byte[] data, int from, int to, String text) {
        int i = 0;
        for (int p = from; p < to; i++) {
            byte b = data[p];
            int c;
            if (b == '\\') {
                boolean hex = at(data, p + 1, to) == 'u';
                c = hex ? hex4(data, p + 2, to) : escaped(data[p + 1]);
                p += hex ? 6 : 2;
            } else if (b >= 0) {
                c = b;
                p++;
            } else if ((b & 0x20) == 0) {
                c = ((b & 0x1F) << 6) | low6(data, p + 1, to);
                p += 2;
            } else if ((b & 0x10) == 0) {
                c = ((b & 0x0F) << 12) | (low6(data, p + 1, to) << 6) | low6(data, p + 2, to);
                p += 3;
            } else {
                c = ((b & 0x07) << 18)
                        | (low6(data, p + 1, to) << 12)
                        | (low6(data, p + 2, to) << 6)
                        | low6(data, p + 3, to);
                p += 4;
                if (i >= text.length() || text.charAt(i++) != Character.highSurrogate(c)) {
                    return false;
                }
                c = Character.lowSurrogate(c);
            }
            if (i >= text.length() || text.charAt(i) != c) {
                return false;
            }
        }
        return i == text.length();
    }

    /** Returns the six payload bits of the continuation byte at {@code p}. */
    private static int low6(byte[] data, int p, int to) {
        return at(data, p, to) & 0x3F;
    }

    /** Returns whether two contents are the same text, after unescaping. */
    static boolean same(byte[] data, int base, long span, byte[] other, int otherBase, long otherSpan) {
        if (Span.isEscaped(span) || Span.isEscaped(otherSpan)) {
            return Arrays.equals(utf8(data, base, span), utf8(other, otherBase, otherSpan));
        }
        return sameBytes(data, base, span, other, otherBase, otherSpan);
    }

    /** Returns whether two contents have the same bytes. */
    static boolean sameBytes(byte[] data, int base, long span, byte[] other, int otherBase, long otherSpan) {
        return Arrays.equals(
                data,
                base + Span.start(span),
                base + Span.end(span),
                other,
                otherBase + Span.start(otherSpan),
                otherBase + Span.end(otherSpan));
    }

    /** Returns the name of a member of an object: the string before the colon before the value. */
    static long nameBefore(byte[] data, int base, long value) {
        int close = base + Span.start(value) - 1;
        while (close > base && data[close] != '"') {
            close--;
        }
        int open = close - 1;
        long flags = 0;
        while (open > base && (data[open] != '"' || data[open - 1] == '\\')) {
            flags |= data[open] == '\\' ? Span.ESCAPED : data[open] < 0 ? Span.NON_ASCII : 0;
            open--;
        }
        int start = Math.max(open + 1 - base, 0);
        return Span.of(start, close - base - start, flags);
    }
}
