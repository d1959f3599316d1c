package blackbox;

import static blackbox.DecodeSessionTest.EVERY_TYPE;
import static blackbox.DecodeSessionTest.FIRST;
import static blackbox.DecodeSessionTest.OF_OTHER_SHAPE;
import static blackbox.DecodeSessionTest.OF_SAME_SHAPE;
import static blackbox.DecodeSessionTest.WITHOUT_IMAGES;
import static blackbox.DecodeSessionTest.assertShowsNothing;
import static fixtures.EventText.describe;
import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blackbox.DecodeSessionTest.Question;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inputs of a session: bad records, parts of arrays and buffers, under its decoder's options. */
class DecodeSessionInputTest {
    private final DecodeSession session = DECODER.newSession();

    // --------------------------------------------------------------------------------------------------- failures

    /** Faults at the beginning, in the middle, and at the end. */
    static Stream<byte[]> badRecords() {
        String images = "'NewImage':{" + EVERY_TYPE + "},'OldImage':{" + EVERY_TYPE + "}";
        return Stream.of(
                new byte[0],
                json("[]"),
                json("{}"),
                json("{'Records':[]}"),
                new byte[] {0x1F, (byte) 0x8B, 8, 0},
                json("{'dynamodb':{" + images + ",'Keys':null}}"),
                json("{'dynamodb':{" + images + "}}"),
                json(kinesis("MODIFY", images + ",'ApproximateCreationDateTime':'never'")),
                json(kinesis("MODIFY", images) + "x"),
                json(kinesis("MODIFY", images.replace("'in':{'N':'1'}", "'in':{'N':'1x'}"))),
                json(kinesis("MODIFY", images + ",'NewImage':{}")),
                Arrays.copyOf(FIRST, FIRST.length - 1),
                Arrays.copyOf(FIRST, FIRST.length / 2),
                json("{'Keys':{'a':{'S':'x'}},'NewImage':{'a':{'S':'x'}}}"),
                json(kinesis("MODIFY", images) + " ".repeat(10_000)));
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void afterAFailureThereIsNoEvent(byte[] bad) {
        DecodeSession limited = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(10_000))
                .build()
                .newSession();
        ChangeEvent event = limited.decode(FIRST);
        Item keys = event.keys();
        Item newImage = newImage(event);
        Item oldImage = oldImage(event);
        AttributeReader reader = newImage.reader();
        reader.next();
        AttributeValue value = reader.value();

        assertThatThrownBy(() -> limited.decode(bad)).isInstanceOf(DecodeException.class);
        assertNoEvent(event);
        assertShowsNothing(keys);
        assertShowsNothing(newImage);
        assertShowsNothing(oldImage);
        assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(value::asString).isInstanceOf(IllegalStateException.class);

        assertThat(limited.tryDecode(bad).event()).isNull();
        assertNoEvent(event);
        assertThat(describe(limited.decode(OF_SAME_SHAPE))).isEqualTo(describe(DECODER.decode(OF_SAME_SHAPE)));
        assertThat(describe(event)).isEqualTo(describe(DECODER.decode(OF_SAME_SHAPE)));
    }

