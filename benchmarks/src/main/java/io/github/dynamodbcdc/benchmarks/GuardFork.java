package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link GuardBenchmark} for one implementation, in a new JVM. */
final class GuardFork {
    /** Many short iterations, because some of them escape the load of other processes. */
    private static final int ITERATIONS_PER_ROW = 10;

    private final List<String> jvmArgs;

    GuardFork(List<String> jvmArgs) {
        this.jvmArgs = jvmArgs;
    }

    /** The least thread time of one row's iterations, in nanoseconds, and their median of bytes; both per record. */
    record Sample(double nanos, double allocatedBytes) {}

    Map<GuardRow, Sample> run(Implementation implementation, List<GuardRow> rows) throws RunnerException {
        String keys = rows.stream().map(GuardRow::key).collect(Collectors.joining(","));
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\b" + GuardBenchmark.class.getSimpleName() + "\\.record$")
                .param("implementation", implementation.name())
                .param("rows", keys)
                .forks(1)
                // Appended arguments would replace those of the benchmark's annotation.
                .jvmArgsPrepend(jvmArgs.toArray(String[]::new))
                // A multiple of the rows, so that the first measured iteration is the first row's.
                .warmupIterations(rows.size())
                .warmupTime(TimeValue.milliseconds(150))
                .measurementIterations(ITERATIONS_PER_ROW * rows.size())
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
        if (iterations.size() != ITERATIONS_PER_ROW * rows.size()) {
            throw new IllegalStateException("the fork did not run every iteration");
        }
        Map<GuardRow, Sample> samples = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            samples.put(
                    rows.get(i),
                    new Sample(
                            Arrays.stream(values(iterations, i, rows.size(), ThreadTimeProfiler.LABEL))
                                    .min()
                                    .orElseThrow(),
                            Samples.median(values(iterations, i, rows.size(), ThreadTimeProfiler.ALLOCATION_LABEL))));
        }
        return samples;
    }

    private static double[] values(List<IterationResult> iterations, int first, int step, String label) {
        double[] values = new double[iterations.size() / step];
        for (int i = 0; i < values.length; i++) {
            values[i] = Ratios.secondary(iterations.get(first + i * step), label);
        }
        return values;
    }
}
