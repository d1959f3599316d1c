package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.TimePrecision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ApproximateCreationDateTime in every unit and notation gives exact instants, or a refusal. */
class TimeTableTest {
    private static byte[] record(String time, @Nullable String precision) {
        String stated = precision == null ? "" : ",'ApproximateCreationDateTimePrecision':" + precision;
        return json("{'dynamodb':{'ApproximateCreationDateTime':" + time + ",'Keys':{}" + stated + "}}");
    }

    private static CreationTime time(ChangeEventDecoder decoder, String time, @Nullable String precision) {
        ChangeEvent event = decoder.decode(record(time, precision));
        return Objects.requireNonNull(event.approximateCreationDateTime());
    }

    private static CreationTime time(String time) {
        return time(DECODER, time, null);
    }

    private static void assertTime(CreationTime time, String instant, TimePrecision precision, boolean stated) {
        Instant expected = Instant.parse(instant);
        assertThat(time.toInstant()).isEqualTo(expected);
        assertThat(time.epochSecond()).isEqualTo(expected.getEpochSecond());
        assertThat(time.nano()).isEqualTo(expected.getNano());
        assertThat(time.precision()).isEqualTo(precision);
        assertThat(time.stated()).isEqualTo(stated);
    }

    private static void assertBadTime(String marked) {
        assertFault(Reason.BAD_TIME, "{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':" + marked + "}}");
    }

