package engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.PlainValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/** Jobs on Spark in local mode, with Kryo for what Spark lets Kryo serialize. */
class SparkJobTest {
    private static final int COUNT = 600;
    private static final int FILES = 6;
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private static SparkSession spark;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.serializer", KryoSerializer.class.getName())
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "localhost")
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /** Writes a part of the records into a file, in one step, as a stream expects it. */
    private void deliver(int file) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = file * COUNT / FILES; i < (file + 1) * COUNT / FILES; i++) {
            lines.writeBytes(StationRecords.record(i));
            lines.write('\n');
        }
        Path written = Files.write(folder.resolve("part-" + file), lines.toByteArray());
        Files.move(written, Files.createDirectories(folder.resolve("in")).resolve("part-" + file));
    }

    /** Runs the query on the files that are there, one to a batch. */
    private void run() throws Exception {
        UDF1<byte[], byte[]> failOnce = bytes -> {
            if (Arrays.equals(bytes, StationRecords.record(COUNT / FILES + 50)) && !FAILED.getAndSet(true)) {
                throw new IllegalStateException("a failure for the test");
            }
            return bytes;
        };
        Dataset<Row> records = spark.readStream()
                .option("maxFilesPerTrigger", 1)
                .text(folder.resolve("in").toString())
                .select(functions
                        .udf(failOnce, DataTypes.BinaryType)
                        .apply(col("value").cast(DataTypes.BinaryType))
                        .as("value"));
        StationRows.write(records, ChangeEventDecoder.create(), folder.toString())
                .trigger(Trigger.AvailableNow())
                .start()
                .awaitTermination();
    }

    @Test
    void aStreamThatFailsAndContinuesGivesEachRecordExactlyOnce() throws Exception {
        for (int file = 0; file < FILES / 2; file++) {
            deliver(file);
        }
        assertThatThrownBy(this::run).isInstanceOf(StreamingQueryException.class); // in the middle of the second batch
        run();
        // As if the process had ended after it wrote the third batch, and before it noted that.
        Files.delete(folder.resolve("checkpoint/commits/2"));
        Files.deleteIfExists(folder.resolve("checkpoint/commits/.2.crc"));
        for (int file = FILES / 2; file < FILES; file++) {
            deliver(file);
        }
        run();

        Dataset<Row> all = spark.read().parquet(folder.resolve("changes").toString());
        assertThat(changes(all.where("change.failure is null").select("change.*")))
                .containsExactlyInAnyOrderElementsOf(StationRecords.changes(COUNT));
        assertThat(all.where("change.failure is not null")
                        .select("value")
                        .as(Encoders.BINARY())
                        .collectAsList())
                .extracting(bytes -> new String(bytes, UTF_8))
                .containsExactlyInAnyOrderElementsOf(StationRecords.badTexts(COUNT));
        assertThat(folder.resolve("changes").toFile().list()).hasSize(FILES);
    }

    private static List<StationChange> changes(Dataset<Row> rows) {
        List<StationChange> changes = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            changes.add(new StationChange(row.getAs(0), row.getAs(1), row.getAs(2), row.getAs(3)));
        }
        return changes;
    }

    /** Spark 4.2 does not even for a function that is deterministic; 3.5.8 and 4.0.4 do. */
    @Test
    void aFilterOnTheResultDoesNotCallTheFunctionAgain() {
        Dataset<Row> good = spark.range(100)
                .select(col("id")
                        .cast(DataTypes.StringType)
                        .cast(DataTypes.BinaryType)
                        .as("value"))
                .withColumn(
                        "change",
                        StationRows.function(ChangeEventDecoder.create()).apply(col("value")))
                .where("change.failure is null")
                .select("change.*");
        assertThat(good.queryExecution().optimizedPlan().toString().split("UDF\\(", -1))
                .hasSize(2);
    }

    @Test
    void aTombstoneIsNull() {
        Dataset<Row> nothing = spark.sql("select cast(null as binary) as value");
        assertThat(nothing.select(StationRows.function(ChangeEventDecoder.create())
                                .apply(col("value")))
                        .collectAsList())
                .extracting(row -> row.isNullAt(0))
                .containsExactly(true);
    }

    @Test
    void filesOfEveryFormatAreRead() throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            lines.writeBytes(StationRecords.record(i));
            lines.write('\n');
        }
        String data = Base64.getEncoder().encodeToString(StationRecords.record(101));
        Files.writeString(
                folder.resolve("lambda.json"),
                "{\"Records\":[{\"kinesis\":{\"data\":\"" + data + "\"},\"eventSource\":\"aws:kinesis\"}]}");
        Files.write(folder.resolve("lines.gz"), gzip(lines.toByteArray()));
        Files.writeString(folder.resolve("export.json"), """
                {"Item":{"station_id":{"S":"FRA-1"},"bikes":{"N":"3"}}}
                {"Item":{"station_id":{"S":"FRA-2"}}}
                """);
        byte[] truncated = gzip(StationRecords.record(102));
        Files.write(folder.resolve("truncated.gz"), Arrays.copyOf(truncated, truncated.length / 2));

        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().keyAttributes("station_id").build();
        Dataset<Row> rows = StationRows.ofFiles(spark, folder.toString(), decoder);
        List<StationChange> truth = StationRecords.changes(102).stream()
                .filter(change -> !change.equals(StationRecords.change(100)))
                .collect(Collectors.toCollection(ArrayList::new));
        truth.add(new StationChange("FRA-1", 0, false, 3));
        assertThat(changes(rows.where("failure is null"))).containsExactlyInAnyOrderElementsOf(truth);
        List<String> failures = rows.where("failure is not null")
                .select("failure")
                .as(Encoders.STRING())
                .collectAsList();
        assertThat(failures).hasSize(StationRecords.badTexts(100).size() + 2);
        assertThat(failures)
                .filteredOn(failure -> failure.contains("truncated.gz byte "))
                .singleElement()
                .asString()
                .contains(" and all that follows: ");
        assertThat(failures).noneMatch(failure -> failure.contains("FRA-"));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void kryoKeepsTheOptions() {
        ChangeEventDecoder decoder = throughKryo(ChangeEventDecoder.builder()
                .attributes("bikes")
                .keyAttributes("station_id")
                .limits(DecodeLimits.defaults().withMaxNumberLength(3))
                .numbersAsJson(true)
                .build());
        byte[] line = "{\"Item\":{\"station_id\":{\"S\":\"FRA-1\"},\"bikes\":{\"N\":123}}}".getBytes(UTF_8);
        for (ChangeEventDecoder each : List.of(decoder, throughKryo(decoder))) {
            ChangeEvent event = each.decode(line);
            assertThat(event.keys().require("station_id").asString()).isEqualTo("FRA-1");
            assertThat(Objects.requireNonNull(event.newImage()).toMap()).containsOnlyKeys("bikes");
            byte[] bad = "{\"Item\":{\"station_id\":{\"N\":1234}}}".getBytes(UTF_8);
            assertThat(each.tryDecode(bad).failure()).isNotNull();
            assertThat(each.newSession().tryDecode(ByteBuffer.wrap(bad)).failure())
                    .isNotNull();
            assertThat(each.read(bad).records()).hasSize(1);
        }
        AttributeNames names = throughKryo(AttributeNames.of("a", "b"));
        assertThat(names).isEqualTo(AttributeNames.of("a", "b"));
        assertThat(names.ordinal("b")).isEqualTo(1);
        PlainValues policy =
                PlainValues.defaults().withNumbers(PlainValues.Numbers.TEXT).mutable();
        assertThat(throughKryo(policy)).isEqualTo(policy);
        DecodeLimits limits = DecodeLimits.defaults().withMaxRecordBytes(5);
        assertThat(throughKryo(limits)).isEqualTo(limits);
    }

    @Test
    void theJobPrintsTheChangesAndTheFailuresOfFiles() throws IOException {
        deliver(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream systemOut = System.out;
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            StationFiles.main(new String[] {folder.resolve("in").toString()});
        } finally {
            System.setOut(systemOut);
        }
        List<String> rows = out.toString(UTF_8).lines().toList();
        assertThat(rows).hasSize(COUNT / FILES);
        for (StationChange change : StationRecords.changes(COUNT / FILES)) {
            assertThat(rows)
                    .contains("[" + change.station() + "," + change.micros() + "," + change.deleted() + ","
                            + change.bikes() + ",null]");
        }
    }

    @Test
    void kryoRefusesEvents() {
        ChangeEvent event = ChangeEventDecoder.create().decode(StationRecords.record(1));
        assertThatThrownBy(() -> throughKryo(event)).hasStackTraceContaining("map it to your own type");
    }

    private static <T> T throughKryo(T object) {
        SerializerInstance kryo = new KryoSerializer(spark.sparkContext().getConf()).newInstance();
        return kryo.deserialize(
                kryo.serialize(object, ClassTag$.MODULE$.apply(object.getClass())),
                ClassTag$.MODULE$.apply(object.getClass()));
    }
}
