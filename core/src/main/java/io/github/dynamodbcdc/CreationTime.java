package io.github.dynamodbcdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of a change: ApproximateCreationDateTime, or WriteTimestampMicros of an incremental export, exact to the
 * nanosecond in any unit. The service calls it approximate: of two changes of one item at the same time, the records do
 * not show the order.
 *
 * <p>The unit is that of {@code Builder.timePrecision}, if that is set and the record is not of an incremental export.
 * Otherwise it is the one that the record states: ApproximateCreationDateTimePrecision, or microseconds in an
 * incremental export. If the stated unit puts the time outside the years 1973 to 5138, and the magnitude of the number
 * puts it inside, the magnitude determines the unit. It also does so if the record states no unit: below
 * 10<sup>11</sup> seconds, below 10<sup>14</sup> milliseconds, below 10<sup>17</sup> microseconds, else nanoseconds
 * ({@link TimePrecision#ofMagnitude(long)}). Digits finer than a nanosecond are dropped, toward the past.
 *
 * <p>A string is read as ISO-8601, or else as the text of a JSON number. Of ISO-8601, the extended form of date and
 * time with an offset is read, as {@link java.time.OffsetDateTime#parse(CharSequence)} reads it: seconds and their
 * fraction may be absent, and the offset is {@code Z}, {@code +02}, {@code +02:00} or {@code +02:00:00}. There may also
 * be a space for the {@code T}, and any number of digits in the fraction, but at least one. Without an offset, a text
 * is BAD_TIME unless {@code Builder.timesWithoutOffsetAsUtc} is set. 0 is 1970.
 *
 * <p>These are BAD_TIME: texts that are neither, such as with {@code +0200}, {@code 24:00:00}, a leap second, a comma
 * for the point, or in the basic form {@code 20240622T070439Z}; numbers of more than 40 digits or with an exponent of
 * more than three digits; anything of more than 1,024 bytes; and instants whose {@link #epochMicros()} does not fit a
 * long. A stated unit that is not exactly SECOND, MILLISECOND, MICROSECOND or NANOSECOND is ignored.
 *
 * <p>Order and equality are those of the instant: times in different units compare correctly, and are equal if they are
 * the same instant. Immutable and thread-safe; it does not refer to the record.
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

    /**
     * {@return the time that a record shows by a number of this unit} The record states the unit, except SECOND, the
     * unit of DynamoDB Streams, whose records state none.
     *
     * @param instant is rounded down to the unit
     * @param unit what the number counts
     * @throws IllegalArgumentException if its {@link #epochMicros()} does not fit a long
     */
    public static CreationTime of(Instant instant, TimePrecision unit) {
        return of(instant, unit, unit != TimePrecision.SECOND);
    }

    /**
     * {@return the time that a record shows by a number of this unit, which the record states or not}
     *
     * @param instant is rounded down to the unit
     * @param unit what the number counts
     * @param stated whether the record states the unit ({@link #stated()})
     * @throws IllegalArgumentException if its {@link #epochMicros()} does not fit a long
     */
    public static CreationTime of(Instant instant, TimePrecision unit, boolean stated) {
        Fields time = new Fields();
        time.epochSecond = instant.getEpochSecond();
        time.nano = instant.getNano() - instant.getNano() % unit.nanos();
        time.precision = unit;
        time.stated = stated;
        if (!time.fits()) {
            throw new IllegalArgumentException("the microseconds of a time must fit a long");
        }
        return time.toCreationTime();
    }

    /** {@return the seconds since 1970-01-01T00:00:00Z, floored} */
    public long epochSecond() {
        return epochSecond;
    }

    /** {@return the nanoseconds since {@link #epochSecond()}, 0 to 999,999,999} */
    public int nano() {
        return nano;
    }

    /**
     * {@return the unit in which the number was read; for ISO-8601 text, and for a number with a fraction, the coarsest
     * unit that counts the instant exactly}
     */
    public TimePrecision precision() {
        return precision;
    }

    /** {@return whether the unit was stated, by the record or by {@code Builder.timePrecision}, and not inferred} */
    public boolean stated() {
        return stated;
    }

    /** {@return the instant} */
    public Instant toInstant() {
        return Instant.ofEpochSecond(epochSecond, nano);
    }

    /** {@return the milliseconds since 1970-01-01T00:00:00Z, floored} */
    public long epochMillis() {
        return epochSecond * 1000 + nano / 1_000_000;
    }

    /**
     * {@return the microseconds since 1970-01-01T00:00:00Z, floored} Use it to order events: it has one unit for all
     * events, as fine as any channel sends.
     */
    public long epochMicros() {
        return epochMicros(epochSecond, nano);
    }

    private static long epochMicros(long epochSecond, int nano) {
        return epochSecond * 1_000_000 + nano / 1000;
    }

    @Override
    public int compareTo(CreationTime other) {
        int bySecond = Long.compare(epochSecond, other.epochSecond);
        return bySecond != 0 ? bySecond : Integer.compare(nano, other.nano);
    }

    /** {@return whether the other is the same instant, in any unit} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreationTime && compareTo((CreationTime) other) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(epochSecond) * 31 + nano;
    }

    /** {@return the instant in ISO-8601, such as {@code 2024-06-22T07:04:39.869591Z}} */
    @Override
    public String toString() {
        return toInstant().toString();
    }

    /** The mutable form of a {@link CreationTime}, which an index reuses. */
    static final class Fields {
        private static final byte[] NOTHING = {};
        private static final long MICROS_PER_SECOND = 1_000_000;

        long epochSecond;
        int nano;

        /** The unit that was applied to the number; null if the time was ISO-8601 text. */
        @Nullable
        TimePrecision unit;

        TimePrecision precision = TimePrecision.SECOND;
        boolean stated;

        /** Memory for unescaping a text with escapes. */
        private byte[] scratch = NOTHING;

        /** Returns whether the microseconds fit a long. */
        boolean fits() {
            long bound = epochSecond < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            long second = Math.floorDiv(bound, MICROS_PER_SECOND);
            if (epochSecond != second) {
                return Math.abs(epochSecond) < Math.abs(second);
            }
            long micro = Math.floorMod(bound, MICROS_PER_SECOND);
            return bound < 0 ? nano / 1000 >= micro : nano / 1000 <= micro;
        }

        /** Returns memory of at least {@code length} bytes. */
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

        long epochMicros() {
            return CreationTime.epochMicros(epochSecond, nano);
        }

        CreationTime toCreationTime() {
            return new CreationTime(epochSecond, nano, precision, stated);
        }
    }
}
