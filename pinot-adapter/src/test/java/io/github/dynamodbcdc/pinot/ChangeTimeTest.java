package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2024-06-22T07:04:39.869591234Z in columns of every type and format. */
class ChangeTimeTest {
    private static final long SECOND = 1719039879L;
    private static final int NANO = 869_591_234;

    private static ChangeTime in(FieldSpec column) {
        return in(column, Map.of());
    }

    private static ChangeTime in(FieldSpec column, Map<String, String> properties) {
        return in(column, TimeUnit.MICROSECONDS, properties);
    }

    private static ChangeTime in(FieldSpec column, TimeUnit plainUnit, Map<String, String> properties) {
        DecoderOptions options = new DecoderOptions(properties);
        return ChangeTime.in(
                "t", column, plainUnit, new ColumnPolicy("t", column, false, options, new RecordingLogger().logger));
    }

    private static FieldSpec plain(DataType type) {
        return new DimensionFieldSpec("t", type, true);
    }

    private static FieldSpec format(DataType type, String format) {
        return new DateTimeFieldSpec("t", type, format, "1:DAYS");
    }

    @Test
    void timestampIsMilliseconds() {
        assertThat(in(plain(DataType.TIMESTAMP)).value(SECOND, NANO)).isEqualTo(1719039879869L);
        assertThat(in(format(DataType.TIMESTAMP, "TIMESTAMP")).value(SECOND, NANO))
                .isEqualTo(1719039879869L);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "EPOCH|NANOSECONDS, 1719039879869591234",
        "EPOCH|MICROSECONDS, 1719039879869591",
        "1:MICROSECONDS:EPOCH, 1719039879869591",
        "EPOCH|MICROSECONDS|10, 171903987986959",
        "EPOCH, 1719039879869",
        "1:MILLISECONDS:EPOCH, 1719039879869",
        "EPOCH|SECONDS, 1719039879",
        "5:MINUTES:EPOCH, 5730132",
        "EPOCH|HOURS, 477511",
        "EPOCH|DAYS, 19896",
        "TIMESTAMP, 1719039879869"
    })
    void anEpochFormatHasItsOwnUnitAndSize(String format, long expected) {
        assertThat(in(format(DataType.LONG, format)).value(SECOND, NANO)).isEqualTo(expected);
        assertThat(in(format(DataType.STRING, format)).value(SECOND, NANO)).isEqualTo(Long.toString(expected));
    }

    @Test
    void timesBefore1970AreFloored() {
        assertThat(in(format(DataType.LONG, "EPOCH|MILLISECONDS")).value(-1, 999_999_999))
                .isEqualTo(-1L);
        assertThat(in(format(DataType.LONG, "EPOCH|DAYS")).value(-1, 0)).isEqualTo(-1L);
    }

    @Test
    void aPlainNumberIsInTheDecodersUnit() {
        assertThat(in(plain(DataType.LONG)).value(SECOND, NANO)).isEqualTo(1719039879869591L);
        assertThat(in(plain(DataType.DOUBLE)).value(SECOND, NANO)).isEqualTo(1719039879869591d);
        assertThat(in(plain(DataType.BIG_DECIMAL)).value(SECOND, NANO)).isEqualTo(new BigDecimal("1719039879869591"));
        assertThat(in(plain(DataType.INT), TimeUnit.SECONDS, Map.of()).value(SECOND, NANO))
                .isEqualTo(1719039879);
    }

    @Test
    void stringWithoutAPatternIsIsoWithSixDigitsSoThatItSorts() {
        assertThat(in(plain(DataType.STRING)).value(SECOND, NANO)).isEqualTo("2024-06-22T07:04:39.869591Z");
        assertThat(in(plain(DataType.STRING)).value(SECOND, 0)).isEqualTo("2024-06-22T07:04:39.000000Z");
        assertThat(in(format(DataType.STRING, "SIMPLE_DATE_FORMAT")).value(SECOND, NANO))
                .isEqualTo("2024-06-22T07:04:39.869591Z");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss.SSS, 2024-06-22 07:04:39.869",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss.SSSSSS, 2024-06-22 07:04:39.869591",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSS'Z', 2024-06-22T07:04:39.8695912340Z",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm|Europe/Berlin, 2024-06-22 09:04",
        "1:DAYS:SIMPLE_DATE_FORMAT:yyyyMMdd, 20240622"
    })
    void aSimpleDateFormatIsPinotsAndFinerThanMilliseconds(String format, String expected) {
        assertThat(in(format(DataType.STRING, format)).value(SECOND, NANO)).isEqualTo(expected);
    }

    @Test
    void aSimpleDateFormatOfDigitsFitsANumber() {
        assertThat(in(format(DataType.INT, "SIMPLE_DATE_FORMAT|yyyyMMdd")).value(SECOND, NANO))
                .isEqualTo(20240622);
        assertThat(in(format(DataType.LONG, "SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSS"))
                        .value(SECOND, NANO))
                .isEqualTo(20240622070439869L);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "BOOLEAN", "BYTES", "JSON"})
    void aTypeThatCannotHoldTimeIsRefused(DataType type) {
        assertThatThrownBy(() -> in(plain(type)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'t'")
                .hasMessageContaining("LONG or TIMESTAMP");
    }

    @Test
    void aMultiValueColumnIsRefused() {
        assertThatThrownBy(() -> in(new DimensionFieldSpec("t", DataType.LONG, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use a single-value LONG or TIMESTAMP");
    }

    @Test
    void aNumberTooSmallForItsUnitIsRefused() {
        assertThatThrownBy(() -> in(plain(DataType.INT))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> in(format(DataType.INT, "EPOCH|MILLISECONDS")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> in(format(DataType.INT, "SIMPLE_DATE_FORMAT|yyyyMMddHHmm")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> in(plain(DataType.DOUBLE), TimeUnit.NANOSECONDS, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> in(format(DataType.LONG, "SIMPLE_DATE_FORMAT|yyyy-MM-dd")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEpochOfWeeksIsRefused() {
        assertThatThrownBy(() -> in(format(DataType.LONG, "EPOCH|WEEKS"))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Core's times are those whose microseconds fit a long: the years −290308 to 294247. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "INT, EPOCH|SECONDS, 2147483648, 2147483647",
        "INT, EPOCH|SECONDS, -2147483649, -2147483648",
        "INT, EPOCH|MINUTES, 9223372036853, 2147483647",
        "INT, SIMPLE_DATE_FORMAT|yyyyMMdd, 9223372036853, 2147483647",
        "INT, SIMPLE_DATE_FORMAT|yyyyMMdd, -9223372036853, -2147483648",
        "LONG, EPOCH|NANOSECONDS, 9223372037, 9223372036854775807",
        "LONG, EPOCH|NANOSECONDS, -9223372037, -9223372036854775808",
        "LONG, EPOCH|NANOSECONDS|10, 92233720369, 9223372036854775807",
        "LONG, SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSSS, 9223372036853, 9223372036854775807",
        "LONG, SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSSS, -9223372036853, -9223372036854775808"
    })
    void aTimeThatDoesNotFitTheColumnFollowsOnNumberOverflow(DataType type, String format, long second, long end) {
        FieldSpec column = format(type, format);

        assertThatThrownBy(() -> in(column).value(second, 0))
                .isInstanceOf(RowException.class)
                .hasMessage("column 't' of type " + type + " does not hold this number exactly; see"
                        + " dynamodb.onNumberOverflow")
                .hasNoCause();
        assertThat(in(column, Map.of("dynamodb.onNumberOverflow", "NULL")).value(second, 0))
                .isNull();
        assertThat(in(column, Map.of("dynamodb.onNumberOverflow", "SATURATE")).value(second, 0))
                .isEqualTo(type == DataType.INT ? (Object) (int) end : (Object) end);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "BIG_DECIMAL, EPOCH|NANOSECONDS, 9223372037, 9223372037000000001",
        "BIG_DECIMAL, EPOCH|NANOSECONDS, -9223372038, -9223372037999999999",
        "STRING, EPOCH|NANOSECONDS, 9223372036853, 9223372036853000000001",
        "STRING, EPOCH|NANOSECONDS|10, -9223372036853, -922337203685300000000",
        "BIG_DECIMAL, SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSSS, 9223372036853, 29424701100400530000",
        "LONG, EPOCH|NANOSECONDS|1000, 9223372036853, 9223372036853000000",
        "LONG, EPOCH|NANOSECONDS|1000, -9223372036853, -9223372036853000000"
    })
    void aColumnThatHoldsTheNumberOfALargeTimeGetsItExactly(DataType type, String format, long second, String number) {
        assertThat(in(format(type, format)).value(second, 1)).hasToString(number);
    }

    @Test
    void aTimeWithoutANumberInItsFormatFollowsOnTypeMismatch() {
        FieldSpec column = format(DataType.LONG, "SIMPLE_DATE_FORMAT|MMyyyy");

        assertThat(in(column).value(-99_999_999_999L, 0)).isNull();
        assertThatThrownBy(() ->
                        in(column, Map.of("dynamodb.onTypeMismatch", "FAIL")).value(-99_999_999_999L, 0))
                .isInstanceOf(RowException.class)
                .hasMessageEndingWith("see dynamodb.onTypeMismatch")
                .hasNoCause();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss.SSS, true",
        "SIMPLE_DATE_FORMAT|yyyyMMdd, true",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss|Asia/Tokyo, true",
        "SIMPLE_DATE_FORMAT|dd.MM.yyyy HH:mm, false",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd hh:mm, false",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm|Europe/Berlin, false",
        "SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSSSSS, true",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:SSS, false",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss S, true",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd SSS, false",
        "SIMPLE_DATE_FORMAT|xxxx-'W'ww, true",
        "SIMPLE_DATE_FORMAT|xxxx-MM-dd, false",
        "EPOCH|SECONDS, true"
    })
    void aFormatIsOrderedIfLaterTimesSortLater(String format, boolean ordered) {
        assertThat(in(format(DataType.STRING, format)).isOrdered()).isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EPOCH|MILLISECONDS",
                "EPOCH|MICROSECONDS|10",
                "EPOCH|DAYS",
                "TIMESTAMP",
                "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss.SSSSS"
            })
    void formatsCoarserThanMicrosecondsTieOften(String format) {
        assertThat(in(format(DataType.STRING, format)).isCoarserThanMicros()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EPOCH|MICROSECONDS",
                "EPOCH|NANOSECONDS",
                "SIMPLE_DATE_FORMAT",
                "SIMPLE_DATE_FORMAT|yyyy-MM-dd HH:mm:ss.SSSSSS"
            })
    void microsecondsAreNotCoarser(String format) {
        assertThat(in(format(DataType.STRING, format)).isCoarserThanMicros()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd H:mm:ss|Asia/Tokyo, 19",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd H:mm:ss|America/Los_Angeles, 19",
        "SIMPLE_DATE_FORMAT|yyyy-MM-dd h:mm a|Asia/Kolkata, 19",
        "'SIMPLE_DATE_FORMAT|EEEE, MMMM d, yyyy h:mm a|America/New_York', 38",
        "SIMPLE_DATE_FORMAT|H, 2",
        "SIMPLE_DATE_FORMAT|MMMM d, 12",
        "SIMPLE_DATE_FORMAT|EEEE, 9",
        "EPOCH|SECONDS, 10"
    })
    void theLengthOfTextIsThatOfTheLongestHourAndDay(String format, int length) {
        assertThat(in(format(DataType.STRING, format)).textLength()).isEqualTo(length);
        assertThat(in(plain(DataType.LONG)).textLength()).isZero();
    }

    @Test
    void theOrderOfAFormatStaysTheSameWhenItIsAskedForAgain() {
        String format = "SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSS";
        for (int time = 0; time < 2; time++) {
            assertThat(in(format(DataType.LONG, format)).isOrdered()).isTrue();
            assertThat(in(format(DataType.STRING, format)).isOrdered()).isTrue();
            assertThat(in(format(DataType.STRING, format + "|Europe/Berlin")).isOrdered())
                    .isFalse();
            assertThat(in(format(DataType.LONG, "SIMPLE_DATE_FORMAT|ddMMyyyy")).isOrdered())
                    .isFalse();
        }
    }
}
