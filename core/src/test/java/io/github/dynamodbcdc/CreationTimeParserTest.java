package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
 * The parser of ISO-8601 takes each text that {@link OffsetDateTime#parse(CharSequence)} takes, also with a space for
 * the T and digits finer than a nanosecond, and no other text; none without digits after the point.
 */
class CreationTimeParserTest {
    private static final String TIME = "07:04:39.869591";
    private static final Pattern EMPTY_FRACTION = Pattern.compile("\\.(?![0-9])");
    private static final Pattern FINER_DIGITS = Pattern.compile("(?<=\\.[0-9]{9})[0-9]+");
    private static final Pattern SPACE = Pattern.compile("(?<=^[0-9+-]{10,17}) ");

    /** Returns the instant that java.time reads; null if it is none. */
    private static @Nullable Instant expected(String text, boolean utc) {
        if (EMPTY_FRACTION.matcher(text).find()) {
            return null;
        }
        String read = SPACE.matcher(FINER_DIGITS.matcher(text).replaceFirst("")).replaceFirst("T");
        try {
            return OffsetDateTime.parse(read).toInstant();
        } catch (DateTimeException e) {
            return utc ? withoutOffset(read) : null;
        }
    }

    private static @Nullable Instant withoutOffset(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
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
        boolean taken = IsoTime.parse(data, from, from + text.length(), time, utc);
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
    void aFractionHasAtLeastOneDigitAndThoseFinerThanANanosecondAreDropped() {
        for (String fraction : new String[] {
            "", ".", ".0", ".5", ".000000001", ".123456789", ".1234567899", ".9999999999999", ",5", ":5"
        }) {
            for (String offset : new String[] {
                "", "Z", "z", "+01:30", "-01:30:15", "+0130", "+01", "-18", "+19", "+1", "ZZ", "Y", " Z"
            }) {
                for (String separator : new String[] {"T", "t", " ", "_", "", "TT"}) {
                    check("2024-06-22" + separator + "07:04:39" + fraction + offset);
                    check("2024-06-22" + separator + "07:04" + fraction + offset);
                }
            }
        }
    }

    @Test
    void yearsHaveFourDigitsOrASignAndMore() {
        for (String sign : new String[] {"", "+", "-", "--", "\u2212"}) {
            for (String year : new String[] {
                "",
                "0",
                "24",
                "970",
                "0000",
                "0001",
                "0004",
                "1900",
                "2000",
                "2024",
                "9999",
                "00000",
                "10000",
                "02024",
                "294246",
                "294247",
                "290308",
                "999999",
                "0002024",
                "0000002024",
                "00000002024",
                "0000999999"
            }) {
                for (String day : new String[] {"-02-28", "-02-29", "-03-01", "-12-31", "0228", "-W09-3", "-060"}) {
                    check(sign + year + day + "T" + TIME + "Z");
                    check(sign + year + day + " 23:59:59.9999999999+18:00");
                }
            }
        }
    }

    @Test
    void otherFormsOfIso8601AreNoTimes() {
        for (String text : new String[] {
            "2024-06-22T24:00:00Z",
            "2024-06-22T24:00Z",
            "2024-06-22T23:59:60Z",
            "2024-06-22T07Z",
            "2024-06-22T07:04.5Z",
            "20240622T070439Z",
            "2024-06-22T070439Z",
            "2024-06-22T07:04:39+0200",
            "2024-06-22T07:04:39+020000",
            "2024-06-22T07:04:39,5Z",
            "2024-06-22T07:04:39Z[UTC]",
            "2024-06-22Z",
            "2024-06-22",
            "2024-06",
            "",
            "+",
            "-",
            "T07:04:39Z"
        }) {
            check(text);
            CreationTime.Fields time = new CreationTime.Fields();
            byte[] data = text.getBytes(UTF_8);
            assertThat(IsoTime.parse(data, 0, data.length, time, true)).as(text).isFalse();
        }
    }

    @Test
    void aTextWithOneCharacterChangedOrTheEndMissingIsTakenOnlyIfItIsATime() {
        for (String text : new String[] {
            "2024-06-22T07:04Z",
            "2024-06-22T07:04:39Z",
            "2024-06-22T07:04:39.869591Z",
            "2024-06-22T07:04:39.869591+01:30",
            "2024-06-22 07:04:39-11:30:15",
            "-0001-06-22T07:04:39.1234567899Z",
            "+12024-06-22T07:04+05"
        }) {
            for (int i = 0; i <= text.length(); i++) {
                check(text.substring(0, i));
                for (char c : new char[] {'/', '0', '1', '9', ':', '-', '+', '.', ' ', 'T', 'Z', 'z', 'P', ',', '\0'}) {
                    if (i < text.length()) {
                        check(text.substring(0, i) + c + text.substring(i + 1));
                    }
                }
            }
        }
    }
}
