package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.LongRunning;
import fixtures.Records;
import fixtures.Sampling;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reference.ReferenceComparison;

class SharedDecoderTest {
    private static final int THREADS = 16;
    private static final int DECODES = Sampling.EXHAUSTIVE ? 320_000 : 40_000;

    /** More shapes than a decoder can remember, some of them repeated often. */
    private static final int SHAPES = 400;

    private static final PlainValues COMPARABLE = PlainValues.defaults().withBinary(PlainValues.Binary.BYTE_BUFFER);

    /** Returns everything that the event says, as comparable values. */
    private record Seen(
            String eventName,
            @Nullable String eventId,
            @Nullable String sequenceNumber,
            @Nullable CreationTime time,
            Map<String, @Nullable Object> keys,
            @Nullable Map<String, @Nullable Object> newImage,
            @Nullable Map<String, @Nullable Object> oldImage,
            @Nullable Item newItem) {
        static Seen of(ChangeEvent event) {
            return new Seen(
                    event.eventName().name(),
                    event.eventId(),
                    event.sequenceNumber(),
                    event.approximateCreationDateTime(),
                    event.keys().toMap(COMPARABLE),
                    map(event.newImage()),
                    map(event.oldImage()),
                    event.newImage());
        }

        private static @Nullable Map<String, @Nullable Object> map(@Nullable Item item) {
            return item == null ? null : item.toMap(COMPARABLE);
        }
    }

    @LongRunning
    @Test
    void manyThreadsOnOneDecoderSeeTheirOwnEventsOnly() throws Exception {
        List<byte[]> records = new ArrayList<>();
        List<Seen> expected = new ArrayList<>();
        for (int i = 0; i < SHAPES; i++) {
            GeneratedEvent generated = Events.of(i % 2 == 0 ? Kind.TABLE : Kind.WILD, i, i % 5);
            ChangeEvent alone = ChangeEventDecoder.create().decode(generated.bytes());
            ReferenceComparison.assertSame(generated.expected(), alone);
            records.add(generated.bytes());
            expected.add(Seen.of(alone));
        }

        ChangeEventDecoder shared = ChangeEventDecoder.create();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<Integer> worker = () -> {
            Random random = new Random(start.await());
            int wrong = 0;
            for (int i = 0; i < DECODES / THREADS; i++) {
                // Half of all decodes use a few records, so that threads share what the decoder learned.
                int record = random.nextInt(random.nextBoolean() ? 20 : SHAPES);
                wrong += Seen.of(shared.decode(records.get(record))).equals(expected.get(record)) ? 0 : 1;
            }
            return wrong;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> workers =
                    IntStream.range(0, THREADS).mapToObj(i -> worker).toList();
            for (Future<Integer> wrong : threads.invokeAll(workers)) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aBuilderBuildsIndependentDecoders() {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder().keyAttributes("pk");
        ChangeEventDecoder first = builder.build();
        ChangeEventDecoder second =
                builder.keyAttributes("sk").emptyValueAsMap(true).build();
        byte[] line = Records.json("{'Item':{'pk':{'S':'p'},'sk':{'S':'s'}}}");
        assertThat(first.decode(line).keys().toMap()).isEqualTo(Map.of("pk", "p"));
        assertThat(second.decode(line).keys().toMap()).isEqualTo(Map.of("sk", "s"));
        byte[] lenient = Records.json("{'Item':{'pk':{},'sk':{}}}");
        assertThat(first.tryDecode(lenient).failure()).isNotNull();
        assertThat(second.tryDecode(lenient).failure()).isNull();
    }
}
