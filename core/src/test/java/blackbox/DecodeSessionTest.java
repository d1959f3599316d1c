package blackbox;

import static fixtures.EventText.describe;
import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Records.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import io.github.dynamodbcdc.PlainValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session is a window over one record at a time: it returns the same objects each time, and nothing of an earlier
 * record.
 */
class DecodeSessionTest {
    static final String EVERY_TYPE = "'s':{'S':'one'},'n':{'N':'1'},'b':{'B':'AQ=='},'t':{'BOOL':true},"
            + "'x':{'NULL':true},'ss':{'SS':['one']},'ns':{'NS':['1']},'bs':{'BS':['AQ==']},"
            + "'l':{'L':[{'S':'one'},{'L':[{'N':'1'}]}]},'m':{'M':{'in':{'S':'one'},'m':{'M':{'in':{'N':'1'}}}}}";

    static final byte[] FIRST = json(stream(
            "MODIFY",
            "'ApproximateCreationDateTime':1719039879,'SequenceNumber':'11','NewImage':{" + EVERY_TYPE
                    + "},'OldImage':{" + EVERY_TYPE.replace("one", "ONE") + ",'gone':{'S':'one'}}"));

    /** The same length, with a different value in every place. */
    static final byte[] OF_SAME_SHAPE = json(stream(
            "MODIFY",
            "'ApproximateCreationDateTime':1719039999,'SequenceNumber':'22','NewImage':{"
                    + EVERY_TYPE.replace("one", "two").replace("'1'", "'2'").replace("AQ==", "Ag==") + "},'OldImage':{"
                    + EVERY_TYPE.replace("one", "TWO") + ",'gone':{'S':'two'}}"));

    static final byte[] OF_OTHER_SHAPE =
            json(kinesis("INSERT", "'NewImage':{'other':{'N':'7'},'s':{'NULL':true}},'SizeBytes':12"));

    static final byte[] WITHOUT_IMAGES = json(kinesis("REMOVE", ""));

    private static final PlainValues COMPARABLE = PlainValues.defaults().withBinary(PlainValues.Binary.BYTE_BUFFER);

    private final DecodeSession session = DECODER.newSession();

    // ------------------------------------------------------------------------------------------------ the window

    @Test
    void theEventItsItemsAndTheirReaderAreTheSameObjectsEachTime() {
        ChangeEvent event = session.decode(FIRST);
        Item keys = event.keys();
        Item newImage = newImage(event);
        Item oldImage = oldImage(event);
        AttributeReader reader = newImage.reader();
        assertThat(keys.reader()).isSameAs(reader);
        assertThat(oldImage.reader()).isSameAs(reader);

        session.decode(OF_OTHER_SHAPE);
        assertThat(session.tryDecode(json("{}")).failure()).isNotNull();
        ChangeEvent again = session.decode(OF_SAME_SHAPE);
        assertThat(again).isSameAs(event);
        assertThat(again.keys()).isSameAs(keys);
        assertThat(again.newImage()).isSameAs(newImage);
        assertThat(again.oldImage()).isSameAs(oldImage);
        assertThat(newImage.reader()).isSameAs(reader);
        assertThat(keys.reader()).isSameAs(reader);
    }

    @Test
    void theWindowShowsTheLatestRecord() {
        for (byte[] record :
                List.of(FIRST, OF_SAME_SHAPE, OF_OTHER_SHAPE, WITHOUT_IMAGES, FIRST, OF_OTHER_SHAPE, OF_SAME_SHAPE)) {
            ChangeEvent alone = ChangeEventDecoder.create().decode(record);
            ChangeEvent event = session.decode(record);
            assertThat(describe(event)).isEqualTo(describe(alone));
            assertThat(event.keys()).isEqualTo(alone.keys());
            assertThat(event.newImage()).isEqualTo(alone.newImage());
            assertThat(event.oldImage()).isEqualTo(alone.oldImage());
            assertThat(event.toString()).isEqualTo(alone.toString());
            assertThat(String.valueOf(event.diff())).isEqualTo(String.valueOf(alone.diff()));
        }
    }

