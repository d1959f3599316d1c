package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.FieldSpec.MaxLengthExceedStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table's own time column, of whose least and greatest value Pinot makes the times of a segment. */
class TimeColumnTest {
    private static Table table(DataType type, String format) {
        return Table.with("id", DataType.STRING)
                .and(new DateTimeFieldSpec("day", type, format, "1:DAYS"))
                .timeColumn("day");
    }

    private static String event(String value) {
        return Change.of("INSERT")
                .newImage("\"day\":" + value.replace('\'', '"'))
                .json();
    }

    @Test
    void aTimeColumnOfWhichPinotBuildsNoSegmentIsRefused() {
        for (String spec : List.of(
                "DOUBLE EPOCH|MILLISECONDS",
                "FLOAT EPOCH|MILLISECONDS",
                "BIG_DECIMAL EPOCH|MILLISECONDS",
                "BIG_DECIMAL SIMPLE_DATE_FORMAT|yyyyMMdd",
                "BOOLEAN SIMPLE_DATE_FORMAT|yyyyMMdd",
                "STRING TIMESTAMP",
                "JSON TIMESTAMP")) {
            String[] parts = spec.split(" ", -1);
            DataType type = DataType.valueOf(parts[0]);
            Table table = table(type, parts[1]);
            assertThatThrownBy(table::init)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'day'", type.name(), "LONG");
            table.continueOnError().init();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "STRING, SIMPLE_DATE_FORMAT|yyyy-MM-dd, {'S':'2024-06-22'}, {'S':'n/a'}",
                "STRING, SIMPLE_DATE_FORMAT|yyyy-MM-dd, {'S':'2024-06-22'}, {'S':''}",
                "STRING, SIMPLE_DATE_FORMAT|yyyy-MM-dd, {'S':'2024-06-22'}, {'S':'2024-06-31'}",
                "LONG, SIMPLE_DATE_FORMAT|yyyyMMdd, {'N':'20240622'}, {'N':'0'}",
                "INT, SIMPLE_DATE_FORMAT|yyyyMMdd, {'N':'20240622'}, {'N':'20241301'}",
                "STRING, EPOCH|SECONDS, {'S':'1719039881'}, {'S':'abc'}",
                "STRING, EPOCH|SECONDS, {'N':'1719039881'}, {'N':'1719039881.5'}"
            })
    void aValueThatIsNotInItsFormatFailsTheRow(DataType type, String format, String good, String bad) {
        for (String policy : List.of("NULL", "FAIL")) {
            Table table = table(type, format).property("onTypeMismatch", policy);
            assertThat(table.row(event(good)).get("day")).isNotNull();
            assertThatThrownBy(() -> table.row(event(bad)))
                    .isInstanceOf(RowException.class)
                    .hasMessageContainingAll("column 'day'", "not in its format");
        }
    }

    /** Pinot then stores the value, and takes the current time as that of the segment. */
    @Test
    void aTableThatContinuesOnErrorKeepsRowsOfAnyTime() {
        Table table = table(DataType.STRING, "SIMPLE_DATE_FORMAT|yyyy-MM-dd").continueOnError();
        assertThat(table.row(event("{'S':'n/a'}"))).containsEntry("day", "n/a");
    }

    @ParameterizedTest
    @CsvSource({
        "INT, SIMPLE_DATE_FORMAT|yyyyMMdd, -30610051200, -62135596800",
        "LONG, SIMPLE_DATE_FORMAT|yyyyMMdd, 253402128000, 253402300800",
        "STRING, SIMPLE_DATE_FORMAT|yyyy-MM-dd|Asia/Kolkata, 253402128000, 253402300799",
        "STRING, SIMPLE_DATE_FORMAT|yyyy-MM-dd|America/New_York, -62135424000, -62135596800",
        "STRING, SIMPLE_DATE_FORMAT, 253402300799, 253402300800",
        "STRING, SIMPLE_DATE_FORMAT, -62167219200, -62167219201"
    })
    void aTimeOfTheChangeWhoseYearHasNotFourDigitsFailsTheRow(DataType type, String format, long good, long bad) {
        Table table = table(type, format).property("timeColumnName", "day").property("timePrecision", "SECOND");
        assertThat(table.row(changedAt(good)).get("day")).isNotNull();
        assertThatThrownBy(() -> table.row(changedAt(bad)))
                .isInstanceOf(RowException.class)
                .hasMessageContainingAll("column 'day'", "has not four digits")
                .hasMessageNotContaining(Long.toString(bad));
    }

