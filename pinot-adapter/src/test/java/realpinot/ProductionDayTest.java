package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Sampling;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.pinot.common.response.broker.ResultTable;
import org.apache.pinot.segment.spi.memory.PinotDataBuffer;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.config.table.ingestion.TransformConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.apache.pinot.spi.utils.JsonUtils;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A day in production, through the classes with which a server of Pinot consumes, builds, reloads and queries segments.
 * The day has 20,000 changes of 500 items, or a million of ten thousand with {@code -Pexhaustive}, which also
 * prints figures. {@code -Dseed=} makes another day.
 */
class ProductionDayTest {
    private static final int CHANGES = Sampling.EXHAUSTIVE ? 1_000_000 : 20_000;
    private static final int ITEMS = Sampling.EXHAUSTIVE ? 10_000 : 500;
    private static final int ROWS_PER_SEGMENT = CHANGES / (Sampling.EXHAUSTIVE ? 16 : 8);

    /** The part of the day before the restart, which falls into the arrival of the export. */
    private static final double FIRST_PART = 0.52;

    private static final String ROWS = "SET enableNullHandling = true; SELECT order_id, status, tags, address, items,"
            + " total, gift, CAST(placed_at AS LONG) AS placed_at, note, changed_at FROM t LIMIT 1000000";

    private static final String SCHEMA = """
            {
              "schemaName": "t",
              "enableColumnBasedNullHandling": true,
              "primaryKeyColumns": ["order_id"],
              "dimensionFieldSpecs": [
                {"name": "order_id", "dataType": "STRING"},
                {"name": "status", "dataType": "STRING"},
                {"name": "tags", "dataType": "STRING", "singleValueField": false},
                {"name": "address", "dataType": "JSON"},
                {"name": "items", "dataType": "INT"},
                {"name": "total", "dataType": "BIG_DECIMAL", "allowTrailingZeros": true},
                {"name": "gift", "dataType": "BOOLEAN"},
                {"name": "note", "dataType": "STRING"},
                {"name": "deleted", "dataType": "BOOLEAN"}
              ],
              "dateTimeFieldSpecs": [
                {"name": "placed_at", "dataType": "TIMESTAMP", "format": "TIMESTAMP", "granularity": "1:MILLISECONDS"},
                {"name": "changed_at", "dataType": "LONG", "format": "EPOCH|MICROSECONDS",
                  "granularity": "1:MICROSECONDS"}
              ]
            }
            """;

