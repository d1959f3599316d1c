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
 * Points in time as ISO-8601 texts: a date, or date and time with {@code T} or a space between them and an offset or none,
 * which is UTC.
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

    /** Which the format's three optional kinds of one would let pass. */
    private static final Pattern TWO_OFFSETS = Pattern.compile("[Zz].|:.*[+-].*[Zz+-]");

    private IsoText() {}

    /** Milliseconds since 1970, floored; null if the text is no such point in time, or none that fits. */
    static @Nullable Long epochMillis(String text) {
        long usual = UsualIsoText.epochMillis(text);
        if (usual != UsualIsoText.OTHER) {
            return usual;
        }
        // Most texts that are no date show it here, and an exception costs more than all the rest.
        if (text.length() < 10
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

    /** With six digits of a fraction always, so that texts sort as times. */
    static String ofMicros(long epochSecond, int nano) {
        return MICROS.format(Instant.ofEpochSecond(epochSecond, nano));
    }
}
