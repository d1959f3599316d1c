package blackbox;

import static fixtures.Sampling.EXHAUSTIVE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in the payloads of other services, alone and nested. */
class CarriersTest {
    private static final String INSERT = Records.change("INSERT", "'SequenceNumber':'7'");
    private static final String MODIFY = Records.change("MODIFY", "'SequenceNumber':'8'");
    private static final String WRONG = "{'dynamodb':{'Keys':{'k':{'N':'x'}}}}";

    // ---------------------------------------------------------------------------------------------- carriers

    private static String json(String singleQuoted) {
        return new String(Records.json(singleQuoted), UTF_8);
    }

    private static String text(String json) {
        return "\"" + new String(Deliveries.text(json.getBytes(UTF_8)).getBytes(ISO_8859_1), UTF_8) + "\"";
    }

    private static String base64(String json) {
        return Deliveries.base64(json.getBytes(UTF_8));
    }

    private static String message(String id, String body) {
        return json("{'messageId':'" + id + "','receiptHandle':'r','attributes':{'SentTimestamp':'1'},") + "\"body\":"
                + body + json(",'eventSource':'aws:sqs','eventSourceARN':'arn:q'}");
    }

    private static String sqs(String body) {
        return "{\"Records\":[" + message("m1", body) + "]}";
    }

    private static String snsTrigger(String message) {
        return json("{'Records':[{'EventSource':'aws:sns','EventVersion':'1.0','Sns':{'Type':'Notification',")
                + json("'MessageId':'n1','TopicArn':'arn:t','Message':")
                + message
                + json(",'Subject':null}}]}");
    }

    private static String notification(String message) {
        return json("{'Type':'Notification','MessageId':'n1','TopicArn':'arn:t','Message':")
                + message
                + json(",'Timestamp':'2024-06-22T07:04:39.000Z','SignatureVersion':'1'}");
    }

    private static String eventBridge(String detail) {
        return json("{'version':'0','id':'e1','detail-type':'changed','source':'app','time':'2024-06-22T07:04:39Z',")
                + json("'region':'eu-west-1','resources':[],'detail':") + detail + "}";
    }

    private static String failure(String payload) {
        return json("{'requestContext':{'requestId':'r','condition':'RetryAttemptsExhausted'},'responseContext':{},")
                + json("'version':'1.0','timestamp':'2024-06-22T07:04:39.000Z','KinesisBatchInfo':{'shardId':'s'},")
                + "\"payload\":" + payload + "}";
    }

    private static String kinesisTrigger(String record) {
        return json("{'Records':[{'kinesis':{'partitionKey':'p1','sequenceNumber':'s1','data':'" + base64(record)
                + "','approximateArrivalTimestamp':1545084650.987},'eventSource':'aws:kinesis'}]}");
    }

    private static String kinesisRecords(String record) {
        return json("{'Records':[{'SequenceNumber':'s1','ApproximateArrivalTimestamp':1545084650.987,'Data':'"
                + base64(record) + "','PartitionKey':'p1'}],'NextShardIterator':'A','MillisBehindLatest':0}");
    }

    private static String pipesFromKinesis(String record) {
        return json("[{'kinesisSchemaVersion':'1.0','partitionKey':'p1','sequenceNumber':'s1','data':'" + base64(record)
                + "','approximateArrivalTimestamp':1545084650.987,'eventSource':'aws:kinesis'}]");
    }

    private static String kafkaTrigger(String record) {
        return json("{'eventSource':'SelfManagedKafka','bootstrapServers':'b:9092','records':{'t-3':["
                + "{'topic':'t','partition':3,'offset':15,'timestamp':1545084650987,'timestampType':'CREATE_TIME',"
                + "'key':'azE=','value':'" + base64(record) + "','headers':[{'h':[1,2]}]}]}}");
    }

    private static String firehoseDelivery(String record) {
        return json("{'requestId':'q1','timestamp':1545084650987,'records':[{'data':'" + base64(record) + "'}]}");
    }

    private static String firehoseTransform(String record) {
        return json("{'invocationId':'i1','region':'eu-west-1','records':[{'recordId':'d1','data':'" + base64(record)
                + "','approximateArrivalTimestamp':1545084650987}]}");
    }

    private static String firehoseFailure(String record) {
        return json("{'attemptsMade':4,'arrivalTimestamp':1545084650987,'errorCode':'403','errorMessage':'m',"
                + "'attemptEndingTimestamp':1,'rawData':'" + base64(record) + "'}");
    }

    enum Way {
        SQS(CarriersTest::sqs, true),
        SNS(CarriersTest::snsTrigger, true),
        NOTIFICATION(CarriersTest::notification, true),
        EVENTBRIDGE(CarriersTest::eventBridge, true),
        LAMBDA_FAILURE(CarriersTest::failure, true),
        LAMBDA_KINESIS(CarriersTest::kinesisTrigger, false),
        KINESIS_RECORDS(CarriersTest::kinesisRecords, false),
        PIPES_KINESIS(CarriersTest::pipesFromKinesis, false),
        LAMBDA_KAFKA(CarriersTest::kafkaTrigger, false),
        FIREHOSE_HTTP(CarriersTest::firehoseDelivery, false),
        FIREHOSE_TRANSFORM(CarriersTest::firehoseTransform, false),
        FIREHOSE_FAILURE(CarriersTest::firehoseFailure, false);

        @SuppressWarnings("ImmutableEnumChecker") // a method
        private final UnaryOperator<String> around;

        private final boolean takesJson;

        Way(UnaryOperator<String> around, boolean takesJson) {
            this.around = around;
            this.takesJson = takesJson;
        }

        /** Returns a carrier of this payload. */
        String of(String payload, boolean asText) {
            return around.apply(takesJson && asText ? text(payload) : payload);
        }

        EnvelopeShape shape() {
            return switch (this) {
                case NOTIFICATION -> EnvelopeShape.SNS;
                case PIPES_KINESIS -> EnvelopeShape.KINESIS_RECORDS;
                default -> EnvelopeShape.valueOf(name());
            };
        }
    }

    // ---------------------------------------------------------------------------------------------- reading

    private static final class OneByteStream extends ByteArrayInputStream {
        OneByteStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }

    private static String shown(SourceRecord record) {
        DecodeException failure = record.failure();
        return record + " " + record.itemIdentifier() + " " + record.sequenceNumber() + " " + record.topic() + " "
                + (failure == null ? name(record) : failure.getMessage());
    }

    private static EventName name(SourceRecord record) {
        return record.result().orElseThrow().eventName();
    }

    /** Returns the records, after checking that every way to read the input gives the same ones. */
    private static List<SourceRecord> read(String input) {
        byte[] bytes = input.getBytes(UTF_8);
        List<SourceRecord> records = Deliveries.read(bytes);
        List<String> expected = records.stream().map(CarriersTest::shown).toList();
        DecodeSession session = Records.DECODER.newSession();
        for (ChangeEventReader reader : List.of(
                Records.DECODER.read(new ByteArrayInputStream(bytes)),
                Records.DECODER.read(new OneByteStream(bytes)),
                Records.DECODER.read(Deliveries.inPieces(bytes, 50, new Random(bytes.length))),
                session.read(bytes),
                session.read(new OneByteStream(bytes)))) {
            List<String> shown = new ArrayList<>();
            reader.records().forEach(record -> shown.add(shown(record)));
            assertThat(String.join("\n", shown)).isEqualTo(String.join("\n", expected));
        }
        return records;
    }

