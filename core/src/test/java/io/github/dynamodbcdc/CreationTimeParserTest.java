package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.CreationTimeParser.IsoTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The parser of the usual form of ISO-8601 takes each text of that form which java.time takes, and no other. Tests
 * through the decoder cannot show a text that it leaves to the formatter.
 */
class CreationTimeParserTest {
    private static final String TIME = "07:04:39.869591";
    private static final Pattern USUAL =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{0,9})?)?"
                    + "([Zz]|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?");
    private static final Pattern WITHOUT_OFFSET = Pattern.compile(".{11}[0-9:.]*");

    /** Returns the instant that java.time reads; null if it is none, or the form is not the usual one. */
    private static @Nullable Instant expected(String text, boolean utc) {
        if (!USUAL.matcher(text).matches()) {
            return null;
        }
        try {
            String withT = text.replace(' ', 'T');
            return utc && WITHOUT_OFFSET.matcher(text).matches()
                    ? LocalDateTime.parse(withT).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(withT).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Checks the text alone, and among other bytes that would continue it. */
    private static void check(String text) {
        for (boolean utc : new boolean[] {false, true}) {
            Instant expected = expected(text, utc);
            check(text, text.getBytes(UTF_8), 0, utc, expected);
            check(text, ("-1" + text + ":00.1Z").getBytes(UTF_8), 2, utc, expected);
        }
    }

    private static void check(String text, byte[] data, int from, boolean utc, @Nullable Instant expected) {
        CreationTime.Fields time = new CreationTime.Fields();
        boolean taken = IsoTime.usual(data, from, from + text.length(), time, utc);
        Instant actual = taken ? Instant.ofEpochSecond(time.epochSecond, time.nano) : null;
        if (!Objects.equals(actual, expected)) { // an assertion of AssertJ for each text would take most of the time
            throw new AssertionError(text + ": " + actual + " instead of " + expected);
        }
    }

    @Test
    void theDaysOfEachKindOfYearAreTakenAndNoOtherDay() {
        for (int year : new int[] {0, 1, 4, 100, 400, 1600, 1899, 1900, 1970, 2000, 2023, 2024, 2100, 9999}) {
            for (int month = 0; month <= 14; month++) {
                for (int day : new int[] {0, 1, 2, 15, 27, 28, 29, 30, 31, 32, 33, 99}) {
                    check(String.format("%04d-%02d-%02dT%sZ", year, month, day, TIME));
                }
            }
        }
    }

    @Test
    void theTimesOfTheDayAreTakenAndNoOtherTime() {
        for (int hour = 0; hour <= 25; hour++) {
            for (int minute : new int[] {0, 1, 9, 10, 30, 58, 59, 60, 61, 99}) {
                check(String.format("2024-06-22T%02d:%02dZ", hour, minute));
                for (int second : new int[] {0, 1, 9, 10, 30, 58, 59, 60, 61, 99}) {
                    check(String.format("2024-06-22T%02d:%02d:%02dZ", hour, minute, second));
                }
            }
        }
    }

    @Test
    void offsetsOfUpTo18HoursAreTakenAndNoOtherOffset() {
        for (String start : new String[] {"2024-06-22T07:04", "2024-06-22T07:04:39", "2024-06-22T07:04:39.5"}) {
            for (int hour = 0; hour <= 25; hour++) {
                for (int minute : new int[] {0, 1, 30, 59, 60}) {
                    for (String sign : new String[] {"+", "-", "x", ""}) {
                        String offset = String.format("%s%02d:%02d", sign, hour, minute);
                        check(start + offset);
                        for (String second : new String[] {":00", ":01", ":59", ":60", ".00", ":0", ":000"}) {
                            check(start + offset + second);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aFractionHasUpToNineDigits() {
        for (String fraction :
                new String[] {"", ".", ".0", ".5", ".000000001", ".123456789", ".1234567891", ",5", ":5"}) {
            for (String offset : new String[] {"", "Z", "z", "+01:30", "-01:30:15", "+0130", "+01", "ZZ", "Y", " Z"}) {
                for (String separator : new String[] {"T", "t", " ", "_", "", "TT"}) {
                    check("2024-06-22" + separator + "07:04:39" + fraction + offset);
                    check("2024-06-22" + separator + "07:04" + fraction + offset);
                }
            }
        }
    }

    @Test
    void aTextWithOneCharacterChangedOrTheEndMissingIsTakenOnlyIfItIsATime() {
        for (String text : new String[] {
            "2024-06-22T07:04Z",
            "2024-06-22T07:04:39Z",
            "2024-06-22T07:04:39.869591Z",
            "2024-06-22T07:04:39.869591+01:30",
            "2024-06-22 07:04:39-11:30:15"
        }) {
            for (int i = 0; i <= text.length(); i++) {
                check(text.substring(0, i));
                for (char c : new char[] {'/', '0', '1', '9', ':', '-', '+', '.', ' ', 'T', 'Z', 'z', 'P', '\0'}) {
                    if (i < text.length()) {
                        check(text.substring(0, i) + c + text.substring(i + 1));
                    }
                }
            }
        }
    }
}
