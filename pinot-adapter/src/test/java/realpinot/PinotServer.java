package realpinot;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.FileUtils;
import org.apache.commons.lang3.tuple.Pair;
import org.apache.helix.HelixManager;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.common.metrics.ServerMetrics;
import org.apache.pinot.common.protocols.SegmentCompletionProtocol;
import org.apache.pinot.common.response.broker.ResultTable;
import org.apache.pinot.common.restlet.resources.SegmentErrorInfo;
import org.apache.pinot.common.utils.LLCSegmentName;
import org.apache.pinot.core.data.manager.realtime.ConsumerCoordinator;
import org.apache.pinot.core.data.manager.realtime.RealtimeSegmentDataManager;
import org.apache.pinot.core.data.manager.realtime.RealtimeTableDataManager;
import org.apache.pinot.segment.local.data.manager.SegmentDataManager;
import org.apache.pinot.segment.local.dedup.PartitionDedupMetadataManager;
import org.apache.pinot.segment.local.segment.index.loader.IndexLoadingConfig;
import org.apache.pinot.segment.local.upsert.PartitionUpsertMetadataManager;
import org.apache.pinot.segment.local.utils.SegmentLocks;
import org.apache.pinot.segment.local.utils.SegmentReloadSemaphore;
import org.apache.pinot.segment.local.utils.ServerReloadJobStatusCache;
import org.apache.pinot.segment.spi.IndexSegment;
import org.apache.pinot.segment.spi.index.metadata.SegmentMetadataImpl;
import org.apache.pinot.spi.config.instance.InstanceDataManagerConfig;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.stream.LongMsgOffset;
import org.apache.pinot.spi.utils.CommonConstants.Segment.Realtime.Status;
import org.jspecify.annotations.Nullable;

/**
 * A server's real-time table in this JVM: Pinot's own data managers consume every partition of a stream, one thread
 * each, build a segment whenever the rows suffice, and load it in place of the consuming one. The cluster around them
 * is replaced: the metadata of segments is a map, and the controller answers every full segment with KEEP, as it
 * answers a replica that has all rows of the committed segment.
 *
 * <p>Not thread-safe.
 */
final class PinotServer implements AutoCloseable {
    private static final long TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TableConfig config;
    private final Schema schema;
    private final MemoryStream stream;
    private final int rowsPerSegment;
    private final Path folder;
    private final ExecutorService reloads = Executors.newSingleThreadExecutor();

    /** What the cluster keeps while a server is down. */
    private final Map<String, SegmentZKMetadata> cluster = new ConcurrentSkipListMap<>();

    private final BlockingQueue<SegmentZKMetadata> built = new LinkedBlockingQueue<>();
    private final Cache<Pair<String, String>, SegmentErrorInfo> errors =
            CacheBuilder.newBuilder().build();
    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder allocatedBytes = new LongAdder();
    private final Map<Integer, String> consuming = new ConcurrentHashMap<>();
    private Table table;

    private PinotServer(TableConfig config, Schema schema, MemoryStream stream, int rowsPerSegment) throws Exception {
        this.config = config;
        this.schema = schema;
        this.stream = stream;
        this.rowsPerSegment = rowsPerSegment;
        folder = Files.createTempDirectory("pinot");
        table = openTable();
        for (int partition = 0; partition < stream.partitions(); partition++) {
            consume(partition, 0, 0);
        }
    }

    /**
     * Starts to consume the stream from its beginning.
     *
     * @param rowsPerSegment the rows after which a consuming segment is built and replaced
     */
    static PinotServer start(TableConfig config, Schema schema, MemoryStream stream, int rowsPerSegment)
            throws Exception {
        return new PinotServer(config, schema, stream, rowsPerSegment);
    }

    /** Waits until every visible message is consumed, and until every full segment is replaced. */
    void awaitEnd() throws Exception {
        long start = System.nanoTime();
        while (!isAtEnd()) {
            SegmentZKMetadata full = built.poll(5, TimeUnit.MILLISECONDS);
            if (full != null) {
                LLCSegmentName name = new LLCSegmentName(full.getSegmentName());
                table.addOnlineSegment(full.getSegmentName());
                consume(name.getPartitionGroupId(), name.getSequenceNumber() + 1, Long.parseLong(full.getEndOffset()));
            }
            if (!errors.asMap().isEmpty()) {
                throw new AssertionError("Pinot reported: "
                        + errors.asMap().values().iterator().next().getErrorMessage());
            }
            if (System.nanoTime() - start > TIMEOUT_NANOS) {
                throw new AssertionError("Pinot does not reach the end of the stream: " + cluster.keySet());
            }
        }
    }

