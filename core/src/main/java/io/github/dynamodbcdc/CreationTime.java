package io.github.dynamodbcdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When DynamoDB made the change: ApproximateCreationDateTime, exact to the nanosecond, whatever unit it came in. The
 * service says "approximate"; of two changes of one item in the same unit's tick, the record does not tell the order.
 *
 * <p>The unit is the one that the record states (ApproximateCreationDateTimePrecision), unless that puts the time outside
 * the years 1973 to 5138 and the size of the number does not; without a statement, the size of the number tells: below
 * 10<sup>11</sup> seconds, below 10<sup>14</sup> milliseconds, below 10<sup>17</sup> microseconds, else nanoseconds.
 * Digits finer than a nanosecond are dropped toward the past.
 *
 * <p>A string is read as ISO-8601 with {@code Z} or an offset, or else as the text of a JSON number. 0 is 1970. Numbers of
 * more than 40 digits, or with an exponent of more than three, texts that are neither, and instants whose
 * {@link #epochMicros()} does not fit a long, are BAD_TIME. A stated unit other than SECOND, MILLISECOND, MICROSECOND and
 * NANOSECOND, exactly so, counts as none.
 *
 * <p>Order and equality are those of the instant: times of different units compare rightly, and are equal when they are
 * the same instant. Immutable.
 */
public final class CreationTime implements Comparable<CreationTime> {
    private final long epochSecond;
    private final int nano;

    private final TimePrecision precision;
    private final boolean stated;
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    CreationTime(long epochSecond, int nano, TimePrecision precision, boolean stated) {
        this.epochSecond = epochSecond;
        this.nano = nano;
        this.precision = precision;
        this.stated = stated;
    }

    /** Seconds since 1970-01-01T00:00:00Z, floored. */
    public long epochSecond() {
        return epochSecond;
    }

    /** Nanoseconds since {@link #epochSecond()}, 0 to 999,999,999. */
    public int nano() {
        return nano;
    }

    /**
     * The unit that was applied; for ISO-8601 text, and for a number with a fraction, the coarsest unit that
     * holds the instant exactly.
     */
    public TimePrecision precision() {
        return precision;
    }

    /** Whether the unit was stated, by the record or by {@code Builder.timePrecision}, and not inferred. */
    public boolean stated() {
        return stated;
    }

    /** The instant. */
    public Instant toInstant() {
        return Instant.ofEpochSecond(epochSecond, nano);
    }

    /** Milliseconds since 1970-01-01T00:00:00Z, floored. */
    public long epochMillis() {
        return epochSecond * 1000 + nano / 1_000_000;
    }

    /**
     * Microseconds since 1970-01-01T00:00:00Z, floored. The value to order events by: one unit for all, as fine as any
     * channel sends.
     */
    public long epochMicros() {
        return epochSecond * 1_000_000 + nano / 1000;
    }

    @Override
    public int compareTo(CreationTime other) {
        int bySecond = Long.compare(epochSecond, other.epochSecond);
        return bySecond != 0 ? bySecond : Integer.compare(nano, other.nano);
    }

    /** Whether the other is the same instant, whatever unit it came in. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreationTime && compareTo((CreationTime) other) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(epochSecond) * 31 + nano;
    }

    /** The instant in ISO-8601, as {@code 2024-06-22T07:04:39.869591Z}. */
    @Override
    public String toString() {
        return toInstant().toString();
    }

    /** A point in time as a {@link CreationTime} has it, in fields that can be filled again. */
    static final class Fields {
        long epochSecond;
        int nano;

        /** What the number counted; null where the time was no number. */
        @Nullable
        TimePrecision unit;

        TimePrecision precision = TimePrecision.SECOND;
        boolean stated;

        /** Where a text with escapes is unescaped. */
        private byte[] scratch = {};

        /** At least so many bytes of memory. */
        byte[] scratch(int length) {
            if (scratch.length < length) {
                scratch = new byte[length];
            }
            return scratch;
        }

        void set(Fields other) {
            epochSecond = other.epochSecond;
            nano = other.nano;
            unit = other.unit;
            precision = other.precision;
            stated = other.stated;
        }

        CreationTime toCreationTime() {
            return new CreationTime(epochSecond, nano, precision, stated);
        }
    }
}
