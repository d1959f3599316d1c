package blackbox;

import static fixtures.Sampling.EXHAUSTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.LongRunning;
import fixtures.Outcome;
import fixtures.Records;
import fixtures.Ways;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import generator.Mutations;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceEvent;
import reference.ReferenceOptions;
import reference.ReferenceRefusal;

/**
 * Every way to decode gives the same verdict, with the same reason and place, and the same values. All events and their
 * mutations go through the same decoders and sessions, so most of what these have learned is wrong.
 */
class WaysTest {
    private static final int SIZES = 13;
    private static final int EVENTS = 40_000;

    private static Ways newWays() {
        return Ways.ofOneRecord(ReferenceOptions.defaults());
    }

    private static void checkAll(Ways ways, String origin, Stream<byte[]> records) {
        records.forEach(record -> ways.check(origin, record));
    }

    /** Shared by all tries, so that anything learned from one event could spoil the next. */
    private static final Ways WAYS = newWays();

    private static final ReferenceDecoder REFERENCE = new ReferenceDecoder();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @LongRunning
    @Property(tries = 700, shrinking = ShrinkingMode.OFF)
    void allWaysGiveTheSameOutcome(@ForAll("events") GeneratedEvent event) {
        byte[] bytes = event.bytes();
        int seed = event.origin().hashCode();
        WAYS.check(event.origin(), bytes);
        checkAll(
                WAYS,
                event.origin(),
                seed % 2 == 0
                        ? Mutations.sampleOfSingleByteChanges(bytes, 1, seed)
                        : Mutations.sampleOfEdits(bytes, 1, seed));
    }

    @LongRunning
    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void theCommonOutcomeIsThatOfTheReference(@ForAll("events") GeneratedEvent event) {
        byte[] bytes = event.bytes();
        WAYS.check(event.origin(), bytes);
        ReferenceComparison.assertSame(event.expected(), WAYS.plain().decode(bytes));
        for (byte[] edited :
                Mutations.sampleOfEdits(bytes, 2, event.origin().hashCode()).toList()) {
            WAYS.check(event.origin(), edited);
            ReferenceComparison.assertSameVerdict(WAYS.plain(), REFERENCE, edited);
        }
    }

