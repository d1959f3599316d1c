package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.config.table.ingestion.FilterConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recommended table: FULL upsert, compared by the time of the change in microseconds. */
class UpsertTest {
    /** 2024-06-22T07:04:39.869591Z in microseconds. */
    private static final long T = 1_719_039_879_869_591L;

    private static final Schema SCHEMA = schema().build();
    private static final String ALL = "SELECT id, name, qty FROM t ORDER BY id";
    private static final Map<String, String> COLUMNS =
            Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted");

    private @Nullable PinotTable open;

    private static Schema.SchemaBuilder schema() {
        return new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("name", DataType.STRING)
                .addSingleValueDimension("qty", DataType.INT)
                .addSingleValueDimension("eventName", DataType.STRING)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
                .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"));
    }

    /** Opens the recommended table, with further properties of the decoder. */
    private PinotTable table(String... more) throws Exception {
        return open(TestTables.upsert("changed_at", "deleted", properties(more)), SCHEMA);
    }

    private PinotTable open(TableConfig config, Schema schema) throws Exception {
        PinotTable table = PinotTable.open(config, schema);
        open = table;
        return table;
    }

    private static Map<String, String> properties(String... more) {
        Map<String, String> properties = new HashMap<>(COLUMNS);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    @AfterEach
    void close() throws Exception {
        if (open != null) {
            open.close();
        }
    }

    private static String attributes(String name, int qty) {
        return "\"name\":{\"S\":\"" + name + "\"},\"qty\":{\"N\":\"" + qty + "\"}";
    }

    private static void indexed(PinotTable table, Change... changes) {
        for (Change change : changes) {
            assertThat(table.consume(change.bytes())).isEqualTo(Outcome.INDEXED);
        }
    }

    private static Map<String, @Nullable Object> row(String id, @Nullable String name, @Nullable Integer qty) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("qty", qty);
        return row;
    }

