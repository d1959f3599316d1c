package blackbox;

import static blackbox.Failures.thrownBy;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializerCache;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemMappingExceptionTest {
    private static final String SECRET = "Canary7";
    private final ItemMapper mapper = ItemMapper.create();

    record Inner(int count) {}

    record Outer(List<Inner> parts) {}

    enum Color {
        RED
    }

    record Strict(String text) {
        Strict {
            if (text.startsWith("C")) {
                throw new IllegalArgumentException("bad text " + text);
            }
        }
    }

    interface NoImplementation {}

    /** Its only constructor is one that Jackson does not use. */
    static final class NoCreator {
        NoCreator(int first, int second) {
            assertThat(first).isLessThan(second);
        }
    }

    record HasItem(Item m) {}

    static final class Unwrapping {
        @JsonUnwrapped
        public @Nullable Inner inner;
    }

    record Holder<T>(T Canary7) {}

    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("int", new TypeReference<Holder<Integer>>() {}.getType()),
            Map.entry("long", new TypeReference<Holder<Long>>() {}.getType()),
            Map.entry("double", new TypeReference<Holder<Double>>() {}.getType()),
            Map.entry("boolean", new TypeReference<Holder<Boolean>>() {}.getType()),
            Map.entry("decimal", new TypeReference<Holder<BigDecimal>>() {}.getType()),
            Map.entry("integer", new TypeReference<Holder<BigInteger>>() {}.getType()),
            Map.entry("bytes", new TypeReference<Holder<byte[]>>() {}.getType()),
            Map.entry("uuid", new TypeReference<Holder<UUID>>() {}.getType()),
            Map.entry("instant", new TypeReference<Holder<Instant>>() {}.getType()),
            Map.entry("enum", new TypeReference<Holder<Color>>() {}.getType()),
            Map.entry("list", new TypeReference<Holder<List<Integer>>>() {}.getType()),
            Map.entry("map", new TypeReference<Holder<Map<Integer, Color>>>() {}.getType()),
            Map.entry("record", new TypeReference<Holder<Inner>>() {}.getType()),
            Map.entry("strict", new TypeReference<Holder<Strict>>() {}.getType()),
            Map.entry("abstract", new TypeReference<Holder<NoImplementation>>() {}.getType()),
            Map.entry("no creator", new TypeReference<Holder<NoCreator>>() {}.getType()),
            Map.entry("no creators", new TypeReference<Holder<Map<String, NoCreator>>>() {}.getType()),
            Map.entry("optional", new TypeReference<Holder<Optional<String>>>() {}.getType()),
            Map.entry("unwrapping", new TypeReference<Holder<Unwrapping>>() {}.getType()),
            Map.entry("item", new TypeReference<Holder<Item>>() {}.getType()));

    private static final List<String> VALUES = List.of(
            "{'S':'Canary7'}",
            "{'S':'7777777'}",
            "{'N':'7777777777777777777777777777.7777777'}",
            "{'N':'7777777E900'}",
            "{'B':'Q2FuYXJ5Nw=='}",
            "{'BOOL':true}",
            "{'SS':['Canary7']}",
            "{'L':[{'S':'Canary7'}]}",
            "{'M':{'Canary7':{'S':'Canary7'}}}",
            "{'M':{'text':{'S':'Canary7'}}}",
            "{'M':{'count':{'S':'Canary7'}}}");

    static Stream<Arguments> mismatches() {
        return TYPES.keySet().stream()
                .sorted()
                .flatMap(type -> VALUES.stream().map(value -> Arguments.of(type, value)));
    }

    @ParameterizedTest
    @MethodSource("mismatches")
    void exceptionsContainNoValueAndNoName(String type, String value) {
        Item item = item("{'Canary7':" + value + "}");
        try {
            mapper.read(item, new ObjectMapper().constructType(TYPES.get(type)));
        } catch (ItemMappingException e) {
            StringWriter everything = new StringWriter();
            e.printStackTrace(new PrintWriter(everything, true));
            String shown = everything + e.path() + e.reason();
            assertThat(shown).doesNotContain(SECRET, "7777777", "Q2FuYXJ5Nw");
            assertThat(e.getCause() == null).isEqualTo(e.reason() != Reason.BAD_DEFINITION);
            assertThat(e).hasNoSuppressedExceptions();
            assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(256);
        }
    }

    @Test
    void mostOfTheseMismatchesDoThrow() {
        long thrown = mismatches()
                .filter(pair -> {
                    Item item = item("{'Canary7':" + pair.get()[1] + "}");
                    try {
                        mapper.read(item, new ObjectMapper().constructType(TYPES.get((String) pair.get()[0])));
                        return false;
                    } catch (ItemMappingException e) {
                        return true;
                    }
                })
                .count();
        assertThat(thrown).isGreaterThan(2L * TYPES.size() * VALUES.size() / 3);
    }

    private ItemMappingException failure(String item, Class<?> type) {
        ItemMappingException e = thrownBy(() -> mapper.read(item(item), type));
        return e;
    }

    @Test
    void theMessageHasReasonPathAndType() {
        ItemMappingException e =
                failure("{'parts':{'L':[{'M':{'count':{'N':'1'}}},{'M':{'count':{'S':'Canary7'}}}]}}", Outer.class);
        assertThat(e)
                .hasMessage("MISMATCH at *[1].*: an item as blackbox.ItemMappingExceptionTest$Outer:"
                        + " a value that does not fit; a string for a number; includeDetails() shows the names");
        assertThat(e.path()).isEqualTo("*[1].*");
        assertThat(e.targetType()).isEqualTo(Outer.class.getName());
        assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
    }

    @Test
    void eachKindOfFailureHasItsReason() {
        assertThat(failure("{'count':{'N':'1'},'Canary7':{'S':''}}", Inner.class)
                        .reason())
                .isEqualTo(Reason.UNKNOWN_PROPERTY);
        assertThat(failure("{'count':{'N':'1.5'}}", Inner.class).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure("{'count':{'N':'2147483648'}}", Inner.class).reason())
                .isEqualTo(Reason.MISMATCH);
        assertThat(failure("{'text':{'S':'Canary7'}}", Strict.class).reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure("{}", NoImplementation.class).reason()).isEqualTo(Reason.BAD_DEFINITION);
        assertThat(failure("{'a':{'S':''}}", Set.class).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure("{'m':{'S':'Canary7'}}", HasItem.class).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure("{}", AttributeValue.class).reason()).isEqualTo(Reason.MISMATCH);
    }

    @SuppressWarnings("ArrayRecordComponent") // tests how Jackson treats arrays
    record Arrays(
            int @Nullable [] ints,
            boolean @Nullable [] booleans,
            String @Nullable [] texts,
            byte @Nullable [] @Nullable [] binaries,
            Inner @Nullable [] beans,
            @Nullable EnumMap<RetentionPolicy, String> map,
            @Nullable List<String> list) {}

    /** databind reports these as if the type lacked a constructor. */
    @ParameterizedTest
    @ValueSource(strings = {"ints", "booleans", "texts", "binaries", "beans", "map", "list"})
    void aScalarForAContainerIsAMismatch(String property) {
        for (String value : List.of("{'S':'Canary7'}", "{'S':''}", "{'N':'77'}", "{'BOOL':true}")) {
            assertThat(failure("{'" + property + "':" + value + "}", Arrays.class)
                            .reason())
                    .as(value)
                    .isEqualTo(Reason.MISMATCH);
        }
    }

    record Dates(
            @Nullable YearMonth month,
            @Nullable LocalDate day,
            @Nullable LocalTime time) {}

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static class Linked {
        public int id;
        public @Nullable Linked next;
    }

    /** Only a class of the user refuses by its own code. What databind or the JDK throws is a mismatch. */
    @Test
    void aValueThatDatabindCannotConvertIsAMismatch() throws IOException {
        for (String item : List.of(
                "{'month':{'L':[{'N':'2025'},{'N':'13'}]}}",
                "{'month':{'S':'2025-13'}}",
                "{'day':{'L':[{'N':'2025'},{'N':'2'},{'N':'30'}]}}",
                "{'time':{'L':[{'N':'25'},{'N':'0'}]}}")) {
            assertThat(thrownBy(() -> ItemMapper.create().read(item(item), Dates.class))
                            .reason())
                    .as(item)
                    .isEqualTo(Reason.MISMATCH);
        }
        assertThat(failure("{'id':{'N':'1'},'next':{'N':'77'}}", Linked.class).reason())
                .isEqualTo(Reason.MISMATCH);
        Map<@Nullable String, Integer> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertThat(thrownBy(() -> mapper.write(nullKey)).reason()).isEqualTo(Reason.MISMATCH);
        for (String number : List.of("1e99999999999", "1e-2147483648")) {
            JsonParser parser = new ObjectMapper().createParser("{\"a\":" + number + "}");
            assertThat(thrownBy(() -> mapper.write(parser)).reason()).isEqualTo(Reason.MISMATCH);
        }
    }

    @Test
    void whatADeserializerOfTheUserRefusesIsRejected() {
        JsonDeserializer<StringBuilder> own = new JsonDeserializer<>() {
            @Override
            public StringBuilder deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                throw JsonMappingException.from(parser, "Canary7");
            }
        };
        ItemMapper mapper = ItemMapper.of(
                new ObjectMapper().registerModule(new SimpleModule().addDeserializer(StringBuilder.class, own)));
        ItemMappingException e = thrownBy(() -> mapper.read(item("{}"), StringBuilder.class));
        assertThat(e.reason()).isEqualTo(Reason.REJECTED);
        assertThat(e).hasMessageNotContaining("Canary7");
    }

    @SuppressWarnings("DoNotCallSuggester")
    record AnyGetter() {
        @JsonAnyGetter
        Map<String, Object> any() {
            throw new IllegalStateException("Canary7");
        }
    }

    @SuppressWarnings("DoNotCallSuggester")
    record Value() {
        @JsonValue
        Object value() {
            throw new IllegalStateException("Canary7");
        }
    }

    @Test
    void whatAGetterOfTheUserThrowsIsRejected() {
        for (Object object : List.of(new AnyGetter(), new Value())) {
            ItemMappingException e = thrownBy(() -> mapper.write(Map.of("v", object)));
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.REJECTED);
            assertThat(e).hasNoCause().hasMessageNotContaining("Canary7");
        }
    }

    record Primitive(int count) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MISMATCH at *| NULL or an absent attribute for int",
                "{'count':{'NULL':true}} | MISMATCH at *| NULL or an absent attribute for int",
                "{'count':{'N':'3000000000'}} | MISMATCH at *| a number outside the range of int",
                "{'count':{'BOOL':true}} | MISMATCH at *| asked for int",
                "{'count':{'N':'1'},'other':{'N':'1'}} | UNKNOWN_PROPERTY at *| includeDetails() shows its name"
            })
    void theMessageSaysWhatIsKnownWithoutAValue(String item, String beginning, String end) {
        assertThat(thrownBy(() -> ItemMapper.create().read(item(item), Primitive.class)))
                .hasMessageStartingWith(beginning)
                .hasMessageContaining("; " + end)
                .hasMessageEndingWith(
                        "; includeDetails() shows " + (beginning.startsWith("U") ? "its name" : "the names"));
    }

    @Test
    void aHintAtIncludeDetailsIsGivenOnlyIfItShowsMore() {
        Item item = item("{'count':{'S':'Canary7'}}");
        ItemMappingException e = thrownBy(() -> mapper.includeDetails().read(item, Primitive.class));
        assertThat(e).hasMessageNotContaining("includeDetails").cause().hasMessageContaining("[\"count\"]");
        assertThat(thrownBy(() -> mapper.read(item, AttributeValue.class))).hasMessageNotContaining("includeDetails");
        assertThat(thrownBy(() -> mapper.read(item.require("count"), new TypeReference<List<Integer>>() {})))
                .hasMessageNotContaining("includeDetails");
    }

    @SuppressWarnings("ArrayRecordComponent") // tests how Jackson treats arrays
    record Numbers(
            @Nullable Map<String, Double> map,
            @Nullable Map<String, Integer> ints,
            double @Nullable [] doubles,
            float @Nullable [] floats,
            @Nullable List<Double> list) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Buffered(
            @Nullable Map<String, Integer> ints, @Nullable Map<String, Short> shorts) {}

    /** Jackson adds a Map's key only to its own exceptions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'map':{'M':{'lat':{'N':'1.5'},'lon':{'N':'1E400'}}}} | *.*",
                "{'ints':{'M':{'a':{'N':'3000000000'}}}} | *.*",
                "{'ints':{'M':{'a':{'N':'1.5'}}}} | *.*",
                "{'doubles':{'L':[{'N':'1'},{'N':'1E400'}]}} | *[1]",
                "{'doubles':{'L':[{'N':'1'},{'S':'1'}]}} | *[1]",
                "{'floats':{'L':[{'N':'1'},{'N':'1E400'}]}} | *[1]",
                "{'list':{'L':[{'N':'1'},{'N':'1E400'}]}} | *[1]"
            })
    void thePathOfANumberOutsideTheRangeIsComplete(String item, String path) {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            if (any == mapper || !item.contains("{'S':")) {
                assertThat(thrownBy(() -> any.read(item(item), Numbers.class)).path())
                        .isEqualTo(path);
            }
        }
    }

    @Test
    void thePathOfANumberOutsideTheRangeIsCompleteInMapsAndWhereJacksonBuffers() {
        Item item = item("{'a':{'M':{'b':{'N':'1E400'}}}}");
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            assertThat(thrownBy(() -> any.read(item, new TypeReference<Map<String, Map<String, Float>>>() {}))
                            .path())
                    .isEqualTo("*.*");
            for (String name : List.of("ints", "shorts")) {
                Item buffered = item("{'" + name + "':{'M':{'a':{'N':'3000000000'}}},'@class':{'S':'"
                        + Buffered.class.getName() + "'}}");
                ItemMappingException e = thrownBy(() -> any.read(buffered, Buffered.class));
                assertThat(e.path()).isEqualTo("*.*");
                assertThat(e).hasMessageContaining("a number outside the range of ");
            }
        }
    }

    static Stream<Arguments> badJson() {
        return Stream.of(
                Arguments.of("{'a':{'b':1,'b':2}}", "*.*", "a repeated attribute name"),
                Arguments.of("{'a':[1,{'c':'\\ud800'}]}", "*[1].*", "a text has an unpaired surrogate"),
                Arguments.of("{'a':[1,'\\ud800']}", "*[1]", "a text has an unpaired surrogate"),
                Arguments.of("{'a':[1,NaN]}", "*[1]", "not valid JSON"),
                Arguments.of("{'a':{'b':[", "*.*", "not valid JSON"),
                Arguments.of("{'a':[1e99999999999]}", "*[0]", "the text of a number is not a number"),
                Arguments.of("{'a':" + "9".repeat(2000) + "}", "*", "beyond the parser's StreamReadConstraints"),
                Arguments.of("[]", "", "an item is an object"),
                Arguments.of("7", "", "an item is an object"));
    }

    @ParameterizedTest
    @MethodSource("badJson")
    void plainJsonThatIsNoItemIsRefusedWithItsPathAndKind(String json, String path, String kind) throws IOException {
        for (String before : List.of("", "{'x':[7,")) {
            JsonParser parser = new JsonFactory().createParser((before + json).replace('\'', '"'));
            while (!before.isEmpty() && parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                parser.nextToken();
            }
            if (!before.isEmpty()) {
                parser.nextToken();
            }
            ItemMappingException e = thrownBy(() -> mapper.write(parser));
            assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
            assertThat(e.path()).isEqualTo(path);
            assertThat(e).hasMessageContaining("; " + kind).hasNoCause();
            assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(256);
        }
    }

    record Tree(ObjectNode tree) {}

    @Test
    void thePathEndsInTheValueOfATreeOrAnArray() throws IOException {
        ObjectNode tree = new ObjectMapper().createObjectNode();
        tree.putArray("a").add("x").addObject().put("c", "\ud800");
        assertThat(thrownBy(() -> mapper.write(tree)).path()).isEqualTo("*[1].*");
        assertThat(thrownBy(() -> mapper.write(new Tree(tree))).path()).isEqualTo("*.*[1].*");
        assertThat(thrownBy(() -> mapper.write(Map.of("a", new double[] {1, Double.NaN})))
                        .path())
                .isEqualTo("*[1]");
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        JsonParser tooDeepText = new JsonFactory().createParser("{\"a\":" + "[".repeat(2000));
        ItemMappingException ofText = thrownBy(() -> mapper.write(tooDeepText));
        assertThat(ofText.path()).isEqualTo("*" + "[0]".repeat(999));
        assertThat(ofText).hasMessageContaining("beyond the parser's StreamReadConstraints");
        Map<String, Object> tooDeep = Map.of("a", deep);
        assertThat(thrownBy(() -> mapper.write(tooDeep)))
                .hasMessageContaining("more levels than the mapper's StreamWriteConstraints allow");
        ItemMappingException e = thrownBy(() ->
                mapper.includeDetails().write(new JsonFactory().createParser("{\"a\":{\"Canary7\":1,\"Canary7\":2}}")));
        assertThat(e).hasMessageNotContaining(SECRET).hasRootCauseInstanceOf(StreamWriteException.class);
        assertThat(Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause))
                .anySatisfy(cause -> assertThat(cause).hasMessageContaining(SECRET));
    }

    @Test
    void aParserIsWrittenObjectByObject() throws IOException {
        JsonParser parser = new JsonFactory().createParser("{\"a\":1} {\"b\":{}} {\"c\":3}");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            items.add(new String(mapper.write(parser), StandardCharsets.UTF_8));
        }
        assertThat(items).containsExactly("{\"a\":{\"N\":\"1\"}}", "{\"b\":{\"M\":{}}}", "{\"c\":{\"N\":\"3\"}}");
        assertThat(thrownBy(() -> mapper.write(parser))).hasMessageContaining("an item is an object");
    }

    @Test
    void aParserThatIsNullIsANullPointerException() {
        assertThatNullPointerException().isThrownBy(() -> mapper.write(absent()));
    }

    @SuppressWarnings("NullAway") // as a caller without a null checker may do
    private static JsonParser absent() {
        return null;
    }

    @Test
    void aMessageThatAClassOfTheUserWroteIsNotInABadDefinition() {
        JsonDeserializer<StringBuilder> own = new JsonDeserializer<>() {
            @Override
            public StringBuilder deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return context.reportBadDefinition(String.class, "bad " + parser.getText());
            }
        };
        ItemMapper mapper = ItemMapper.of(
                new ObjectMapper().registerModule(new SimpleModule().addDeserializer(StringBuilder.class, own)));
        AttributeValue value = item("{'a':{'S':'Canary7'}}").require("a");
        ItemMappingException e = thrownBy(() -> mapper.read(value, StringBuilder.class));
        assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
        assertThat(e).hasMessageNotContaining(SECRET).cause().hasMessageNotContaining(SECRET);
        assertThat(thrownBy(() -> mapper.includeDetails().read(value, StringBuilder.class)))
                .cause()
                .hasMessageContaining(SECRET);
    }

    @Test
    void aTypeInAModuleThatIsNotOpenedIsABadDefinitionThatSaysSo() {
        assertThat(failure("{'a':{'N':'1'}}", Runtime.class))
                .hasMessageEndingWith("; does its Java module open the package to com.fasterxml.jackson.databind?");
    }

    @Test
    void aBadDefinitionIsCausedByDatabindsExceptionWithoutTheData() {
        ItemMappingException e = thrownBy(
                () -> mapper.read(item("{'Canary7':{'S':'Canary7'}}"), new TypeReference<Map<String, NoCreator>>() {}));
        assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
        assertThat(e.getCause()).isInstanceOfSatisfying(InvalidDefinitionException.class, cause -> {
            assertThat(cause)
                    .hasMessageContaining("NoCreator")
                    .hasMessageContaining("no String-argument constructor")
                    .hasMessageNotContaining(SECRET);
            assertThat(cause.getType().getRawClass()).isEqualTo(NoCreator.class);
            assertThat(cause.getPath()).isEmpty();
            assertThat(cause.getStackTrace()).isNotEmpty();
        });
        assertThat(thrownBy(() -> mapper.write(Map.of(SECRET, new Object()))))
                .hasCauseInstanceOf(InvalidDefinitionException.class)
                .satisfies(written -> {
                    assertThat(written.reason()).isEqualTo(Reason.BAD_DEFINITION);
                    assertThat(written.getCause()).hasMessageNotContaining(SECRET);
                });
    }

    @Test
    void theTargetTypeOfAGenericTypeHasItsArguments() {
        JavaType type = new ObjectMapper().getTypeFactory().constructCollectionType(List.class, Inner.class);
        ItemMappingException e = thrownBy(() -> mapper.read(item("{}"), type));
        assertThat(e.targetType()).isEqualTo("java.util.List<blackbox.ItemMappingExceptionTest$Inner>");
        e = thrownBy(() -> mapper.read(item("{}"), new TypeReference<List<Inner>>() {}));
        assertThat(e.targetType()).isEqualTo("java.util.List<blackbox.ItemMappingExceptionTest$Inner>");
    }

    @Test
    void withDetailsDatabindsExceptionIsTheCause() {
        ItemMappingException e =
                thrownBy(() -> mapper.includeDetails().read(item("{'text':{'S':'Canary7'}}"), Strict.class));
        assertThat(e).hasMessageNotContaining(SECRET).cause().isInstanceOf(DatabindException.class);
        assertThat(e.getCause()).hasMessageContaining("bad text Canary7");
        assertThat(mapper.includeDetails()).hasToString("ItemMapper[details]");
    }

    @Test
    void exceptionsThatTheMapperDoesNotWrapAreWrapped() {
        ItemMapper unwrapped = ItemMapper.of(JsonMapper.builder()
                .disable(DeserializationFeature.WRAP_EXCEPTIONS)
                .build());
        ItemMappingException e = thrownBy(() -> unwrapped.read(item("{'text':{'S':'Canary7'}}"), Strict.class));
        assertThat(e.reason()).isEqualTo(Reason.REJECTED);
        assertThat(e).hasMessageNotContaining(SECRET).hasNoCause();
    }

    static Stream<Arguments> longestDetails() {
        ItemMapper byMagnitude = ItemMapper.create().epochUnit(EpochUnit.BY_MAGNITUDE);
        return Stream.of(
                Arguments.of(ItemMapper.create(), Integer.class, "{'S':'x'}"),
                Arguments.of(ItemMapper.create(), Instant.class, "{'N':'1E30'}"),
                Arguments.of(ItemMapper.create(), Instant.class, "{'N':'1719039879000000'}"),
                Arguments.of(ItemMapper.create(), Instant.class, "{'N':'1E-30'}"),
                Arguments.of(byMagnitude, Instant.class, "{'N':'1E30'}"),
                Arguments.of(byMagnitude, Instant.class, "{'S':'x'}"),
                Arguments.of(byMagnitude, Instant.class, "{'N':'1E-30'}"));
    }

    @ParameterizedTest
    @MethodSource("longestDetails")
    void longTypeNamesAndPathsAreShortenedInTheMessageOnly(ItemMapper mapper, Class<?> type, String value) {
        StringBuilder json = new StringBuilder(value);
        for (int i = 0; i < 40; i++) {
            json.insert(0, "{'L':[").append("]}");
        }
        ObjectMapper types = new ObjectMapper();
        var nested = types.constructType(type);
        for (int i = 0; i < 40; i++) {
            nested = types.getTypeFactory().constructCollectionType(List.class, nested);
        }
        var map = types.getTypeFactory().constructMapType(Map.class, types.constructType(String.class), nested);
        ItemMappingException e = thrownBy(() -> mapper.read(item("{'Canary7':" + json + "}"), map));
        assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(256).contains("...");
        assertThat(e.path()).isEqualTo("*" + "[0]".repeat(40));
        assertThat(e.targetType()).hasSizeGreaterThan(256);
    }

    @Test
    void anItemOfAnEarlierRecordIsNotAMappingProblem() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        byte[] record = Items.streamRecord("{'m':{'M':{'count':{'N':'1'}}}}").getBytes(StandardCharsets.UTF_8);
        Item image = session.decode(record).newImage();
        assertThat(image).isNotNull();
        Item nested = image.require("m").asItem();
        assertThat(mapper.read(nested, Inner.class)).isEqualTo(new Inner(1));
        session.decode(record);
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> mapper.read(nested, Inner.class)))
                .hasMessageContaining("copy()");
    }

    // --------------------------------------------------------------------------------------- the parser's own

    private static Throwable refusalOf(String value, Asking asking) throws IOException {
        JsonParser parser = ItemMapper.create().parser(item("{'Canary7':" + value + "}"));
        while (parser.nextToken() != JsonToken.FIELD_NAME) {
            assertThat(parser.currentToken()).isNotNull();
        }
        parser.nextToken();
        return catchThrowableOfType(JsonProcessingException.class, () -> asking.ask(parser));
    }

    private interface Asking {
        Object ask(JsonParser parser) throws IOException;
    }

    @Test
    void theParsersMessagesContainNoValueAndNoName() throws IOException {
        for (String value : VALUES) {
            List<Asking> askings = List.of(
                    JsonParser::getByteValue,
                    JsonParser::getShortValue,
                    JsonParser::getIntValue,
                    JsonParser::getLongValue,
                    JsonParser::getValueAsInt,
                    JsonParser::getValueAsLong,
                    JsonParser::getValueAsDouble,
                    JsonParser::getBigIntegerValue,
                    JsonParser::getDecimalValue,
                    JsonParser::getDoubleValue,
                    JsonParser::getFloatValue,
                    JsonParser::getNumberValue,
                    JsonParser::getBinaryValue);
            for (Asking asking : askings) {
                Throwable thrown = refusalOf(value, asking);
                if (thrown != null) {
                    assertThat(String.valueOf(thrown)).doesNotContain(SECRET, "7777777");
                    assertThat(thrown).hasNoCause();
                }
            }
        }
        assertThat(refusalOf("{'S':'Canary7!'}", JsonParser::getBinaryValue))
                .hasMessageContaining("found a string that is not base64");
        assertThat(refusalOf("{'S':'Canary7'}", JsonParser::getIntValue))
                .hasMessageContaining("asked for a number, found VALUE_STRING");
        assertThat(refusalOf("{'N':'7777777.5'}", JsonParser::getIntValue))
                .hasMessageContaining("asked for int, found a number with a fraction, or too large");
    }

    static final class Parent {
        public int id;

        @JsonManagedReference
        public @Nullable List<Child> children;
    }

    static final class Child {
        public @Nullable String name;

        @JsonBackReference
        public @Nullable Parent parent;
    }

    static final class UnwrappedParent {
        public @Nullable String id;

        @JsonUnwrapped(prefix = "p_")
        public @Nullable Parent parent;
    }

    /** Jackson reports some types with exceptions of the JDK. */
    @Test
    void aTypeThatJacksonFailsToPrepareIsABadDefinition() {
        for (ItemMapper mapper : List.of(ItemMapper.create(), ItemMapper.of(new ObjectMapper()))) {
            assertThatThrownBy(() -> mapper.read(item("{'id':{'S':'a'},'p_id':{'N':'1'}}"), UnwrappedParent.class))
                    .isInstanceOfSatisfying(ItemMappingException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
                        assertThat(e).cause().hasMessageContaining("reset delegate");
                    });
        }
    }

    record Prepared(int count) {}

    /** Such an exception is a mistake of Jackson's. */
    @Test
    void aFailureWithoutAMessageWhileJacksonPreparesATypeIsABadDefinitionToo() {
        SimpleModule module = new SimpleModule() {
            private static final long serialVersionUID = 1L;

            @Override
            public void setupModule(SetupContext context) {
                context.addBeanDeserializerModifier(new BeanDeserializerModifier() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public BeanDeserializerBuilder updateBuilder(
                            DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
                        IllegalStateException mistake = new IllegalStateException();
                        mistake.setStackTrace(new StackTraceElement[] {
                            new StackTraceElement(DeserializerCache.class.getName(), "create", null, 1)
                        });
                        throw mistake;
                    }
                });
            }
        };
        assertThatThrownBy(() -> ItemMapper.create(module).read(item("{'count':{'N':'1'}}"), Prepared.class))
                .isInstanceOfSatisfying(ItemMappingException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
                    assertThat(e).cause().hasMessageContaining("IllegalStateException");
                });
    }
}