    private static String changedAt(long second) {
        return Change.of("INSERT").at(second).json();
    }

    /** Pinot would show 20240620 as 2.024062E+7. */
    @Test
    void aDecimalMayBeTheTimeColumnIfPinotKeepsItsTrailingZeros() {
        FieldSpec day = new DateTimeFieldSpec("day", DataType.BIG_DECIMAL, "SIMPLE_DATE_FORMAT|yyyyMMdd", "1:DAYS");
        day.setAllowTrailingZeros(true);
        Table table = Table.with("id", DataType.STRING).and(day).timeColumn("day");
        assertThat(table.row(event("{'N':'20240620'}"))).containsEntry("day", new BigDecimal("20240620"));
    }

    /** Its texts would have more than the digits of a long, which Pinot parses. */
    @Test
    void aTimeOfTheChangeInNanosecondsBeyondALongFailsTheRow() {
        Table table = table(DataType.STRING, "EPOCH|NANOSECONDS")
                .property("timeColumnName", "day")
                .property("timePrecision", "SECOND");
        assertThat(table.row(changedAt(9223372036L))).containsEntry("day", "9223372036000000000");
        assertThatThrownBy(() -> table.row(changedAt(9223372037L)))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("column 'day'");
        FieldSpec decimal = new DateTimeFieldSpec("day", DataType.BIG_DECIMAL, "EPOCH|NANOSECONDS", "1:DAYS");
        decimal.setAllowTrailingZeros(true);
        Table decimals = Table.with("id", DataType.STRING).and(decimal).timeColumn("day");
        assertThatThrownBy(decimals::init).hasMessageContainingAll("'day'", "BIG_DECIMAL", "LONG");
    }

    @Test
    void aTimeColumnWhoseValuesTheDecoderDoesNotPassGivesAWarning() {
        String transform = "toDateTime(at, 'yyyy-MM-dd')";
        for (String spec : List.of(
                "STRING SIMPLE_DATE_FORMAT|yyyy-MM-dd", "STRING EPOCH|SECONDS", "INT SIMPLE_DATE_FORMAT|yyyyMMdd")) {
            String[] parts = spec.split(" ", -1);
            DataType type = DataType.valueOf(parts[0]);
            assertThat(table(type, parts[1]).init().log.warnings()).isEmpty();
            assertThat(table(type, parts[1])
                            .transform("day", transform)
                            .init()
                            .log
                            .warnings())
                    .singleElement()
                    .asString()
                    .contains("'day'", "its transform", "LONG", "continueOnError");
            Table part = new Table().dateTime("m.day", type, parts[1]).timeColumn("m.day");
            assertThat(part.delimiter(".").init().log.warnings())
                    .singleElement()
                    .asString()
                    .contains("'m.day'", "a part of an attribute");
            Table both = new Table().dateTime("m.day", type, parts[1]).timeColumn("m.day");
            assertThat(both.delimiter(".")
                            .property("timeColumnName", "m.day")
                            .init()
                            .log
                            .warnings())
                    .anyMatch(warning -> warning.contains("a part of an attribute"));
        }
        for (Table table : List.of(
                table(DataType.LONG, "EPOCH|SECONDS").transform("day", transform),
                table(DataType.TIMESTAMP, "TIMESTAMP").transform("day", transform),
                table(DataType.STRING, "SIMPLE_DATE_FORMAT")
                        .transform("day", transform)
                        .continueOnError(),
                table(DataType.STRING, "SIMPLE_DATE_FORMAT")
                        .transform("day", transform)
                        .property("transformedColumns", "KEEP"),
                table(DataType.STRING, "SIMPLE_DATE_FORMAT")
                        .transform("day", transform)
                        .property("timeColumnName", "day"),
                new Table()
                        .dateTime("m.day", DataType.STRING, "SIMPLE_DATE_FORMAT")
                        .timeColumn("m.day"))) {
            assertThat(table.init().log.warnings()).isEmpty();
        }
    }

