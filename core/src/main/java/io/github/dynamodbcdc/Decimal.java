package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * A number as DynamoDB's JSON spells it, taken apart: {@code ±digits × 10^exponent}, where the digits begin and end with
 * one that is not 0. Made to be read into again, so that a conversion makes no object; the value itself, to keep and to
 * compare, is a {@link NumberKey}. In time linear in the text, however large the exponent.
 *
 * <p>For one thread at a time.
 */
final class Decimal {
    /** As many digits always fit an unsigned long. */
    private static final int WORD_DIGITS = 19;

    private boolean negative;

    /** How many digits there are from the first to the last that is not 0; 0 for zero. */
    private int count;

    /** The exponent of the last of them. */
    private long exponent;

    /** The first 19 digits, unsigned, or all and the zeros behind them, and the exponent of the last of these. */
    private long word;

    private long wordExponent;

    private NearestDouble.@Nullable MiddleComparison comparison;

    /** Reads the stretch of an N that was validated when the record was decoded, escaped or not. */
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
        int digits = 0; // from the first on that is not 0
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

    /** The exponent from its letter on; the limits keep it to six digits that count. */
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

    /** Whether it is integral and fits a long, as {@link #toLong} gives it. */
    boolean isLong() {
        return count == 0
                || (exponent >= 0
                        && count + exponent <= WORD_DIGITS
                        && Long.compareUnsigned(whole(), negative ? Long.MIN_VALUE : Long.MAX_VALUE) <= 0);
    }

    long toLong() {
        return negative ? -whole() : whole();
    }

    /** The value without its sign, of up to 19 digits, unsigned. */
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

    /** How many bytes DynamoDB counts for it: one for each two digits, aligned to an even exponent, and one, and a sign. */
    int size() {
        if (count == 0) {
            return 1;
        }
        int aligned = count + (int) (exponent & 1);
        return (aligned + 1) / 2 + 1 + (negative ? 1 : 0);
    }

    /** Reads a stretch, as {@link #read}, and returns the nearest double, ties to even; infinite where that is it. */
    double toDouble(RecordIndex index, long span) {
        int start = index.base + Span.start(span);
        return toDouble(index.data, start, start + Span.length(span));
    }

    double toDouble(byte[] text, int start, int end) {
        read(text, start, end);
        long bits = NearestDouble.bits(word, wordExponent);
        // Digits that the word has no room for count where they may lead to the next double: three times in a thousand.
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