    /**
     * Loses the consuming segments, as a server that was killed, and starts again from what is on disk: the built
     * segments are loaded, which restores the metadata of upserts, and the messages since the last one are consumed
     * again.
     *
     * @return the number of messages that are consumed again
     */
    long restart() throws Exception {
        long again = 0;
        for (int partition = 0; partition < stream.partitions(); partition++) {
            again += stream.end(partition) - Long.parseLong(consuming(partition).getStartOffset());
        }
        table.shutDown();
        table = openTable();
        for (SegmentZKMetadata segment : cluster.values()) {
            if (segment.getStatus() == Status.DONE) {
                table.addOnlineSegment(segment.getSegmentName());
            }
        }
        for (String segment : consuming.values()) {
            table.addConsumingSegment(segment);
        }
        return again;
    }

    /** Answers a query over all segments, as {@link PinotTable#query}. Must not run while messages are consumed. */
    ResultTable query(String sql) {
        List<SegmentDataManager> held = table.acquireAllSegments();
        try {
            List<IndexSegment> segments = new ArrayList<>();
            held.forEach(segment -> segments.add(segment.getSegment()));
            return new Queries(schema, segments, table.getTableUpsertMetadataManager()).answer(sql);
        } finally {
            held.forEach(table::releaseSegment);
        }
    }

    /** Returns the number of segments that were built, and are not consuming any more. */
    int builtSegments() {
        return cluster.size() - consuming.size();
    }

    /** Returns the time that processors spent on consuming, without building segments. */
    long cpuNanos() {
        return cpuNanos.sum();
    }

    /** Returns the memory that consuming allocated on the heap. */
    long allocatedBytes() {
        return allocatedBytes.sum();
    }

    @Override
    public void close() throws IOException {
        table.shutDown();
        reloads.shutdown();
        FileUtils.deleteDirectory(folder.toFile());
    }

    private boolean isAtEnd() {
        for (Map.Entry<Integer, String> entry : consuming.entrySet()) {
            SegmentDataManager manager = table.acquireSegment(entry.getValue());
            if (manager == null) {
                return false;
            }
            try {
                if (!(manager instanceof ConsumingSegment segment)
                        || segment.offset() < stream.end(entry.getKey())
                        || segment.getSegment().getNumDocsIndexed() >= rowsPerSegment) {
                    return false;
                }
            } finally {
                table.releaseSegment(manager);
            }
        }
        return true;
    }

    private SegmentZKMetadata consuming(int partition) {
        return metadata(Objects.requireNonNull(consuming.get(partition)));
    }

    private SegmentZKMetadata metadata(String segment) {
        return Objects.requireNonNull(cluster.get(segment), segment);
    }

    private void consume(int partition, int sequence, long offset) throws Exception {
        String name = new LLCSegmentName("t", partition, sequence, System.currentTimeMillis()).getSegmentName();
        SegmentZKMetadata metadata = new SegmentZKMetadata(name);
        metadata.setStatus(Status.IN_PROGRESS);
        metadata.setStartOffset(String.valueOf(offset));
        metadata.setCreationTime(System.currentTimeMillis());
        metadata.setSizeThresholdToFlushSegment(rowsPerSegment);
        cluster.put(name, metadata);
        consuming.put(partition, name);
        table.addConsumingSegment(name);
    }

    private Table openTable() {
        Table opened = new Table();
        opened.init(
                instanceConfig(folder),
                noCluster(),
                new SegmentLocks(),
                config,
                schema,
                new SegmentReloadSemaphore(1),
                reloads,
                null,
                errors,
                null,
                false,
                new ServerReloadJobStatusCache("server"));
        opened.start();
        return opened;
    }

    /** Returns a manager of a cluster that has no properties. */
    private static HelixManager noCluster() {
        return (HelixManager) Proxy.newProxyInstance(
                HelixManager.class.getClassLoader(),
                new Class<?>[] {HelixManager.class},
                (proxy, method, args) -> null);
    }

