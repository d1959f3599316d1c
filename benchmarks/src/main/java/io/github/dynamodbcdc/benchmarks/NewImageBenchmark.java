package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Warmup;

/** Converts or binds the new image of a record, in a JVM that has done the same for the records of other payloads. */
@Warmup(iterations = 3, time = 1)
public abstract class NewImageBenchmark extends RecordBenchmark {
    /** Rounds instead of seconds: on a busy machine the compiler is not idle after a fixed time. */
    private static final int POLLUTION_ROUNDS = 20;

    private static final int MOST_POLLUTION_ROUNDS = 400;

    @SuppressWarnings("NullAway.Init") // JMH calls the subclass's set-up before anything else.
    private NewImageWork work;

    @SuppressWarnings("NullAway.Init")
    private RecordSet records;

    /** What is done with the new image, by one thread. */
    interface NewImageWork {
        Object run(byte[] record) throws IOException;
    }

    /** Called by the subclass's set-up. */
    final void prepare(NewImageWork measured, Payload payload) throws IOException {
        work = measured;
        records = payload.records();
        List<RecordSet> all = Stream.of(Payload.SPARSE, Payload.TSHUF2, Payload.INSERT, payload)
                .map(Payload::records)
                .toList();
        Pollution.CompilerLoad compiler = new Pollution.CompilerLoad();
        for (int round = 0; round < POLLUTION_ROUNDS || (round < MOST_POLLUTION_ROUNDS && compiler.isBusy()); round++) {
            for (RecordSet others : all) {
                for (int i = 0; i < others.size(); i++) {
                    others.next();
                    work.run(others.bytes());
                }
            }
        }
    }

    /** Does the work on the next record. */
    @Benchmark
    public Object record() throws IOException {
        countRecord();
        records.next();
        return work.run(records.bytes());
    }
}
