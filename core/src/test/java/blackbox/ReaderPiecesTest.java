package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fixtures.Deliveries;
import fixtures.LongRunning;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream yields does not depend on where its pieces end: identifiers, messages, and which records follow. */
class ReaderPiecesTest {
    private static final String CHANGE = Records.change("INSERT", "");
    private static final String GOOD = Deliveries.base64(Records.json(CHANGE));
    private static final String LONG = Deliveries.base64(
            Records.json(Records.change("INSERT", "'NewImage':{'s':{'S':'" + "x".repeat(3_000) + "'}}")));

    /** Returns all that a record shows, except its event. */
    private static String shown(SourceRecord record) {
        DecodeException failure = record.failure();
        return record + " " + record.sequenceNumber() + " " + record.partitionKey() + " " + record.recordId() + " "
                + record.messageId() + " " + record.topic() + " " + record.partition() + " " + record.streamOffset()
                + " " + record.arrivalTime() + " " + record.itemIdentifier()
                + (failure == null ? "" : " " + failure.getMessage() + " " + failure.path());
    }

    private static List<String> shown(ChangeEventReader reader) {
        List<String> shown = new ArrayList<>();
        reader.records().forEach(record -> shown.add(shown(record)));
        return shown;
    }

    private static InputStream cut(byte[] input, int at) {
        return new SequenceInputStream(
                new ByteArrayInputStream(input, 0, at), new ByteArrayInputStream(input, at, input.length - at));
    }

    /** Compares the records of an array with those of streams whose first piece ends in the last part of the input. */
    private static List<String> assertSame(String singleQuoted, int last) {
        byte[] input = Records.json(singleQuoted);
        List<String> expected = shown(Records.DECODER.read(input));
        for (int at = Math.max(1, input.length - last); at < input.length; at++) {
            assertThat(shown(Records.DECODER.read(cut(input, at))))
                    .as("cut at %s", at)
                    .isEqualTo(expected);
            assertThat(shown(Records.DECODER.newSession().read(cut(input, at)))).isEqualTo(expected);
        }
        return expected;
    }

    /** The first attempt to read a long element sees only a part of its last members. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[{'Data':'^','SequenceNumber':'1','PartitionKey':'p'},{'Data':'~','SequenceNumber':'2',"
                        + "'PartitionKey':'q','ApproximateArrivalTimestamp':1545084650.987}]}",
                "{'eventSource':'aws:kafka','records':{'t-0':[{'value':'^'},{'value':'~','topic':'t','partition':1234,"
                        + "'offset':567890,'timestamp':1545084650987}]}}",
                "{'Records':[{'kinesis':{'data':'^'}},{'kinesis':{'data':'~','sequenceNumber':49545115243490985,"
                        + "'approximateArrivalTimestamp':1545084650.987}}]}",
                "{'invocationId':'i','records':[{'data':'^'},{'data':'~','recordId':12345678,"
                        + "'approximateArrivalTimestamp':1545084650987}]}"
            })
    void anIdentifierThatIsANumberIsWhole(String envelope) {
        List<String> shown = assertSame(envelope.replace("^", GOOD).replace("~", LONG), 200);
        assertThat(shown).hasSize(2);
        assertThat(shown.get(1)).contains("2018-12-17T22:10:50.987Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'S':null,'N':'1'}", "{'S':null , 'N':'1'}", "{'S':null}", "{'BOOL':null,'S':'a'}", "{'S':nul}",
                "{'s':null}", "{'s':'a'}", "{'s' : null , 'S':'a'}", "{'x':null}", "{'S':'a','N':null}",
                "{'S':'a','N' : 1}", "{'S':'a','N'}", "{'S':'a','N'", "{'SS':null,'S':'b'}", "{'L':null,'S':'b'}",
                "{'M':null,'S':'b'}", "{'N':null,'S':'b'}", "{'N':1}", "{'S':'a','NULL':null}"
            })
    void theHintOfAFailureIsTheSame(String value) {
        String record = "{'dynamodb':{'Keys':{'k':" + value + "}}}";
        assertSame("[" + record + "," + CHANGE + "]", record.length() + CHANGE.length());
        assertSame(record + "\n" + CHANGE, record.length() + CHANGE.length());
        assertSame(record, record.length());
    }

    /** A value that is too deep is skipped in pieces, and its beginning leaves the window. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n "})
    void theFirstValueShowsWhetherLinesDelimitRecords(String space) {
        String deep = "{'x':" + "[".repeat(300) + space + "]".repeat(300) + ",'y':'" + "z".repeat(200_000) + "'}";
        byte[] input = Records.json(deep + "\n" + CHANGE + "\n{'a'\n" + CHANGE + "\n");
        List<String> expected = shown(Records.DECODER.read(input));
        assertThat(expected).hasSize(space.contains("\n") ? 3 : 4);
        assertThat(shown(Records.DECODER.read(new ByteArrayInputStream(input)))).isEqualTo(expected);
        for (int seed = 0; seed < 20; seed++) {
            InputStream pieces = Deliveries.inPieces(input, 1 + 20_000 * seed, new Random(seed));
            assertThat(shown(Records.DECODER.read(pieces))).isEqualTo(expected);
        }
    }

    /** A source that gives these bytes piece by piece, and then fails or must not be asked. */
    private static final class Live extends InputStream {
        private final byte[] bytes;
        private final int piece;
        private final RuntimeException then;
        private int at;

