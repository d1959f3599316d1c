package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * A number of DynamoDB's JSON, split without loss into {@code ±digits × 10^exponent}, where the first and the last digit
 * are not 0. Equal numbers have equal digits and exponents in every spelling. Takes time linear in the text, for any
 * exponent. {@link Decimal} converts numbers.
 */
final class NumberKey implements Comparable<NumberKey> {
    private final boolean negative;

    /** The digits without sign, point, exponent, leading and trailing zeros; empty for zero. */
    private final String digits;

    /** The exponent of the last digit; 0 for zero. */
    private final long exponent;

    /** Splits the text of an N that was validated when the record was decoded. */
    NumberKey(String text) {
        int length = text.length();
        int p = 0;
        negative = length > 0 && text.charAt(0) == '-';
        if (negative || (length > 0 && text.charAt(0) == '+')) {
            p++;
        }
        StringBuilder all = new StringBuilder(length);
        long scale = 0;
        int point = -1;
        for (; p < length; p++) {
            char c = text.charAt(p);
            if (c >= '0' && c <= '9') {
                // Leading zeros don't count; trailing ones are removed below.
                if (c != '0' || all.length() > 0) {
                    all.append(c);
                }
            } else if (c == '.') {
                point = p;
            } else {
                break;
            }
        }
        if (point >= 0) {
            scale -= p - point - 1;
        }
        if (p < length) {
            scale += exponent(text, p);
        }
        int last = all.length();
        while (last > 0 && all.charAt(last - 1) == '0') {
            last--;
            scale++;
        }
        digits = all.substring(0, last);
        exponent = digits.isEmpty() ? 0 : scale;
    }

    private static long exponent(String text, int p) {
        try {
            return Long.parseLong(text.substring(p + 1));
        } catch (NumberFormatException e) {
            throw JsonText.changed(); // it was a number when the record was decoded
        }
    }

    /** Compares by value: 1, 1.0 and 10E-1 are one number, and so are 0 and -0. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumberKey && compareTo((NumberKey) other) == 0;
    }

    @Override
    public int hashCode() {
        return (digits.hashCode() * 31 + Long.hashCode(exponent)) * (isBelowZero() ? -1 : 1);
    }

    private boolean isBelowZero() {
        return negative && !digits.isEmpty();
    }

    /** Compares in an order other than that of the numbers, for a HashMap to sort numbers whose hashes collide. */
    @Override
    public int compareTo(NumberKey other) {
        int bySign = Boolean.compare(isBelowZero(), other.isBelowZero());
        int byExponent = bySign != 0 ? bySign : Long.compare(exponent, other.exponent);
        return byExponent != 0 ? byExponent : digits.compareTo(other.digits);
    }
}
