package blackbox;

import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.AllocatedBytes;
import fixtures.EventAccessors;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session learned from records changes neither the verdict on another record nor its values. */
class LearnedRecordsTest {
    private static final String IMAGES = "'NewImage':{'pk':{'S':'a'},'name':{'S':'a text of some length'},"
            + "'count':{'N':'12'},'price':{'N':'-12.50'},'open':{'BOOL':true},'shut':{'BOOL':false},"
            + "'none':{'NULL':true},'map':{'M':{'x':{'N':'1'},'y':{'BOOL':true}}},'z':{'S':'end'}},"
            + "'OldImage':{'pk':{'S':'a'},'count':{'N':'11'},'z':{'S':'end'}},"
            + "'ApproximateCreationDateTime':1719039879869,'SizeBytes':100";

    private static List<byte[]> records() {
        return List.of(
                json(kinesis("MODIFY", IMAGES)),
                json(stream("MODIFY", IMAGES + ",'SequenceNumber':'123','StreamViewType':'NEW_AND_OLD_IMAGES'")));
    }

    private static Stream<byte[]> eachRecord() {
        return records().stream();
    }

    private static void assertSameAsUnlearned(DecodeSession session, byte[] record) {
        DecodeResult expected = ChangeEventDecoder.create().tryDecode(record);
        DecodeResult actual = session.tryDecode(record);
        DecodeException failure = expected.failure();
        if (failure != null) {
            assertThat(Objects.requireNonNull(actual.failure(), () -> new String(record, UTF_8)))
                    .as(() -> new String(record, UTF_8))
                    .hasMessage(failure.getMessage());
            return;
        }
        ChangeEvent event = Objects.requireNonNull(expected.event());
        ChangeEvent same = Objects.requireNonNull(actual.event(), () -> new String(record, UTF_8));
        assertThat(values(same)).as(() -> new String(record, UTF_8)).isEqualTo(values(event));
    }

    private static List<@Nullable Object> values(ChangeEvent event) {
        return Arrays.asList(
                EventAccessors.of(event),
                List.copyOf(event.keys().toMap().entrySet()),
                entries(event.newImage()),
                entries(event.oldImage()));
    }

    /** Returns the attributes in their order. */
    private static @Nullable Object entries(@Nullable Item image) {
        return image == null ? null : List.copyOf(image.toMap().entrySet());
    }

    private static DecodeSession taught(byte[] record) {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        for (int i = 0; i < 3; i++) {
            session.decode(record);
        }
        return session;
    }

