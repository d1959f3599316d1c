package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures one implementation on several workloads in one JVM, for {@link WorkloadsFork}: each iteration runs the next
 * workload, and the first one follows the last. JMH's own score is therefore a mean over unlike work. Use the results
 * of the iterations.
 */
public class WorkloadsBenchmark extends RecordBenchmark {
    @Param({"JACKSON_TREE", "JACKSON_STREAM", "SESSION"})
    private Implementation implementation = Implementation.SESSION;

    /** The keys of the workloads, with commas in between. */
    @Param("full.typical,projection.typical,index.typical")
    private String workloads = "";

    /** The minimum time for which all payloads and tasks run before the first workload is measured. */
    @Param("2500")
    private int pollutionMillis;

    private final List<RecordSet> sets = new ArrayList<>();
    private final List<RecordSet.Work> works = new ArrayList<>();
    private int iterations;

    @SuppressWarnings("NullAway.Init") // JMH calls the set-up methods before anything else.
    private RecordSet records;

    @SuppressWarnings("NullAway.Init")
    private RecordSet.Work work;

    @Setup
    public void prepare() throws Exception {
        TaskReader reader = implementation.reader();
        for (Workload workload : Workload.ofAll(workloads)) {
            sets.add(workload.payload().records());
            works.add(reader.work(workload.task()));
        }
        new Pollution(reader.tasks()).run(Duration.ofMillis(pollutionMillis));
    }

    @Setup(Level.Iteration)
    public void nextWorkload() {
        int next = iterations++ % works.size();
        records = sets.get(next);
        work = works.get(next);
    }

    /** Does the task of the current workload on its next record. */
    @Benchmark
    public Object record() throws Exception {
        countRecord();
        records.next();
        return work.run(records);
    }
}
