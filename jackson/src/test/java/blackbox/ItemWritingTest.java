package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Failures.thrownBy;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("ArrayRecordComponent") // tests how Jackson treats arrays
class ItemWritingTest {
    private final ItemMapper mapper = ItemMapper.create();

    private String write(Object value) {
        return new String(mapper.write(value), UTF_8).replace('"', '\'');
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("v", value);
        return map;
    }

    enum Color {
        RED,
        BLUE
    }

    record Everything(
            String s,
            int i,
            long l,
            double d,
            float f,
            BigDecimal big,
            BigInteger whole,
            boolean t,
            byte[] b,
            @Nullable String nothing,
            Color color,
            List<Integer> list,
            Map<String, Object> m,
            char[] chars) {}

    @Test
    void everyTypeHasItsDescriptor() {
        assertThat(write(new Everything(
                        "é",
                        1,
                        Long.MAX_VALUE,
                        0.1,
                        1.5f,
                        new BigDecimal("12345678901234567890.123456789012345678"),
                        new BigInteger("9".repeat(38)),
                        true,
                        new byte[] {0, -1},
                        null,
                        Color.BLUE,
                        List.of(1, 2),
                        Map.of("x", List.of()),
                        new char[] {'a', 'b'})))
                .isEqualTo(
                        "{'s':{'S':'é'},'i':{'N':'1'},'l':{'N':'9223372036854775807'},'d':{'N':'0.1'},'f':{'N':'1.5'},"
                                + "'big':{'N':'12345678901234567890.123456789012345678'},'whole':{'N':'"
                                + "9".repeat(38) + "'},"
                                + "'t':{'BOOL':true},'b':{'B':'AP8='},'nothing':{'NULL':true},'color':{'S':'BLUE'},"
                                + "'list':{'L':[{'N':'1'},{'N':'2'}]},'m':{'M':{'x':{'L':[]}}},'chars':{'S':'ab'}}");
    }

    @Test
    void setsThatDynamoDbSupportsBecomeSets() {
        assertThat(write(map(new LinkedHashSet<>(List.of("a", "b"))))).isEqualTo("{'v':{'SS':['a','b']}}");
        assertThat(write(map(new LinkedHashSet<>(List.of(1, 2L, new BigDecimal("0.5"))))))
                .isEqualTo("{'v':{'NS':['1','2','0.5']}}");
        assertThat(write(map(EnumSet.allOf(Color.class)))).isEqualTo("{'v':{'SS':['RED','BLUE']}}");
        assertThat(write(map(Set.of(ByteBuffer.wrap(new byte[] {1}))))).isEqualTo("{'v':{'BS':['AQ==']}}");
    }

    @Test
    void buffersOfEveryKindBecomeBinary() {
        ByteBuffer slice = ByteBuffer.wrap(new byte[] {9, 1, 2, 9});
        slice.position(1).limit(3);
        ByteBuffer direct = ByteBuffer.allocateDirect(2).put(new byte[] {1, 2}).flip();
        for (ByteBuffer buffer : List.of(slice, slice.slice(), slice.asReadOnlyBuffer(), direct)) {
            assertThat(write(map(buffer))).isEqualTo("{'v':{'B':'AQI='}}");
        }
        assertThat(write(map(item("{'v':{'BS':['AQI=']}}").require("v").asBinarySet())))
                .isEqualTo("{'v':{'BS':['AQI=']}}");
    }

    @Test
    void setsThatDynamoDbDoesNotSupportBecomeLists() {
        assertThat(write(map(Set.of()))).isEqualTo("{'v':{'L':[]}}");
        assertThat(write(map(new LinkedHashSet<Object>(List.of("a", 1)))))
                .isEqualTo("{'v':{'L':[{'S':'a'},{'N':'1'}]}}");
        assertThat(write(map(new LinkedHashSet<Object>(List.of(true))))).isEqualTo("{'v':{'L':[{'BOOL':true}]}}");
        assertThat(write(map(new LinkedHashSet<>(Arrays.asList("a", null)))))
                .isEqualTo("{'v':{'L':[{'S':'a'},{'NULL':true}]}}");
        assertThat(write(map(new LinkedHashSet<Object>(List.of(1, List.of(2), Set.of(3), Map.of("k", Set.of("x")))))))
                .isEqualTo("{'v':{'L':[{'N':'1'},{'L':[{'N':'2'}]},{'NS':['3']},{'M':{'k':{'SS':['x']}}}]}}");
    }

