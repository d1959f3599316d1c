package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Decodes the base64 that an envelope carries a record in: standard, with padding, and nothing else, as
 * {@link StrictBase64}, four characters at a time.
 */
final class Base64Record {
    private static final int BAD = 1 << 24;

    /** The six bits of a character; {@link #BAD} for what is not in the alphabet. */
    private static final int[] BITS = new int[256];

    static {
        Arrays.fill(BITS, BAD);
        byte[] alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(ISO_8859_1);
        for (int i = 0; i < alphabet.length; i++) {
            BITS[alphabet[i]] = i;
        }
    }

    private Base64Record() {}

    /** The room that the bytes of a text of this length need. */
    static int room(int length) {
        return length / 4 * 3;
    }

    /** Decodes {@code [from, to)} to the beginning of {@code target}; how many bytes it is, −1 if it is not base64. */
    static int decode(byte[] text, int from, int to, byte[] target) {
        if ((to - from & 3) != 0) {
            return -1;
        }
        int out = 0;
        int bad = 0;
        int last = to - 4;
        int p = from;
        for (; p < last; p += 4) {
            int bits = bits(text[p]) << 18 | bits(text[p + 1]) << 12 | bits(text[p + 2]) << 6 | bits(text[p + 3]);
            bad |= bits(text[p]) | bits(text[p + 1]) | bits(text[p + 2]) | bits(text[p + 3]);
            target[out] = (byte) (bits >> 16);
            target[out + 1] = (byte) (bits >> 8);
            target[out + 2] = (byte) bits;
            out += 3;
        }
        if (bad >= BAD) {
            return -1;
        }
        return p < to ? lastGroup(text, p, target, out) : out;
    }

    private static int bits(byte character) {
        return BITS[character & 0xFF];
    }

    private static int lastGroup(byte[] text, int p, byte[] target, int out) {
        int padding = text[p + 3] != '=' ? 0 : text[p + 2] != '=' ? 1 : 2;
        int c = padding == 2 ? 0 : bits(text[p + 2]);
        int d = padding > 0 ? 0 : bits(text[p + 3]);
        if ((bits(text[p]) | bits(text[p + 1]) | c | d) >= BAD) {
            return -1;
        }
        int bits = bits(text[p]) << 18 | bits(text[p + 1]) << 12 | c << 6 | d;
        if ((bits & (padding == 2 ? 0xFFFF : padding == 1 ? 0xFF : 0)) != 0) {
            return -1; // bits that do not count, and are not zero
        }
        for (int i = 0; i < 3 - padding; i++) {
            target[out++] = (byte) (bits >> (16 - 8 * i));
        }
        return out;
    }
}