    @Test
    void aHeldItemShowsTheLatestRecord() {
        ChangeEvent event = session.decode(FIRST);
        Item keys = event.keys();
        Item newImage = newImage(event);
        Item oldImage = oldImage(event);
        assertThat(oldImage.require("gone").asString()).isEqualTo("one");

        session.decode(json("{'eventName':'MODIFY','dynamodb':{'OldImage':{'a':{'N':'1'},'b':{'L':[{'N':'2'}]}},"
                + "'Keys':{'k':{'N':'3'}},'NewImage':{'c':{'N':'4'}}}}"));
        assertThat(keys.toMap().toString()).isEqualTo("{k=3}");
        assertThat(newImage.toMap().toString()).isEqualTo("{c=4}");
        assertThat(oldImage.toMap().toString()).isEqualTo("{a=1, b=[2]}");
        assertThat(newImage.get("s")).isNull();
        assertThat(newImage.size()).isEqualTo(1);
    }

    @Test
    void aHeldImageThrowsWhenTheLatestRecordHasNone() {
        Item newImage = newImage(session.decode(FIRST));
        Item oldImage = oldImage(session.decode(FIRST));
        session.decode(WITHOUT_IMAGES);
        assertShowsNothing(newImage);
        assertShowsNothing(oldImage);
        session.decode(OF_OTHER_SHAPE);
        assertShowsNothing(oldImage);
        assertThat(newImage.require("other").asInt()).isEqualTo(7);
    }

