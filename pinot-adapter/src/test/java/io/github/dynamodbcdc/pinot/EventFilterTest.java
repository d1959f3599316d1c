package io.github.dynamodbcdc.pinot;

import static io.github.dynamodbcdc.pinot.RowRulesTest.REMOVE;
import static io.github.dynamodbcdc.pinot.RowRulesTest.table;
import static io.github.dynamodbcdc.pinot.RowRulesTest.upsert;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.TimePrecision;
import java.time.Instant;
import java.util.List;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

/** The events that become rows, by their kind and their DynamoDB table. */
class EventFilterTest {
    private static String ofTable(String name) {
        return Change.kinesis("INSERT")
                .ofTable(name)
                .at(1_700_000_000_000_000L)
                .newImage("\"v\":{\"N\":\"7\"}")
                .json();
    }

    @Test
    void eventsAndTablesFilterWithoutAWarning() {
        Table table = table().property("events", "REMOVE").property("tables", "orders,customers");

        assertThat(table.skips(Change.insert(""))).isTrue();
        assertThat(table.skips(
                        Change.of("REMOVE").envelope("\"tableName\":\"others\"").json()))
                .isTrue();
        assertThat(table.row(REMOVE)).containsEntry("v", 7L);
        assertThat(table.log.warnings()).isEmpty();
    }

    @Test
    void anEventThatDoesNotNameItsTableIsSkippedWithAWarningIfTablesAreNamed() {
        Table table = table().property("tables", "orders");
        assertThat(table.skips("{\"Item\":{\"id\":{\"S\":\"k1\"}}}")).isTrue();
        assertThat(table.log.warnings()).singleElement().asString().contains("dynamodb.tables", "export");
        assertThat(table.skips(ofTable("orders"))).isFalse();
        assertThat(table.skips(ofTable("Orders"))).isTrue();
        assertThat(table.skips(ofTable("riders"))).isTrue();
        assertThat(table.log.lines)
                .filteredOn(line -> line.contains("does not name was skipped"))
                .hasSize(1);
        assertThat(table.log.lines).noneMatch(line -> line.contains("riders"));
    }

    /** docs/backfill.md has this code. */
    @Test
    void aLineOfAnExportCanBeSentAsARecordThatNamesItsTable() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().keyAttributes("id").build();
        byte[] line = "{\"Item\":{\"id\":{\"S\":\"k1\"},\"v\":{\"N\":\"7\"}}}".getBytes(UTF_8);
        Instant time = Instant.parse("2024-06-22T07:04:39Z");
        byte[] record = decoder.decode(line).toBuilder()
                .tableName("orders")
                .approximateCreationDateTime(time, TimePrecision.MICROSECOND)
                .build()
                .toBytes();
        assertThat(upsert().property("tables", "orders").row(new String(record, UTF_8)))
                .containsEntry("id", "k1")
                .containsEntry("v", 7L)
                .containsEntry("at", time.getEpochSecond() * 1_000_000);
    }

    @Test
    void eventsOfSeveralTablesInOneUpsertTableCauseAWarning() {
        Table table = upsert();
        assertThat(table.skips(ofTable("orders"))).isFalse();
        for (int i = 0; i < 10_000; i++) { // without a name
            table.row("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1730611800000001\"}},"
                    + "\"Keys\":{\"id\":{\"S\":\"k\"}},\"NewImage\":{\"id\":{\"S\":\"k\"}}}");
        }
        assertThat(table.skips(ofTable("orders"))).isFalse();
        assertThat(table.log.warnings()).isEmpty();
        assertThat(table.skips(ofTable("riders"))).isFalse();
        assertThat(table.skips(ofTable("orders"))).isFalse();
        assertThat(table.log.warnings()).singleElement().asString().contains("several DynamoDB tables");
    }

    @Test
    void theyCauseNoWarningIfTheyAreWantedOrMakeNoRowOrTheKeyNamesTheTable() {
        for (Table table : List.of(
                table(),
                upsert().property("tables", "orders,riders"),
                upsert().filter("strcmp(tableName, 'orders') != 0"),
                upsert().and("tableName", DataType.STRING).primaryKey("tableName", "id"))) {
            table.init().log.lines.clear();
            assertThat(table.skips(ofTable("orders"))).isFalse();
            assertThat(table.skips(ofTable("riders"))).isFalse();
            assertThat(table.log.warnings()).isEmpty();
        }
        Table table = upsert().property("events", "INSERT,REMOVE").property("onMissingPrimaryKey", "SKIP");
        assertThat(table.skips(ofTable("orders"))).isFalse();
        assertThat(table.skips(ofTable("riders").replace("INSERT", "MODIFY"))).isTrue();
        assertThat(table.skips(ofTable("riders").replace("\"id\"", "\"other\"")))
                .isTrue();
        assertThat(table.log.warnings()).noneMatch(line -> line.contains("several DynamoDB tables"));
    }
}
