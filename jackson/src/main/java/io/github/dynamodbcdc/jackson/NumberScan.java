package io.github.dynamodbcdc.jackson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dynamodbcdc.AttributeReader;

/**
 * What Jackson must know of an N before its value is asked for: whether it is an integer, and its value where it is a
 * short one. Most numbers are a few digits, and these make no object.
 */
final class NumberScan {
    /** As many digits always fit a long. */
    private static final int SAFE_DIGITS = 18;

    /**
     * DynamoDB's numbers are below 1E126. A larger one that is written with an exponent is not taken for an integer,
     * because a few characters would become thousands of digits.
     */
    private static final int MAX_INTEGER_DIGITS = 126;

    private byte[] text = new byte[64];
    private boolean integer;
    private boolean small;
    private long value;

    /** Looks at the reader's current value, which is an N. */
    void scan(AttributeReader reader) {
        int length = reader.utf8Length();
        if (length > text.length) {
            text = new byte[length];
        }
        reader.copyUtf8To(text, 0);
        scan(length);
    }

    /** Looks at the text of an N. */
    void scan(String number) {
        text = number.getBytes(ISO_8859_1);
        scan(text.length);
    }

    private void scan(int length) {
        int start = length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        int p = start;
        long digits = 0;
        while (p < length && isDigit(text[p])) {
            digits = digits * 10 + (text[p] - '0');
            p++;
        }
        small = p == length && p - start <= SAFE_DIGITS;
        value = start == 1 && text[0] == '-' ? -digits : digits;
        integer = p == length || isShortInteger(start, length);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /**
     * Of a number with a point or an exponent: whether its value is an integer all the same, as that of 5.0 and 5E3.
     */
    private boolean isShortInteger(int start, int length) {
        int seen = 0;
        int point = -1;
        int first = -1;
        int last = -1;
        int p = start;
        for (; p < length && text[p] != 'e' && text[p] != 'E'; p++) {
            if (text[p] == '.') {
                point = seen;
                continue;
            }
            if (text[p] != '0') {
                first = first < 0 ? seen : first;
                last = seen;
            }
            seen++;
        }
        if (first < 0) {
            return true; // zero, whatever its exponent
        }
        long digitsBeforePoint = (point < 0 ? seen : point) + exponent(p + 1, length);
        return digitsBeforePoint > last && digitsBeforePoint - first <= MAX_INTEGER_DIGITS;
    }

    private long exponent(int from, int length) {
        long exponent = 0;
        for (int p = from; p < length; p++) {
            if (isDigit(text[p])) {
                exponent = exponent * 10 + (text[p] - '0');
            }
        }
        return from < length && text[from] == '-' ? -exponent : exponent;
    }

    /** Whether the value is an integer that Jackson may have as one. */
    boolean isInteger() {
        return integer;
    }

    /** Whether it is an integer of at most 18 digits and nothing else, which {@link #value()} is. */
    boolean isSmall() {
        return small;
    }

    long value() {
        return value;
    }
}
