package io.github.dynamodbcdc.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the processor time of the measuring thread in nanoseconds per record. On a shared machine it varies far less
 * than elapsed time; it excludes the cost of garbage collection.
 */
public final class ThreadTimeProfiler implements InternalProfiler {
    static final String LABEL = "thread.time";

    /** Written by the measuring thread at the end of its iteration, then read by JMH's thread. */
    private static volatile double latest = Double.NaN;

    /** For JMH, which creates it by name. */
    public ThreadTimeProfiler() {}

    @Override
    public String getDescription() {
        return "Processor time of the measuring thread";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmarkParams, IterationParams iterationParams, IterationResult result) {
        return List.of(new ScalarResult(LABEL, latest, "ns/op", AggregationPolicy.AVG));
    }

    /** Measures one iteration, on the measuring thread. */
    static final class Watch {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long start;

        void start() {
            start = THREADS.getCurrentThreadCpuTime();
        }

        void stop(long records) {
            latest = (double) (THREADS.getCurrentThreadCpuTime() - start) / records;
        }
    }
}
