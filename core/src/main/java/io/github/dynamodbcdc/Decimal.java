package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * A number of DynamoDB's JSON, split into {@code ±digits × 10^exponent}, where the first and the last digit are not 0. It
 * is mutable and reused, because a conversion must not make an object; {@link NumberKey} is the value to keep and
 * compare. Takes time linear in the text, for any exponent.
 *
 * <p>Not thread-safe.
 */
final class Decimal {
    /** This many digits always fit an unsigned long. */
    private static final int WORD_DIGITS = 19;

    private boolean negative;

    /** The number of digits from the first to the last that is not 0; 0 for zero. */
    private int count;

    /** The exponent of the last of them. */
    private long exponent;

    /** The first 19 digits, unsigned, with trailing zeros, and the exponent of the last of them. */
    private long word;

    private long wordExponent;

    private NearestDouble.@Nullable MiddleComparison comparison;

    /** Reads the text of an N that was validated when the record was decoded, escaped or not. */
    Decimal read(RecordIndex index, long span) {
        int start = index.base + Span.start(span);
        read(index.data, start, start + Span.length(span));
        return this;
    }

    void read(byte[] text, int start, int end) {
        int p = start;
        byte sign = p < end ? JsonText.ascii(text, p, end) : 0;
        negative = sign == '-';
        if (negative || sign == '+') {
            p += JsonText.width(text, p, end);
        }
        word = 0;
        count = 0;
        int digits = 0; // from the first that is not 0
        int fraction = 0;
        int point = 0;
        for (; p < end; p += JsonText.width(text, p, end)) {
            byte c = JsonText.ascii(text, p, end);
            if (!JsonScanner.isDigit(c)) {
                if (c != '.') {
                    break;
                }
                point = 1;
                continue;
            }
            fraction += point;
            if (c != '0' || digits > 0) {
                digits++;
                word = digits <= WORD_DIGITS ? word * 10 + (c - '0') : word;
                count = c != '0' ? digits : count;
            }
        }
        long last = (p < end ? exponent(text, p, end) : 0) - fraction;
        exponent = count == 0 ? 0 : last + digits - count;
        wordExponent = last + Math.max(digits - WORD_DIGITS, 0);
    }

    /** Returns the exponent that begins with its letter; the limits keep it to six digits without leading zeros. */
    private static long exponent(byte[] text, int p, int end) {
        p += JsonText.width(text, p, end);
        byte sign = p < end ? JsonText.ascii(text, p, end) : 0;
        if (sign == '-' || sign == '+') {
            p += JsonText.width(text, p, end);
        }
        long value = 0;
        for (; p < end; p += JsonText.width(text, p, end)) {
            byte c = JsonText.ascii(text, p, end);
            if (!JsonScanner.isDigit(c) || value > Integer.MAX_VALUE) {
                throw JsonText.changed(); // it was a number when the record was decoded
            }
            value = value * 10 + (c - '0');
        }
        return sign == '-' ? -value : value;
    }

    boolean isIntegral() {
        return exponent >= 0;
    }

    /** Returns whether it has no fraction and fits a long, which {@link #toLong} returns. */
    boolean isLong() {
        return count == 0
                || (exponent >= 0
                        && count + exponent <= WORD_DIGITS
                        && Long.compareUnsigned(whole(), negative ? Long.MIN_VALUE : Long.MAX_VALUE) <= 0);
    }

    long toLong() {
        return negative ? -whole() : whole();
    }

    /** Returns the value without its sign, of up to 19 digits, unsigned. */
    private long whole() {
        long value = word;
        for (long e = wordExponent; e < 0 && value != 0; e++) {
            value = Long.divideUnsigned(value, 10);
        }
        for (long e = wordExponent; e > 0 && value != 0; e--) {
            value *= 10;
        }
        return value;
    }

    /**
     * Returns how many bytes DynamoDB counts for it: one for every two digits, aligned to an even exponent, one more, and
     * one for a minus.
     */
    int size() {
        if (count == 0) {
            return 1;
        }
        int aligned = count + (int) (exponent & 1);
        return (aligned + 1) / 2 + 1 + (negative ? 1 : 0);
    }

    /**
     * Reads the text of an N, as {@link #read} does, and returns the nearest double, ties to even; it may be infinite.
     */
    double toDouble(RecordIndex index, long span) {
        int start = index.base + Span.start(span);
        return toDouble(index.data, start, start + Span.length(span));
    }

    double toDouble(byte[] text, int start, int end) {
        read(text, start, end);
        long bits = NearestDouble.bits(word, wordExponent);
        // Digits that do not fit the word matter only if they may lead to the next double: three times in a thousand.
        if (count > WORD_DIGITS && NearestDouble.bits(word + 1, wordExponent) != bits) {
            int order = compareToMiddle(bits, text, start, end);
            bits += order > 0 || (order == 0 && (bits & 1) != 0) ? 1 : 0;
        }
        double value = Double.longBitsToDouble(bits);
        return negative ? -value : value;
    }

    /** Compares the value without its sign with the middle between a double and the next one, exactly. */
    private int compareToMiddle(long bits, byte[] text, int start, int end) {
        NearestDouble.MiddleComparison exact = comparison == null ? new NearestDouble.MiddleComparison() : comparison;
        comparison = exact;
        return exact.compare(text, start, end, count, exponent, bits);
    }
}
