package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a record to its new image as an object of a user's class, in each way that {@link OrderBinder} has.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="BindBenchmark -prof gc"}</pre>
 *
 * <p>{@code -prof io.github.dynamodbcdc.benchmarks.ThreadTimeProfiler} adds processor time, for a machine that others
 * use as well. Each record is another one. Before the measurement each way has bound the records of all payloads here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-Xbatch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class BindBenchmark {
    /** Rounds and not seconds: on a busy machine the compiler is not idle after a fixed time. */
    private static final int POLLUTION_ROUNDS = 20;

    private static final int MOST_POLLUTION_ROUNDS = 400;

    @Param
    private OrderBinder binder = OrderBinder.ITEM_MAPPER;

    @Param({"TYPICAL", "TSHUF", "SPARSE"})
    private Payload payload = Payload.TYPICAL;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private OrderBinder.Binding binding;

    @SuppressWarnings("NullAway.Init")
    private Records records;

    private final ThreadTimeProfiler.Watch watch = new ThreadTimeProfiler.Watch();
    private long recordsRead;

    @Setup
    public void prepare() throws IOException {
        binding = binder.create();
        records = payload.records();
        List<Records> all = Stream.of(Payload.SPARSE, Payload.TSHUF2, Payload.INSERT, payload)
                .map(Payload::records)
                .toList();
        Compiler compiler = new Compiler();
        for (int round = 0; round < POLLUTION_ROUNDS || (round < MOST_POLLUTION_ROUNDS && compiler.isBusy()); round++) {
            for (Records others : all) {
                for (int i = 0; i < others.size(); i++) {
                    others.next();
                    binding.bind(others.bytes());
                }
            }
        }
    }

    @Setup(Level.Iteration)
    public void startWatch() {
        recordsRead = 0;
        watch.start();
    }

    @TearDown(Level.Iteration)
    public void stopWatch() {
        watch.stop(recordsRead);
    }

    /** The new image of the next record. */
    @Benchmark
    public Object bind() throws IOException {
        recordsRead++;
        records.next();
        return binding.bind(records.bytes());
    }
}
