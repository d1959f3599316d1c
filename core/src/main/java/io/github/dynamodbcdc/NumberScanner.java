package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;

/**
 * The text of N and of the members of NS: a JSON number that may also have a leading {@code +} and leading zeros. Its
 * end is found and its grammar checked in one pass.
 */
final class NumberScanner {
    /** Memory for more is not kept for the next number; by default there are never more than 256. */
    private static final int KEPT_CHARACTERS = 1024;

    private final JsonScanner json;
    private final int maxLength;
    private final int maxExponentDigits;

    /** Whether what {@link #grammar} passed over is a whole number. */
    private boolean whole;
    /** Whether {@link #grammar} stopped at an exponent's first digit too many. */
    private boolean overExponent;

    /** The characters of a number with escapes, and where they are; as many as the longest had. */
    private byte[] text = {};

    private int[] positions = {};

    NumberScanner(JsonScanner json, DecodeLimits limits) {
        this.json = json;
        this.maxLength = limits.maxNumberLength();
        this.maxExponentDigits = limits.maxExponentDigits();
    }

    /**
     * Scans a number from behind its opening quote to its closing quote, which is returned. {@link JsonScanner#flags}
     * tells whether there was an escape on the way.
     */
    int scan(int p) {
        json.flags = 0;
        byte[] data = json.data;
        int plain = plainEnd(data, p, json.end, maxLength);
        if (plain != 0) {
            return plain;
        }
        int stop = grammar(data, p, (int) Math.min(json.end, (long) p + maxLength));
        if (whole && stop < json.end && data[stop] == '"') {
            return stop;
        }
        if (overExponent) {
            throw limit(stop);
        }
        byte b = json.peek(stop);
        if (b == '\\') {
            return escaped(p);
        }
        if (b != '"') {
            json.character(stop); // what is not JSON is reported as that
            if (stop - p == maxLength) {
                throw limit(stop);
            }
        }
        throw json.fail(Reason.BAD_NUMBER, stop);
    }

    /** The closing quote of a number of digits with at most a minus and a point, as most are; 0 if it is not one. */
    static int plainEnd(byte[] data, int from, int end, int maxLength) {
        int last = end - Long.BYTES;
        if (from > last) {
            return 0;
        }
        int p = data[from] == '-' ? from + 1 : from;
        int digits = p;
        p = digitsEnd(data, p, last);
        if (p > digits && data[p] == '.') {
            digits = p + 1;
            p = digitsEnd(data, digits, last);
        }
        return p > digits && data[p] == '"' && p - from <= maxLength ? p : 0;
    }

    /** The first byte from {@code p} on that is no digit; 0 if that is too near to the end to look at eight bytes. */
    private static int digitsEnd(byte[] data, int p, int last) {
        while (p <= last) {
            long other = Words.notDigit(Words.at(data, p));
            if (other != 0) {
                return p + Words.place(other);
            }
            p += Long.BYTES;
        }
        return 0;
    }

    /** A number with escapes: the grammar runs over its characters, the positions lead back to the bytes. */
    private int escaped(int p) {
        byte[] text = this.text;
        int[] positions = this.positions;
        int length = 0;
        DecodeException broken = null;
        while (length < maxLength && broken == null && (p >= json.end || json.data[p] != '"')) {
            try {
                int next = json.character(p);
                if (length == text.length) {
                    text = Arrays.copyOf(text, 2 * length + 32);
                    positions = Arrays.copyOf(positions, 2 * length + 32);
                    keep(text, positions);
                }
                positions[length] = p;
                text[length++] = JsonText.ascii(json.data, p, next);
                p = next;
            } catch (DecodeException e) {
                broken = e;
            }
        }
        int stop = grammar(text, 0, length);
        if (stop < length) {
            throw overExponent ? limit(positions[stop]) : json.fail(Reason.BAD_NUMBER, positions[stop]);
        }
        if (broken != null) {
            throw broken;
        }
        if (json.peek(p) != '"') {
            json.character(p); // what is not JSON is reported as that
            throw limit(p);
        }
        if (!whole) {
            throw json.fail(Reason.BAD_NUMBER, p);
        }
        return p;
    }

    private void keep(byte[] characters, int[] places) {
        if (characters.length <= KEPT_CHARACTERS) {
            text = characters;
            positions = places;
        }
    }

    /** Scans a number without quotes, for the leniency that accepts these, and returns its end. */
    int scanBare(int p) {
        json.flags = 0;
        int to = (int) Math.min(json.end, (long) p + maxLength);
        int stop = grammar(json.data, p, to);
        int tooMany = overExponent ? stop : to;
        // JSON's own grammar is narrower: no plus, no leading zeros. Of two faults the first counts.
        int close;
        try {
            close = json.number(p);
        } catch (DecodeException e) {
            throw e.offset() > tooMany - json.start ? limit(tooMany) : e;
        }
        if (close > tooMany) {
            throw limit(tooMany);
        }
        return close;
    }

    private DecodeException limit(int p) {
        boolean raisable = overExponent
                ? maxExponentDigits < DecodeLimits.MAX_EXPONENT_DIGITS
                : maxLength < DecodeLimits.MAX_NUMBER_LENGTH;
        return json.fail(Reason.NUMBER_LIMIT, p, raisable ? DecodeLimits.HINT : null);
    }

    /** The end of the longest beginning of a number in {@code [p, to)}; sets {@link #whole} and {@link #overExponent}. */
    private int grammar(byte[] text, int p, int to) {
        overExponent = false;
        if (p < to && (text[p] == '-' || text[p] == '+')) {
            p++;
        }
        int from = p;
        p = digits(text, p, to);
        whole = p > from;
        if (whole && p < to && text[p] == '.') {
            from = p + 1;
            p = digits(text, from, to);
            whole = p > from;
        }
        if (whole && p < to && (text[p] == 'e' || text[p] == 'E')) {
            p = exponent(text, p + 1, to);
        }
        return p;
    }

    private int exponent(byte[] text, int p, int to) {
        if (p < to && (text[p] == '-' || text[p] == '+')) {
            p++;
        }
        int from = p;
        while (p < to && text[p] == '0') {
            p++;
        }
        int significant = p;
        p = digits(text, p, to);
        whole = p > from;
        overExponent = p - significant > maxExponentDigits;
        return overExponent ? significant + maxExponentDigits : p;
    }

    private static int digits(byte[] text, int p, int to) {
        while (p < to && JsonScanner.isDigit(text[p])) {
            p++;
        }
        return p;
    }
}
