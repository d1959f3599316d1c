package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * ApproximateCreationDateTime, spelled so that who decodes it finds the same instant and unit, and decides alike how
 * often binary was encoded, where that depends on whether the unit is seconds ({@link BinaryEncoding#AUTO}).
 */
final class CreationTimeJson {
    private static final String NAME = "ApproximateCreationDateTime";

    /** Where the sizes of numbers without a unit begin to mean milliseconds, microseconds and nanoseconds. */
    private static final BigDecimal MILLIS_FROM = new BigDecimal("1E11");

    private static final BigDecimal MICROS_FROM = new BigDecimal("1E14");
    private static final BigDecimal NANOS_FROM = new BigDecimal("1E17");

    private CreationTimeJson() {}

    static void write(CreationTime time, ChangeEvent event, JsonGenerator json) throws IOException {
        BinaryEncoding binary = event.channel() == Channel.KINESIS ? event.binaryEncoding() : null;
        TimePrecision unit = time.precision();
        BigDecimal seconds = seconds(time);
        BigDecimal number = seconds.scaleByPowerOfTen(digits(unit));
        // Of what is not an integer the unit is the coarsest.
        boolean asInteger = unit != coarsest(time) || !decidesOtherwise(unit, binary);
        boolean asSeconds = binary == BinaryEncoding.SINGLE && inferred(seconds) == TimePrecision.SECOND;
        if (!asInteger && asSeconds) {
            json.writeNumberField(NAME, seconds.stripTrailingZeros());
            statement(time, TimePrecision.SECOND, json);
        } else if (time.stated() || (asInteger && inferred(number) == unit)) {
            json.writeNumberField(NAME, number.toBigInteger());
            statement(time, unit, json);
        } else {
            json.writeStringField(NAME, time.toString());
        }
    }

    private static void statement(CreationTime time, TimePrecision unit, JsonGenerator json) throws IOException {
        if (time.stated()) {
            json.writeStringField("ApproximateCreationDateTimePrecision", unit.name());
        }
    }

    /** Whether an integer in this unit may have another encoding decided: in seconds SINGLE, else DOUBLE. */
    private static boolean decidesOtherwise(TimePrecision unit, @Nullable BinaryEncoding binary) {
        return unit == TimePrecision.SECOND ? binary == BinaryEncoding.DOUBLE : binary == BinaryEncoding.SINGLE;
    }

    /** The text of WriteTimestampMicros: microseconds, or the unit that was applied where the number was in another. */
    static String exportText(CreationTime time) {
        int digits = time.stated() ? digits(TimePrecision.MICROSECOND) : digits(time.precision());
        return seconds(time).scaleByPowerOfTen(digits).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal seconds(CreationTime time) {
        return BigDecimal.valueOf(time.epochSecond()).add(BigDecimal.valueOf(time.nano(), 9));
    }

    private static TimePrecision inferred(BigDecimal number) {
        BigDecimal size = number.abs();
        return size.compareTo(MILLIS_FROM) < 0
                ? TimePrecision.SECOND
                : size.compareTo(MICROS_FROM) < 0
                        ? TimePrecision.MILLISECOND
                        : size.compareTo(NANOS_FROM) < 0 ? TimePrecision.MICROSECOND : TimePrecision.NANOSECOND;
    }

    private static int digits(TimePrecision unit) {
        switch (unit) {
            case SECOND:
                return 0;
            case MILLISECOND:
                return 3;
            case MICROSECOND:
                return 6;
            default:
                return 9;
        }
    }

    private static TimePrecision coarsest(CreationTime time) {
        int nano = time.nano();
        return nano == 0
                ? TimePrecision.SECOND
                : nano % 1_000_000 == 0
                        ? TimePrecision.MILLISECOND
                        : nano % 1000 == 0 ? TimePrecision.MICROSECOND : TimePrecision.NANOSECOND;
    }
}
