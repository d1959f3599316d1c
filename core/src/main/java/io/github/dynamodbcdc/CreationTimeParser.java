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
 * arithmetic on the text, never through double; for the integers of up to 18 digits that DynamoDB mostly sends, in longs.
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

    /** How many of each unit are a second. */
    private static final long[] PER_SECOND = {1, 1_000, 1_000_000, 1_000_000_000};

    /** From these on the integral part of a number is milliseconds, microseconds, nanoseconds. */
    private static final long[] BANDS = {100_000_000_000L, 100_000_000_000_000L, 100_000_000_000_000_000L};

    private static final long FIRST_PLAUSIBLE =
            Instant.parse("1973-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_PLAUSIBLE =
            Instant.parse("5138-12-31T23:59:59Z").getEpochSecond();

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger MICROS_PER_SECOND = BigInteger.valueOf(1_000_000);

    /** Seconds within these have microseconds that fit a long. */
    private static final long SAFE_SECOND = Long.MAX_VALUE / 1_000_000 - 1;

    private static final int SAFE_DIGITS = 18;

    private final @Nullable TimePrecision stated;
    private final @Nullable TimePrecision override;
    private final TimeFields time;

    private CreationTimeParser(@Nullable TimePrecision stated, @Nullable TimePrecision override, TimeFields time) {
        this.stated = stated;
        this.override = override;
        this.time = time;
    }

    /**
     * Puts the time that a stretch means into {@code time}; false if it means none, or one whose {@code epochMicros()}
     * does not fit a long.
     *
     * @param quoted whether it is the content of a string, where it may be ISO-8601, and not a JSON number
     * @param stated the unit that the record states
     * @param override the unit that the caller states, whatever the record says
     */
    static boolean parse(
            RecordIndex index,
            long span,
            boolean quoted,
            @Nullable TimePrecision stated,
            @Nullable TimePrecision override) {
        if (!quoted && shortInteger(index, span, stated, override)) {
            return true;
        }
        if (JsonText.utf8Length(index.data, index.base, span) > MAX_LENGTH) {
            return false;
        }
        return new CreationTimeParser(stated, override, index.time).text(index.text(span), quoted);
    }

    /** An integer of up to 18 digits; false if it is none, or might not fit. */
    private static boolean shortInteger(
            RecordIndex index, long span, @Nullable TimePrecision stated, @Nullable TimePrecision override) {
        byte[] data = index.data;
        int p = index.base + Span.start(span);
        int end = p + Span.length(span);
        boolean negative = data[p] == '-';
        if (negative) {
            p++;
        }
        // In an export's attribute value there may be leading zeros, which a JSON number has not.
        if (end - p > SAFE_DIGITS || end == p || (data[p] == '0' && end - p > 1)) {
            return false;
        }
        long value = 0;
        for (; p < end; p++) {
            if (!JsonScanner.isDigit(data[p])) {
                return false;
            }
            value = value * 10 + (data[p] - '0');
        }
        TimePrecision inferred = value < BANDS[0]
                ? TimePrecision.SECOND
                : value < BANDS[1]
                        ? TimePrecision.MILLISECOND
                        : value < BANDS[2] ? TimePrecision.MICROSECOND : TimePrecision.NANOSECOND;
        value = negative ? -value : value;
        TimePrecision unit = override != null ? override : stated != null ? stated : inferred;
        if (override == null && !isPlausible(value, unit) && isPlausible(value, inferred)) {
            unit = inferred;
        }
        long perSecond = PER_SECOND[unit.digits / 3];
        long second = Math.floorDiv(value, perSecond);
        if (second > SAFE_SECOND || second < -SAFE_SECOND) {
            return false;
        }
        TimeFields time = index.time;
        time.epochSecond = second;
        time.nano = (int) (Math.floorMod(value, perSecond) * (PER_SECOND[3] / perSecond));
        time.unit = unit;
        time.precision = unit;
        time.stated = override != null || unit == stated;
        return true;
    }

    private static boolean isPlausible(long value, TimePrecision unit) {
        long second = Math.floorDiv(value, PER_SECOND[unit.digits / 3]);
        return second >= FIRST_PLAUSIBLE && second <= LAST_PLAUSIBLE;
    }

    private boolean text(String text, boolean quoted) {
        if (!NUMBER.matcher(text).matches()) {
            return quoted && iso(text);
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        boolean tooLong = mantissa.chars().filter(c -> c >= '0' && c <= '9').count() > MAX_DIGITS;
        return !tooLong && number(new BigDecimal(text));
    }

    private boolean iso(String text) {
        Instant instant;
        try {
            instant = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return false; // and not its message, which quotes the text
        }
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano()));
        return set(nanos, null, null, false);
    }

    private boolean number(BigDecimal value) {
        TimePrecision inferred = byMagnitude(value);
        TimePrecision unit = override != null ? override : stated != null ? stated : inferred;
        if (override == null && !isPlausible(value, unit) && isPlausible(value, inferred)) {
            unit = inferred;
        }
        boolean integral = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        boolean isStated = override != null || unit == stated;
        return set(nanos(value, unit), unit, integral ? unit : null, isStated);
    }

    private static TimePrecision byMagnitude(BigDecimal value) {
        BigDecimal size = value.abs();
        int band = 0;
        while (band < BANDS.length && size.compareTo(BigDecimal.valueOf(BANDS[band])) >= 0) {
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

    private boolean set(
            BigInteger nanos, @Nullable TimePrecision unit, @Nullable TimePrecision precision, boolean isStated) {
        BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        boolean borrow = parts[1].signum() < 0;
        BigInteger second = borrow ? parts[0].subtract(BigInteger.ONE) : parts[0];
        int nano = parts[1].intValue() + (borrow ? 1_000_000_000 : 0);
        BigInteger micros = second.multiply(MICROS_PER_SECOND).add(BigInteger.valueOf(nano / 1000));
        if (micros.bitLength() >= Long.SIZE) {
            return false;
        }
        time.epochSecond = second.longValue();
        time.nano = nano;
        time.unit = unit;
        time.precision = precision != null ? precision : TimePrecision.coarsest(nano);
        time.stated = isStated;
        return true;
    }
}
