package realpinot;

import static org.assertj.core.api.Assertions.assertThat;
import static realpinot.OneColumn.ROW_LOST;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TIMESTAMP and BOOLEAN: how Pinot converts the values of other decoders, and what a query returns for this decoder's.
 */
class TimeAndTruthColumnsTest {
    private static final OneColumn TIMESTAMP = OneColumn.of(DataType.TIMESTAMP);
    private static final OneColumn BOOLEAN = OneColumn.of(DataType.BOOLEAN);
    private static final long MILLIS = 1_719_039_879_869L;

    @Test
    void microsecondsAreReadAsMillisecondsAndOursAreNot() throws Exception {
        long micros = 1_719_039_879_869_591L;
        Object year56000 = TIMESTAMP.naive(micros);
        assertThat(year56000).isEqualTo(micros);
        assertThat(Instant.ofEpochMilli(micros)).isAfter(Instant.parse("+56000-01-01T00:00:00Z"));

        assertThat(TIMESTAMP.decoded("{\"N\":\"1719039879869591\"}")).isEqualTo(MILLIS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1719039879, 1719039879000",
        "1719039879.869, 1719039879869",
        "1719039879869, 1719039879869",
        "1719039879869591, 1719039879869",
        "1719039879869591123, 1719039879869",
        "1.719039879869E12, 1719039879869"
    })
    void aNumberIsReadByItsMagnitudeAndFloored(String text, long expected) throws Exception {
        assertThat(TIMESTAMP.decoded("{\"N\":\"" + text + "\"}")).isEqualTo(expected);
        assertThat(TIMESTAMP.decoded("{\"S\":\"" + text + "\"}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20240710", "2024", "0", "-1719039879", "1E20"})
    void aNumberThatIsNoPlausibleTimeIsNullAndNever1970(String text) throws Exception {
        assertThat(TIMESTAMP.naive(20_240_710L)).isEqualTo(20_240_710L); // in milliseconds, five hours after 1970 began
        OneColumn refusing = OneColumn.of(DataType.TIMESTAMP, Map.of("dynamodb.onTypeMismatch", "FAIL"));
        for (String type : new String[] {"N", "S"}) {
            String value = "{\"" + type + "\":\"" + text + "\"}";
            assertThat(TIMESTAMP.decoded(value)).isNull();
            assertThat(refusing.decoded(value)).isEqualTo(ROW_LOST);
        }
    }

    @Test
    void aColumnsUnitCanBeStated() throws Exception {
        OneColumn inSeconds = OneColumn.of(DataType.TIMESTAMP, Map.of("dynamodb.column.v.unit", "SECONDS"));
        assertThat(inSeconds.decoded("{\"N\":\"171903987900\"}")).isEqualTo(171_903_987_900_000L);
        OneColumn inMillis = OneColumn.of(DataType.TIMESTAMP, Map.of("dynamodb.column.v.unit", "MILLISECONDS"));
        assertThat(inMillis.decoded("{\"N\":\"5\"}")).isEqualTo(5L);
    }

    @Test
    void anIntegerAndAnInstantLoseTheRow() throws Exception {
        assertThat(TIMESTAMP.naive(1_719_039_879)).isEqualTo(ROW_LOST);
        assertThat(TIMESTAMP.naive(Instant.ofEpochMilli(MILLIS))).isEqualTo(ROW_LOST);
        assertThat(TIMESTAMP.naive("1719039879.869")).isEqualTo(ROW_LOST);
    }

    @Test
    void textWithoutAnOffsetIsInTheServersZoneAndOursInUtc() throws Exception {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(TIMESTAMP.naive("2024-06-22T07:04:39.869")).isEqualTo(MILLIS - 9 * 3_600_000);

            assertThat(TIMESTAMP.decoded("{\"S\":\"2024-06-22T07:04:39.869\"}")).isEqualTo(MILLIS);
            assertThat(TIMESTAMP.decoded("{\"S\":\"2024-06-22T07:04:39.869591\"}"))
                    .isEqualTo(MILLIS);
        } finally {
            TimeZone.setDefault(zone);
        }
        assertThat(TIMESTAMP.decoded("{\"S\":\"2024-06-22T09:04:39.869+02:00\"}"))
                .isEqualTo(MILLIS);
        assertThat(TIMESTAMP.decoded("{\"S\":\"2024-06-22T07:04:39.869Z\"}")).isEqualTo(MILLIS);
    }

    @Test
    void whatIsNoTimeIsNullOrRefused() throws Exception {
        OneColumn refusing = OneColumn.of(DataType.TIMESTAMP, Map.of("dynamodb.onTypeMismatch", "FAIL"));
        for (String value : new String[] {"{\"S\":\"tomorrow\"}", "{\"BOOL\":true}", "{\"M\":{}}"}) {
            assertThat(TIMESTAMP.decoded(value)).isNull();
            assertThat(refusing.decoded(value)).isEqualTo(ROW_LOST);
        }
    }

    @Test
    void aDecimalZeroIsTrueAndOursIsFalse() throws Exception {
        assertThat(BOOLEAN.naive(new BigDecimal("0.0"))).isEqualTo(true);

        assertThat(BOOLEAN.decoded("{\"N\":\"0.0\"}")).isEqualTo(false);
        assertThat(BOOLEAN.decoded("{\"N\":\"0E+9\"}")).isEqualTo(false);
        assertThat(BOOLEAN.decoded("{\"N\":\"-0.5\"}")).isEqualTo(true);
    }

    @Test
    void textsArePinotsOwnAndAnyOtherIsNullWherePinotMakesItFalse() throws Exception {
        for (String text : new String[] {"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"}) {
            assertThat(BOOLEAN.decoded("{\"S\":\"" + text + "\"}")).isNotNull().isEqualTo(BOOLEAN.naive(text));
        }
        assertThat(BOOLEAN.naive("yes")).isEqualTo(false);

        assertThat(BOOLEAN.decoded("{\"S\":\"yes\"}")).isNull();
        assertThat(BOOLEAN.decoded("{\"S\":\"true\"}")).isEqualTo(true);
        assertThat(BOOLEAN.decoded("{\"S\":\"false\"}")).isEqualTo(false);
        assertThat(BOOLEAN.decoded("{\"BOOL\":true}")).isEqualTo(true);
        assertThat(BOOLEAN.decoded("{\"BOOL\":false}")).isEqualTo(false);
        assertThat(BOOLEAN.decoded("{\"L\":[]}")).isNull();
    }
}
