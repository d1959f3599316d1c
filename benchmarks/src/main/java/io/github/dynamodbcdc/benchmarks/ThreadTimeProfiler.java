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
 * Nanoseconds of processor time of the measuring thread per record. On a machine that others use as well it varies far
 * less than the time that passes; it leaves out what garbage collection costs.
 */
public final class ThreadTimeProfiler implements InternalProfiler {
    static final String LABEL = "thread.time";

    /** Written by the measuring thread when its iteration is over, read by JMH's own after that. */
    private static volatile double latest = Double.NaN;

    /** JMH creates it by name. */
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

    /** One iteration, seen from the thread that measures. */
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
