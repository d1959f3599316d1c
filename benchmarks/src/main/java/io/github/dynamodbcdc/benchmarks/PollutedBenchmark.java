package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A benchmark that reads the records of a set in turn, in a JVM that has run other payloads and tasks before. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public abstract class PollutedBenchmark extends RecordBenchmark {
    /** The minimum time for which all payloads and tasks run before this one is measured; see {@link Pollution}. */
    @Param("3000")
    private int pollutionMillis;

    @SuppressWarnings("NullAway.Init") // JMH calls the subclass's set-up before anything else.
    private RecordSet records;

    /** The amount of input that was read. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Volume {
        public long bytes;
    }

    /** Called by the subclass's set-up. */
    final void prepare(RecordSet measured, List<RecordSet.Work> tasks) throws Exception {
        records = measured;
        new Pollution(tasks).run(Duration.ofMillis(pollutionMillis));
    }

    /** Returns the set, moved to its next record. */
    final RecordSet next(Volume volume) {
        countRecord();
        volume.bytes += records.next();
        return records;
    }
}