    /** Returns a server's defaults, which Pinot keeps in a module that is not on the class path. */
    private static InstanceDataManagerConfig instanceConfig(Path folder) {
        return (InstanceDataManagerConfig) Proxy.newProxyInstance(
                InstanceDataManagerConfig.class.getClassLoader(),
                new Class<?>[] {InstanceDataManagerConfig.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getInstanceId" -> "server";
                    case "getInstanceDataDir" -> folder.toString();
                    case "getConfig", "getUpsertConfig", "getDedupConfig" -> new PinotConfiguration(Map.of());
                    case "isRealtimeOffHeapAllocation",
                            "isDirectRealtimeOffHeapAllocation",
                            "shouldCheckCRCOnSegmentLoad" -> true;
                    case "getDeletedSegmentsCacheSize", "getDeletedSegmentsCacheTtlMinutes" -> 1;
                    default -> absent(method.getReturnType());
                });
    }

    private static @Nullable Object absent(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? (Object) 0 : type == long.class ? (Object) 0L : null;
    }

    /** Pinot's manager of a table, with the metadata of segments from this class instead of ZooKeeper. */
    private final class Table extends RealtimeTableDataManager {
        Table() {
            super(new Semaphore(1));
        }

        @Override
        public SegmentZKMetadata fetchZKMetadata(String segmentName) {
            return metadata(segmentName);
        }

        @Override
        public @Nullable SegmentZKMetadata fetchZKMetadataNullable(String segmentName) {
            return cluster.get(segmentName);
        }

        @Override
        public IndexLoadingConfig fetchIndexLoadingConfig() {
            IndexLoadingConfig loading = new IndexLoadingConfig(getInstanceDataManagerConfig(), config, schema);
            loading.setTableDataDir(getTableDataDir().getPath());
            return loading;
        }

        @Override
        protected RealtimeSegmentDataManager createRealtimeSegmentDataManager(
                SegmentZKMetadata metadata,
                TableConfig tableConfig,
                IndexLoadingConfig loading,
                Schema tableSchema,
                LLCSegmentName name,
                ConsumerCoordinator coordinator,
                @Nullable PartitionUpsertMetadataManager upsert,
                @Nullable PartitionDedupMetadataManager dedup,
                BooleanSupplier ready) {
            try {
                return new ConsumingSegment(
                        metadata, this, loading, tableConfig, tableSchema, name, coordinator, upsert, dedup, ready);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Pinot's consumer of a partition, with a controller that keeps every segment. */
    private final class ConsumingSegment extends RealtimeSegmentDataManager {
        private final SegmentZKMetadata metadata;
        private final File built;

        ConsumingSegment(
                SegmentZKMetadata metadata,
                Table table,
                IndexLoadingConfig loading,
                TableConfig config,
                Schema schema,
                LLCSegmentName name,
                ConsumerCoordinator coordinator,
                @Nullable PartitionUpsertMetadataManager upsert,
                @Nullable PartitionDedupMetadataManager dedup,
                BooleanSupplier ready)
                throws Exception {
            super(
                    metadata,
                    config,
                    table,
                    table.getTableDataDir().getPath(),
                    loading,
                    schema,
                    name,
                    coordinator,
                    ServerMetrics.get(),
                    upsert,
                    dedup,
                    ready);
            this.metadata = metadata;
            this.built = new File(table.getTableDataDir(), metadata.getSegmentName());
        }

        long offset() {
            return ((LongMsgOffset) getCurrentOffset()).getOffset();
        }

        @Override
        protected boolean consumeLoop() throws Exception {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long allocated =
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            try {
                return super.consumeLoop();
            } finally {
                cpuNanos.add(THREADS.getCurrentThreadCpuTime() - cpu);
                allocatedBytes.add(
                        THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated);
            }
        }

        @Override
        protected SegmentCompletionProtocol.Response postSegmentConsumedMsg() {
            return new SegmentCompletionProtocol.Response(new SegmentCompletionProtocol.Response.Params()
                    .withStatus(SegmentCompletionProtocol.ControllerResponseStatus.KEEP));
        }

        /** The failure is among the table's errors. */
        @Override
        protected void postStopConsumedMsg(String reason) {}

        @Override
        protected boolean buildSegmentAndReplace() throws Exception {
            if (!super.buildSegmentAndReplace()) {
                return false;
            }
            metadata.setEndOffset(getCurrentOffset().toString());
            metadata.setCrc(Long.parseLong(new SegmentMetadataImpl(built).getCrc()));
            metadata.setStatus(Status.DONE);
            PinotServer.this.built.add(metadata);
            return true;
        }
    }
}
