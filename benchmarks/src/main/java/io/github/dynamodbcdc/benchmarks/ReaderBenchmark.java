package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import java.util.Iterator;
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
 * What it costs to find the records in what they arrive in: readers, and decoding the same records one by one; an
 * operation is one record. LAMBDA_KINESIS unpacks base64 as well, which one by one is left out.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="ReaderBenchmark -p delivery=LINES"}</pre>
 *
 * <p>No value is taken, so the events cost as little as they can, and the readers' share is the largest that it can be.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-Xbatch"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ReaderBenchmark {
    /** So many that a reader, which is new in each pass, counts for little. */
    static final int RECORDS = 1_000;

    @Param
    private Reading reading = Reading.SESSION;

    @Param
    private Delivery delivery = Delivery.CONCATENATED;

    @Param({"INSERT", "TYPICAL", "WIDE"})
    private Payload payload = Payload.TYPICAL;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private Reading.Pass pass;

    @SuppressWarnings("NullAway.Init")
    private Iterator<ChangeEvent> events;

    @Setup
    public void prepare() {
        prepare(reading, delivery, payload, RECORDS);
    }

    void prepare(Reading measured, Delivery arriving, Payload records, int count) {
        pass = measured.pass(records.generate(count), arriving);
        events = pass.begin();
    }

    /** The next event; the first one behind the last. */
    @Benchmark
    public ChangeEvent read() {
        if (!events.hasNext()) {
            events = pass.begin();
        }
        return events.next();
    }
}
