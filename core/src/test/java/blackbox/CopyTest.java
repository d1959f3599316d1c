package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.EventAccessors;
import fixtures.LongRunning;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Numbers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lifetimes: which objects refer to the caller's array, which do not, and the effect of changing the array too early.
 */
class CopyTest {
    private static final String IMAGE = "{'s':{'S':'text'},'e':{'S':'t\\u00e9\\ud83d\\ude00xt'},'u':{'S':'t\u00e9xt'},"
            + "'n':{'N':'-12.50E3'},'i':{'N':'1234567890123456789'},'b':{'B':'QVFJRA=='},'t':{'BOOL':true},"
            + "'ss':{'SS':['a','\\u0062']},'ns':{'NS':['1','2.5e7']},'bs':{'BS':['QVFJRA==','QVFJRA\\u003d=']},"
            + "'l':{'L':[{'N':'7'},{'M':{'d\\u0065ep':{'S':'x'}}}]},'\\u006d':{'M':{'k\u00e9':{'NULL':true}}}}";

    private static final String RECORD = kinesis(
            "MODIFY",
            "'ApproximateCreationDateTime':1719039879869,'NewImage':" + IMAGE + ",'OldImage':"
                    + IMAGE.replace("text", "TEXT") + ",'SequenceNumber':'12\\u0033','StreamViewType':'NEW_IMAGE'");

    // --------------------------------------------------------------------------------------------------- copy

    @Test
    void aCopyIsTheSameEventAndStaysAsItIs() {
        byte[] array = json(RECORD);
        ChangeEvent copy = DECODER.decode(array).copy();
        Arrays.fill(array, (byte) 'x');
        ChangeEvent expected = DECODER.decode(json(RECORD));
        assertThat(EventAccessors.of(copy)).isEqualTo(EventAccessors.of(expected));
        assertThat(copy.keys()).isEqualTo(expected.keys());
        assertThat(copy.newImage()).isEqualTo(expected.newImage());
        assertThat(copy.copy().oldImage()).isEqualTo(expected.oldImage());
        assertThat(Objects.requireNonNull(copy.diff()).changed()).containsOnlyKeys("s");
        assertThat(copy.approximateCreationDateTime()).isEqualTo(expected.approximateCreationDateTime());
    }

    @Test
    void aCopyOfASliceHoldsTheSlice() {
        byte[] record = json(RECORD);
        byte[] array = new byte[record.length + 100];
        System.arraycopy(record, 0, array, 50, record.length);
        ChangeEvent copy = DECODER.decode(array, 50, record.length).copy();
        Arrays.fill(array, (byte) 'x');
        assertThat(newImage(copy).toMap(BUFFERS))
                .isEqualTo(newImage(DECODER.decode(record)).toMap(BUFFERS));
    }

    private static final PlainValues BUFFERS = PlainValues.defaults().withBinary(PlainValues.Binary.BYTE_BUFFER);

    // -------------------------------------------------------------------------------------------------- views

    @Test
    void viewsStayValidAfterTheNextDecode() {
        ChangeEvent first = DECODER.decode(json(RECORD));
        Item image = newImage(first);
        AttributeValue list = image.require("l");
        for (int i = 0; i < 100; i++) {
            DECODER.decode(json(RECORD.replace("text", "other" + i).replace("'7'", "'" + i + "'")));
        }
        assertThat(image.require("s").asString()).isEqualTo("text");
        assertThat(list.asList().get(0).asInt()).isEqualTo(7);
        assertThat(oldImage(first).require("s").asString()).isEqualTo("TEXT");
    }

