package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import java.util.Base64;

/**
 * Standard base64 with padding (RFC 4648, section 4), nothing else: no white space, no URL alphabet, no missing padding,
 * no bits that do not count.
 */
final class Base64Text {
    /** The six bits of a character, −1 for what is not in the alphabet. */
    private static final byte[] SIX_BITS = new byte[256];

    static {
        Arrays.fill(SIX_BITS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            SIX_BITS[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Text() {}

    /**
     * Scans base64 from behind its opening quote to its closing quote, which is returned. {@link JsonScanner#flags} tells
     * whether there was an escape on the way, as writers that escape every {@code /} make them.
     */
    static int scan(JsonScanner json, int p) {
        json.flags = 0;
        byte[] data = json.data;
        Checker checker = new Checker();
        for (; ; ) {
            byte b = json.peek(p);
            if (b == '"') {
                if (!checker.isWhole()) {
                    throw json.fail(Reason.BAD_BASE64, p);
                }
                return p;
            }
            int next = p + 1;
            if (b < ' ' || b == '\\') {
                next = json.character(p); // what is not JSON is reported as that
                b = b == '\\' ? unescaped(data, p, next) : b;
            }
            if (!checker.add(b)) {
                throw json.fail(Reason.BAD_BASE64, p);
            }
            p = next;
        }
    }

    private static byte unescaped(byte[] data, int from, int to) {
        byte[] utf8 = new byte[to - from];
        return JsonText.unescape(data, from, to - from, utf8, 0) == 1 ? utf8[0] : 0;
    }

    /** Takes base64 a character at a time. */
    private static final class Checker {
        private int count;
        private int padding;
        private int last;

        boolean add(byte c) {
            int place = count++ & 3;
            if (c == '=') {
                // Two characters leave four bits that do not count, three leave two.
                boolean zero = padding > 0 || (last & (place == 2 ? 0xF : 0x3)) == 0;
                padding++;
                return zero && (place == 3 || place == 2);
            }
            last = SIX_BITS[c & 0xFF];
            return last >= 0 && padding == 0;
        }

        boolean isWhole() {
            return (count & 3) == 0;
        }
    }

    /** How many bytes base64 of this length and ending stands for. */
    static int decodedLength(byte[] text, int from, int to) {
        int length = (to - from) / 4 * 3;
        if (to > from && text[to - 1] == '=') {
            length -= text[to - 2] == '=' ? 2 : 1;
        }
        return length;
    }

    /** Whether this is standard base64 itself. */
    static boolean isValid(byte[] text, int from, int to) {
        Checker checker = new Checker();
        for (int p = from; p < to; p++) {
            if (!checker.add(text[p])) {
                return false;
            }
        }
        return checker.isWhole();
    }

    /** The bytes that a validated text stands for. */
    static byte[] decode(byte[] text) {
        return Base64.getDecoder().decode(text);
    }
}
