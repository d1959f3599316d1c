package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import java.util.Base64;

/**
 * Standard base64 with padding (RFC 4648, section 4), nothing else: no white space, no URL alphabet, no missing padding,
 * no bits that do not count.
 */
final class StrictBase64 {
    /** The six bits of a character, −1 for what is not in the alphabet. */
    private static final byte[] SIX_BITS = new byte[128];

    static {
        Arrays.fill(SIX_BITS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            SIX_BITS[alphabet.charAt(i)] = (byte) i;
        }
    }

    /** The state of {@link #next} before the first character. */
    static final int BEGIN = 0;

    /** What {@link #next} returns for a character that may not come. */
    static final int WRONG = -1;

    private static final int PLACE = 3;
    private static final int PADDED = 4;
    private static final int SIX_BITS_SHIFT = 3;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private StrictBase64() {}

    /** The six bits of a character; −1 for what is not in the alphabet. */
    static int sixBits(byte c) {
        return c < 0 ? -1 : SIX_BITS[c];
    }

    /**
     * Scans base64 from behind its opening quote to its closing quote, which is returned. {@link JsonScanner#flags} tells
     * whether there was an escape on the way, as writers that escape every {@code /} make them.
     */
    static int scan(JsonScanner json, int from) {
        json.flags = 0;
        byte[] data = json.data;
        int last = json.end - Long.BYTES;
        int p = from;
        while (p <= last) {
            long other = notInAlphabet(Words.at(data, p));
            if (other != 0) {
                p += Words.place(other);
                break;
            }
            p += Long.BYTES;
        }
        int groups = (p - from) & -4;
        return from + groups == p && p <= last && data[p] == '"' ? p : scanByCharacter(json, from + groups);
    }

    /** A bit set for each byte of a word that is not in the alphabet. */
    private static long notInAlphabet(long word) {
        // In lanes of seven bits, so that no sum reaches the next one: a sum's high bit tells whether a bound is
        // reached.
        long seven = word & ~HIGH_BITS;
        long lower = seven | ONES * 0x20;
        long letter = (lower + ONES * (0x80 - 'a')) & ~(lower + ONES * (0x7F - 'z'));
        long digitOrSlash = (seven + ONES * (0x80 - '/')) & ~(seven + ONES * (0x7F - '9'));
        long plus = ~((seven ^ ONES * '+') + ONES * 0x7F);
        return (~(letter | digitOrSlash | plus) | word) & HIGH_BITS;
    }

    /** The rest of a text from a group of four on: what has padding, escapes or faults, or ends near the input's end. */
    private static int scanByCharacter(JsonScanner json, int p) {
        int state = BEGIN;
        while (true) {
            byte b = json.peek(p);
            if (b == '"') {
                if (!isWhole(state)) {
                    throw json.fail(Reason.BAD_BASE64, p);
                }
                return p;
            }
            int behind = p + 1;
            if (b < ' ' || b == '\\') {
                behind = json.character(p); // what is not JSON is reported as that
                b = JsonText.ascii(json.data, p, behind);
            }
            state = next(state, b);
            if (state == WRONG) {
                throw json.fail(Reason.BAD_BASE64, p);
            }
            p = behind;
        }
    }

    /** The state behind a character; {@link #WRONG} if it may not come. */
    static int next(int state, byte c) {
        int place = state & PLACE;
        if (c == '=') {
            // Two characters leave four bits that do not count, three leave two.
            int uncounted = place == 2 ? 0xF : 0x3;
            boolean padded = (state & PADDED) != 0;
            boolean right = place >= 2 && (padded || ((state >> SIX_BITS_SHIFT) & uncounted) == 0);
            return right ? PADDED | ((place + 1) & PLACE) : WRONG;
        }
        int bits = sixBits(c);
        return bits >= 0 && (state & PADDED) == 0 ? (bits << SIX_BITS_SHIFT) | ((place + 1) & PLACE) : WRONG;
    }

    /** Whether a text may end in this state. */
    static boolean isWhole(int state) {
        return (state & PLACE) == 0;
    }

    /** How many bytes base64 of this length and ending stands for. */
    static int decodedLength(byte[] text, int from, int to) {
        int length = (to - from) / 4 * 3;
        if (to > from && text[to - 1] == '=') {
            length -= text[to - 2] == '=' ? 2 : 1;
        }
        return length;
    }

    /** The bytes that a validated text stands for. */
    static byte[] decode(byte[] text) {
        return Base64.getDecoder().decode(text);
    }

    /**
     * Decodes the base64 that an envelope carries a record in: standard, with padding, and nothing else, as
     * {@link StrictBase64}, four characters at a time.
     */
    static final class Decoding {
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

        private Decoding() {}

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
}
