package io.github.dynamodbcdc.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of one event to plain maps of its keys and both images, one implementation in each JVM.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="DecodeBenchmark"}</pre>
 *
 * <p>What follows {@code -Djmh=} is JMH's command line, for example {@code "DecodeBenchmark -f 1 -prof gc"}. Three forks,
 * because single ones differ more than the implementations that are close to one another.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    @Param
    private Decoder decoder = Decoder.DYNAMODB_CDC;

    private byte[] payload = {};

    @Setup
    public void preparePayload() {
        payload = Payloads.modify();
    }

    @Benchmark
    public PlainEvent decode() throws Exception {
        return decoder.decode(payload);
    }
}