    @Test
    void returnedJavaValuesDoNotReferToTheArray() {
        byte[] array = json(RECORD);
        ChangeEvent event = DECODER.decode(array);
        Item image = newImage(event);
        List<PlainValues> policies = List.of(
                BUFFERS,
                BUFFERS.withNumbers(Numbers.TEXT)
                        .withNulls(PlainValues.Nulls.DROP)
                        .withSets(PlainValues.Sets.LIST),
                BUFFERS.mutable());
        List<Map<String, @Nullable Object>> maps =
                policies.stream().map(image::toMap).toList();
        String text = image.require("s").asString();
        byte[] bytes = image.require("b").asBytes();
        List<?> sets = List.of(
                image.require("ss").asStringSet(),
                image.require("ns").asNumberSet(),
                image.require("bs").asBinarySet());
        List<String> names = Stream.of(event.keys(), image)
                .flatMap(item -> item.toMap().keySet().stream())
                .toList();
        Arrays.fill(array, (byte) '9');

        Item expected = newImage(DECODER.decode(json(RECORD)));
        for (int i = 0; i < policies.size(); i++) {
            assertThat(maps.get(i)).isEqualTo(expected.toMap(policies.get(i)));
        }
        assertThat(text).isEqualTo("text");
        assertThat(bytes).isEqualTo(expected.require("b").asBytes());
        assertThat(sets)
                .isEqualTo(List.of(
                        expected.require("ss").asStringSet(),
                        expected.require("ns").asNumberSet(),
                        expected.require("bs").asBinarySet()));
        assertThat(names).containsExactly("pk", "s", "e", "u", "n", "i", "b", "t", "ss", "ns", "bs", "l", "m");
    }

