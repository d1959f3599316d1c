package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Binds the new image of a record to an object of a user's class, in each way of {@link OrderBinder}.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="BindBenchmark -prof gc"}</pre>
 *
 * <p>Before the measurement, each way binds the records of several payloads.
 */
@Warmup(iterations = 3, time = 1)
public class BindBenchmark extends RecordBenchmark {
    /** Rounds instead of seconds: on a busy machine the compiler is not idle after a fixed time. */
    private static final int POLLUTION_ROUNDS = 20;

    private static final int MOST_POLLUTION_ROUNDS = 400;

    @Param
    private OrderBinder binder = OrderBinder.ITEM_MAPPER;

    @Param({"TYPICAL", "TSHUF", "SPARSE"})
    private Payload payload = Payload.TYPICAL;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private OrderBinder.Binding binding;

    @SuppressWarnings("NullAway.Init")
    private RecordSet records;

    @Setup
    public void prepare() throws IOException {
        binding = binder.create();
        records = payload.records();
        List<RecordSet> all = Stream.of(Payload.SPARSE, Payload.TSHUF2, Payload.INSERT, payload)
                .map(Payload::records)
                .toList();
        Pollution.CompilerLoad compiler = new Pollution.CompilerLoad();
        for (int round = 0; round < POLLUTION_ROUNDS || (round < MOST_POLLUTION_ROUNDS && compiler.isBusy()); round++) {
            for (RecordSet others : all) {
                for (int i = 0; i < others.size(); i++) {
                    others.next();
                    binding.bind(others.bytes());
                }
            }
        }
    }

    /** Binds the new image of the next record. */
    @Benchmark
    public Object bind() throws IOException {
        countRecord();
        records.next();
        return binding.bind(records.bytes());
    }
}