    @Test
    void membersThatAreEqualInDynamoDbAreWrittenOnce() {
        assertThat(write(map(new LinkedHashSet<>(List.of(new BigDecimal("1"), new BigDecimal("1.0"), BigDecimal.TEN)))))
                .isEqualTo("{'v':{'NS':['1','10']}}");
    }

    record Typed(Item item, AttributeValue value) {}

    @Test
    void itemsAndAttributeValuesKeepTheirTypes() {
        Item item = item(
                "{'ns':{'NS':['1.0','+2']},'bs':{'BS':['']},'m':{'M':{'u':{'NULL':true}}},'l':{'L':[{'SS':['x']}]}}");
        assertThat(exact(new String(mapper.write(item), UTF_8))).isEqualTo(item);
        assertThat(write(item)).contains("'1.0','+2'");
        assertThat(write(new Typed(item.require("m").asItem(), item.require("ns"))))
                .isEqualTo("{'item':{'M':{'u':{'NULL':true}}},'value':{'NS':['1.0','+2']}}");
        assertThat(write(map(List.of(item.require("l"))))).isEqualTo("{'v':{'L':[{'L':[{'SS':['x']}]}]}}");
    }

    @Test
    void anEventIsWrittenAsAnItem() {
        assertThat(write(Items.event(Items.streamRecord("{'a':{'NS':['1']}}"))))
                .contains("'dynamodb':{'M':{'ApproximateCreationDateTime':{'S':'2025-03-14T07:41:17Z'},'Keys':{'M':{}},"
                        + "'NewImage':{'M':{'a':{'NS':['1']}}}");
    }

    record Named(@JsonProperty("zip_code") String zip, Instant at) {}

    @Test
    void theMappersOwnRulesHold() {
        ItemMapper own = ItemMapper.of(JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build());
        byte[] written = own.write(new Named("01", Instant.parse("2025-03-14T07:41:17Z")));
        assertThat(exact(new String(written, UTF_8)))
                .isEqualTo(item("{'zip_code':{'S':'01'},'at':{'S':'2025-03-14T07:41:17Z'}}"));
    }

