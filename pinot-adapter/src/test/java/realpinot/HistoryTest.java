package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivers a table's changes out of order, repeatedly and in changing units. The rows must be the final items. */
class HistoryTest {
    private static final int CHANGES = 400;
    private static final int ITEMS = 25;
    private static final long START = 1_719_039_879_869_000L;

    private final List<byte[]> delivered = new ArrayList<>();
    private final Map<String, Map<String, @Nullable Object>> truth = new TreeMap<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theRowsAreTheFinalItems(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < CHANGES; i++) {
            // All times differ, because records do not show the order of changes within one microsecond.
            change("item-" + random.nextInt(ITEMS), START + i * 1_500L, random);
        }
        assertThat(truth).isNotEmpty().hasSizeLessThan(ITEMS);
        List<byte[]> arrivals = new ArrayList<>(delivered);
        arrivals.addAll(delivered.subList(0, CHANGES / 4));
        Collections.shuffle(arrivals, random);

        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("qty", DataType.INT)
                .addSingleValueDimension("note", DataType.STRING)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
                .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"))
                .build();
        Map<String, String> properties =
                Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted");
        try (PinotTable table = PinotTable.open(TestTables.upsert("changed_at", "deleted", properties), schema)) {
            for (byte[] record : arrivals) {
                assertThat(table.consume(record)).isEqualTo(Outcome.INDEXED);
            }
            assertThat(Rows.of(table, "SELECT id, qty, note FROM t ORDER BY id LIMIT 100"))
                    .containsExactlyElementsOf(truth.values());
            assertThat(Rows.history(table, "SELECT COUNT(*) AS n FROM t"))
                    .containsExactly(Map.of("n", (long) arrivals.size()));
        }
    }

    private void change(String id, long micros, Random random) {
        Change change;
        if (truth.containsKey(id) && random.nextInt(3) == 0) {
            change = Change.kinesis("REMOVE", id);
            truth.remove(id);
        } else {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("id", id);
            row.put("qty", random.nextInt(1_000));
            row.put("note", random.nextBoolean() ? "note " + random.nextInt(10) : null);
            change = Change.kinesis(truth.put(id, row) == null ? "INSERT" : "MODIFY", id)
                    .newImage("\"qty\":{\"N\":\"" + row.get("qty") + "\"}"
                            + (row.get("note") == null ? "" : ",\"note\":{\"S\":\"" + row.get("note") + "\"}"));
        }
        // Some records use milliseconds, where these are exact.
        boolean inMillis = micros % 1_000 == 0 && random.nextBoolean();
        change.at(inMillis ? micros / 1_000 : micros);
        if (random.nextBoolean()) {
            change.stated(inMillis ? "MILLISECOND" : "MICROSECOND");
        }
        delivered.add(change.bytes());
    }
}
