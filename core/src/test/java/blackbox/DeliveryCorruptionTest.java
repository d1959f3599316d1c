package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Sampling.EXHAUSTIVE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.EventText;
import fixtures.LongRunning;
import fixtures.Records;
import fixtures.Refusals;
import generator.Mutations;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.SourceRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every truncation of a delivery and every change of one byte in it, in every shape: the reader ends in records and
 * declared failures, the same from an array, from a stream in pieces and in a session. A truncated delivery shows only
 * events that were sent.
 */
class DeliveryCorruptionTest {
    /** Every type, with binary that can be read as encoded once or twice. */
    private static final byte[] FIRST = Records.json(Records.kinesis(
            "MODIFY",
            "'NewImage':{'é':{'S':'\\u00e9\\n€'},'n':{'N':'-1.50e1'},'b':{'B':'YUdrPQ=='},'t':{'BOOL':true},"
                    + "'x':{'NULL':true},'ss':{'SS':['a']},'ns':{'NS':['1']},'bs':{'BS':['YUdrPQ==']},"
                    + "'l':{'L':[{'M':{'a':{'N':'1'}}}]}}"));

    private static final byte[] LAST = Records.json(Records.stream("REMOVE", "'SequenceNumber':'17'"));

    private static final Set<String> SENT = sent();

    private static final DecodeSession SESSION = DECODER.newSession();

    private static Set<String> sent() {
        Set<String> sent = new HashSet<>();
        for (BinaryEncoding encoding : BinaryEncoding.values()) {
            ChangeEventDecoder decoder =
                    ChangeEventDecoder.builder().binaryEncoding(encoding).build();
            sent.add(EventText.describe(decoder.decode(FIRST)));
            sent.add(EventText.describe(decoder.decode(LAST)));
        }
        return sent;
    }

    /** What a reader gives: the texts of its events, and one text for all records and failures. */
    private record Read(List<String> events, String all, List<SourceRecord> records) {
        static Read of(ChangeEventReader reader, int length) {
            List<String> events = new ArrayList<>();
            List<SourceRecord> records = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            for (SourceRecord record : reader.records()) {
                ChangeEvent event = record.event();
                DecodeException failure = record.failure();
                records.add(record);
                all.append(record).append(record.itemIdentifier());
                if (event != null) {
                    events.add(EventText.describe(event));
                }
                if (failure != null) {
                    Refusals.assertDeclared(failure, length);
                    all.append(failure.getMessage()).append(failure.path());
                }
            }
            return new Read(events, all.append(events).toString(), records);
        }
    }

    private static Read read(byte[] input, Random random) {
        Read read = Read.of(DECODER.read(input), input.length);
        Read pieces = Read.of(DECODER.read(Deliveries.inPieces(input, 1 + random.nextInt(90), random)), input.length);
        Read session = Read.of(SESSION.read(input), input.length);
        if (!read.all().equals(pieces.all()) || !read.all().equals(session.all())) {
            throw new AssertionError("array " + read.all() + "\npieces " + pieces.all() + "\nsession " + session.all());
        }
        return read;
    }

    @ParameterizedTest
    @EnumSource
    void everyTruncationGivesTheWholeRecordsBeforeIt(Shape shape) {
        Random random = new Random(1);
        byte[] whole = shape.of(List.of(FIRST, LAST));
        for (byte[] truncated : Mutations.truncations(whole)) {
            Read read = read(truncated, random);
            assertThat(SENT).containsAll(read.events());
            for (SourceRecord record : read.records()) {
                DecodeException failure = record.failure();
                if (failure != null) {
                    assertThat(failure.reason()).isEqualTo(Reason.END_OF_INPUT);
                    assertThat(record.isTerminal()).isTrue();
                }
            }
        }
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    void everySingleByteChangeCostsAtMostWhatItTouches(Shape shape) {
        Random random = new Random(1);
        byte[] whole = shape.of(List.of(FIRST, LAST));
        Read unchanged = read(whole, random);
        assertThat(unchanged.events()).hasSize(2);
        int firstAt = placeOf(FIRST, shape, whole);
        int firstEnd = firstAt + written(FIRST, shape).length;
        int lastAt = placeOf(LAST, shape, whole);
        int lastEnd = lastAt + written(LAST, shape).length;
        int events = 0;
        for (int i = 0; i < whole.length; i++) {
            boolean inFirst = i >= firstAt && i < firstEnd;
            boolean inLast = i >= lastAt && i < lastEnd;
            byte[] changed = whole.clone();
            for (byte other : others(whole[i], i)) {
                changed[i] = other;
                Read read = read(changed, random);
                events += read.events().size();
                Set<String> mayBe = new HashSet<>(SENT);
                // A record that was changed may be another record.
                if (inFirst || inLast) {
                    read.events().stream()
                            .filter(event -> !SENT.contains(event))
                            .findFirst()
                            .ifPresent(mayBe::add);
                }
                if (!mayBe.containsAll(read.events())) {
                    throw new AssertionError("byte " + i + " of " + new String(changed, ISO_8859_1) + read.events());
                }
                if (inLast && !unchanged.events().get(0).equals(read.events().get(0))) {
                    throw new AssertionError("not the first record: " + new String(changed, ISO_8859_1));
                }
            }
        }
        assertThat(events).as("events in spite of changes").isGreaterThan(whole.length);
    }

    private static byte[] others(byte original, int place) {
        SplittableRandom random = new SplittableRandom(place);
        byte[] others = new byte[EXHAUSTIVE ? 255 : 2];
        for (int i = 0; i < others.length; i++) {
            others[i] = (byte) (original + 1 + (EXHAUSTIVE ? i : random.nextInt(255)));
        }
        return others;
    }

    /** Returns the record as the shape writes it. */
    private static byte[] written(byte[] record, Shape shape) {
        return switch (shape) {
            case CONCATENATED, LINES, CRLF_LINES, BLANK_LINES, ARRAY, RECORDS, EVENTBRIDGE -> record;
            case SQS, SNS -> Deliveries.text(record).getBytes(ISO_8859_1);
            case QUEUED_NOTIFICATIONS ->
                Deliveries.text(Deliveries.text(record).getBytes(ISO_8859_1)).getBytes(ISO_8859_1);
            default -> Deliveries.base64(record).getBytes(ISO_8859_1);
        };
    }

    private static int placeOf(byte[] record, Shape shape, byte[] whole) {
        byte[] written = written(record, shape);
        for (int at = 0; at + written.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + written.length, written, 0, written.length)) {
                return at;
            }
        }
        throw new AssertionError("no record in " + shape);
    }
}
