package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.CompilerProfiler;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One combination of a task, an implementation and a payload, measured by JMH in a JVM of its own. */
final class Fork {
    private final Options jmh;
    private List<IterationResult> iterations = List.of();

    Fork(Case measured, RatioOptions options) {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(measured.task().pattern())
                .param("implementation", measured.implementation().name())
                .param("payload", measured.payload().name())
                .param("pollutionMillis", Integer.toString(options.pollutionMillis()))
                .forks(1)
                .addProfiler(CompilerProfiler.class)
                .addProfiler(GCProfiler.class)
                .addProfiler(ThreadTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (options.quick()) {
            builder.warmupTime(TimeValue.milliseconds(500)).measurementTime(TimeValue.milliseconds(200));
        }
        jmh = builder.build();
    }

    Sample run() throws RunnerException {
        iterations = new ArrayList<>();
        for (RunResult result : new Runner(jmh).run()) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                iterations.addAll(fork.getIterationResults());
            }
        }
        return new Sample(
                median(iteration -> 1000 / iteration.getPrimaryResult().getScore()),
                median(iteration -> secondary(iteration, ThreadTimeProfiler.LABEL)),
                median(iteration -> secondary(iteration, "gc.alloc.rate.norm")));
    }

    /** Whether the compiler was busy for no more than a tenth of the time that was measured. */
    boolean isSettled() {
        double compiled = 0;
        double measured = 0;
        for (IterationResult iteration : iterations) {
            compiled += secondary(iteration, "compiler.time.profiled");
            measured += iteration.getParams().getTime().convertTo(TimeUnit.MILLISECONDS);
        }
        return compiled <= measured / 10;
    }

    private double median(ToDoubleFunction<IterationResult> value) {
        return Samples.median(iterations.stream().mapToDouble(value).toArray());
    }

    private static double secondary(IterationResult iteration, String label) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label)
                .getScore();
    }
}
