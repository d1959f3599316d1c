package io.github.dynamodbcdc.jackson;

import io.github.dynamodbcdc.TimePrecision;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts times to and from numbers of a unit, with nanoseconds in between. Conversions are exact, or return null. A
 * number is expanded only after its size is checked, because a few characters can represent thousands of digits.
 */
final class EpochNumber {
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger NANOS_PER_MILLI = BigInteger.valueOf(1_000_000);
    private static final int NANO_DIGITS = 9;

    /** A fraction of a second, with a digit after the third that is not zero. */
    private static final Pattern FINER_THAN_MILLIS = Pattern.compile("\\.[0-9]{3}0*[1-9]");

    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** The nanoseconds of a {@link java.time.Duration}, whose seconds are a long, have at most 28 digits. */
    private static final int MAX_DIGITS = 28;

    private EpochNumber() {}

    /** Returns the nanoseconds of a number; null if they are not an integer, or exceed the range of a Duration. */
    static @Nullable BigInteger nanos(BigDecimal number, EpochUnit unit) {
        if (number.signum() == 0) {
            return BigInteger.ZERO;
        }
        return whole(number.scaleByPowerOfTen(NANO_DIGITS - digits(unit, number)));
    }

    /** Returns the nanoseconds of a number of units of any length, for example minutes; null as above. */
    static @Nullable BigInteger nanos(BigDecimal number, Duration unit) {
        return number.signum() == 0
                ? BigInteger.ZERO
                : whole(number.multiply(new BigDecimal(nanos(unit.getSeconds(), unit.getNano()))));
    }

    private static @Nullable BigInteger whole(BigDecimal nanos) {
        boolean small = (long) nanos.precision() - nanos.scale() <= MAX_DIGITS;
        if (!small || nanos.stripTrailingZeros().scale() > 0) {
            return null;
        }
        BigInteger whole = nanos.toBigInteger();
        return seconds(whole).bitLength() < Long.SIZE ? whole : null;
    }

    static boolean isInteger(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /** Returns how many decimal digits the unit is finer than a second; by magnitude, the unit of this number. */
    private static int digits(EpochUnit unit, BigDecimal number) {
        TimePrecision precision = unit.precision == null ? TimePrecision.ofMagnitude(number) : unit.precision;
        return precision.fractionDigits();
    }

    /** Returns the number that {@link #nanos(BigDecimal, EpochUnit)} converts to these nanoseconds. */
    static BigDecimal number(BigInteger nanos, EpochUnit unit) {
        BigDecimal seconds = new BigDecimal(nanos, NANO_DIGITS);
        // By magnitude, a time that is too late for seconds is written in nanoseconds.
        boolean late = unit == EpochUnit.BY_MAGNITUDE && TimePrecision.ofMagnitude(seconds) != TimePrecision.SECOND;
        int digits = late ? NANO_DIGITS : digits(unit, seconds);
        BigDecimal number = seconds.scaleByPowerOfTen(digits).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** Returns the number of units of any length, for example minutes, that these nanoseconds are. */
    static BigDecimal number(BigInteger nanos, Duration unit) throws UnfitValueException {
        try {
            BigDecimal number = new BigDecimal(nanos)
                    .divide(new BigDecimal(nanos(unit.getSeconds(), unit.getNano())))
                    .stripTrailingZeros();
            return number.scale() < 0 ? number.setScale(0) : number;
        } catch (ArithmeticException e) {
            throw new UnfitValueException(null, Duration.class, "a duration that is no decimal number of its unit");
        }
    }

    static BigInteger nanos(long epochSecond, int nano) {
        return BigInteger.valueOf(epochSecond).multiply(NANOS_PER_SECOND).add(BigInteger.valueOf(nano));
    }

    /** Returns the instant of these nanoseconds; null if it is outside the years 1 to 9999. */
    static @Nullable Instant instant(BigInteger nanos) {
        BigInteger seconds = seconds(nanos);
        if (seconds.bitLength() >= Long.SIZE) {
            return null;
        }
        long second = seconds.longValue();
        return isInYears(second) ? Instant.ofEpochSecond(second, nanoOfSecond(nanos)) : null;
    }

    /** Returns whether a second is in the years 1 to 9999. */
    static boolean isInYears(long second) {
        return second >= FIRST_SECOND && second <= LAST_SECOND;
    }

    /** Returns the seconds, rounded toward the past. */
    static BigInteger seconds(BigInteger nanos) {
        return nanos.subtract(nanos.mod(NANOS_PER_SECOND)).divide(NANOS_PER_SECOND);
    }

    static int nanoOfSecond(BigInteger nanos) {
        return nanos.mod(NANOS_PER_SECOND).intValue();
    }

    /** Returns whether these nanoseconds are a whole number of milliseconds. */
    static boolean isWholeMillis(BigInteger nanos) {
        return nanos.mod(NANOS_PER_MILLI).signum() == 0;
    }

    /** Returns whether Jackson would drop digits of a text for a type that counts milliseconds. */
    static boolean isFinerThanMillis(String isoTime) {
        return FINER_THAN_MILLIS.matcher(isoTime).find();
    }

    /** Returns the nanoseconds of a text that has a fraction, of which Jackson accepts at most nine digits. */
    static int nanoOfSecond(String isoTime) {
        String fraction = isoTime.replaceFirst(".*(\\.[0-9]+).*", "0$1");
        return new BigDecimal(fraction).movePointRight(NANO_DIGITS).intValueExact();
    }
}
