package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

class UpsertAdviceTest {
    private static Table table() {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id");
    }

    private static Table named() {
        return table().property("timeColumnName", "at").property("deleteColumnName", "gone");
    }

    @Test
    void theRecipeOfTheReadmeGivesNoWarning() {
        assertThat(named().upsert(Mode.FULL, "gone", "at").init().log.warnings())
                .isEmpty();
    }

    @Test
    void aTableWithoutUpsertGivesNoWarning() {
        assertThat(table().init().log.warnings()).isEmpty();
    }

    @Test
    void partialUpsertIsWarnedOfOnceWithTheReason() {
        assertThat(named().upsert(Mode.PARTIAL, "gone", "at").init().log.warnings())
                .singleElement()
                .asString()
                .contains("PARTIAL", "removed", "FULL");
    }

    @Test
    void aDeleteColumnThatNoUpsertConfigUsesIsWarnedOf() {
        assertThat(named().init().log.warnings()).singleElement().asString().contains("'gone'", "deleteRecordColumn");
    }

    @Test
    void anUpsertTableThatDeletesNothingIsWarnedOf() {
        assertThat(table().property("timeColumnName", "at")
                        .upsert(Mode.FULL, null, "at")
                        .init()
                        .log
                        .warnings())
                .singleElement()
                .asString()
                .contains("deleteRecordColumn", "dynamodb.deleteColumnName");
        assertThat(table().property("timeColumnName", "at")
                        .upsert(Mode.FULL, "gone", "at")
                        .init()
                        .log
                        .warnings())
                .singleElement()
                .asString()
                .contains("'gone'", "dynamodb.deleteColumnName");
    }

    @Test
    void withoutRemoveOrWithATransformForTheDeleteColumnThereIsNothingToWarnOf() {
        assertThat(table().property("timeColumnName", "at")
                        .property("events", "INSERT,MODIFY")
                        .upsert(Mode.FULL, null, "at")
                        .init()
                        .log
                        .warnings())
                .isEmpty();
        assertThat(table().property("timeColumnName", "at")
                        .transform("gone", "strcmp(eventName, 'REMOVE') = 0")
                        .upsert(Mode.FULL, "gone", "at")
                        .init()
                        .log
                        .warnings())
                .isEmpty();
    }

    @Test
    void aComparisonColumnWithoutTheTimeOfTheChangeIsWarnedOf() {
        assertThat(table().property("deleteColumnName", "gone")
                        .upsert(Mode.FULL, "gone", "at")
                        .init()
                        .log
                        .warnings())
                .singleElement()
                .asString()
                .contains("'at'", "dynamodb.timeColumnName");
    }

    @Test
    void withoutComparisonColumnsPinotComparesByTheTablesTimeColumn() {
        Table table =
                table().property("deleteColumnName", "gone").timeColumn("at").upsert(Mode.FULL, "gone");

        assertThat(table.init().log.warnings()).singleElement().asString().contains("'at'", "dynamodb.timeColumnName");
    }

    @Test
    void severalComparisonColumnsAreWarnedOf() {
        Table table = named().and("ApproximateCreationDateTime", DataType.LONG)
                .upsert(Mode.FULL, "gone", "at", "ApproximateCreationDateTime");

        assertThat(table.init().log.warnings()).singleElement().asString().contains("several");
    }

    @Test
    void millisecondsAreMentionedAndMicrosecondsAreNot() {
        Table millis = Table.with("id", DataType.STRING)
                .and("at", DataType.TIMESTAMP)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at")
                .init();

        assertThat(millis.log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("'at'", "MILLISECONDS");
        assertThat(named().upsert(Mode.FULL, "gone", "at").init().log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("MICROSECONDS");
    }

    @Test
    void aComparisonColumnThatDoesNotSortAsTimeDoesIsRefused() {
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
    void anotherImageThanNewIsWarnedOf() {
        assertThat(named().property("image", "OLD")
                        .upsert(Mode.FULL, "gone", "at")
                        .init()
                        .log
                        .warnings())
                .singleElement()
                .asString()
                .contains("dynamodb.image=OLD");
    }
}
