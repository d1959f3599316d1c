package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way of reading returns the same events from every format, and the first event follows the last. */
class ReaderBenchmarkTest {
    private static final int RECORDS = 40;

    private static String textOf(ChangeEvent event) {
        Item image = Objects.requireNonNull(event.newImage());
        return event.eventName() + " " + event.keys().toMap() + " " + image.toMap();
    }

    @ParameterizedTest
    @EnumSource
    void everyReadingGivesTheSameEventsAgainAndAgain(ReaderBenchmark.Reading reading) {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        for (Payload payload : new Payload[] {Payload.INSERT, Payload.WIDE}) {
            byte[][] records = payload.generate(RECORDS);
            for (ReaderBenchmark.InputFormat format : ReaderBenchmark.InputFormat.values()) {
                ReaderBenchmark benchmark = new ReaderBenchmark();
                benchmark.prepare(reading, format, payload, RECORDS);
                for (int i = 0; i < 2 * RECORDS + 1; i++) {
                    assertThat(textOf(benchmark.read()))
                            .as("%s %s %s", format, payload, i)
                            .isEqualTo(textOf(decoder.decode(records[i % RECORDS])));
                }
            }
        }
    }
}