    @Test
    void anEventFromABufferWithoutAnArrayIsIndependentOfIt() {
        byte[] record = json(RECORD);
        ByteBuffer direct = ByteBuffer.allocateDirect(record.length).put(record).flip();
        ByteBuffer readOnly = ByteBuffer.wrap(record).asReadOnlyBuffer();
        List<ChangeEvent> events = List.of(DECODER.decode(direct), DECODER.decode(readOnly));
        direct.put(new byte[record.length]);
        Arrays.fill(record, (byte) 0);
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(newImage(event).require("s").asString()).isEqualTo("text"));
    }

    @Test
    void aRefilledArrayDecodesCorrectly() {
        byte[] array = new byte[json(RECORD).length + 64];
        for (int i = 0; i < 500; i++) {
            String name = "n" + i % 7 + (i % 3 == 0 ? "\u00e9" : "xx");
            byte[] record =
                    json(kinesis("INSERT", "'NewImage':{'" + name + "':{'S':'v" + i + "'},'same':{'N':'" + i + "'}}"));
            System.arraycopy(record, 0, array, 0, record.length);
            Map<String, @Nullable Object> map = newImage(DECODER.decode(array, 0, record.length))
                    .toMap(PlainValues.defaults().withNumbers(Numbers.NARROWEST));
            assertThat(map).isEqualTo(Map.of(name, "v" + i, "same", i));
        }
    }

    // ---------------------------------------------------------------------------- the array changed too early

    private interface Accessor<T> {
        @Nullable
        Object ask(T view);
    }

    /** Those that accept the type. */
    private static List<Accessor<AttributeValue>> accessors(AttributeType type) {
        return switch (type) {
            case S -> List.of(AttributeValue::asString);
            case N ->
                List.of(
                        AttributeValue::asBigDecimal,
                        AttributeValue::asLong,
                        AttributeValue::asInt,
                        AttributeValue::asDouble,
                        AttributeValue::numberText);
            case B -> List.of(AttributeValue::asBytes);
            case BOOL -> List.of(AttributeValue::asBoolean);
            case SS -> List.of(AttributeValue::asStringSet);
            case NS -> List.of(AttributeValue::asNumberSet);
            case BS -> List.of(AttributeValue::asBinarySet);
            default -> List.of();
        };
    }

    private static final List<Accessor<Item>> ITEM_ACCESSORS = List.of(
            Item::toMap,
            item -> item.toMap(BUFFERS.mutable().withNumbers(Numbers.NARROWEST)),
            item -> item.toMap(
                    PlainValues.defaults().withNumbers(Numbers.DOUBLE).withNulls(PlainValues.Nulls.DROP)),
            item -> item.toMap(PlainValues.defaults().withNumbers(Numbers.TEXT).withSets(PlainValues.Sets.LIST)),
            item -> item.get("text"),
            item -> item.contains("\u00e9"),
            item -> item.require("s"),
            Item::hashCode,
            Item::toString);

    private static final List<Accessor<ChangeEvent>> EVENT_ACCESSORS = List.of(
            EventAccessors::of,
            ChangeEvent::diff,
            ChangeEvent::toString,
            ChangeEvent::copy,
            event -> event.compareSequence(event),
            event -> newImage(event).equals(oldImage(event)));

    @LongRunning
    @ParameterizedTest
    @ValueSource(strings = {"", "\\\\\\u", "0123456789", "0123456789eE+-.", "\\u12deD8dC\"", "\u00e9\ud83d\ude00"})
    void anArrayChangedTooEarlyGivesOtherValuesOrADeclaredException(String alphabet) {
        byte[] bytes = alphabet.getBytes(UTF_8);
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        byte[] record = json(RECORD);
        int before = 1000;
        Random random = new Random(alphabet.hashCode());
        for (int round = 0; round < 300; round++) {
            // At the array's end, so that a read beyond the slice fails.
            byte[] array = new byte[before + record.length];
            System.arraycopy(record, 0, array, before, record.length);
            ChangeEvent event = decoder.decode(array, before, record.length);
            int changes = round % 3 == 0 ? record.length * 2 : 1 + random.nextInt(40);
            for (int i = 0; i < changes; i++) {
                byte b = bytes.length == 0 ? (byte) random.nextInt() : bytes[random.nextInt(bytes.length)];
                array[before + random.nextInt(record.length)] = b;
            }
            askEverything(event);
        }
    }

    @ParameterizedTest
    @CsvSource({"ab, \u00e9", "abcdef, \\u0041", "\u00e9, ab"})
    void anArrayChangedTooEarlyNeverChangesOtherEvents(String before, String now) {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        String record = kinesis("INSERT", "'NewImage':{'%s':{'S':'x'}}");
        byte[] array = json(record.formatted(before));
        ChangeEvent event = decoder.decode(array);
        byte[] other = json(record.formatted(now));
        System.arraycopy(other, 0, array, 0, array.length);
        ask(newImage(event), Item::toMap);
        Item sound = newImage(decoder.decode(other));
        assertThat(sound.toMap())
                .containsOnlyKeys(sound.iterator().next().getKey())
                .isEqualTo(sound.toMap(PlainValues.defaults().mutable()));
    }

    @Test
    void aNumberThatBecomesEnormousCostsNoMoreThanItsText() {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxNumberLength(2000))
                .build();
        for (String[] pair : new String[][] {
            {"555555555555555555555", "1e9223372036854775807"},
            {"555555555555555555555", "1e-922337203685477580"},
            {"555555555555", "1e2147483647"},
            {"5555555555555", "1e-2147483648"},
            {"5".repeat(1000), "1".repeat(980) + "e9223372036854775807"},
        }) {
            byte[] array = json(kinesis(
                    "MODIFY",
                    "'NewImage':{'n':{'N':'" + pair[0] + "'},'s':{'NS':['" + pair[0]
                            + "']}},'OldImage':{'n':{'N':'1'}}"));
            ChangeEvent event = decoder.decode(array);
            byte[] changed =
                    new String(array, ISO_8859_1).replace(pair[0], pair[1]).getBytes(ISO_8859_1);
            System.arraycopy(changed, 0, array, 0, array.length);
            askEverything(event);
        }
    }

    private static void askEverything(ChangeEvent event) {
        EVENT_ACCESSORS.forEach(accessor -> ask(event, accessor));
        for (Item item : List.of(event.keys(), newImage(event), oldImage(event))) {
            askItem(item);
        }
    }

    private static void askItem(Item item) {
        ITEM_ACCESSORS.forEach(accessor -> ask(item, accessor));
        ask(item, same -> same.equals(item));
        ask(item, all -> {
            all.forEach((name, value) -> askValue(value));
            return null;
        });
    }

    private static void askValue(AttributeValue value) {
        accessors(value.type()).forEach(accessor -> ask(value, accessor));
        ask(value, AttributeValue::hashCode);
        ask(value, AttributeValue::toString);
        ask(value, same -> same.equals(value));
        if (value.type() == AttributeType.M) {
            askItem(value.asItem());
        } else if (value.type() == AttributeType.L) {
            value.asList().forEach(CopyTest::askValue);
        }
    }

    private static <T> void ask(T view, Accessor<T> accessor) {
        try {
            accessor.ask(view);
        } catch (AttributeValueException | IllegalStateException e) {
            if (e.getCause() != null) {
                throw new AssertionError("the cause may carry a value", e);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError("undeclared: " + e.getClass().getName(), e);
        }
    }
}
