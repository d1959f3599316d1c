package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the text of N from Java's numbers, exactly. */
final class NumberText {
    /** DynamoDB writes numbers without an exponent, and allows up to 130 places after the point, and 38 digits. */
    private static final int MAX_PLAIN_SCALE = 130 + 38;

    /** DynamoDB's numbers have up to 126 digits before the point; a larger double is written with an exponent. */
    private static final int MAX_PLAIN_DIGITS = 126;

    private NumberText() {}

    /** Returns whether the class of a value is one that {@link #of} accepts. */
    static boolean isNumber(@Nullable Object value) {
        return value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float;
    }

    /** Returns whether a text has more characters than this, or its exponent more digits without leading zeros. */
    static boolean isOver(String text, int maxLength, int maxExponentDigits) {
        int exponent = Math.max(text.indexOf('E'), text.indexOf('e')) + 1;
        int from = exponent;
        while (exponent > 0 && from < text.length() && "+-0".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        return text.length() > maxLength || (exponent > 0 && text.length() - from > maxExponentDigits);
    }

    /**
     * Returns the text of a number: the digits and the scale of a BigDecimal, and the shortest decimal that is a double
     * or float.
     *
     * @param maxDigits the result is null for a number with many more digits, because its text would take long to make
     * @param maxExponentDigits the most digits of the exponent, if the number has a text with so few
     * @throws IllegalArgumentException if the number is NaN or infinite
     */
    static @Nullable String of(Number number, int maxDigits, int maxExponentDigits) {
        if (number instanceof BigDecimal) {
            return of((BigDecimal) number, maxDigits, maxExponentDigits);
        }
        if (number instanceof BigInteger) {
            return of(new BigDecimal((BigInteger) number), maxDigits, maxExponentDigits);
        }
        if (number instanceof Double) {
            double value = (Double) number;
            requireFinite(!Double.isNaN(value) && !Double.isInfinite(value));
            return of(shortest(number, decimal -> decimal.doubleValue() == value), maxDigits, maxExponentDigits);
        }
        if (number instanceof Float) {
            float value = (Float) number;
            requireFinite(!Float.isNaN(value) && !Float.isInfinite(value));
            return of(shortest(number, decimal -> decimal.floatValue() == value), maxDigits, maxExponentDigits);
        }
        return number.toString();
    }

    /** Returns the text without an exponent, as DynamoDB writes it, where it has the same scale. */
    private static @Nullable String of(BigDecimal number, int maxDigits, int maxExponentDigits) {
        if (number.unscaledValue().bitLength() > maxDigits * 10L / 3) {
            return null; // 10 bits are more than three digits
        }
        boolean plain = number.scale() >= 0 && number.scale() <= MAX_PLAIN_SCALE;
        return plain ? number.toPlainString() : withExponent(number, maxDigits, maxExponentDigits);
    }

    /** Returns a text with an exponent of that many digits, if there is one; else any text. All have the same scale. */
    private static String withExponent(BigDecimal number, int maxDigits, int maxExponentDigits) {
        String usual = number.toString(); // one digit before the point, so that the exponent may be longer than needed
        String integral = number.unscaledValue() + "E" + -(long) number.scale();
        int most = BigInteger.TEN.pow(maxExponentDigits).intValue() - 1;
        long places = (long) number.scale() - most;
        if (!isOver(usual, maxDigits, maxExponentDigits) || places > maxDigits) {
            return usual;
        }
        boolean isSmall = isOver(integral, maxDigits, maxExponentDigits) && places >= 0;
        return isSmall ? number.scaleByPowerOfTen(most).toPlainString() + "E-" + most : integral;
    }

    private static void requireFinite(boolean finite) {
        if (!finite) {
            throw new IllegalArgumentException("a number is NaN or infinite, which DynamoDB does not have");
        }
    }

    /** Returns the shortest decimal that is this double or float. The JDK's text may have more digits before JDK 19. */
    private static BigDecimal shortest(Number number, Predicate<BigDecimal> same) {
        BigDecimal shortest = new BigDecimal(number.toString()).stripTrailingZeros();
        while (shortest.precision() > 1) {
            BigDecimal shorter = shortest.round(new MathContext(shortest.precision() - 1, RoundingMode.HALF_EVEN));
            if (!same.test(shorter)) {
                break;
            }
            shortest = shorter.stripTrailingZeros();
        }
        boolean integer = shortest.scale() < 0 && shortest.precision() - shortest.scale() <= MAX_PLAIN_DIGITS;
        return integer ? shortest.setScale(0) : shortest;
    }
}
