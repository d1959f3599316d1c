package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TIMESTAMP: milliseconds since 1970, floored. N counts in the unit that the column was given, else in the one that its
 * magnitude tells, with the bounds that core has for ApproximateCreationDateTime; an S is a number or an ISO-8601 text.
 */
final class TimestampConversion extends Conversion {
    private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal MILLIS_BELOW = BigDecimal.valueOf(100_000_000_000_000L);
    private static final BigDecimal MICROS_BELOW = BigDecimal.valueOf(100_000_000_000_000_000L);
    private static final int LONG_DIGITS = 19;

    private final @Nullable TimeUnit unit;
    private final ColumnPolicy policy;

    TimestampConversion(@Nullable TimeUnit unit, ColumnPolicy policy) {
        this.unit = unit;
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        if (type == AttributeType.N) {
            return ofNumber(value.decimalValue());
        }
        if (type == AttributeType.S) {
            String text = value.stringValue();
            if (NumberGrammar.matches(text)) {
                return ofNumber(new BigDecimal(text));
            }
            Long millis = IsoText.epochMillis(text);
            return millis == null ? policy.mismatch(type) : millis;
        }
        return policy.mismatch(type);
    }

    private @Nullable Object ofNumber(BigDecimal number) {
        TimeUnit counted = unit == null ? byMagnitude(number.abs()) : unit;
        if (counted == TimeUnit.MILLISECONDS && number.scale() == 0 && number.precision() < LONG_DIGITS) {
            return number.longValue();
        }
        BigDecimal millis = number.multiply(inMillis(counted));
        if (millis.signum() == 0) {
            return 0L;
        }
        // By digits before the point first: a number with an exponent of thousands is never written out.
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

    private static TimeUnit byMagnitude(BigDecimal number) {
        if (number.compareTo(SECONDS_BELOW) < 0) {
            return TimeUnit.SECONDS;
        }
        if (number.compareTo(MILLIS_BELOW) < 0) {
            return TimeUnit.MILLISECONDS;
        }
        return number.compareTo(MICROS_BELOW) < 0 ? TimeUnit.MICROSECONDS : TimeUnit.NANOSECONDS;
    }

    private static BigDecimal inMillis(TimeUnit unit) {
        switch (unit) {
            case NANOSECONDS:
                return BigDecimal.valueOf(1, 6);
            case MICROSECONDS:
                return BigDecimal.valueOf(1, 3);
            default:
                return BigDecimal.valueOf(unit.toMillis(1));
        }
    }
}
