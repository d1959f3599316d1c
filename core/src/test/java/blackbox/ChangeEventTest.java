package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.base64;
import static fixtures.Records.base64Twice;
import static fixtures.Records.change;
import static fixtures.Records.decode;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.ofType;
import static fixtures.Records.oldImage;
import static fixtures.Records.stream;
import static fixtures.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.UserIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEventTest {
    private static final String STREAM_MEMBERS = "'ApproximateCreationDateTime':1428537600,'SequenceNumber':'111',"
            + "'SizeBytes':26,'StreamViewType':'NEW_AND_OLD_IMAGES'";

    // ----------------------------------------------------------------------------------------------- envelope

    @Test
    void aKinesisRecordHasItsEnvelope() {
        ChangeEvent event = decode(kinesis("INSERT", "'SizeBytes':3,'NewImage':{'pk':{'S':'a'}}"));
        assertThat(event.eventName()).isEqualTo(EventName.INSERT);
        assertThat(event.eventNameText()).isEqualTo("INSERT");
        assertThat(event.eventId()).isEqualTo("e-1");
        assertThat(event.eventSource()).isEqualTo("aws:dynamodb");
        assertThat(event.awsRegion()).isEqualTo("eu-west-1");
        assertThat(event.tableName()).isEqualTo("orders");
        assertThat(event.recordFormat()).isEqualTo("application/json");
        assertThat(event.sizeBytes()).isEqualTo(3);
        assertThat(event.channel()).isEqualTo(Channel.KINESIS);
        assertThat(event.eventVersion()).isNull();
        assertThat(event.eventSourceArn()).isNull();
        assertThat(event.sequenceNumber()).isNull();
        assertThat(event.streamViewType()).isNull();
        assertThat(event.userIdentity()).isNull();
        assertThat(event.oldImage()).isNull();
        assertThat(event.keys().require("pk").asString()).isEqualTo("a");
    }

    @Test
    void aStreamRecordHasItsEnvelope() {
        ChangeEvent event = decode(stream("MODIFY", STREAM_MEMBERS));
        assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
        assertThat(event.eventVersion()).isEqualTo("1.1");
        assertThat(event.sequenceNumber()).isEqualTo("111");
        assertThat(event.sizeBytes()).isEqualTo(26);
        assertThat(event.streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(event.channel()).isEqualTo(Channel.STREAMS);
        assertThat(event.tableName()).isNull();
        assertThat(event.recordFormat()).isNull();
    }

    @Test
    void aRecordMayHaveOnlyKeys() {
        ChangeEvent event = decode("{'dynamodb':{'Keys':{}}}");
        assertThat(event.eventName()).isEqualTo(EventName.UNKNOWN);
        assertThat(event.eventNameText()).isNull();
        assertThat(event.keys()).isEmpty();
        assertThat(event.channel()).isEqualTo(Channel.UNKNOWN);
        assertThat(event.approximateCreationDateTime()).isNull();
        assertThat(event.sizeBytes()).isNull();
        assertThat(event.binaryEncoding()).isNull();
    }

    @Test
    void orderOfMembersMeansNothing() {
        ChangeEvent event = decode("{'dynamodb':{'SizeBytes':1,'OldImage':{'o':{'S':''}},'NewImage':{'n':{'S':''}},"
                + "'Keys':{'k':{'S':''}}},'eventVersion':'1.1','eventName':'MODIFY'}");
        assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
        assertThat(event.channel()).isEqualTo(Channel.STREAMS);
        assertThat(event.keys().contains("k")).isTrue();
        assertThat(newImage(event).contains("n")).isTrue();
        assertThat(oldImage(event).contains("o")).isTrue();
    }

    @Test
    void nullEqualsAbsentForEveryOptionalMember() {
        ChangeEvent event = decode("{'eventID':null,'eventName':null,'eventSource':null,'eventVersion':null,"
                + "'eventSourceARN':null,'awsRegion':null,'tableName':null,'recordFormat':null,'userIdentity':null,"
                + "'dynamodb':{'ApproximateCreationDateTime':null,'ApproximateCreationDateTimePrecision':null,"
                + "'Keys':{},'NewImage':null,'OldImage':null,'SequenceNumber':null,'SizeBytes':null,"
                + "'StreamViewType':null}}");
        assertThat(event.eventId()).isNull();
        assertThat(event.eventName()).isEqualTo(EventName.UNKNOWN);
        assertThat(event.eventNameText()).isNull();
        assertThat(event.eventSource()).isNull();
        assertThat(event.eventVersion()).isNull();
        assertThat(event.eventSourceArn()).isNull();
        assertThat(event.awsRegion()).isNull();
        assertThat(event.tableName()).isNull();
        assertThat(event.recordFormat()).isNull();
        assertThat(event.userIdentity()).isNull();
        assertThat(event.approximateCreationDateTime()).isNull();
        assertThat(event.newImage()).isNull();
        assertThat(event.oldImage()).isNull();
        assertThat(event.sequenceNumber()).isNull();
        assertThat(event.sizeBytes()).isNull();
        assertThat(event.streamViewType()).isNull();
        assertThat(event.channel()).isEqualTo(Channel.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'12'", "1.0", "1e2", "9223372036854775808", "true", "{}", "[1]", "null"})
    void aSizeBytesThatDoesNotFitALongIsAbsent(String value) {
        assertThat(decode("{'dynamodb':{'Keys':{},'SizeBytes':" + value + "}}").sizeBytes())
                .isNull();
    }

    @Test
    void anImageWithoutAttributesIsAbsent() {
        for (String absent : List.of("", "'NewImage':null,", "'NewImage':{},", "'NewImage': { } ,")) {
            for (String name : List.of("INSERT", "MODIFY", "REMOVE")) {
                ChangeEvent both = decode(change(name, absent + "'OldImage':{'a':{'S':'x'}}"));
                assertThat(both.newImage()).isNull();
                assertThat(both.diff() == null).isEqualTo(!name.equals("REMOVE"));
                String old = absent.replace("NewImage", "OldImage");
                assertThat(decode(change(name, old + "'NewImage':{'a':{'S':'x'}}"))
                                .oldImage())
                        .isNull();
            }
        }
    }

    @Test
    void aRemoveWithAnEmptyNewImageRemovesAllAttributes() {
        ItemDiff diff = decode(change("REMOVE", "'NewImage':{},'OldImage':{'a':{'S':'x'},'b':{'N':'1'}}"))
                .diff();
        assertThat(Objects.requireNonNull(diff).removed()).containsOnlyKeys("a", "b");
        assertThat(diff.size()).isEqualTo(2);
    }

    @Test
    void anInsertWithAnEmptyOldImageAddsAllAttributes() {
        ItemDiff diff = decode(change("INSERT", "'OldImage':{},'NewImage':{'a':{'S':'x'}}"))
                .diff();
        assertThat(Objects.requireNonNull(diff).added()).containsOnlyKeys("a");
    }

    @Test
    void aModifyWithAnEmptyImageHasNoDifference() {
        assertThat(decode(change("MODIFY", "'OldImage':{},'NewImage':{'a':{'S':'x'}}"))
                        .diff())
                .isNull();
        assertThat(decode(change("MODIFY", "'OldImage':{},'NewImage':{}")).diff())
                .isNull();
    }

    @Test
    void keysWithoutAttributesAreAccepted() {
        assertThat(decode("{'dynamodb':{'Keys':{}}}").keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT, INSERT",
        "MODIFY, MODIFY",
        "REMOVE, REMOVE",
        "insert, UNKNOWN",
        "EXPIRE, UNKNOWN",
        "'', UNKNOWN",
        "\\u0049NSERT, INSERT",
    })
    void anUnknownEventNameKeepsItsText(String text, EventName name) {
        ChangeEvent event = decode(change(text, ""));
        assertThat(event.eventName()).isEqualTo(name);
        assertThat(event.eventNameText()).isEqualTo(text.replace("\\u0049", "I"));
    }

    @ParameterizedTest
    @CsvSource({
        "'''eventVersion'':''1.1''', STREAMS",
        "'''eventVersion'':1.1', STREAMS",
        "'''eventSourceARN'':''arn''', STREAMS",
        "'''tableName'':''t''', KINESIS",
        "'''recordFormat'':''application/json''', KINESIS",
        "'''tableName'':''t'',''eventVersion'':''1.1''', STREAMS",
        "'''tableName'':null', UNKNOWN",
        "'''awsRegion'':''eu-west-1''', UNKNOWN",
    })
    void theChannelIsDeterminedByTheRecordItself(String members, Channel channel) {
        assertThat(decode("{'dynamodb':{'Keys':{}}," + members + "}").channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'SequenceNumber':'1'", "'StreamViewType':'KEYS_ONLY'"})
    void membersThatOnlyAStreamWritesDetermineItsChannel(String member) {
        assertThat(decode(kinesis("INSERT", member)).channel()).isEqualTo(Channel.STREAMS);
    }

    @Test
    void streamViewTypeIsUnknownForOtherTexts() {
        for (StreamViewType type : StreamViewType.values()) {
            assertThat(decode(change("MODIFY", "'StreamViewType':'" + type + "'"))
                            .streamViewType())
                    .isEqualTo(type);
        }
        assertThat(decode(change("MODIFY", "'StreamViewType':'keys_only'")).streamViewType())
                .isEqualTo(StreamViewType.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:dynamodb:us-east-1:1:table/orders/stream/2024-01-01T00:00:00.000, orders",
        "arn:aws-cn:dynamodb:cn-north-1:1:table/orders/stream/x, orders",
        "arn:aws:dynamodb:us-east-1:1:table/orders, orders",
        "arn:aws:dynamodb:us-east-1:1:table/, -",
        "arn:aws:kinesis:us-east-1:1:stream/orders, -",
        "'', -",
    })
    void tableNameIsAlsoInTheArn(String arn, String table) {
        assertThat(Objects.requireNonNullElse(
                        decode("{'eventSourceARN':'" + arn + "','dynamodb':{'Keys':{}}}")
                                .tableName(),
                        "-"))
                .isEqualTo(table);
    }

    @Test
    void tableNameTakesPrecedenceOverTheArn() {
        assertThat(decode("{'eventSourceARN':'arn:aws:dynamodb:r:1:table/a/stream/x',"
                                + "'tableName':'b','dynamodb':{'Keys':{}}}")
                        .tableName())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-7, -7",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775808, -",
        "1.0, -",
        "1E2, -",
        "1e40, -",
        "99999999999999999999999, -",
        "-0, 0",
    })
    void sizeBytesThatDoesNotFitALongIsAbsent(String number, String size) {
        assertThat(Objects.requireNonNullElse(
                        decode(change("MODIFY", "'SizeBytes':" + number)).sizeBytes(), "-"))
                .hasToString(size);
    }

    // ------------------------------------------------------------------------------------------ time to live

    @ParameterizedTest
    @CsvSource({
        "REMOVE, type, Service, principalId, dynamodb.amazonaws.com, true",
        "REMOVE, Type, Service, PrincipalId, dynamodb.amazonaws.com, true",
        "REMOVE, type, Service, PrincipalId, dynamodb.amazonaws.com, true",
        "MODIFY, type, Service, principalId, dynamodb.amazonaws.com, false",
        "EXPIRE, type, Service, principalId, dynamodb.amazonaws.com, false",
        "REMOVE, type, service, principalId, dynamodb.amazonaws.com, false",
        "REMOVE, type, Service, principalId, other.amazonaws.com, false",
        "REMOVE, TYPE, Service, principalId, dynamodb.amazonaws.com, false",
        "REMOVE, x, Service, principalId, dynamodb.amazonaws.com, false",
    })
    void aTimeToLiveDeleteIsARemoveByTheService(
            String eventName, String type, String service, String principalId, String principal, boolean ttl) {
        ChangeEvent event = decode("{'userIdentity':{'%s':'%s','%s':'%s'},'eventName':'%s','dynamodb':{'Keys':{}}}"
                .formatted(type, service, principalId, principal, eventName));
        assertThat(event.deletedByTimeToLive()).isEqualTo(ttl);
    }

    @Test
    void userIdentityHasTypeAndPrincipal() {
        UserIdentity identity = decode(
                        "{'userIdentity':{'type':'Service','principalId':'p','x':[1]},'dynamodb':{'Keys':{}}}")
                .userIdentity();
        assertThat(identity).isNotNull();
        assertThat(identity.type()).isEqualTo("Service");
        assertThat(identity.principalId()).isEqualTo("p");
        UserIdentity empty =
                decode("{'userIdentity':{'type':null},'dynamodb':{'Keys':{}}}").userIdentity();
        assertThat(empty).isNotNull().isNotEqualTo(identity);
        assertThat(empty.type()).isNull();
        assertThat(empty.principalId()).isNull();
    }

    @Test
    void aRemoveWithoutAnIdentityIsNotATimeToLiveDelete() {
        assertThat(decode(kinesis("REMOVE", "")).deletedByTimeToLive()).isFalse();
    }

    // ----------------------------------------------------------------------------------------------- sequence

    @ParameterizedTest
    @CsvSource({
        "1, 2, -1",
        "9, 10, -1",
        "10, 9, 1",
        "007, 7, 0",
        "000000000000000000001, 2, -1",
        "0, 00, 0",
        "49590338271490256608559692538361571095921575989136588898, "
                + "49590338271490256608559692538361571095921575989136588899, -1",
    })
    void sequenceNumbersCompareAsIntegers(String left, String right, int sign) {
        ChangeEvent one = decode(change("MODIFY", "'SequenceNumber':'" + left + "'"));
        ChangeEvent two = decode(change("MODIFY", "'SequenceNumber':'" + right + "'"));
        assertThat(Integer.signum(one.compareSequence(two))).isEqualTo(sign);
        assertThat(Integer.signum(two.compareSequence(one))).isEqualTo(-sign);
        assertThat(Integer.signum(ChangeEvent.sequenceOrder().compare(one, two)))
                .isEqualTo(sign);
        assertThat(Integer.signum(ChangeEvent.sequenceOrder().compare(two, one)))
                .isEqualTo(-sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'SequenceNumber':'canary'",
                "'SequenceNumber':''",
                "'SequenceNumber':'-1'",
                "'SequenceNumber':'\u0661'",
                "'SizeBytes':1"
            })
    void aSequenceNumberThatIsNotNumericHasNoOrder(String member) {
        ChangeEvent one = decode(change("MODIFY", "'SequenceNumber':'1'"));
        ChangeEvent other = decode(change("MODIFY", member));
        for (ChangeEvent left : List.of(one, other)) {
            assertThatThrownBy(() -> left.compareSequence(left == one ? other : one))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("canary");
            assertThatThrownBy(() -> ChangeEvent.sequenceOrder().compare(left, left == one ? other : one))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void sequenceOrderSortsTheEarlierChangeFirst() {
        List<ChangeEvent> changes = new ArrayList<>();
        for (String number : List.of("100", "20", "3", "0000")) {
            changes.add(decode(change("MODIFY", "'SequenceNumber':'" + number + "'")));
        }
        changes.sort(ChangeEvent.sequenceOrder());
        assertThat(changes).extracting(ChangeEvent::sequenceNumber).containsExactly("0000", "3", "20", "100");
        assertThat(Comparator.nullsFirst(ChangeEvent.sequenceOrder()).compare(null, changes.get(0)))
                .isNegative();
    }

    // ------------------------------------------------------------------------------------------------- binary

    @Test
    void binaryEncodingReturnsTheDecision() {
        String twice = "'NewImage':{'b':{'B':'" + base64Twice((byte) 1, (byte) 2) + "'}}";
        String once = "'NewImage':{'b':{'B':'" + base64((byte) 1, (byte) 2) + "'}}";
        assertThat(decode(kinesis("INSERT", twice)).binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        assertThat(decode(kinesis("INSERT", once)).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
        assertThat(decode(stream("INSERT", twice)).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
        assertThat(newImage(decode(kinesis("INSERT", twice))).require("b").asBytes())
                .isEqualTo(new byte[] {1, 2});
        assertThat(decode(kinesis("INSERT", "")).binaryEncoding()).isNull();
    }

    // ------------------------------------------------------------------------------------------ ways to decode

    @Test
    void aSliceABufferAndAnArrayDecodeAlike() {
        byte[] record = json(kinesis("MODIFY", "'NewImage':{'v':{'S':'x'}}"));
        byte[] larger = new byte[record.length + 20];
        Arrays.fill(larger, (byte) '}');
        System.arraycopy(record, 0, larger, 7, record.length);
        ByteBuffer heap = ByteBuffer.wrap(larger, 7, record.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(larger.length).put(larger);
        direct.position(7).limit(7 + record.length);
        List<ChangeEvent> events = List.of(
                DECODER.decode(record),
                DECODER.decode(larger, 7, record.length),
                DECODER.decode(heap),
                DECODER.decode(heap.slice()),
                DECODER.decode(heap.asReadOnlyBuffer()),
                DECODER.decode(direct),
                DECODER.tryDecode(record).orElseThrow(),
                DECODER.tryDecode(larger, 7, record.length).orElseThrow(),
                DECODER.tryDecode(direct).orElseThrow());
        assertThat(heap.position()).isEqualTo(7);
        assertThat(heap.remaining()).isEqualTo(record.length);
        assertThat(direct.position()).isEqualTo(7);
        assertThat(direct.remaining()).isEqualTo(record.length);
        assertThat(events).allSatisfy(event -> {
            assertThat(newImage(event).require("v").asString()).isEqualTo("x");
            assertThat(event.tableName()).isEqualTo("orders");
        });
    }

    @Test
    void offsetsCountFromTheFirstByteGiven() {
        byte[] record = json("{'dynamodb':{'Keys':{'k':{'N':'x'}}}}");
        int offset = "{'dynamodb':{'Keys':{'k':{'N':'".length();
        byte[] larger = new byte[record.length + 9];
        System.arraycopy(record, 0, larger, 5, record.length);
        for (DecodeResult result : List.of(
                DECODER.tryDecode(record),
                DECODER.tryDecode(larger, 5, record.length),
                DECODER.tryDecode(ByteBuffer.wrap(larger, 5, record.length)),
                DECODER.tryDecode(ByteBuffer.wrap(larger, 5, record.length).asReadOnlyBuffer()))) {
            assertThat(result.event()).isNull();
            DecodeException failure = result.failure();
            assertThat(failure).isNotNull();
            assertThat(failure.reason()).isEqualTo(Reason.BAD_NUMBER);
            assertThat(failure.offset()).isEqualTo(offset);
            assertThat(failure.path()).isEqualTo("dynamodb.Keys.*.N");
            assertThatThrownBy(result::orElseThrow).isSameAs(failure);
        }
        assertThatThrownBy(() -> DECODER.decode(record)).isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, -1", "0, 4", "3, 1", "2147483647, 2147483647"})
    void aPartThatIsNotInsideTheArrayIsRefused(int offset, int length) {
        assertThatThrownBy(() -> DECODER.decode(new byte[3], offset, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DECODER.tryDecode(new byte[3], offset, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aResultIsAnEventOrAFailure() {
        DecodeResult good = DECODER.tryDecode(json(kinesis("INSERT", "")));
        assertThat(good.event()).isNotNull().isSameAs(good.orElseThrow());
        assertThat(good.failure()).isNull();
        assertThat(refusal("{}").reason()).isEqualTo(Reason.NOT_AN_EVENT);
    }

    // ------------------------------------------------------------------------------------------------- safety

    @Test
    void noTextOfALoggedObjectHoldsAValueOrAName() {
        String image =
                "{'canary':" + String.join(",'canary2':", ofType(AttributeType.M), ofType(AttributeType.S)) + "}";
        String record = "{'eventID':'canary','eventSource':'canary','eventVersion':'canary','eventSourceARN':'canary',"
                + "'awsRegion':'canary','tableName':'canary','recordFormat':'canary','eventName':'canary','canary':1,"
                + "'userIdentity':{'type':'canary','principalId':'canary'},'dynamodb':{'Keys':" + image
                + ",'NewImage':" + image
                + ",'OldImage':{'canary':{'S':'canary'}},'SequenceNumber':'canary','StreamViewType':'canary'}}";
        ChangeEvent event = decode(record);
        List<?> logged = Arrays.asList(
                event,
                event.keys(),
                event.newImage(),
                event.userIdentity(),
                event.diff(),
                event.streamViewType(),
                event.copy(),
                DECODER.tryDecode(json(record)),
                DECODER,
                DECODER.tryDecode(json(record + "canary")));
        assertThat(logged)
                .doesNotContainNull()
                .allSatisfy(object -> assertThat(object.toString()).doesNotContain("canary"));
    }
}