    /** Few attributes that come, go, change and repeat, so that predictions are nearly right. */
    @LongRunning
    @Test
    void recordsThatResembleEarlierOnesDecodeAlikeInAllWays() {
        Ways ways = newWays();
        Random random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 1_200; i++) {
            byte[] record = almostTheSame(random);
            ways.check("record " + i, record);
            ReferenceEvent expected = expected(record);
            DecodeResult result = ways.plain().tryDecode(record);
            assertThat(result.event() != null).as("record %d", i).isEqualTo(expected != null);
            if (expected != null && i % 4 == 0) {
                ReferenceComparison.assertSame(expected, result.orElseThrow());
            }
            accepted += expected == null ? 0 : 1;
        }
        assertThat(accepted).isBetween(600, 1_150);
    }

    private static @Nullable ReferenceEvent expected(byte[] record) {
        try {
            return REFERENCE.decode(record);
        } catch (ReferenceRefusal e) {
            return null;
        }
    }

    private static byte[] almostTheSame(Random random) {
        List<String> attributes = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "long name of an attribute", "d")) {
            if (random.nextInt(8) > 0) {
                attributes.add(attribute(name, random));
            }
        }
        if (random.nextInt(12) == 0) {
            attributes.add(
                    random.nextInt(attributes.size() + 1), attribute(random.nextBoolean() ? "a" : "\\u0062", random));
        }
        List<String> others = new ArrayList<>(attributes);
        for (int edits = random.nextInt(3); edits > 0 && !others.isEmpty(); edits--) {
            int at = random.nextInt(others.size());
            switch (random.nextInt(4)) {
                case 0 -> others.remove(at);
                case 1 -> others.add(at, attribute("n" + random.nextInt(5_000), random));
                case 2 -> others.set(at, others.get(at).replace("1", "22"));
                default -> others.add(others.remove(at));
            }
        }
        String separator = random.nextInt(10) == 0 ? " ,\n" : ",";
        String end = random.nextInt(40) == 0 ? ",}" : random.nextInt(40) == 0 ? " }" : "}";
        boolean newFirst = random.nextInt(4) > 0;
        String first = "{" + String.join(",", attributes) + "}";
        String second = "{" + String.join(separator, others) + end;
        String images = newFirst
                ? "'NewImage':" + first + ",'OldImage':" + second
                : "'OldImage':" + first + ",'NewImage':" + second;
        return Records.json(
                random.nextInt(6) == 0
                        ? "{'Keys':{'a':{'S':'k'}}," + images
                                + ",'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}}}"
                        : Records.kinesis("MODIFY", images + (random.nextBoolean() ? ",'SizeBytes':1" : "")));
    }

    private static String attribute(String name, Random random) {
        String value = switch (random.nextInt(14)) {
            case 0 -> "{'N':'1'}";
            case 1 -> "{'M':{'a':{'S':'1'},'b':{'N':'1'}}}";
            case 2 -> "{'M':{'b':{'N':'1'}," + (random.nextInt(9) == 0 ? "'b'" : "'a'") + ":{'S':'1'}}}";
            case 3 -> "{'L':[{'S':'1'},{'M':{'a':{'S':'1'}}}]}";
            case 4 -> "{ 'S':'1'}";
            case 5 -> "{'BOOL':true}";
            case 6 -> "{'SS':['1','2']}";
            case 7 -> "{'B':'AQ=='}";
            default -> "{'S':'" + random.nextInt(2) + "'}";
        };
        return "'" + (random.nextInt(25) == 0 ? name.replace("a", "\\u0061") : name) + "':" + value;
    }

    @Test
    @EnabledIfSystemProperty(named = "exhaustive", matches = "true")
    void manyEvents() {
        Ways ways = newWays();
        for (int i = 0; i < EVENTS; i++) {
            GeneratedEvent event = Events.of(i % 3 == 0 ? Kind.TABLE : Kind.WILD, 7_000_000L + i, i % SIZES);
            byte[] bytes = event.bytes();
            ways.check(event.origin(), bytes);
            checkAll(ways, event.origin(), Mutations.sampleOfSingleByteChanges(bytes, 2, i));
            checkAll(ways, event.origin(), Mutations.sampleOfEdits(bytes, 2, i));
        }
    }

    // ----------------------------------------------------------------------------------------------------- threads

    private static final int THREADS = 16;
    private static final int DECODES = EXHAUSTIVE ? 320_000 : 40_000;
    private static final int RECORDS = 300;

    @LongRunning
    @Test
    void manyThreadsOnOneDecoderGetTheOutcomesOfADecoderWithoutShapes() throws Exception {
        ChangeEventDecoder alone = Ways.withShapes("off", ChangeEventDecoder::create);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] record =
                    Events.of(i % 2 == 0 ? Kind.TABLE : Kind.WILD, i, i % 7).bytes();
            records.add(
                    i % 5 < 4
                            ? record
                            : Mutations.sampleOfEdits(record, 1, i).findAny().orElseThrow());
        }
        List<String> expected = records.stream()
                .map(record -> Outcome.of(alone.tryDecode(record)).text())
                .toList();

        ChangeEventDecoder shared = Ways.withShapes("on", ChangeEventDecoder::create);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<Integer> worker = () -> {
            Random random = new Random(start.await());
            DecodeSession session = shared.newSession();
            int wrong = 0;
            for (int i = 0; i < DECODES / THREADS; i++) {
                // Half of all decodes use a few records, so that threads share what the decoder learned.
                int record = random.nextInt(random.nextBoolean() ? 20 : RECORDS);
                wrong +=
                        Outcome.of(shared.tryDecode(records.get(record))).text().equals(expected.get(record)) ? 0 : 1;
                if (i % 4 == 0) {
                    wrong += Outcome.of(session.tryDecode(records.get(record)))
                                    .text()
                                    .equals(expected.get(record))
                            ? 0
                            : 1;
                }
            }
            return wrong;
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Integer> wrong : threads.invokeAll(
                    IntStream.range(0, THREADS).mapToObj(i -> worker).toList())) {
                assertThat(wrong.get()).isZero();
            }
        } finally {
            threads.shutdown();
        }
    }
}