    @Test
    void treesAreWritten() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("b", new byte[] {1})
                .put("d", new BigDecimal("0.10"))
                .putNull("u")
                .putArray("a")
                .add(1);
        assertThat(write(tree))
                .isEqualTo("{'b':{'B':'AQ=='},'d':{'N':'0.10'},'u':{'NULL':true},'a':{'L':[{'N':'1'}]}}");
    }

    // ------------------------------------------------------------------------------------------------- plain JSON

    private JsonParser json(String json) throws IOException {
        return new JsonFactory().createParser(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | {}
            {'a':1,'b':'x','c':null,'d':true} | {'a':{'N':'1'},'b':{'S':'x'},'c':{'NULL':true},'d':{'BOOL':true}}
            {'a':[1,[],{'b':{}}]}                       | {'a':{'L':[{'N':'1'},{'L':[]},{'M':{'b':{'M':{}}}}]}}
            {'a':12345678901234567890.12345678901234567890} | {'a':{'N':'12345678901234567890.12345678901234567890'}}
            {'a':99999999999999999999999999999999999999} | {'a':{'N':'99999999999999999999999999999999999999'}}
            {'a':1e-130,'b':1.50}                       | {'a':{'N':'1E-130'},'b':{'N':'1.50'}}
            {'a':0.1}                                   | {'a':{'N':'0.1'}}
            """)
    void plainJsonBecomesAnItemWithEveryDigit(String plain, String dynamoDbJson) throws IOException {
        assertThat(new String(mapper.write(json(plain)), UTF_8).replace('"', '\''))
                .isEqualTo(dynamoDbJson);
    }

    @Test
    void successiveObjectsAreReadFromOneParser() throws IOException {
        JsonParser lines = json("{'a':1}\n{'a':2}\n");
        List<String> items = new ArrayList<>();
        while (lines.nextToken() != null) {
            items.add(new String(mapper.write(lines), UTF_8));
        }
        assertThat(items).containsExactly("{\"a\":{\"N\":\"1\"}}", "{\"a\":{\"N\":\"2\"}}");
        assertThat(lines.isClosed()).isTrue(); // because it is at the end of its input
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "'Canary'", "null", "{'a':Canary}", "{'a':'Canary", "{'a':1"})
    void inputThatIsNotAJsonObjectIsRefused(String plain) throws IOException {
        JsonParser parser = json(plain);
        ItemMappingException e = thrownBy(() -> mapper.write(parser));
        assertThat(e).hasNoCause().hasNoSuppressedExceptions().hasMessageNotContaining("Canary");
        assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(e.targetType()).isEqualTo("plain JSON");
    }

    // --------------------------------------------------------------------------------------------------- failures

    record Raw(@JsonRawValue String raw) {}

    record Twice(int Canary, @JsonAnyGetter Map<String, Integer> more) {}

    @Test
    void aRepeatedNameIsRefused() throws IOException {
        assertThat(failure(new Twice(1, Map.of("Canary", 2))).reason()).isEqualTo(Reason.MISMATCH);
        JsonParser parser = json("{'a':{'Canary':1,'Canary':2}}");
        assertThat(thrownBy(() -> mapper.write(parser))).hasNoCause().hasMessageNotContaining("Canary");
        assertThat(new String(mapper.write(json("{'a':{'a':1},'b':{'a':2}}")), UTF_8))
                .isEqualTo("{\"a\":{\"M\":{\"a\":{\"N\":\"1\"}}},\"b\":{\"M\":{\"a\":{\"N\":\"2\"}}}}");
    }

    @Test
    void inputBeyondTheLimitsOfJacksonIsAMismatch() throws IOException {
        Map<String, @Nullable Object> cycle = map(null);
        cycle.put("v", List.of(cycle));
        assertThat(failure(cycle).reason()).isEqualTo(Reason.MISMATCH);
        JsonParser longName = json("{'" + "C".repeat(50_001) + "':1}");
        assertThat(thrownBy(() -> mapper.write(longName)))
                .extracting(ItemMappingException::reason)
                .isEqualTo(Reason.MISMATCH);
    }

    private static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? Map.of("a", value) : List.of(value);
        }
        return Map.of("v", value);
    }

    /** The levels are those of the object: an item has about twice as many. */
    @Test
    void theMappersLimitOfDepthHoldsAndNoOther() {
        assertThat(mapper.write(nested(999))).isNotEmpty();
        assertThat(failure(nested(1_000)).reason()).isEqualTo(Reason.MISMATCH);
        JsonFactory deep = JsonFactory.builder()
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(2_000).build())
                .build();
        assertThat(ItemMapper.of(new ObjectMapper(deep)).write(nested(1_500))).isNotEmpty();
    }

    private static ItemMapper writing(JsonSerializer<StringBuilder> serializer) {
        return ItemMapper.of(
                new ObjectMapper().registerModule(new SimpleModule().addSerializer(StringBuilder.class, serializer)));
    }

    private interface Output {
        void to(JsonGenerator json) throws IOException;
    }

    private static JsonSerializer<StringBuilder> serializer(Output output) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(StringBuilder value, JsonGenerator json, SerializerProvider provider)
                    throws IOException {
                output.to(json);
            }
        };
    }

    @Test
    void outputThatIsNotOneCompleteObjectIsRefused() {
        StringBuilder any = new StringBuilder();
        List<Output> nothing = List.of(json -> {}, JsonGenerator::flush);
        List<Output> incomplete = List.of(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("Canary");
                    json.writeEndObject();
                },
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("Canary");
                },
                JsonGenerator::writeStartObject);
        for (Output output : nothing) {
            ItemMapper mapper = writing(serializer(output));
            assertThat(mismatch(() -> mapper.write(any))).hasNoCause();
            assertThat(mismatch(() -> mapper.write(Map.of("v", any)))).hasNoCause();
        }
        for (Output output : incomplete) {
            ItemMapper mapper = writing(serializer(output));
            assertThat(mismatch(() -> mapper.write(any))).hasNoCause().hasMessageNotContaining("Canary");
            assertThat(mismatch(() -> mapper.write(Map.of("v", any)))).hasNoCause();
        }
        ItemMapper twice = writing(serializer(json -> {
            json.writeStartObject();
            json.writeEndObject();
            json.writeStartObject();
            json.writeEndObject();
        }));
        assertThat(mismatch(() -> twice.write(any))).hasNoCause();
        assertThat(failure(new Loose(new TokenBuffer(new ObjectMapper(), false)))
                        .reason())
                .isEqualTo(Reason.MISMATCH);
    }

    @Test
    void aTextFromAReaderIsWritten() {
        for (int length : new int[] {-1, 3}) {
            ItemMapper mapper = writing(serializer(json -> json.writeString(new StringReader("abc"), length)));
            assertThat(new String(mapper.write(Map.of("v", new StringBuilder())), UTF_8))
                    .isEqualTo("{\"v\":{\"S\":\"abc\"}}");
        }
        ItemMapper mapper = writing(serializer(json -> json.writeString(new StringReader("abc"), 4)));
        mismatch(() -> mapper.write(Map.of("v", new StringBuilder())));
    }

    record Loose(Object value) {}

    static final class Throwing {
        @SuppressWarnings("DoNotCallSuggester")
        public String getText() {
            throw new IllegalStateException("Canary");
        }
    }

    private ItemMappingException failure(Object value) {
        ItemMappingException e = thrownBy(() -> mapper.write(value));
        assertThat(e).hasNoCause().hasNoSuppressedExceptions().hasMessageNotContaining("Canary");
        return e;
    }

    @Test
    void objectsThatCannotBeItemsAreRefused() {
        assertThat(failure("Canary").reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure(List.of()).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure(new Loose(Double.NaN)).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure(new Loose(Float.POSITIVE_INFINITY)).path()).isEqualTo("*");
        assertThat(failure(new Raw("Canary")).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(thrownBy(() -> mapper.write(new Loose(new Object()))).reason())
                .isEqualTo(Reason.BAD_DEFINITION);
        assertThat(failure(new Throwing()).reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure(item("{'a':{'S':'Canary'}}").require("a")).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure(new Throwing()))
                .hasMessage("REJECTED at *: writing blackbox.ItemWritingTest$Throwing: refused by the type's own code");
    }

    @Test
    void textsAndNamesThatNoDecoderAcceptsAreRefused() {
        for (String text : List.of("\uD800", "Canary\uDC00", "\uD83D\uD83D\uDE00", "\uDE00\uD83D")) {
            assertThat(failure(Map.of("v", text)).reason()).isEqualTo(Reason.MISMATCH);
            assertThat(failure(Map.of(text, 1)).reason()).isEqualTo(Reason.MISMATCH);
            assertThat(failure(Map.of("v", Set.of(text))).reason()).isEqualTo(Reason.MISMATCH);
        }
        assertThat(failure(Map.of("x".repeat(65_536), 1)).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(failure(Map.of("\u20AC".repeat(21_846), 1)).reason()).isEqualTo(Reason.MISMATCH);

        Map<String, Object> longest = Map.of("\u20AC".repeat(21_845), "\uD83D\uDE00");
        assertThat(exact(new String(mapper.write(longest), UTF_8)).toMap()).isEqualTo(longest);
    }

    /** The mapper's checks of texts are its own, because those of the builder are not public. */
    @Test
    void textsAndNamesAreRefusedWhereTheBuilderRefusesThem() {
        List<String> texts = List.of(
                "",
                "x".repeat(65_535),
                "x".repeat(65_536),
                "\u00E9".repeat(32_767),
                "\u00E9".repeat(32_768),
                "\u20AC".repeat(21_845),
                "\u20AC".repeat(21_846),
                "\uD83D\uDE00".repeat(16_383),
                "\uD83D\uDE00".repeat(16_384),
                "a\uD83D\uDE00b",
                "\uD83D",
                "\uDE00",
                "a\uD83Db",
                "a\uDE00",
                "\uDE00\uD83D",
                "\uD83D\uD83D\uDE00",
                "\uD83D\uDE00\uDE00");
        int refused = 0;
        for (String text : texts) {
            List<Map<String, ?>> items = List.of(
                    Map.of(text, 1), Map.of("v", text), Map.of("v", Set.of(text)), Map.of("v", Map.of(text, 1)));
            for (Map<String, ?> item : items) {
                Throwable ofBuilder =
                        catchThrowable(() -> ChangeEvent.builder("INSERT").keys(item));
                Throwable ofMapper = catchThrowable(() -> mapper.write(item));
                assertThat(ofMapper == null).isEqualTo(ofBuilder == null);
                if (ofBuilder == null) {
                    assertThat(exact(new String(mapper.write(item), UTF_8)).size())
                            .isEqualTo(1);
                }
                refused += ofBuilder == null ? 0 : 1;
            }
        }
        assertThat(refused).isEqualTo(4 * 2 + 7 * 4);
    }

    @Test
    void writtenObjectsAreReadBack() {
        Typed typed = new Typed(item("{'a':{'N':'1'}}"), item("{'a':{'N':'1'}}").require("a"));
        assertThat(mapper.read(exact(new String(mapper.write(typed), UTF_8)), Typed.class))
                .isEqualTo(typed);
    }

    record Large(BigDecimal a) {}

    /** BigDecimal's own text of 12E9999 has an exponent of five digits, which readers refuse by default. */
    @ParameterizedTest
    @ValueSource(strings = {"12E9999", "1136585058045074618116E+9999", "-12E9998", "1.2E-9999", "12E-9999", "9E9999"})
    void aNumberThatWasReadIsWrittenSoThatItIsReadAgain(String number) {
        ItemMapper items = ItemMapper.create();
        Large large = new Large(new BigDecimal(number));
        byte[] written = items.write(large);
        byte[] record = ("{\"dynamodb\":{\"Keys\":" + new String(written, UTF_8) + "}}").getBytes(UTF_8);
        assertThat(items.read(ChangeEventDecoder.create().decode(record).keys(), Large.class))
                .isEqualTo(large);
    }

    record Odd(
            Set<Object> mixed,
            Set<String> empty,
            LocalDate day,
            @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate text) {}

    @Test
    void whatDynamoDbDoesNotHaveIsWrittenAsJacksonWritesIt() {
        Odd odd = new Odd(new LinkedHashSet<>(List.of("a", 1)), Set.of(), LocalDate.of(2025, 3, 14), LocalDate.EPOCH);
        assertThat(new String(ItemMapper.create().write(odd), UTF_8))
                .isEqualTo("{'mixed':{'L':[{'S':'a'},{'N':'1'}]},'empty':{'L':[]},'day':{'L':[{'N':'2025'},{'N':'3'},"
                                .replace('\'', '"')
                        + "{'N':'14'}]},'text':{'S':'1970-01-01'}}".replace('\'', '"'));
    }

    @Test
    void anAttributeValueOfTypeMIsAnItem() {
        AttributeValue value =
                item("{'m':{'M':{'n':{'N':'1.50'},'s':{'SS':['a']}}}}").require("m");
        assertThat(write(value)).isEqualTo("{'n':{'N':'1.50'},'s':{'SS':['a']}}");
        AttributeValue list = item("{'l':{'L':[]}}").require("l");
        assertThat(catchThrowable(() -> mapper.write(list))).isInstanceOf(ItemMappingException.class);
    }
}
