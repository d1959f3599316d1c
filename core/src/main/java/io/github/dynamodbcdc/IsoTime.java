package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Parses ISO-8601 like {@code DateTimeFormatter.ISO_OFFSET_DATE_TIME}, with {@code T} or a space between date and time.
 * Parsing the usual form, {@code 2024-06-22T07:04:39.869Z} with or without seconds and fraction and with any offset,
 * creates no object. A formatter parses other forms.
 */
final class IsoTime {
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;

    /** The largest offset of ISO-8601 in java.time, in seconds. */
    private static final int MAX_OFFSET = 18 * 3600;

    private static final int DAYS_OF_400_YEARS = 146_097;
    private static final int DAYS_FROM_MARCH_OF_YEAR_0_TO_1970 = 719_468;

    /** The length of {@code yyyy-MM-ddTHH:mm}. */
    private static final int MINUTES_LENGTH = 16;

    private static final DateTimeFormatter MAYBE_WITHOUT_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT);

    private IsoTime() {}

    /**
     * Parses a text into {@code time}, and returns false if it is not an instant.
     *
     * @param utc whether a text without an offset is accepted, as UTC
     */
    static boolean parse(byte[] text, int from, int to, CreationTime.Fields time, boolean utc) {
        if (usual(text, from, to, time, utc)) {
            return true;
        }
        Instant instant;
        try {
            instant = instant(withT(new String(text, from, to - from, UTF_8)), utc);
        } catch (DateTimeException e) {
            return false; // without its message, which quotes the text
        }
        time.epochSecond = instant.getEpochSecond();
        time.nano = instant.getNano();
        return true;
    }

    private static Instant instant(String text, boolean utc) {
        if (!utc) {
            return OffsetDateTime.parse(text).toInstant();
        }
        TemporalAccessor parsed = MAYBE_WITHOUT_OFFSET.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime
                ? ((OffsetDateTime) parsed).toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    /** Returns the text with its only space replaced by {@code T}; the same text if it has no or several spaces. */
    private static String withT(String text) {
        int space = text.indexOf(' ');
        return space < 0 || space != text.lastIndexOf(' ') ? text : text.replace(' ', 'T');
    }

    private static boolean usual(byte[] text, int from, int to, CreationTime.Fields time, boolean utc) {
        int shortest = utc ? MINUTES_LENGTH : MINUTES_LENGTH + 1; // at least a Z
        if (to - from < shortest || text[from + 4] != '-' || text[from + 7] != '-' || text[from + 13] != ':') {
            return false;
        }
        int century = twoDigits(text, from);
        int ofCentury = twoDigits(text, from + 2);
        int year = century * 100 + ofCentury;
        int month = twoDigits(text, from + 5);
        int day = twoDigits(text, from + 8);
        int hour = twoDigits(text, from + 11);
        int minute = twoDigits(text, from + 14);
        byte separator = text[from + 10];
        if (((separator | 0x20) != 't' && separator != ' ') || century < 0 || ofCentury < 0) {
            return false;
        }
        int p = from + MINUTES_LENGTH;
        int second = 0;
        int nano = 0;
        if (p < to && text[p] == ':') {
            if (to - p < 3) {
                return false;
            }
            second = twoDigits(text, p + 1);
            p += 3;
            if (p < to && text[p] == '.') {
                int digits = 0;
                for (p++; p < to && JsonScanner.isDigit(text[p]) && digits < NANO_DIGITS; p++, digits++) {
                    nano = nano * 10 + (text[p] - '0');
                }
                for (; digits < NANO_DIGITS; digits++) {
                    nano *= 10;
                }
            }
        }
        int offset = p == to && utc ? 0 : offset(text, p, to);
        if (offset == Integer.MIN_VALUE || !isDay(year, month, day) || !isTime(hour, minute, second)) {
            return false;
        }
        time.epochSecond = epochDay(year, month, day) * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second - offset;
        time.nano = nano;
        return true;
    }

    /** Returns the value of the two digits at {@code p}; negative if one of them is not a digit. */
    private static int twoDigits(byte[] text, int p) {
        return JsonScanner.isDigit(text[p]) && JsonScanner.isDigit(text[p + 1])
                ? (text[p] - '0') * 10 + (text[p + 1] - '0')
                : -1;
    }

    /**
     * Returns the offset {@code Z}, {@code ±HH:mm} or {@code ±HH:mm:ss}, in seconds; for any other text, MIN_VALUE.
     */
    private static int offset(byte[] text, int p, int to) {
        int length = to - p;
        if (length == 0) {
            return Integer.MIN_VALUE;
        }
        if (length == 1 && (text[p] | 0x20) == 'z') {
            return 0;
        }
        if ((length != 6 && length != 9) || (text[p] != '+' && text[p] != '-') || text[p + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hour = twoDigits(text, p + 1);
        int minute = twoDigits(text, p + 4);
        int second = length == 6 ? 0 : text[p + 6] == ':' ? twoDigits(text, p + 7) : -1;
        int offset = hour * 3600 + minute * 60 + second;
        return !isTime(hour, minute, second) || offset > MAX_OFFSET
                ? Integer.MIN_VALUE
                : text[p] == '-' ? -offset : offset;
    }

    private static boolean isTime(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    }

    private static boolean isDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int days = month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        return day <= days;
    }

    /** Returns the days since 1970-01-01, for a year of at least 0. Years begin in March, so a leap day is last. */
    private static long epochDay(int year, int month, int day) {
        int fromMarch = month > 2 ? month - 3 : month + 9;
        long y = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(y, 400);
        long ofEra = y - era * 400;
        long dayOfYear = (153L * fromMarch + 2) / 5 + day - 1;
        long dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear;
        return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_FROM_MARCH_OF_YEAR_0_TO_1970;
    }
}
