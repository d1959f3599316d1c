package blackbox;

import static fixtures.Records.change;
import static fixtures.Records.decode;
import static fixtures.Records.json;
import static fixtures.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTimeTest {
    private static CreationTime time(ChangeEventDecoder decoder, String members) {
        return Objects.requireNonNull(
                decoder.decode(json(change("MODIFY", members))).approximateCreationDateTime());
    }

    private static CreationTime time(String text) {
        return time(Records.DECODER, "'ApproximateCreationDateTime':" + text);
    }

    private static CreationTime time(String text, String stated) {
        return time(
                Records.DECODER,
                "'ApproximateCreationDateTime':" + text + ",'ApproximateCreationDateTimePrecision':'" + stated + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1719039879869591",
                "0",
                "-1",
                "-1.5",
                "-0.000001",
                "1646887668.3483669",
                "'1969-12-31T23:59:59.9Z'"
            })
    void theTimeWithoutAnObjectCountsTheSameMicroseconds(String text) {
        byte[] record = json(change("MODIFY", "'ApproximateCreationDateTime':" + text));
        long micros = time(text).epochMicros();

        assertThat(Records.DECODER.decode(record).creationEpochMicros(7)).isEqualTo(micros);
        assertThat(Records.DECODER.newSession().decode(record).creationEpochMicros(7))
                .isEqualTo(micros);
    }

    @Test
    void theTimeWithoutAnObjectIsTheGivenNumberWhereThereIsNone() {
        assertThat(Records.DECODER.decode(json(change("MODIFY", ""))).creationEpochMicros(-5))
                .isEqualTo(-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // text | stated unit | instant | precision | whether stated
                "1719039879869591|MICROSECOND|2024-06-22T07:04:39.869591Z|MICROSECOND|true",
                "1719082124026||2024-06-22T18:48:44.026Z|MILLISECOND|false",
                "1719082124026|MILLISECOND|2024-06-22T18:48:44.026Z|MILLISECOND|true",
                "1719039879869|MICROSECOND|2024-06-22T07:04:39.869Z|MILLISECOND|false",
                "1719039879869591|MILLISECOND|2024-06-22T07:04:39.869591Z|MICROSECOND|false",
                "1428537600||2015-04-09T00:00:00Z|SECOND|false",
                "1428537600|SECOND|2015-04-09T00:00:00Z|SECOND|true",
                "1428537600.0||2015-04-09T00:00:00Z|SECOND|false",
                "1.4285376E9||2015-04-09T00:00:00Z|SECOND|false",
                "'1.4285376E9'||2015-04-09T00:00:00Z|SECOND|false",
                "'1428537600'||2015-04-09T00:00:00Z|SECOND|false",
                "1646887668.348366||2022-03-10T04:47:48.348366Z|MICROSECOND|false",
                "1646887668.5||2022-03-10T04:47:48.500Z|MILLISECOND|false",
                "1.635734407123456789E9||2021-11-01T02:40:07.123456789Z|NANOSECOND|false",
                "1635734407123456789||2021-11-01T02:40:07.123456789Z|NANOSECOND|false",
                "1635734407123456789|NANOSECOND|2021-11-01T02:40:07.123456789Z|NANOSECOND|true",
                "1719039879869.591||2024-06-22T07:04:39.869591Z|MICROSECOND|false",
                "'2024-06-22T07:04:39.869Z'||2024-06-22T07:04:39.869Z|MILLISECOND|false",
                "'2024-06-22T09:04:39.869+02:00'||2024-06-22T07:04:39.869Z|MILLISECOND|false",
                "'2024-06-22T07:04Z'||2024-06-22T07:04:00Z|SECOND|false",
                "'2024-06-22T07:04:39.869Z'|MICROSECOND|2024-06-22T07:04:39.869Z|MILLISECOND|false",
                "'\\u0032024-06-22T07:04:39Z'||2024-06-22T07:04:39Z|SECOND|false",
                "-1719039879869||1915-07-12T16:55:20.131Z|MILLISECOND|false",
                "-1||1969-12-31T23:59:59Z|SECOND|false",
                "0||1970-01-01T00:00:00Z|SECOND|false",
                "-0.0||1970-01-01T00:00:00Z|SECOND|false",
                "1719039879869591|microsecond|2024-06-22T07:04:39.869591Z|MICROSECOND|false",
                "1719039879869591|YEAR|2024-06-22T07:04:39.869591Z|MICROSECOND|false",
                // no unit is plausible, so only the stated one applies
                "5|MILLISECOND|1970-01-01T00:00:00.005Z|MILLISECOND|true",
            })
    void theTableOfInstants(String text, String stated, String instant, TimePrecision precision, boolean isStated) {
        CreationTime time = stated == null ? time(text) : time(text, stated);
        assertThat(time.toInstant()).isEqualTo(Instant.parse(instant));
        assertThat(time.precision()).isEqualTo(precision);
        assertThat(time.stated()).isEqualTo(isStated);
        assertThat(time).hasToString(Instant.parse(instant).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999, SECOND",
        "100000000000, MILLISECOND",
        "99999999999999, MILLISECOND",
        "100000000000000, MICROSECOND",
        "99999999999999999, MICROSECOND",
        "100000000000000000, NANOSECOND",
    })
    void withoutAStatedUnitTheMagnitudeDeterminesItRegardlessOfSign(String text, TimePrecision unit) {
        assertThat(time(text).precision()).isEqualTo(unit);
        assertThat(time("-" + text).precision()).isEqualTo(unit);
        assertThat(time(text + ".0").precision().compareTo(unit)).isLessThanOrEqualTo(0);
        assertThat(time(text).epochMicros()).isEqualTo(-time("-" + text).epochMicros() - oddNanos(text, unit));
    }

    /** A negative time with remaining nanoseconds is rounded down, away from zero. */
    private static long oddNanos(String text, TimePrecision unit) {
        return unit == TimePrecision.NANOSECOND && !text.endsWith("000") ? 1 : 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999.999999", "0.99999999999999999999999999999E11"})
    void theIntegralPartDeterminesTheMagnitude(String text) {
        assertThat(time(text).epochSecond()).isEqualTo(99_999_999_999L);
    }

    @Test
    void digitsFinerThanANanosecondAreDroppedTowardThePast() {
        assertThat(time("1.9999999999").nano()).isEqualTo(999_999_999);
        assertThat(time("1.9999999999").epochSecond()).isEqualTo(1);
        assertThat(time("-1.0000000001").epochSecond()).isEqualTo(-2);
        assertThat(time("-1.0000000001").nano()).isEqualTo(999_999_999);
        assertThat(time("1e-999").toInstant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void millisAndMicrosAreFloored() {
        CreationTime time = time("-0.0000001");
        assertThat(time.epochSecond()).isEqualTo(-1);
        assertThat(time.nano()).isEqualTo(999_999_900);
        assertThat(time.epochMillis()).isEqualTo(-1);
        assertThat(time.epochMicros()).isEqualTo(-1);
        assertThat(time("1646887668.3489999").epochMillis()).isEqualTo(1646887668348L);
        assertThat(time("1646887668.3489999").epochMicros()).isEqualTo(1646887668348999L);
    }

    @Test
    void orderAndEqualityFollowTheInstantAcrossUnits() {
        CreationTime seconds = time("1428537600");
        CreationTime micros = time("1428537600000000");
        CreationTime later = time("1428537600000001");
        assertThat(seconds).isEqualTo(micros).hasSameHashCodeAs(micros).isEqualByComparingTo(micros);
        assertThat(seconds).isLessThan(later).isNotEqualTo(later);
        assertThat(later).isGreaterThan(micros);
        assertThat(seconds).isNotEqualTo(1428537600L).isNotEqualTo(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'datetime'",
                "''",
                "1e999",
                "-1e999",
                "9223372036854775808e9",
                "'1e999'",
                "' 1428537600'",
                "'+1428537600'",
                "'01428537600'",
                "'1428537600.'",
                "'0x5'",
                "'NaN'",
                "'Infinity'",
                "'1_0'",
                "'2024-06-22'",
                "'2024-06-22T07:04:39'",
                "'2024-06-22  07:04:39Z'",
                "'2024-06-22 07:04:39 Z'",
                "'2024-06-22_07:04:39Z'",
                "'2024-06-22 07:04:39'",
                "'2024-02-30T00:00:00Z'",
                "'+999999999-12-31T23:59:59Z'",
                "'\u0661'",
                "1.00000000000000000000000000000000000000001",
                "10000000000000000000000000000000000000000",
            })
    void aValueThatIsNotAnInstantIsBadTime(String text) {
        DecodeException refusal = refusal(change("MODIFY", "'ApproximateCreationDateTime':" + text));
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_TIME);
        assertThat(refusal.offset())
                .isEqualTo(change("MODIFY", "'ApproximateCreationDateTime':").length() - 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "{}", "[]"})
    void aValueThatIsNeitherNumberNorTextIsWrongType(String json) {
        assertThat(refusal(change("MODIFY", "'ApproximateCreationDateTime':" + json))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void fortyDigitsAreRead() {
        assertThat(time("1428537600." + "0".repeat(30)).toInstant()).isEqualTo(Instant.parse("2015-04-09T00:00:00Z"));
        assertThat(time("1428537600" + "0".repeat(30) + "e-30").toInstant())
                .isEqualTo(Instant.parse("2015-04-09T00:00:00Z"));
    }

    @Test
    void anInstantWhoseMicrosDoNotFitALongIsBadTime() {
        ChangeEventDecoder micros = ChangeEventDecoder.builder()
                .timePrecision(TimePrecision.MICROSECOND)
                .build();
        String member = "'ApproximateCreationDateTime':";
        assertThat(time(micros, member + Long.MAX_VALUE + ".999").epochMicros()).isEqualTo(Long.MAX_VALUE);
        assertThat(time(micros, member + Long.MIN_VALUE).epochMicros()).isEqualTo(Long.MIN_VALUE);
        for (String text : new String[] {"9223372036854775808", Long.MIN_VALUE + ".001"}) {
            assertThat(refusal(micros, change("MODIFY", member + text)).reason())
                    .isEqualTo(Reason.BAD_TIME);
        }
    }

    @ParameterizedTest
    @EnumSource(TimePrecision.class)
    void timePrecisionOfTheBuilderOverridesStatementAndMagnitude(TimePrecision unit) {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().timePrecision(unit).build();
        CreationTime time = time(
                decoder,
                "'ApproximateCreationDateTimePrecision':'MILLISECOND','ApproximateCreationDateTime':1719039879869");
        assertThat(time.precision()).isEqualTo(unit);
        assertThat(time.stated()).isTrue();
        BigInteger perSecond = BigInteger.TEN.pow(
                switch (unit) {
                    case SECOND -> 0;
                    case MILLISECOND -> 3;
                    case MICROSECOND -> 6;
                    case NANOSECOND -> 9;
                });
        assertThat(BigInteger.valueOf(time.epochSecond())
                        .multiply(perSecond)
                        .add(BigInteger.valueOf(time.nano())
                                .multiply(perSecond)
                                .divide(BigInteger.valueOf(1_000_000_000))))
                .isEqualTo(BigInteger.valueOf(1719039879869L));
        assertThat(time(decoder, "'ApproximateCreationDateTime':'2024-06-22T07:04:39.869Z'")
                        .toInstant())
                .isEqualTo(Instant.parse("2024-06-22T07:04:39.869Z"));
    }

    @Test
    void aRecordWithoutATimeHasNone() {
        assertThat(decode(change("MODIFY", "")).approximateCreationDateTime()).isNull();
        assertThat(decode(change("MODIFY", "'ApproximateCreationDateTimePrecision':'SECOND'"))
                        .approximateCreationDateTime())
                .isNull();
    }
}
