package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The unit of ApproximateCreationDateTime. DynamoDB Streams sends seconds. Kinesis Data Streams for DynamoDB sends
 * milliseconds or microseconds: the stream's setting decides, and it can change while the stream is live
 * ("ApproximateCreationDateTimePrecision" in the Amazon DynamoDB API Reference). A minor release may add constants.
 *
 * <p>Without a stated unit, the size of a number, without its sign, determines its unit ({@link #ofMagnitude(long)}):
 *
 * <table>
 * <caption>Units by magnitude, and the times after 1970 that each covers</caption>
 * <tr><th>unit</th><th>from</th><th>below</th><th>first time</th><th>last time</th></tr>
 * <tr><td>SECOND</td><td>0</td><td>10<sup>11</sup></td><td>1970-01-01</td><td>5138-11-16</td></tr>
 * <tr><td>MILLISECOND</td><td>10<sup>11</sup></td><td>10<sup>14</sup></td><td>1973-03-03</td><td>5138-11-16</td></tr>
 * <tr><td>MICROSECOND</td><td>10<sup>14</sup></td><td>10<sup>17</sup></td><td>1973-03-03</td><td>5138-11-16</td></tr>
 * <tr><td>NANOSECOND</td><td>10<sup>17</sup></td><td>–</td><td>1973-03-03</td><td>–</td></tr>
 * </table>
 */
public enum TimePrecision {
    /** Seconds. */
    SECOND(0, TimeUnit.SECONDS),
    /** Milliseconds. */
    MILLISECOND(3, TimeUnit.MILLISECONDS),
    /** Microseconds. */
    MICROSECOND(6, TimeUnit.MICROSECONDS),
    /** Nanoseconds. */
    NANOSECOND(9, TimeUnit.NANOSECONDS);

    private static final TimePrecision[] UNITS = values();
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A number counts a unit finer than the second from 10^8 seconds on, counted in that unit: 1973-03-03. */
    private static final int FROM_SECONDS_PLACE = 8;

    private static final long FROM_SECONDS = 100_000_000;

    private final int fractionDigits;
    private final TimeUnit timeUnit;
    private final long perSecond;
    private final int nanos;

    /** The magnitude from which a number counts this unit. */
    private final long from;

    TimePrecision(int fractionDigits, TimeUnit timeUnit) {
        this.fractionDigits = fractionDigits;
        this.timeUnit = timeUnit;
        perSecond = timeUnit.convert(1, TimeUnit.SECONDS);
        nanos = (int) timeUnit.toNanos(1);
        from = fractionDigits == 0 ? 0 : perSecond * FROM_SECONDS;
    }

    /**
     * {@return the unit of a number that does not state one, by the table above}
     *
     * @param epochNumber a number of units since 1970-01-01T00:00:00Z; any long, its sign does not count
     */
    public static TimePrecision ofMagnitude(long epochNumber) {
        long negated = -Math.abs(epochNumber); // not the absolute value, which Long.MIN_VALUE does not have
        return negated > -MILLISECOND.from
                ? SECOND
                : negated > -MICROSECOND.from ? MILLISECOND : negated > -NANOSECOND.from ? MICROSECOND : NANOSECOND;
    }

    /**
     * {@return the unit of a number that does not state one, by the table above} Takes no longer for a large exponent.
     *
     * @param epochNumber a number of units since 1970-01-01T00:00:00Z, which may have a fraction; its sign does not
     *     count
     */
    public static TimePrecision ofMagnitude(BigDecimal epochNumber) {
        return epochNumber.signum() == 0 ? SECOND : ofPlace((long) epochNumber.precision() - epochNumber.scale() - 1);
    }

    /**
     * Returns the unit of a number that does not state one, by the table above.
     *
     * @param place the power of ten of the number's first digit that is not 0
     */
    static TimePrecision ofPlace(long place) {
        TimePrecision unit = SECOND;
        for (int i = 1; i < UNITS.length && place >= FROM_SECONDS_PLACE + UNITS[i].fractionDigits; i++) {
            unit = UNITS[i];
        }
        return unit;
    }

    /**
     * {@return the coarsest unit that counts a fraction of a second exactly: SECOND for 0, MILLISECOND for 26,000,000}
     *
     * @param nano nanoseconds of the second, as {@link Instant#getNano()} and {@link CreationTime#nano()} return them
     * @throws IllegalArgumentException unless it is 0 to 999,999,999
     */
    public static TimePrecision ofFraction(int nano) {
        if (nano < 0 || nano >= NANOS_PER_SECOND) {
            throw new IllegalArgumentException("nano must be 0 to 999999999, is " + nano);
        }
        return nano == 0 ? SECOND : nano % 1_000_000 == 0 ? MILLISECOND : nano % 1000 == 0 ? MICROSECOND : NANOSECOND;
    }

    /** {@return how many of this unit are a second: 1, 1,000, 1,000,000 or 1,000,000,000} */
    public long perSecond() {
        return perSecond;
    }

    /** Returns the whole seconds in a number of this unit, rounded down; divided by constants, which is fast. */
    long seconds(long number) {
        switch (this) {
            case MILLISECOND:
                return Math.floorDiv(number, 1_000L);
            case MICROSECOND:
                return Math.floorDiv(number, 1_000_000L);
            case NANOSECOND:
                return Math.floorDiv(number, NANOS_PER_SECOND);
            default:
                return number;
        }
    }

    /** Returns how many nanoseconds this unit is. */
    int nanos() {
        return nanos;
    }

    /** {@return how many decimal digits of a second this unit counts: 0, 3, 6 or 9} */
    public int fractionDigits() {
        return fractionDigits;
    }

    /** {@return the same unit for {@code java.util.concurrent}} */
    public TimeUnit toTimeUnit() {
        return timeUnit;
    }

    /**
     * {@return the instant that a number in this unit counts, exactly}
     *
     * @param epochNumber how many of this unit after 1970-01-01T00:00:00Z; negative before
     * @throws DateTimeException if an Instant cannot hold it, which only SECOND can exceed: beyond a billion years
     */
    public Instant toInstant(long epochNumber) {
        long second = seconds(epochNumber);
        return Instant.ofEpochSecond(second, (epochNumber - second * perSecond) * nanos);
    }
}
