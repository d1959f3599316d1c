package engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engines.StationProcess.BadRecord;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.PlainValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on Flink's MiniCluster, which fail once and continue from a checkpoint. */
@SuppressWarnings("try") // closing Flink's iterators may throw any Exception
class FlinkJobTest {
    private static final int COUNT = 3_000;

    @BeforeEach
    void reset() {
        FailOnce.reset();
        RecordSource.READ.set(0);
    }

    private static StreamExecutionEnvironment cluster() {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        configuration.set(PipelineOptions.GENERIC_TYPES, false); // no Kryo
        StreamExecutionEnvironment cluster = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        cluster.enableCheckpointing(50);
        return cluster;
    }

    private static <T> SingleOutputStreamOperator<T> records(
            StreamExecutionEnvironment cluster, DeserializationSchema<T> schema) {
        return cluster.fromSource(new RecordSource<>(COUNT, schema), WatermarkStrategy.noWatermarks(), "records")
                .setParallelism(1);
    }

    /** A change with its position among the changes of its station. */
    public record Counted(StationChange change, int position) {}

    /** Counts the changes of each station, in Flink's state. */
    private static final class Positions extends KeyedProcessFunction<String, StationChange, Counted> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("NullAway.Init")
        private transient ValueState<Integer> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT));
        }

        @Override
        public void processElement(StationChange change, Context context, Collector<Counted> out) throws Exception {
            Integer before = count.value();
            int position = before == null ? 1 : before + 1;
            count.update(position);
            out.collect(new Counted(change, position));
        }
    }

    @Test
    void aJobThatFailsAndContinuesGivesEachChangeExactlyOnce() throws Exception {
        StreamExecutionEnvironment cluster = cluster();
        List<Counted> counted = new ArrayList<>();
        try (CloseableIterator<Counted> results = records(cluster, new StationSchema(ChangeEventDecoder.create()))
                .keyBy(StationChange::station)
                .process(new Positions())
                .map(new FailOnce<>())
                .returns(Counted.class)
                .executeAndCollect()) {
            results.forEachRemaining(counted::add);
        }
        assertThat(FailOnce.hasFailed()).isTrue();
        assertThat(RecordSource.READ.get()).isGreaterThan(COUNT);

        List<Counted> truth = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        for (StationChange change : StationRecords.changes(COUNT)) {
            truth.add(new Counted(change, positions.merge(change.station(), 1, Integer::sum)));
        }
        assertThat(counted).containsExactlyInAnyOrderElementsOf(truth);
    }

    /** Leaves the records as they are, for a function that needs the bytes of bad ones. */
    private static final class Bytes extends AbstractDeserializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] message) {
            return message;
        }
    }

    @Test
    void theSideOutputHasEachBadRecordExactlyOnce() throws Exception {
        StreamExecutionEnvironment cluster = cluster();
        DataStream<byte[]> records = records(cluster, new Bytes());
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        // docs/engines.md: both streams
        SingleOutputStreamOperator<StationChange> changes = records.process(new StationProcess(decoder));
        DataStream<BadRecord> badRecords = changes.getSideOutput(StationProcess.BAD);
        // docs/engines.md: end
        CloseableIterator<StationChange> good =
                changes.map(new FailOnce<>()).returns(StationChange.class).collectAsync();
        CloseableIterator<BadRecord> bad = badRecords.collectAsync();
        List<StationChange> allGood = new ArrayList<>();
        List<BadRecord> allBad = new ArrayList<>();
        cluster.executeAsync();
        try (good;
                bad) {
            good.forEachRemaining(allGood::add);
            bad.forEachRemaining(allBad::add);
        }
        assertThat(FailOnce.hasFailed()).isTrue();
        assertThat(allGood).containsExactlyInAnyOrderElementsOf(StationRecords.changes(COUNT));
        assertThat(allBad)
                .extracting(record -> new String(record.bytes(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(StationRecords.badTexts(COUNT));
        assertThat(allBad)
                .extracting(BadRecord::failure)
                .allSatisfy(
                        failure -> assertThat(failure).doesNotContain("FRA-").doesNotContain("rider_id"));
    }

    @Test
    void theJobPrintsTheChangesAndTheFailuresInAFile(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            records.write(StationRecords.record(i));
            records.write('\n');
        }
        Path file = Files.write(folder.resolve("records"), records.toByteArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            StationJob.main(new String[] {file.toString()});
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
        }
        assertThat(out.toString(UTF_8).lines().map(line -> line.replaceFirst("^\\d+> ", "")))
                .containsExactlyInAnyOrderElementsOf(StationRecords.changes(100).stream()
                        .map(StationChange::toString)
                        .toList());
        assertThat(err.toString(UTF_8).lines().filter(line -> line.contains("offset") || line.contains("asked")))
                .hasSameSizeAs(StationRecords.badTexts(100));
    }

    private static DeserializationSchema.InitializationContext context(Counter dropped) {
        return new DeserializationSchema.InitializationContext() {
            @Override
            public MetricGroup getMetricGroup() {
                return new UnregisteredMetricsGroup() {
                    @Override
                    public Counter counter(String name) {
                        assertThat(name).isEqualTo("droppedRecords");
                        return dropped;
                    }
                };
            }

            @Override
            public UserCodeClassLoader getUserCodeClassLoader() {
                return SimpleUserCodeClassLoader.create(FlinkJobTest.class.getClassLoader());
            }
        };
    }

    @Test
    void aSchemaDropsAndCountsWhatItCannotUse() {
        Counter dropped = new SimpleCounter();
        StationSchema schema = new StationSchema(ChangeEventDecoder.create());
        schema.open(context(dropped));
        for (int i = 0; i < 100; i++) {
            assertThat(schema.deserialize(StationRecords.record(i))).isEqualTo(StationRecords.change(i));
        }
        assertThat(dropped.getCount()).isEqualTo(StationRecords.badTexts(100).size());
        assertThat(schema.deserialize(null)).isNull();
        assertThat(dropped.getCount()).isEqualTo(StationRecords.badTexts(100).size());
    }

    @Test
    void theSourceOfKafkaTakesTheSchema() throws Exception {
        StationSchema schema = new StationSchema(ChangeEventDecoder.create());
        KafkaSource<StationChange> source = KafkaSource.<StationChange>builder()
                .setBootstrapServers("localhost:9092")
                .setTopics("station-changes")
                .setValueOnlyDeserializer(schema)
                .build();
        assertThat(source.getProducedType()).isInstanceOf(PojoTypeInfo.class);

        Counter dropped = new SimpleCounter();
        KafkaRecordDeserializationSchema<StationChange> values = KafkaRecordDeserializationSchema.valueOnly(schema);
        values.open(context(dropped));
        List<StationChange> changes = new ArrayList<>();
        ListCollector<StationChange> out = new ListCollector<>(changes);
        for (int i = 0; i < 100; i++) {
            values.deserialize(
                    new ConsumerRecord<>("station-changes", 0, i, new byte[0], StationRecords.record(i)), out);
        }
        values.deserialize(new ConsumerRecord<>("station-changes", 0, 100, new byte[0], null), out); // a tombstone
        assertThat(changes).isEqualTo(StationRecords.changes(100));
        assertThat(dropped.getCount()).isEqualTo(StationRecords.badTexts(100).size());
    }

    @Test
    void ownTypesNeedNoKryo() {
        assertThat(TypeInformation.of(StationChange.class)).isInstanceOf(PojoTypeInfo.class);
        assertThat(TypeInformation.of(BadRecord.class)).isInstanceOf(PojoTypeInfo.class);
        assertThat(TypeInformation.of(ChangeEvent.class)).isInstanceOf(GenericTypeInfo.class);
    }

    @Test
    void kryoRefusesViews() {
        ChangeEvent event = ChangeEventDecoder.create().decode(StationRecords.record(1));
        for (Object view : List.of(event, event.keys(), event.keys().require("station_id"))) {
            assertThatThrownBy(() -> copy(view)).hasStackTraceContaining("map it to your own type");
        }
    }

    @Test
    void aJobThatSendsEventsFailsAtTheFirst() {
        StreamExecutionEnvironment cluster =
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration()); // Kryo as usual
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        assertThatThrownBy(() -> records(cluster, new Bytes())
                        .map(decoder::tryDecode)
                        .returns(DecodeResult.class)
                        .map(result -> result.event() == null ? 0 : 1)
                        .returns(Integer.class)
                        .executeAndCollect(1))
                .hasStackTraceContaining("map it to your own type");
    }

    @Test
    void kryoCopiesTheMapsOfAPolicyThatIsMutable() {
        ChangeEvent event = ChangeEventDecoder.create().decode(StationRecords.record(1));
        Map<String, ?> keys = event.keys().toMap(PlainValues.defaults().mutable());
        assertThat(copy(keys)).isEqualTo(keys);
        assertThatThrownBy(() -> copy(event.keys().toMap())).isInstanceOf(RuntimeException.class);
    }

    /** Copies an object as a chain of operators does, which serialize and deserialize it. */
    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) {
        TypeSerializer<T> serializer =
                new GenericTypeInfo<>((Class<T>) object.getClass()).createSerializer(new SerializerConfigImpl());
        return serializer.copy(object);
    }
}
