package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.DecodeLimits;
import java.math.BigDecimal;

/**
 * Recognizes texts of type S that are numbers, by the grammar of N and by core's default limits for N. The limits keep
 * every conversion fast.
 */
final class NumberGrammar {
    private static final int MAX_LENGTH = DecodeLimits.defaults().maxNumberLength();
    private static final int MAX_EXPONENT_DIGITS = DecodeLimits.defaults().maxExponentDigits();

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private NumberGrammar() {}

    static boolean matches(String text) {
        int length = text.length();
        if (length > MAX_LENGTH) {
            return false;
        }
        int p = afterDigits(text, afterSign(text, 0));
        if (p < 0) {
            return false;
        }
        if (p < length && text.charAt(p) == '.') {
            p = afterDigits(text, p + 1);
        }
        if (p > 0 && p < length && (text.charAt(p) == 'e' || text.charAt(p) == 'E')) {
            p = afterExponent(text, p + 1);
        }
        return p == length;
    }

    private static int afterSign(String text, int p) {
        return p < text.length() && (text.charAt(p) == '-' || text.charAt(p) == '+') ? p + 1 : p;
    }

    /** Returns the position after the digits; −1 if there is no digit. */
    private static int afterDigits(String text, int from) {
        int p = from;
        while (p < text.length() && text.charAt(p) >= '0' && text.charAt(p) <= '9') {
            p++;
        }
        return p == from ? -1 : p;
    }

    /** Returns the position after the exponent; −1 if it has no digit, or too many after leading zeros. */
    private static int afterExponent(String text, int from) {
        int digits = afterSign(text, from);
        int end = afterDigits(text, digits);
        while (digits < end && text.charAt(digits) == '0') {
            digits++;
        }
        return end - digits > MAX_EXPONENT_DIGITS ? -1 : end;
    }

    static boolean fitsLong(BigDecimal number) {
        // compareTo decides by magnitude first, so 1E+125 is never written out.
        return number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0;
    }

    /** Returns whether a number that fits a long has no fraction. */
    static boolean isIntegral(BigDecimal number) {
        return number.scale() <= 0
                || number.signum() == 0
                || number.stripTrailingZeros().scale() <= 0;
    }

    /** Returns the value of a number that fits a long, truncated toward zero. */
    static long longValue(BigDecimal number) {
        // Numbers below 1 come first, because a scale of thousands would cost a long division. So do zeros of any
        // scale.
        return number.precision() - number.scale() <= 0 || number.signum() == 0 ? 0 : number.longValue();
    }
}
