package blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.LongRunning;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records around the limit, in every shape and place: a record over the limit costs only itself. */
class ReaderLimitsTest {
    private static final int RECORDS = 5;

    private static ChangeEventDecoder decoder(int limit) {
        return ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(limit))
                .build();
    }

    /** Returns a record of exactly that many bytes. */
    private static byte[] record(long size) {
        String frame = Records.change("INSERT", "'NewImage':{'s':{'S':'~'}}");
        return Records.json(frame.replace("~", "x".repeat((int) size - frame.length() + 1)));
    }

    private static List<byte[]> with(int place, byte[] large) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(
                    i == place ? large : Records.json(Records.change("INSERT", "'NewImage':{'n':{'N':'" + i + "'}}")));
        }
        return records;
    }

    private static void assertCostsItselfAlone(ChangeEventReader reader, EnvelopeShape shape, int place, boolean over) {
        int i = 0;
        for (SourceRecord record : reader.records()) {
            assertThat(record.isTerminal()).isFalse();
            ChangeEvent event = record.result().event();
            if (i == place && over) {
                assertThat(record.result().failure())
                        .isNotNull()
                        .extracting(DecodeException::reason)
                        .isEqualTo(Reason.RECORD_LIMIT);
            } else if (i == place) {
                assertThat(Records.newImage(Objects.requireNonNull(event)).contains("s"))
                        .isTrue();
            } else {
                assertThat(Records.newImage(Objects.requireNonNull(event))
                                .require("n")
                                .asInt())
                        .isEqualTo(i);
            }
            i++;
        }
        assertThat(i).isEqualTo(RECORDS);
        assertThat(reader.envelope().shape()).isEqualTo(shape);
    }

    private static void assertCostsItselfAlone(Shape shape, int limit, long size, int place) {
        ChangeEventDecoder decoder = decoder(limit);
        byte[] input = shape.of(with(place, record(size)));
        boolean over = size > limit;
        assertCostsItselfAlone(decoder.read(input), shape.envelope(), place, over);
        assertCostsItselfAlone(decoder.read(new ByteArrayInputStream(input)), shape.envelope(), place, over);
        int most = Math.max(200, input.length / 50);
        assertCostsItselfAlone(
                decoder.read(Deliveries.inPieces(input, most, new Random(place))), shape.envelope(), place, over);
        assertCostsItselfAlone(
                decoder.newSession().read(new ByteArrayInputStream(input)), shape.envelope(), place, over);
    }

    /** In 300ths of the limit. */
    private static long[] sizes(int limit) {
        return new long[] {
            limit / 2, limit * 3L / 4, limit * 3L / 4 + 108, limit, limit + 1L, limit * 101L / 100, limit * 4L / 3
        };
    }

    /** L is a record over the limit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R\nL\nR",
                "[R,L,R]",
                "{'Records':[R,L]}",
                "RLR",
                "R\n{'messageId':'m','receiptHandle':'r','body':L}"
            })
    void theFailureIsAtTheFirstByteBeyondTheLimit(String pattern) {
        byte[] input = Records.json(pattern.replaceAll("R(?!e)", "{'dynamodb':{'Keys':{}}}")
                .replace("L", new String(record(50_000), US_ASCII)));
        int begin = new String(input, US_ASCII).indexOf("{\"eventName\"");
        for (int limit : new int[] {1_000, 10_000}) {
            for (ChangeEventReader reader : List.of(
                    decoder(limit).read(input),
                    decoder(limit).read(Deliveries.inPieces(input, 7, new Random(limit))))) {
                DecodeException failure = Deliveries.records(reader).get(1).failure();
                assertThat(Objects.requireNonNull(failure).offset()).isEqualTo(begin + limit);
            }
        }
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    void aRecordAroundTheLimitCostsOnlyItself(Shape shape) {
        for (int limit : new int[] {1024, 1 << 18}) {
            for (long size : sizes(limit)) {
                for (int place : new int[] {0, 2, RECORDS - 1}) {
                    assertCostsItselfAlone(shape, limit, size, place);
                }
            }
        }
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource(names = {"LINES", "ARRAY", "RECORDS", "LAMBDA_KINESIS", "FIREHOSE_HTTP", "MSK_TRANSFORM"})
    void aFirstRecordAroundTheDefaultLimitCostsOnlyItself(Shape shape) {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        int limit = DecodeLimits.defaults().maxRecordBytes();
        for (long size : new long[] {13 << 20, limit, limit * 4L / 3}) {
            byte[] input = shape.of(with(0, record(size)));
            assertCostsItselfAlone(decoder.read(input), shape.envelope(), 0, size > limit);
            assertCostsItselfAlone(decoder.read(new ByteArrayInputStream(input)), shape.envelope(), 0, size > limit);
        }
    }

    /** A small limit of a record does not limit the envelope, whichever member comes first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'requestContext':{'requestId':'r'},'payload':~",
                "'payload':~,'requestContext':{'requestId':'r'}",
                "'detail-type':'x','source':'y','detail':~",
                "'detail':~,'detail-type':'x','source':'y'",
                "'x':'^',~",
                "~,'x':'^'"
            })
    void theOrderOfMembersOfALargeEnvelopeDoesNotMatter(String members) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(record(300));
        }
        String records = new String(Shape.RECORDS.of(events), US_ASCII);
        // "Records" itself is a member where no other member contains it.
        String inside = members.contains(":~") ? records : records.substring(1, records.length() - 1);
        byte[] input =
                Records.json("{" + members.replace("^", "y".repeat(700_000)).replace("~", inside) + "}");
        for (int limit : new int[] {1024, 100_000, 1 << 20}) {
            for (ChangeEventReader reader :
                    List.of(decoder(limit).read(input), decoder(limit).read(new ByteArrayInputStream(input)))) {
                assertThat(reader.stream()).hasSize(3_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "kafkaRecordValue"})
    void aPayloadMemberOfTheFirstElementDeterminesTheEnvelope(String name) {
        ChangeEventDecoder decoder = decoder(1024);
        String small = Deliveries.base64(Records.json(Records.change("INSERT", "'NewImage':{'n':{'N':'1'}}")));
        for (String before : List.of("", "'note':'" + "y".repeat(50_000) + "',", "'requestId':'r','timestamp':1,")) {
            for (String inElement : List.of("", "'recordId':'1','note':'" + "y".repeat(10_000) + "',")) {
                String large = "A".repeat(4 * 1024);
                String input = "{" + before + "'records':[{" + inElement + "'" + name + "':'" + large + "'},{'" + name
                        + "':'" + small + "'}]}";
                ChangeEventReader reader = decoder.read(Records.json(input));
                List<SourceRecord> records = Deliveries.records(reader);
                assertThat(records).hasSize(2);
                assertThat(records.get(1).result().event()).isNotNull();
                assertThat(reader.envelope().shape()).isEqualTo(EnvelopeShape.FIREHOSE_HTTP);
            }
        }
    }

    @Test
    void escapesInBase64DoNotMakeARecordTooLarge() {
        int limit = 1 << 20;
        byte[] record = record(limit);
        for (int i = 0; i < record.length - 300; i++) {
            // every third byte ends in the bits of a slash
            record[100 + i % (record.length - 300)] = (byte) "?x".charAt(i & 1);
        }
        String text = Deliveries.base64(record).replace("/", "\\/").replace("P", "\\u0050");
        byte[] input = ("{\"requestId\":\"r\",\"records\":[{\"data\":\"" + text + "\"}]}").getBytes(US_ASCII);
        assertThat(input.length).isGreaterThan(limit / 3 * 4 + (1 << 17));
        List<SourceRecord> records = Deliveries.records(decoder(limit).read(new ByteArrayInputStream(input)));
        assertThat(records).hasSize(1);
        assertThat(records.get(0).result().failure()).isNull();
    }

    /** A large carrier is read in pieces, a small one as a whole. */
    @ParameterizedTest
    @EnumSource
    void nestingCountsFromTheRecordsOwnBraceInEveryShape(Shape shape) {
        for (int padding : new int[] {0, 100_000}) {
            for (int levels : new int[] {255, 256}) {
                byte[] record = Records.json("{'dynamodb':{'Keys':{}},'y':'" + "z".repeat(padding) + "','x':"
                        + "[".repeat(levels) + "]".repeat(levels) + "}");
                byte[] input = shape.of(List.of(record));
                for (ChangeEventReader reader : List.of(
                        Records.DECODER.read(input),
                        Records.DECODER.read(Deliveries.inPieces(input, 1_000, new Random(1))),
                        Records.DECODER.newSession().read(input))) {
                    List<SourceRecord> records = Deliveries.records(reader);
                    assertThat(records).hasSize(1);
                    DecodeException failure = records.get(0).failure();
                    assertThat(failure == null ? null : failure.reason())
                            .isEqualTo(levels < 256 ? null : Reason.DEPTH_LIMIT);
                }
            }
        }
    }

    /**
     * With its opening quote, a text of an envelope may have 4 MiB. What is longer is skipped, as a whole. Members
     * before the records are in memory when they are read; those after them arrive in pieces.
     */
    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, true", "-1, false", "0, false", "1, false", "3000000, false"})
    void aTextOfAnEnvelopeThatIsTooLongIsAbsent(int more, boolean first) {
        int most = 1 << 22;
        String text = "x".repeat(most - 1 + more);
        String number = "9".repeat(most + more);
        String state = "{'s':'" + "x".repeat(most - "{'s':''}".length() + more) + "'}";
        String records = "'Records':[" + Records.change("INSERT", "") + "]";
        for (String member : List.of(
                "'requestId':'" + text + "'",
                "'" + text + "':1",
                "'NextShardIterator':" + number,
                "'state':" + state)) {
            byte[] input =
                    Records.json("{" + (first ? member + "," + records : records + "," + member) + ",'shardId':'s'}");
            for (ChangeEventReader reader : List.of(
                    Records.DECODER.read(input),
                    Records.DECODER.read(new ByteArrayInputStream(input)),
                    Records.DECODER.read(Deliveries.inPieces(input, 300_000, new Random(1))))) {
                List<SourceRecord> read = Deliveries.records(reader);
                assertThat(read).hasSize(1);
                assertThat(read.get(0).failure()).isNull();
                Envelope envelope = reader.envelope();
                boolean kept = envelope.requestId() != null
                        || envelope.nextShardIterator() != null
                        || !envelope.state().isEmpty();
                assertThat(kept).isEqualTo(more <= 0 && !member.endsWith(":1"));
                assertThat(envelope.shardId()).isEqualTo("s");
            }
        }
    }

    /** As {@link #aTextOfAnEnvelopeThatIsTooLongIsAbsent}, where the object is too deep instead. */
    @Test
    void aStateThatNestsTooDeepIsAbsent() {
        for (int levels : new int[] {200, 255, 300, 100_000}) {
            byte[] input = Records.json("{'Records':[" + Records.change("INSERT", "") + "],'state':{'s':1,'d':"
                    + "[".repeat(levels) + "]".repeat(levels) + "},'shardId':'s'}");
            for (ChangeEventReader reader : List.of(
                    Records.DECODER.read(input), Records.DECODER.read(Deliveries.inPieces(input, 90, new Random(1))))) {
                assertThat(Deliveries.records(reader)).hasSize(1);
                assertThat(reader.envelope().stateValues().containsKey("s")).isEqualTo(levels <= 255);
                assertThat(reader.envelope().shardId()).isEqualTo("s");
            }
        }
    }

    /** A member of an envelope after its records, and a record that was refused, may nest deeper than a record. */
    @ParameterizedTest
    @ValueSource(strings = {"{'Records':[^],'x':~}", "^{'dynamodb':~}^"})
    void whatIsSkippedMayNestUpToAMillionLevels(String frame) {
        int most = 1 << 20;
        for (int levels : new int[] {257, most - 1, most, most + 2}) {
            String deep = "[".repeat(levels) + "]".repeat(levels);
            byte[] input = Records.json(
                    frame.replace("^", Records.change("INSERT", "")).replace("~", deep));
            for (ChangeEventReader reader : List.of(
                    Records.DECODER.read(input),
                    Records.DECODER.read(Deliveries.inPieces(input, 90_000, new Random(1))))) {
                List<SourceRecord> records = Deliveries.records(reader);
                int good = frame.startsWith("^") ? 3 : 1;
                assertThat(records).hasSize(levels > most ? 2 : good);
                SourceRecord last = records.get(records.size() - 1);
                assertThat(records.get(0).failure()).isNull();
                assertThat(last.isTerminal()).isEqualTo(levels > most);
                DecodeException failure = last.failure();
                assertThat(failure == null ? null : failure.reason())
                        .isEqualTo(levels > most ? Reason.DEPTH_LIMIT : null);
            }
        }
    }
}