        Live(byte[] bytes, int piece, RuntimeException then) {
            this.bytes = bytes;
            this.piece = piece;
            this.then = then;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == bytes.length) {
                throw then;
            }
            int count = Math.min(Math.min(piece, length), bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public int read() {
            throw new IllegalStateException("not used");
        }
    }

    /** As a client writes that packs and flushes each record. */
    @Test
    void aRecordInAGzipMemberOfItsOwnIsReturnedBeforeTheNextMember() {
        byte[] packed = Deliveries.gzip(Records.json(CHANGE + "\n"), Records.json(CHANGE + "\n"));
        int first = Deliveries.gzip(Records.json(CHANGE + "\n")).length;
        for (int piece : new int[] {1, 7, first}) {
            for (int arrived : new int[] {first, packed.length}) {
                byte[] bytes = Arrays.copyOf(packed, arrived);
                IllegalStateException waits = new IllegalStateException("the source has no more");
                Iterator<SourceRecord> records = Records.DECODER
                        .read(new Live(bytes, piece, waits))
                        .records()
                        .iterator();
                for (int i = 0; i < (arrived == first ? 1 : 2); i++) {
                    assertThat(records.next().failure()).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'version':'1.0','requestContext':{},'x':'^','DDBStreamBatchInfo':{},'payload':{'Records':[~",
                "{'detail-type':'x','source':'y','x':'^','detail':{'Records':[~",
                "{'detail-type':'x','source':'y','x':'^','detail':'{\\'Records\\':[|",
                "{'x':'^','Records':[~"
            })
    void allRecordsBeforeAFailureOfTheSourceAreReturned(String frame) {
        String escaped = CHANGE.replace("'", "\\'");
        int records = 4_000; // the reader looks ahead to decide what holds them
        String input = frame.replace("^", "x".repeat(70_000))
                .replace("~", (CHANGE + ",").repeat(records))
                .replace("|", (escaped + ",").repeat(records));
        byte[] bytes = Records.json(input);
        for (int piece : new int[] {1000, 8192, 100_000}) {
            UncheckedIOException broken = new UncheckedIOException(new IOException("broken"));
            Iterator<SourceRecord> read = Records.DECODER
                    .newSession()
                    .read(new Live(bytes, piece, broken))
                    .records()
                    .iterator();
            for (int i = 0; i < records; i++) {
                assertThat(read.next().failure()).as("record %s", i).isNull();
            }
            assertThatThrownBy(read::next).isSameAs(broken);
            assertThatThrownBy(read::hasNext).isSameAs(broken);
        }
    }

    /** After each caret, the next result must have been returned; {@code #} is a long record without its brace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{#^,{^#^",
                "{#^;{^#^",
                "{#^|{^#^",
                "{#^ , \n^{#^",
                "{#^\\n{^#^",
                ",{^#^",
                "{}^{#^",
                "{}^{}^{}^{#^",
                "[]{#^",
                "{#^{#^",
                "{#^{}^{#^",
                "{#^7{^#^",
                "7 ^{#^",
                "7\n^{#^",
                "'a'^{#^",
                "{'a':1}^{#^",
                "{#^\n{#\n^,{^#\n^",
                "[{#^,{#^]",
                "[7,^{#^]",
                "['a'^,{#^]",
                "[{}^,{'a':1}^,{#^]",
                "[{#^],{^#^",
                "{#^ {}^7 ^{#^"
            })
    void aValueIsReturnedInTimeAlsoIfItIsNoRecord(String marked) {
        String rest = "'dynamodb':{'Keys':{}},'x':'" + "y".repeat(10_000) + "'}";
        String input = marked.replace("#", rest);
        List<Integer> expected = new ArrayList<>();
        for (int at = input.indexOf('^'); at >= 0; at = input.indexOf('^', at + 1)) {
            expected.add(at - expected.size());
        }
        byte[] bytes = Records.json(input.replace("^", ""));
        int[] given = new int[1];
        InputStream oneByOne = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                int count = super.read(target, offset, Math.min(length, 1));
                given[0] += Math.max(count, 0);
                return count;
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        List<Integer> returned = new ArrayList<>();
        Records.DECODER.read(oneByOne).records().forEach(record -> returned.add(given[0]));
        assertThat(returned).isEqualTo(expected);
    }

    /** The record that has arrived does not wait for the next one, of which a part has arrived too. */
    @Test
    void aRecordDoesNotWaitForTheRestOfTheNext() {
        for (String first : List.of(CHANGE, "{'a':1}", "{}", "'a'", "7 ", "[" + CHANGE + ",", "[7,")) {
            for (String next : List.of("{'dynamodb':{'Ke", "{", "[", "'x", "7")) {
                IllegalStateException waits = new IllegalStateException("the source has no more");
                Iterator<SourceRecord> records = Records.DECODER
                        .read(new Live(Records.json(first + next), 1_000, waits))
                        .records()
                        .iterator();
                assertThat(records.next().isTerminal()).isFalse();
                assertThatThrownBy(records::next).isSameAs(waits);
            }
        }
    }

    /** To answer {@code hasNext}, a reader may read many windows ahead while the session's event is in use. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^~^",
                "^\n~\n^",
                "[^,~^]",
                "{'Records':[^,~^]}",
                "[{'detail-type':'t','source':'s','detail':^},~{'detail-type':'t','source':'s','detail':^}]",
                "{'detail-type':'t','source':'s','x':'^','detail':{'Records':[^,~^]}}",
                "{'Records':[{'kinesis':{'data':'|'}},~{'kinesis':{'data':'|'}}]}",
                "[{'detail-type':'t','source':'s','detail':{'Records':[^,^]}}~]"
            })
    void theEventOfASessionStaysWhileTheReaderLooksForTheNext(String frame) {
        String space = " ".repeat(1_000_000);
        String first =
                "{'eventName':'MODIFY','dynamodb':{'Keys':{'pk':{'S':'a'}},'NewImage':{'m':{'M':{'n':{'N':'1'}}}}}}";
        String input = frame.replace("'^'", "'" + "x".repeat(70_000) + "'")
                .replace("~", space)
                .replace("|", Deliveries.base64(Records.json(first)))
                .replace("^", first);
        ChangeEvent expected = Records.DECODER.decode(Records.json(first));
        for (int most : new int[] {100, 65_536, 1_000_000}) {
            Iterator<SourceRecord> records = Records.DECODER
                    .newSession()
                    .read(Deliveries.inPieces(Records.json(input), most, new Random(most)))
                    .records()
                    .iterator();
            for (int i = 0; i < 2; i++) {
                ChangeEvent event = records.next().result().orElseThrow();
                assertThat(records.hasNext()).isEqualTo(i == 0);
                assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
                assertThat(event.keys()).isEqualTo(expected.keys());
                assertThat(event.newImage()).isEqualTo(expected.newImage());
            }
        }
    }

    /** Firehose also delivers records that Kinesis did not carry; they keep their own sequence number. */
    @Test
    void theSequenceNumberOfARecordInFirehoseIsItsOwnUnlessKinesisCarriedIt() {
        String event = "{'eventName':'INSERT','dynamodb':{'Keys':{},'SequenceNumber':'7'}}";
        String bad = "{'eventName':'INSERT','dynamodb':{'SequenceNumber':'8','Keys':1}}";
        for (String metadata : List.of("", ",'kinesisRecordMetadata':{'sequenceNumber':'9'}")) {
            String input = "{'requestId':'r','records':[{'data':'" + Deliveries.base64(Records.json(event)) + "'"
                    + metadata + "},{'data':'" + Deliveries.base64(Records.json("\n " + bad)) + "'" + metadata + "}]}";
            List<SourceRecord> records = Deliveries.read(input);
            assertThat(records.stream().map(SourceRecord::sequenceNumber).toList())
                    .isEqualTo(metadata.isEmpty() ? List.of("7", "8") : List.of("9", "9"));
            assertThat(records.get(1).failure()).isNotNull();
        }
    }

    /** Of three proofs in one object, the same one counts in every order. */
    @Test
    void theOrderOfMembersDoesNotDecideWhatCarriesARecord() {
        List<String> members = List.of(
                "'Sns':{'Message':'{\\'a\\':1}'}",
                "'body':'" + CHANGE.replace("'", "\\'") + "'",
                "'eventSource':'aws:sqs'",
                "'x':1");
        for (int i = 0; i < members.size(); i++) {
            List<String> order = new ArrayList<>(members);
            Collections.rotate(order, i);
            for (List<String> each :
                    List.of(order, List.copyOf(order).stream().sorted().toList())) {
                List<SourceRecord> records = Deliveries.read("{'Records':[{" + String.join(",", each) + "}]}");
                assertThat(records).hasSize(1);
                assertThat(records.get(0).failure()).isNull();
            }
        }
    }

    /** The answer to Kinesis names a record by its own number, so no other number may replace it. */
    @Test
    void aKinesisRecordWithoutItsSequenceNumberHasNone() {
        String event = "{'eventName':'INSERT','eventID':'e','dynamodb':{'Keys':{},'SequenceNumber':'7'}}";
        String bad = "{'eventName':'INSERT','eventID':'e','dynamodb':{'SequenceNumber':'8','Keys':1}}";
        for (String records : List.of(event, bad, event + event, bad + "\n" + bad, "[" + event + "," + bad + "]")) {
            String element = "{'kinesis':{'data':'" + Deliveries.base64(Records.json(records)) + "'}}";
            for (String input : List.of("{'Records':[" + element + "]}", "[" + element + "]")) {
                assertThat(Deliveries.read(input)).isNotEmpty().allSatisfy(record -> {
                    assertThat(record.sequenceNumber()).isNull();
                    assertThat(record.itemIdentifier()).isNull();
                });
            }
        }
    }

    @LongRunning
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[{'kinesis':{'sequenceNumber':'2','data':'~'}}]}",
                "{'Records':[{'SequenceNumber':'2','Data':'~','PartitionKey':'p'}]}",
                "{'invocationId':'i','records':[{'recordId':'1','kafkaRecordValue':'~'}]}",
                "{'requestId':'i','records':[{'data':'~'}]}",
                "{'Records':[{'eventSource':'aws:sqs','messageId':'2','body':'|'}]}",
                "[{'detail-type':'t','source':'s','detail':^}]",
                "{'Records':[{'kinesis':{'sequenceNumber':'2','data':^}}]}",
                "[{'Sns':{'Message':^,'MessageId':'m'}}]",
                "[{'requestContext':{},'version':'1.0','requestPayload':^}]",
                "[{'requestContext':{},'version':'1.0','requestPayload':{'Records':[^]}}]"
            })
    void aCarrierOverTheLimitHasOneFailureFromEverySource(String frame) {
        ChangeEventDecoder small = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(1000))
                .build();
        // A stream is searched for the records of a payload up to 16 MiB, an array to its end.
        int megabytes = frame.contains("'requestPayload':{") ? 15 : 17;
        String large = "{'dynamodb':{'Keys':{},'x':'" + "y".repeat(megabytes << 20) + "'}}";
        String input = frame.contains("~")
                ? frame.replace("~", Deliveries.base64(Records.json(large)))
                : frame.replace("|", large.replace("'", "\\'")).replace("^", large);
        byte[] bytes = Records.json(input);
        List<String> expected = shown(small.read(bytes));
        assertThat(expected).singleElement().asString().contains("RECORD_LIMIT", "; in ");
        assertThat(shown(small.read(new ByteArrayInputStream(bytes)))).isEqualTo(expected);
        assertThat(shown(small.read(Deliveries.inPieces(bytes, 3 << 20, new Random(1)))))
                .isEqualTo(expected);
    }

