package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

/** The advice about columns that Pinot fills by complexTypeConfig. */
class NestedAdviceTest {
    /** Returns the warnings without that of each MAP column, which has a test of its own. */
    private static List<String> warnings(Table table) {
        return table.init().log.warnings().stream()
                .filter(warning -> !warning.contains(" in a MAP column"))
                .collect(Collectors.toList());
    }

    private static void assertWarns(Table table, String... words) {
        assertThat(warnings(table)).singleElement().asString().contains(words);
    }

    @Test
    void aColumnOfAWholeAttributeThatIsNoObjectGivesAWarningBesideColumnsOfItsParts() {
        for (Table whole : List.of(
                Table.with("m", DataType.STRING),
                Table.with("m", DataType.INT),
                new Table().multiValue("m", DataType.STRING))) {
            assertThat(warnings(whole.and("m.a", DataType.INT)
                            .and("m.b.c", DataType.INT)
                            .delimiter(".")))
                    .singleElement()
                    .asString()
                    .contains("'m'", "JSON");
        }
        assertThat(warnings(Table.with("m", DataType.STRING).and("m.a", DataType.INT)))
                .isEmpty();
        for (DataType type : List.of(DataType.JSON, DataType.MAP)) {
            assertThat(warnings(Table.with("m", type).and("m.a", DataType.INT).delimiter(".")))
                    .isEmpty();
            assertThat(warnings(Table.with("m", type).and("m.a", DataType.INT).fieldsToUnnest("m")))
                    .hasSize(type == DataType.JSON ? 0 : 1);
        }
        assertWarns(Table.with("m", DataType.STRING).and("m.a", DataType.INT).fieldsToUnnest("m"), "'m'", "JSON");
    }

    @Test
    void aColumnOfAWholeAttributeThatATransformFillsGivesAWarningBesideColumnsOfItsParts() {
        Table whole = Table.with("m", DataType.JSON)
                .and("m.a", DataType.INT)
                .delimiter(".")
                .transform("m", "jsonFormat(other)");
        assertWarns(whole, "'m'", "its transform", "transformedColumns=KEEP");
        assertThat(warnings(whole.property("transformedColumns", "KEEP"))).hasSize(1); // of the init before
    }

    @Test
    void aMapColumnGivesAWarningOfSegmentsWithoutMembers() {
        Table map = Table.with("m", DataType.MAP);
        assertThat(map.init().log.warnings()).singleElement().asString().contains("'m'", "no segment", "JSON");
    }

    @Test
    void rowsOfMembersGiveAWarningInATableThatMergesRows() {
        Table rows = Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .and("l", DataType.STRING)
                .primaryKey("id")
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .fieldsToUnnest("l");
        assertThat(warnings(rows)).isEmpty();
        assertWarns(rows.upsert(Mode.FULL, "gone", "at"), "fieldsToUnnest", "same primary key", "without upsert");
        Table members = new Table()
                .and("eventID", DataType.STRING)
                .and("l", DataType.STRING)
                .primaryKey("eventID", "l")
                .fieldsToUnnest("l");
        assertThat(warnings(members.dedup())).isEmpty();
        assertWarns(members.primaryKey("eventID").dedup(), "fieldsToUnnest");
    }

    @Test
    void multiValueColumnsThatHoldNoTextGiveAWarningIfPinotMakesATextOfEachList() {
        for (DataType type : List.of(DataType.LONG, DataType.BOOLEAN, DataType.STRING)) {
            Table table =
                    Table.with("id", DataType.STRING).multiValue("l", type).and("v", DataType.LONG);
            assertThat(warnings(table.delimiter("."))).isEmpty();
            Table texts =
                    Table.with("id", DataType.STRING).multiValue("l", type).and("v", DataType.LONG);
            assertThat(warnings(texts.listsAsJson())).hasSize(type == DataType.STRING ? 0 : 1);
        }
        assertThat(warnings(
                        new Table().multiValue("l", DataType.LONG).listsAsJson().fieldsToUnnest("l")))
                .isEmpty();
        assertThat(warnings(
                        new Table().multiValue("l", DataType.LONG).listsAsJson().transform("l", "split(s, ',')")))
                .isEmpty();
    }
}
