package io.github.dynamodbcdc.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
 * Reports the processor time of the measuring thread in nanoseconds per record, and the bytes that this thread
 * allocates. On a shared machine, processor time varies far less than elapsed time; it excludes the cost of garbage
 * collection. JMH's own profiler adds what other threads allocate, which is more for each record the slower the machine
 * is.
 */
public final class ThreadTimeProfiler implements InternalProfiler {
    static final String LABEL = "thread.time";
    static final String ALLOCATION_LABEL = "thread.alloc";

    /** Written by the measuring thread at the end of its iteration, then read by JMH's thread. */
    private static volatile double latest = Double.NaN;

    private static volatile double latestAllocation = Double.NaN;

    /** For JMH, which creates it by name. */
    public ThreadTimeProfiler() {}

    @Override
    public String getDescription() {
        return "Processor time and allocation of the measuring thread";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmarkParams, IterationParams iterationParams) {}

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmarkParams, IterationParams iterationParams, IterationResult result) {
        return List.of(
                new ScalarResult(LABEL, latest, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(ALLOCATION_LABEL, latestAllocation, "B/op", AggregationPolicy.AVG));
    }

    /** Measures one iteration, on the measuring thread. */
    static final class Watch {
        private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

        private long start;
        private long allocatedBefore;

        void start() {
            allocatedBefore = allocated();
            start = THREADS.getCurrentThreadCpuTime();
        }

        void stop(long records) {
            latest = (double) (THREADS.getCurrentThreadCpuTime() - start) / records;
            latestAllocation = (double) (allocated() - allocatedBefore) / records;
        }

        private static long allocated() {
            return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
    }
}
