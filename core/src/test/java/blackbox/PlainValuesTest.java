package blackbox;

import static fixtures.Records.ACCEPTS_UNKNOWN;
import static fixtures.Records.base64Twice;
import static fixtures.Records.change;
import static fixtures.Records.decode;
import static fixtures.Records.item;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Binary;
import io.github.dynamodbcdc.PlainValues.Nulls;
import io.github.dynamodbcdc.PlainValues.Numbers;
import io.github.dynamodbcdc.PlainValues.Sets;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainValuesTest {
    private static final String ALL_TYPES = "{'s':{'S':'text'},'n':{'N':'1.50'},'b':{'B':'YWI='},'t':{'BOOL':true},"
            + "'z':{'NULL':true},'ss':{'SS':['y','x']},'ns':{'NS':['2','1']},'bs':{'BS':['Yg==','YQ==']},"
            + "'l':{'L':[{'S':'x'},{'NULL':true},{'M':{'z':{'NULL':true}}}]},'m':{'M':{'k':{'S':'v'}}}}";

    private static @Nullable Object plain(PlainValues policy, String json) {
        return item("{'v':" + json + "}").toMap(policy).get("v");
    }

    // ----------------------------------------------------------------------------------------------- defaults

    @Test
    void withoutAPolicyEachTypeHasItsJavaType() {
        Map<String, @Nullable Object> map = item(ALL_TYPES).toMap();
        assertThat(map.get("s")).isEqualTo("text");
        assertThat(map.get("n")).isEqualTo(new BigDecimal("1.50"));
        assertThat(map.get("b")).isEqualTo(new byte[] {'a', 'b'});
        assertThat(map.get("t")).isEqualTo(true);
        assertThat(map.get("z")).isNull();
        assertThat(map).containsKey("z");
        assertThat(ordered(map.get("ss"), Set.class)).isEqualTo(List.of("y", "x"));
        assertThat(ordered(map.get("ns"), Set.class)).isEqualTo(List.of(new BigDecimal("2"), new BigDecimal("1")));
        assertThat(ordered(map.get("bs"), Set.class)).isEqualTo(List.of(buffer("b"), buffer("a")));
        Map<String, @Nullable Object> inner = new HashMap<>();
        inner.put("z", null);
        assertThat(ordered(map.get("l"), List.class)).isEqualTo(Arrays.asList("x", null, inner));
        assertThat(map.get("m")).isEqualTo(Map.of("k", "v"));
    }

    private static List<@Nullable Object> ordered(@Nullable Object collection, Class<?> type) {
        assertThat(collection).isInstanceOf(type);
        return new ArrayList<>((Collection<?>) collection);
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(json(text));
    }

    /** Each policy, and each of its parts changed alone. */
    static List<PlainValues> policies() {
        PlainValues defaults = PlainValues.defaults();
        List<PlainValues> policies = new ArrayList<>();
        for (Numbers numbers : Numbers.values()) {
            policies.add(defaults.withNumbers(numbers));
        }
        for (Binary binary : Binary.values()) {
            policies.add(defaults.withBinary(binary));
        }
        policies.add(defaults.withSets(Sets.LIST));
        policies.add(defaults.withNulls(Nulls.DROP));
        policies.add(defaults.mutable());
        return policies;
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aValueAsAnObjectEqualsTheOneInTheMap(PlainValues policy) {
        Item item = item(ALL_TYPES);
        Map<String, @Nullable Object> map = item.toMap(policy);
        item.forEach((name, value) -> {
            Object object = value.toObject(policy);
            assertThat(object).usingRecursiveComparison().isEqualTo(map.get(name));
            if (object != null) {
                assertThat(object.getClass())
                        .isEqualTo(Objects.requireNonNull(map.get(name)).getClass());
            }
        });
        assertThat(item.require("n").toObject()).isEqualTo(item.toMap().get("n"));
        assertThat(item.require("m").toObject()).isEqualTo(item.toMap().get("m"));
    }

    @Test
    void nullAndUnknownAreNullAsAnObject() {
        for (PlainValues policy : policies()) {
            assertThat(value("{'NULL':true}").toObject(policy)).isNull();
            assertThat(value(ACCEPTS_UNKNOWN, "{'XS':['a']}").toObject(policy)).isNull();
        }
        assertThat(value("{'NULL':true}").toObject()).isNull();
        assertThat(value(ACCEPTS_UNKNOWN, "{'L':[{'XS':['a']},{'S':'b'}]}").toObject())
                .isEqualTo(List.of("b"));
    }

    @Test
    void mapsAreInTheOrderOfTheRecord() {
        Map<String, @Nullable Object> map = item(ALL_TYPES).toMap();
        String[] order = {"s", "n", "b", "t", "z", "ss", "ns", "bs", "l", "m"};
        assertThat(map.keySet()).containsExactly(order);
        assertThat(map.entrySet().stream().map(Map.Entry::getKey)).containsExactly(order);
        List<String> visited = new ArrayList<>();
        map.forEach((name, value) -> {
            visited.add(name);
            assertThat(value).isEqualTo(map.get(name));
        });
        assertThat(visited).containsExactly(order);
        assertThat(map).hasSize(order.length);
        assertThat(map.values()).hasSize(order.length);
    }

    @Test
    void mapsListsAndSetsAreUnmodifiable() {
        Map<String, @Nullable Object> map = item(ALL_TYPES).toMap();
        assertUnmodifiable(map);
        assertUnmodifiable(item(ALL_TYPES).toMap(PlainValues.defaults().withNulls(Nulls.DROP)));
        assertUnmodifiable(Objects.requireNonNull((Map<?, ?>) map.get("m")));
        for (String name : List.of("l", "ss", "ns", "bs")) {
            Collection<?> collection = Objects.requireNonNull((Collection<?>) map.get(name));
            assertUnsupported(collection::clear);
            assertUnsupported(() -> remove(collection.iterator()));
        }
        assertThat(map).hasSize(10);
    }

    private static <K extends @Nullable Object, V extends @Nullable Object> void assertUnmodifiable(Map<K, V> map) {
        assertThat(map).isNotEmpty();
        Map.Entry<K, V> entry = map.entrySet().iterator().next();
        assertUnsupported(() -> map.put(entry.getKey(), entry.getValue()));
        assertUnsupported(() -> map.remove(entry.getKey()));
        assertUnsupported(map::clear);
        assertUnsupported(() -> entry.setValue(entry.getValue()));
        assertUnsupported(() -> map.compute(entry.getKey(), (key, value) -> value));
        assertUnsupported(() -> map.replaceAll((key, value) -> value));
        assertUnsupported(() -> remove(map.entrySet().iterator()));
        assertUnsupported(() -> remove(map.keySet().iterator()));
        assertUnsupported(() -> remove(map.values().iterator()));
        assertUnsupported(() -> map.keySet().clear());
    }

    private static void remove(Iterator<?> iterator) {
        iterator.next();
        iterator.remove();
    }

    private static void assertUnsupported(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void mapsAreEqualToOtherMapsByTheContractOfJavaUtilMap() {
        String json = "{'s':{'S':'x'},'z':{'NULL':true},'n':{'N':'1'},'l':{'L':[{'M':{'k':{'BOOL':false}}}]}}";
        Map<String, @Nullable Object> map = item(json).toMap();
        Map<String, @Nullable Object> linked = new LinkedHashMap<>();
        linked.put("l", List.of(Map.of("k", false)));
        linked.put("n", new BigDecimal("1"));
        linked.put("z", null);
        linked.put("s", "x");
        assertThat(map.equals(linked)).isTrue();
        assertThat(linked.equals(map)).isTrue();
        assertThat(map).hasSameHashCodeAs(linked).hasSameHashCodeAs(item(json).toMap());
        assertThat(map.entrySet()).isEqualTo(linked.entrySet()).hasSameHashCodeAs(linked.entrySet());
        assertThat(map.keySet()).isEqualTo(linked.keySet());
        assertThat(map.equals(item(json).toMap(PlainValues.defaults().mutable())))
                .isTrue();

        linked.put("z", "not null");
        assertThat(map.equals(linked)).isFalse();
        assertThat(linked.equals(map)).isFalse();
        linked.remove("z");
        assertThat(map.equals(linked)).isFalse();
        assertThat(linked.equals(map)).isFalse();
    }

    @Test
    void mapsWithByteArraysDifferAndThoseWithBuffersAreEqual() {
        String json = "{'b':{'B':'YQ=='}}";
        PlainValues buffers = PlainValues.defaults().withBinary(Binary.BYTE_BUFFER);
        assertThat(item(json).toMap().equals(item(json).toMap())).isFalse();
        assertThat(item(json).toMap(buffers)).isEqualTo(item(json).toMap(buffers));
        assertThat(item(json)).isEqualTo(item(json));
    }

    @Test
    void getFindsPresentNamesOnly() {
        Map<String, @Nullable Object> map =
                item("{'a':{'NULL':true},'':{'S':'empty'}}").toMap();
        assertThat(map.get("")).isEqualTo("empty");
        assertThat(map.containsKey("a")).isTrue();
        assertThat(map.getOrDefault("a", "default")).isNull();
        assertThat(map.getOrDefault("b", "default")).isEqualTo("default");
        assertThat(map.containsKey("b")).isFalse();
        assertThat(((Set<?>) map.keySet()).contains(1)).isFalse();
        assertThat(map.containsValue(null)).isTrue();
        Map<String, @Nullable Object> empty =
                item("{'m':{'M':{}}}").require("m").asItem().toMap();
        assertThat(empty).isEmpty();
        assertThat(empty.get("a")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name-%s", "%2$s"})
    void getFindsEachOfManyNames(String pattern) {
        int names = 2048;
        Map<String, @Nullable Object> expected = new TreeMap<>();
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < names; i++) {
            String name = String.format(pattern, i, colliding(i));
            expected.put(name, String.valueOf(i));
            json.append(i == 0 ? "" : ",").append("'" + name + "':{'S':'" + i + "'}");
        }
        Map<String, @Nullable Object> map = item(json + "}").toMap();
        assertThat(map).isEqualTo(expected);
        for (int i = 0; i < names; i++) {
            assertThat(map.get(String.format(pattern, i, colliding(i)))).isEqualTo(String.valueOf(i));
        }
        assertThat(map.get(String.format(pattern, -1, "C#" + "Aa".repeat(10)))).isNull();
    }

    /** Of the same length and the same {@code String.hashCode()} for each i. */
    private static String colliding(int i) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 11; bit++) {
            name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    // ------------------------------------------------------------------------------------------------ options

    @Test
    void defaultsAreBigDecimalSetBytesKeepAndUnmodifiable() {
        assertThat(PlainValues.defaults()).hasToString("PlainValues[BIG_DECIMAL, SET, BYTES, KEEP]");
    }

    @Test
    void derivingAPolicyDoesNotChangeTheOriginal() {
        PlainValues defaults = PlainValues.defaults();
        PlainValues other = defaults.withNumbers(Numbers.TEXT)
                .withSets(Sets.LIST)
                .withBinary(Binary.BASE64)
                .withNulls(Nulls.DROP)
                .mutable();
        assertThat(other).hasToString("PlainValues[TEXT, LIST, BASE64, DROP, mutable]");
        assertThat(defaults).hasToString("PlainValues[BIG_DECIMAL, SET, BYTES, KEEP]");
        assertThat(plain(defaults, "{'N':'1.50'}")).isEqualTo(new BigDecimal("1.50"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, Integer, 0",
        "-0.0, Integer, 0",
        "5.0, Integer, 5",
        "1E3, Integer, 1000",
        "+007, Integer, 7",
        "2147483647, Integer, 2147483647",
        "-2147483648, Integer, -2147483648",
        "2147483648, Long, 2147483648",
        "-2147483649.00, Long, -2147483649",
        "9223372036854775807, Long, 9223372036854775807",
        "-9223372036854775808, Long, -9223372036854775808",
        "9223372036854775808, BigDecimal, 9223372036854775808",
        "1E999, BigDecimal, 1E+999",
        "5.50, BigDecimal, 5.50",
        "1E-9, BigDecimal, 1E-9",
    })
    void narrowestIsTheSmallestTypeThatIsExact(String text, String type, String value) {
        Object number = plain(PlainValues.defaults().withNumbers(Numbers.NARROWEST), "{'N':'" + text + "'}");
        assertThat(number).isNotNull();
        assertThat(number.getClass().getSimpleName()).isEqualTo(type);
        assertThat(number).hasToString(value);
    }

    @Test
    void doubleIsTheNearestAndMayBeInfinite() {
        PlainValues doubles = PlainValues.defaults().withNumbers(Numbers.DOUBLE);
        assertThat(plain(doubles, "{'N':'9007199254740993'}")).isEqualTo(9007199254740992.0);
        assertThat(plain(doubles, "{'N':'-1E309'}")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(plain(doubles, "{'N':'1E-400'}")).isEqualTo(0.0);
        assertThat(plain(doubles, "{'NS':['1','0.5']}")).isEqualTo(Set.of(1.0, 0.5));
    }

    @Test
    void textIsTheNumberAsDelivered() {
        PlainValues text = PlainValues.defaults().withNumbers(Numbers.TEXT);
        assertThat(plain(text, "{'N':'+1.50E0'}")).isEqualTo("+1.50E0");
        assertThat(plain(text.withSets(Sets.LIST), "{'NS':['1','1.0']}")).isEqualTo(List.of("1", "1.0"));
    }

    @Test
    void ofNumberSetMembersEqualByValueOnlyTheFirstIsKept() {
        String json = "{'NS':['1.0','1','2','10E-1','0','-0']}";
        PlainValues defaults = PlainValues.defaults();
        assertThat(ordered(plain(defaults, json), Set.class))
                .isEqualTo(List.of(new BigDecimal("1.0"), new BigDecimal("2"), new BigDecimal("0")));
        assertThat(ordered(plain(defaults.withNumbers(Numbers.TEXT), json), Set.class))
                .isEqualTo(List.of("1.0", "2", "0"));
        assertThat(ordered(plain(defaults.withNumbers(Numbers.NARROWEST), json), Set.class))
                .isEqualTo(List.of(1, 2, 0));
        assertThat(ordered(plain(defaults.withNumbers(Numbers.DOUBLE), json), Set.class))
                .isEqualTo(List.of(1.0, 2.0, 0.0));
    }

    @Test
    void aSetOfTheNarrowestNumbersIsComparedWithNumbersThatDynamoDbDoesNotHave() {
        Object set = plain(PlainValues.defaults().withNumbers(Numbers.NARROWEST), "{'NS':['1','0.5']}");
        assertThat(set).isEqualTo(Set.of(1, new BigDecimal("0.5"))).isNotEqualTo(Set.of(1, Double.NaN));
    }

    @Test
    void setsAsListsKeepRepeats() {
        PlainValues lists = PlainValues.defaults().withSets(Sets.LIST);
        assertThat(plain(lists, "{'SS':['b','a','b']}")).isEqualTo(List.of("b", "a", "b"));
        assertThat(plain(lists.withNumbers(Numbers.NARROWEST), "{'NS':['1','1.0']}"))
                .isEqualTo(List.of(1, 1));
        List<@Nullable Object> bytes = ordered(plain(lists, "{'BS':['YQ==','YQ==']}"), List.class);
        assertThat(bytes).hasSize(2).hasOnlyElementsOfType(byte[].class);
        assertThat(bytes.get(1)).isEqualTo(new byte[] {'a'});
        assertThat(plain(lists, "{'SS':[]}")).isEqualTo(List.of());
    }

    @Test
    void setsOmitRepeats() {
        assertThat(ordered(plain(PlainValues.defaults(), "{'SS':['b','a','\\u0062']}"), Set.class))
                .isEqualTo(List.of("b", "a"));
        assertThat(ordered(plain(PlainValues.defaults(), "{'BS':['Yg==','YQ==','Yg==']}"), Set.class))
                .isEqualTo(List.of(buffer("b"), buffer("a")));
    }

    @Test
    void membersOfABinarySetAreReadOnlyBuffersUnlessTheyAreText() {
        for (Binary binary : List.of(Binary.BYTES, Binary.BYTE_BUFFER)) {
            Set<?> set = (Set<?>) plain(PlainValues.defaults().withBinary(binary), "{'BS':['YQ==']}");
            assertThat(set).isEqualTo(Set.of(buffer("a")));
            assertThat(((ByteBuffer) ordered(set, Set.class).get(0)).isReadOnly())
                    .isTrue();
        }
        assertThat(plain(PlainValues.defaults().withBinary(Binary.BASE64), "{'BS':['YQ==']}"))
                .isEqualTo(Set.of("YQ=="));
    }

    @Test
    void binaryIsBytesABufferOrText() {
        PlainValues defaults = PlainValues.defaults();
        assertThat(plain(defaults.withBinary(Binary.BYTES), "{'B':'YQ=='}")).isEqualTo(new byte[] {'a'});
        ByteBuffer buffer =
                Objects.requireNonNull((ByteBuffer) plain(defaults.withBinary(Binary.BYTE_BUFFER), "{'B':'YQ=='}"));
        assertThat(buffer).isEqualTo(buffer("a"));
        assertThat(buffer.isReadOnly()).isTrue();
        assertThat(plain(defaults.withBinary(Binary.BASE64), "{'B':'Y\\u0051=='}"))
                .isEqualTo("YQ==");
        assertThat(plain(defaults.withBinary(Binary.BASE64).withSets(Sets.LIST), "{'BS':['YQ==','']}"))
                .isEqualTo(List.of("YQ==", ""));
    }

    /** Maps of both images may share what cannot be changed. */
    @Test
    void anArrayOfOneImageIsNotThatOfTheOther() {
        ChangeEvent event = decode(change(
                "MODIFY",
                "'OldImage':{'b':{'B':'AAAA'},'n':{'N':'1'},'l':{'L':[{'B':'AAAA'}]}},"
                        + "'NewImage':{'b':{'B':'AAAA'},'n':{'N':'2'},'l':{'L':[{'B':'AAAA'}]}}"));
        Map<String, @Nullable Object> after = newImage(event).toMap();
        Map<String, @Nullable Object> before = oldImage(event).toMap();
        fillWithSevens(after);
        assertZeros(before);
        assertZeros(oldImage(event).toMap());
        assertZeros(newImage(event).toMap());
        fillWithSevens(before);
        assertZeros(newImage(event).toMap());
    }

    private static void fillWithSevens(Map<String, @Nullable Object> map) {
        arrays(map).forEach(array -> Arrays.fill(array, (byte) 7));
    }

    private static void assertZeros(Map<String, @Nullable Object> map) {
        assertThat(arrays(map)).allMatch(array -> Arrays.equals(array, new byte[3]));
    }

    private static List<byte[]> arrays(Map<String, @Nullable Object> map) {
        List<?> list = (List<?>) Objects.requireNonNull(map.get("l"));
        return List.of((byte[]) Objects.requireNonNull(map.get("b")), (byte[]) Objects.requireNonNull(list.get(0)));
    }

    @Test
    void base64IsEncodedOnceHoweverItArrived() {
        ChangeEventDecoder twice = ChangeEventDecoder.builder()
                .binaryEncoding(BinaryEncoding.DOUBLE)
                .build();
        String text = base64Twice((byte) 'a');
        Item item = item(twice, "{'b':{'B':'" + text + "'},'s':{'BS':['" + text + "']}}");
        assertThat(item.toMap(PlainValues.defaults().withBinary(Binary.BASE64)))
                .isEqualTo(Map.of("b", "YQ==", "s", Set.of("YQ==")));
    }

    @Test
    void droppedNullsAreOmittedFromMapsAndListsAtAnyDepth() {
        Map<String, @Nullable Object> map =
                item(ALL_TYPES).toMap(PlainValues.defaults().withNulls(Nulls.DROP));
        assertThat(map.keySet()).containsExactly("s", "n", "b", "t", "ss", "ns", "bs", "l", "m");
        assertThat(map.get("l")).isEqualTo(List.of("x", Map.of()));
    }

    @Test
    void mutableReturnsTheCollectionsOfJavaUtil() {
        Map<String, @Nullable Object> map =
                item(ALL_TYPES).toMap(PlainValues.defaults().mutable());
        assertThat(map).isExactlyInstanceOf(LinkedHashMap.class);
        assertThat(map.get("m")).isExactlyInstanceOf(LinkedHashMap.class);
        assertThat(map.get("l")).isExactlyInstanceOf(ArrayList.class);
        for (String name : List.of("ss", "ns", "bs")) {
            assertThat(map.get(name)).isExactlyInstanceOf(LinkedHashSet.class);
        }
        assertThat(map.keySet()).containsExactly("s", "n", "b", "t", "z", "ss", "ns", "bs", "l", "m");
        map.clear();
        assertThat(map).isEmpty();
        assertThat(plain(PlainValues.defaults().mutable().withSets(Sets.LIST), "{'SS':['a']}"))
                .isExactlyInstanceOf(ArrayList.class);
        assertThat(item("{'z':{'NULL':true}}")
                        .toMap(PlainValues.defaults().mutable().withNulls(Nulls.DROP)))
                .isEmpty();
    }

    @Test
    void valuesOfUnknownTypesAreOmitted() {
        Item item = item(ACCEPTS_UNKNOWN, "{'x':{'XS':[1]},'l':{'L':[{'XS':1},{'S':'a'}]},'m':{'M':{'x':{'XS':1}}}}");
        Map<String, ?> expected = Map.of("l", List.of("a"), "m", Map.of());
        assertThat(item.toMap()).isEqualTo(expected);
        assertThat(item.toMap(PlainValues.defaults().mutable())).isEqualTo(expected);
    }
}
