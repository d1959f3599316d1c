package io.github.dynamodbcdc.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Every task of every implementation that reads events, on every payload, one combination in each JVM.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="DecodeBenchmark.full -p payload=TYPICAL"}</pre>
 *
 * <p>What follows {@code -Djmh=} is JMH's command line. Records per microsecond is the score, megabytes per second the
 * {@code bytes} beside it; {@code -bm avgt -tu ns} gives nanoseconds per record. {@code -p pollutionMillis=0} measures
 * a JVM that has seen nothing else. {@code -prof gc} adds the bytes allocated per record. For a table of ratios see
 * {@link Ratios}.
 */
public class DecodeBenchmark extends RecordBenchmark {
    @Param({"JACKSON_TREE", "JACKSON_STREAM", "FASTJSON2", "DECODE", "SESSION", "SESSION_UNPREDICTED"})
    private Implementation implementation = Implementation.DECODE;

    @Param
    private Payload payload = Payload.TYPICAL;

    private final Projection row = new Projection();

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private EventReader reader;

    @Setup
    public void prepare() throws Exception {
        reader = implementation.create();
        prepare(payload.records(), reader.tasks());
    }

    /** From the bytes to plain maps of Keys and both images. */
    @Benchmark
    public Object full(Volume volume) throws Exception {
        return next(volume).full(reader);
    }

    /** From the bytes to five attributes of the new image. */
    @Benchmark
    public long projection(Volume volume) throws Exception {
        next(volume).project(reader, row);
        return row.checksum();
    }

    /** Over all bytes, without taking a value. */
    @Benchmark
    public Object index(Volume volume) throws Exception {
        return next(volume).index(reader);
    }
}
