package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every task of every implementation on every payload, one combination in each JVM; an operation is one record, the next
 * one of the payload's set each time.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="DecodeBenchmark.full -p payload=TYPICAL"}</pre>
 *
 * <p>What follows {@code -Djmh=} is JMH's command line. Records per microsecond is the score, megabytes per second the
 * {@code bytes} beside it; {@code -bm avgt -tu ns} gives nanoseconds per record. {@code -p pollutionMillis=0} measures a
 * JVM that has seen nothing else. {@code -prof gc} adds the bytes allocated per record. Three forks, because single ones
 * differ more than the implementations that are close to one another. For a table of ratios see {@link Ratios}.
 *
 * <p>Methods are compiled in the foreground ({@code -Xbatch}), so that it takes calls to warm up and not time, of which a
 * busy machine gives the compiler too little.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Xbatch"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    @Param
    private Implementation implementation = Implementation.DECODE;

    @Param
    private Payload payload = Payload.TYPICAL;

    /** How long to live through all payloads and tasks, at least, before this one is measured; see {@link Pollution}. */
    @Param("3000")
    private int pollutionMillis;

    private final Projection row = new Projection();
    private final ThreadTimeProfiler.Watch watch = new ThreadTimeProfiler.Watch();

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private EventReader reader;

    @SuppressWarnings("NullAway.Init")
    private Records records;

    private long recordsRead;

    /** How much was read. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Volume {
        public long bytes;
    }

    @Setup
    public void prepare() throws Exception {
        reader = implementation.create();
        records = payload.records();
        new Pollution(reader).run(Duration.ofMillis(pollutionMillis));
    }

    @Setup(Level.Iteration)
    public void startWatch() {
        recordsRead = 0;
        watch.start();
    }

    @TearDown(Level.Iteration)
    public void stopWatch() {
        watch.stop(recordsRead);
    }

    /** From the bytes to plain maps of Keys and both images. */
    @Benchmark
    public Object full(Volume volume) throws Exception {
        volume.bytes += next();
        return records.full(reader);
    }

    /** From the bytes to five attributes of the new image. */
    @Benchmark
    public long projection(Volume volume) throws Exception {
        volume.bytes += next();
        records.project(reader, row);
        return row.checksum();
    }

    /** Over all bytes, without taking a value. */
    @Benchmark
    public Object index(Volume volume) throws Exception {
        volume.bytes += next();
        return records.index(reader);
    }

    private int next() {
        recordsRead++;
        return records.next();
    }
}