    // ------------------------------------------------------------------------------------------------- the table

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1719039879869591, 'MICROSECOND', 2024-06-22T07:04:39.869591Z, MICROSECOND, true",
                "1719082124026, , 2024-06-22T18:48:44.026Z, MILLISECOND, false",
                "1719039879869, 'MICROSECOND', 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "1428537600, , 2015-04-09T00:00:00Z, SECOND, false",
                "1428537600.0, , 2015-04-09T00:00:00Z, SECOND, false",
                "1.4285376E9, , 2015-04-09T00:00:00Z, SECOND, false",
                "'1.4285376E9', , 2015-04-09T00:00:00Z, SECOND, false",
                "1646887668.348366, , 2022-03-10T04:47:48.348366Z, MICROSECOND, false",
                "1.635734407123456789E9, , 2021-11-01T02:40:07.123456789Z, NANOSECOND, false",
                "1719039879869.591, , 2024-06-22T07:04:39.869591Z, MICROSECOND, false",
                "'2024-06-22T07:04:39.869Z', , 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "'2024-06-22T09:04:39.869+02:00', , 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "-1719039879869, , 1915-07-12T16:55:20.131Z, MILLISECOND, false"
            })
    void everyRowOfTheTable(
            String time, @Nullable String precision, String instant, TimePrecision shown, boolean stated) {
        assertTime(time(DECODER, time, precision), instant, shown, stated);
    }

    @ParameterizedTest
    @ValueSource(strings = {"«'datetime'", "«1e999", "«'1e999'", "«''", "«' '"})
    void aMalformedTimeIsBadTimeAtTheFirstByteOfTheValue(String marked) {
        assertBadTime(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "{}", "[]", "[1719039879869]", "{'N':'1719039879869'}"})
    void aTimeThatIsNeitherTextNorNumberIsTheWrongType(String json) {
        assertFault(Reason.WRONG_TYPE, "{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':«" + json + "}}");
    }

    // -------------------------------------------------------------------------------------------------- rule 1: text

    @ParameterizedTest
    @CsvSource({
        "2024-06-22T07:04:39Z, 2024-06-22T07:04:39Z, SECOND",
        "2024-06-22T07:04Z, 2024-06-22T07:04:00Z, SECOND",
        "2024-06-22T07:04:39.000Z, 2024-06-22T07:04:39Z, SECOND",
        "2024-06-22T07:04:39.5Z, 2024-06-22T07:04:39.500Z, MILLISECOND",
        "2024-06-22T07:04:39.8695Z, 2024-06-22T07:04:39.869500Z, MICROSECOND",
        "2024-06-22T07:04:39.869591Z, 2024-06-22T07:04:39.869591Z, MICROSECOND",
        "2024-06-22T07:04:39.869591123Z, 2024-06-22T07:04:39.869591123Z, NANOSECOND",
        "2024-06-22T09:04:39+02:00, 2024-06-22T07:04:39Z, SECOND",
        "2024-06-21T13:04:39-18:00, 2024-06-22T07:04:39Z, SECOND",
        "2024-06-22T07:04:39.869+00:00, 2024-06-22T07:04:39.869Z, MILLISECOND",
        "2024-06-22T12:34:39+05:30:00, 2024-06-22T07:04:39Z, SECOND",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z, SECOND",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59.999999999Z, NANOSECOND",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z, SECOND",
        "2024-06-22T09:04:39+02, 2024-06-22T07:04:39Z, SECOND",
        "-0001-12-31T23:59:59Z, -0001-12-31T23:59:59Z, SECOND",
        "+12024-06-22T07:04:39Z, +12024-06-22T07:04:39Z, SECOND"
    })
    void textIsIso8601WithAnOffset(String text, String instant, TimePrecision shown) {
        assertTime(time("'" + text + "'"), instant, shown, false);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-06-22T07:04:39.1234567899Z, 2024-06-22T07:04:39.123456789Z, NANOSECOND",
        "2024-06-22T09:04:39.12345678999+02:00, 2024-06-22T07:04:39.123456789Z, NANOSECOND",
        "2024-06-22T07:04:39.0000000009Z, 2024-06-22T07:04:39Z, SECOND",
        "1969-12-31T23:59:59.9999999999Z, 1969-12-31T23:59:59.999999999Z, NANOSECOND",
        "1969-12-31T23:59:59.0000000009Z, 1969-12-31T23:59:59Z, SECOND",
        "-0001-12-31T23:59:59.8695910009Z, -0001-12-31T23:59:59.869591Z, MICROSECOND"
    })
    void digitsOfIso8601FinerThanANanosecondAreDroppedTowardThePast(String text, String instant, TimePrecision shown) {
        assertTime(time("'" + text + "'"), instant, shown, false);
    }

    @Test
    void aTextHasAtMost1024Bytes() {
        String start = "2024-06-22T07:04:39.5";
        String zeros = "0".repeat(1024 - start.length() - 1);
        assertTime(time("'" + start + zeros + "Z'"), "2024-06-22T07:04:39.5Z", TimePrecision.MILLISECOND, false);
        assertBadTime("«'" + start + zeros + "0Z'");
    }

    @Test
    void textMayBeWrittenWithEscapes() {
        assertTime(time("'2024-06-22\\u005407:04:39\\u005A'"), "2024-06-22T07:04:39Z", TimePrecision.SECOND, false);
        assertTime(time("'1\\u003428537600'"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
    }

    @Test
    void theStatedUnitDoesNotApplyToIso8601() {
        assertTime(
                time(DECODER, "'2024-06-22T07:04:39Z'", "'NANOSECOND'"),
                "2024-06-22T07:04:39Z",
                TimePrecision.SECOND,
                false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-06-22T07:04:39",
                "2024-06-22",
                "2024-06-22  07:04:39Z",
                "2024-06-22 07:04:39 Z",
                "2024-06-22T07:04:39 Z",
                " 2024-06-22 07:04:39Z",
                "2024-06-22 07:04:39",
                "2024-06-22T07:04:39Z[UTC]",
                "2024-06-22T07:04:39Z ",
                " 2024-06-22T07:04:39Z",
                "2024-02-30T07:04:39Z",
                "2024-06-22T24:00:01Z",
                "2024-06-22T07:04:39+19:00",
                "2024-06-22T07:04:39.Z",
                "2024-06-22T07:04:39.+02:00",
                "2024-06-22T07:04:39,5Z",
                "2024-06-22T07:04.5Z",
                "2024-06-22T07:04:39+0200",
                "2024-06-22T24:00:00Z",
                "2024-06-22T23:59:60Z",
                "20240622T070439Z",
                "Sat, 22 Jun 2024 07:04:39 GMT",
                "1428537600 ",
                " 1428537600",
                "+1428537600",
                "01428537600",
                "1428537600.",
                ".5",
                "1e",
                "NaN",
                "Infinity",
                "0x10",
                "1_000",
                "١",
                "null"
            })
    void anyOtherTextIsBadTime(String text) {
        assertBadTime("«'" + text + "'");
    }

    // ------------------------------------------------------------------------------------------------ rule 2: limits

    @Test
    void aNumberHasAtMostFortyDigits() {
        String fraction = "1428537600." + "0".repeat(30);
        assertTime(time(fraction), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertTime(time("'" + fraction + "'"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertBadTime("«" + fraction + "0");
        assertBadTime("«'" + fraction + "0'");
        assertTime(time("0." + "0".repeat(39)), "1970-01-01T00:00:00Z", TimePrecision.SECOND, false);
        assertBadTime("«0." + "0".repeat(40));
        String digits = "1428537600" + "0".repeat(30);
        assertTime(time(digits + "e-30"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertBadTime("«" + digits + "0e-31");
        assertBadTime("«" + "1".repeat(1_000_000));
        assertBadTime("«'" + "1".repeat(1_000_000) + "'");
    }

    @Test
    void anExponentHasAtMostThreeDigits() {
        assertTime(time("1428537600e000"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertTime(time("1.4285376E+009"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        // by choice: leading zeros are allowed, as for N
        assertTime(time("1428537600e0000"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertTime(time("1.4285376E0009"), "2015-04-09T00:00:00Z", TimePrecision.SECOND, false);
        assertBadTime("«1e1000");
        assertBadTime("«1e-1000");
        assertBadTime("«1e999999999999");
        assertBadTime("«0e1000");
        assertTime(time("0e999"), "1970-01-01T00:00:00Z", TimePrecision.SECOND, false);
        assertTime(time("1e-999"), "1970-01-01T00:00:00Z", TimePrecision.SECOND, false);
        assertTime(time("-1e-999"), "1969-12-31T23:59:59.999999999Z", TimePrecision.NANOSECOND, false);
    }

    // ------------------------------------------------------------------------------------------------ rule 3: stated

    @ParameterizedTest
    @CsvSource({
        "1719039879, SECOND, 2024-06-22T07:04:39Z",
        "1719039879869, MILLISECOND, 2024-06-22T07:04:39.869Z",
        "1719039879869591, MICROSECOND, 2024-06-22T07:04:39.869591Z",
        "1719039879869591123, NANOSECOND, 2024-06-22T07:04:39.869591123Z",
        // stated, and within 1973 to 5138: the magnitude does not matter
        "99999999999, SECOND, 5138-11-16T09:46:39Z",
        "94694400000, MILLISECOND, 1973-01-01T00:00:00Z",
        "94694400000000, MICROSECOND, 1973-01-01T00:00:00Z",
        "94694400000000000, NANOSECOND, 1973-01-01T00:00:00Z"
    })
    void theStatedUnitIsApplied(String time, String stated, String instant) {
        assertTime(time(DECODER, time, "'" + stated + "'"), instant, TimePrecision.valueOf(stated), true);
        assertTime(time(DECODER, "'" + time + "'", "'" + stated + "'"), instant, TimePrecision.valueOf(stated), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'microsecond'", "'MICROSECONDS'", "'MICROSECOND '", "''", "'MINUTE'", "'µs'", "null"})
    void anyOtherTokenIsIgnored(String stated) {
        assertTime(
                time(DECODER, "1719039879869", stated), "2024-06-22T07:04:39.869Z", TimePrecision.MILLISECOND, false);
    }

    @ParameterizedTest
    @CsvSource({
        // outside 1973 to 5138 in the stated unit, but not in that of the magnitude
        "1719039879, MILLISECOND, 2024-06-22T07:04:39Z, SECOND",
        "1719039879, NANOSECOND, 2024-06-22T07:04:39Z, SECOND",
        "1719039879869, SECOND, 2024-06-22T07:04:39.869Z, MILLISECOND",
        "1719039879869, NANOSECOND, 2024-06-22T07:04:39.869Z, MILLISECOND",
        "1719039879869591, MILLISECOND, 2024-06-22T07:04:39.869591Z, MICROSECOND",
        "1719039879869591, SECOND, 2024-06-22T07:04:39.869591Z, MICROSECOND",
        "1719039879869591123, MICROSECOND, 2024-06-22T07:04:39.869591123Z, NANOSECOND",
        "94694399999, MILLISECOND, 4970-09-29T23:59:59Z, SECOND"
    })
    void aContradictedUnitCountsAsNotStated(String time, String stated, String instant, TimePrecision shown) {
        assertTime(time(DECODER, time, "'" + stated + "'"), instant, shown, false);
    }

    @ParameterizedTest
    @CsvSource({
        // both are outside 1973 to 5138, so nothing contradicts the stated unit
        "0, MICROSECOND, 1970-01-01T00:00:00Z",
        "1, MILLISECOND, 1970-01-01T00:00:00.001Z",
        "-1719039879869, MICROSECOND, 1969-12-12T02:29:20.120131Z",
        "94694399, SECOND, 1972-12-31T23:59:59Z",
        "94694399, MICROSECOND, 1970-01-01T00:01:34.694399Z"
    })
    void aStatedUnitAppliesWhereTheMagnitudeDoesNotContradictIt(String time, String stated, String instant) {
        assertTime(time(DECODER, time, "'" + stated + "'"), instant, TimePrecision.valueOf(stated), true);
    }

    @Test
    void theStatedUnitMayAppearBeforeOrAfterTheTimeAndTheImages() {
        for (String members : List.of(
                "'ApproximateCreationDateTimePrecision':'MICROSECOND','Keys':{},"
                        + "'ApproximateCreationDateTime':94694400000000",
                "'ApproximateCreationDateTime':94694400000000,'Keys':{},'ApproximateCreationDateTimePrecision':"
                        + "'MICROSECOND'")) {
            ChangeEvent event = DECODER.decode(json("{'dynamodb':{" + members + "}}"));
            assertTime(
                    Objects.requireNonNull(event.approximateCreationDateTime()),
                    "1973-01-01T00:00:00Z",
                    TimePrecision.MICROSECOND,
                    true);
        }
    }

    // --------------------------------------------------------------------------------------------- rule 4: magnitude

    @ParameterizedTest
    @CsvSource({
        "99999999999, 5138-11-16T09:46:39Z, SECOND",
        "99999999999.9, 5138-11-16T09:46:39.9Z, MILLISECOND",
        "100000000000, 1973-03-03T09:46:40Z, MILLISECOND",
        "1e11, 1973-03-03T09:46:40Z, MILLISECOND",
        "99999999999999, 5138-11-16T09:46:39.999Z, MILLISECOND",
        "100000000000000, 1973-03-03T09:46:40Z, MICROSECOND",
        "99999999999999999, 5138-11-16T09:46:39.999999Z, MICROSECOND",
        "100000000000000000, 1973-03-03T09:46:40Z, NANOSECOND",
        "99999999999999999999, 5138-11-16T09:46:39.999999999Z, NANOSECOND",
        "-99999999999, -1199-02-15T14:13:21Z, SECOND",
        "-100000000000, 1966-10-31T14:13:20Z, MILLISECOND",
        "-100000000000000, 1966-10-31T14:13:20Z, MICROSECOND",
        "-1e17, 1966-10-31T14:13:20Z, NANOSECOND",
        "0, 1970-01-01T00:00:00Z, SECOND",
        "-0, 1970-01-01T00:00:00Z, SECOND",
        "-0.0, 1970-01-01T00:00:00Z, SECOND",
        "1, 1970-01-01T00:00:01Z, SECOND",
        "-1, 1969-12-31T23:59:59Z, SECOND"
    })
    void theMagnitudeDeterminesTheUnit(String time, String instant, TimePrecision shown) {
        assertTime(time(time), instant, shown, false);
        assertTime(time("'" + time + "'"), instant, shown, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 1970-01-01T00:00:00.5Z, MILLISECOND",
        "-0.5, 1969-12-31T23:59:59.5Z, MILLISECOND",
        "0.0000000019, 1970-01-01T00:00:00.000000001Z, NANOSECOND",
        "-0.0000000011, 1969-12-31T23:59:59.999999998Z, NANOSECOND",
        "-0.0000000001, 1969-12-31T23:59:59.999999999Z, NANOSECOND",
        "1719039879869.5911239, 2024-06-22T07:04:39.869591123Z, NANOSECOND",
        "1719039879869591.1239, 2024-06-22T07:04:39.869591123Z, NANOSECOND",
        "1719039879869591123.9, 2024-06-22T07:04:39.869591123Z, NANOSECOND",
        "-1719039879869.0000001, 1915-07-12T16:55:20.130999999Z, NANOSECOND",
        "1719039879869591000.5, 2024-06-22T07:04:39.869591Z, MICROSECOND"
    })
    void digitsFinerThanANanosecondAreDroppedTowardThePast(String time, String instant, TimePrecision shown) {
        assertTime(time(time), instant, shown, false);
    }

    // --------------------------------------------------------------------------------------------- rule 5: precision

    @ParameterizedTest
    @CsvSource({
        // without a fraction: the unit that was applied, even for a round number
        "1719039879000, MILLISECOND",
        "1719039879000.000, MILLISECOND",
        "1719039879000000, MICROSECOND",
        "1.719039879e15, MICROSECOND",
        "1719039879000000000, NANOSECOND",
        // with a fraction: the coarsest unit that holds the instant
        "1719039879.5, MILLISECOND",
        "1719039879.5000001, NANOSECOND",
        "1719039879.500001, MICROSECOND",
        "1719039879000.5, MICROSECOND",
        "1719039879000.0005, NANOSECOND",
        "1719039879000000.5, NANOSECOND",
        "1428537600.0000000001, SECOND"
    })
    void precisionIsTheUnitAppliedOrTheCoarsestThatHoldsAFraction(String time, TimePrecision shown) {
        assertThat(time(time).precision()).isEqualTo(shown);
    }

    @Test
    void aStatedUnitStaysStatedWithAFraction() {
        assertTime(
                time(DECODER, "1719039879869.5", "'MILLISECOND'"),
                "2024-06-22T07:04:39.869500Z",
                TimePrecision.MICROSECOND,
                true);
    }

    // ------------------------------------------------------------------------------------------- rule 6: absent,
    // overflow

    @Test
    void missingOrNullIsAbsent() {
        assertThat(DECODER.decode(record("null", null)).approximateCreationDateTime())
                .isNull();
        assertThat(DECODER.decode(record("null", "'MICROSECOND'")).approximateCreationDateTime())
                .isNull();
        assertThat(DECODER.decode(json("{'dynamodb':{'Keys':{}}}")).approximateCreationDateTime())
                .isNull();
    }

    @Test
    void anInstantWhoseMicrosecondsDoNotFitALongIsBadTime() {
        CreationTime last = time("'+294247-01-10T04:00:54.775807999Z'");
        assertThat(last.epochMicros()).isEqualTo(Long.MAX_VALUE);
        assertBadTime("«'+294247-01-10T04:00:54.775808Z'");
        CreationTime first = time("'-290308-12-21T19:59:05.224192Z'");
        assertThat(first.epochMicros()).isEqualTo(Long.MIN_VALUE);
        assertBadTime("«'-290308-12-21T19:59:05.224191999Z'");
        assertThat(time("9223372036854775807999").epochMicros()).isEqualTo(Long.MAX_VALUE);
        assertBadTime("«9223372036854775808000");
        assertThat(time("-9223372036854775808000").epochMicros()).isEqualTo(Long.MIN_VALUE);
        assertBadTime("«-9223372036854775808001");
        assertBadTime("«1e39");
        assertBadTime("«'+999999999-12-31T23:59:59Z'");
    }

    @Test
    void millisecondsAndMicrosecondsAreFloored() {
        CreationTime time = time("-0.0000019");
        assertThat(time.epochMicros()).isEqualTo(-2);
        assertThat(time.epochMillis()).isEqualTo(-1);
        assertThat(time.epochSecond()).isEqualTo(-1);
        assertThat(time.nano()).isEqualTo(999_998_100);
        CreationTime later = time("1719039879.8695919");
        assertThat(later.epochMicros()).isEqualTo(1719039879869591L);
        assertThat(later.epochMillis()).isEqualTo(1719039879869L);
    }

    // ------------------------------------------------------------------------------------------------------- override

    @ParameterizedTest
    @CsvSource({"SECOND, 0", "MILLISECOND, 3", "MICROSECOND, 6", "NANOSECOND, 9"})
    void theBuildersUnitOverridesTheStatedUnitAndTheMagnitude(TimePrecision unit, int digits) {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().timePrecision(unit).build();
        for (String number : List.of("1", "1719039879", "94694400000", "-5", "0")) {
            for (String stated : new String[] {null, "'SECOND'", "'NANOSECOND'"}) {
                CreationTime time = time(decoder, number, stated);
                assertThat(time.toInstant())
                        .isEqualTo(Instant.ofEpochSecond(
                                Math.floorDiv(Long.parseLong(number), pow10(digits)),
                                Math.floorMod(Long.parseLong(number), pow10(digits)) * pow10(9 - digits)));
                assertThat(time.precision()).isEqualTo(unit);
                assertThat(time.stated()).isTrue();
            }
        }
        // ISO-8601 text has no unit to override
        assertTime(
                time(decoder, "'2024-06-22T07:04:39.5Z'", null),
                "2024-06-22T07:04:39.5Z",
                TimePrecision.MILLISECOND,
                false);
    }

    @Test
    void theBuildersUnitStillRequiresAnInstantInRange() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().timePrecision(TimePrecision.SECOND).build();
        assertThat(time(decoder, "9223372036854", null).epochMicros()).isEqualTo(9223372036854000000L);
        assertFault(decoder, Reason.BAD_TIME, "{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':«9223372036855}}");
    }

    private static long pow10(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }

    // --------------------------------------------------------------------------------------------------------- order

    @Test
    void timesOfDifferentUnitsCompareByTheirInstant() {
        CreationTime seconds = time("1719039879");
        CreationTime millis = time("1719039879000");
        CreationTime micros = time("1719039879000001");
        assertThat(seconds).isEqualByComparingTo(millis).isEqualTo(millis).hasSameHashCodeAs(millis);
        assertThat(micros).isGreaterThan(millis).isNotEqualTo(millis);
        assertThat(micros.epochMicros()).isEqualTo(seconds.epochMicros() + 1);
        assertThat(List.of(micros, time("1719039878999999"), seconds).stream().sorted())
                .containsExactly(time("1719039878999999"), seconds, micros);
    }

    // -------------------------------------------------------------------------------------------------------- export

    @ParameterizedTest
    @ValueSource(strings = {"{'N':'1719039879869591'}", "1719039879869591"})
    void theTimeOfAnExportIsStatedMicroseconds(String micros) {
        ChangeEvent event = DECODER.decode(json("{'Metadata':{'WriteTimestampMicros':" + micros + "},'Keys':{}}"));
        assertTime(
                Objects.requireNonNull(event.approximateCreationDateTime()),
                "2024-06-22T07:04:39.869591Z",
                TimePrecision.MICROSECOND,
                true);
    }

    @Test
    void aMalformedTimeOfAnExportIsBadTime() {
        assertFault(Reason.BAD_TIME, "{'Metadata':{'WriteTimestampMicros':«1e999},'Keys':{}}");
        assertFault(Reason.BAD_TIME, "{'Metadata':{'WriteTimestampMicros':{'N':«'1e999'}},'Keys':{}}");
        ChangeEventDecoder lenient =
                ChangeEventDecoder.builder().numbersAsJson(true).build();
        assertFault(lenient, Reason.BAD_TIME, "{'Metadata':{'WriteTimestampMicros':{'N':«1e999}},'Keys':{}}");
    }
}
