package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * A number of DynamoDB's JSON, split into {@code ±digits × 10^exponent}, where the first and the last digit are not
 * 0. It is mutable and reused, because a conversion must not make an object; {@link Key} is the value to keep and
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
    Decimal read(byte[] data, int base, long span) {
        int start = base + Span.start(span);
        readText(data, start, start + Span.length(span));
        return this;
    }

    /** Reads the text of a number between two positions. */
    void readText(byte[] text, int start, int end) {
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
     * Returns how many bytes DynamoDB counts for the number: one for every two digits, aligned to an even exponent, one
     * more, and one for a minus.
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
    double toDouble(byte[] data, int base, long span) {
        int start = base + Span.start(span);
        return textToDouble(data, start, start + Span.length(span));
    }

    /** Reads the text of a number between two positions, and returns the nearest double. */
    double textToDouble(byte[] text, int start, int end) {
        readText(text, start, end);
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

    /**
     * A number of DynamoDB's JSON, split without loss into {@code ±digits × 10^exponent}, where the first and the
     * last digit are not 0. Equal numbers have equal digits and exponents in every spelling. Takes time linear in the
     * text, for any exponent. {@link Decimal} converts numbers.
     */
    static final class Key implements Comparable<Key> {
        /** The largest exponent, of either sign, that {@link #text} expands. */
        private static final int MAX_PLAIN_EXPONENT = 40;

        private final boolean negative;

        /** The digits without sign, point, exponent, leading and trailing zeros; empty for zero. */
        private final String digits;

        /** The exponent of the last digit; 0 for zero. */
        private final long exponent;

        /** Splits the text of an N that was validated when the record was decoded. */
        Key(String text) {
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
            return other instanceof Key && compareTo((Key) other) == 0;
        }

        @Override
        public int hashCode() {
            return (digits.hashCode() * 31 + (int) exponent) * (isBelowZero() ? -1 : 1);
        }

        /**
         * Returns one text for all spellings of the number, and another for every other number: {@code 1741935660},
         * {@code -0.15}, and {@code 25E98} if the exponent of the last digit is over {@link #MAX_PLAIN_EXPONENT}.
         */
        String text() {
            String sign = isBelowZero() ? "-" : "";
            if (digits.isEmpty()) {
                return "0";
            }
            if (Math.abs(exponent) > MAX_PLAIN_EXPONENT) {
                return sign + digits + "E" + exponent;
            }
            if (exponent >= 0) {
                return sign + digits + "0".repeat((int) exponent);
            }
            int point = digits.length() + (int) exponent;
            return point > 0
                    ? sign + digits.substring(0, point) + "." + digits.substring(point)
                    : sign + "0." + "0".repeat(-point) + digits;
        }

        private boolean isBelowZero() {
            return negative && !digits.isEmpty();
        }

        /** Compares in an order other than that of the numbers, for a HashMap to sort numbers whose hashes collide. */
        @Override
        public int compareTo(Key other) {
            int bySign = Boolean.compare(isBelowZero(), other.isBelowZero());
            int byExponent = bySign != 0 ? bySign : Long.compare(exponent, other.exponent);
            return byExponent != 0 ? byExponent : digits.compareTo(other.digits);
        }
    }
}
