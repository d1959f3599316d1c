package io.github.dynamodbcdc.pinot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes points in time as ISO-8601 texts: a date, or a date and a time with {@code T} or a space between
 * them. An offset may follow; without one, the text is UTC.
 *
 * <p>Nearly all items hold one form, {@code 2024-06-22T07:04:39} with or without a fraction and a {@code Z}. It is read
 * digit by digit, because {@link DateTimeFormatter} takes ten times as long and allocates 3 KB for each text.
 */
final class IsoText {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT); // 24:00 would lose its day

    private static final DateTimeFormatter MICROS = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private static final Pattern SPACE = Pattern.compile(" ");

    /** Two offsets, which the three optional forms of one in {@link #FORMAT} would accept. */
    private static final Pattern TWO_OFFSETS = Pattern.compile("[Zz].|:.*[+-].*[Zz+-]");

    /** The result of {@link #usualMillis} for a text in another form. */
    private static final long OTHER = Long.MIN_VALUE;

    /** Of a year of ten digits with a sign, the other fields, a fraction of nine digits, and an offset. */
    private static final int MAX_LENGTH = 42;

    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION = 9;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long SECONDS_PER_DAY = 86_400;

    private IsoText() {}

    /** Returns the milliseconds since 1970, floored; null if the text is no such point in time, or one out of range. */
    static @Nullable Long epochMillis(String text) {
        long usual = usualMillis(text);
        if (usual != OTHER) {
            return usual;
        }
        // Rejects most texts that are no date here, because an exception costs more than everything else together, and
        // long ones, for which the next pattern would take time quadratic in their length.
        if (text.length() < 10
                || text.length() > MAX_LENGTH
                || !Character.isDigit(text.charAt(text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0))) {
            return null;
        }
        try {
            if (TWO_OFFSETS.matcher(text).find()) {
                return null;
            }
            TemporalAccessor parsed = FORMAT.parse(SPACE.matcher(text).replaceFirst("T"));
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            ZoneOffset offset = parsed.query(TemporalQueries.offset());
            return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                    .toInstant(offset == null ? ZoneOffset.UTC : offset)
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException notATime) {
            return null;
        }
    }

    /** Writes a point in time with six fraction digits always, so texts sort as their times do. */
    static String ofMicros(long epochSecond, int nano) {
        return MICROS.format(Instant.ofEpochSecond(epochSecond, nano));
    }

    // ------------------------------------------------------------------------------------------------ the usual form

    /** Returns the milliseconds since 1970, floored; {@link #OTHER} if the text is in another form, valid or not. */
    private static long usualMillis(String text) {
        if (text.length() < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return OTHER;
        }
        int millis = millisAfterSeconds(text);
        int date = number(text, 0, 4) | number(text, 5, 7) | number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        if ((millis | date | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return OTHER;
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            long seconds = day * SECONDS_PER_DAY + ((hour * 60) + minute) * 60L + second;
            return seconds * MILLIS_PER_SECOND + millis;
        } catch (DateTimeException noSuchDay) {
            return OTHER;
        }
    }

    /** Returns the fraction after the seconds, cut off to milliseconds; negative if anything else follows them. */
    private static int millisAfterSeconds(String text) {
        if (text.length() == SECONDS_END) {
            return 0;
        }
        int end = text.length() - (text.charAt(text.length() - 1) == 'Z' ? 1 : 0);
        if (end == SECONDS_END) {
            return 0;
        }
        int digits = end - SECONDS_END - 1;
        if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > MAX_FRACTION) {
            return -1;
        }
        int fraction = number(text, SECONDS_END + 1, end);
        for (; digits < 3; digits++) {
            fraction *= 10;
        }
        for (; digits > 3 && fraction > 0; digits--) {
            fraction /= 10;
        }
        return fraction;
    }

    /** Returns a number of up to nine digits; −1 if a character is no digit. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