    private static String singleToDouble(String json) {
        return new String(Records.json(json), UTF_8);
    }

    private static List<String> outcomes(List<SourceRecord> records) {
        return records.stream()
                .map(record -> record.failure() == null
                        ? name(record).name()
                        : record.failure().reason().name())
                .toList();
    }

    private static Envelope envelope(String input) {
        ChangeEventReader reader = Records.DECODER.read(input.getBytes(UTF_8));
        reader.records().forEach(record -> {});
        return reader.envelope();
    }

    private static List<EnvelopeShape> shapes(String input) {
        List<EnvelopeShape> shapes = new ArrayList<>();
        for (@Nullable Envelope envelope = envelope(input); envelope != null; envelope = envelope.inner()) {
            shapes.add(envelope.shape());
        }
        return shapes;
    }

    private static DecodeException failure(SourceRecord record) {
        return Objects.requireNonNull(record.failure(), "it did not fail");
    }

    @ParameterizedTest
    @EnumSource
    void aCarrierCarriesOneRecordSeveralAnArrayOrAnEnvelope(Way way) {
        String insert = json(INSERT);
        String modify = json(MODIFY);
        for (boolean asText : new boolean[] {true, false}) {
            String one = way.of(insert, asText);
            assertThat(outcomes(read(one))).containsExactly("INSERT");
            assertThat(shapes(one)).containsExactly(way.shape());
            String array = way.of("[" + insert + "," + modify + "]", asText);
            assertThat(outcomes(read(array))).containsExactly("INSERT", "MODIFY");
            assertThat(shapes(array)).containsExactly(way.shape(), EnvelopeShape.ARRAY);
            String envelope = way.of("{\"Records\":[" + insert + "," + modify + "]}", asText);
            assertThat(outcomes(read(envelope))).containsExactly("INSERT", "MODIFY");
            assertThat(shapes(envelope)).containsExactly(way.shape(), EnvelopeShape.RECORDS);
        }
        for (String between : List.of("", "\n", " ", "\r\n\n")) {
            String several = way.of(insert + between + modify + between, true);
            assertThat(outcomes(read(several))).containsExactly("INSERT", "MODIFY");
            assertThat(shapes(several)).containsExactly(way.shape());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBadRecordAmongSeveralCostsItselfAlone(Way way) {
        String wrong = json(WRONG);
        String insert = json(INSERT);
        String payload = "[" + insert + "," + wrong + "," + insert + "]";
        assertThat(outcomes(read(way.of(payload, true)))).containsExactly("INSERT", "BAD_NUMBER", "INSERT");
        assertThat(outcomes(read(way.of(payload, false)))).containsExactly("INSERT", "BAD_NUMBER", "INSERT");
        assertThat(outcomes(read(way.of(wrong + insert, true)))).containsExactly("BAD_NUMBER", "INSERT");
        assertThat(outcomes(read(way.of(insert + "\n{\"a\":\n" + insert, true))))
                .containsExactly("INSERT", "END_OF_INPUT", "INSERT");
    }

    /** G is a good record, W a wrong one, X is not JSON, M a byte order mark. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[G,G,X]",
                "[W,G,X]",
                "[X,G]",
                "[G]\nX\n",
                "[G] G",
                "[1,2",
                "[G",
                "G\n5\nG",
                "G\nnull\nG",
                "5\nG",
                "W\nnull\nG",
                "G\nhello\n",
                "G\n]",
                "W\nhello\nG",
                "G\nMG",
                "MG\nMG",
                "W MG",
                ",G",
                ",\nG\n,",
                "G,\nG",
                "{'Records':[G,X]}",
                "{'Records':[G]}\n5\nG",
                "X\nG",
                "\"text\"\nG",
                "5 G",
                "G 5\nG",
                "G hello\nG",
                "W 5\nnull G\nG",
                "5 null\nG",
                "{}5\n{}5\nG",
                "W X\nG\nG",
                " MG",
                "\nM[G]",
            })
    void aPayloadIsReadAsAFileOfTheSameContent(String content) {
        String payload = content.replace("'", "\"")
                .replace("G", json(INSERT))
                .replace("W", json(WRONG))
                .replace("X", "{\"a\":True}")
                .replace("M", "\ufeff")
                .replace("\ufeffODIFY", "MODIFY");
        List<String> file = outcomes(read(payload));
        for (Way way : Way.values()) {
            assertThat(outcomes(read(way.of(payload, true))))
                    .as(way + ": " + content)
                    .isEqualTo(file);
        }
        // A large carrier is read in pieces.
        String padding = "{\"dynamodb\":{\"Keys\":{}},\"pad\":\"" + "x".repeat(70_000) + "\"}\n";
        List<String> large = outcomes(read(padding + payload));
        for (Way way : List.of(Way.SQS, Way.EVENTBRIDGE, Way.LAMBDA_FAILURE)) {
            assertThat(outcomes(read(way.of(padding + payload, true))))
                    .as(way + ": " + content)
                    .isEqualTo(large);
        }
    }

    /** It may be one record that ended too early. */
    @ParameterizedTest
    @EnumSource
    void aPayloadOfARecordWithSomethingElseOnItsLineIsOneBadRecord(Way way) {
        for (String after : List.of("x", ",'eventSource':'x'}", "}", " 5", "]")) {
            assertThat(outcomes(read(way.of(json(INSERT + after), true)))).containsExactly("TRAILING_DATA");
        }
        // The record of a large carrier is returned before its end is known.
        String padding = "{'pad':'" + "x".repeat(70_000) + "',";
        String large = eventBridge(text(json(padding + INSERT.substring(1) + "x")));
        assertThat(outcomes(read(large))).containsExactly("INSERT", "UNEXPECTED_BYTE");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureNamesTheLayerAndABrokenPayloadCostsItselfAlone(Way way) {
        for (String bad :
                List.of(WRONG, "{}", "{'a':[1]}", "{'dynamodb':", "[", "hello", "5", "[]", "{'Records':[]}", "")) {
            String input = way.of(json(bad), true);
            List<SourceRecord> records = read(input + "\n" + json(INSERT));
            assertThat(records).as(input).hasSize(2);
            assertThat(name(records.get(1))).isEqualTo(EventName.INSERT);
            assertThat(records.get(0).isTerminal()).isFalse();
            assertThat(failure(records.get(0))).hasMessageContaining("; in ");
            assertThat(failure(records.get(0)).getMessage()).hasSizeLessThanOrEqualTo(256);
        }
        assertThat(failure(read(way.of("[]", true)).get(0)))
                .hasMessageContaining("it contains no records")
                .extracting(DecodeException::reason)
                .isEqualTo(Reason.NOT_AN_EVENT);
    }

    @Test
    void aRecordIsFoundInFourCarriersAndTheFifthIsRefused() {
        String insert = json(INSERT);
        int seen = 0;
        for (Way outer : Way.values()) {
            for (Way second : Way.values()) {
                for (Way third : Way.values()) {
                    seen++;
                    boolean asText = seen % 2 == 0;
                    String three = outer.of(second.of(third.of(insert, asText), !asText), asText);
                    assertThat(outcomes(Deliveries.read(three.getBytes(UTF_8)))).containsExactly("INSERT");
                    Way fourth = Way.values()[seen % Way.values().length];
                    String four = fourth.of(three, asText);
                    List<SourceRecord> records = seen % 7 == 0 ? read(four) : Deliveries.read(four.getBytes(UTF_8));
                    assertThat(outcomes(records)).containsExactly("INSERT");
                    assertThat(shapes(four))
                            .containsExactly(fourth.shape(), outer.shape(), second.shape(), third.shape());
                    String five = Way.SQS.of(four, true);
                    List<SourceRecord> refused = Deliveries.read(five.getBytes(UTF_8));
                    assertThat(outcomes(refused)).containsExactly("NOT_AN_EVENT");
                    assertThat(failure(refused.get(0)).getMessage())
                            .contains("more than 4 carriers", "in body of an SQS message")
                            .hasSizeLessThanOrEqualTo(256);
                    assertThat(refused.get(0).itemIdentifier()).isEqualTo("m1");
                }
            }
        }
    }

    /** A large carrier is read in pieces, and counts like a small one. */
    @Test
    void theFifthCarrierIsRefusedHoweverLargeItIs() {
        String four = padded(json(INSERT));
        for (int i = 0; i < 2; i++) {
            four = eventBridge(failure(four));
        }
        assertThat(outcomes(read(four + json(MODIFY)))).containsExactly("INSERT", "MODIFY");
        String five = failure(four);
        for (String input : List.of(five, eventBridge(four), failure(eventBridge(five)))) {
            List<SourceRecord> records = read(input + json(MODIFY));
            assertThat(outcomes(records)).containsExactly("NOT_AN_EVENT", "MODIFY");
            assertThat(failure(records.get(0)).getMessage())
                    .contains("more than 4 carriers", "in detail of an EventBridge event")
                    .hasSizeLessThanOrEqualTo(256);
        }
    }

    @Test
    void anEnvelopeInFourCarriersIsRead() {
        String batch = json("{'Records':[" + INSERT + "," + WRONG + "," + MODIFY + "]}");
        String input = sqs(text(notification(text(eventBridge(failure(text(batch)))))));
        List<SourceRecord> records = read(input);
        assertThat(outcomes(records)).containsExactly("INSERT", "BAD_NUMBER", "MODIFY");
        assertThat(records).extracting(SourceRecord::itemIdentifier).containsOnly("m1");
        assertThat(records).extracting(SourceRecord::sequenceNumber).containsExactly("7", null, "8");
        assertThat(shapes(input))
                .containsExactly(
                        EnvelopeShape.SQS,
                        EnvelopeShape.SNS,
                        EnvelopeShape.EVENTBRIDGE,
                        EnvelopeShape.LAMBDA_FAILURE,
                        EnvelopeShape.RECORDS);
        assertThat(failure(records.get(1)).getMessage())
                .endsWith("; in payload of an on-failure notice, in detail of an EventBridge event, "
                        + "in Message of an SNS notification, in body of an SQS message")
                .hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void theLongestMessageIsCutAtTheOutermostCarriers() {
        byte[] aggregate = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2, 1};
        String input = json("{'invocationId':'i','records':[{'recordId':'d','kafkaRecordValue':'"
                + Deliveries.base64(aggregate) + "'}]}");
        for (int i = 0; i < 3; i++) {
            input = json("{'requestContext':{},'requestPayload':") + input + "}";
        }
        DecodeException failure = failure(read(input).get(0));
        assertThat(failure.reason()).isEqualTo(Reason.AGGREGATED);
        assertThat(failure.getMessage())
                .contains("; in kafkaRecordValue of a Firehose record, in requestPayload of an on-failure notice")
                .endsWith("in requestPayload of an on-failure notice")
                .hasSizeLessThanOrEqualTo(256);
    }

    /** Such members have other meanings there, or none. */
    @Test
    void identifiersThatACarrierDoesNotGiveAreNotTaken() {
        String kinesis = kinesisTrigger(json(INSERT));
        String others = json("'sequenceNumber':'x','SequenceNumber':'x','partitionKey':'x','recordId':'x','topic':'x',"
                + "'partition':1,'offset':1,'timestamp':1545084650987,'messageId':'x','MessageId':'x',");
        String fifo = json("{'SequenceNumber':'1000','timestamp':1,")
                + notification(text(kinesis)).substring(1);
        SourceRecord record = read(fifo).get(0);
        assertThat(record.sequenceNumber()).isEqualTo("s1");
        assertThat(record.messageId()).isEqualTo("n1");
        assertThat(read(json("{'SequenceNumber':'1000',")
                                + notification(text(json(INSERT))).substring(1))
                        .get(0)
                        .sequenceNumber())
                .isEqualTo("7");
        for (String carrier : List.of(eventBridge(kinesis), failure(kinesis), failure(text(kinesis)))) {
            for (String input : List.of(carrier, "{" + others + carrier.substring(1))) {
                record = read(input).get(0);
                assertThat(record.sequenceNumber()).isEqualTo("s1");
                assertThat(record.partitionKey()).isEqualTo("p1");
                assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2018-12-17T22:10:50.987Z"));
                assertThat(record.messageId()).isNull();
                assertThat(record.recordId()).isNull();
                assertThat(record.topic()).isNull();
                assertThat(record.partition()).isNull();
                assertThat(record.streamOffset()).isNull();
            }
        }
        record = read(sqs(text(json(INSERT))).replace("{\"messageId\"", "{" + others + "\"messageId\""))
                .get(0);
        assertThat(record.sequenceNumber()).isEqualTo("7");
        assertThat(record.topic()).isNull();
        assertThat(record.arrivalTime()).isNull();
    }

    /** So does {@code aws kinesis get-records}. */
    @ParameterizedTest
    @CsvSource({
        "'2018-12-17T22:10:50.987000+00:00', 2018-12-17T22:10:50.987Z",
        "'2018-12-17T23:10:50.987654+01:00', 2018-12-17T22:10:50.987654Z",
        "'2018-12-17T22:10:50Z', 2018-12-17T22:10:50Z",
        "'2018-12-17',"
    })
    void theTimeOfArrivalMayBeText(String text, @Nullable Instant expected) {
        String input = kinesisRecords(json(INSERT)).replace("1545084650.987", "\"" + text + "\"");
        assertThat(read(input).get(0).arrivalTime()).isEqualTo(expected);
        // The time of a notice is not one of arrival.
        String notice = failure(json(INSERT)).replace("2024-06-22T07:04:39.000Z", text);
        assertThat(read(notice).get(0).arrivalTime()).isNull();
    }

    @Test
    void identifiersOfEveryLayerAreKept() {
        SourceRecord record = read(sqs(text(kinesisTrigger(json(INSERT))))).get(0);
        assertThat(record.itemIdentifier()).isEqualTo("m1");
        assertThat(record.messageId()).isEqualTo("m1");
        assertThat(record.sequenceNumber()).isEqualTo("s1");
        assertThat(record.partitionKey()).isEqualTo("p1");
        assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2018-12-17T22:10:50.987Z"));
        record = read(kafkaTrigger(sqs(text(json(INSERT))))).get(0);
        assertThat(record.topic()).isEqualTo("t");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.streamOffset()).isEqualTo(15);
        assertThat(record.messageId()).isEqualTo("m1");
        assertThat(record.itemIdentifier()).isNull();
        assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2018-12-17T22:10:50.987Z"));
        String inner = kinesisTrigger(json(INSERT)).replace("{\"kinesis\"", json("{'eventID':'shardId-0:1','kinesis'"));
        assertThat(read(pipesFromKinesis(inner).replace("s1", "s0")).get(0).itemIdentifier())
                .isEqualTo("s0");
        for (String number : List.of("4294967299", "-4294967293", "3.0", "99999999999999999999", "true")) {
            String partition = kafkaTrigger(json(INSERT)).replace("\"partition\":3", "\"partition\":" + number);
            assertThat(read(partition).get(0).partition()).as(number).isNull();
        }
        record = read(firehoseTransform(notification(text(json(INSERT))))).get(0);
        assertThat(record.recordId()).isEqualTo("d1");
        assertThat(record.messageId()).isEqualTo("n1");
        assertThat(record.itemIdentifier()).isNull();
    }

    @Test
    void aBadRecordHasTheIdentifiersToo() {
        for (String bad : List.of(WRONG, "x", "{", "{'a':1}")) {
            assertThat(read(sqs(text(json(bad)))).get(0).itemIdentifier()).isEqualTo("m1");
            assertThat(read(kinesisRecords(json(bad))).get(0).itemIdentifier()).isEqualTo("s1");
            assertThat(read(pipesFromKinesis(json(bad))).get(0).itemIdentifier())
                    .isEqualTo("s1");
            assertThat(read(kafkaTrigger(json(bad))).get(0).streamOffset()).isEqualTo(15);
            assertThat(read(kinesisRecords(json(bad))).get(0).channel()).isEqualTo(Channel.KINESIS);
            assertThat(read(sqs(text(json(bad)))).get(0).channel()).isEqualTo(Channel.UNKNOWN);
        }
    }

    @Test
    void aBadRecordThatIsThePayloadHasItsSequenceNumber() {
        String bad = json("{'dynamodb':{'SequenceNumber':'2','Keys':{'k':{'N':'x'}}}}");
        for (Way way : List.of(Way.SQS, Way.SNS, Way.EVENTBRIDGE, Way.LAMBDA_KAFKA)) {
            for (String payload : List.of(bad, "[" + bad + "]")) {
                assertThat(read(way.of(payload, true)).get(0).sequenceNumber()).isEqualTo("2");
            }
        }
        for (Way way : List.of(Way.LAMBDA_KINESIS, Way.PIPES_KINESIS)) {
            assertThat(read(way.of(bad, true)).get(0).sequenceNumber()).isEqualTo("s1");
        }
    }

    @Test
    void everyRecordOfAMessageHasItsIdentifier() {
        String input = "{\"Records\":[" + message("a", text(json("[" + INSERT + "," + WRONG + "]"))) + ","
                + message("b", text("words")) + "," + message("c", text(json(INSERT))) + "]}";
        List<SourceRecord> records = read(input);
        assertThat(records).extracting(SourceRecord::itemIdentifier).containsExactly("a", "a", "b", "c");
        assertThat(outcomes(records)).containsExactly("INSERT", "BAD_NUMBER", "UNEXPECTED_BYTE", "INSERT");
        assertThat(envelope(input).streamArn()).isEqualTo("arn:q");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'requestContext':{},'DDBStreamBatchInfo':{}}          | an on-failure notice without the records
            {'requestContext':{},'KinesisBatchInfo':{}}            | an on-failure notice without the records
            {'requestContext':{},'KafkaBatchInfo':{}}              | an on-failure notice without the records
            {'topic':'t','partition':0,'offset':1,'value':null}                | without a value: a tombstone
            {'records':{'t-0':[{'topic':'t','partition':0,'offset':1}]}}       | without a value: a tombstone
            {'Records':[{'messageId':'m','receiptHandle':'r'}]}                | an SQS message without a body
            {'detail-type':'t','source':'s','detail':null}                     | an EventBridge event without a detail
            {'Type':'SubscriptionConfirmation','Message':'You have chosen'}    | in Message of an SNS notification
            {'detail-type':'t','source':'s','detail':{'a':1}}                  | in detail of an EventBridge event
            {'Records':[{'body':'hello'}]}                                     | in body of an SQS message
            {'messageId':'m','body':'eyJhd3NSZWdpb24iOiJl'}                    | this is base64 text
            {'Records':[{'body':5}]}                                           | in body of an SQS message
            {'Records':[{'Data':''}]}                                          | in data of a Kinesis record
            """)
    void whatIsRecognizedButCarriesNoRecordSaysSo(String input, String message) {
        List<SourceRecord> records = read(json(input));
        assertThat(records).hasSize(1);
        String expected = message.equals("in data of a Kinesis record") ? "in Data of a Kinesis record" : message;
        assertThat(failure(records.get(0))).hasMessageContaining(expected);
        assertThat(records.get(0).isTerminal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Records':[]}                                         | RECORDS
            {'eventSource':'aws:kafka','records':{}}               | LAMBDA_KAFKA
            {'eventSource':'aws:kafka','records':{'t-0':[]}}       | LAMBDA_KAFKA
            {'records':{'t-0':[],'t-1':[]},'eventSource':'x'}      | LAMBDA_KAFKA
            """)
    void anEmptyEnvelopeHasNoRecords(String input, EnvelopeShape shape) {
        assertThat(read(json(input))).isEmpty();
        assertThat(envelope(json(input)).shape()).isEqualTo(shape);
    }

    @Test
    void membersMayBeInAnyOrder() {
        String body = text(json(INSERT));
        assertThat(read("{\"Records\":[{\"body\":" + body + json(",'eventSource':'aws:sqs','messageId':'m'}]}")))
                .extracting(SourceRecord::itemIdentifier)
                .containsExactly("m");
        assertThat(outcomes(read("{\"detail\":" + json(INSERT) + json(",'source':'s','detail-type':'t'}"))))
                .containsExactly("INSERT");
        assertThat(outcomes(read("{\"payload\":" + body + json(",'requestContext':{}}"))))
                .containsExactly("INSERT");
        String kafka = json("{'records':{'t-0':[{'value':'" + base64(json(INSERT))
                + "','offset':1,'topic':'t','partition':0}]},'eventSource':'aws:kafka','eventSourceArn':'arn:c'}");
        assertThat(outcomes(read(kafka))).containsExactly("INSERT");
        assertThat(envelope(kafka).streamArn()).isEqualTo("arn:c");
    }

    @Test
    void aRecordOrEnvelopeIsNoCarrierWhateverElseItHas() {
        String others = "'source':'s','detail-type':'t','detail':{'a':1},'body':'b','messageId':'m',"
                + "'payload':'p','requestContext':{},'data':'','recordId':'r',";
        assertThat(outcomes(read(json("{" + others + INSERT.substring(1))))).containsExactly("INSERT");
        assertThat(outcomes(read(json("{" + others + "'Item':{'k':{'S':'1'}}}"))))
                .containsExactly("INSERT");
        assertThat(outcomes(read(json("{" + others + "'Records':[" + MODIFY + "]}"))))
                .containsExactly("MODIFY");
        assertThat(outcomes(read(json("[{" + others + INSERT.substring(1) + "]"))))
                .containsExactly("INSERT");
        // also after an element that is a carrier
        String item = "'Item':{'k':{'S':'1'}}";
        String keys = "'Keys':{'k':{'S':'1'}},'Metadata':{'WriteTimestampMicros':{'N':'1'}}";
        String before = "{\"Records\":[" + message("m", text(json(MODIFY))) + "," + json("{" + others);
        assertThat(outcomes(read(before + json(INSERT.substring(1) + "]}")))).containsExactly("MODIFY", "INSERT");
        assertThat(outcomes(read(before + json(item + "}]}")))).containsExactly("MODIFY", "INSERT");
        assertThat(outcomes(read(before + json(keys + "}]}")))).containsExactly("MODIFY", "REMOVE");
        assertThat(outcomes(read(before + json("'Records':[" + INSERT + "]}]}"))))
                .containsExactly("MODIFY", "NOT_AN_EVENT");
        // in which these are no members of a record
        assertThat(outcomes(read(before + json("'Item':1,'Keys':[],'Records':{},'receiptHandle':'h'}]}"))))
                .containsExactly("MODIFY", "NOT_AN_EVENT"); // the data is empty
    }

    @ParameterizedTest
    @EnumSource
    void jsonIsReadWhereBase64IsUsual(Way way) {
        String record = json(INSERT);
        String carrier = way.of(record, true);
        for (String written : List.of(record, "[" + record + "]", "[ " + record + "]", "{ " + record.substring(1))) {
            assertThat(outcomes(read(carrier.replace(payloadOf(way), text(written)))))
                    .containsExactly("INSERT");
        }
        assertThat(outcomes(read(carrier.replace(payloadOf(way), "\"{\"") + json(MODIFY))))
                .containsExactly(way.takesJson ? "END_OF_INPUT" : "BAD_BASE64", "MODIFY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'records':{'ids':[1,2,3]},'Item':{'k':{'S':'1'}}}             | INSERT
            {'records':{'a':[{'b':1}]},'Keys':{'k':{'S':'1'}},'Metadata':{'WriteTimestampMicros':{'N':'1'}}} | REMOVE
            {'records':{'ids':[1,2,3]}}                                    | NOT_AN_EVENT
            {'records':{'a':[{'dynamodb':{}}]}}                            | NOT_AN_EVENT
            {'specversion':'1.0','type':'t','source':'s','data':{'a':1}}   | NOT_AN_EVENT
            {'schema':{},'payload':{'a':1}}                                | NOT_AN_EVENT
            {'requestContext':{},'body':'x','headers':{}}                  | NOT_AN_EVENT
            {'before':null,'after':{'a':1},'source':{'a':1},'op':'c'}      | NOT_AN_EVENT
            """)
    void memberNamesOfCarriersInOtherJsonMeanNothing(String input, String outcome) {
        assertThat(outcomes(read(json(input)))).containsExactly(outcome);
        assertThat(shapes(json(input))).containsExactly(EnvelopeShape.BARE);
    }

    @ParameterizedTest
    @CsvSource({
        "messageId,body",
        "Type,Message",
        "source,detail",
        "topic,value",
        "partitionKey,data",
        "errorCode,rawData"
    })
    void anItemWithMemberNamesOfCarriersIsCalledAnItem(String proof, String payload) {
        String item = json("{'" + proof + "':{'S':'1'},'" + payload + "':{'S':'1'}}");
        assertThat(failure(read(item).get(0))).hasMessageContaining("this is an item without its change record");
    }

    @Test
    void linesOfCarriersAreDelimited() {
        String line = firehoseFailure(json(INSERT));
        String broken = line.substring(0, line.length() - 5);
        String junk = line + " x";
        List<SourceRecord> records = read(line + "\n" + broken + "\n" + junk + "\n" + line + "\n");
        assertThat(records).hasSize(4);
        assertThat(records.get(0).failure()).isNull();
        assertThat(records.get(1).isTerminal()).isFalse();
        assertThat(records.get(1).failure()).isNotNull();
        assertThat(records.get(2).failure()).isNotNull();
        assertThat(name(records.get(3))).isEqualTo(EventName.INSERT);
    }

    @Test
    void carriersAndRecordsMayFollowEachOther() {
        String input = json(INSERT)
                + eventBridge(json(MODIFY))
                + sqs(text(json(INSERT)))
                + json(MODIFY)
                + failure(text(kinesisTrigger(json(INSERT))))
                + json(INSERT);
        assertThat(outcomes(read(input))).containsExactly("INSERT", "MODIFY", "INSERT", "MODIFY", "INSERT", "INSERT");
        assertThat(shapes(input)).containsExactly(EnvelopeShape.BARE);
    }

    @Test
    void anEnvelopeMayMixCarriersAndRecords() {
        String input = "{\"Records\":[" + json(INSERT) + "," + message("m", text(json(MODIFY))) + ","
                + json("{'kinesis':{'data':'" + base64(json(INSERT)) + "','sequenceNumber':'9'}}") + "," + json(MODIFY)
                + "]}";
        List<SourceRecord> records = read(input);
        assertThat(outcomes(records)).containsExactly("INSERT", "MODIFY", "INSERT", "MODIFY");
        assertThat(records).extracting(SourceRecord::itemIdentifier).containsExactly("7", "m", "9", "8");
    }

    @Test
    void theBinaryOfAQueueIsEncodedAsTheRecordSays() {
        String kinesis = json("{'tableName':'t','eventName':'INSERT','dynamodb':{'Keys':{'k':{'S':'1'}},"
                + "'NewImage':{'b':{'B':'YUdrPQ=='}}}}");
        String stream = json("{'eventVersion':'1.1','eventName':'INSERT','dynamodb':{'Keys':{'k':{'S':'1'}},"
                + "'NewImage':{'b':{'B':'YUdrPQ=='}}}}");
        String unknown = json(
                "{'eventName':'INSERT','dynamodb':{'Keys':{'k':{'S':'1'}}," + "'NewImage':{'b':{'B':'YUdrPQ=='}}}}");
        for (Way way : Way.values()) {
            assertThat(binary(way.of(kinesis, true))).isEqualTo("hi");
            assertThat(binary(way.of(stream, true))).isEqualTo("aGk=");
            boolean ofKinesis = way.name().contains("KINESIS") || way.name().startsWith("FIREHOSE");
            assertThat(binary(way.of(unknown, true))).isEqualTo(ofKinesis ? "hi" : "aGk=");
            assertThat(binary(way.of("[" + unknown + "]", true))).isEqualTo(ofKinesis ? "hi" : "aGk=");
            assertThat(binary(Way.KINESIS_RECORDS.of(way.of(unknown, true), true)))
                    .isEqualTo("hi");
        }
    }

    private static String binary(String input) {
        ChangeEvent event = read(input).get(0).result().orElseThrow();
        return new String(Records.newImage(event).require("b").asBytes(), UTF_8);
    }

    // ---------------------------------------------------------------------------------------------- large ones

    private static InputStream stream(Object... parts) {
        List<InputStream> streams = new ArrayList<>();
        for (Object part : parts) {
            streams.add(
                    part instanceof InputStream in ? in : new ByteArrayInputStream(((String) part).getBytes(UTF_8)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** Returns a stream of that many copies of the text. */
    @SuppressWarnings("JdkObsolete") // of SequenceInputStream
    private static InputStream repeated(String text, int count) {
        byte[] bytes = text.getBytes(UTF_8);
        return new SequenceInputStream(new Enumeration<>() {
            private int left = count;

            @Override
            public boolean hasMoreElements() {
                return left > 0;
            }

            @Override
            public InputStream nextElement() {
                left--;
                return new ByteArrayInputStream(bytes);
            }
        });
    }

    @Test
    void aLargePayloadIsReadInTheMemoryOfItsRecords() {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(4096))
                .build();
        String record = json(INSERT) + ",";
        String last = json(MODIFY);
        int count = EXHAUSTIVE ? 10_000_000 : 200_000; // 1 GB, or 20 MB: more than a carrier that is read as a whole
        for (boolean session : new boolean[] {false, true}) {
            InputStream text = stream(
                    json("{'requestContext':{},'payload':'{"),
                    Deliveries.text(json("'Records':[").getBytes(UTF_8)),
                    repeated(Deliveries.text(record.getBytes(UTF_8)), count),
                    Deliveries.text((last + "]}").getBytes(UTF_8)),
                    json("','version':'1.0'}") + json(MODIFY));
            InputStream object = stream(
                    json("{'detail-type':'t','source':'s','detail':{'Records':["),
                    repeated(record, count),
                    last + json("]},'id':'e'}") + json(MODIFY));
            for (InputStream input : List.of(text, object)) {
                ChangeEventReader reader = session ? decoder.newSession().read(input) : decoder.read(input);
                int seen = 0;
                for (SourceRecord each : reader.records()) {
                    EventName expected = seen++ < count ? EventName.INSERT : EventName.MODIFY;
                    if (each.result().orElseThrow().eventName() != expected) {
                        throw new AssertionError(each);
                    }
                }
                assertThat(seen).isEqualTo(count + 2);
            }
        }
    }

    /** The beginning of a record, with strings that contain brackets, quotes and backslashes. */
    private static final String TRICKY = json("{'x':['}]','\\\\','\\\"]}','[{\\\\\\\"'],");

    private static String padded(String carrier) {
        String padding = json("'note':'") + "x".repeat(70_000) + "\",";
        int brace = carrier.indexOf('{');
        return carrier.substring(0, brace + 1) + padding + carrier.substring(brace + 1);
    }

    /** The window of a stream is used again, but not while an event shows a record in it. */
    @ParameterizedTest
    @EnumSource
    void eventsInCarriersStayUnchangedWhenTheStreamContinues(Way way) {
        int count = 3_000; // more than a window
        StringBuilder input = new StringBuilder();
        StringBuilder batch = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            String record = json(Records.change("INSERT", "'NewImage':{'n':{'N':'" + i + "'}}"));
            input.append(way.of(record, i % 2 == 0)).append('\n');
            batch.append(i == 0 ? "" : ",").append(record);
        }
        input.append(way.of(batch.append(']').toString(), false));
        byte[] bytes = input.toString().getBytes(UTF_8);
        List<ChangeEvent> events = new ArrayList<>();
        Records.DECODER.read(Deliveries.inPieces(bytes, 1_000, new Random(1))).forEach(events::add);
        assertThat(events).hasSize(2 * count);
        for (int i = 0; i < 2 * count; i++) {
            if (Records.newImage(events.get(i)).require("n").asInt() != i % count) {
                throw new AssertionError("the event " + i + " changed");
            }
        }
        // in a session, only the last record is valid
        int seen = 0;
        for (ChangeEvent event : Records.DECODER.newSession().read(Deliveries.inPieces(bytes, 1_000, new Random(2)))) {
            if (Records.newImage(event).require("n").asInt() != seen++ % count) {
                throw new AssertionError("the event " + seen);
            }
        }
        assertThat(seen).isEqualTo(2 * count);
    }

    /** Of a large carrier nothing but a window is in memory, so its payload is read before its end is known. */
    @Test
    void aLargeCarrierIsReadLikeASmallOne() {
        String long1 = json("{'n':'" + "y".repeat(70_000) + "'}");
        for (Way way : List.of(Way.EVENTBRIDGE, Way.LAMBDA_FAILURE)) {
            for (boolean asText : new boolean[] {true, false}) {
                for (String payload : List.of(
                        json("[" + INSERT + "," + WRONG + "," + MODIFY + "]"),
                        json("{'Records':[" + INSERT + "," + WRONG + "]}"),
                        json(INSERT),
                        json(WRONG),
                        "[" + TRICKY + json(INSERT).substring(1) + "," + json(MODIFY) + "]",
                        json("{}"),
                        json("[]"),
                        "5",
                        "null")) {
                    String small = way.of(payload, asText);
                    String large = small.substring(0, small.length() - 1) + json(",'after':") + long1 + "}";
                    List<SourceRecord> expected = read(small + json(MODIFY));
                    List<SourceRecord> records = read(large + json(MODIFY));
                    assertThat(outcomes(records)).isEqualTo(outcomes(expected));
                    for (int i = 0; i < records.size(); i++) {
                        DecodeException failure = expected.get(i).failure();
                        if (failure != null) {
                            assertThat(failure(records.get(i))).hasMessage(failure.getMessage());
                            assertThat(records.get(i).offset())
                                    .isEqualTo(expected.get(i).offset());
                        }
                    }
                    assertThat(shapes(large)).isEqualTo(shapes(small));
                }
            }
        }
        assertThat(outcomes(read(padded(failure(text(json(INSERT)))) + json(MODIFY))))
                .containsExactly("INSERT", "MODIFY");
        String notice = json("{'requestContext':{},'DDBStreamBatchInfo':{}}");
        assertThat(failure(read(padded(notice) + json(MODIFY)).get(0)))
                .hasMessage(failure(read(notice).get(0)).getMessage());
    }

    @Test
    void aCarrierWithTwoDifferentPayloadsIsRefused() {
        String name = "'requestPayload':";
        for (List<String> names : List.of(List.of("'payload':", name), List.of(name, "'payload':"))) {
            String two = json("{'requestContext':{}," + names.get(0) + INSERT + "," + names.get(1) + MODIFY + "}");
            assertThat(outcomes(read(two))).containsExactly("DUPLICATE_FIELD");
            assertThat(failure(read(two).get(0)).offset()).isEqualTo(two.lastIndexOf(json(names.get(1))));
            assertThat(outcomes(read(padded(two)))).containsExactly("INSERT", "DUPLICATE_FIELD");
        }
        String kinesis = "{'Records':[{'SequenceNumber':'1','Data':'e30=','data':'e30='}]}";
        assertThat(outcomes(read(json(kinesis)))).containsExactly("DUPLICATE_FIELD");
        String wrong = json("{'requestContext':{},'requestPayload':[" + WRONG + "]}");
        assertThat(failure(read(padded(wrong)).get(0))).hasMessageContaining("in requestPayload of");
        assertThat(failure(read(wrong).get(0))).hasMessageContaining("in requestPayload of");
    }

    /** With a later number in the answer, the sender would not send the record again. */
    @Test
    void theIdentifierOfARefusedCarrierIsTheFirst() {
        String data = "'data':'e30=','sequenceNumber':";
        String records =
                "{'Records':[{'kinesis':{" + data + "'1'},'kinesis':{" + data + "'2'},'eventSource':'aws:kinesis'}]}";
        assertThat(read(json(records)).get(0).itemIdentifier()).isEqualTo("1");
        String times = kinesisTrigger(json(INSERT))
                .replace("1545084650.987", json("1545084650.987,'approximateArrivalTimestamp':1"));
        assertThat(read(times).get(0).arrivalTime()).isEqualTo(Instant.ofEpochMilli(1545084650987L));
        String absent = sqs("5").replace(json("'messageId':'m1',"), json("'messageId':'m1','messageId':null,"));
        assertThat(read(absent).get(0).itemIdentifier()).isEqualTo("m1");
    }

    /** Readers that take the first and readers that take the last would see different changes. */
    @ParameterizedTest
    @EnumSource
    void aRepeatedPayloadIsRefused(Way way) {
        String carrier = way.of(json(INSERT), true);
        int name = Stream.of("Message", "body", "detail", "payload", "data", "Data", "value", "rawData")
                .mapToInt(each -> carrier.indexOf("\"" + each + "\":"))
                .filter(at -> at >= 0)
                .findFirst()
                .orElseThrow();
        String member = carrier.substring(name, carrier.indexOf(':', name)) + json(":'{}'");
        String before = carrier.substring(0, name);
        String after = carrier.substring(name);
        List<SourceRecord> records = read(before + member + "," + after + json(MODIFY));
        assertThat(outcomes(records)).containsExactly("DUPLICATE_FIELD", "MODIFY");
        assertThat(failure(records.get(0)).offset()).isEqualTo(name + member.length() + 1);
        assertThat(failure(records.get(0)).getMessage())
                .contains("in " + member.substring(1, member.indexOf('"', 1)) + " of ");

        String absent = member.replace("\"{}\"", "null");
        assertThat(outcomes(read(before + absent + "," + after))).containsExactly("INSERT");
        int end = carrier.indexOf(payloadOf(way), name) + payloadOf(way).length();
        assertThat(outcomes(read(carrier.substring(0, end) + "," + absent + carrier.substring(end))))
                .containsExactly("INSERT");
    }

    private static String payloadOf(Way way) {
        return way.takesJson ? text(json(INSERT)) : "\"" + base64(json(INSERT)) + "\"";
    }

    @Test
    void aRepeatedPayloadOfALargeCarrierIsReportedAfterItsRecords() {
        for (Way way : List.of(Way.EVENTBRIDGE, Way.LAMBDA_FAILURE)) {
            String carrier = padded(way.of(json("[" + INSERT + "," + WRONG + "]"), false));
            String again = json(way == Way.EVENTBRIDGE ? "'detail':" : "'payload':") + json(MODIFY + "}");
            String before = carrier.substring(0, carrier.length() - 1) + ",";
            List<SourceRecord> records = read(before + again + json(MODIFY));
            assertThat(outcomes(records)).containsExactly("INSERT", "BAD_NUMBER", "DUPLICATE_FIELD", "MODIFY");
            assertThat(failure(records.get(2)).offset()).isEqualTo(before.length());
            // which has one failure if no record was read
            for (String refused : List.of("5", "[]")) {
                String bad = padded(way.of(refused, false));
                assertThat(outcomes(read(bad.substring(0, bad.length() - 1) + "," + again)))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aRepeatedObjectAroundThePayloadIsRefused() {
        String data = "'data':'" + base64(json(INSERT)) + "'";
        for (String members : List.of(
                "'kinesis':{" + data + "},'kinesis':{" + data + "}",
                "'kinesis':{" + data + "},'kinesis':{}",
                "'kinesis':{},'kinesis':{" + data + "}",
                "'kinesis':{" + data + "," + data + "}")) {
            String input = json("{'Records':[{" + members + ",'eventSource':'aws:kinesis'}]}");
            assertThat(outcomes(read(input))).containsExactly("DUPLICATE_FIELD");
            int second = members.contains("},") ? members.lastIndexOf("'kinesis'") : members.lastIndexOf("'data'");
            assertThat(failure(read(input).get(0)).offset()).isEqualTo(input.indexOf("[{") + 2 + second);
        }
    }

    @Test
    void aLargeCarrierThatIsCutOffYieldsItsRecordsAndOneFailure() {
        String records = json("[" + (INSERT + ",").repeat(2000) + MODIFY + "]");
        for (String whole : List.of(
                failure(text(records)),
                failure(text((json(INSERT) + "\n").repeat(2000) + json(MODIFY))),
                eventBridge(records),
                failure(text(eventBridge(records))))) {
            byte[] bytes = whole.getBytes(UTF_8);
            for (int length = bytes.length - 350; length > bytes.length - 450; length -= EXHAUSTIVE ? 1 : 7) {
                List<SourceRecord> read = Deliveries.read(Arrays.copyOf(bytes, length));
                SourceRecord last = read.remove(read.size() - 1);
                assertThat(last.isTerminal()).isTrue();
                assertThat(failure(last).reason()).isEqualTo(Reason.END_OF_INPUT);
                assertThat(failure(last).offset()).isEqualTo(length);
                assertThat(outcomes(read)).hasSizeGreaterThan(1990).containsOnly("INSERT");
            }
            byte[] gzip = Deliveries.gzip(Arrays.copyOf(bytes, bytes.length - 400));
            gzip[gzip.length - 5]++; // of the checksum
            List<SourceRecord> read = Deliveries.read(gzip);
            SourceRecord last = read.remove(read.size() - 1);
            assertThat(failure(last).reason()).isEqualTo(Reason.BAD_GZIP);
            assertThat(last.isTerminal()).isTrue();
            assertThat(read).extracting(SourceRecord::isTerminal).containsOnly(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCarrierThatIsTooDeepCostsItselfAlone(Way way) {
        String deep = json("{'deep':") + "[".repeat(300) + "]".repeat(300) + ",";
        String good = way.of(json(INSERT), true);
        boolean inArray = good.startsWith("[") || good.startsWith("{\"Records\"");
        int brace = inArray ? good.indexOf('[') + 1 : 0;
        String bad = good.substring(0, brace) + deep + good.substring(brace + 1);
        if (inArray) {
            String element = good.substring(brace, good.lastIndexOf(']'));
            List<SourceRecord> records = read(good.substring(0, brace) + element + ","
                    + bad.substring(brace)
                            .replaceFirst("\\](?=[^\\]]*$)", "," + Matcher.quoteReplacement(element) + "]"));
            assertThat(outcomes(records)).containsExactly("INSERT", "DEPTH_LIMIT", "INSERT");
            assertThat(records.get(1).itemIdentifier()).isEqualTo(records.get(0).itemIdentifier());
        }
        List<SourceRecord> records = read(bad + json(MODIFY));
        assertThat(records).last().extracting(CarriersTest::name).isEqualTo(EventName.MODIFY);
        assertThat(records).hasSize(2);
    }

    @Test
    void aFaultInALargeCarrierIsReportedAfterItsRecords() {
        String records = json("{'Records':[" + (INSERT + ",").repeat(2000) + MODIFY + "]}");
        String whole = failure(text(records));
        String cut = whole.substring(0, whole.length() / 2);
        List<SourceRecord> read = read(cut);
        assertThat(read.get(0).failure()).isNull();
        assertThat(read).hasSizeGreaterThan(500);
        SourceRecord last = read.get(read.size() - 1);
        assertThat(last.isTerminal()).isTrue();
        assertThat(failure(last).reason()).isEqualTo(Reason.END_OF_INPUT);
        read = read(whole.replaceFirst("MODIFY", "MO\\\\qDIFY") + json(INSERT));
        last = read.get(read.size() - 1);
        assertThat(last.isTerminal()).isTrue();
        assertThat(failure(last).reason()).isEqualTo(Reason.BAD_ESCAPE);
        assertThat(outcomes(read.subList(0, 2000))).containsOnly("INSERT");
        String object = eventBridge(records.replaceFirst("MODIFY\"", "MODIFY")) + json(INSERT);
        read = read(object);
        assertThat(read.get(read.size() - 1).isTerminal()).isTrue();
        assertThat(outcomes(read.subList(0, 2000))).containsOnly("INSERT");
    }

    /** In a string where base64 is usual, white space, a byte order mark and brackets show that it is JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\n", "\\r\\n", "\\t ", "\\u0020", "\ufeff", "\\ufeff", "\\uFEFF \\n"})
    void jsonInAStringMayBeginWithWhiteSpace(String before) {
        String event = Records.change("INSERT", "").replace("'", "\\'");
        for (String text : List.of(
                event,
                event.replaceFirst("\\{", "\\\\u007b"),
                event.replaceFirst("\\{", "\\\\u007B"),
                "[" + event + "]")) {
            for (String frame : List.of(
                    "{'Records':[{'kinesis':{'data':'~'}}]}",
                    "{'requestId':'r','records':[{'data':'~'}]}",
                    "{'eventSource':'aws:kafka','records':{'t-0':[{'value':'~'}]}}",
                    "{'Records':[{'eventSource':'aws:sqs','body':'~'}]}",
                    "{'rawData':'~','attemptsMade':1,'errorCode':'x'}")) {
                assertThat(outcomes(read(singleToDouble(frame.replace("~", before + text)))))
                        .containsExactly("INSERT");
            }
        }
        for (String empty : List.of("[]", "{\\'Records\\':[]}", " []")) {
            String input = "{'Records':[{'kinesis':{'data':'" + before + empty + "'}}]}";
            assertThat(read(singleToDouble(input)).get(0).failure()).hasMessageContaining("no records");
        }
        assertThat(outcomes(read(singleToDouble("{'Records':[{'kinesis':{'data':'{}'}}]}"))))
                .containsExactly("NOT_AN_EVENT");
    }

    /** The levels around a payload do not count, also where only the payload shows that an element is a carrier. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[{'body':~}]}",
                "{'Records':[{'kinesis':{'data':~}}]}",
                "[{'Sns':{'Message':~}}]",
                "[{'detail-type':'t','source':'s','detail':~}]",
                "{'eventID':'1','eventSource':'aws:kinesis','kinesis':{'data':~}}",
                "{'kinesis':{'data':~},'eventID':'1'}",
                "{'receiptHandle':'1','body':~}",
                "{'body':~,'receiptHandle':'1'}",
                "{'detail':~,'detail-type':'t','source':'s'}",
                "{'Records':[~]}",
                "[~]"
            })
    void aPayloadThatIsJsonMayNestAsDeepAsARecord(String frame) {
        for (int levels : new int[] {250, 255, 256}) {
            String record = "{'dynamodb':{'Keys':{}},'z':" + "[".repeat(levels) + "]".repeat(levels) + "}";
            assertThat(outcomes(read(singleToDouble(frame.replace("~", record)))))
                    .containsExactly(levels > 255 ? "DEPTH_LIMIT" : "UNKNOWN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "", " ", ",\\n"})
    void aDeepFirstRecordOfAPayloadDoesNotHideTheNext(String between) {
        String deep = "{'dynamodb':{'Keys':{}},'z':" + "[".repeat(300) + "]".repeat(300) + "}";
        String payload = deep + between + Records.change("INSERT", "");
        String text = payload.replace("'", "\\'");
        for (String frame : List.of("{'Records':[{'messageId':'m','body':'~'}]}", "{'messageId':'m','body':'~'}")) {
            assertThat(outcomes(read(singleToDouble(frame.replace("~", text)))))
                    .startsWith("DEPTH_LIMIT")
                    .endsWith("INSERT");
        }
    }

    /** A number may be cut where the input ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'topic':'t','partition':3,'value':'e30=','offset':12",
                "[{'topic':'t','offset':7,'value':'e30=','partition':3",
                "{'kinesis':{'data':'e30=','approximateArrivalTimestamp':1545",
                "[{'kinesis':{'data':'e30=','approximateArrivalTimestamp':1545"
            })
    void anIdentifierThatIsCutIsAbsent(String input) {
        List<SourceRecord> records = read(singleToDouble(input));
        SourceRecord last = records.get(records.size() - 1);
        assertThat(last.isTerminal()).isTrue();
        assertThat(last.arrivalTime()).isNull();
        assertThat(last.itemIdentifier()).isNull();
        assertThat(last.streamOffset() == null || last.partition() == null).isTrue();
    }

    /** A record of Kinesis is known by two identifiers only if nothing else in it carries something. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'sequenceNumber':'1','partitionKey':'p','rawData':'~','attemptsMade':1,'errorCode':'x'}",
                "{'partitionKey':'p','sequenceNumber':'1','detail-type':'t','source':'s','detail':'~'}"
            })
    void anObjectThatCarriesSomethingIsReadThoughItHasIdentifiersOfAnother(String frame) {
        String text = Records.change("INSERT", "").replace("'", "\\'");
        assertThat(outcomes(read(singleToDouble(frame.replace("~", text))))).containsExactly("INSERT");
    }

    /** An element is read the same way whatever the element before it was. */
    @ParameterizedTest
    @ValueSource(strings = {"{'Records':[~]}", "[~]"})
    void theElementBeforeDoesNotMatterToADeepElement(String frame) {
        String record = "{'dynamodb':{'Keys':{}},'z':~}";
        String other = "{'messageId':'m','z':~,'body':" + record.replace("~", "0") + "}";
        String body = "{'messageId':'m','receiptHandle':'r','body':'{}'}";
        String kinesis = "{'kinesis':{'data':'eyJkeW5hbW9kYiI6eyJLZXlzIjp7fX19','sequenceNumber':'1'}}";
        for (String element : List.of(
                record,
                other,
                "{'messageId':'m','body':" + record + "}",
                "{'messageId':'m','body':" + record + ",'z':~}",
                "{'messageId':'m','body':" + record + ",'z'}",
                "{'kinesis':{'data':" + record + "}}",
                "{'kinesis':{'z':~,'data':'eyJkeW5hbW9kYiI6eyJLZXlzIjp7fX19'}}",
                "{'kinesis':{'data':'eyJkeW5hbW9kYiI6eyJLZXlzIjp7fX19','z':~}}",
                "{'dynamodb':{'NewImage':{'a':" + "{'L':[".repeat(128) + "~" + "]}".repeat(128) + "}}}",
                "{'dynamodb':{'NewImage':{'a':{'X':~}}}}",
                "{'dynamodb':{'NewImage':~}}",
                "{'z':~,'x'}")) {
            for (int levels = 252; levels < 260; levels++) {
                String deep = element.replace("~", "[".repeat(levels) + "]".repeat(levels));
                String alone = lastOf(frame.replace("~", deep), deep);
                for (String before : List.of(record.replace("~", "0"), body, kinesis)) {
                    String input = frame.replace("~", before + "," + deep);
                    assertThat(lastOf(input, deep)).as("%d levels", levels).isEqualTo(alone);
                }
            }
        }
    }

    /** The name of the last event; or its failure, with its offset in that element. */
    private static String lastOf(String input, String element) {
        List<SourceRecord> records = read(singleToDouble(input));
        SourceRecord last = records.get(records.size() - 1);
        DecodeException failure = last.failure();
        String outcome = failure == null
                ? name(last).toString()
                : failure.reason() + failure.path() + (failure.offset() - input.lastIndexOf(element));
        return outcome + last.itemIdentifier() + last.isTerminal() + last.channel();
    }
}
