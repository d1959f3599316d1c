package blackbox;

import static com.google.common.collect.testing.features.CollectionFeature.ALLOWS_NULL_QUERIES;
import static com.google.common.collect.testing.features.CollectionFeature.ALLOWS_NULL_VALUES;
import static com.google.common.collect.testing.features.CollectionFeature.KNOWN_ORDER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blackbox.CollectionGenerators.Lists;
import blackbox.CollectionGenerators.Maps;
import blackbox.CollectionGenerators.SetsOf;
import com.google.common.collect.testing.IteratorFeature;
import com.google.common.collect.testing.IteratorTester;
import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.SetFeature;
import fixtures.LongRunning;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Binary;
import io.github.dynamodbcdc.PlainValues.Nulls;
import io.github.dynamodbcdc.PlainValues.Numbers;
import io.github.dynamodbcdc.PlainValues.Sets;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every returned collection keeps the contracts of {@code java.util}, as Guava's suites test them. */
@LongRunning
class CollectionContractsTest {
    /** Shared by all tests, so that maps share the names it remembers. */
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private static final List<Feature<?>> READ_ONLY = List.of(CollectionSize.ANY, KNOWN_ORDER, ALLOWS_NULL_QUERIES);

    private static String quoted(@Nullable Object text) {
        return "\"" + text + "\"";
    }

    /** A value of S, or NULL. */
    static String value(@Nullable Object plain) {
        return plain == null ? "{\"NULL\":true}" : "{\"S\":" + quoted(plain) + "}";
    }

