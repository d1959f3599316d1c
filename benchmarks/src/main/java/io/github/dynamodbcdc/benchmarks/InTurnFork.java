package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs an {@link InTurnBenchmark} for one implementation in a new JVM, which first runs all payloads and tasks, then
 * measures all works in turn. A JVM for each work would take several times longer, most of it for warming up.
 */
final class InTurnFork {
    private final ChainedOptionsBuilder options;
    private final List<String> jvmArgs;
    private int warmups = 1;

    /** Many short ones, because some of them escape the load of other processes. */
    private int iterations = 10;

    InTurnFork(Class<? extends InTurnBenchmark> benchmark, Implementation implementation, int pollutionMillis) {
        options = new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + "\\.record$")
                .param("implementation", implementation.name())
                .param("pollutionMillis", Integer.toString(pollutionMillis))
                .forks(1)
                .warmupTime(TimeValue.milliseconds(150))
                .measurementTime(TimeValue.milliseconds(100))
                .addProfiler(ThreadTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        jvmArgs = new ArrayList<>(implementation.jvmArguments());
    }

    InTurnFork param(String name, String value) {
        options.param(name, value);
        return this;
    }

    InTurnFork jvmArgs(List<String> arguments) {
        jvmArgs.addAll(arguments);
        return this;
    }

    InTurnFork threads(int count) {
        options.threads(count);
        return this;
    }

    /** Sets the number of iterations that each work runs before it is measured. */
    InTurnFork warmups(int count) {
        warmups = count;
        return this;
    }

    /** Sets the number of iterations that measure each work. */
    InTurnFork iterations(int count) {
        iterations = count;
        return this;
    }

    /** Returns the iterations of each work; the works are those that the benchmark adds, in the same order. */
    <W> Map<W, List<Samples.Sample>> run(List<W> works) throws RunnerException {
        // Appended arguments would replace those of the benchmark's annotation.
        options.jvmArgsPrepend(jvmArgs.toArray(String[]::new))
                // A multiple of the works, so that the first measured iteration is the first work's.
                .warmupIterations(warmups * works.size())
                .measurementIterations(iterations * works.size());
        List<IterationResult> results = new ArrayList<>();
        for (RunResult result : new Runner(options.build()).run()) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                results.addAll(fork.getIterationResults());
            }
        }
        if (results.size() != iterations * works.size()) {
            throw new IllegalStateException("the fork did not run every iteration");
        }
        Map<W, List<Samples.Sample>> samples = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            samples.computeIfAbsent(works.get(i % works.size()), key -> new ArrayList<>())
                    .add(sample(results.get(i)));
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