    @Test
    void nothingOfARefusedRecordIsVisible() {
        ChangeEvent event = session.decode(FIRST);
        Item keys = event.keys();
        Item newImage = newImage(event);
        byte[] faultAtItsEnd = (new String(FIRST, UTF_8) + "x").getBytes(UTF_8);
        DecodeException failure =
                Objects.requireNonNull(session.tryDecode(faultAtItsEnd).failure());
        assertThat(failure.reason()).isEqualTo(DecodeException.Reason.TRAILING_DATA);
        assertShowsNothing(keys);
        assertShowsNothing(newImage);
        List<Question<ChangeEvent>> questions = List.of(
                ChangeEvent::eventName,
                ChangeEvent::eventId,
                ChangeEvent::sequenceNumber,
                ChangeEvent::approximateCreationDateTime,
                ChangeEvent::keys,
                ChangeEvent::newImage,
                ChangeEvent::oldImage);
        for (Question<ChangeEvent> question : questions) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> question.ask(event))
                    .withMessageEndingWith("there is no event");
        }
    }

    @Test
    void sessionsOfOneDecoderAreIndependent() {
        DecodeSession other = DECODER.newSession();
        ChangeEvent event = session.decode(FIRST);
        AttributeValue value = newImage(event).require("s");
        assertThat(other.decode(OF_SAME_SHAPE)).isNotSameAs(event);
        assertThat(other.tryDecode(json("[]")).failure()).isNotNull();
        DECODER.decode(OF_OTHER_SHAPE);
        assertThat(value.asString()).isEqualTo("one");
        assertThat(describe(event)).isEqualTo(describe(DECODER.decode(FIRST)));
    }

    // ------------------------------------------------------------------------------ what belongs to its record

    static Stream<byte[]> nextRecords() {
        return Stream.of(FIRST, OF_SAME_SHAPE, OF_OTHER_SHAPE, WITHOUT_IMAGES, json("{'dynamodb':{'Keys':{'s':"));
    }

    @ParameterizedTest
    @MethodSource("nextRecords")
    void attributeValuesOfAnEarlierRecordThrow(byte[] next) {
        Item image = newImage(session.decode(FIRST));
        List<AttributeValue> values = new ArrayList<>();
        image.forEach((name, value) -> values.add(value));
        image.iterator().forEachRemaining(entry -> values.add(entry.getValue()));
        values.add(image.require("l").asList().get(1).asList().get(0));
        values.add(image.require("m").asItem().require("m").asItem().require("in"));
        AttributeReader reader = image.reader();
        while (reader.next()) {
            values.add(reader.value());
        }
        assertThat(values).hasSize(32);

        session.tryDecode(next);
        for (AttributeValue value : values) {
            assertAllStale(
                    value,
                    AttributeValue::type,
                    AttributeValue::asString,
                    AttributeValue::numberText,
                    AttributeValue::asBigDecimal,
                    AttributeValue::asLong,
                    AttributeValue::asInt,
                    AttributeValue::asDouble,
                    AttributeValue::asBytes,
                    AttributeValue::asBoolean,
                    AttributeValue::type,
                    AttributeValue::asItem,
                    AttributeValue::asList,
                    AttributeValue::asStringSet,
                    AttributeValue::asNumberSet,
                    AttributeValue::asBinarySet,
                    AttributeValue::unknownJson,
                    AttributeValue::hashCode,
                    AttributeValue::toString,
                    v -> Objects.equals(v, null),
                    v -> v.equals(values.get(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("nextRecords")
    void nestedItemsOfAnEarlierRecordThrow(byte[] next) {
        Item image = newImage(session.decode(FIRST));
        Item nested = image.require("m").asItem();
        Item deeper = nested.require("m").asItem();
        AttributeReader reader = nested.reader();
        assertThat(reader.next()).isTrue();

        session.tryDecode(next);
        for (Item item : List.of(nested, deeper)) {
            assertAllStale(
                    item,
                    Item::size,
                    Item::size,
                    Item::projected,
                    i -> i.get("in"),
                    i -> i.require("in"),
                    i -> i.contains("in"),
                    DecodeSessionTest::walk,
                    Item::iterator,
                    Item::reader,
                    Item::toMap,
                    Item::hashCode,
                    Item::toString,
                    i -> Objects.equals(i, null),
                    i -> i.equals(nested));
        }
        assertAllStale(reader, AttributeReader::next, AttributeReader::name, AttributeReader::stringValue);
    }

    @ParameterizedTest
    @MethodSource("nextRecords")
    void listsAndIteratorsOfAnEarlierRecordThrow(byte[] next) {
        ChangeEvent event = session.decode(FIRST);
        Item image = newImage(event);
        List<AttributeValue> list = image.require("l").asList();
        Iterator<AttributeValue> elements = list.iterator();
        Iterator<Map.Entry<String, AttributeValue>> attributes = image.iterator();
        Iterator<Map.Entry<String, AttributeValue>> keys = event.keys().iterator();
        Iterator<Map.Entry<String, AttributeValue>> nested =
                image.require("m").asItem().iterator();
        attributes.next();

        session.tryDecode(next);
        assertAllStale(
                list,
                l -> l.get(0),
                l -> l.get(1),
                l -> l.iterator().next(),
                l -> l.stream().count());
        assertAllStale(elements, Iterator::next);
        for (Iterator<Map.Entry<String, AttributeValue>> iterator : List.of(attributes, keys, nested)) {
            assertAllStale(iterator, Iterator::next);
        }
    }

    @ParameterizedTest
    @MethodSource("nextRecords")
    void valuesOfTheDiffOfAnEarlierRecordThrow(byte[] next) {
        ItemDiff diff = Objects.requireNonNull(session.decode(FIRST).diff());
        List<AttributeValue> values = new ArrayList<>(diff.removed().values());
        diff.changed().values().forEach(change -> {
            values.add(change.before());
            values.add(change.after());
        });
        ItemDiff inserted =
                Objects.requireNonNull(session.decode(OF_OTHER_SHAPE).diff());
        assertThat(inserted.added()).hasSize(2);
        values.addAll(inserted.added().values());
        assertThat(values).hasSizeGreaterThan(6);

        List<PathChange> changes = inserted.changes();
        changes.forEach(change -> values.add(Objects.requireNonNull(change.after())));

        session.tryDecode(next);
        for (AttributeValue value : values) {
            assertAllStale(value, AttributeValue::type, AttributeValue::asString, AttributeValue::toString);
        }
        for (ItemDiff earlier : List.of(diff, inserted)) {
            assertAllStale(earlier, ItemDiff::changes, ItemDiff::mergePatch);
        }
        assertAllStale(changes.get(0), PathChange::toString);
        assertThat(changes).map(PathChange::path).doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("nextRecords")
    void theReaderIsInvalidAfterItsRecord(byte[] next) {
        AttributeReader reader = newImage(session.decode(FIRST)).reader();
        assertThat(reader.next()).isTrue();
        session.tryDecode(next);
        assertAllStale(
                reader,
                AttributeReader::next,
                AttributeReader::skip,
                AttributeReader::name,
                AttributeReader::type,
                AttributeReader::type,
                AttributeReader::stringValue,
                AttributeReader::longValue,
                AttributeReader::utf8Length,
                r -> r.copyUtf8To(new byte[10], 0),
                AttributeReader::value);
        assertThatIllegalStateException().isThrownBy(reader::enter).withMessageContaining("copy()");
        assertThatIllegalStateException().isThrownBy(reader::leave).withMessageContaining("copy()");
    }

    @Test
    void returnedJavaValuesStayValid() {
        byte[] array = FIRST.clone();
        ChangeEvent event = session.decode(array);
        Item image = newImage(event);
        Map<String, ?> map = image.toMap();
        String shown = image.toMap(COMPARABLE).toString();
        Map<String, ?> comparable = image.toMap(COMPARABLE);
        String text = image.require("s").asString();
        byte[] bytes = image.require("b").asBytes();
        var sets = List.of(
                image.require("ss").asStringSet(),
                image.require("ns").asNumberSet(),
                image.require("bs").asBinarySet());
        var time = event.approximateCreationDateTime();
        Arrays.fill(array, (byte) '"');
        session.decode(OF_SAME_SHAPE);
        session.tryDecode(json("{"));

        Item expected = newImage(DECODER.decode(FIRST));
        assertThat(comparable).isEqualTo(expected.toMap(COMPARABLE));
        assertThat(comparable.toString()).isEqualTo(shown);
        assertThat(map.keySet()).isEqualTo(expected.toMap().keySet());
        assertThat(text).isEqualTo("one");
        assertThat(bytes).containsExactly(1);
        assertThat(sets.toString())
                .isEqualTo(List.of(
                                expected.require("ss").asStringSet(),
                                expected.require("ns").asNumberSet(),
                                expected.require("bs").asBinarySet())
                        .toString());
        assertThat(time).isEqualTo(DECODER.decode(FIRST).approximateCreationDateTime());
    }

    // ------------------------------------------------------------------------------------------------------ copy

    @Test
    void aCopyIsIndependentOfTheSessionAndOfTheArray() {
        byte[] array = FIRST.clone();
        ChangeEvent copy = session.decode(array).copy();
        AttributeValue value = newImage(copy).require("s");
        Item nested = newImage(copy).require("m").asItem();
        AttributeReader reader = newImage(copy).reader();
        Arrays.fill(array, (byte) 'x');
        session.decode(OF_SAME_SHAPE);
        session.tryDecode(json("{'dynamodb':"));

        assertThat(describe(copy)).isEqualTo(describe(DECODER.decode(FIRST)));
        assertThat(describe(copy.copy())).isEqualTo(describe(DECODER.decode(FIRST)));
        assertThat(value.asString()).isEqualTo("one");
        assertThat(nested.require("in").asString()).isEqualTo("one");
        assertThat(reader.next()).isTrue();
        assertThat(reader.stringValue()).isEqualTo("one");
        assertThat(copy.newImage()).isNotSameAs(newImage(session.decode(FIRST)));
        assertThat(copy.newImage()).isEqualTo(newImage(session.decode(FIRST)));
    }

    /** Several times more names than a session remembers, over more records than it waits before forgetting. */
    @Test
    void copiesStayValidWhileTheSessionLearnsAndForgetsNames() {
        List<ChangeEvent> copies = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<byte[]> records = new ArrayList<>();
        String steady = "'steady':{'BOOL':true},'st\\u0065ady2':{'S':'x'},'map':{'M':{'steady':{'S':'y'}}}";
        int fresh = 0;
        for (int i = 0; i < 4_000; i++) {
            StringBuilder attributes = new StringBuilder(steady);
            for (int n = 0; n < 4; n++) {
                attributes
                        .append(",'name")
                        .append(fresh++)
                        .append("':{'N':'")
                        .append(i)
                        .append("'}");
            }
            String other = attributes.toString().replace("'N':'" + i + "'", "'N':'-1'");
            byte[] record = json(kinesis("MODIFY", "'NewImage':{" + attributes + "},'OldImage':{" + other + "}"));
            ChangeEvent event = session.decode(record);
            if (i % 53 == 0 || i % 1_024 < 3) {
                copies.add(event.copy());
                expected.add(describe(ChangeEventDecoder.create().decode(record)));
                records.add(record);
            }
        }
        Item last = newImage(session.decode(records.get(0)));
        assertThat(newImage(copies.get(0))).isEqualTo(last);
        for (int i = 0; i < copies.size(); i++) {
            ChangeEvent copy = copies.get(i);
            assertThat(describe(copy)).isEqualTo(expected.get(i));
            assertThat(newImage(copy).require("steady2").asString()).isEqualTo("x");
            assertThat(Objects.requireNonNull(copy.diff()).changed()).hasSize(4);
            // the same attributes, with other ids or none
            assertThat(newImage(copy)).isEqualTo(newImage(session.decode(records.get(i))));
            assertThat(newImage(copy)).isNotEqualTo(last.equals(newImage(copy)) ? copy.keys() : last);
        }
    }

    // ----------------------------------------------------------------------------------------------------- helpers

    /** Asserts that an item of the window throws while the latest record has no such image. */
    static void assertShowsNothing(Item item) {
        List<Question<Item>> accessors = List.of(
                Item::size,
                Item::size,
                Item::projected,
                i -> i.get("s"),
                i -> i.require("s"),
                i -> i.contains("s"),
                DecodeSessionTest::walk,
                Item::iterator,
                Item::reader,
                Item::toMap,
                Item::hashCode,
                Item::toString,
                i -> Objects.equals(i, null),
                i -> i.equals(newImage(DECODER.decode(FIRST))));
        for (int i = 0; i < accessors.size(); i++) {
            Question<Item> accessor = accessors.get(i);
            assertThatThrownBy(() -> accessor.ask(item)).as("accessor %d", i).isInstanceOf(IllegalStateException.class);
        }
    }

    private static int walk(Item item) {
        List<String> names = new ArrayList<>();
        item.forEach((name, value) -> names.add(name));
        return names.size();
    }

    /** A call on a view. */
    interface Question<T> {
        @Nullable
        Object ask(T view);
    }

    @SafeVarargs
    private static <T> void assertAllStale(T view, Question<? super T>... questions) {
        for (Question<? super T> question : questions) {
            assertThatThrownBy(() -> question.ask(view))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("copy()");
        }
    }

    /** The loop must not go on into the record that the action decoded. */
    @Test
    void forEachOfASessionsItemEndsWhenItsActionDecodesAnotherRecord() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        byte[] first = keysOnly("'k':{'N':'1'},'z':{'S':'FIRST'}");
        byte[] second = keysOnly("'k':{'N':'2'},'z':{'S':'SECOND'},'y':{'S':'SECOND'}");
        List<String> seen = new ArrayList<>();
        Item keys = session.decode(first).keys();
        assertThatIllegalStateException()
                .isThrownBy(() -> keys.forEach((name, value) -> {
                    seen.add(name + "=" + value.type());
                    session.decode(second);
                }))
                .withMessageContaining("copy()");
        assertThat(seen).containsExactly("k=N");
        seen.clear();
        session.decode(second).keys().forEach((name, value) -> seen.add(name));
        assertThat(seen).containsExactly("k", "z", "y");
    }

    private static byte[] keysOnly(String keys) {
        return ("{'eventName':'INSERT','dynamodb':{'Keys':{" + keys + "}}}")
                .replace('\'', '"')
                .getBytes(UTF_8);
    }
}
