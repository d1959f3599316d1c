package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way of reading returns the same events from every format, and the first event follows the last. */
class ReaderBenchmarkTest {
    private static final int RECORDS = 40;

    private final ObjectMapper mapper = new ObjectMapper();

    private static String textOf(ChangeEvent event) {
        Item image = Objects.requireNonNull(event.newImage());
        return event.eventName() + " " + event.keys().toMap() + " " + image.toMap();
    }

    /** Returns the event that a reading returned; a tree is decoded. */
    private ChangeEvent event(ChangeEventDecoder decoder, Object read) throws IOException {
        return read instanceof JsonNode tree ? decoder.decode(mapper.writeValueAsBytes(tree)) : (ChangeEvent) read;
    }

    @ParameterizedTest
    @EnumSource
    void theInputAloneIsReadToItsEnd(ReaderBenchmark.InputFormat format) throws IOException {
        byte[][] records = Payload.WIDE.generate(RECORDS);
        byte[] input = format.of(records);
        InputStream stream = format.stream(input);
        InputOnly pass = new InputOnly(stream, format.unpackedLength(input), RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            assertThat(pass.next()).isNotNull();
        }

        assertThat(pass.hasNext()).isFalse();
        assertThat(stream.read()).isNegative();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INPUT_ONLY")
    void everyReadingGivesTheSameEventsAgainAndAgain(ReaderBenchmark.Reading reading) throws IOException {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        for (Payload payload : new Payload[] {Payload.INSERT, Payload.WIDE}) {
            byte[][] records = payload.generate(RECORDS);
            for (ReaderBenchmark.InputFormat format : ReaderBenchmark.InputFormat.values()) {
                ReaderBenchmark benchmark = new ReaderBenchmark();
                benchmark.prepare(reading, format, payload, RECORDS);
                for (int i = 0; i < 2 * RECORDS + 1; i++) {
                    assertThat(textOf(event(decoder, benchmark.read())))
                            .as("%s %s %s", format, payload, i)
                            .isEqualTo(textOf(decoder.decode(records[i % RECORDS])));
                }
            }
        }
    }
}