    @Test
    void anAttributeThatModifyRemovedIsNull() throws Exception {
        PinotTable table = table();
        indexed(
                table,
                Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5)),
                Change.kinesis("MODIFY", "a")
                        .at(T + 1)
                        .newImage("\"qty\":{\"N\":\"6\"}")
                        .oldImage(attributes("apple", 5)));

        assertThat(Rows.of(table, ALL)).containsExactly(row("a", null, 6));
    }

    @Test
    void underPartialUpsertItKeepsItsStaleValue() throws Exception {
        TableConfig partial = TestTables.upsert("changed_at", "deleted", properties());
        UpsertConfig upsert = new UpsertConfig(UpsertConfig.Mode.PARTIAL);
        upsert.setComparisonColumns(List.of("changed_at"));
        upsert.setDeleteRecordColumn("deleted");
        partial.setUpsertConfig(upsert);
        PinotTable table = open(partial, SCHEMA);
        indexed(
                table,
                Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5)),
                Change.kinesis("MODIFY", "a")
                        .at(T + 1)
                        .newImage("\"qty\":{\"N\":\"6\"}")
                        .oldImage(attributes("apple", 5)));

        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 6));
    }

    @Test
    void aLateDuplicateChangesNothingAndATieGoesToTheLaterArrival() throws Exception {
        PinotTable table = table();
        Change first = Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5));
        Change second = Change.kinesis("MODIFY", "a").at(T + 1).newImage(attributes("apple", 6));
        indexed(table, first, second, first, second, first);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 6));

        indexed(table, Change.kinesis("MODIFY", "a").at(T + 1).newImage(attributes("apple", 7)));
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 7));
    }

    @Test
    void millisecondsAndMicrosecondsOfOneStreamAreOrderedByTime() throws Exception {
        long millis = T / 1_000;
        PinotTable table = table();
        indexed(
                table,
                Change.kinesis("INSERT", "a").at(T).stated("MICROSECOND").newImage(attributes("apple", 1)),
                // The stream now sends milliseconds: the number is a thousand times smaller, and the time is later.
                Change.kinesis("MODIFY", "a").at(millis + 1).newImage(attributes("apple", 2)),
                Change.kinesis("MODIFY", "a")
                        .at(T + 2_000)
                        .stated("MICROSECOND")
                        .newImage(attributes("apple", 3)),
                Change.kinesis("MODIFY", "a")
                        .at(millis + 1)
                        .stated("MILLISECOND")
                        .newImage(attributes("late", 0)));
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 3));
        assertThat(Rows.history(table, "SELECT changed_at FROM t ORDER BY changed_at"))
                .extracting(row -> row.get("changed_at"))
                .containsExactly(T, (millis + 1) * 1_000, (millis + 1) * 1_000, T + 2_000);
    }

    @Test
    void theNumbersAsSentSortInTheWrongOrder() throws Exception {
        PinotTable table = table();
        table.consumeRow(Map.of("id", "a", "qty", 1, "changed_at", T, "deleted", false));
        table.consumeRow(Map.of("id", "a", "qty", 2, "changed_at", T / 1_000 + 1, "deleted", false));

        assertThat(Rows.of(table, ALL)).containsExactly(row("a", null, 1));
    }

    @Test
    void aRemoveDeletesTheRowUntilItIsInsertedAgain() throws Exception {
        PinotTable table = table();
        indexed(
                table,
                Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5)),
                Change.kinesis("INSERT", "b").at(T).newImage(attributes("banana", 1)),
                Change.kinesis("REMOVE", "a").at(T + 2).oldImage(attributes("apple", 5)),
                Change.kinesis("MODIFY", "a").at(T + 1).newImage(attributes("late", 0)));
        assertThat(Rows.of(table, ALL)).containsExactly(row("b", "banana", 1));

        indexed(table, Change.kinesis("INSERT", "a").at(T + 3).newImage(attributes("avocado", 2)));
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "avocado", 2), row("b", "banana", 1));
        assertThat(Rows.history(table, "SELECT eventName, deleted FROM t WHERE id = 'a' ORDER BY changed_at"))
                .containsExactly(
                        Map.of("eventName", "INSERT", "deleted", false),
                        Map.of("eventName", "MODIFY", "deleted", false),
                        Map.of("eventName", "REMOVE", "deleted", true),
                        Map.of("eventName", "INSERT", "deleted", false));
    }

    @Test
    void theRowOfARemoveHasTheOldImageUnlessThatIsTurnedOff() throws Exception {
        Change remove = Change.kinesis("REMOVE", "a").at(T).oldImage(attributes("apple", 5));
        PinotTable table = table();
        indexed(table, remove);
        assertThat(Rows.history(table, ALL)).containsExactly(row("a", "apple", 5));
        table.close();

        table = table("dynamodb.fillFromOldImage", "false");
        indexed(table, remove);
        assertThat(Rows.history(table, ALL)).containsExactly(row("a", null, null));
    }

    @Test
    void theDeleteColumnMayBeANumberOrAText() throws Exception {
        for (DataType type : List.of(DataType.INT, DataType.LONG, DataType.STRING)) {
            Schema schema = new Schema.SchemaBuilder()
                    .setSchemaName("t")
                    .addSingleValueDimension("id", DataType.STRING)
                    .addSingleValueDimension("deleted", type)
                    .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                    .setPrimaryKeyColumns(List.of("id"))
                    .build();
            try (PinotTable table = PinotTable.open(TestTables.upsert("changed_at", "deleted", properties()), schema)) {
                indexed(
                        table,
                        Change.kinesis("INSERT", "a").at(T).newImage(""),
                        Change.kinesis("INSERT", "b").at(T).newImage(""),
                        Change.kinesis("REMOVE", "a").at(T + 1).oldImage(""));
                assertThat(Rows.of(table, "SELECT id FROM t")).containsExactly(Map.of("id", "b"));
            }
        }
    }

    @Test
    void aChangeWithoutNewImageIsSkippedAndEmptiesNoRow() throws Exception {
        PinotTable table = table();
        indexed(table, Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5)));

        assertThat(table.consume(Change.kinesis("MODIFY", "a").at(T + 1).bytes()))
                .isEqualTo(Outcome.SKIPPED);
        assertThat(table.consume(Change.kinesis("MODIFY", "a")
                        .at(T + 2)
                        .oldImage(attributes("apple", 5))
                        .bytes()))
                .isEqualTo(Outcome.SKIPPED);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 5));

        // REMOVE needs no image.
        indexed(table, Change.kinesis("REMOVE", "a").at(T + 3));
        assertThat(Rows.of(table, ALL)).isEmpty();
    }

    @Test
    void anUnknownEventOverwritesNothingUnlessItIsAskedFor() throws Exception {
        Change expired = Change.kinesis("EXPIRE", "a").at(T + 1);
        PinotTable table = table();
        indexed(table, Change.kinesis("INSERT", "a").at(T).newImage(attributes("apple", 5)));
        assertThat(table.consume(expired.bytes())).isEqualTo(Outcome.SKIPPED);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 5));
        table.close();

        table = table("dynamodb.events", "INSERT,UNKNOWN");
        indexed(table, Change.kinesis("EXPIRE", "a").at(T + 1).newImage(attributes("apple", 0)));
        assertThat(table.consume(Change.kinesis("REMOVE", "a").at(T + 2).bytes()))
                .isEqualTo(Outcome.SKIPPED);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 0));
    }

    @Test
    void anEventWithoutTimeIsRefusedBecauseItCouldNeverWin() throws Exception {
        PinotTable table = table();

        assertThat(table.consume(Change.kinesis("INSERT", "a").newImage("").bytes())
                        .kind())
                .isEqualTo(Outcome.Kind.FAILED);
        assertThat(Rows.history(table, ALL)).isEmpty();
    }

    @Test
    void aBackfillLosesToEveryLaterEventOfTheStream() throws Exception {
        byte[] exported = "{\"Item\":{\"id\":{\"S\":\"a\"},\"qty\":{\"N\":\"1\"}}}".getBytes(UTF_8);
        PinotTable table = table("dynamodb.snapshotTime", "2024-06-01T00:00:00Z");
        assertThat(table.consume(exported)).isEqualTo(Outcome.INDEXED);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", null, 1));

        indexed(table, Change.kinesis("MODIFY", "a").at(T).newImage(attributes("apple", 2)));
        assertThat(table.consume(exported)).isEqualTo(Outcome.INDEXED);
        assertThat(Rows.of(table, ALL)).containsExactly(row("a", "apple", 2));
    }

    @Test
    void onlyTheTablesThatAreNamedMakeRows() throws Exception {
        PinotTable table = table("dynamodb.tables", "stock,returns");
        indexed(
                table,
                Change.kinesis("INSERT", "a").at(T).newImage(""),
                Change.kinesis("INSERT", "b").ofTable("returns").at(T).newImage(""));

        assertThat(table.consume(Change.kinesis("INSERT", "c")
                        .ofTable("orders")
                        .at(T)
                        .newImage("")
                        .bytes()))
                .isEqualTo(Outcome.SKIPPED);
        assertThat(Rows.of(table, "SELECT id FROM t ORDER BY id"))
                .containsExactly(Map.of("id", "a"), Map.of("id", "b"));
    }

    @Test
    void aRecordWithoutThePrimaryKeyGetsTheDefaultKeyUnlessItIsSkippedOrRefused() throws Exception {
        byte[] other = Change.kinesis("INSERT")
                .keys("\"sku\":{\"S\":\"a\"}")
                .at(T)
                .newImage("")
                .bytes();
        PinotTable table = table();
        assertThat(table.consume(other)).isEqualTo(Outcome.INDEXED);
        assertThat(Rows.of(table.query("SELECT id FROM t"))).containsExactly(Map.of("id", "null"));
        table.close();

        table = table("dynamodb.onMissingPrimaryKey", "SKIP");
        assertThat(table.consume(other)).isEqualTo(Outcome.SKIPPED);
        table.close();

        table = table("dynamodb.onMissingPrimaryKey", "FAIL");
        assertThat(table.consume(other).kind()).isEqualTo(Outcome.Kind.FAILED);
    }

    @Test
    void aKeyThatItsColumnCannotHoldIsRefusedWhateverThePolicy() throws Exception {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.INT)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
                .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"))
                .build();
        PinotTable table = open(
                TestTables.upsert(
                        "changed_at",
                        "deleted",
                        properties("dynamodb.onNumberOverflow", "NULL", "dynamodb.onTypeMismatch", "NULL")),
                schema);

        for (String key : List.of("{\"N\":\"3000000000\"}", "{\"N\":\"1.5\"}", "{\"S\":\"1E10\"}")) {
            byte[] change = Change.kinesis("INSERT")
                    .keys("\"id\":" + key)
                    .at(T)
                    .newImage("")
                    .bytes();
            assertThat(table.consume(change).kind()).isEqualTo(Outcome.Kind.FAILED);
        }
        assertThat(Rows.history(table, "SELECT id FROM t")).isEmpty();
    }

    @Test
    void aFilterOfThePinotTableKeepsTheRowsOfItemsThatExpired() throws Exception {
        TableConfig config = TestTables.upsert("changed_at", "deleted", properties());
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setFilterConfig(new FilterConfig("isTimeToLiveDelete"));
        config.setIngestionConfig(ingestion);
        PinotTable table = open(
                config,
                schema().addSingleValueDimension("isTimeToLiveDelete", DataType.BOOLEAN)
                        .build());
        String byTimeToLive = "\"tableName\":\"stock\",\"userIdentity\":{\"type\":\"Service\","
                + "\"principalId\":\"dynamodb.amazonaws.com\"}";
        for (String id : new String[] {"expired", "deleted"}) {
            indexed(table, Change.kinesis("INSERT", id).at(T).newImage(attributes(id, 1)));
        }

        byte[] expiry = Change.kinesis("REMOVE", "expired")
                .envelope(byTimeToLive)
                .at(T + 1)
                .bytes();
        assertThat(table.consume(expiry)).isEqualTo(Outcome.SKIPPED);
        indexed(table, Change.kinesis("REMOVE", "deleted").at(T + 1));

        assertThat(Rows.of(table, ALL)).containsExactly(row("expired", "expired", 1));
    }
}
