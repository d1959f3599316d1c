package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of TIMESTAMP columns, which depend on the unit or the magnitude of a number. */
class TimestampColumnTest {
    private static Table column() {
        return Table.with("v", DataType.TIMESTAMP);
    }

    private static @Nullable Object multiValue(String attributeValue) {
        return new Table().multiValue("v", DataType.TIMESTAMP).value(attributeValue);
    }

    private static String n(String text) {
        return "{\"N\":\"" + text + "\"}";
    }

    private static String s(String text) {
        return "{\"S\":\"" + text + "\"}";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1719039879, 1719039879000",
        "1719039879.651, 1719039879651",
        "1719039879651, 1719039879651",
        "1719039879651.9, 1719039879651",
        "1719039879869591, 1719039879869",
        "1719039879869591234, 1719039879869",
        "100000000, 100000000000",
        "100000000.0009, 100000000000",
        "+1E8, 100000000000",
        "000100000000, 100000000000",
        "99999999999, 99999999999000",
        "100000000000, 100000000000",
        "1.719039879651E12, 1719039879651",
        "99999999999999999999, 99999999999999"
    })
    void timestampTakesNumbersByTheirMagnitude(String text, long millis) {
        for (String attribute : List.of(n(text), s(text))) {
            assertThat(column().value(attribute)).isEqualTo(millis);
            assertThat(multiValue(attribute)).isEqualTo(new Object[] {millis});
        }
        assertThat(multiValue("{\"NS\":[\"" + text + "\"]}")).isEqualTo(new Object[] {millis});
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "20240710",
                "20240710.5",
                "2.024071E7",
                "0020240710",
                "240710",
                "2024",
                "0",
                "0E+9999",
                "-0",
                "1",
                "-1",
                "99999999",
                "99999999.9999",
                "100000000000000000000",
                "9E125",
                "1E9999",
                "1E-9999",
                "-1E-9999",
                "-20240710",
                "-1719039879",
                "-1719039879869591",
                "-9E125"
            })
    void aNumberThatIsNoPlausibleTimeIsAMismatchAndNever1970(String text) {
        for (String attribute : List.of(n(text), s(text))) {
            Table table = column().property("onNumberOverflow", "SATURATE");

            assertThat(table.value(attribute)).isNull();
            assertThat(table.log.warnings())
                    .singleElement()
                    .asString()
                    .contains("'v'", "null", "dynamodb.column.<name>.unit")
                    .doesNotContain(text + " ");
            assertThat(multiValue("{\"L\":[" + attribute + "," + n("1719039879") + "]}"))
                    .isEqualTo(new Object[] {1_719_039_879_000L});
            assertThat(multiValue(attribute)).isNull();
            assertThatThrownBy(() -> column().property("onTypeMismatch", "FAIL").value(attribute))
                    .isInstanceOf(RowException.class)
                    .hasMessageContaining("dynamodb.onTypeMismatch")
                    .hasMessageContaining("dynamodb.column.<name>.unit");
        }
        assertThatThrownBy(() -> column().timeColumn("v").value(n(text))).isInstanceOf(RowException.class);
    }

    @Test
    void aTimestampFieldWithAFormatIsStillATimestamp() {
        for (String format : List.of("TIMESTAMP", "1:MILLISECONDS:TIMESTAMP", "1:MILLISECONDS:EPOCH")) {
            Table table = new Table().dateTime("v", DataType.TIMESTAMP, format);

            assertThat(table.value(n("1719039879"))).isEqualTo(1_719_039_879_000L);
            assertThat(table.value(n("20240710"))).isNull();
            assertThat(table.value(s("20240710"))).isNull();
            assertThat(table.value(s("2024-07-10"))).isEqualTo(1_720_569_600_000L);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"EPOCH|DAYS", "EPOCH|SECONDS", "1:MILLISECONDS:EPOCH", "TIMESTAMP"})
    void anIntegerFieldWithATimeFormatTakesTheAttributesNumberUnchanged(String format) {
        Table table = new Table().dateTime("v", DataType.LONG, format);

        for (long number : new long[] {0, 19_914, 20_240_710, 1_719_039_879, 1_719_039_879_869L}) {
            assertThat(table.value(n(Long.toString(number)))).isEqualTo(number);
            assertThat(table.value(s(Long.toString(number)))).isEqualTo(number);
        }
        assertThat(table.value(s("2024-07-10"))).isNull();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "SECONDS, 200000000000, 200000000000000",
        "SECONDS, 20240710, 20240710000",
        "SECONDS, 0, 0",
        "SECONDS, 0E+9999, 0",
        "SECONDS, 1E-9999, 0",
        "SECONDS, -1E-9999, -1",
        "MICROSECONDS, -1719039879869591, -1719039879870",
        "milliseconds, 5, 5",
        "MICROSECONDS, 1999, 1",
        "NANOSECONDS, -1, -1",
        "DAYS, 1.5, 129600000"
    })
    void timestampTakesNumbersInTheUnitOfItsColumn(String unit, String text, long millis) {
        assertThat(column().property("column.v.unit", unit).value(n(text))).isEqualTo(millis);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2024-07-10T12:34:39.651036, 1720614879651",
        "2024-07-10 12:34:39.651, 1720614879651",
        "2024-07-10T12:34:39Z, 1720614879000",
        "2024-07-10T14:34:39+02:00, 1720614879000",
        "2024-07-10T14:34:39+0200, 1720614879000",
        "2024-07-10T14:34:39+02, 1720614879000",
        "2024-07-10T12:34, 1720614840000",
        "2024-07-10, 1720569600000",
        "1969-12-31T23:59:59.9999Z, -1"
    })
    void timestampTakesIsoTextsInUtcIfTheyHaveNoOffset(String text, long millis) {
        assertThat(column().value(s(text))).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2024-13-01",
                "2024-02-30",
                "2024-07-10T24:00",
                "10.07.2024 12:34",
                "2024-07-10T",
                "2024-07-10 1",
                "2024-07",
                "2024-W28-3",
                "2024-192",
                "20240710T123439Z",
                "2024-07-10T12:34:39,5Z",
                "2024-07-10T14:34:39+2:00"
            })
    void anyOtherTextIsNoTimestamp(String text) {
        assertThat(column().value(s(text))).isNull();
    }

    @Test
    void onNumberOverflowDecidesAboutANumberInTheColumnsUnitThatDoesNotFit() {
        assertThatThrownBy(() -> column().property("column.v.unit", "SECONDS").value(n("9E125")))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("dynamodb.onNumberOverflow");
        assertThat(column().property("column.v.unit", "SECONDS")
                        .property("onNumberOverflow", "SATURATE")
                        .value(n("-9E125")))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void theUnitOfAColumnThatPinotFillsFromAPartIsRefused() {
        Table table = Table.with("id", DataType.STRING)
                .and("m.t", DataType.TIMESTAMP)
                .delimiter(".")
                .fieldsToRead("id", "m")
                .property("column.m.t.unit", "SECONDS");
        assertThatThrownBy(table::init)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("dynamodb.column.", "m.t", "no attribute of this name");
    }
}
