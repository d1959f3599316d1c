package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.runner.RunnerException;

/** Measures one implementation on several workloads in one JVM, in turn; see {@link InTurnBenchmark}. */
public class WorkloadsBenchmark extends InTurnBenchmark {
    @Param({"JACKSON_TREE", "JACKSON_STREAM", "SESSION"})
    private Implementation implementation = Implementation.SESSION;

    /** The keys of the workloads, with commas in between. */
    @Param("full.typical,projection.typical,index.typical")
    private String workloads = "";

    @Setup
    public void prepare() throws Exception {
        TaskReader reader = implementation.reader();
        for (Workload workload : Workload.ofAll(workloads)) {
            add(workload.payload().records(), reader.work(workload.task()));
        }
        pollute(reader);
    }

    /** Runs a fork; returns the iterations of each workload. */
    static Map<Workload, List<Samples.Sample>> run(
            Implementation implementation, List<Workload> workloads, int pollutionMillis, List<String> jvmArgs)
            throws RunnerException {
        return new InTurnFork(WorkloadsBenchmark.class, implementation, pollutionMillis)
                .param("workloads", workloads.stream().map(Workload::key).collect(Collectors.joining(",")))
                .jvmArgs(jvmArgs)
                .run(workloads);
    }
}
