package io.github.dynamodbcdc.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures every task of the default implementations that read events, on every payload, one combination per JVM.
 * {@code -p implementation=GSON} measures another {@link Implementation}; SIMDJSON also needs
 * {@code -jvmArgsPrepend --add-modules=jdk.incubator.vector}.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="DecodeBenchmark.full -p payload=TYPICAL"}</pre>
 *
 * <p>{@code -Djmh=} takes JMH's command line. The score is in records per microsecond; the {@code bytes} beside it are
 * in megabytes per second. {@code -bm avgt -tu ns} reports nanoseconds per record. {@code -p pollutionMillis=0}
 * measures a JVM that has run nothing else. {@code -prof gc} adds the bytes allocated per record. {@link Ratios} prints
 * a table of ratios.
 */
public class DecodeBenchmark extends PollutedBenchmark {
    @Param({"JACKSON_TREE", "JACKSON_STREAM", "FASTJSON2", "DSL_JSON", "DECODE", "SESSION", "SESSION_UNPREDICTED"})
    private Implementation implementation = Implementation.DECODE;

    @Param
    private Payload payload = Payload.TYPICAL;

    private final ProjectedRow row = new ProjectedRow();

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private EventReader reader;

    @Setup
    public void prepare() throws Exception {
        reader = implementation.create();
        prepare(payload.records(), reader.tasks());
    }

    /** Reads Keys and both images as plain maps. */
    @Benchmark
    public Object full(Volume volume) throws Exception {
        return next(volume).full(reader);
    }

    /** Reads five attributes of the new image. */
    @Benchmark
    public long projection(Volume volume) throws Exception {
        next(volume).project(reader, row);
        return row.checksum();
    }

    /** Passes over all bytes without reading a value. */
    @Benchmark
    public Object index(Volume volume) throws Exception {
        return next(volume).index(reader);
    }
}
