package io.github.dynamodbcdc.pinot;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The ISO-8601 texts that nearly all items have, {@code 2024-06-22T07:04:39} with a fraction and a {@code Z} or without,
 * read digit by digit: {@link java.time.format.DateTimeFormatter} takes ten times as long and allocates 3 KB for each.
 */
final class UsualIsoText {
    /** What {@link #epochMillis} returns of every other text. */
    static final long OTHER = Long.MIN_VALUE;

    private static final int SECONDS_END = 19;
    private static final int MAX_FRACTION = 9;
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long SECONDS_PER_DAY = 86_400;

    private UsualIsoText() {}

    /** Milliseconds since 1970, floored; {@link #OTHER} if the text is another, right or not. */
    static long epochMillis(String text) {
        if (text.length() < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return OTHER;
        }
        int millis = millisBehind(text);
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

    /** The fraction behind the seconds, cut off to milliseconds; negative if there is something else. */
    private static int millisBehind(String text) {
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

    /** A number of up to nine digits; −1 if one is none. */
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