    static LongStream seeds() {
        return LongStream.of(Long.getLong("seed", 16));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void afterADayWithARestartTheTableHasTheLatestOfEachItemAndNoOther(long seed) throws Exception {
        ProductionDay day = ProductionDay.of(seed, CHANGES, ITEMS);
        TableConfig config = ownTable();
        Run run = run(day, config);

        assertThat(day.counts()).containsOnlyKeys(ProductionDay.Kind.values());
        assertThat(run.builtBefore).as("segments that the restart loads").isGreaterThanOrEqualTo(4);
        assertThat(run.again).as("messages that are consumed twice").isPositive();
        assertSame(run.restarted, run.interrupted);
        assertThat(run.visible).as("rows, one of each item").isEqualTo(run.rows.size());
        assertSame(run.rows, day.latest());
        assertThat(run.indexed).as("messages that became rows").isEqualTo(day.rows());
        assertThat(differing(withoutTime(run.rows), day.items()))
                .as("items that are not DynamoDB's, which only two changes in a millisecond explain")
                .isSubsetOf(day.closeChanges());
        report("this adapter", seed, day, config, run);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void thePathWithoutAnAdapterMissesPartOfTheSameDay(long seed) throws Exception {
        // Outside the exhaustive build only to see that it still runs.
        ProductionDay day = ProductionDay.of(seed, Sampling.EXHAUSTIVE ? CHANGES : CHANGES / 5, ITEMS);
        TableConfig config = jsonTable();
        Run run = run(day, config);

        assertThat(differing(withoutTime(run.rows), day.items()))
                .as("items that are not DynamoDB's")
                .hasSizeGreaterThan(ITEMS / 10);
        report("Pinot's JSON decoder and JSON paths", seed, day, config, run);
    }

    /** The result of a day. */
    private record Run(
            Map<String, Map<String, @Nullable Object>> interrupted,
            Map<String, Map<String, @Nullable Object>> restarted,
            Map<String, Map<String, @Nullable Object>> rows,
            int visible,
            long indexed,
            int builtBefore,
            long again,
            PinotServer server,
            long nanos,
            long heapBytes,
            long bufferBytes) {}

    private static Run run(ProductionDay day, TableConfig config) throws Exception {
        long heap = usedHeap();
        long buffers = buffers();
        long start = System.nanoTime();
        try (MemoryStream stream = MemoryStream.open("orders", day.partitions());
                PinotServer server = PinotServer.start(config, Schema.fromString(SCHEMA), stream, ROWS_PER_SEGMENT)) {
            stream.release(FIRST_PART);
            server.awaitEnd();
            int builtBefore = server.builtSegments();
            Map<String, Map<String, @Nullable Object>> interrupted = rows(server.query(ROWS));
            long again = server.restart();
            server.awaitEnd();
            Map<String, Map<String, @Nullable Object>> restarted = rows(server.query(ROWS));
            stream.release(1);
            server.awaitEnd();
            long nanos = System.nanoTime() - start;
            long usedHeap = usedHeap() - heap;
            long usedBuffers = buffers() - buffers;
            ResultTable visible = server.query(ROWS);
            ResultTable count = server.query("SET skipUpsert = true; SELECT COUNT(*) AS n FROM t");
            return new Run(
                    interrupted,
                    restarted,
                    rows(visible),
                    visible.getRows().size(),
                    (long) count.getRows().get(0)[0],
                    builtBefore,
                    again,
                    server,
                    nanos,
                    usedHeap,
                    usedBuffers);
        }
    }

    private static TableConfig ownTable() {
        return table(
                DynamoDbMessageDecoder.class,
                Map.of(
                        "dynamodb.timeColumnName",
                        "changed_at",
                        "dynamodb.deleteColumnName",
                        "deleted",
                        "dynamodb.snapshotTime",
                        ProductionDay.EXPORTED_AT),
                List.of());
    }

    /** Returns the table that one writes without an adapter: a path for each column. */
    private static TableConfig jsonTable() {
        return table(
                PinotJsonDecoder.class,
                Map.of(),
                List.of(
                        new TransformConfig("order_id", "jsonPathString(dynamodb, '$.Keys.order_id.S', null)"),
                        new TransformConfig("status", "jsonPathString(dynamodb, '$.NewImage.status.S', null)"),
                        new TransformConfig("tags", "jsonPathArray(dynamodb, '$.NewImage.tags.SS')"),
                        new TransformConfig("address", "jsonPathString(dynamodb, '$.NewImage.address.M', null)"),
                        new TransformConfig("items", "jsonPathString(dynamodb, '$.NewImage.items.N', null)"),
                        new TransformConfig("total", "jsonPathString(dynamodb, '$.NewImage.total.N', null)"),
                        new TransformConfig("gift", "jsonPathString(dynamodb, '$.NewImage.gift.BOOL', null)"),
                        new TransformConfig("placed_at", "jsonPathString(dynamodb, '$.NewImage.placed_at.N', null)"),
                        new TransformConfig("note", "jsonPathString(dynamodb, '$.NewImage.note.S', null)"),
                        new TransformConfig("deleted", "isNotDistinctFrom(eventName, 'REMOVE')"),
                        new TransformConfig(
                                "changed_at", "jsonPathLong(dynamodb, '$.ApproximateCreationDateTime', 0)")));
    }

    private static TableConfig table(
            Class<? extends StreamMessageDecoder<byte[]>> decoder,
            Map<String, String> properties,
            List<TransformConfig> transforms) {
        Map<String, String> stream = new HashMap<>(Map.of(
                "streamType",
                "memory",
                "stream.memory.topic.name",
                "orders",
                "stream.memory.consumer.factory.class.name",
                MemoryStream.Factory.class.getName(),
                "stream.memory.decoder.class.name",
                decoder.getName()));
        properties.forEach((name, value) -> stream.put("stream.memory.decoder.prop." + name, value));
        UpsertConfig upsert = new UpsertConfig(UpsertConfig.Mode.FULL);
        upsert.setComparisonColumns(List.of("changed_at"));
        upsert.setDeleteRecordColumn("deleted");
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setTransformConfigs(transforms);
        // Without it, Pinot drops each row with a value that a path does not find or that a column does not take.
        ingestion.setContinueOnError(!transforms.isEmpty());
        return new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setTimeColumnName("changed_at")
                .setNullHandlingEnabled(true)
                .setStreamConfigs(stream)
                .setIngestionConfig(ingestion)
                .setUpsertConfig(upsert)
                .build();
    }

    private static Map<String, Map<String, @Nullable Object>> rows(ResultTable result) throws Exception {
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        for (Map<String, @Nullable Object> row : Rows.of(result)) {
            row.values().removeIf(value -> value == null);
            if (row.get("tags") instanceof String[] tags) {
                row.put("tags", List.of(tags));
            }
            if (row.get("address") instanceof String address) {
                row.put("address", JsonUtils.stringToObject(address, Map.class));
            }
            rows.put(String.valueOf(row.get("order_id")), row);
        }
        return rows;
    }

    private static Map<String, Map<String, @Nullable Object>> withoutTime(
            Map<String, Map<String, @Nullable Object>> rows) {
        Map<String, Map<String, @Nullable Object>> items = new TreeMap<>();
        rows.forEach((id, row) -> {
            Map<String, @Nullable Object> item = new HashMap<>(row);
            item.remove("changed_at");
            items.put(id, item);
        });
        return items;
    }

    /** Shows at most five of the rows that differ. */
    private static void assertSame(
            Map<String, Map<String, @Nullable Object>> rows, Map<String, Map<String, @Nullable Object>> truth) {
        List<String> wrong = differing(rows, truth);
        List<String> first = wrong.stream().limit(5).toList();
        assertThat(only(first, rows)).as("%d rows differ", wrong.size()).isEqualTo(only(first, truth));
    }

    private static Map<String, Map<String, @Nullable Object>> only(
            List<String> ids, Map<String, Map<String, @Nullable Object>> rows) {
        Map<String, Map<String, @Nullable Object>> only = new TreeMap<>(rows);
        only.keySet().retainAll(ids);
        return only;
    }

    private static List<String> differing(
            Map<String, Map<String, @Nullable Object>> rows, Map<String, Map<String, @Nullable Object>> truth) {
        List<String> ids = new ArrayList<>(rows.keySet());
        truth.keySet().stream().filter(id -> !rows.containsKey(id)).forEach(ids::add);
        ids.removeIf(id -> truth.containsKey(id) && truth.get(id).equals(rows.get(id)));
        return ids;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long buffers() {
        return PinotDataBuffer.getDirectBufferUsage() + PinotDataBuffer.getMmapBufferUsage();
    }

    /** Returns the time that a processor spends on decoding and transforming a message, without indexing the row. */
    private static double decodingNanos(ProductionDay day, TableConfig config) throws Exception {
        Ingestion ingestion = Ingestion.of(config, Schema.fromString(SCHEMA));
        // To warm up.
        day.partitions().get(0).forEach(ingestion::transform);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        day.partitions().get(1).forEach(ingestion::transform);
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        return nanos / (double) day.partitions().get(1).size();
    }

    private static void report(String path, long seed, ProductionDay day, TableConfig config, Run run)
            throws Exception {
        if (!Sampling.EXHAUSTIVE) {
            return;
        }
        long messages = day.partitions().stream().mapToLong(List::size).sum();
        long consumed = messages + run.again;
        System.out.printf(
                "%s, seed %d: %s%n"
                        + "  %,d messages, %,d rows indexed, %,d visible, %d segments built, %,d messages again%n"
                        + "  %d items tied, %d items with close changes, %d items not as in DynamoDB%n"
                        + "  %,d messages per second of CPU: %.2f us each, of which %.2f to decode and transform;"
                        + " %,d bytes allocated for each%n"
                        + "  %.1f s in all; afterwards %,d KB of heap and %,d KB of buffers%n",
                path,
                seed,
                day.counts(),
                messages,
                run.indexed,
                run.rows.size(),
                run.server.builtSegments(),
                run.again,
                day.tied().size(),
                day.closeChanges().size(),
                differing(withoutTime(run.rows), day.items()).size(),
                consumed * 1_000_000_000 / run.server.cpuNanos(),
                run.server.cpuNanos() / 1_000.0 / consumed,
                decodingNanos(day, config) / 1_000,
                run.server.allocatedBytes() / consumed,
                run.nanos / 1e9,
                run.heapBytes / 1_024,
                run.bufferBytes / 1_024);
    }
}
