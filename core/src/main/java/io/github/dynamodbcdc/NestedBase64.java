package io.github.dynamodbcdc;

/**
 * Whether base64 stands for base64, as binary in Kinesis Data Streams for DynamoDB does. Found out without decoding, at
 * the speed at which the outer text is scanned: the inner text is not wanted, only whether it is base64 and how it ends.
 *
 * <p>Four characters are three bytes, the middle one half from the first pair of characters and half from the second.
 * One table tells for the first pair which halves may follow, another which half the second pair has; nothing is common
 * to both if any of the three bytes is not in the alphabet. A load for each two characters is half of what decoding
 * costs, and the tables' rows that base64 ever touches fit the first-level cache.
 */
final class NestedBase64 {
    /** What is not base64. */
    static final int NOT = -1;

    /** So many characters are twelve bytes, three groups of four. */
    private static final int BLOCK = 16;

    private static final int BLOCK_BYTES = 12;

    /** By a pair of characters: a bit for each value of the middle byte's low half that is right behind them. */
    private static final char[] FIRST = new char[1 << 15];

    /** By a pair of characters: the bit of the middle byte's low half; none, if the last byte is wrong. */
    private static final char[] SECOND = new char[1 << 15];

    static {
        for (int a = 0; a < 128; a++) {
            for (int b = 0; b < 128; b++) {
                int high = StrictBase64.sixBits((byte) a);
                int low = StrictBase64.sixBits((byte) b);
                if (high >= 0 && low >= 0) {
                    FIRST[a | (b << 8)] = isInAlphabet((high << 2) | (low >> 4)) ? lowHalves(low & 0xF) : 0;
                    SECOND[a | (b << 8)] = isInAlphabet(((high & 3) << 6) | low) ? (char) (1 << (high >> 2)) : 0;
                }
            }
        }
    }

    private NestedBase64() {}

    private static boolean isInAlphabet(int c) {
        return StrictBase64.sixBits((byte) c) >= 0;
    }

    /** A bit for each low half that makes a character of the alphabet with this high one. */
    private static char lowHalves(int high) {
        int halves = 0;
        for (int low = 0; low < 16; low++) {
            halves |= isInAlphabet((high << 4) | low) ? 1 << low : 0;
        }
        return (char) halves;
    }

    /**
     * How many characters of padding the inner text ends with; {@link #NOT} if it is not standard base64.
     *
     * @param from the first byte of the content of a B that was validated, which may have escapes
     */
    static int padding(byte[] data, int from, int to, boolean escaped) {
        if (escaped) {
            return paddingByCharacter(data, from, to);
        }
        int length = StrictBase64.decodedLength(data, from, to);
        if (length % 4 != 0) {
            return NOT;
        }
        // All but the last group of four, which alone may have padding.
        int blocks = Math.max(length - 4, 0) / BLOCK_BYTES;
        int tail = from + blocks * BLOCK;
        return isAlphabet(data, from, tail) ? paddingByCharacter(data, tail, to) : NOT;
    }

    /** The padding of a text that is known to be base64 inside, by its end. */
    static int paddingOfEnd(byte[] data, int from, int to, boolean escaped) {
        int groups = (to - from) / 4;
        return paddingByCharacter(data, escaped ? from : from + Math.max(groups - 4, 0) / 4 * BLOCK, to);
    }

    private static boolean isAlphabet(byte[] data, int from, int to) {
        for (int p = from; p < to; p += BLOCK) {
            long word = Words.at(data, p);
            int one = FIRST[pair(word)] & SECOND[pair(word >>> 16)];
            int two = FIRST[pair(word >>> 32)] & SECOND[pair(word >>> 48)];
            word = Words.at(data, p + Long.BYTES);
            int three = FIRST[pair(word)] & SECOND[pair(word >>> 16)];
            int four = FIRST[pair(word >>> 32)] & SECOND[pair(word >>> 48)];
            // At most one bit each: minus one is negative if there is none.
            if (((one - 1) | (two - 1) | (three - 1) | (four - 1)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The two lowest bytes of a word as an index of the tables. */
    private static int pair(long word) {
        return (int) word & 0x7F7F;
    }

    /** Decodes from the beginning of an inner group of four on. */
    private static int paddingByCharacter(byte[] data, int from, int to) {
        int state = StrictBase64.BEGIN;
        int padding = 0;
        int bits = 0;
        int count = 0;
        for (int p = from; p < to; p += JsonText.width(data, p, to)) {
            int six = StrictBase64.sixBits(JsonText.ascii(data, p, to));
            if (six < 0) {
                break; // padding
            }
            bits = (bits << 6) | six;
            if ((count++ & 3) != 0) {
                byte inner = (byte) (bits >> (6 - 2 * ((count - 1) & 3)));
                state = StrictBase64.next(state, inner);
                if (state == StrictBase64.WRONG) {
                    return NOT;
                }
                padding += inner == '=' ? 1 : 0;
            }
        }
        return StrictBase64.isWhole(state) ? padding : NOT;
    }

    // -------------------------------------------------------------------------- the content of a B, once or twice

    /** Returns the bytes of a validated content, decoded once or twice. */
    static byte[] decode(byte[] data, int base, long span, boolean twice) {
        try {
            byte[] once = StrictBase64.decode(JsonText.utf8(data, base, span));
            return twice ? StrictBase64.decode(once) : once;
        } catch (IllegalArgumentException e) {
            throw JsonText.changed(); // without its message, which quotes a character
        }
    }

    /** Returns whether a validated content is base64 of base64. */
    static boolean isInside(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        return padding(data, from, from + Span.length(span), Span.isEscaped(span)) != NOT;
    }

    /** Returns how many bytes a validated content has, decoded once. */
    static int lengthOnce(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        return Span.isEscaped(span) ? lengthByCharacter(data, from, to) : StrictBase64.decodedLength(data, from, to);
    }

    private static int lengthByCharacter(byte[] data, int from, int to) {
        int bits = 0;
        for (int p = from; p < to; p += JsonText.width(data, p, to)) {
            bits += JsonText.ascii(data, p, to) == '=' ? 0 : 6;
        }
        return bits / 8;
    }

    /** Returns how many bytes a content that is base64 of base64 has, decoded twice. */
    static int lengthTwice(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int padding = paddingOfEnd(data, from, from + Span.length(span), Span.isEscaped(span));
        return lengthOnce(data, base, span) / 4 * 3 - Math.max(padding, 0);
    }
}
