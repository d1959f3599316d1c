package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.FieldSpec.MaxLengthExceedStrategy;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;

/** The advice about nested values: columns that Pinot fills by complexTypeConfig, MAP columns and JSON indexes. */
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
    void aJsonIndexOnTextsThatMayBeNoJsonGivesAWarning() {
        assertWarns(Table.with("s", DataType.STRING).jsonIndex("s"), "'s'", "no JSON", "make it a JSON column");
        assertWarns(
                Table.with("s", DataType.STRING).jsonIndex("s").transform("s", "jsonFormat(other)"),
                "'s'",
                "cuts its JSON at 512");
        assertThat(warnings(Table.with("s", DataType.JSON).jsonIndex("s").jsonIndex("absent")))
                .isEmpty();
        for (MaxLengthExceedStrategy strategy : MaxLengthExceedStrategy.values()) {
            FieldSpec json = new DimensionFieldSpec("j", DataType.JSON, true);
            json.setMaxLengthExceedStrategy(strategy);
            json.setMaxLength(400);
            assertThat(warnings(new Table().and(json))).isEmpty();
            List<String> warnings = warnings(new Table().and(json).jsonIndex("j"));
            if (strategy == MaxLengthExceedStrategy.TRIM_LENGTH) {
                assertThat(warnings).singleElement().asString().contains("'j'", "400", "NO_ACTION");
            } else {
                assertThat(warnings).isEmpty();
            }
        }
    }

    @Test
    void eachPlaceOfAConfigurationThatNamesAJsonIndexCounts() throws IOException {
        for (String place : List.of(
                "'tableIndexConfig':{'jsonIndexColumns':['s']}",
                "'tableIndexConfig':{'jsonIndexConfigs':{'s':{}}}",
                "'tableIndexConfig':{},'fieldConfigList':[{'name':'s','indexTypes':['JSON']}]",
                "'tableIndexConfig':{},'fieldConfigList':[{'name':'s','indexType':'JSON'}]",
                "'tableIndexConfig':{},'fieldConfigList':[{'name':'r','indexes':{'json':{'disabled':true}}},"
                        + "{'name':'s','indexes':{'json':{'maxLevels':2}}}]")) {
            String json = "{'tableName':'t','tableType':'REALTIME','segmentsConfig':{},'tenants':{},'metadata':{},"
                    + place + "}";
            TableConfig table = JsonUtils.stringToObject(json.replace('\'', '"'), TableConfig.class);
            assertThat(TableFacts.of(table, new Schema()).jsonIndexed).containsExactly("s");
        }
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
