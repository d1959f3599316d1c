package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules that make an instant of the text of ApproximateCreationDateTime; {@link CreationTime} tells them. Decimal
 * arithmetic on the text, never through double.
 */
final class CreationTimeParser {
    private static final int MAX_DIGITS = 40;

    /** Far longer than any text of 40 digits, and than any of ISO-8601. */
    private static final int MAX_LENGTH = 1024;

    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?0*[0-9]{1,3})?");

    private static final TimePrecision[] UNITS = {
        TimePrecision.SECOND, TimePrecision.MILLISECOND, TimePrecision.MICROSECOND, TimePrecision.NANOSECOND
    };

    /** From these on the integral part of a number is milliseconds, microseconds, nanoseconds. */
    private static final BigDecimal[] BANDS = {BigDecimal.TEN.pow(11), BigDecimal.TEN.pow(14), BigDecimal.TEN.pow(17)};

    private static final long FIRST_PLAUSIBLE =
            Instant.parse("1973-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_PLAUSIBLE =
            Instant.parse("5138-12-31T23:59:59Z").getEpochSecond();

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

    private final @Nullable TimePrecision stated;
    private final @Nullable TimePrecision override;

    /**
     * @param stated the unit that the record states
     * @param override the unit that the caller states, whatever the record says
     */
    CreationTimeParser(@Nullable TimePrecision stated, @Nullable TimePrecision override) {
        this.stated = stated;
        this.override = override;
    }

    /**
     * The time that a stretch means; null if it means none, or one whose {@code epochMicros()} does not fit a long.
     *
     * @param quoted whether it is the content of a string, where it may be ISO-8601
     */
    @Nullable
    CreationTime parse(byte[] data, int base, long span, boolean quoted) {
        if (JsonText.utf8Length(data, base, span) > MAX_LENGTH) {
            return null;
        }
        String text = JsonText.string(data, base, span);
        if (!NUMBER.matcher(text).matches()) {
            return quoted ? iso(text) : null;
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        boolean tooLong = mantissa.chars().filter(c -> c >= '0' && c <= '9').count() > MAX_DIGITS;
        return tooLong ? null : number(new BigDecimal(text));
    }

    private static @Nullable CreationTime iso(String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null; // and not its message, which quotes the text
        }
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano()));
        return of(nanos, null, null, false);
    }

    private @Nullable CreationTime number(BigDecimal value) {
        TimePrecision inferred = byMagnitude(value);
        TimePrecision unit = override != null ? override : stated != null ? stated : inferred;
        if (override == null && !isPlausible(value, unit) && isPlausible(value, inferred)) {
            unit = inferred;
        }
        boolean integral = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        boolean isStated = override != null || (stated != null && unit == stated);
        return of(nanos(value, unit), unit, integral ? unit : null, isStated);
    }

    private static TimePrecision byMagnitude(BigDecimal value) {
        BigDecimal size = value.abs();
        int band = 0;
        while (band < BANDS.length && size.compareTo(BANDS[band]) >= 0) {
            band++;
        }
        return UNITS[band];
    }

    private static BigInteger nanos(BigDecimal value, TimePrecision unit) {
        return value.scaleByPowerOfTen(TimePrecision.NANOSECOND.digits - unit.digits)
                .setScale(0, RoundingMode.FLOOR)
                .toBigInteger();
    }

    private static boolean isPlausible(BigDecimal value, TimePrecision unit) {
        BigDecimal seconds = value.scaleByPowerOfTen(-unit.digits);
        return seconds.compareTo(BigDecimal.valueOf(FIRST_PLAUSIBLE)) >= 0
                && seconds.compareTo(BigDecimal.valueOf(LAST_PLAUSIBLE + 1)) < 0;
    }

    private static @Nullable CreationTime of(
            BigInteger nanos, @Nullable TimePrecision unit, @Nullable TimePrecision precision, boolean stated) {
        BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        boolean borrow = parts[1].signum() < 0;
        BigInteger second = borrow ? parts[0].subtract(BigInteger.ONE) : parts[0];
        int nano = parts[1].intValue() + (borrow ? 1_000_000_000 : 0);
        BigInteger micros = second.multiply(MICROS_PER_SECOND).add(BigInteger.valueOf(nano / 1000));
        if (micros.bitLength() >= Long.SIZE) {
            return null;
        }
        TimePrecision shown = precision != null ? precision : TimePrecision.coarsest(nano);
        return new CreationTime(second.longValue(), nano, unit, shown, stated);
    }
}
