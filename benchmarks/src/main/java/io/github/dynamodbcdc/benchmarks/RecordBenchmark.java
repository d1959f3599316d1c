package io.github.dynamodbcdc.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The common settings of benchmarks whose operation is one record, a different one each time. Three forks, because
 * single forks differ more than implementations of similar speed.
 *
 * <p>Methods are compiled in the foreground ({@code -Xbatch}). Warming up then takes a number of calls, not a time: a
 * busy machine gives a background compiler too little of it. The heap is touched in advance. Otherwise an
 * implementation that allocates little pays for its first pages during the whole measurement, and one that allocates
 * much only while it warms up.
 *
 * <p>{@code -prof io.github.dynamodbcdc.benchmarks.ThreadTimeProfiler} adds processor time, for a shared machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-Xbatch"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class RecordBenchmark {
    private final ThreadTimeProfiler.Watch watch = new ThreadTimeProfiler.Watch();
    private long recordsRead;

    @Setup(Level.Iteration)
    public void startWatch() {
        recordsRead = 0;
        watch.start();
    }

    @TearDown(Level.Iteration)
    public void stopWatch() {
        watch.stop(recordsRead);
    }

    /** Counts one record; every operation calls it once. */
    final void countRecord() {
        recordsRead++;
    }
}
