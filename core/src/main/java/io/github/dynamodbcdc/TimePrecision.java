package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * The unit of ApproximateCreationDateTime. DynamoDB Streams sends seconds, Kinesis Data Streams for DynamoDB milliseconds
 * or microseconds by the stream's setting, which can change on a live stream ("ApproximateCreationDateTimePrecision" in
 * the Amazon DynamoDB API Reference). A minor release may add constants.
 */
public enum TimePrecision {
    /** Seconds. */
    SECOND(0),
    /** Milliseconds. */
    MILLISECOND(3),
    /** Microseconds. */
    MICROSECOND(6),
    /** Nanoseconds. */
    NANOSECOND(9);

    private static final TimePrecision[] UNITS = values();

    /** How many digits of a count in this unit are fractions of a second. */
    final int digits;

    TimePrecision(int digits) {
        this.digits = digits;
    }

    /** The unit of this name, exactly; null for any other. */
    static @Nullable TimePrecision named(byte[] data, int base, long span) {
        for (TimePrecision unit : UNITS) {
            if (JsonText.is(data, base, span, unit.name())) {
                return unit;
            }
        }
        return null;
    }

    /** The coarsest unit that a fraction of a second is a whole number of. */
    static TimePrecision coarsest(int nano) {
        return nano == 0 ? SECOND : nano % 1_000_000 == 0 ? MILLISECOND : nano % 1000 == 0 ? MICROSECOND : NANOSECOND;
    }
}