    private static String members(Map<?, ?> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + value(entry.getValue()))
                .collect(Collectors.joining(","));
    }

    private static ChangeEvent event(String eventName, String images) {
        String event = "{\"eventName\":" + quoted(eventName) + ",\"eventVersion\":\"1.1\","
                + "\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}}," + images + "}}";
        return DECODER.decode(event.getBytes(UTF_8));
    }

    /** The value of an attribute {@code v}. */
    static AttributeValue attribute(String value) {
        return Objects.requireNonNull(
                        event("INSERT", "\"NewImage\":{\"v\":" + value + "}").newImage())
                .require("v");
    }

    private static Item nested(String members) {
        return attribute("{\"M\":{" + members + "}}").asItem();
    }

    // Maps.

    private static Map<String, PlainValues> policies() {
        PlainValues defaults = PlainValues.defaults();
        Map<String, PlainValues> policies = new LinkedHashMap<>();
        policies.put("defaults", defaults);
        Stream.of(Numbers.values())
                .forEach(numbers -> policies.put("numbers " + numbers, defaults.withNumbers(numbers)));
        policies.put("sets LIST", defaults.withSets(Sets.LIST));
        Stream.of(Binary.values()).forEach(binary -> policies.put("binary " + binary, defaults.withBinary(binary)));
        policies.put("nulls DROP", defaults.withNulls(Nulls.DROP));
        policies.put(
                "binary BYTE_BUFFER, nulls DROP",
                defaults.withBinary(Binary.BYTE_BUFFER).withNulls(Nulls.DROP));
        policies.put("mutable", defaults.mutable());
        policies.put("mutable, nulls DROP", defaults.mutable().withNulls(Nulls.DROP));
        return policies;
    }

    static boolean dropsNulls(PlainValues policy) {
        return policy.equals(policy.withNulls(Nulls.DROP));
    }

    static boolean isMutable(PlainValues policy) {
        return policy.equals(policy.mutable());
    }

    @TestFactory
    Stream<DynamicNode> mapsOfAnImageInEveryPolicy() {
        return policies().entrySet().stream().map(named -> {
            PlainValues policy = named.getValue();
            return suite(new Maps(named.getKey(), policy, attributes -> image(attributes, policy)));
        });
    }

    /** Adds an attribute that {@code DROP} leaves out. An image is never empty, so an empty map is that of an M. */
    private static Map<String, Object> image(Map<String, Object> attributes, PlainValues policy) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (dropsNulls(policy)) {
            all.put("dropped", null);
        }
        all.putAll(attributes);
        Item item = all.isEmpty()
                ? nested("")
                : Objects.requireNonNull(
                        event("INSERT", "\"NewImage\":{" + members(all) + "}").newImage());
        return map(item.toMap(policy));
    }

    @TestFactory
    Stream<DynamicNode> mapsInsideMapsAndLists() {
        PlainValues defaults = PlainValues.defaults();
        PlainValues mutable = defaults.mutable();
        return Stream.of(
                suite(new Maps(
                        "M of an image",
                        defaults,
                        attributes -> nested(members(attributes)).toMap())),
                suite(new Maps("M of a map", defaults, attributes -> map(plain(mapOf(attributes), defaults)))),
                suite(new Maps(
                        "M of a list",
                        defaults,
                        attributes -> map(list(plain("{\"L\":[" + mapOf(attributes) + "]}", defaults))
                                .get(0)))),
                suite(new Maps("mutable M of a map", mutable, attributes -> map(plain(mapOf(attributes), mutable)))));
    }

    private static String mapOf(Map<?, ?> attributes) {
        return "{\"M\":{" + members(attributes) + "}}";
    }

    @SuppressWarnings("unchecked") // an M has names
    static Map<String, Object> map(@Nullable Object map) {
        return (Map<String, Object>) Objects.requireNonNull(map);
    }

    private static @Nullable Object plain(String value, PlainValues policy) {
        return Objects.requireNonNull(
                        event("INSERT", "\"NewImage\":{\"v\":" + value + "}").newImage())
                .toMap(policy)
                .get("v");
    }

    @TestFactory
    Stream<DynamicNode> mapsOfADifference() {
        String key = "\"id\":{\"S\":\"1\"}";
        return Stream.of(
                suite(new Maps("added", attributes -> {
                    String images = "\"OldImage\":{" + key + "},\"NewImage\":{" + key + more(attributes) + "}";
                    return views(difference(images).added());
                })),
                suite(new Maps("removed", attributes -> {
                    String images = "\"OldImage\":{" + key + more(attributes) + "},\"NewImage\":{" + key + "}";
                    return views(difference(images).removed());
                })),
                suite(new Maps("mergePatch", PlainValues.defaults().withNulls(Nulls.DROP), attributes -> {
                    String more = attributes.isEmpty() ? "" : "," + members(attributes);
                    String images = "\"OldImage\":{" + key + "},\"NewImage\":{" + key + more + "}";
                    return map(difference(images).mergePatch());
                })));
    }

    @TestFactory
    Stream<DynamicNode> mapsOfAnEnvelope() {
        PlainValues defaults = PlainValues.defaults();
        return Stream.of(
                suite(new Maps(
                        "state",
                        defaults.withNulls(Nulls.DROP),
                        attributes -> map(envelope(attributes).state()))),
                suite(new Maps(
                        "stateValues",
                        defaults,
                        attributes -> map(envelope(attributes).stateValues()))));
    }

    private static Envelope envelope(Map<String, Object> state) {
        String members = state.entrySet().stream()
                .map(entry ->
                        quoted(entry.getKey()) + ":" + (entry.getValue() == null ? "null" : quoted(entry.getValue())))
                .collect(Collectors.joining(","));
        ChangeEventReader reader = DECODER.read(
                ("{\"Records\":[],\"window\":{\"start\":\"2020-07-30T17:00:00Z\"}," + "\"state\":{" + members + "}}")
                        .getBytes(UTF_8));
        reader.records().forEach(record -> {});
        return reader.envelope();
    }

    private static ItemDiff difference(String images) {
        return Objects.requireNonNull(event("MODIFY", images).diff());
    }

    private static String more(Map<String, Object> views) {
        return views.entrySet().stream()
                .map(view -> "," + quoted(view.getKey()) + ":" + value(((AttributeValue) view.getValue()).asString()))
                .collect(Collectors.joining());
    }

    @SuppressWarnings("unchecked") // read only
    private static Map<String, Object> views(Map<String, AttributeValue> views) {
        return (Map<String, Object>) (Map<String, ?>) views;
    }

    // Lists.

    @TestFactory
    Stream<DynamicNode> lists() {
        PlainValues defaults = PlainValues.defaults();
        PlainValues mutable = defaults.mutable();
        SampleElements<Object> views = new SampleElements<>(view("1"), view("2"), view("3"), view("4"), view("5"));
        return Stream.of(
                listSuite(
                        "asList",
                        new Lists(
                                views,
                                false,
                                elements -> attribute(listOf(
                                                elements,
                                                view -> ((AttributeValue) Objects.requireNonNull(view)).asString()))
                                        .asList())),
                listSuite(
                        "asNumberTexts",
                        new Lists(
                                texts(),
                                false,
                                elements ->
                                        list(attribute(setOf("NS", elements)).asNumberTexts()))),
                listSuite(
                        "L of a map",
                        new Lists(texts(), true, elements -> list(plain(listOf(elements, text -> text), defaults))),
                        ALLOWS_NULL_VALUES),
                listSuite(
                        "L of a map that may contain buffers",
                        new Lists(
                                texts(),
                                true,
                                elements -> list(plain(
                                        listOf(elements, text -> text), defaults.withBinary(Binary.BYTE_BUFFER)))),
                        ALLOWS_NULL_VALUES),
                listSuite(
                        "mutable L of a map",
                        new Lists(texts(), true, elements -> list(plain(listOf(elements, text -> text), mutable))),
                        ALLOWS_NULL_VALUES,
                        ListFeature.GENERAL_PURPOSE,
                        CollectionFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION),
                listSuite(
                        "SS of a map as a list",
                        new Lists(
                                texts(),
                                false,
                                elements -> list(plain(setOf("SS", elements), defaults.withSets(Sets.LIST))))));
    }

    private static Object view(String text) {
        return attribute(value(text));
    }

    private static DynamicNode listSuite(String name, Lists lists, Feature<?>... more) {
        return suite(ListTestSuiteBuilder.using(lists)
                .named(name)
                .withFeatures(READ_ONLY)
                .withFeatures(more)
                .createTestSuite());
    }

    private static String listOf(List<?> elements, Function<@Nullable Object, @Nullable Object> text) {
        return elements.stream()
                .map(element -> value(text.apply(element)))
                .collect(Collectors.joining(",", "{\"L\":[", "]}"));
    }

    @SuppressWarnings("unchecked") // lists of maps hold anything
    static List<Object> list(@Nullable Object list) {
        return (List<Object>) Objects.requireNonNull(list);
    }

    // Sets.

    @TestFactory
    Stream<DynamicNode> sets() {
        PlainValues defaults = PlainValues.defaults();
        PlainValues narrowest = defaults.withNumbers(Numbers.NARROWEST);
        return Stream.of(
                readOnlySet(
                        "asStringSet",
                        texts(),
                        elements -> attribute(setOf("SS", elements)).asStringSet()),
                readOnlySet(
                        "asNumberSet",
                        numbers(),
                        elements -> attribute(setOf("NS", elements)).asNumberSet()),
                readOnlySet(
                        "asBinarySet",
                        buffers(),
                        elements -> attribute(setOf("BS", elements)).asBinarySet()),
                readOnlySet("SS of a map", texts(), elements -> plain(setOf("SS", elements), defaults)),
                readOnlySet("NS of a map", numbers(), elements -> plain(setOf("NS", elements), defaults)),
                readOnlySet("BS of a map", buffers(), elements -> plain(setOf("BS", elements), defaults)),
                readOnlySet(
                        "NS as doubles",
                        doubles(),
                        elements -> plain(setOf("NS", elements), defaults.withNumbers(Numbers.DOUBLE))),
                readOnlySet(
                        "NS as texts",
                        texts(),
                        elements -> plain(setOf("NS", elements), defaults.withNumbers(Numbers.TEXT))),
                readOnlySet("NS as the narrowest", mixedNumbers(), elements -> plain(setOf("NS", elements), narrowest)),
                changeableSet("mutable SS", texts(), elements -> plain(setOf("SS", elements), defaults.mutable())),
                changeableSet(
                        "mutable NS", mixedNumbers(), elements -> plain(setOf("NS", elements), narrowest.mutable())),
                changeableSet("mutable BS", buffers(), elements -> plain(setOf("BS", elements), defaults.mutable())));
    }

    private static SampleElements<Object> texts() {
        return new SampleElements<>("1", "2", "3", "4", "5");
    }

    private static SampleElements<Object> numbers() {
        return new SampleElements<>(
                new BigDecimal("1"),
                new BigDecimal("2.50"),
                new BigDecimal("-3"),
                new BigDecimal("4E+9"),
                BigDecimal.TEN);
    }

    private static SampleElements<Object> doubles() {
        return new SampleElements<>(1.0, 2.5, -3.0, 4e9, 1e-7);
    }

    private static SampleElements<Object> mixedNumbers() {
        return new SampleElements<>(1, 5_000_000_000L, new BigDecimal("2.5"), -7, new BigDecimal("1E+30"));
    }

    private static SampleElements<Object> buffers() {
        return new SampleElements<>(buffer(1), buffer(2), buffer(), buffer(0, 255), buffer(3));
    }

    private static ByteBuffer buffer(int... bytes) {
        byte[] array = new byte[bytes.length];
        IntStream.range(0, bytes.length).forEach(i -> array[i] = (byte) bytes[i]);
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    private static String setOf(String type, List<?> elements) {
        return elements.stream()
                .map(element -> quoted(element instanceof ByteBuffer buffer ? base64(buffer) : element))
                .collect(Collectors.joining(",", "{\"" + type + "\":[", "]}"));
    }

    private static String base64(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static DynamicNode readOnlySet(
            String name, SampleElements<Object> samples, Function<List<?>, @Nullable Object> of) {
        return suite(SetTestSuiteBuilder.using(new SetsOf(samples, false, of))
                .named(name)
                .withFeatures(READ_ONLY)
                .createTestSuite());
    }

    private static DynamicNode changeableSet(
            String name, SampleElements<Object> samples, Function<List<?>, @Nullable Object> of) {
        return suite(SetTestSuiteBuilder.using(new SetsOf(samples, true, of))
                .named(name)
                .withFeatures(READ_ONLY)
                .withFeatures(
                        SetFeature.GENERAL_PURPOSE,
                        ALLOWS_NULL_VALUES,
                        CollectionFeature.FAILS_FAST_ON_CONCURRENT_MODIFICATION)
                .createTestSuite());
    }

    // Iterators.

    @Test
    void theIteratorOfAnItemIsReadOnlyAndKeepsTheOrder() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("b", "1");
        attributes.put("a", "2");
        attributes.put("c", "3");
        List<Map.Entry<String, AttributeValue>> expected = attributes.entrySet().stream()
                .<Map.Entry<String, AttributeValue>>map(
                        entry -> new SimpleImmutableEntry<>(entry.getKey(), attribute(value(entry.getValue()))))
                .toList();

        new IteratorTester<Map.Entry<String, AttributeValue>>(
                5, IteratorFeature.UNMODIFIABLE, expected, IteratorTester.KnownOrder.KNOWN_ORDER) {
            @Override
            protected Iterator<Map.Entry<String, AttributeValue>> newTargetIterator() {
                return nested(members(attributes)).iterator();
            }
        }.test();
    }

    /** Events are equal to themselves only, so Guava's tester cannot compare those of two iterators. */
    @Test
    void theIteratorsOfAReaderAreReadOnlyAndEnd() {
        byte[] record = "{\"dynamodb\":{\"Keys\":{}}}".getBytes(UTF_8);
        for (ChangeEventReader reader :
                List.of(DECODER.read(record), DECODER.newSession().read(record))) {
            assertEnds(reader.iterator());
        }
        assertEnds(DECODER.read(record).records().iterator());
        assertEnds(DECODER.read(record).stream().iterator());
    }

    private static void assertEnds(Iterator<?> iterator) {
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isNotNull();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void theListsOfADifferenceAreReadOnly() {
        List<PathChange> changes = difference("\"OldImage\":{\"a\":{\"S\":\"1\"}},\"NewImage\":{\"a\":{\"S\":\"2\"}}")
                .changes();
        assertThat(changes).isUnmodifiable();
        assertThat(changes.get(0).segments()).containsExactly("a").isUnmodifiable();
        assertThat(difference("\"OldImage\":{\"a\":{\"S\":\"1\"}},\"NewImage\":{\"a\":{\"S\":\"2\"}}")
                        .changed())
                .containsOnlyKeys("a")
                .isUnmodifiable();
    }

    /** Runs a JUnit 3 suite, as Guava's builders make it, as one test. */
    private static DynamicNode suite(TestSuite suite) {
        return DynamicTest.dynamicTest(suite.getName(), () -> {
            TestResult result = new TestResult();
            suite.run(result);
            assertThat(result.runCount()).isGreaterThan(100);
            assertThat(Collections.list(result.failures())).isEmpty();
            assertThat(Collections.list(result.errors())).isEmpty();
        });
    }

    private static DynamicNode suite(Maps maps) {
        return suite(MapTestSuiteBuilder.using(maps)
                .named(maps.name)
                .withFeatures(maps.features())
                .createTestSuite());
    }
}
