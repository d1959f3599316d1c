package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Converts the bytes of numbers to Java's numbers. Most are a few digits with or without a point, and need no text.
 *
 * <p>Measured: decoding into maps takes 1.37 times as long if every number goes through its text (WIDE; 1.1 TYPICAL).
 * JDK 17, DecodeBenchmark of a session.
 */
final class NumberConversion {
    /** This many digits always fit a long. */
    private static final int SAFE_DIGITS = 18;

    /** More digits never do. */
    private static final int MAX_DIGITS = 19;

    /** This many digits, or fewer with a sign and a point, are a double without loss. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Longer texts are converted in halves: the JDK's own conversion takes time quadratic in the length. */
    private static final int HALVED_DIGITS = 600;

    /** A short number with a point is the sign bit, the digits and the scale, which is at most 17. */
    private static final int SCALE_BITS = 5;

    private static final int MAX_SCALE = (1 << SCALE_BITS) - 1;

    /** No short number reads as this: 18 digits have fewer bits. */
    private static final long NOT_SHORT = -1;

    private NumberConversion() {}

    /** Returns the value of an N with the digits and the scale of its text. */
    static BigDecimal toBigDecimal(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        if (to - from <= SAFE_DIGITS && !Span.isEscaped(span)) {
            BigDecimal value = shortDecimal(data, from, to);
            if (value != null) {
                return value;
            }
        }
        try {
            return toBigDecimal(JsonText.string(data, base, span));
        } catch (NumberFormatException | ArithmeticException e) {
            throw JsonText.changed(); // it was a number when the record was decoded
        }
    }

    /** Returns the value of an N as an Integer if it has no fraction and fits, else a Long, else a BigDecimal. */
    static Object toNarrowest(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        if (to - from <= SAFE_DIGITS && !Span.isEscaped(span)) {
            boolean negative = isNegative(data, from, to);
            long read = shortNumber(data, negative ? from + 1 : from, to);
            if (read >= 0) {
                return narrowest(negative ? -read : read);
            }
            if (read != NOT_SHORT) {
                return narrowest(negative ? -digits(read) : digits(read), scale(read));
            }
        }
        Decimal number = new Decimal().read(data, base, span);
        return number.isLong() ? narrowest(number.toLong()) : toBigDecimal(data, base, span);
    }

    private static Object narrowest(long digits, int scale) {
        long integral = digits;
        int zeros = 0;
        while (zeros < scale && integral % 10 == 0) {
            integral /= 10;
            zeros++;
        }
        return zeros == scale ? narrowest(integral) : BigDecimal.valueOf(digits, scale);
    }

    private static Object narrowest(long value) {
        boolean small = value == (int) value;
        return small ? (Object) (int) value : (Object) value;
    }

    /** Returns the value of a sign, digits and at most one point; null for anything else. */
    private static @Nullable BigDecimal shortDecimal(byte[] data, int from, int to) {
        boolean negative = isNegative(data, from, to);
        long read = shortNumber(data, negative ? from + 1 : from, to);
        if (read >= 0) {
            return BigDecimal.valueOf(negative ? -read : read);
        }
        return read == NOT_SHORT ? null : BigDecimal.valueOf(negative ? -digits(read) : digits(read), scale(read));
    }

    /**
     * Reads at most 18 bytes: digits and at most one point.
     *
     * @return the digits; if there is a point, and so at most 17 digits, a negative word that contains {@link #digits}
     *     and {@link #scale}; {@link #NOT_SHORT} for anything else
     */
    private static long shortNumber(byte[] data, int from, int to) {
        long digits = 0;
        int point = to;
        for (int p = from; p < to; p++) {
            byte b = data[p];
            if (JsonScanner.isDigit(b)) {
                digits = digits * 10 + (b - '0');
            } else if (b == '.' && point == to) {
                point = p;
            } else {
                return NOT_SHORT;
            }
        }
        return point == to ? digits : Long.MIN_VALUE | digits << SCALE_BITS | to - point - 1;
    }

    private static boolean isNegative(byte[] data, int from, int to) {
        return from < to && data[from] == '-';
    }

    private static long digits(long read) {
        return (read & Long.MAX_VALUE) >>> SCALE_BITS;
    }

    private static int scale(long read) {
        return (int) read & MAX_SCALE;
    }

    static BigDecimal toBigDecimal(String text) {
        if (text.length() <= HALVED_DIGITS) {
            return new BigDecimal(text);
        }
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = e < 0 ? text : text.substring(0, e);
        int point = mantissa.indexOf('.');
        long scale = point < 0 ? 0 : mantissa.length() - point - 1;
        if (e >= 0) {
            scale -= Long.parseLong(text.substring(e + 1));
        }
        char sign = text.charAt(0);
        String digits = mantissa.substring(sign == '-' || sign == '+' ? 1 : 0).replace(".", "");
        BigInteger magnitude = integer(digits, 0, digits.length());
        return new BigDecimal(sign == '-' ? magnitude.negate() : magnitude, Math.toIntExact(scale));
    }

