package realpinot;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.common.metrics.ServerMetrics;
import org.apache.pinot.common.response.broker.ResultTable;
import org.apache.pinot.segment.local.data.manager.TableDataManager;
import org.apache.pinot.segment.local.indexsegment.mutable.MutableSegmentImpl;
import org.apache.pinot.segment.local.io.writer.impl.DirectMemoryManager;
import org.apache.pinot.segment.local.realtime.impl.RealtimeSegmentConfig;
import org.apache.pinot.segment.local.realtime.impl.RealtimeSegmentStatsHistory;
import org.apache.pinot.segment.local.upsert.TableUpsertMetadataManager;
import org.apache.pinot.segment.local.upsert.TableUpsertMetadataManagerFactory;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;

/**
 * A real-time table of Apache Pinot in this JVM, with one partition and one consuming segment: no cluster, no stream,
 * no network. {@link #consume} accepts payloads, {@link #query} runs SQL, and Pinot's own code runs in between.
 *
 * <p>Not thread-safe. Not for measurements, because the segment is small and every query is parsed again.
 */
public final class PinotTable implements AutoCloseable {
    private static final int MAX_ROWS = 100_000;

    private final Path folder;
    private final Ingestion ingestion;
    private final Queries queries;
    private final MutableSegmentImpl segment;
    private final DirectMemoryManager memory;
    private final @Nullable TableUpsertMetadataManager upsert;

    private PinotTable(TableConfig config, Schema schema) throws Exception {
        // First, because a mistake of a user must show as a failure of the decoder's init.
        ingestion = Ingestion.of(config, schema);
        folder = Files.createTempDirectory("pinot");
        memory = new DirectMemoryManager(segmentName(config), ServerMetrics.get());
        upsert = config.isUpsertEnabled() ? upsertManager(config, schema, folder) : null;
        segment = new MutableSegmentImpl(segmentConfig(config, schema), ServerMetrics.get());
        queries = new Queries(schema, List.of(segment), upsert);
    }

    /**
     * Opens a table without rows, with the decoder that its stream configuration names.
     *
     * @throws Exception if Pinot or the decoder refuses the configuration
     */
    public static PinotTable open(TableConfig config, Schema schema) throws Exception {
        return new PinotTable(config, schema);
    }

    /** Opens the same from the JSON that a user posts to Pinot's controller. */
    public static PinotTable open(String tableConfig, String schema) throws Exception {
        return open(JsonUtils.stringToObject(tableConfig, TableConfig.class), Schema.fromString(schema));
    }

    /** Decodes, transforms and indexes a message as a server does. Never throws; the outcome has any failure. */
    public Outcome consume(byte[] payload) {
        return ingestion.consume(payload, segment);
    }

    /** Transforms and indexes a row of another decoder, to show how Pinot converts its values. */
    public Outcome consumeRow(Map<String, ? extends @Nullable Object> row) {
        return ingestion.consumeRow(row, segment);
    }

    /** Returns the columns that Pinot asks the decoder for. */
    public Set<String> fieldsToRead() {
        return ingestion.fieldsToRead();
    }

    /**
     * Answers a query as a broker does. Before the SELECT, {@code SET skipUpsert = true;} includes every row that was
     * indexed, rather than only the latest of each primary key; {@code SET enableNullHandling = true;} shows NULL where
     * a column was null.
     *
     * @throws IllegalArgumentException with the broker's message, if the query cannot be answered
     */
    public ResultTable query(String sql) {
        return queries.answer(sql);
    }

    @Override
    public void close() throws IOException {
        if (upsert != null) {
            upsert.stop();
        }
        segment.destroy();
        if (upsert != null) {
            upsert.close();
        }
        memory.close();
        FileUtils.deleteDirectory(folder.toFile());
    }

    private RealtimeSegmentConfig segmentConfig(TableConfig config, Schema schema) throws Exception {
        String name = segmentName(config);
        RealtimeSegmentConfig.Builder builder = new RealtimeSegmentConfig.Builder(config, schema)
                .setTableNameWithType(config.getTableName())
                .setSegmentName(name)
                .setStreamName(config.getTableName())
                .setSchema(schema)
                .setTimeColumnName(config.getValidationConfig().getTimeColumnName())
                .setCapacity(MAX_ROWS)
                .setAvgNumMultiValues(2)
                .setSegmentZKMetadata(new SegmentZKMetadata(name))
                .setOffHeap(true)
                .setMemoryManager(memory)
                .setStatsHistory(RealtimeSegmentStatsHistory.deserializeFrom(
                        folder.resolve("stats").toFile()))
                .setDefaultNullHandlingEnabled(config.getIndexingConfig().isNullHandlingEnabled())
                .setConsumerDir(folder.resolve("consumer").toString());
        if (upsert != null) {
            builder.setPartitionUpsertMetadataManager(upsert.getOrCreatePartitionManager(0));
        }
        return builder.build();
    }

    @SuppressWarnings("NullAway") // no throttling, as in Pinot's own tests
    private static TableUpsertMetadataManager upsertManager(TableConfig config, Schema schema, Path folder) {
        return TableUpsertMetadataManagerFactory.create(
                new PinotConfiguration(), config, schema, dataManager(folder), null);
    }

    /** Returns a data manager with the two methods that upsert calls. */
    private static TableDataManager dataManager(Path folder) {
        return (TableDataManager) Proxy.newProxyInstance(
                TableDataManager.class.getClassLoader(),
                new Class<?>[] {TableDataManager.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getTableDataDir" -> folder.toFile();
                    case "getSegmentPreloadExecutor" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String segmentName(TableConfig config) {
        return config.getTableName() + "__0__0__20260101T0000Z";
    }
}