    /** The last record of a string is returned although the string continues. */
    @Test
    void aRecordInAStringIsReturnedAsSoonAsItHasArrived() {
        String escaped = CHANGE.replace("'", "\\'");
        String head = "{'detail-type':'x','source':'y','x':'" + "x".repeat(70_000) + "','detail':'{\\'Records\\':["
                + (escaped + ",").repeat(2_000);
        IllegalStateException waits = new IllegalStateException("the source has no more");
        for (String last : List.of(escaped, escaped.substring(0, 1) + "\\u0020" + escaped.substring(1))) {
            Iterator<SourceRecord> records = Records.DECODER
                    .read(new Live(Records.json(head + last), 1000, waits))
                    .records()
                    .iterator();
            for (int i = 0; i < 2_001; i++) {
                assertThat(records.next().failure()).isNull();
            }
            assertThatThrownBy(records::next).isSameAs(waits);
        }
    }

    @Test
    void aCarrierOverTheLimitIsNamedFromEverySource() {
        ChangeEventDecoder small = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(1000))
                .build();
        String large = Deliveries.base64(Records.json("{'dynamodb':{'Keys':{},'x':'" + "y".repeat(17 << 20) + "'}}"));
        byte[] input = Records.json("{'Records':[{'kinesis':{'data':'" + GOOD + "','sequenceNumber':'1'}},"
                + "{'kinesis':{'sequenceNumber':'2','data':'" + large + "'}}]}");
        for (ChangeEventReader reader : List.of(small.read(input), small.read(new ByteArrayInputStream(input)))) {
            List<SourceRecord> records = Deliveries.records(reader);
            assertThat(records).hasSize(2);
            DecodeException failure = records.get(1).result().failure();
            assertThat(failure).isNotNull();
            assertThat(failure.reason()).isEqualTo(Reason.RECORD_LIMIT);
            assertThat(failure.getMessage()).endsWith("; in data of a Kinesis record");
            assertThat(records.get(1).sequenceNumber()).isEqualTo("2");
        }
    }

