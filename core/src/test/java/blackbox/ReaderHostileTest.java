package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is meant to be expensive, and sources that fail. */
class ReaderHostileTest {
    private static final String GOOD = Records.change("INSERT", "");
    private static final int LIMIT = 100_000;

    private static final ChangeEventDecoder SMALL = ChangeEventDecoder.builder()
            .limits(DecodeLimits.defaults().withMaxRecordBytes(LIMIT))
            .build();

    private static DecodeException failure(SourceRecord record) {
        return Objects.requireNonNull(record.result().failure(), "it did not fail");
    }

    private static List<String> outcomes(List<SourceRecord> records) {
        return records.stream()
                .map(record -> record.result().event() == null
                        ? failure(record).reason() + (record.isTerminal() ? "!" : "")
                        : "ok")
                .toList();
    }

    private static List<String> outcomes(ChangeEventDecoder decoder, String singleQuoted) {
        byte[] input = Records.json(singleQuoted);
        List<String> ofArray = outcomes(Deliveries.records(decoder.read(input)));
        InputStream pieces = Deliveries.inPieces(input, 5_000, new Random(input.length));
        assertThat(outcomes(Deliveries.records(decoder.read(pieces)))).isEqualTo(ofArray);
        return ofArray;
    }

    // ------------------------------------------------------------------------------------------------- memory

    @Test
    void manyEmptyEnvelopesThatBeginLikeRecordsAreNotRetained() {
        String empty = "{'awsRegion':'a','Records':[]}";
        assertThat(outcomes(Records.DECODER, empty.repeat(30_000))).containsExactly("NOT_AN_EVENT");
        assertThat(outcomes(Records.DECODER, empty.repeat(30_000) + GOOD)).containsExactly("ok");
    }

    /** A source of spaces between a beginning and an end. It records the largest read that was requested. */
    private static final class Spaces extends InputStream {
        private final byte[] first;
        private final byte[] last;
        private final long size;
        private long at;
        private int mostAskedFor;

        Spaces(String first, long spaces, String last) {
            this.first = Records.json(first);
            this.last = Records.json(last);
            size = this.first.length + spaces + this.last.length;
        }

