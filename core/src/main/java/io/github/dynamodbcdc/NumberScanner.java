package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;

/**
 * Scans the text of N and of the members of NS: a JSON number that may also have a leading {@code +} and leading zeros.
 * One pass finds its end and checks its grammar.
 */
final class NumberScanner {
    /** Memory for more characters is not kept for the next number. By default there are never more than 256. */
    private static final int KEPT_CHARACTERS = 1024;

    private final JsonScanner json;
    private final int maxLength;
    private final int maxExponentDigits;

    /** The characters of a number with escapes. */
    private byte[] text = {};

    /** The position of each of these characters in the record. */
    private int[] positions = {};

    // out parameters

    /** Whether the bytes that {@link #grammar} accepted last are a complete number. */
    private boolean whole;

    /** Whether {@link #grammar} stopped at a digit of the exponent that exceeds the limit. */
    private boolean overExponent;

    NumberScanner(JsonScanner json, DecodeLimits limits) {
        this.json = json;
        this.maxLength = limits.maxNumberLength();
        this.maxExponentDigits = limits.maxExponentDigits();
    }

    /**
     * Scans a number in quotes, and sets {@link JsonScanner#flags}, which show whether it has escapes.
     *
     * @param p the position after the opening quote
     * @return the position of the closing quote
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
            json.character(stop); // a JSON fault takes precedence
            if (stop - p == maxLength) {
                throw limit(stop);
            }
        }
        throw json.fail(Reason.BAD_NUMBER, stop);
    }

    /**
     * Returns the position of the closing quote of a number that consists of digits with at most a minus and a decimal
     * point, as most numbers do; 0 for any other.
     */
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

    /**
     * Returns the position of the first byte that is not a digit; 0 if it is too near to the end to read eight bytes.
     */
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

    /** Scans a number with escapes. The grammar is checked on its characters, and faults are reported at its bytes. */
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
            json.character(p); // a JSON fault takes precedence
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

    /** Scans a number without quotes, which a leniency accepts, and returns the position after it. */
    int scanBare(int p) {
        json.flags = 0;
        int to = (int) Math.min(json.end, (long) p + maxLength);
        int stop = grammar(json.data, p, to);
        int tooMany = overExponent ? stop : to;
        // JSON's own grammar is narrower: no plus, no leading zeros. The first of two faults is reported.
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

    /** Returns the end of the longest prefix of a number, and sets {@link #whole} and {@link #overExponent}. */
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