    // ------------------------------------------------------------------------------------------- broken inputs

    /** Returns all that the records show and the shapes around them, the same from every source. */
    private static List<String> everywhere(String singleQuoted) {
        byte[] input = Records.json(singleQuoted);
        List<String> expected = shownWithShapes(Records.DECODER.read(input));
        List<ChangeEventReader> readers = new ArrayList<>(List.of(
                Records.DECODER.read(new ByteArrayInputStream(input)),
                Records.DECODER.newSession().read(input),
                Records.DECODER.newSession().read(Deliveries.inPieces(input, 1, new Random(0)))));
        for (int most : new int[] {1, 7, 100, 9_000, 66_000}) {
            readers.add(Records.DECODER.read(Deliveries.inPieces(input, most, new Random(most))));
        }
        for (ChangeEventReader reader : readers) {
            assertThat(shownWithShapes(reader)).isEqualTo(expected);
        }
        return expected;
    }

    private static List<String> shownWithShapes(ChangeEventReader reader) {
        List<String> shown = new ArrayList<>();
        for (SourceRecord record : reader.records()) {
            shown.add(shown(record) + " " + record.channel() + " " + reader.envelope());
        }
        return shown;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[@],'zz':'~\\x'}",
                "{'Records':[@],'zz':'~",
                "{'Records':[@],'zz':'~\u0001'}",
                "{'Records':[@],'zz':'~\\ud800'}",
                "{'zz':'~','Records':[@],'zz':['~\\x'",
                "{'Records':[@,^+",
                "{'Records':[@,^",
                "{'Records':[@^;",
                "[@^",
                "[@,^",
                "[@,^]",
                "[@^;",
                "[@];^[@;",
                "{'Records':[@],^+",
                "{'eventSource':'aws:kafka','records':{'t-0':[],'~\\x"
            })
    void whereNoRecordBeginsTheOffsetIsThatOfTheFault(String frame) {
        for (int length : new int[] {0, 100, 70_000}) {
            String input = frame.replace("~", "x".repeat(length))
                    .replace("^", " ".repeat(length))
                    .replace("@", CHANGE);
            List<String> shown = everywhere(input);
            String last = shown.get(shown.size() - 1);
            assertThat(last).matches("SourceRecord\\[\\d, offset (\\d+), [A-Z0-9_]+, terminal] .* at offset \\1: .*");
        }
    }

    /** A large event is read in pieces, a small one as a whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'detail-type':'t','source':'s','x':'~','detail':{'Records':[@]},'zz':'^",
                "{'detail-type':'t','source':'s','detail':{'Records':[@]},'zz':'~^",
                "{'detail-type':'t','source':'s','zz':'~^','detail':{'Records':[@]}}",
                "{'eventID':'e','zz':'~^','detail-type':'t','source':'s','detail':{'Records':[@]}}",
                "{'detail-type':'t','source':'s','x':'~','detail':{'Records':[@,'^",
                "{'detail-type':'t','source':'s','detail':'~^"
            })
    void aBrokenCarrierIsWhereItBegins(String frame) {
        for (String fault : List.of("\\x", "\u0001", "\\ud800", "")) {
            if (fault.isEmpty() && frame.endsWith("}")) {
                continue; // that is whole
            }
            for (int length : new int[] {0, 60_000, 70_000}) {
                String input = " "
                        + frame.replace("~", "x".repeat(length))
                                .replace("^", fault)
                                .replace("@", CHANGE);
                List<String> shown = everywhere(input);
                assertThat(shown.get(shown.size() - 1)).contains("offset 1, ", "terminal");
            }
        }
    }

    /** Each is a broken carrier, whose fault follows the members that show what it is. */
    private static final List<String> BROKEN_CARRIERS = List.of(
            "{@'kinesis':{'sequenceNumber':'55','partitionKey':'p','data':^",
            "{@'eventSource':'aws:kinesis','kinesis':{'partitionKey':'p','sequenceNumber':'55',^",
            "{@'kinesisSchemaVersion':'1.0','sequenceNumber':'55','data':^",
            "{@'sequenceNumber':'55','partitionKey':'p','x':^",
            "{@'SequenceNumber':'55','ApproximateArrivalTimestamp':1545084650.987,'Data':^",
            "{@'PartitionKey':'p','Data':'e30=','SequenceNumber':'55',^",
            "{@'messageId':'55','receiptHandle':'r','body':^",
            "{@'body':'{}','messageId':'55','eventSource':'aws:sqs',^",
            "{@'messageId':'55','receiptHandle':'r','attributes':^",
            "{@'Sns':{'MessageId':'55','TopicArn':'a','Message':^",
            "{@'Type':'Notification','MessageId':'55','Message':^",
            "{@'topic':'t','partition':3,'offset':55,'value':^",
            "{@'recordId':'55','kinesisRecordMetadata':{'sequenceNumber':'55'},'data':^",
            "{@'detail-type':'t','source':'s','detail':^",
            "{@'requestContext':{},'payload':^",
            "{@'errorCode':'403','rawData':^");

    private static final List<String> FAULTS =
            List.of("'\t~'}", "'~\\x'}", "'~", "'~\\ud800'}", "{'dynamodb':+~}", "+~}");

    /** Neither what precedes nor what follows changes what a broken carrier shows, nor the order of its members. */
    @Test
    void aBrokenCarrierHasTheIdentifiersBeforeItsFault() {
        for (String carrier : BROKEN_CARRIERS) {
            for (String fault : FAULTS) {
                List<String> shown = new ArrayList<>();
                for (int length : new int[] {0, 60_000, 70_000}) {
                    boolean isBatch = carrier.contains("detail") || carrier.contains("payload");
                    if (isBatch && length > 0) {
                        continue; // it may be read in pieces
                    }
                    for (String first : List.of("", "'eventID':'e',", "'awsRegion':'a',")) {
                        String broken = carrier.replace("@", first).replace("^", fault);
                        String last = everywhere(broken.replace("~", "x".repeat(length)))
                                .get(0);
                        shown.add(last.replaceAll("at offset \\d+", ""));
                    }
                }
                assertThat(shown).as(carrier + fault).allMatch(shown.get(0)::equals);
                assertThat(shown.get(0)).contains("terminal").doesNotContain("BARE");
                assertThat(shown.get(0).contains(" 55 ")).isEqualTo(carrier.contains("55"));
            }
        }
    }

    /** A broken element also shows its carrier, first or after others. */
    @ParameterizedTest
    @ValueSource(strings = {"{'Records':[", "["})
    void aBrokenElementHasTheIdentifiersBeforeItsFault(String frame) {
        for (String carrier : BROKEN_CARRIERS) {
            for (String fault : FAULTS) {
                String broken = carrier.replace("@", "").replace("^", fault).replace("~", "xy");
                List<String> shown = new ArrayList<>();
                for (String before : List.of(
                        "",
                        CHANGE + ",",
                        "7,",
                        "{'kinesis':{'data':'" + GOOD + "','sequenceNumber':'1'}},",
                        "{'messageId':'m','receiptHandle':'r','body':'{}'},",
                        "{'detail-type':'t','source':'s','detail':" + CHANGE + "},")) {
                    List<SourceRecord> records = Deliveries.read(frame + before + broken);
                    SourceRecord last = records.get(records.size() - 1);
                    assertThat(last.isTerminal()).isTrue();
                    assertThat(last.offset()).isEqualTo(frame.length() + before.length());
                    shown.add(shown(last).replaceAll("\\d+, offset \\d+|at offset \\d+", "") + last.channel());
                    String shape = everywhere(frame + before + broken).get(records.size() - 1);
                    assertThat(shape).doesNotContain("Envelope[RECORDS]", "Envelope[ARRAY]");
                }
                assertThat(shown).as(carrier + fault).allMatch(shown.get(0)::equals);
                boolean identified = shown.get(0).contains(" 55 ");
                assertThat(identified).isEqualTo(carrier.contains("55"));
            }
        }
    }

    /** The message id identifies a message in the answer of a queue, also if its body breaks the batch. */
    @Test
    void theItemIdentifierOfABrokenMessageIsItsMessageId() {
        String good = "{'messageId':'m0','body':" + CHANGE + "}";
        for (String input : List.of(
                "{'Records':[" + good + ",{'messageId':'m1','body':{'dynamodb':+}}]}",
                "{'Records':[{'messageId':'m1','body':{'dynamodb':+}}]}",
                "{'messageId':'m1','receiptHandle':'h','eventSource':'aws:sqs','body':'a\tb'}",
                CHANGE + "\n" + CHANGE + "\n{'messageId':'m1','receiptHandle':'h','body':'a\n" + CHANGE)) {
            List<SourceRecord> records = Deliveries.read(input);
            SourceRecord broken = records.stream()
                    .filter(record -> record.failure() != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(broken.itemIdentifier()).isEqualTo("m1");
            assertThat(everywhere(input)).hasSize(records.size());
        }
    }

    /** A payload is an input of its own, also if it is broken. */
    @Test
    void aBrokenPayloadHasItsRecordsAndIdentifiersBeforeTheFault() {
        String inner = "{\\'kinesis\\':{\\'sequenceNumber\\':\\'55\\',\\'data\\':+}}";
        List<SourceRecord> records =
                Deliveries.read("{'Records':[{'messageId':'m','body':'" + inner + "'}," + CHANGE + "]}");
        assertThat(records).extracting(SourceRecord::sequenceNumber).containsExactly("55", null);
        assertThat(records.get(0).itemIdentifier()).isEqualTo("m");
        assertThat(records.get(0).isTerminal()).isFalse();
        String batch = "{\\'Records\\':[" + CHANGE.replace("'", "\\'") + ",+";
        String input = "{'Records':[{'messageId':'m','body':'" + batch + "'}," + CHANGE + "]}";
        assertThat(Deliveries.read(input))
                .extracting(record -> record.failure() == null, SourceRecord::itemIdentifier)
                .containsExactly(tuple(true, "m"), tuple(false, "m"), tuple(true, null));
        everywhere(input);
    }

    /** Of Lambda, of Pipes and of GetRecords. */
    @Test
    void aKinesisRecordWithoutDataIsNamed() {
        for (String data : List.of("'data':null,", "'Data':null,", "")) {
            String members = data + "'sequenceNumber':'555','partitionKey':'pk'";
            for (String input : List.of(
                    "[{'kinesisSchemaVersion':'1.0'," + members + "}]",
                    "[{'kinesis':{" + members + "}}]",
                    "{" + members + "}",
                    "{'Records':[{" + members + "}]}")) {
                List<SourceRecord> records = Deliveries.read(input);
                assertThat(records).hasSize(1);
                assertThat(records.get(0).itemIdentifier()).isEqualTo("555");
                assertThat(records.get(0).partitionKey()).isEqualTo("pk");
                assertThat(records.get(0).failure())
                        .isNotNull()
                        .hasMessageContaining("of a Kinesis record")
                        .extracting(DecodeException::reason)
                        .isEqualTo(Reason.MISSING_FIELD);
            }
        }
    }

    /** A change record carries nothing, whatever members it has and in whatever case its own are. */
    @Test
    void aBrokenChangeRecordHasItsOwnIdentifiers() {
        ChangeEventDecoder anyCase =
                ChangeEventDecoder.builder().memberAliases(true).build();
        for (String fault : List.of(",+", ",'Keys':{'k':{'N':'x'}}}}]")) {
            for (String dynamodb : List.of("dynamodb", "Dynamodb")) {
                String record = "[{'body':'b','messageId':'m','receiptHandle':'r','eventID':'e','" + dynamodb
                        + "':{'SequenceNumber':'7'" + fault;
                for (ChangeEventReader reader : List.of(
                        anyCase.read(Records.json(record)),
                        anyCase.read(Deliveries.inPieces(Records.json(record), 1, new Random(1))))) {
                    SourceRecord broken = Deliveries.records(reader).get(0);
                    assertThat(broken.failure()).isNotNull();
                    assertThat(broken.itemIdentifier()).isEqualTo("e");
                    assertThat(broken.sequenceNumber()).isEqualTo("7");
                    assertThat(broken.messageId()).isNull();
                }
            }
        }
    }
}
