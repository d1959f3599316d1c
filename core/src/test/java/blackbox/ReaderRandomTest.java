package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.Records;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reference.ReferenceComparison;

/** Random events are the same after delivery in every shape, in pieces of any size. */
class ReaderRandomTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final DecodeSession SESSION = DECODER.newSession();

    private static List<GeneratedEvent> events(Random random, int count) {
        List<GeneratedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Kind kind = random.nextInt(3) > 0 ? Kind.TABLE : Kind.WILD;
            events.add(Events.of(kind, random.nextLong(), random.nextInt(12)));
        }
        return events;
    }

    /**
     * Returns the records without white space: among lines, a record on several lines would break at the end of its
     * first.
     */
    private static List<GeneratedEvent> compactEvents(Random random, int count) {
        List<GeneratedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Events.of(Kind.TABLE, random.nextLong(), random.nextInt(12)));
        }
        return events;
    }

    private static byte[] deliver(Shape shape, List<GeneratedEvent> events) {
        return shape.of(events.stream().map(GeneratedEvent::bytes).toList());
    }

    private static void assertSame(Shape shape, GeneratedEvent expected, ChangeEvent event) {
        // The reference sees only the record, and so lacks the evidence of a Kinesis or Firehose envelope.
        if (shape.isOfKinesis() && event.binaryEncoding() == BinaryEncoding.DOUBLE) {
            return;
        }
        try {
            ReferenceComparison.assertSame(expected.expected(), event);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(shape + " " + expected.origin(), e);
        }
    }

    @Property(tries = 50)
    void eventsOfAStreamStayUnchanged(
            @ForAll Shape shape, @ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int count) {
        Random random = new Random(seed);
        List<GeneratedEvent> events = events(random, count);
        byte[] input = deliver(shape, events);
        byte[] packed = random.nextBoolean() ? input : Deliveries.gzip(input);
        int most = random.nextBoolean() ? 1 << 16 : 1 + random.nextInt(300);
        List<ChangeEvent> read = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(Deliveries.inPieces(packed, most, random))) {
            reader.forEach(read::add);
        }
        assertThat(read).hasSameSizeAs(events);
        for (int i = 0; i < count; i++) {
            assertSame(shape, events.get(i), read.get(i));
        }
    }

    @Property(tries = 40)
    void aPartOfAnArrayIsReadLikeAStream(@ForAll Shape shape, @ForAll long seed) {
        List<GeneratedEvent> events = events(new Random(seed), 12);
        byte[] input = deliver(shape, events);
        byte[] larger = new byte[input.length * 3];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(input, 0, larger, i * input.length, input.length);
        }
        int i = 0;
        for (ChangeEvent event : DECODER.read(larger, input.length, input.length)) {
            assertSame(shape, events.get(i++), event);
        }
        assertThat(i).isEqualTo(events.size());
    }

    @Property(tries = 40)
    void aSessionShowsEachRecordUntilTheNext(@ForAll Shape shape, @ForAll long seed) {
        Random random = new Random(seed);
        List<GeneratedEvent> events = events(random, 14);
        for (int i = 0; i < 70; i++) { // enough to cross the ends of chunks
            events.add(events.get(i));
        }
        DecodeSession session = DECODER.newSession();
        byte[] input = deliver(shape, events);
        ChangeEventReader reader = random.nextBoolean()
                ? session.read(new ByteArrayInputStream(input))
                : session.read(Deliveries.inPieces(input, 3000, random));
        var records = reader.iterator();
        for (int i = 0; i < events.size(); i++) {
            ChangeEvent event = records.next();
            // The session continues with the next record, and still shows the last one.
            assertThat(records.hasNext()).isEqualTo(i < events.size() - 1);
            if (i < 14 || random.nextInt(8) == 0) {
                assertSame(shape, events.get(i), event);
            }
        }
        assertThat(records.hasNext()).isFalse();
    }

    @Property(tries = 40)
    void aTruncatedInputGivesAllWholeRecordsAndOneFailure(@ForAll Shape shape, @ForAll long seed) {
        Random random = new Random(seed);
        List<GeneratedEvent> events = compactEvents(random, 6);
        byte[] input = deliver(shape, events);
        int length = 1 + random.nextInt(input.length - 1);
        byte[] cut = Arrays.copyOf(input, length);
        var fromArray = Deliveries.records(DECODER.read(cut));
        var fromStream = Deliveries.records(DECODER.read(Deliveries.inPieces(cut, 700, random)));
        assertThat(fromStream.toString()).isEqualTo(fromArray.toString());
        int failures = 0;
        for (int i = 0; i < fromArray.size(); i++) {
            DecodeException failure = fromArray.get(i).result().failure();
            if (failure == null) {
                assertSame(
                        shape,
                        events.get(i),
                        Objects.requireNonNull(fromStream.get(i).result().event()));
            } else {
                failures++;
                assertThat(i).isEqualTo(fromArray.size() - 1);
                assertThat(failure.reason()).isEqualTo(DecodeException.Reason.END_OF_INPUT);
                assertThat(failure.offset()).isEqualTo(length);
                assertThat(fromArray.get(i).isTerminal()).isTrue();
            }
        }
        assertThat(failures).isLessThanOrEqualTo(1);
    }

    /** Prediction of a record's bytes must not hide the line breaks in it. */
    @Property(tries = 40)
    void aLineIsADelimiterUnlessAValueHasSpannedOne(@ForAll long seed) {
        Random random = new Random(seed);
        String good = new String(Records.json(Records.change("INSERT", "")), UTF_8);
        StringBuilder lines = new StringBuilder(good);
        boolean spanned = false;
        int count = 1 + random.nextInt(30);
        int spanning = random.nextInt(3 * count);
        for (int i = 0; i < count; i++) {
            byte[] record = compactEvents(new Random(i % 3), 1).get(0).bytes();
            String line = new String(record, UTF_8);
            if (i >= spanning) {
                int comma = line.indexOf(",\"", random.nextInt(line.length() / 2));
                line = comma < 0 ? line : line.substring(0, comma + 1) + "\r\n " + line.substring(comma + 1);
            }
            spanned |= line.indexOf('\n') >= 0;
            lines.append('\n').append(line);
        }
        byte[] input = (lines + "\n{\"a\":\n" + good + "\n").getBytes(UTF_8);
        ChangeEventReader reader = random.nextBoolean() ? DECODER.read(input) : SESSION.read(input);
        var records = Deliveries.records(reader);
        assertThat(records).hasSize(spanned ? count + 2 : count + 3);
        assertThat(records.get(count + 1).isTerminal()).isEqualTo(spanned);
    }

    @Test
    @EnabledIfSystemProperty(named = "exhaustive", matches = "true")
    void thousandsOfInputsOfEachShape() {
        for (int i = 0; i < 400; i++) {
            for (Shape shape : Shape.values()) {
                eventsOfAStreamStayUnchanged(shape, i, i % 60);
                aPartOfAnArrayIsReadLikeAStream(shape, i);
                aSessionShowsEachRecordUntilTheNext(shape, i);
                aTruncatedInputGivesAllWholeRecordsAndOneFailure(shape, i);
            }
            aLineIsADelimiterUnlessAValueHasSpannedOne(i);
        }
    }
}
