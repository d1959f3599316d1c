package io.github.dynamodbcdc.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Makes a Pinot row with the columns of {@link PinotTable} from a record, on every payload. {@link DecodeBenchmark}
 * describes the settings.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="RowBenchmark -p payload=TYPICAL"}</pre>
 */
public class RowBenchmark extends PollutedBenchmark {
    @Param({"PINOT_JSON", "PINOT_ADAPTER"})
    private Implementation implementation = Implementation.PINOT_ADAPTER;

    @Param
    private Payload payload = Payload.TYPICAL;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private RowReader reader;

    @Setup
    public void prepare() throws Exception {
        reader = implementation.createForRows();
        prepare(payload.records(), reader.tasks());
    }

    /** Makes a row of seven columns. */
    @Benchmark
    public Object row(Volume volume) throws Exception {
        return next(volume).row(reader);
    }
}