    private static byte[] replaced(byte[] record, int from, int to, String with) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(record, 0, from);
        bytes.writeBytes(with.getBytes(UTF_8));
        bytes.write(record, to, record.length - to);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("eachRecord")
    void aRecordWithOneByteChangedIsReadAsIfNothingWereLearned(byte[] record) {
        DecodeSession session = taught(record);
        for (int p = 0; p <= record.length; p++) {
            for (String with : new String[] {"", " ", "\n", "\"", "{", "}", ",", ":", "x", "0", ".", "\\", "\u00e9"}) {
                session.decode(record);
                assertSameAsUnlearned(session, replaced(record, p, p, with));
                if (p < record.length) {
                    session.decode(record);
                    assertSameAsUnlearned(session, replaced(record, p, p + 1, with));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("eachRecord")
    void aTruncatedRecordIsReadAsIfNothingWereLearned(byte[] record) {
        DecodeSession session = taught(record);
        for (int length = 0; length < record.length; length++) {
            session.decode(record);
            assertSameAsUnlearned(session, replaced(record, length, record.length, ""));
        }
    }

    /** Members are joined in every order, so that what was learned around one is offered after another. */
    @Test
    void membersInAnotherOrderAndTwiceAreReadAsIfNothingWereLearned() {
        List<String> top = List.of(
                "'eventID':'1'",
                "'eventName':'INSERT'",
                "'tableName':'t'",
                "'userIdentity':null",
                "'userIdentity':{'type':'Service','principalId':'dynamodb.amazonaws.com'}",
                "'dynamodb':{'Keys':{'a':{'S':'x'}},'NewImage':{'a':{'S':'x'}},'SizeBytes':7}",
                "'dynamodb':{'SizeBytes':7,'OldImage':{'a':{'S':'x'}},'StreamViewType':'X','Keys':{'a':{'S':'x'}}}",
                "'dynamodb':null",
                "'Keys':{'a':{'S':'x'}}",
                "'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}}",
                "'Item':{'a':{'S':'x'}}",
                "'requestId':'r'",
                "'other':{'a':[1,2]}",
                "'eventVersion':1.1");
        List<byte[]> records = new ArrayList<>();
        for (String one : top) {
            for (String two : top) {
                for (String three : top) {
                    records.add(json("{" + one + "," + two + "," + three + "}"));
                }
            }
        }
        DecodeSession session = ChangeEventDecoder.create().newSession();
        for (int step : new int[] {1, 101, 7, 1009}) { // 2,744 records: each step visits all, in another order
            for (int i = 0; i < records.size(); i++) {
                assertSameAsUnlearned(session, records.get((int) ((long) i * step % records.size())));
            }
        }
    }

    @Test
    void valuesThatDifferBetweenRecordsAreReadInEach() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        for (int i = 0; i < 400; i++) {
            String name = List.of("INSERT", "MODIFY", "REMOVE", "OTHER").get(i % 4);
            String record = kinesis(name, i % 3 == 0 ? IMAGES : "'SizeBytes':" + i)
                    .replace("'orders'", "'table-" + i % 40 + "'")
                    .replace("'e-1'", "'e-" + i + "'")
                    .replace("eu-west-1", "region-" + i % 7);
            byte[] bytes = json(i % 5 == 0 ? record.replace("'tableName':", "'extra':" + i + ",'tableName':") : record);
            assertSameAsUnlearned(session, bytes);
            assertThat(Objects.requireNonNull(session.decode(bytes)).tableName())
                    .isEqualTo("table-" + i % 40);
        }
    }

    @Test
    void theUnitAndTheEventNameInLearnedBytesAreTheirOwn() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        for (int i = 0; i < 400; i++) {
            String unit = List.of("MILLISECOND", "MICROSECOND", "NANOSECOND", "SECOND", "FORTNIGHT", "micros")
                    .get(i % 6);
            String time = List.of("1719039879", "1719039879869", "1719039879869591", "1719039879869591123")
                    .get(i % 4);
            byte[] record = json(kinesis(
                    List.of("INSERT", "MODIFY", "REMOVE").get(i % 3),
                    "'ApproximateCreationDateTime':" + time + ",'SizeBytes':" + i
                            + ",'ApproximateCreationDateTimePrecision':'" + unit + "'"));
            assertSameAsUnlearned(session, record);
            assertThat(values(decoder.decode(record)))
                    .isEqualTo(values(ChangeEventDecoder.create().decode(record)));
        }
    }

    @Test
    void aNameTwiceIsTheFirstFaultAlsoWhereItsTextIsFaultyToo() {
        String image = "{'dynamodb':{'Keys':{},'NewImage':{%s}}}";
        String padding = " ".repeat(64);
        for (String text : List.of("\\x", "\u0001", "\\uD800", "\u00e9\\", "plain text that does not end" + padding)) {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            session.decode(json(image.formatted("'c':{'N':'1'},'b':{'S':''},'a':{'S':''}")));
            session.decode(json(image.formatted("'a':{'S':''},'b':{'S':''},'c':{'N':'1'}")));
            session.decode(json(image.formatted("'b':{'S':''},'a':{'S':''}")));
            assertSameAsUnlearned(
                    session, json(image.formatted("'a':{'S':''},'b':{'S':''},'a':{'S':'" + text) + padding));
        }
    }

    @Test
    void aSessionThatCannotLearnWhatDiffersAllocatesLittle() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            records.add(json(kinesis("MODIFY", IMAGES).replace("'tableName':", "'sequence':" + i + ",'tableName':")));
        }
        assertThat(AllocatedBytes.ofQuietestRound(() -> records.forEach(session::decode)) / records.size())
                .isLessThan(100);
    }
}
