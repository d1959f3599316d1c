package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link WorkloadsBenchmark} for one implementation in a new JVM, which first runs all payloads and tasks, then
 * measures all workloads in turn. A JVM per workload would take several times longer, most of it for warming up.
 */
final class WorkloadsFork {
    /** For each workload. Many short iterations, because some of them escape the load of other processes. */
    private static final int ITERATIONS = 10;

    private final List<String> jvmArgs;
    private final int pollutionMillis;

    /** @param jvmArgs the arguments of the JVM, beside those of the benchmark and the implementation */
    WorkloadsFork(List<String> jvmArgs, int pollutionMillis) {
        this.jvmArgs = jvmArgs;
        this.pollutionMillis = pollutionMillis;
    }

    /** Returns the iterations of each workload. */
    Map<Workload, List<Samples.Sample>> run(Implementation implementation, List<Workload> workloads)
            throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\b" + WorkloadsBenchmark.class.getSimpleName() + "\\.record$")
                .param("implementation", implementation.name())
                .param("workloads", workloads.stream().map(Workload::key).collect(Collectors.joining(",")))
                .param("pollutionMillis", Integer.toString(pollutionMillis))
                .forks(1)
                // Appended arguments would replace those of the benchmark's annotation.
                .jvmArgsPrepend(Stream.concat(implementation.jvmArguments().stream(), jvmArgs.stream())
                        .toArray(String[]::new))
                // A multiple of the workloads, so that the first measured iteration is the first workload's.
                .warmupIterations(workloads.size())
                .warmupTime(TimeValue.milliseconds(150))
                .measurementIterations(ITERATIONS * workloads.size())
                .measurementTime(TimeValue.milliseconds(100))
                .addProfiler(ThreadTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        List<IterationResult> iterations = new ArrayList<>();
        for (RunResult result : new Runner(options.build()).run()) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                iterations.addAll(fork.getIterationResults());
            }
        }
        if (iterations.size() != ITERATIONS * workloads.size()) {
            throw new IllegalStateException("the fork did not run every iteration");
        }
        Map<Workload, List<Samples.Sample>> samples = new HashMap<>();
        for (int i = 0; i < iterations.size(); i++) {
            samples.computeIfAbsent(workloads.get(i % workloads.size()), key -> new ArrayList<>())
                    .add(sample(iterations.get(i)));
        }
        return samples;
    }

    private static Samples.Sample sample(IterationResult iteration) {
        return new Samples.Sample(
                iteration.getPrimaryResult().getScore(),
                Ratios.secondary(iteration, ThreadTimeProfiler.LABEL),
                Ratios.secondary(iteration, ThreadTimeProfiler.ALLOCATION_LABEL));
    }
}
