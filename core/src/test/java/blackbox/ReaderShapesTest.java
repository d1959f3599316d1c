package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each shape of envelope, and the facts that it gives about its records. */
class ReaderShapesTest {
    private static final String CHANGE = Records.change("INSERT", "");
    private static final String REMOVE = Records.change("REMOVE", "");

    private static ChangeEventReader exhausted(String singleQuoted) {
        ChangeEventReader reader = Records.DECODER.read(Records.json(singleQuoted));
        reader.records().forEach(record -> assertThat(record.isTerminal()).isFalse());
        return reader;
    }

    private static List<String> names(byte[] input) {
        return Deliveries.read(input).stream()
                .map(record -> {
                    ChangeEvent event = record.result().event();
                    return event != null
                            ? event.eventName().name()
                            : reason(record).name();
                })
                .toList();
    }

    private static List<String> names(String singleQuoted) {
        return names(Records.json(singleQuoted));
    }

    private static Reason reason(SourceRecord record) {
        DecodeException failure = record.result().failure();
        return Objects.requireNonNull(failure, "it did not fail").reason();
    }

    private static String base64(String singleQuoted) {
        return Deliveries.base64(Records.json(singleQuoted));
    }

    @ParameterizedTest
    @EnumSource
    void theShapeIsKnownAndTheRecordsAreIndexed(Shape shape) {
        byte[] input = shape.of(List.of(Records.json(CHANGE), Records.json(REMOVE)));
        for (byte[] bytes : List.of(input, Deliveries.gzip(input))) {
            ChangeEventReader reader = Records.DECODER.read(bytes);
            List<SourceRecord> records = Deliveries.records(reader);
            assertThat(records).hasSize(2);
            assertThat(records).extracting(SourceRecord::index).containsExactly(0L, 1L);
            assertThat(records.get(1).result().orElseThrow().eventName()).isEqualTo(EventName.REMOVE);
            assertThat(reader.envelope().shape()).isEqualTo(shape.envelope());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Records':[@],'dynamodb':{'Keys':{}},'eventName':'MODIFY'} | MODIFY
            {'dynamodb':{'Keys':{}},'eventName':'MODIFY','Records':[@]} | MODIFY
            {'records':[{'data':'e30='}],'Records':[@]}                 | INSERT
            {'Keys':{},'Metadata':{},'Records':[@]}                     | INSERT
            {'Records':[@],'Keys':{},'Metadata':{}}                     | INSERT
            {'eventSourceARN':'a','Records':[@]}                        | INSERT
            {'awsRegion':'a','Records':[@]}                             | INSERT
            {'awsRegion':'a','Records':[]}@                             | INSERT
            {'awsRegion':'a','Records':[]}                              | NOT_AN_EVENT
            {'Item':{},'Records':[@]}                                   | INSERT
            {'records':[{}],'Item':{'k':{'S':''}}}                      | INSERT
            {'records':[],'Item':{'k':{'S':''}}}                        | INSERT
            {'Records':{},'records':[]}                                 | NOT_AN_EVENT
            {'records':[@]}                                             | NOT_AN_EVENT
            {'Records':null}                                            | NOT_AN_EVENT
            {'Records':[{'kinesis':{'data':'e30='},'dynamodb':{'Keys':{}},'eventName':'REMOVE'}]} | REMOVE
            {'Records':[{'kinesis':{'data':'e30='}}]}                   | NOT_AN_EVENT
            {'Records':[{'kinesis':{}}]}                                | MISSING_FIELD
            {'Records':[{'kinesis':{'data':null}}]}                     | MISSING_FIELD
            {'Records':[{'kinesis':{'data':5}}]}                        | WRONG_TYPE
            {'Records':[{'kinesis':{'data':'e30'}}]}                    | BAD_BASE64
            {'Records':[{'kinesis':{'data':'e31='}}]}                   | BAD_BASE64
            {'Records':[{'kinesis':{'data':'H4sIAAAA'}}]}               | COMPRESSED
            {'Records':[[@]]}                                           | NOT_AN_EVENT
            [[@]]                                                       | NOT_AN_EVENT
            [{'Records':[@]}]                                           | NOT_AN_EVENT
            {'R\\u0065cords':[@]}                                       | INSERT
            """)
    void precedenceDeterminesTheShapeRegardlessOfMemberOrder(String input, String expected) {
        assertThat(names(input.replace("@", CHANGE))).containsExactly(expected);
    }

    /** The bean of a program may have a member for each kind of record but dynamodb, which decides by its name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Keys':null,~'Records':[@]}",
                "{~'Item':null,'Records':[@]}",
                "{'Item':null,~'records':[{'dynamodb':null},{'kinesis':{},'recordId':'r','data':@}]}",
                "{'Keys':null,~'eventSource':'aws:kafka','records':{'t-0':[{'topic':'t','offset':1,'value':@}]}}",
                "{'messageId':'m','receiptHandle':'r','body':@,~'Keys':null}",
                "{'Item':null,'Keys':null,'kinesis':{'data':@}~}"
            })
    void aMemberThatIsNullIsAbsentHoweverLargeTheObjectIs(String pattern) {
        String longMember = "'n':'" + "y".repeat(70_000) + "'";
        String small = pattern.replace("@", CHANGE);
        String comma = small.contains("~}") ? "," + longMember : longMember + ",";
        assertThat(names(small.replace("~", ""))).endsWith("INSERT");
        assertThat(names(small.replace("~", comma))).isEqualTo(names(small.replace("~", "")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Records':[]}                   | RECORDS
            []                               | ARRAY
            {'records':[],'requestId':'r'}   | FIREHOSE_HTTP
            {'invocationId':'i','records':[]} | FIREHOSE_TRANSFORM
            {'records':[],'invocationId':'i'} | FIREHOSE_TRANSFORM
            """)
    void anEnvelopeWithoutRecordsHasNone(String input, EnvelopeShape shape) {
        assertThat(names(input)).isEmpty();
        assertThat(exhausted(input).envelope().shape()).isEqualTo(shape);
        assertThat(Records.DECODER.read(Records.json(input)).iterator().hasNext())
                .isFalse();
    }

    @Test
    void anEmptyInputHasNoRecords() {
        for (String input : List.of("", " \r\n\t ", "\uFEFF")) {
            assertThat(Deliveries.read(input)).isEmpty();
            assertThat(Deliveries.records(Records.DECODER.read(new ByteArrayInputStream(input.getBytes(UTF_8)))))
                    .isEmpty();
        }
    }

    @Test
    void theShapeOfEachTopLevelValueIsDeterminedSeparately() {
        String input = CHANGE + "{'Records':[" + REMOVE + "]} [" + CHANGE + "]\n{'records':[{'data':'" + base64(REMOVE)
                + "'}],'requestId':'r'}{'Item':{'k':{'S':''}}}{'Records':[]}" + CHANGE;
        assertThat(names(input)).containsExactly("INSERT", "REMOVE", "INSERT", "REMOVE", "INSERT", "INSERT");
        assertThat(exhausted(input).envelope().requestId()).isNull();
    }

    @Test
    void theKinesisEnvelopeOfLambdaGivesTheMetadataOfEachRecord() {
        byte[] input = Shape.LAMBDA_KINESIS.of(List.of(Records.json(CHANGE), Records.json("{}")));
        ChangeEventReader reader = Records.DECODER.read(input);
        List<SourceRecord> records = Deliveries.records(reader);
        for (int i = 0; i < 2; i++) {
            SourceRecord record = records.get(i);
            assertThat(record.sequenceNumber()).isEqualTo("s-" + i);
            assertThat(record.itemIdentifier()).isEqualTo("s-" + i);
            assertThat(record.partitionKey()).isEqualTo("pk-" + i);
            assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2024-11-18T10:09:15.932Z"));
            assertThat(record.recordId()).isNull();
        }
        assertThat(records.get(0).channel()).isEqualTo(Channel.UNKNOWN);
        assertThat(records.get(1).channel()).isEqualTo(Channel.KINESIS);
        assertThat(reader.envelope().streamArn()).isEqualTo("arn:k");
    }

    @Test
    void theFirehoseEnvelopeGivesTheMetadataOfEachRecord() {
        ChangeEventReader reader =
                Records.DECODER.read(Shape.FIREHOSE_TRANSFORM.of(List.of(Records.json(CHANGE), Records.json("{}"))));
        List<SourceRecord> records = Deliveries.records(reader);
        for (int i = 0; i < 2; i++) {
            SourceRecord record = records.get(i);
            assertThat(record.recordId()).isEqualTo("id-" + i);
            assertThat(record.sequenceNumber()).isEqualTo("s-" + i);
            assertThat(record.itemIdentifier()).isNull();
            assertThat(record.arrivalTime()).isEqualTo(Instant.ofEpochMilli(1664028820148L));
        }
        Envelope envelope = reader.envelope();
        assertThat(envelope.invocationId()).isEqualTo("i-1");
        assertThat(envelope.deliveryStreamArn()).isEqualTo("arn:d");
        assertThat(envelope.region()).isEqualTo("eu-west-1");
        Envelope http = exhausted("{'records':[{'data':'e30='}],'timestamp':1715174441234,'requestId':'r'}")
                .envelope();
        assertThat(http.requestId()).isEqualTo("r");
        assertThat(http.timestamp()).isEqualTo(Instant.ofEpochMilli(1715174441234L));
        assertThat(http.shape()).isEqualTo(EnvelopeShape.FIREHOSE_HTTP);
    }

    @Test
    void theStateOfAWindowIsReadWithAllItsValuesAndCanBeAnswered() {
        String number = "9".repeat(1001);
        String state = "{'t':'a\\u00e9','n':1.50,'e':1E400,'b':true,'z':null,'m':{'l':[1,{'x':[]},null],'f':false},"
                + "'twice':1,'twice':{},'long':" + number + "}";
        ChangeEventReader reader = Records.DECODER.read(
                Records.json("{'Records':[],'window':{'start':'2024-06-22T07:00:00Z'},'state':" + state + "}"));
        assertThat(Deliveries.records(reader)).isEmpty();
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("t", "a\u00e9");
        expected.put("n", new BigDecimal("1.50"));
        expected.put("e", new BigDecimal("1E400"));
        expected.put("b", true);
        expected.put("z", null);
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("l", Arrays.asList(BigDecimal.ONE, Map.of("x", List.of()), null));
        inner.put("f", false);
        expected.put("m", inner);
        expected.put("twice", Map.of());
        expected.put("long", number);
        Map<String, ?> values = reader.envelope().stateValues();
        assertThat(values).isEqualTo(expected);
        assertThat(List.copyOf(values.keySet())).isEqualTo(List.copyOf(expected.keySet()));
        assertThatThrownBy(() -> values.remove("t")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(reader.envelope().state())
                .isEqualTo(Map.of("t", "a\u00e9", "n", "1.50", "e", "1E400", "b", "true", "long", number));
        String answer = new String(BatchResponses.timeWindowResponse(values, List.of()), UTF_8);
        ChangeEventReader again = Records.DECODER.read(("{\"Records\":[]," + answer.substring(1)).getBytes(UTF_8));
        assertThat(Deliveries.records(again)).isEmpty();
        assertThat(again.envelope().stateValues()).isEqualTo(expected);
    }

    @Test
    void theFieldsOfATumblingWindowMayFollowTheRecords() {
        Envelope envelope = exhausted("{'Records':[" + CHANGE + "],'window':{'start':'2020-07-30T17:00:00Z','end':"
                        + "'2020-07-30T17:05:00Z'},'state':{'1':'state1','n':5,'o':{}},"
                        + "'shardId':'shard1','eventSourceARN':'arn:s',"
                        + "'isFinalInvokeForWindow':true,'isWindowTerminatedEarly':false,'NextShardIterator':'it'}")
                .envelope();
        assertThat(envelope.windowStart()).isEqualTo(Instant.parse("2020-07-30T17:00:00Z"));
        assertThat(envelope.windowEnd()).isEqualTo(Instant.parse("2020-07-30T17:05:00Z"));
        assertThat(envelope.state()).isEqualTo(Map.of("1", "state1", "n", "5"));
        assertThat(envelope.shardId()).isEqualTo("shard1");
        assertThat(envelope.streamArn()).isEqualTo("arn:s");
        assertThat(envelope.isFinalInvokeForWindow()).isTrue();
        assertThat(envelope.isWindowTerminatedEarly()).isFalse();
        assertThat(envelope.nextShardIterator()).isEqualTo("it");
        assertThat(envelope).hasToString("Envelope[RECORDS]");
    }

    @Test
    void envelopeMembersOfAnotherTypeAreAbsent() {
        Envelope envelope = exhausted(
                        "{'window':[1],'state':'s','requestId':{'a':1},'shardId':null,'Records':[" + CHANGE + "]}")
                .envelope();
        assertThat(envelope.windowStart()).isNull();
        assertThat(envelope.state()).isEmpty();
        assertThat(envelope.requestId()).isNull();
        assertThat(envelope.shardId()).isNull();
    }

    @Test
    void aKinesisOrFirehoseEnvelopeShowsThatBinaryIsEncodedTwice() {
        String record = Records.change("INSERT", "'NewImage':{'b':{'B':'" + Records.base64Twice((byte) 1) + "'}}");
        for (Shape shape : Shape.values()) {
            ChangeEvent event = Records.DECODER
                    .read(shape.of(List.of(Records.json(record))))
                    .iterator()
                    .next();
            assertThat(event.binaryEncoding())
                    .as(shape.name())
                    .isEqualTo(shape.isOfKinesis() ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE);
        }
        assertThat(Records.decode(record).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
    }

    @Test
    void anAggregateOfTheProducerLibraryIsNamed() {
        SourceRecord record = Deliveries.read("{'Records':[{'kinesis':{'data':'84mawgoBYQ=='}}]}")
                .get(0);
        assertThat(reason(record)).isEqualTo(Reason.AGGREGATED);
    }

    @Test
    void base64MayBeWrittenWithEscapes() {
        String data = base64(CHANGE).replace("e", "\\u0065").replace("/", "\\/");
        assertThat(names("{'Records':[{'kinesis':{'data':'" + data + "'}}]}")).containsExactly("INSERT");
    }

    @Test
    void decodeOfAnEnvelopeNamesRead() {
        for (String input : List.of("{'Records':[" + CHANGE + "]}", "[" + CHANGE + "]")) {
            assertThat(Refusals.refusal(input)).hasMessageContaining("read(");
            assertThat(names(input)).containsExactly("INSERT");
        }
    }

    // ---------------------------------------------------------------------------------------------------- gzip

    private static final byte[] TWO = Records.json(CHANGE + "\n" + REMOVE + "\n");

    @Test
    void severalMembersOfGzipAreOneInput() {
        byte[] split = Deliveries.gzip(
                Arrays.copyOf(TWO, 40),
                new byte[0],
                Arrays.copyOfRange(TWO, 40, 50),
                Arrays.copyOfRange(TWO, 50, TWO.length));
        assertThat(names(split)).containsExactly("INSERT", "REMOVE");
        assertThat(Deliveries.read(Deliveries.gzip(new byte[0]))).isEmpty();
        InputStream pieces = new SequenceInputStream(
                new ByteArrayInputStream(split, 0, 1), new ByteArrayInputStream(split, 1, split.length - 1));
        assertThat(Deliveries.records(Records.DECODER.read(pieces))).hasSize(2);
    }

    @Test
    void corruptGzipIsBadGzipAndTruncatedGzipIsEndOfInput() {
        byte[] packed = Deliveries.gzip(TWO);
        for (int length = 2; length < packed.length; length++) {
            List<SourceRecord> records = Deliveries.read(Arrays.copyOf(packed, length));
            SourceRecord last = records.get(records.size() - 1);
            assertThat(last.isTerminal()).isTrue();
            assertThat(reason(last)).isEqualTo(Reason.END_OF_INPUT);
        }
        for (int at = 2; at < packed.length; at++) {
            byte[] corrupt = packed.clone();
            corrupt[at] ^= 0x41;
            List<SourceRecord> records = Deliveries.read(corrupt);
            if (at >= 3 && at <= 9) { // flags, time and system, which nothing checks
                continue;
            }
            SourceRecord last = records.get(records.size() - 1);
            assertThat(last.result().failure()).as("byte " + at).isNotNull();
        }
        byte[] trailer = packed.clone();
        trailer[packed.length - 6] ^= 1;
        assertThat(names(trailer)).containsExactly("INSERT", "REMOVE", "BAD_GZIP");
        byte[] followed = Arrays.copyOf(packed, packed.length + 1);
        followed[packed.length] = 'x';
        assertThat(names(followed)).containsExactly("INSERT", "REMOVE", "BAD_GZIP");
    }

    @Test
    void gzipHeadersMayHaveANameACommentAndMore() {
        byte[] extra = {4, 0, 1, 2, 3, 4, 'n', 0, 'c', 0};
        byte[] input = withHeader(4 | 8 | 16, extra);
        assertThat(names(input)).containsExactly("INSERT", "REMOVE");
        assertThat(names(withHeader(4, new byte[] {1, 1}, new byte[257]))).containsExactly("INSERT", "REMOVE");
        assertThat(names(withHeader(8, "a\0".getBytes(UTF_8)))).containsExactly("INSERT", "REMOVE");
        assertThat(names(withHeader(16, "a b\0".getBytes(UTF_8)))).containsExactly("INSERT", "REMOVE");
        for (int length = 11; length < 10 + extra.length; length++) {
            assertThat(names(Arrays.copyOf(input, length))).containsExactly("END_OF_INPUT");
        }
        assertThat(names(withHeader(32))).as("a reserved bit").containsExactly("BAD_GZIP");
    }

    @Test
    void theChecksumOfAGzipHeaderIsChecked() {
        byte[] input = withHeader(2 | 8, new byte[] {'n', 0}, new byte[2]);
        CRC32 crc = new CRC32();
        crc.update(input, 0, 12);
        input[12] = (byte) crc.getValue();
        input[13] = (byte) (crc.getValue() >> 8);
        assertThat(names(input)).containsExactly("INSERT", "REMOVE");
        byte[] second = new byte[2 * input.length];
        System.arraycopy(input, 0, second, 0, input.length);
        System.arraycopy(input, 0, second, input.length, input.length);
        assertThat(names(second)).containsExactly("INSERT", "REMOVE", "INSERT", "REMOVE");
        input[13] ^= 1;
        assertThat(names(input)).containsExactly("BAD_GZIP");
    }

    /** Returns gzip of {@link #TWO} with these flags, and these parts between the header and the data. */
    private static byte[] withHeader(int flags, byte[]... parts) {
        byte[] packed = Deliveries.gzip(TWO);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packed[3] = (byte) flags;
        out.write(packed, 0, 10);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        out.write(packed, 10, packed.length - 10);
        return out.toByteArray();
    }

    @Test
    void otherCompressionIsNamed() {
        byte[] zlib = {0x78, (byte) 0x9C, 1, 2, 3};
        assertThat(names(zlib)).containsExactly("COMPRESSED");
        assertThat(names(Deliveries.gzip(Deliveries.gzip(TWO)))).containsExactly("COMPRESSED");
    }

    // ----------------------------------------------------------------------------------------- use of the reader

    @Test
    void aFailureOfTheSourceIsThrownUnchanged() {
        IOException error = new IOException("the source's");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(TWO), new InputStream() {
            @Override
            public int read() throws IOException {
                throw error;
            }

            private boolean hasFailed;

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (hasFailed) {
                    return -1;
                }
                hasFailed = true;
                throw error;
            }
        });
        Iterator<ChangeEvent> events = Records.DECODER.read(broken).iterator();
        assertThat(events.next().eventName()).isEqualTo(EventName.INSERT);
        assertThat(events.next().eventName()).isEqualTo(EventName.REMOVE);
        // Also when it is asked again, because the input did not end.
        for (ThrowingCallable call : List.<ThrowingCallable>of(events::hasNext, events::next, events::hasNext)) {
            assertThatThrownBy(call).isInstanceOf(UncheckedIOException.class).hasCause(error);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[@,@]", "{'Records':[@,@]}", "@@", "[{'messageId':'m','receiptHandle':'r','body':[@,@]},@]"})
    void anErrorOfTheSourceIsThrownByEveryLaterCall(String pattern) {
        byte[] plain = Records.json(pattern.replace("@", CHANGE));
        for (byte[] input : List.of(plain, Deliveries.gzip(plain))) {
            for (int length = 0; length < input.length; length++) {
                for (Function<ChangeEventReader, Iterator<?>> iteration :
                        List.<Function<ChangeEventReader, Iterator<?>>>of(
                                reader -> reader.records().iterator(),
                                ChangeEventReader::iterator,
                                reader -> reader.stream().iterator())) {
                    OutOfMemoryError error = new OutOfMemoryError("the source's");
                    ChangeEventReader reader = Records.DECODER.read(thenOnce(error, input, length));
                    Iterator<?> results = iteration.apply(reader);
                    assertThatThrownBy(() -> results.forEachRemaining(result ->
                                    assertThat(result.toString()).doesNotContain("UNEXPECTED", "END_OF", "GZIP")))
                            .isSameAs(error);
                    assertThatThrownBy(results::hasNext).isSameAs(error);
                    assertThatThrownBy(results::next).isSameAs(error);
                    reader.close();
                    assertThatThrownBy(results::hasNext).isInstanceOf(IllegalStateException.class);
                }
            }
        }
    }

    /** Returns the beginning of the input as a stream that then throws this error, and ends when it is asked again. */
    private static InputStream thenOnce(Error error, byte[] input, int length) {
        AtomicBoolean hasFailed = new AtomicBoolean();
        return new SequenceInputStream(new ByteArrayInputStream(input, 0, length), new InputStream() {
            @Override
            public int read() {
                if (hasFailed.getAndSet(true)) {
                    return -1;
                }
                throw error;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) {
                return read();
            }
        });
    }

    /** EventBridge Pipes sends an array and is answered with event IDs, Lambda's triggers with sequence numbers. */
    @Test
    void aRecordIsNamedByItsEventIdInAnArrayAndByItsSequenceNumberElsewhere() {
        String record = "{'eventID':'e1','eventName':'INSERT','dynamodb':{'Keys':{},'SequenceNumber':'7'}}";
        assertThat(identifiers("[" + record + "," + record.replace("e1", "e2") + "]"))
                .containsExactly("e1", "e2");
        assertThat(identifiers("[" + record.replace("'eventID':'e1',", "") + "]"))
                .containsExactly("7");
        assertThat(identifiers("{'Records':[" + record + "]}")).containsExactly("7");
        assertThat(identifiers(record)).containsExactly("7");
        String bad = record.replace("'INSERT'", "5");
        assertThat(identifiers("[" + bad + "]")).containsExactly("e1");
        assertThat(identifiers("{'Records':[" + bad + "]}")).containsExactly("7");
        String shown = Deliveries.read(Records.json(bad)).get(0).toString();
        assertThat(shown).isEqualTo("SourceRecord[0, offset 0, WRONG_TYPE]");
        assertThat(Deliveries.read(Records.json(bad + ",x")).get(1).toString()).endsWith("terminal]");
    }

    private static List<String> identifiers(String input) {
        return Deliveries.read(Records.json(input)).stream()
                .map(record -> String.valueOf(record.itemIdentifier()))
                .toList();
    }

    @Test
    void aReaderCanBeIteratedOnceAndNotAfterClose() {
        ChangeEventReader reader = Records.DECODER.read(TWO);
        assertThat(reader).hasSize(2);
        assertThatIllegalStateException().isThrownBy(reader::iterator);
        assertThatIllegalStateException().isThrownBy(reader.records()::iterator);
        ChangeEventReader closed = Records.DECODER.read(TWO);
        Iterator<ChangeEvent> events = closed.iterator();
        ChangeEvent first = events.next();
        closed.close();
        assertThatIllegalStateException().isThrownBy(events::hasNext).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(events::next).withMessageContaining("closed");
        assertThat(first.eventName()).isEqualTo(EventName.INSERT);

        ChangeEventReader unread = Records.DECODER.read(TWO);
        unread.close();
        assertThatIllegalStateException().isThrownBy(unread::iterator).withMessageContaining("closed");
        ChangeEventReader begun = Records.DECODER.read(TWO);
        Iterator<SourceRecord> records = begun.records().iterator();
        begun.close();
        assertThatIllegalStateException().isThrownBy(records::hasNext).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(records::next).withMessageContaining("closed");
    }

    @Test
    void closingTheReaderClosesTheSource() {
        boolean[] closed = new boolean[1];
        InputStream in = new ByteArrayInputStream(Deliveries.gzip(TWO)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        try (ChangeEventReader reader = Records.DECODER.read(in)) {
            assertThat(reader.stream().map(ChangeEvent::eventName)).containsExactly(EventName.INSERT, EventName.REMOVE);
            assertThat(closed[0]).isFalse();
        }
        assertThat(closed[0]).isTrue();
    }

    @Test
    void aRecordIsReturnedBeforeTheStreamContinues() {
        InputStream live = new InputStream() {
            private int at;

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == 2) {
                    throw new AssertionError("it reads on though a record is there");
                }
                byte[] line = Records.json(CHANGE + "\n");
                System.arraycopy(line, 0, target, offset, line.length);
                at++;
                return line.length;
            }

            @Override
            public int read() {
                throw new AssertionError();
            }
        };
        Iterator<SourceRecord> records = Records.DECODER.read(live).records().iterator();
        assertThat(records.next().result().failure()).isNull();
        assertThat(records.next().result().failure()).isNull();
    }

    @Test
    void aRecordLargerThanTheLookAheadIsReadWhole() {
        for (int length = 60_000; length < 300_000; length += 17_011) {
            String record = Records.change("INSERT", "'NewImage':{'t':{'S':'" + "t".repeat(length) + "'}}");
            for (String input : List.of(record, record + record, "{'x':1," + record.substring(1))) {
                InputStream in = Deliveries.inPieces(Records.json(input), 9_000, new Random(length));
                assertThat(Deliveries.records(Records.DECODER.read(in)))
                        .allSatisfy(each -> assertThat(each.result().failure()).isNull());
            }
        }
    }

    @Test
    void nothingOfAnEventRefersToTheChunkAfterCopy() {
        byte[] input = Records.json(CHANGE);
        ChangeEvent event = Records.DECODER.read(input).iterator().next();
        ChangeEvent copy = event.copy();
        Arrays.fill(input, (byte) 'x');
        assertThat(copy.keys().require("pk").asString()).isEqualTo("a");
    }
}
