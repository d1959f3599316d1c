package engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@link StationRecords} as a source that replays from its last checkpoint, as a stream or a topic does.
 * It calls the schema as the connectors of Kinesis and Kafka do. Its second half is slow until the job has failed.
 */
final class RecordSource<T>
        implements Source<T, NumberSequenceSplit, Collection<NumberSequenceSplit>>, ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    /** How many records all tasks have read, those that were replayed included. */
    static final AtomicInteger READ = new AtomicInteger();

    private final int count;
    private final DeserializationSchema<T> schema;
    private final NumberSequenceSource indexes;

    RecordSource(int count, DeserializationSchema<T> schema) {
        this.count = count;
        this.schema = schema;
        indexes = new NumberSequenceSource(0, count - 1);
    }

    @Override
    public SourceReader<T, NumberSequenceSplit> createReader(SourceReaderContext context) throws Exception {
        schema.open(new DeserializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return context.metricGroup();
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                return context.getUserCodeClassLoader();
            }
        });
        return new Reader<>(indexes.createReader(context), new Deserialized<>(schema, count));
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    @Override
    public Boundedness getBoundedness() {
        return indexes.getBoundedness();
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        return indexes.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context, Collection<NumberSequenceSplit> checkpoint) {
        return indexes.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
        return indexes.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Collection<NumberSequenceSplit>> getEnumeratorCheckpointSerializer() {
        return indexes.getEnumeratorCheckpointSerializer();
    }

    /** Reads the indexes, and emits what the schema makes of their records. */
    @SuppressWarnings("try") // Flink's interface declares that closing may throw any Exception
    private static final class Reader<T> implements SourceReader<T, NumberSequenceSplit> {
        private final SourceReader<Long, NumberSequenceSplit> indexes;
        private final Deserialized<T> deserialized;

        Reader(SourceReader<Long, NumberSequenceSplit> indexes, Deserialized<T> deserialized) {
            this.indexes = indexes;
            this.deserialized = deserialized;
        }

        @Override
        public void start() {
            indexes.start();
        }

        @Override
        public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
            deserialized.output = output;
            return indexes.pollNext(deserialized);
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpointId) {
            return indexes.snapshotState(checkpointId);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return indexes.isAvailable();
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> splits) {
            indexes.addSplits(splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            indexes.notifyNoMoreSplits();
        }

        @Override
        public void close() throws Exception {
            indexes.close();
        }
    }

    /** Takes indexes and gives changes. */
    private static final class Deserialized<T> implements ReaderOutput<Long> {
        private final DeserializationSchema<T> schema;
        private final int count;
        private @Nullable ReaderOutput<T> output;

        Deserialized(DeserializationSchema<T> schema, int count) {
            this.schema = schema;
            this.count = count;
        }

        @Override
        public void collect(Long index) {
            READ.incrementAndGet();
            ReaderOutput<T> target = Objects.requireNonNull(output);
            try {
                schema.deserialize(StationRecords.record(index.intValue()), new Collector<T>() {
                    @Override
                    public void collect(T value) {
                        target.collect(value);
                    }

                    @Override
                    public void close() {}
                });
                if (index > count / 2 && !FailOnce.hasFailed()) {
                    Thread.sleep(5);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void collect(Long index, long timestamp) {
            collect(index);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<Long> createOutputForSplit(String split) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String split) {}
    }
}