    @Test
    void aGoodRecordAfterAFailedOneDecodesAsIfItWereTheFirst() {
        List<byte[]> good = List.of(FIRST, OF_SAME_SHAPE, OF_OTHER_SHAPE, WITHOUT_IMAGES);
        List<byte[]> bad = badRecords().toList();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] record = random.nextInt(3) == 0
                    ? good.get(random.nextInt(good.size()))
                    : bad.get(random.nextInt(bad.size()));
            assertSame(session.tryDecode(record), DECODER.tryDecode(record));
        }
    }

    /** One record has its time in quotes, the other inside an attribute value. */
    @Test
    void anEarlierRecordDoesNotShiftThePlaceOfAFault() {
        byte[] quoted = json(kinesis("INSERT", "'ApproximateCreationDateTime':'1719039879'"));
        byte[] bad = json("{'Metadata':{'WriteTimestampMicros':{'N':'1e400'}},'Keys':{'a':{'S':'x'}}}");
        byte[] ofNumber = json(kinesis("INSERT", "'ApproximateCreationDateTime':1e400"));
        for (byte[] record : List.of(bad, ofNumber, quoted, bad, ofNumber, bad)) {
            assertSame(session.tryDecode(record), ChangeEventDecoder.create().tryDecode(record));
        }
        assertThat(Objects.requireNonNull(session.tryDecode(bad).failure()).reason())
                .isEqualTo(Reason.BAD_TIME);
    }

    @Test
    void anArgumentOutOfBoundsLeavesTheSessionUnchanged() {
        ChangeEvent event = session.decode(FIRST);
        assertThatThrownBy(() -> session.decode(FIRST, 1, FIRST.length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> session.tryDecode(FIRST, -1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(describe(event)).isEqualTo(describe(DECODER.decode(FIRST)));
    }

    @Test
    void tryDecodeReturnsTheEventOrTheFailureThatDecodeThrows() {
        DecodeResult good = session.tryDecode(FIRST);
        assertThat(good.failure()).isNull();
        assertThat(good.event()).isSameAs(session.decode(FIRST));
        assertThat(session.tryDecode(FIRST)).isNotSameAs(good);

        byte[] record = json("xx{'dynamodb':{'Keys':{'a':{'N':'1,'}}}}");
        DecodeException failure = Objects.requireNonNull(
                session.tryDecode(record, 2, record.length - 2).failure());
        assertThat(failure.reason()).isEqualTo(Reason.BAD_NUMBER);
        assertThatThrownBy(() -> session.decode(record, 2, record.length - 2))
                .isInstanceOfSatisfying(DecodeException.class, thrown -> {
                    assertThat(thrown.reason()).isEqualTo(failure.reason());
                    assertThat(thrown.offset()).isEqualTo(failure.offset());
                    assertThat(thrown.path()).isEqualTo(failure.path()).isEqualTo("dynamodb.Keys.*.N");
                });
        assertThatThrownBy(() -> session.tryDecode(record).orElseThrow()).isInstanceOf(DecodeException.class);
    }

    // ----------------------------------------------------------------------------------------- arrays and buffers

    @Test
    void onlyTheSliceIsRead() {
        for (byte[] record : List.of(FIRST, OF_SAME_SHAPE, OF_OTHER_SHAPE)) {
            byte[] array = concat(FIRST, record, record);
            for (int length : new int[] {record.length, record.length - 1, record.length / 2, 1, 0}) {
                assertSame(
                        session.tryDecode(array, FIRST.length, length),
                        DECODER.tryDecode(Arrays.copyOf(record, length)));
            }
        }
    }

    /** Copies of buffers share one array, in which a shorter record is followed by the rest of an earlier one. */
    @Test
    void buffersOfAllKindsAreReadAndStayUnchanged() {
        int[] lengths = {1_000_000, 5, 100_000, 0, 999, 1_000_000};
        for (int spare : lengths) {
            for (byte[] record : List.of(FIRST, OF_OTHER_SHAPE)) {
                byte[] padded = concat(record, " ".repeat(spare).getBytes(UTF_8));
                for (int length : new int[] {padded.length, record.length, record.length - 1, record.length / 2, 0}) {
                    byte[] array = concat(FIRST, padded, FIRST);
                    ByteBuffer heap = ByteBuffer.wrap(array, FIRST.length, length);
                    ByteBuffer direct = ByteBuffer.allocateDirect(array.length).put(array);
                    direct.limit(FIRST.length + length).position(FIRST.length);
                    DecodeResult expected = DECODER.tryDecode(Arrays.copyOf(padded, length));
                    for (ByteBuffer buffer : List.of(
                            heap,
                            heap.slice(),
                            heap.asReadOnlyBuffer(),
                            direct,
                            direct.slice(),
                            direct.asReadOnlyBuffer())) {
                        int position = buffer.position();
                        int limit = buffer.limit();
                        assertSame(session.tryDecode(buffer), expected);
                        assertThat(buffer.position()).isEqualTo(position);
                        assertThat(buffer.limit()).isEqualTo(limit);
                    }
                }
            }
        }
        assertThatThrownBy(() -> session.decode(ByteBuffer.allocateDirect(3))).isInstanceOf(DecodeException.class);
    }

    @Test
    void aReadOnlyBufferMayChangeOnceItIsDecoded() {
        byte[] array = FIRST.clone();
        ChangeEvent event = session.decode(ByteBuffer.wrap(array).asReadOnlyBuffer());
        Arrays.fill(array, (byte) 'x');
        assertThat(describe(event)).isEqualTo(describe(DECODER.decode(FIRST)));
    }

    @Test
    void aRefilledArrayDecodesAsIfItWereNew() {
        List<byte[]> records = new ArrayList<>(List.of(FIRST, OF_SAME_SHAPE, OF_OTHER_SHAPE, WITHOUT_IMAGES));
        // equally long: same names and other values, other names, other types, another order, a repeat
        String head = "{'dynamodb':{'Keys':{'k':{'S':'a'}},";
        for (String images : List.of(
                "'NewImage':{'one':{'S':'a'},'two':{'N':'1'}}}}",
                "'NewImage':{'one':{'S':'b'},'two':{'N':'2'}}}}",
                "'NewImage':{'two':{'S':'a'},'one':{'N':'1'}}}}",
                "'NewImage':{'one':{'N':'1'},'two':{'S':'a'}}}}",
                "'NewImage':{'one':{'S':'a'},'one':{'N':'1'}}}}",
                "'NewImage':{'ome':{'S':'a'},'tvo':{'N':'1'}}}}",
                "'OldImage':{'one':{'S':'a'},'two':{'N':'1'}}}}",
                "'OldImage':{'one':{'S':'a'},'two':{'N':'x'}}}}",
                "'NewImage':{'o':{'S':'1'}},'OldImage':{'o':{'S':'1'}}}}",
                "'NewImage':{'o':{'S':'1'}},'OldImage':{'o':{'S':'2'}}}}",
                "'NewImage':{'o':{'S':'1'}},'OldImage':{'p':{'S':'1'}}}}")) {
            records.add(json(head + images));
        }
        List<DecodeResult> alone = records.stream()
                .map(record -> ChangeEventDecoder.create().tryDecode(record))
                .toList();
        byte[] array = new byte[4_096];
        ByteBuffer readOnly = ByteBuffer.wrap(array).asReadOnlyBuffer();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            int which = random.nextInt(records.size());
            byte[] record = records.get(which);
            int offset = random.nextBoolean() ? 0 : random.nextInt(array.length - record.length);
            System.arraycopy(record, 0, array, offset, record.length);
            DecodeResult result = random.nextInt(4) == 0
                    ? session.tryDecode(readOnly.limit(offset + record.length).position(offset))
                    : session.tryDecode(array, offset, record.length);
            assertSame(result, alone.get(which));
        }
    }

    // ---------------------------------------------------------------------------------------------------- options

    @Test
    void aSessionHasTheOptionsOfItsDecoder() {
        DecodeSession lenient = ChangeEventDecoder.builder()
                .emptyValueAsMap(true)
                .numbersAsJson(true)
                .descriptorAliases(true)
                .unknownDescriptors(true)
                .keyAttributes("pk")
                .build()
                .newSession();
        for (int i = 0; i < 3; i++) {
            Item item = newImage(lenient.decode(json("{'Item':{'pk':{'s':'x','n':null},'e':{},'n':{'N':1.50},"
                    + "'u':{'XS':[1]},'m':{'M':{'pk':{'S':'y'},'e':{}}},'m2':{'m':{'pk':{'S':'y'}}}}}")));
            assertThat(item.require("pk").asString()).isEqualTo("x");
            assertThat(item.require("e").asItem().size() == 0).isTrue();
            assertThat(item.require("n").numberText()).isEqualTo("1.50");
            assertThat(item.require("u").unknownJson()).isEqualTo("[1]");
            assertThat(item.require("m").asItem().require("pk").asString()).isEqualTo("y");
            assertThat(item.require("m2").asItem().require("pk").asString()).isEqualTo("y");
            DecodeException failure =
                    Objects.requireNonNull(lenient.tryDecode(json("{'Item':{'pk':{'s':'x'},'pk':{'s':'x'}}}"))
                            .failure());
            assertThat(failure.reason()).isEqualTo(Reason.DUPLICATE_NAME);
        }
        assertThat(lenient.decode(json("{'Item':{'pk':{'S':'k'}}}")).keys().toMap())
                .isEqualTo(Map.of("pk", "k"));
    }

    /** Also if the session knows the names at the deepest level, or their values would exceed it. */
    @Test
    void theDepthLimitIsTheSameAsForDecode() {
        for (int limit : new int[] {1, 2, 3, 4, 7, 8, 64, 120}) {
            ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                    .limits(DecodeLimits.defaults().withMaxAttributeDepth(limit))
                    .build();
            DecodeSession limited = decoder.newSession();
            for (int levels : new int[] {limit, limit + 1, limit + 2, limit - 1, limit, limit + 1}) {
                for (String leaf : List.of("{'S':'x'}", "{'M':{}}", "{'L':[]}")) {
                    String value =
                            "{'M':{'a':".repeat(Math.max(levels - 1, 0)) + leaf + "}}".repeat(Math.max(levels - 1, 0));
                    for (String name : List.of("a", "\\u0061", "b", "long name that has more than sixteen bytes")) {
                        byte[] record = json(kinesis("INSERT", "'NewImage':{'" + name + "':" + value + "}"));
                        DecodeResult result = limited.tryDecode(record);
                        assertSame(
                                result,
                                ChangeEventDecoder.builder()
                                        .limits(DecodeLimits.defaults().withMaxAttributeDepth(limit))
                                        .build()
                                        .tryDecode(record));
                        DecodeException failure = result.failure();
                        assertThat(failure == null ? null : failure.reason())
                                .isEqualTo(levels > limit ? Reason.DEPTH_LIMIT : null);
                        assertSame(decoder.tryDecode(record), result);
                    }
                }
            }
        }
    }

    private static void assertNoEvent(ChangeEvent event) {
        List<Question<ChangeEvent>> accessors = List.of(
                ChangeEvent::eventName,
                ChangeEvent::eventNameText,
                ChangeEvent::eventId,
                ChangeEvent::eventSource,
                ChangeEvent::eventVersion,
                ChangeEvent::eventSourceArn,
                ChangeEvent::awsRegion,
                ChangeEvent::tableName,
                ChangeEvent::recordFormat,
                ChangeEvent::userIdentity,
                ChangeEvent::deletedByTimeToLive,
                ChangeEvent::keys,
                ChangeEvent::newImage,
                ChangeEvent::oldImage,
                ChangeEvent::diff,
                ChangeEvent::approximateCreationDateTime,
                ChangeEvent::sequenceNumber,
                e -> e.compareSequence(DECODER.decode(FIRST)),
                e -> DECODER.decode(FIRST).compareSequence(e),
                ChangeEvent::sizeBytes,
                ChangeEvent::streamViewType,
                ChangeEvent::channel,
                ChangeEvent::binaryEncoding,
                ChangeEvent::copy,
                ChangeEvent::toString);
        for (int i = 0; i < accessors.size(); i++) {
            Question<ChangeEvent> accessor = accessors.get(i);
            assertThatThrownBy(() -> accessor.ask(event))
                    .as("accessor %d", i)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Compares two results while both events are valid. */
    private static void assertSame(DecodeResult actual, DecodeResult expected) {
        DecodeException failure = expected.failure();
        DecodeException actualFailure = actual.failure();
        if (failure == null) {
            assertThat(describe(actual.orElseThrow())).isEqualTo(describe(expected.orElseThrow()));
        } else if (actualFailure == null) {
            throw new AssertionError("must fail as " + failure);
        } else {
            assertThat(actualFailure.reason() + " " + actualFailure.offset() + " " + actualFailure.path())
                    .isEqualTo(failure.reason() + " " + failure.offset() + " " + failure.path());
        }
    }
}
