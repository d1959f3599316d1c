package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time of an envelope: seconds with a fraction as Lambda writes them, milliseconds as Firehose does. */
final class ArrivalTime {
    /** Short enough, and with an exponent small enough, that nothing large comes of it. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE]\\+?[0-9]{1,2})?");

    /** From here on a number is milliseconds: as seconds it would be the year 5138. */
    private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

    /** As nanoseconds it still fits a long. */
    private static final BigDecimal LATEST_SECOND = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000_000 - 1);

    private ArrivalTime() {}

    /** The time that a number's text means; null if there is none, or it is no such number. */
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null || !NUMBER.matcher(text).matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        BigDecimal seconds = number.compareTo(MILLISECONDS) < 0 ? number : number.movePointLeft(3);
        if (seconds.compareTo(LATEST_SECOND) > 0) {
            return null;
        }
        long nanos = seconds.movePointRight(9).setScale(0, RoundingMode.FLOOR).longValueExact();
        return Instant.ofEpochSecond(0, nanos);
    }
}
