package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from their bytes to Java's. Most numbers are a few digits with or without a point: these make no text on the
 * way.
 */
final class NumberConversion {
    /** As many digits always fit a long. */
    private static final int SAFE_DIGITS = 18;

    /** More digits never do. */
    private static final int MAX_DIGITS = 19;

    /** As many digits, with a sign or a point for one of them, are a double without loss. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    /** Longer texts are converted in halves: the JDK's own conversion takes the square of the length. */
    private static final int HALVED_DIGITS = 600;

    private NumberConversion() {}

    /** The value of an N with the digits and the scale of its text. */
    static BigDecimal toBigDecimal(RecordIndex index, long span) {
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        if (to - from <= SAFE_DIGITS && !Span.isEscaped(span)) {
            BigDecimal value = shortDecimal(index.data, from, to);
            if (value != null) {
                return value;
            }
        }
        try {
            return toBigDecimal(index.text(span));
        } catch (NumberFormatException | ArithmeticException e) {
            throw JsonText.changed(); // it was a number when the record was decoded
        }
    }

    /** A sign, digits and at most one point; null for anything else. */
    private static @Nullable BigDecimal shortDecimal(byte[] data, int from, int to) {
        int p = from;
        boolean negative = p < to && data[p] == '-';
        if (negative) {
            p++;
        }
        long digits = 0;
        int point = to;
        for (; p < to; p++) {
            byte b = data[p];
            if (JsonScanner.isDigit(b)) {
                digits = digits * 10 + (b - '0');
            } else if (b == '.' && point == to) {
                point = p;
            } else {
                return null;
            }
        }
        int scale = point == to ? 0 : to - point - 1;
        return BigDecimal.valueOf(negative ? -digits : digits, scale);
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

    /** The double nearest to an N; infinite where that is the nearest. */
    static double toDouble(RecordIndex index, long span) {
        double value = shortDouble(index, span);
        return Double.isNaN(value) ? new Decimal().toDouble(index, span) : value;
    }

    /** NaN for an N that is not short. */
    private static double shortDouble(RecordIndex index, long span) {
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        return to - from <= EXACT_DIGITS ? shortDouble(index.data, from, to) : Double.NaN;
    }

    /**
     * A sign, digits and at most one point: digits and power of ten are both doubles without loss, and so their quotient
     * is the nearest. NaN for anything else.
     */
    private static double shortDouble(byte[] data, int from, int to) {
        boolean negative = from < to && data[from] == '-';
        long digits = 0;
        int point = to;
        for (int p = negative ? from + 1 : from; p < to; p++) {
            byte b = data[p];
            if (JsonScanner.isDigit(b)) {
                digits = digits * 10 + (b - '0');
            } else if (b == '.' && point == to) {
                point = p;
            } else {
                return Double.NaN;
            }
        }
        double value = digits / POWERS_OF_TEN[point == to ? 0 : to - point - 1];
        return negative ? -value : value;
    }

    /**
     * The double nearest to an N, refused if that is infinite.
     *
     * @param scratch of the caller, where it has one to use again
     */
    static double toFiniteDouble(RecordIndex index, long span, @Nullable Decimal scratch) {
        double value = shortDouble(index, span);
        if (Double.isNaN(value)) {
            value = (scratch == null ? new Decimal() : scratch).toDouble(index, span);
        }
        if (Double.isInfinite(value)) {
            throw AttributeValueException.outOfRange("double");
        }
        return value;
    }

    /**
     * The value of an N as a long, refused if it is none.
     *
     * @param javaType what the caller asked for
     * @param scratch of the caller, where it has one to use again
     */
    static long toLong(RecordIndex index, long span, String javaType, @Nullable Decimal scratch) {
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        if (isShortInteger(index.data, from, to)) {
            return shortLong(index.data, from, to);
        }
        Decimal number = (scratch == null ? new Decimal() : scratch).read(index, span);
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
     * @param scratch of the caller, where it has one to use again
     */
    static boolean isIntegral(RecordIndex index, long span, @Nullable Decimal scratch) {
        int from = index.base + Span.start(span);
        return isShortInteger(index.data, from, from + Span.length(span))
                || (scratch == null ? new Decimal() : scratch).read(index, span).isIntegral();
    }

    static int toInt(RecordIndex index, long span, @Nullable Decimal scratch) {
        long value = toLong(index, span, "int", scratch);
        if (value != (int) value) {
            throw AttributeValueException.outOfRange("int");
        }
        return (int) value;
    }

    /** Digits, with at most a minus before, that certainly fit a long. */
    static boolean isShortInteger(byte[] data, int from, int to) {
        if (to - from > SAFE_DIGITS) {
            return false;
        }
        int p = from < to && data[from] == '-' ? from + 1 : from;
        if (p == to) {
            return false;
        }
        while (p < to && JsonScanner.isDigit(data[p])) {
            p++;
        }
        return p == to;
    }

    static long shortLong(byte[] data, int from, int to) {
        boolean negative = data[from] == '-';
        long value = 0;
        for (int p = negative ? from + 1 : from; p < to; p++) {
            value = value * 10 + (data[p] - '0');
        }
        return negative ? -value : value;
    }

    /** The long that a JSON number spells as an integer; null if it has a fraction or an exponent, or is too large. */
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
