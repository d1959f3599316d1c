package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** One combination of a task, an implementation and a payload, measured by JMH in its own JVM. */
final class RatioFork {
    private final Options jmh;
    private List<IterationResult> iterations = List.of();

    RatioFork(Samples.Case measured, RatioOptions options) {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(measured.task().pattern())
                .param("implementation", measured.implementation().name())
                .param("payload", measured.payload().name())
                .param("pollutionMillis", Integer.toString(options.pollutionMillis()))
                .forks(1)
                .jvmArgsPrepend(measured.implementation().jvmArguments().toArray(String[]::new))
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

    Samples.Sample run() throws RunnerException {
        iterations = new ArrayList<>();
        for (RunResult result : new Runner(jmh).run()) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                iterations.addAll(fork.getIterationResults());
            }
        }
        return Samples.Sample.median(iterations.stream()
                .map(iteration -> new Samples.Sample(
                        1000 / iteration.getPrimaryResult().getScore(),
                        Ratios.secondary(iteration, ThreadTimeProfiler.LABEL),
                        Ratios.secondary(iteration, "gc.alloc.rate.norm")))
                .toList());
    }

    /** Returns whether the compiler was busy for at most a tenth of the measured time. */
    boolean isSettled() {
        double compiled = 0;
        double measured = 0;
        for (IterationResult iteration : iterations) {
            compiled += Ratios.secondary(iteration, "compiler.time.profiled");
            measured += iteration.getParams().getTime().convertTo(TimeUnit.MILLISECONDS);
        }
        return compiled <= measured / 10;
    }
}
