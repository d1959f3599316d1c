package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures several works in one JVM, for {@link InTurnFork}: each iteration does the next work, and the first one
 * follows the last. JMH's own score is therefore a mean over unlike work. Use the results of the iterations.
 */
public abstract class InTurnBenchmark extends RecordBenchmark {
    /** The minimum time for which all payloads and tasks run before the first work is measured. */
    @Param("2500")
    private int pollutionMillis;

    private final List<RecordSet> sets = new ArrayList<>();
    private final List<RecordSet.Work> works = new ArrayList<>();
    private int iterations;

    @SuppressWarnings("NullAway.Init") // JMH calls the set-up methods before anything else.
    private RecordSet records;

    @SuppressWarnings("NullAway.Init")
    private RecordSet.Work work;

    /** Adds a work on the records of a set. Called by the subclass's set-up. */
    final void add(RecordSet set, RecordSet.Work onRecord) {
        sets.add(set);
        works.add(onRecord);
    }

    /** Runs all payloads and tasks of the reader. Called by the subclass's set-up. */
    final void pollute(TaskReader reader) throws Exception {
        new Pollution(reader.tasks()).run(Duration.ofMillis(pollutionMillis));
    }

    @Setup(Level.Iteration)
    public void nextWork() {
        int next = iterations++ % works.size();
        records = sets.get(next);
        work = works.get(next);
    }

    /** Does the current work on its next record. */
    @Benchmark
    public Object record() throws Exception {
        countRecord();
        records.next();
        return work.run(records);
    }
}
