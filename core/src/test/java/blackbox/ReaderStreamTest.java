package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader as a stream, which may collect and sort. */
class ReaderStreamTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private static byte[] records(int... keys) {
        return IntStream.of(keys)
                .mapToObj(key -> "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"k\":{\"N\":\"" + key + "\"}}}}")
                .collect(Collectors.joining("\n"))
                .getBytes(UTF_8);
    }

    private static List<Integer> sorted(Stream<ChangeEvent> events) {
        return events.sorted(Comparator.comparingInt(ReaderStreamTest::key))
                .map(ReaderStreamTest::key)
                .collect(Collectors.toList());
    }

    private static int key(ChangeEvent event) {
        return event.keys().require("k").asInt();
    }

    @Test
    void theEventsOfADecodersReaderCanBeSorted() {
        try (ChangeEventReader reader = DECODER.read(records(3, 1, 2))) {
            assertThat(sorted(reader.stream())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void theEventsOfASessionsReaderCanBeSortedBecauseTheyAreCopies() {
        try (ChangeEventReader reader = DECODER.newSession().read(records(3, 1, 2))) {
            assertThat(sorted(reader.stream())).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aParallelStreamHasEachEventOnce() {
        List<Integer> keys = IntStream.range(0, 5_000).boxed().collect(Collectors.toList());
        byte[] records = records(keys.stream().mapToInt(key -> key).toArray());
        for (ChangeEventReader reader :
                List.of(DECODER.read(records), DECODER.newSession().read(records))) {
            assertThat(reader.stream().parallel().map(ReaderStreamTest::key).collect(Collectors.toList()))
                    .isEqualTo(keys);
        }
    }

    @Test
    void aStreamThrowsTheFirstBadRecord() {
        try (ChangeEventReader reader =
                DECODER.newSession().read((new String(records(1), UTF_8) + "\n{}").getBytes(UTF_8))) {
            Stream<ChangeEvent> events = reader.stream();
            assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> events.forEach(event -> key(event)));
        }
    }
}