    /** Pinot stores 2024-06-22 07:04:39.5 there for null, which it cannot parse. */
    @Test
    void aTextOfFormatTimestampIsRefusedForTheTimeOfTheChangeToo() {
        Table table = table(DataType.STRING, "TIMESTAMP").property("timeColumnName", "day");
        assertThatThrownBy(table::init).hasMessageContainingAll("'day'", "STRING and format TIMESTAMP", "LONG");
    }

    @Test
    void theTimeColumnIsNotFilledWithWhetherTheItemIsDeleted() {
        for (String spec : List.of("STRING SIMPLE_DATE_FORMAT|yyyy-MM-dd", "LONG EPOCH|MILLISECONDS")) {
            String[] parts = spec.split(" ", -1);
            Table table = table(DataType.valueOf(parts[0]), parts[1]).property("deleteColumnName", "day");
            assertThatThrownBy(table::init)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("dynamodb.deleteColumnName", "the time column", "BOOLEAN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventName", "eventId", "awsRegion", "SequenceNumber", "SizeBytes", "isTimeToLiveDelete"})
    void aFieldOfTheEventThatIsNoTimeDoesNotFillTheTimeColumn(String field) {
        assertThatThrownBy(() -> named(field).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + field + "'", "no time", "dynamodb.envelopePrefix");
        for (Table table : List.of(
                named(field).property("envelopePrefix", "cdc_"),
                named(field).property("timeColumnName", field),
                named(field).transform(field, "toDateTime(at, 'yyyy-MM-dd')"),
                named(field).continueOnError())) {
            table.init();
        }
        Table kept = named(field).transform(field, "toDateTime(at, 'yyyy-MM-dd')");
        assertThatThrownBy(kept.property("transformedColumns", "KEEP")::init).hasMessageContaining("no time");
    }

    private static Table named(String column) {
        return Table.with("id", DataType.STRING)
                .dateTime(column, DataType.STRING, "SIMPLE_DATE_FORMAT|yyyy-MM-dd")
                .timeColumn(column);
    }

    @Test
    void aNumberAndTheTimeOfTheEventMayFillTheTimeColumn() {
        for (String field : List.of("SizeBytes", "ApproximateCreationDateTime", "approximateCreationDateTime")) {
            Table table = new Table().dateTime(field, DataType.LONG, "EPOCH|MILLISECONDS");
            assertThat(table.timeColumn(field).row(Change.insert(""))).containsKey(field);
        }
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE_DATE_FORMAT|yyyy-MM-dd, 9, 10", "SIMPLE_DATE_FORMAT|yyyyMMddHHmm, 8, 12", "EPOCH|SECONDS, 9, 10"
    })
    void aTimeColumnThatHoldsNoTimeInItsFormatIsRefused(String format, int tooShort, int enough) {
        for (MaxLengthExceedStrategy strategy : MaxLengthExceedStrategy.values()) {
            FieldSpec day = new DateTimeFieldSpec("day", DataType.STRING, format, "1:DAYS");
            day.setMaxLengthExceedStrategy(strategy);
            day.setMaxLength(tooShort);
            Table table = Table.with("id", DataType.STRING).and(day).timeColumn("day");
            if (strategy == MaxLengthExceedStrategy.NO_ACTION) {
                table.init();
            } else {
                assertThatThrownBy(table::init)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("'day'", "maxLength of " + tooShort, "to " + enough);
            }
            day.setMaxLength(enough);
            table.init();
        }
    }

    @Test
    void anotherColumnMayHoldAnyValueAndTheTimeColumnNull() {
        Table other = Table.with("id", DataType.STRING)
                .and(new DateTimeFieldSpec("day", DataType.STRING, "SIMPLE_DATE_FORMAT|yyyy-MM-dd", "1:DAYS"));
        assertThat(other.row(event("{'S':'n/a'}"))).containsEntry("day", "n/a");
        assertThat(table(DataType.STRING, "SIMPLE_DATE_FORMAT|yyyy-MM-dd").row(event("{'NULL':true}")))
                .containsEntry("day", null);
    }
}
