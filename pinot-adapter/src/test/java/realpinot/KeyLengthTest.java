package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.FieldSpec.MaxLengthExceedStrategy;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two items whose keys Pinot would store as the same text. */
class KeyLengthTest {
    /** 2024-06-22T07:04:39.869591Z in microseconds. */
    private static final long T = 1_719_039_879_869_591L;

    private static final TableConfig CONFIG = TestTables.upsert(
            "changed_at",
            "deleted",
            Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted"));

    private static FieldSpec key(DataType type) {
        return new DimensionFieldSpec("id", type, true);
    }

    private static PinotTable open(FieldSpec key) throws Exception {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addField(key)
                .addSingleValueDimension("qty", DataType.INT)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
                .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"))
                .build();
        return PinotTable.open(CONFIG, schema);
    }

    private static List<Map<String, @Nullable Object>> quantities(PinotTable table) {
        return Rows.of(table, "SELECT qty FROM t ORDER BY qty");
    }

    private static Outcome insert(PinotTable table, String id, int qty) {
        return table.consume(Change.kinesis("INSERT", id)
                .at(T)
                .newImage("\"qty\":{\"N\":\"" + qty + "\"}")
                .bytes());
    }

    private static Outcome remove(PinotTable table, String id) {
        return table.consume(Change.kinesis("REMOVE", id).at(T + 1).bytes());
    }

    private static void consumeNaively(PinotTable table, String id, int qty) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("qty", qty);
        row.put("deleted", false);
        row.put("changed_at", T);
        assertThat(table.consumeRow(row)).isEqualTo(Outcome.INDEXED);
    }

    @ParameterizedTest
    @ValueSource(ints = {'k', 0})
    void inAStringColumnPinotMakesOneRowOfTwoItemsAndTheDecoderFailsThem(int end) throws Exception {
        String prefix = end == 0 ? "k\0" : "k".repeat(512);
        String escaped = prefix.replace("\0", "\\u0000");
        try (PinotTable table = open(key(DataType.STRING))) {
            consumeNaively(table, prefix + "a", 1);
            consumeNaively(table, prefix + "b", 2);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 2));
        }
        try (PinotTable table = open(key(DataType.STRING))) {
            insert(table, "k", 1);
            insert(table, "k".repeat(512), 2);
            assertThat(insert(table, escaped + "a", 3).kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(remove(table, escaped + "a").kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 1), Map.of("qty", 2));
        }
    }

    @Test
    void withMaxLengthOrNoActionLongKeysAreTwoItems() throws Exception {
        FieldSpec longer = key(DataType.STRING);
        longer.setMaxLength(2048);
        FieldSpec unlimited = key(DataType.STRING);
        unlimited.setMaxLengthExceedStrategy(MaxLengthExceedStrategy.NO_ACTION);
        for (FieldSpec key : List.of(longer, unlimited)) {
            try (PinotTable table = open(key)) {
                insert(table, "k".repeat(2047) + "a", 1);
                insert(table, "k".repeat(2047) + "b", 2);
                assertThat(quantities(table)).containsExactly(Map.of("qty", 1), Map.of("qty", 2));
                remove(table, "k".repeat(2047) + "a");
                assertThat(quantities(table)).containsExactly(Map.of("qty", 2));
            }
        }
    }

    @Test
    void noActionStillCutsAtANul() throws Exception {
        FieldSpec unlimited = key(DataType.STRING);
        unlimited.setMaxLengthExceedStrategy(MaxLengthExceedStrategy.NO_ACTION);
        try (PinotTable table = open(unlimited)) {
            consumeNaively(table, "k\0a", 1);
            consumeNaively(table, "k\0b", 2);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 2));
        }
    }

    @Test
    void inABytesColumnKeysWithANulAreTwoItems() throws Exception {
        assertTwoItems(DataType.BYTES, "k\\u0000a", "k\\u0000b");
    }

    private static void assertTwoItems(DataType type, String one, String other) throws Exception {
        try (PinotTable table = open(key(type))) {
            insert(table, one, 1);
            insert(table, other, 2);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 1), Map.of("qty", 2));
            remove(table, one);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 2));
        }
    }

    @Test
    void inAJsonColumnPinotMakesOneRowOfKeysThatAreEqualJsonAndTheDecoderKeepsThemApart() throws Exception {
        try (PinotTable table = open(key(DataType.JSON))) {
            consumeNaively(table, "{\"a\":1}", 1);
            consumeNaively(table, "{\"a\": 1}", 2);
            consumeNaively(table, "[1.0]", 3);
            consumeNaively(table, "[1.00]", 4);
            assertThat(quantities(table)).containsExactly(Map.of("qty", 2), Map.of("qty", 4));
        }
        assertTwoItems(DataType.JSON, "{\\\"a\\\":1}", "{\\\"a\\\": 1}");
        assertTwoItems(DataType.JSON, "[1.0]", "[1.00]");
    }

    @Test
    void withAStrategyPinotCutsBytesAndJsonToo() throws Exception {
        for (DataType type : List.of(DataType.BYTES, DataType.JSON)) {
            FieldSpec column = new DimensionFieldSpec("v", type, true);
            column.setMaxLength(3);
            column.setMaxLengthExceedStrategy(MaxLengthExceedStrategy.TRIM_LENGTH);
            assertThat(OneColumn.of(column, Map.of()).decoded("{\"S\":\"four\"}"))
                    .isEqualTo(type == DataType.BYTES ? "666f75" : "\"fo");
        }
    }
}