        @Override
        public int read() {
            if (at == size) {
                return -1;
            }
            long ofLast = at + last.length - size;
            int b = at < first.length ? first[(int) at] : ofLast >= 0 ? last[(int) ofLast] : ' ';
            at++;
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            mostAskedFor = Math.max(mostAskedFor, length);
            long left = size - last.length - at;
            if (at >= first.length && left > 0) {
                int n = (int) Math.min(length, left);
                Arrays.fill(target, offset, offset + n, (byte) ' ');
                at += n;
                return n;
            }
            for (int i = 0; i < length; i++) {
                int b = read();
                if (b < 0) {
                    return i == 0 ? -1 : i;
                }
                target[offset + i] = (byte) b;
            }
            return length;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@\n@", "@", "[@", "{'Records':[@", "{'a':", "@\n{'a':[", "@\n@\n{'a':{"})
    void whiteSpaceOfAnyLengthIsNotRetained(String before) {
        String close = before.endsWith(":") ? "1}" : before.endsWith(":[") ? "]}" : before.endsWith(":{") ? "}}" : "";
        String after = before.startsWith("[") ? "]" : before.startsWith("{'R") ? "]}" : close + "\n" + GOOD;
        Spaces spaces = new Spaces(before.replace("@", GOOD), 64 << 20, after);
        List<SourceRecord> records = Deliveries.records(SMALL.read(spaces));
        assertThat(records).noneMatch(SourceRecord::isTerminal);
        assertThat(outcomes(records.subList(0, 1))).isEqualTo(List.of(before.equals("{'a':") ? "RECORD_LIMIT" : "ok"));
        // An object that may be an envelope is searched in its first 16 MiB, whatever the limit of a record.
        boolean mayBeEnvelope = before.contains("'a'");
        assertThat(spaces.mostAskedFor).isLessThan(mayBeEnvelope ? 36 << 20 : 8 * LIMIT);
    }

    @Test
    void theStateOfATumblingWindowIsBounded() {
        StringBuilder state = new StringBuilder("'0':'s'");
        for (int i = 1; i < 60; i++) {
            state.append(",'")
                    .append(i)
                    .append("':'")
                    .append("s".repeat(100_000))
                    .append("'");
        }
        ChangeEventReader reader =
                Records.DECODER.read(Records.json("{'state':{" + state + "},'Records':[" + GOOD + "]}"));
        assertThat(reader).hasSize(1);
        assertThat(reader.envelope().state()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'~'", "~"})
    void aLongTextOfAnEnvelopeIsAbsentInWhateverPiecesItArrives(String member) {
        int most = (4 << 20) - (member.equals("~") ? 0 : 1);
        for (int length : new int[] {most - 1, most, most + 1, 2 * most}) {
            byte[] input = Records.json(
                    "{'shardId':" + member.replace("~", "7".repeat(length)) + ",'Records':[" + GOOD + "]}");
            for (ChangeEventReader reader : List.of(
                    Records.DECODER.read(input),
                    Records.DECODER.read(new ByteArrayInputStream(input)),
                    Records.DECODER.read(Deliveries.inPieces(input, 100_000, new Random(length))))) {
                assertThat(reader).hasSize(1);
                String shardId = reader.envelope().shardId();
                assertThat(shardId == null ? -1 : shardId.length()).isEqualTo(length <= most ? length : -1);
            }
        }
    }

    @Test
    void aLongIdentifierOfACarrierIsAbsent() {
        for (int length : new int[] {(4 << 20) - 1, 4 << 20}) {
            byte[] input = Records.json(
                    "{'Records':[{'body':'{}','receiptHandle':'r','messageId':'" + "7".repeat(length) + "'}]}");
            for (ChangeEventReader reader :
                    List.of(Records.DECODER.read(input), Records.DECODER.read(new ByteArrayInputStream(input)))) {
                String messageId = Deliveries.records(reader).get(0).messageId();
                assertThat(messageId == null).isEqualTo(length == 4 << 20);
            }
        }
    }

    // -------------------------------------------------------------------------------------- what bad records cost

    @Test
    void aLineBrokenAtDepthCostsOnlyThatLine() {
        String lines = GOOD + "\n" + GOOD + "\n{'x':" + "[".repeat(300) + "\n" + GOOD + "\n" + GOOD + "\n";
        assertThat(outcomes(Records.DECODER, lines)).containsExactly("ok", "ok", "DEPTH_LIMIT", "ok", "ok");
    }

    @Test
    void aLineNestedTooDeepCostsOnlyItsRecord() {
        String deep = "{'x':" + "[".repeat(300) + "]".repeat(300) + "}";
        assertThat(outcomes(Records.DECODER, GOOD + "\n" + GOOD + "\n" + deep + GOOD + deep + "\n" + GOOD))
                .containsExactly("ok", "ok", "DEPTH_LIMIT", "ok", "DEPTH_LIMIT", "ok");
    }

    @Test
    void aLineNestedTooDeepHasItsIdentifiers() {
        String deep = "{'x':" + "[".repeat(300) + "]".repeat(300) + ",";
        String change = deep + "'dynamodb':{'SequenceNumber':'42'}}";
        String message = deep + "'messageId':'m','receiptHandle':'r','body':'{}'}";
        for (String before : List.of("", GOOD + "\n", GOOD + "\n" + GOOD + "\n")) {
            assertThat(lastLine(before + change).sequenceNumber()).isEqualTo("42");
            assertThat(lastLine(before + message).itemIdentifier()).isEqualTo("m");
        }
    }

    private static SourceRecord lastLine(String lines) {
        List<SourceRecord> records = Deliveries.read(lines + "\n");
        SourceRecord last = records.get(records.size() - 1);
        assertThat(failure(last).reason()).isEqualTo(Reason.DEPTH_LIMIT);
        assertThat(last.isTerminal()).isFalse();
        return last;
    }

    @Test
    void aBrokenAndOverlongLineCostsOnlyThatLine() {
        for (String broken : List.of("{'x':'" + "x".repeat(2 * LIMIT), "{'x':[" + "1,".repeat(LIMIT))) {
            assertThat(outcomes(SMALL, GOOD + "\n" + GOOD + "\n" + broken + "\n" + GOOD + "\n" + GOOD))
                    .containsExactly("ok", "ok", "RECORD_LIMIT", "ok", "ok");
        }
    }

    @Test
    void aBrokenLineDoesNotGetTheSequenceNumberOfAnother() {
        String lines = GOOD + "\n" + GOOD + "\n{'x':1,\n'dynamodb':{'SequenceNumber':'7'},'y'}\n";
        List<SourceRecord> records = Deliveries.read(lines);
        assertThat(records.get(2).result().failure()).isNotNull();
        assertThat(records.get(2).sequenceNumber()).isNull();
        String own = GOOD + "\n" + GOOD + "\n{'dynamodb':{'SequenceNumber':'7'},'x'}\n";
        assertThat(Deliveries.read(own).get(2).sequenceNumber()).isEqualTo("7");
    }

    @Test
    void aRecordOverTheLimitStillHasItsIdentifier() {
        String text = "x".repeat(3 * LIMIT);
        String change = Records.change("INSERT", "'NewImage':{'t':{'S':'" + text + "'}},'SequenceNumber':'41'");
        String deep = "{'dynamodb':{'x':" + "[".repeat(300) + "]".repeat(300) + ",'SequenceNumber':'42'}}";
        String kinesis = "{'kinesis':{'data':'" + text + "','sequenceNumber':'43','partitionKey':'p',"
                + "'approximateArrivalTimestamp':1.5},'eventSource':'aws:kinesis'}";
        String firehose = "{'data':'" + text + "','recordId':'r','kinesisRecordMetadata':{'sequenceNumber':'44'}}";
        for (String first : List.of("", GOOD + ",")) {
            for (boolean inPieces : new boolean[] {true, false}) {
                SourceRecord record = last("{'Records':[" + first + change + "]}", inPieces);
                assertThat(failure(record).reason()).isEqualTo(Reason.RECORD_LIMIT);
                assertThat(record.itemIdentifier()).isEqualTo("41");
                assertThat(record.channel()).isEqualTo(Channel.UNKNOWN);

                record = last("{'Records':[" + first + deep + "]}", inPieces);
                assertThat(failure(record).reason()).isEqualTo(Reason.DEPTH_LIMIT);
                assertThat(record.itemIdentifier()).isEqualTo("42");

                record = last("{'Records':[" + first + kinesis + "]}", inPieces);
                assertThat(failure(record).reason()).isEqualTo(Reason.RECORD_LIMIT);
                assertThat(failure(record).offset()).isEqualTo(LIMIT);
                assertThat(record.itemIdentifier()).isEqualTo("43");
                assertThat(record.partitionKey()).isEqualTo("p");
                assertThat(record.arrivalTime()).isNotNull();
                assertThat(record.channel()).isEqualTo(Channel.KINESIS);

                record = last("{'invocationId':'i','records':[{'data':'e30='}," + firehose + "]}", inPieces);
                assertThat(failure(record).reason()).isEqualTo(Reason.RECORD_LIMIT);
                assertThat(record.recordId()).isEqualTo("r");
                assertThat(record.sequenceNumber()).isEqualTo("44");
            }
        }
    }

    @Test
    void aMemberOfARecordOverTheLimitIsNotTakenForACarriersIdentifier() {
        String text = "'x':'" + "x".repeat(3 * LIMIT) + "'";
        String ofDynamodb = "'dynamodb':{'Keys':{'k':{'S':'a'}}}";
        for (boolean inPieces : new boolean[] {true, false}) {
            String record = "{'sequenceNumber':'7'," + text + "," + ofDynamodb + "}";
            assertThat(last("{'Records':[" + GOOD + "," + record + "]}", inPieces)
                            .itemIdentifier())
                    .isNull();
            record = "{'sequenceNumber':'7'," + text + ",'dynamodb':{'SequenceNumber':'8'},'sequenceNumber':'9'}";
            assertThat(last("{'Records':[" + GOOD + "," + record + "]}", inPieces)
                            .itemIdentifier())
                    .isEqualTo("8");
        }
    }

    @Test
    void aRecordOverTheLimitThatIsNotJsonHasTheSameIdentifiersFromEverySource() {
        String text = "'x':'" + "x".repeat(3 * LIMIT) + "'";
        assertThat(identifierOfBroken("{'sequenceNumber':'7'," + text + ",!")).isNull();
        assertThat(identifierOfBroken("{'sequenceNumber':'7','dynamodb':{'SequenceNumber':'8'}," + text + ",!"))
                .isEqualTo("8");
    }

    /** Such a record is refused; its first members name it to the sender, however large it is. */
    @Test
    void ofRepeatedMembersOfARefusedRecordTheFirstIdentifiesIt() {
        for (String text : List.of("'x':'y'", "'x':'" + "x".repeat(3 * LIMIT) + "'")) {
            for (String end : List.of(",!", "}")) {
                assertThat(identifier("{'dynamodb':{'SequenceNumber':'1'}," + text
                                + ",'dynamodb':{'SequenceNumber':'2'}" + end))
                        .isEqualTo("1");
                assertThat(identifier("{'dynamodb':{'SequenceNumber':'1','SequenceNumber':'2'}," + text + end))
                        .isEqualTo("1");
                assertThat(identifier("{'dynamodb':{'SequenceNumber':1}," + text + end))
                        .isNull();
                assertThat(identifier("{'dynamodb':null," + text + ",'dynamodb':{'SequenceNumber':'2'}" + end))
                        .isNull();
                assertThat(identifier("[{'eventID':'a','dynamodb':{}," + text + ",'eventID':'b'" + end))
                        .isEqualTo("a");
                assertThat(identifier("{'Records':[{'eventID':'a','dynamodb':{}," + text + end))
                        .isNull();
            }
        }
    }

    private static @Nullable String identifier(String singleQuoted) {
        byte[] input = Records.json(singleQuoted);
        SourceRecord ofArray = Deliveries.records(SMALL.read(input)).get(0);
        assertThat(ofArray.result().failure()).isNotNull();
        for (int most : new int[] {1, 16, 9_000}) {
            SourceRecord ofPieces = Deliveries.records(SMALL.read(Deliveries.inPieces(input, most, new Random(most))))
                    .get(0);
            assertThat(ofPieces.itemIdentifier()).isEqualTo(ofArray.itemIdentifier());
            assertThat(ofPieces.sequenceNumber()).isEqualTo(ofArray.sequenceNumber());
        }
        return ofArray.itemIdentifier();
    }

    private static @Nullable String identifierOfBroken(String singleQuoted) {
        byte[] input = Records.json(singleQuoted);
        SourceRecord ofArray = Deliveries.records(SMALL.read(input)).get(0);
        SourceRecord ofPieces = Deliveries.records(SMALL.read(Deliveries.inPieces(input, 9_000, new Random(1))))
                .get(0);
        assertThat(ofArray.isTerminal()).isTrue();
        assertThat(ofPieces.isTerminal()).isTrue();
        assertThat(ofPieces.itemIdentifier()).isEqualTo(ofArray.itemIdentifier());
        return ofArray.itemIdentifier();
    }

    private static SourceRecord last(String singleQuoted, boolean inPieces) {
        byte[] input = Records.json(singleQuoted);
        List<SourceRecord> records = Deliveries.records(
                inPieces ? SMALL.read(Deliveries.inPieces(input, 9_000, new Random(1))) : SMALL.read(input));
        SourceRecord last = records.get(records.size() - 1);
        assertThat(last.isTerminal()).isFalse();
        return last;
    }

    @Test
    void theSourceOfAnElementOverTheLimitShowsWhatItCarries() {
        String kinesis = "{'eventSource':'aws:kinesis','eventID':'shard:1','data':'" + "x".repeat(30 << 20) + "'}";
        SourceRecord record = last("{'Records':[" + GOOD + "," + kinesis + "]}", false);
        assertThat(failure(record).reason()).isEqualTo(Reason.RECORD_LIMIT);
        assertThat(record.channel()).isEqualTo(Channel.KINESIS);
    }

    @Test
    void metadataOfAnotherRecordInAnElementIsNotThatOfItsOwnRecord() {
        String carried = "{'kinesis':{'data':'e30=','sequenceNumber':'1'}}";
        String change = "{'kinesis':{'sequenceNumber':'2','partitionKey':'p'},'dynamodb':{'SequenceNumber':'3'}}";
        SourceRecord record = last("{'Records':[" + carried + "," + change + "]}", false);
        assertThat(record.itemIdentifier()).isEqualTo("3");
        assertThat(record.partitionKey()).isNull();
    }

    @Test
    void aLineOverTheLimitHasItsIdentifiersAsFarAsItIsJson() {
        String text = "'x':'" + "x".repeat(2 * LIMIT) + "'";
        String number = "'dynamodb':{'SequenceNumber':'7'}";
        for (String end : List.of("}", ",!", "} x", "},", "")) {
            assertThat(numbersOfSecondLine("{" + number + "," + text + end)).containsOnly("7");
            assertThat(numbersOfSecondLine("{" + text + "," + number + end)).containsOnly("7");
            assertThat(numbersOfSecondLine("{'y':!," + text + "," + number + end))
                    .containsOnlyNulls();
        }
        assertThat(numbersOfSecondLine(
                        "{'dynamodb':{'NewImage':{" + text.replace(":", ":{'S':") + "}}," + "'SequenceNumber':'7'}}"))
                .containsOnly("7");
    }

    /** As in a line within the limit, because the input may be cut there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "'", "',!}", "'} x", "'}", "'}\n", "',!\n"})
    void aLastLineOverTheLimitIsTerminalIfItIsBrokenAndHasNoLineBreak(String end) {
        boolean isTerminal = !end.equals("'}") && !end.endsWith("\n");
        byte[] input = Records.json(GOOD + "\n{'x':'" + "x".repeat(LIMIT) + end);
        for (int most : new int[] {0, 1, 16, 9_000, 100_000}) {
            List<SourceRecord> records = Deliveries.records(
                    most == 0 ? SMALL.read(input) : SMALL.read(Deliveries.inPieces(input, most, new Random(most))));
            assertThat(outcomes(records)).isEqualTo(List.of("ok", isTerminal ? "RECORD_LIMIT!" : "RECORD_LIMIT"));
        }
    }

    private static List<@Nullable String> numbersOfSecondLine(String line) {
        byte[] input = Records.json(GOOD + "\n" + line + "\n" + GOOD);
        List<@Nullable String> numbers = new ArrayList<>();
        for (int most : new int[] {0, 1, 16, 9_000, 100_000}) {
            List<SourceRecord> records = Deliveries.records(
                    most == 0 ? SMALL.read(input) : SMALL.read(Deliveries.inPieces(input, most, new Random(most))));
            assertThat(outcomes(records)).isEqualTo(List.of("ok", "RECORD_LIMIT", "ok"));
            numbers.add(records.get(1).sequenceNumber());
        }
        return numbers;
    }

    @Test
    void theKindOfALongValueDoesNotDependOnThePiecesOfTheStream() {
        String records = "'Records':[" + (GOOD + ",").repeat(900) + GOOD + "]";
        for (String input : List.of(
                "{'eventID':'e'," + records + ",'dynamodb':{'Keys':{}}}",
                "{'eventID':'e'," + records + ",'dynamodb':5}",
                "{'x':'" + "x".repeat(70_000) + "','Keys':{}," + records + ",'dynamodb':{'Keys':{}}}",
                "{'x':'" + "x".repeat(150_000) + "'," + records + ",'dynamodb':{'Keys':{}}}")) {
            assertThat(outcomes(Records.DECODER, input)).isNotEmpty();
        }
    }

    @Test
    void aMemberDynamodbAfterTheLookAheadIsReportedInEveryCaseThatIsAccepted() {
        ChangeEventDecoder anyCase =
                ChangeEventDecoder.builder().memberAliases(true).build();
        String records = "'Records':[" + (GOOD + ",").repeat(2_000) + GOOD + "]";
        for (String name : List.of("dynamodb", "Dynamodb")) {
            assertThat(outcomes(anyCase, "{" + records + ",'" + name + "':{'Keys':{}}}"))
                    .hasSize(2_002)
                    .endsWith("NOT_AN_EVENT");
        }
        assertThat(outcomes(Records.DECODER, "{" + records + ",'Dynamodb':{'Keys':{}}}"))
                .hasSize(2_001);
    }

    // ------------------------------------------------------------------------------------------------- sources

    private static InputStream thenFails(byte[] bytes, Exception failure) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                if (failure instanceof IOException checked) {
                    throw checked;
                }
                throw (RuntimeException) failure;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"@,{'eventName'", "@", "@,{'kinesis':{'data':'", "@,", "@ ,{'x':["})
    void aFailedSourceGivesItsFailureOnly(String elements) {
        IOException checked = new IOException("the source's");
        RuntimeException unchecked = new IllegalArgumentException("the client's");
        int lookAhead = 1 + (1 << 16) / GOOD.length();
        for (int before : new int[] {0, lookAhead}) { // the reader looks ahead into an envelope before it reads it
            String opening = before == 0 ? "[" : "{'Records':[";
            byte[] input = Records.json(opening + (GOOD + ",").repeat(before) + elements.replace("@", GOOD));
            for (Exception failure : List.of(checked, unchecked)) {
                Iterator<SourceRecord> records = Records.DECODER
                        .newSession()
                        .read(thenFails(input, failure))
                        .records()
                        .iterator();
                ChangeEvent window = records.next().result().orElseThrow();
                for (int i = 0; i < before; i++) {
                    assertThat(records.next().result().event()).isSameAs(window);
                }
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(i % 2 == 0 ? records::next : records::hasNext)
                            .satisfies(e -> assertThat(e instanceof UncheckedIOException ? e.getCause() : e)
                                    .isSameAs(failure));
                }
                assertThat(shown(window)).isIn("the last record", "no record");
            }
        }
    }

    private static String shown(ChangeEvent window) {
        try {
            return window.keys().require("pk").asString().equals("a") ? "the last record" : "another";
        } catch (IllegalStateException e) {
            return "no record";
        }
    }

    @Test
    void aSourceWhoseAvailableThrowsIsRead() {
        InputStream in = new ByteArrayInputStream(Records.json(GOOD + GOOD)) {
            @Override
            public synchronized int available() {
                throw new IllegalStateException();
            }
        };
        assertThat(Records.DECODER.read(in)).hasSize(2);
    }

    @Test
    void theSourceIsClosedOnceAndItsErrorIsThrown() {
        int[] closed = new int[1];
        IOException error = new IOException();
        ChangeEventReader reader = Records.DECODER.read(new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() throws IOException {
                closed[0]++;
                throw error;
            }
        });
        assertThatThrownBy(reader::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasCause(error);
        reader.close();
        assertThat(closed[0]).isEqualTo(1);
    }

    /** A source that returns nothing after its last piece. */
    private static InputStream live(String... pieces) {
        return new InputStream() {
            private int at;

            @Override
            public int read(byte[] target, int offset, int length) {
                assertThat(at).as("what is there is a record").isLessThan(pieces.length);
                byte[] piece = Records.json(pieces[at++]);
                System.arraycopy(piece, 0, target, offset, piece.length);
                return piece.length;
            }

            @Override
            public int read() {
                throw new AssertionError();
            }
        };
    }

    @Test
    void aRecordIsReturnedAsSoonAsItHasArrivedInPiecesOfAnySize() {
        String unusual = "{'\\u0078':'}]\\'[','y':[1,{}]," + GOOD.substring(1);
        for (String first : List.of("", GOOD, GOOD + "\n", "[")) {
            String end = first.endsWith("\n") ? "\n" : "";
            for (String record : List.of(GOOD, unusual)) {
                for (int cut = 1; cut < record.length(); cut++) {
                    String[] pieces = {first + record.substring(0, cut), record.substring(cut) + end};
                    Iterator<SourceRecord> records =
                            Records.DECODER.read(live(pieces)).records().iterator();
                    for (int i = 0; i < (first.startsWith("{") ? 2 : 1); i++) {
                        assertThat(records.next().result().failure()).isNull();
                    }
                }
            }
        }
    }
}
