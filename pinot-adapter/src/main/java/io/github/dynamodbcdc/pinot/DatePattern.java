package io.github.dynamodbcdc.pinot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.DateTimeFormatSpec;

/**
 * Formats times by a SIMPLE_DATE_FORMAT of Pinot, with finer fractions. Pinot formats milliseconds only, so that
 * further fraction digits of a pattern ({@code SSSSSS}) would all be 0.
 */
final class DatePattern {
    private static final Pattern MORE_THAN_MILLIS = Pattern.compile("SSS(S+)");

    /** A placeholder for the digits finer than milliseconds. It is no letter, so a pattern copies it unchanged. */
    private static final String FINER = "\u0001";

    private static final int DIGITS_IN_MILLI = 6;
    private static final int NANOS_IN_MILLI = 1_000_000;

    private static final long START_OF_2023 = 1_672_531_200_000L;
    private static final long START_OF_2010 = 1_262_304_000_000L;

    /** About half an hour, with different minutes, seconds and milliseconds at each step. */
    private static final long HALF_AN_HOUR = 1_777_331;

    private static final long THIRD_OF_A_SECOND = 331;
    private static final long DAY = 86_400_000;

    /** 44 minutes and 55 seconds, which have two digits each. */
    private static final long LATE_IN_HOUR = 2695;

    private static final int NANOS_WITH_NINE_DIGITS = 987_654_321;

    /** With this step each day has an hour of two digits, in any zone: 10 to 23, or 10 to 12 before and after noon. */
    private static final long THREE_HOURS = 10_800;

    private static final long LEAP_YEAR = 366 * DAY / 1000;

    /** Bounds each of the maps: a server has few tables, and each has few formats. */
    private static final int MAX_REMEMBERED = 256;

    /** Whether each format is ordered, because every consuming segment asks again, and the answer takes long. */
    private static final Map<String, Boolean> ORDERED = new ConcurrentHashMap<>();

    /** The greatest length of each format, for the same reason. */
    private static final Map<String, Integer> LENGTHS = new ConcurrentHashMap<>();

    private final String pinotFormat;
    private final DateTimeFormatSpec format;
    private final int finerDigits;

    DatePattern(String pinotFormat) {
        this.pinotFormat = pinotFormat;
        Matcher fraction = MORE_THAN_MILLIS.matcher(pinotFormat);
        finerDigits = fraction.find() ? fraction.group(1).length() : 0;
        format = new DateTimeFormatSpec(finerDigits == 0 ? pinotFormat : fraction.replaceFirst("SSS" + FINER));
    }

    String format(long epochSecond, int nano) {
        String text =
                format.fromMillisToFormat(Math.addExact(Math.multiplyExact(epochSecond, 1000), nano / NANOS_IN_MILLI));
        return finerDigits == 0 ? text : text.replace(FINER, finer(nano % NANOS_IN_MILLI));
    }

    private String finer(int nanoOfMilli) {
        StringBuilder digits = new StringBuilder(Integer.toString(NANOS_IN_MILLI + nanoOfMilli));
        digits.deleteCharAt(0);
        while (digits.length() < finerDigits) {
            digits.append('0');
        }
        return digits.substring(0, finerDigits);
    }

    boolean isNumeric() {
        return format(START_OF_2023 / 1000, 0).matches("[0-9]{1,18}");
    }

    boolean isCoarserThanMicros() {
        return finerDigits < DIGITS_IN_MILLI / 2;
    }

    /** Returns whether later times have texts that sort later, or larger numbers. */
    boolean isOrdered(boolean asNumber) {
        return remembered(ORDERED, asNumber + " " + pinotFormat, () -> findOrder(asNumber));
    }

    /**
     * Returns the greatest length of a time in the year that begins at {@code epochSecond}. It differs by the day and
     * by the hour, because a pattern may contain names of months and of days, and hours of one digit or two.
     */
    int greatestLength(long epochSecond) {
        return remembered(LENGTHS, epochSecond + " " + pinotFormat, () -> findLength(epochSecond + LATE_IN_HOUR));
    }

    private static <T> T remembered(Map<String, T> answers, String key, Supplier<T> question) {
        T known = answers.get(key);
        if (known != null) {
            return known;
        }
        T answer = question.get();
        if (answers.size() < MAX_REMEMBERED) {
            answers.put(key, answer);
        }
        return answer;
    }

    private int findLength(long start) {
        int longest = 0;
        for (long time = start; time < start + LEAP_YEAR; time += THREE_HOURS) {
            longest = Math.max(longest, format(time, NANOS_WITH_NINE_DIGITS).length());
        }
        return longest;
    }

    /**
     * Tries every half hour of a year, including the hour when clocks are set back; parts of a second over some
     * minutes; and every day of thirty years, because the years of weeks begin on other days.
     */
    private boolean findOrder(boolean asNumber) {
        return isOrdered(asNumber, START_OF_2023, HALF_AN_HOUR, 365 * DAY)
                && isOrdered(asNumber, START_OF_2023, THIRD_OF_A_SECOND, DAY / 720)
                && isOrdered(asNumber, START_OF_2010, DAY, 365 * 30 * DAY);
    }

    /** Tries times from {@code start}, for so long, in milliseconds. */
    private boolean isOrdered(boolean asNumber, long start, long step, long duration) {
        String last = ofMillis(start - step);
        for (long time = start; time <= start + duration; time += step) {
            String text = ofMillis(time);
            int order = asNumber ? Long.compare(Long.parseLong(last), Long.parseLong(text)) : last.compareTo(text);
            if (order > 0) {
                return false;
            }
            last = text;
        }
        return true;
    }

    private String ofMillis(long time) {
        return format(time / 1000, (int) (time % 1000) * NANOS_IN_MILLI);
    }
}
