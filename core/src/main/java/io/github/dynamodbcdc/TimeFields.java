package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** A point in time as a {@link CreationTime} has it, in fields that can be filled again. */
final class TimeFields {
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

    void set(TimeFields other) {
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
