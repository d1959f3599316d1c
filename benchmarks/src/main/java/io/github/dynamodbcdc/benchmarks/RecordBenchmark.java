package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * What the benchmarks share: an operation is one record, the next one of a set each time, in a JVM that has lived
 * through others. Three forks, because single ones differ more than the implementations that are close to one another.
 *
 * <p>Methods are compiled in the foreground ({@code -Xbatch}), so that it takes calls to warm up and not time, of which
 * a busy machine gives the compiler too little. The heap is touched before: who allocates little would be charged for
 * its first pages for as long as it is measured, who allocates much only while it warms up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-Xbatch"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class RecordBenchmark {
    /**
     * How long to live through all payloads and tasks, at least, before this one is measured; see {@link Pollution}.
     */
    @Param("3000")
    private int pollutionMillis;

    private final ThreadTimeProfiler.Watch watch = new ThreadTimeProfiler.Watch();

    @SuppressWarnings("NullAway.Init") // JMH calls the subclass's set-up before anything else.
    private Records records;

    private long recordsRead;

    /** How much was read. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Volume {
        public long bytes;
    }

    /** For the subclass's set-up. */
    final void prepare(Records measured, List<Work> tasks) throws Exception {
        records = measured;
        new Pollution(tasks).run(Duration.ofMillis(pollutionMillis));
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

    /** The set, gone on to its next record. */
    final Records next(Volume volume) {
        recordsRead++;
        volume.bytes += records.next();
        return records;
    }
}