    private static BigInteger integer(String digits, int from, int to) {
        int length = to - from;
        if (length <= HALVED_DIGITS) {
            return new BigInteger(digits.substring(from, to));
        }
        int middle = from + length / 2;
        BigInteger high = integer(digits, from, middle);
        return high.multiply(BigInteger.TEN.pow(to - middle)).add(integer(digits, middle, to));
    }

    /** Returns the double nearest to an N; infinite where that is the nearest. */
    static double toDouble(byte[] data, int base, long span) {
        double value = shortDouble(data, base, span);
        return Double.isNaN(value) ? new Decimal().toDouble(data, base, span) : value;
    }

    /** Returns the nearest double of a short N; NaN for any other. */
    private static double shortDouble(byte[] data, int base, long span) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        return to - from <= EXACT_DIGITS ? shortDouble(data, from, to) : Double.NaN;
    }

    /**
     * Returns the nearest double of a sign, digits and at most one point: the digits and the power of ten are both
     * doubles without loss, so their quotient is the nearest. NaN for anything else.
     */
    private static double shortDouble(byte[] data, int from, int to) {
        boolean negative = isNegative(data, from, to);
        long read = shortNumber(data, negative ? from + 1 : from, to);
        if (read == NOT_SHORT) {
            return Double.NaN;
        }
        double value = read >= 0 ? read : digits(read) / POWERS_OF_TEN[scale(read)];
        return negative ? -value : value;
    }

    /**
     * Returns the double nearest to an N.
     *
     * @param scratch memory to reuse; null if the caller has none
     * @throws AttributeValueException OUT_OF_RANGE if the nearest double is infinite
     */
    static double toFiniteDouble(byte[] data, int base, long span, @Nullable Decimal scratch) {
        double value = shortDouble(data, base, span);
        if (Double.isNaN(value)) {
            value = (scratch == null ? new Decimal() : scratch).toDouble(data, base, span);
        }
        if (Double.isInfinite(value)) {
            throw AttributeValueException.outOfRange("double");
        }
        return value;
    }

    /**
     * Returns the value of an N as a long.
     *
     * @param javaType the requested type
     * @param scratch memory to reuse; null if the caller has none
     * @throws AttributeValueException NOT_INTEGRAL or OUT_OF_RANGE if it is not a long
     */
    static long toLong(byte[] data, int base, long span, String javaType, @Nullable Decimal scratch) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        boolean negative = isNegative(data, from, to);
        long digits = shortInteger(data, negative ? from + 1 : from, to);
        if (digits >= 0) {
            return negative ? -digits : digits;
        }
        Decimal number = (scratch == null ? new Decimal() : scratch).read(data, base, span);
        if (!number.isIntegral()) {
            throw AttributeValueException.notIntegral(javaType);
        }
        if (!number.isLong()) {
            throw AttributeValueException.outOfRange(javaType);
        }
        return number.toLong();
    }

    /**
     * Returns whether an N has no fraction.
     *
     * @param scratch memory to reuse; null if the caller has none
     */
    static boolean isIntegral(byte[] data, int base, long span, @Nullable Decimal scratch) {
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        return shortInteger(data, isNegative(data, from, to) ? from + 1 : from, to) >= 0
                || (scratch == null ? new Decimal() : scratch)
                        .read(data, base, span)
                        .isIntegral();
    }

    static int toInt(byte[] data, int base, long span, @Nullable Decimal scratch) {
        long value = toLong(data, base, span, "int", scratch);
        if (value != (int) value) {
            throw AttributeValueException.outOfRange("int");
        }
        return (int) value;
    }

    /** Returns the number that these digits are; −1 if there are none, or many, or another byte is among them. */
    static long shortInteger(byte[] data, int from, int to) {
        return to - from > SAFE_DIGITS || from == to ? -1 : Words.digits(data, from, to);
    }

    /**
     * Returns the long that a JSON number spells as an integer; null if it has a fraction or an exponent, or is too
     * large.
     */
    static @Nullable Long integerOrNull(byte[] data, int from, int to) {
        boolean negative = data[from] == '-';
        int p = negative ? from + 1 : from;
        if (to - p > MAX_DIGITS) {
            return null;
        }
        long value = 0;
        for (; p < to; p++) {
            if (!JsonScanner.isDigit(data[p])) {
                return null;
            }
            value = value * 10 + (data[p] - '0');
        }
        // 19 digits are below 2^64: one that does not fit a long is negative here, and only -2^63 may be.
        return value >= 0 ? (Long) (negative ? -value : value) : negative && value == Long.MIN_VALUE ? value : null;
    }
}
