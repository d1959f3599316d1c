package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Converts to TIMESTAMP: milliseconds since 1970, floored. An S is a number or an ISO-8601 text. A number counts the
 * column's unit. Without a unit, the number's magnitude decides, with core's bounds for ApproximateCreationDateTime,
 * and only if the result is a time in the years 1973 to 5138. {@code 20240710} is a date written as a number, not a day
 * in 1970, and is a mismatch.
 */
final class TimestampConversion extends NumericConversion {
    /** In seconds 1973-03-03T09:46:40Z, where the bands of the finer units begin too. */
    private static final long LEAST_BY_MAGNITUDE = 100_000_000L;

    /** In nanoseconds 5138-11-16T09:46:40Z, where the bands of the coarser units end too. */
    private static final BigDecimal BEYOND_MAGNITUDE = BigDecimal.valueOf(1, -20);

    private static final int NANO_DIGITS_OF_MILLI = 6;
    private static final int LONG_DIGITS = 19;

    /** Any number with this many digits fits a long. */
    private static final int SAFE_DIGITS = 18;

    private final @Nullable TimeUnit unit;
    private final byte[] buffer = new byte[SAFE_DIGITS];

    TimestampConversion(@Nullable TimeUnit unit, ColumnPolicy policy) {
        super(policy);
        this.unit = unit;
    }

    @Override
    @Nullable
    Object ofNumber(AttributeReader value) {
        Long usual = ofDigits(value);
        return usual == null ? ofNumber(value.decimalValue()) : usual;
    }

    @Override
    @Nullable
    Object ofNumber(String text) {
        return ofNumber(new BigDecimal(text));
    }

    @Override
    @Nullable
    Object ofOtherText(String text) {
        Long millis = IsoText.epochMillis(text);
        return millis == null ? super.ofOtherText(text) : millis;
    }

    /**
     * Converts a number of digits only, without a BigDecimal; returns null if {@link #ofNumber(BigDecimal)} must
     * decide.
     */
    private @Nullable Long ofDigits(AttributeReader value) {
        if (value.utf8Length() > SAFE_DIGITS) {
            return null;
        }
        int length = value.copyUtf8To(buffer, 0);
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
        }
        if (unit == null && number < LEAST_BY_MAGNITUDE) {
            return null;
        }
        TimeUnit counted = unit == null ? TimePrecision.ofMagnitude(number).toTimeUnit() : unit;
        long millis = counted.toMillis(number); // Truncation equals floor here, because there is no sign.
        return millis == Long.MAX_VALUE ? null : (Long) millis;
    }

    private @Nullable Object ofNumber(BigDecimal number) {
        TimeUnit counted = unit == null ? byMagnitude(number) : unit;
        if (counted == null) {
            return policy.implausibleTime();
        }
        BigDecimal millis = number.multiply(BigDecimal.valueOf(counted.toNanos(1), NANO_DIGITS_OF_MILLI));
        if (millis.signum() == 0) {
            return 0L;
        }
        // Compares the digits before the point first, so a number with an exponent of thousands is never written out.
        long digits = (long) millis.precision() - millis.scale();
        if (digits > LONG_DIGITS) {
            return overflow(millis);
        }
        if (digits <= 0) {
            return millis.signum() < 0 ? -1L : 0L;
        }
        BigDecimal floor = millis.setScale(0, RoundingMode.FLOOR);
        return NumberGrammar.fitsLong(floor) ? (Object) floor.longValue() : overflow(millis);
    }

    private @Nullable Object overflow(BigDecimal millis) {
        return policy.overflow(millis.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }

    /** Returns the unit of a number; null if the number is no time in the years 1973 to 5138 in any unit. */
    private static @Nullable TimeUnit byMagnitude(BigDecimal number) {
        if (number.compareTo(BigDecimal.valueOf(LEAST_BY_MAGNITUDE)) < 0 || number.compareTo(BEYOND_MAGNITUDE) >= 0) {
            return null;
        }
        return TimePrecision.ofMagnitude(number).toTimeUnit();
    }
}
