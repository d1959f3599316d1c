package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

class UpsertAdviceTest {
    /** Has a column for the time of the change and one for deletes, which no property names. */
    private static Table table() {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id");
    }

    private static Table timed() {
        return table().property("timeColumnName", "at");
    }

    private static Table timedAndDeleting() {
        return timed().property("deleteColumnName", "gone");
    }

    private static List<String> warnings(Table table) {
        return table.init().log.warnings();
    }

    private static void assertWarns(Table table, String... words) {
        assertThat(warnings(table)).singleElement().asString().contains(words);
    }

    @Test
    void theRecipeOfTheReadmeGivesNoWarning() {
        assertThat(warnings(timedAndDeleting().upsert(Mode.FULL, "gone", "at"))).isEmpty();
    }

    @Test
    void aTableWithoutUpsertGivesNoWarning() {
        assertThat(warnings(table())).isEmpty();
    }

    @Test
    void partialUpsertGivesOneWarningWithTheReason() {
        assertWarns(timedAndDeleting().upsert(Mode.PARTIAL, "gone", "at"), "PARTIAL", "removed", "FULL");
    }

    @Test
    void aDeleteColumnThatNoUpsertConfigUsesGivesAWarning() {
        assertWarns(timedAndDeleting(), "'gone'", "deleteRecordColumn");
    }

    @Test
    void anUpsertTableThatDeletesNothingGivesAWarning() {
        assertWarns(timed().upsert(Mode.FULL, null, "at"), "deleteRecordColumn", "dynamodb.deleteColumnName");
        assertWarns(timed().upsert(Mode.FULL, "gone", "at"), "'gone'", "dynamodb.deleteColumnName");
    }

    @Test
    void withoutRemoveOrWithATransformForTheDeleteColumnThereIsNoWarning() {
        assertThat(warnings(timed().property("events", "INSERT,MODIFY").upsert(Mode.FULL, null, "at")))
                .isEmpty();
        assertThat(warnings(timed().transform("gone", "strcmp(eventName, 'REMOVE') = 0")
                        .upsert(Mode.FULL, "gone", "at")))
                .isEmpty();
    }

    @Test
    void aComparisonColumnWithoutTheTimeOfTheChangeGivesAWarning() {
        Table table = table().property("deleteColumnName", "gone").upsert(Mode.FULL, "gone", "at");

        assertWarns(table, "'at'", "dynamodb.timeColumnName");
    }

    @Test
    void withoutComparisonColumnsPinotComparesByTheTablesTimeColumn() {
        Table table =
                table().property("deleteColumnName", "gone").timeColumn("at").upsert(Mode.FULL, "gone");

        assertWarns(table, "'at'", "dynamodb.timeColumnName");
    }

    @Test
    void severalComparisonColumnsGiveAWarning() {
        Table table = timedAndDeleting()
                .and("ApproximateCreationDateTime", DataType.LONG)
                .upsert(Mode.FULL, "gone", "at", "ApproximateCreationDateTime");

        assertWarns(table, "several");
    }

    @Test
    void millisecondsAreMentionedAndMicrosecondsAreNot() {
        Table millis = Table.with("id", DataType.STRING)
                .and("at", DataType.TIMESTAMP)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone");

        assertInforms(millis.upsert(Mode.FULL, "gone", "at"), "'at'", "MILLISECONDS");
        assertInforms(timedAndDeleting().upsert(Mode.FULL, "gone", "at"), "MICROSECONDS");
    }

    @Test
    void theSequenceNumberAsBigDecimalIsAComparisonColumnAndAsTextItIsNot() {
        for (String column : List.of("SequenceNumber", "sequenceNumber")) {
            Table decimal = timedAndDeleting().and(column, DataType.BIG_DECIMAL).upsert(Mode.FULL, "gone", column);
            assertThat(warnings(decimal)).isEmpty();
            assertThat(decimal.log.lines).anyMatch(line -> line.startsWith("INFO") && line.contains("DynamoDB table"));

            assertWarns(
                    timedAndDeleting().and(column, DataType.STRING).upsert(Mode.FULL, "gone", column),
                    "'" + column + "'",
                    "as text",
                    "BIG_DECIMAL");
        }
        assertThat(warnings(timedAndDeleting()
                        .property("envelopePrefix", "cdc_")
                        .and("cdc_SequenceNumber", DataType.BIG_DECIMAL)
                        .upsert(Mode.FULL, "gone", "cdc_SequenceNumber")))
                .isEmpty();
    }

    @Test
    void anAttributeCalledSequenceNumberIsNoComparisonColumn() {
        Table attribute = timedAndDeleting()
                .property("envelopePrefix", "cdc_")
                .and("SequenceNumber", DataType.BIG_DECIMAL)
                .upsert(Mode.FULL, "gone", "SequenceNumber");

        assertWarns(attribute, "'SequenceNumber'", "does not hold the time");
    }

    private static void assertInforms(Table table, String... words) {
        assertThat(table.init().log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains(words);
    }

    @Test
    void aComparisonColumnThatDoesNotSortByTimeIsRefused() {
        Table table = Table.with("id", DataType.STRING)
                .dateTime("at", DataType.STRING, "SIMPLE_DATE_FORMAT|dd.MM.yyyy HH:mm:ss")
                .property("timeColumnName", "at")
                .upsert(Mode.FULL, null, "at");

        assertThatThrownBy(table::init)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'at'")
                .hasMessageContaining("LONG");
    }

    @Test
    void anImageOtherThanNewGivesAWarning() {
        Table table = timedAndDeleting().property("image", "OLD").upsert(Mode.FULL, "gone", "at");

        assertWarns(table, "dynamodb.image=OLD");
    }
}
