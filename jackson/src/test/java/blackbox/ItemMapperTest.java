package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.TimePrecision;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("ArrayRecordComponent") // tests how Jackson treats arrays
class ItemMapperTest {
    private static final String DIGITS_38 = "12345678901234567890.123456789012345678";
    private final ItemMapper mapper = ItemMapper.create();

    // ----------------------------------------------------------------------------------------------------- shapes

    enum Status {
        PLACED,
        PAID
    }

    record Line(String sku, int quantity, BigDecimal price) {}

    record Address(String street, @JsonProperty("zip_code") String zip) {}

    record Order(String id, Status status, Address address, List<Line> lines, Map<String, Line> gifts) {}

    @Test
    void nestedRecordsAreBound() {
        Item item = item("""
                {'id':{'S':'o-1'},'status':{'S':'PAID'},
                 'address':{'M':{'street':{'S':'Hill 1'},'zip_code':{'S':'01234'}}},
                 'lines':{'L':[{'M':{'sku':{'S':'a'},'quantity':{'N':'2'},'price':{'N':'1.50'}}},
                               {'M':{'sku':{'S':'b'},'quantity':{'N':'1'},'price':{'N':'10'}}}]},
                 'gifts':{'M':{'x':{'M':{'sku':{'S':'c'},'quantity':{'N':'1'},'price':{'N':'0'}}}}}}""");

        assertThat(mapper.read(item, Order.class))
                .isEqualTo(new Order(
                        "o-1",
                        Status.PAID,
                        new Address("Hill 1", "01234"),
                        List.of(new Line("a", 2, new BigDecimal("1.50")), new Line("b", 1, BigDecimal.TEN)),
                        Map.of("x", new Line("c", 1, BigDecimal.ZERO))));
    }

    static final class Bean {
        private String name = "unset";
        private int count = -1;
        private @Nullable Bean child;

        public void setName(String name) {
            this.name = name;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public void setChild(@Nullable Bean child) {
            this.child = child;
        }
    }

    @Test
    void beansWithSettersAreBound() {
        Bean bean = mapper.read(
                item("{'name':{'S':'a'},'count':{'N':'2'},'child':{'M':{'count':{'N':'3'},'child':{'NULL':true}}}}"),
                Bean.class);
        assertThat(bean.name).isEqualTo("a");
        assertThat(bean.count).isEqualTo(2);
        assertThat(bean.child).isNotNull().satisfies(child -> {
            assertThat(child.name).isEqualTo("unset");
            assertThat(child.count).isEqualTo(3);
            assertThat(child.child).isNull();
        });
    }

    static final class Optionals {
        public @Nullable String text = "initial";
    }

    @Test
    void nullIsNotAbsent() {
        assertThat(mapper.read(item("{'text':{'NULL':true}}"), Optionals.class).text)
                .isNull();
        assertThat(mapper.read(item("{}"), Optionals.class).text).isEqualTo("initial");
        Map<String, Object> map = mapper.read(item("{'text':{'NULL':true}}"), new TypeReference<>() {});
        assertThat(map).containsOnlyKeys("text").containsEntry("text", null);
    }

    @Test
    void genericTypesAreBound() {
        Item item = item("{'a':{'NS':['1','2.5']},'b':{'L':[]}}");
        Map<String, List<BigDecimal>> expected =
                Map.of("a", List.of(BigDecimal.ONE, new BigDecimal("2.5")), "b", List.of());
        assertThat(mapper.read(item, new TypeReference<Map<String, List<BigDecimal>>>() {}))
                .isEqualTo(expected);
        ObjectMapper types = new ObjectMapper();
        Object read = mapper.read(
                item,
                types.getTypeFactory()
                        .constructMapType(
                                Map.class,
                                types.constructType(String.class),
                                types.getTypeFactory().constructCollectionType(List.class, BigDecimal.class)));
        assertThat(read).isEqualTo(expected);
    }

    record Sets(
            Set<String> texts, Set<BigInteger> numbers, Set<ByteBuffer> binaries, List<Integer> list, long[] longs) {}

    @Test
    void setsAreBoundToCollectionsAndArrays() {
        Sets sets = mapper.read(
                item("{'texts':{'SS':['b','a']},'numbers':{'NS':['3','1E2']},'binaries':{'BS':['AQ==','']},"
                        + "'list':{'NS':['7','8']},'longs':{'NS':['9223372036854775807']}}"),
                Sets.class);
        assertThat(sets.texts()).containsExactlyInAnyOrder("a", "b");
        assertThat(sets.numbers()).containsExactlyInAnyOrder(BigInteger.valueOf(3), BigInteger.valueOf(100));
        assertThat(sets.binaries())
                .containsExactlyInAnyOrder(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[0]));
        assertThat(sets.list()).containsExactly(7, 8);
        assertThat(sets.longs()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void setsKeepTheDeliveredOrderInAList() {
        assertThat(mapper.read(item("{'s':{'SS':['c','a','b']}}"), new TypeReference<Map<String, List<String>>>() {}))
                .containsEntry("s", List.of("c", "a", "b"));
    }

    record Blob(byte[] raw, ByteBuffer buffer, UUID id, String text, Object any, byte[] fromText) {}

    @Test
    void binaryIsBoundToBytesAndBuffers() {
        Blob blob = mapper.read(
                item("{'raw':{'B':'AP8B'},'buffer':{'B':'Ag=='},'id':{'B':'AAAAAAAAAAEAAAAAAAAAAg=='},"
                        + "'text':{'B':'Aw=='},'any':{'B':'BA=='},'fromText':{'S':'BQ=='}}"),
                Blob.class);
        assertThat(blob.raw()).containsExactly(0, 255, 1);
        assertThat(blob.buffer()).isEqualTo(ByteBuffer.wrap(new byte[] {2}));
        assertThat(blob.id()).isEqualTo(new UUID(1, 2));
        assertThat(blob.text()).isEqualTo("Aw==");
        assertThat(blob.any()).isEqualTo(new byte[] {4});
        assertThat(blob.fromText()).containsExactly(5);
    }

    @Test
    void theMappersOwnRulesHold() {
        record Snake(String firstName) {}
        ItemMapper snake = ItemMapper.of(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addMixIn(Address.class, IgnoreUnknown.class)
                .build());
        assertThat(snake.read(item("{'first_name':{'S':'Ada'}}"), Snake.class)).isEqualTo(new Snake("Ada"));
        assertThat(snake.read(
                        item("{'street':{'S':'x'},'zip_code':{'S':'1'},'more':{'M':{'deep':{'L':[{'M':{}}]}}}}"),
                        Address.class))
                .isEqualTo(new Address("x", "1"));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    interface IgnoreUnknown {}

    record Few(int a, int z) {}

    @Test
    void ignoredAttributesOfEveryTypeAreSkipped() {
        ItemMapper lenient = ItemMapper.of(
                JsonMapper.builder().addMixIn(Few.class, IgnoreUnknown.class).build());
        Item item = item(
                "{'m':{'M':{'x':{'M':{'a':{'N':'9'}}}}},'a':{'N':'1'},'l':{'L':[{'L':[]},{'N':'1'}]},'ns':{'NS':['1']},"
                        + "'s':{'S':''},'n':{'N':'1.5'},'b':{'B':''},'t':{'BOOL':true},'u':{'NULL':true},'e':{'M':{}},"
                        + "'z':{'N':'2'}}");
        assertThat(lenient.read(item, Few.class)).isEqualTo(new Few(1, 2));
    }

    @Test
    void plainMapsHaveEveryTypeWithoutLoss() {
        Map<String, Object> map = mapper.read(
                item("{'s':{'S':'x'},'i':{'N':'5'},'l':{'N':'5000000000'},'g':{'N':'99999999999999999999'},"
                        + "'d':{'N':'" + DIGITS_38
                        + "'},'t':{'BOOL':false},'ss':{'SS':['q']},'m':{'M':{'n':{'N':'0.1'}}}}"),
                new TypeReference<>() {});
        assertThat(map)
                .containsExactly(
                        Map.entry("s", "x"),
                        Map.entry("i", 5),
                        Map.entry("l", 5_000_000_000L),
                        Map.entry("g", new BigInteger("99999999999999999999")),
                        Map.entry("d", new BigDecimal(DIGITS_38)),
                        Map.entry("t", false),
                        Map.entry("ss", List.of("q")),
                        Map.entry("m", Map.of("n", new BigDecimal("0.1"))));
    }

    /** Jackson's own default removes them. */
    @Test
    void aTreeKeepsTrailingZerosUnlessTheMapperRemovesThem() {
        Item item = item("{'a':{'N':'0.10'},'b':{'N':'1.500'}}");
        ItemMapper own = ItemMapper.of(new ObjectMapper());
        for (ItemMapper mapper : List.of(ItemMapper.create(), own)) {
            JsonNode tree = mapper.read(item, JsonNode.class);
            assertThat(tree.get("a").decimalValue()).isEqualTo(new BigDecimal("0.10"));
            assertThat(tree).hasToString("{\"a\":0.10,\"b\":1.500}");
        }
        ObjectMapper removing = JsonMapper.builder()
                .enable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        assertThat(ItemMapper.of(removing).read(item, JsonNode.class).get("a").decimalValue())
                .isEqualTo(new BigDecimal("0.1"));
    }

    @Test
    void treesAreExact() {
        JsonNode tree =
                mapper.read(item("{'d':{'N':'" + DIGITS_38 + "'},'i':{'N':'7'},'b':{'B':'AQI='}}"), JsonNode.class);
        assertThat(tree.get("d").decimalValue()).isEqualTo(new BigDecimal(DIGITS_38));
        assertThat(tree.get("i").isInt()).isTrue();
        assertThat(tree.get("b").isBinary()).isTrue();
        assertThat(tree.toString()).isEqualTo("{\"d\":" + DIGITS_38 + ",\"i\":7,\"b\":\"AQI=\"}");
    }

    record Views(
            Item m,
            AttributeValue ns,
            @Nullable AttributeValue nothing,
            @Nullable AttributeValue absent) {}

    @Test
    void propertiesCanKeepTheirDynamoDbTypes() {
        Item item = item("{'m':{'M':{'a':{'N':'1'}}},'ns':{'NS':['1']},'nothing':{'NULL':true}}");
        Views views = mapper.read(item, Views.class);
        assertThat(views.m()).isEqualTo(item.require("m").asItem());
        assertThat(views.ns()).isEqualTo(item.require("ns"));
        assertThat(views.nothing())
                .isNotNull()
                .satisfies(v -> assertThat(v.type()).isEqualTo(AttributeType.NULL));
        assertThat(views.absent()).isNull();
        assertThat(mapper.read(item, Item.class)).isSameAs(item);
        assertThat(mapper.read(item("{'m':{'M':{}}}"), new TypeReference<Map<String, Item>>() {})
                        .get("m"))
                .isEmpty();
    }

    @Test
    void everyNullIsAValueOfItsOwnRecord() {
        TypeReference<Map<String, List<AttributeValue>>> type = new TypeReference<>() {};
        Item first = item("{'l':{'L':[{'NULL':true},{'N':'1'}]}}");
        Item second = item("{'l':{'L':[{'N':'1'},{'NULL':true}]}}");
        assertThat(mapper.read(first, type))
                .containsEntry("l", first.require("l").asList());
        assertThat(mapper.read(second, type))
                .containsEntry("l", second.require("l").asList());
    }

    // ---------------------------------------------------------------------------------------------------- numbers

    record Decimal(BigDecimal value) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                DIGITS_38,
                "99999999999999999999999999999999999999",
                "9.9999999999999999999999999999999999999E+125",
                "1E-130",
                "-0.000",
                "1.50",
                "5E3",
                "0"
            })
    void bigDecimalHas38DigitsAndItsScale(String number) {
        assertThat(mapper.read(item("{'value':{'N':'" + number + "'}}"), Decimal.class)
                        .value())
                .isEqualTo(new BigDecimal(number));
    }

    record Whole(int i, long l, short s, BigInteger big, Integer boxed) {}

    @Test
    void integersOfAnySpellingFitIntegerTypes() {
        assertThat(mapper.read(
                        item("{'i':{'N':'5.0'},'l':{'N':'-9.223372036854775808E18'},'s':{'N':'+007'},"
                                + "'big':{'N':'1E+30'},'boxed':{'N':'2147483647'}}"),
                        Whole.class))
                .isEqualTo(new Whole(5, Long.MIN_VALUE, (short) 7, BigInteger.TEN.pow(30), Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'i':{'N':'1.5'}",
                "'i':{'N':'2147483648'}",
                "'l':{'N':'9223372036854775808'}",
                "'l':{'N':'1E-1'}",
                "'s':{'N':'40000'}",
                "'big':{'N':'0.5'}",
                "'big':{'N':'1E+999'}",
                "'boxed':{'N':'-2147483649'}"
            })
    void numbersThatDoNotFitAreRefusedAndNotTruncated(String attribute) {
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> mapper.read(item("{" + attribute + "}"), Whole.class))
                .satisfies(e -> assertThat(e.path()).isEqualTo("*"));
    }

    @Test
    void truncationOfFractionsCanBeConfigured() {
        ObjectMapper cutting = new ObjectMapper();
        cutting.coercionConfigFor(LogicalType.Integer).setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert);
        assertThat(ItemMapper.of(cutting)
                        .read(item("{'v':{'N':'1.5'}}"), new TypeReference<Map<String, BigInteger>>() {}))
                .containsEntry("v", BigInteger.ONE);
    }

    record Cut(int i, Integer boxed, long l) {}

    @Test
    void fractionsAreTruncatedForIntsAndLongs() {
        ObjectMapper cutting = new ObjectMapper();
        cutting.coercionConfigFor(LogicalType.Integer).setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert);
        ItemMapper cuts = ItemMapper.of(cutting);
        assertThat(cuts.read(item("{'i':{'N':'1.9'},'boxed':{'N':'-1.9'},'l':{'N':'8E18'}}"), Cut.class))
                .isEqualTo(new Cut(1, -1, 8_000_000_000_000_000_000L));
        for (String tooLarge : List.of("'i':{'N':'2147483648.5'}", "'l':{'N':'1E9999'}", "'boxed':{'N':'-1E126'}")) {
            assertThatExceptionOfType(ItemMappingException.class)
                    .isThrownBy(() -> cuts.read(item("{" + tooLarge + "}"), Cut.class))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
        }
    }

    record Floating(double d, float f) {}

    @Test
    void doublesAndFloatsAreTheNearest() {
        assertThat(mapper.read(item("{'d':{'N':'0.1'},'f':{'N':'1.00000017881393432617187499'}}"), Floating.class))
                .isEqualTo(new Floating(0.1, Float.parseFloat("1.00000017881393432617187499")));
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> mapper.read(item("{'d':{'N':'1E400'},'f':{'N':'1'}}"), Floating.class));
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> mapper.read(item("{'d':{'N':'1'},'f':{'N':'1E40'}}"), Floating.class));
    }

    record Text(String value) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "1E+2", "-0.5", "0", "0.0", "12345678901234567890"})
    void aNumberAsTextIsTheDeliveredText(String number) {
        assertThat(mapper.read(item("{'value':{'N':'" + number + "'}}"), Text.class)
                        .value())
                .isEqualTo(number);
    }

    @Test
    void aNumberAsTextIsAJsonNumber() {
        assertThat(mapper.read(item("{'value':{'N':'+007.50'}}"), Text.class).value())
                .isEqualTo("7.50");
        assertThat(mapper.read(item("{'value':{'N':'-00'}}"), Text.class).value())
                .isEqualTo("0");
    }

    // ------------------------------------------------------------------------------------ where Jackson buffers

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Photo.class, name = "photo"))
    sealed interface Media permits Photo {}

    record Photo(byte[] thumbnail, BigDecimal ratio, BigInteger size) implements Media {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void polymorphicTypesKeepBinaryAndDigitsWhereverTheTypeIdIs(boolean first) {
        String kind = "'kind':{'S':'photo'}";
        String rest = "'thumbnail':{'B':'AP8='},'ratio':{'N':'" + DIGITS_38
                + "'},'size':{'N':'99999999999999999999999999999999999999'}";
        Media media = mapper.read(item("{" + (first ? kind + "," + rest : rest + "," + kind) + "}"), Media.class);
        assertThat(media).isInstanceOfSatisfying(Photo.class, photo -> {
            assertThat(photo.thumbnail()).containsExactly(0, 255);
            assertThat(photo.ratio()).isEqualTo(new BigDecimal(DIGITS_38));
            assertThat(photo.size()).isEqualTo(new BigInteger("9".repeat(38)));
        });
    }

    static final class Wrapper {
        public String id = "";

        @JsonUnwrapped
        public @Nullable Content content;
    }

    static final class Content {
        public byte[] data = {};
        public BigDecimal amount = BigDecimal.ZERO;
        public int count;
    }

    @Test
    void unwrappedPropertiesKeepBinaryAndDigits() {
        Item item = item("{'data':{'B':'AQ=='},'id':{'S':'x'},'amount':{'N':'" + DIGITS_38 + "'},'count':{'N':'3.0'}}");
        assertThat(mapper.read(item, Wrapper.class).content).isNotNull().satisfies(content -> {
            assertThat(content.data).containsExactly(1);
            assertThat(content.amount).isEqualTo(new BigDecimal(DIGITS_38));
            assertThat(content.count).isEqualTo(3);
        });
    }

    static final class Created {
        final byte[] data;
        final BigDecimal amount;
        final int late;
        private String other = "";

        @JsonCreator
        Created(
                @JsonProperty("data") byte[] data,
                @JsonProperty("amount") BigDecimal amount,
                @JsonProperty("late") int late) {
            this.data = data;
            this.amount = amount;
            this.late = late;
        }

        public void setOther(String other) {
            this.other = other;
        }
    }

    @Test
    void creatorsKeepBinaryAndDigits() {
        Created created = mapper.read(
                item("{'other':{'S':'o'},'data':{'B':'/w=='},'amount':{'N':'" + DIGITS_38 + "'},'late':{'N':'1'}}"),
                Created.class);
        assertThat(created.data).containsExactly(255);
        assertThat(created.amount).isEqualTo(new BigDecimal(DIGITS_38));
        assertThat(created.other).isEqualTo("o");
        assertThat(created.late).isEqualTo(1);
    }

    @Test
    void fractionsAreRefusedWhereJacksonBuffers() {
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> mapper.read(item("{'count':{'N':'3.5'}}"), Wrapper.class));
    }

    // ------------------------------------------------------------------------------------------------------- time

    record Times(Instant at) {}

    @Test
    void instantsAreReadFromNInSeconds() {
        ItemMapper seconds = mapper.epochUnit(TimePrecision.SECOND);
        assertThat(seconds.read(item("{'at':{'N':'1741938077'}}"), Times.class).at())
                .isEqualTo(Instant.parse("2025-03-14T07:41:17Z"));
        assertThat(seconds.read(item("{'at':{'N':'1741938077.082'}}"), Times.class)
                        .at())
                .isEqualTo(Instant.parse("2025-03-14T07:41:17.082Z"));
        assertThat(mapper.read(item("{'at':{'N':'1741938077'}}"), Times.class).at())
                .isEqualTo(Instant.parse("2025-03-14T07:41:17Z"));
    }

    @Test
    void instantsAreReadFromNInMilliseconds() {
        assertThat(mapper.epochUnit(TimePrecision.MILLISECOND)
                        .read(item("{'at':{'N':'1741938077082'}}"), Times.class)
                        .at())
                .isEqualTo(Instant.parse("2025-03-14T07:41:17.082Z"));
    }

    @Test
    void instantsAreWrittenInTheUnitThatTheyAreReadIn() {
        for (TimePrecision unit : List.of(TimePrecision.SECOND, TimePrecision.MILLISECOND)) {
            ItemMapper each = mapper.epochUnit(unit);
            Times times = new Times(Instant.parse("2025-03-14T07:41:17.082Z"));
            Item written = Items.exact(new String(each.write(times), StandardCharsets.UTF_8));
            assertThat(each.read(written, Times.class)).isEqualTo(times);
            assertThat(written.require("at").asBigDecimal())
                    .isEqualByComparingTo(unit == TimePrecision.SECOND ? "1741938077.082" : "1741938077082");
        }
    }

    @Test
    void instantsAreReadFromIsoText() {
        for (ItemMapper each : List.of(mapper, mapper.epochUnit(TimePrecision.MILLISECOND))) {
            assertThat(each.read(item("{'at':{'S':'2025-03-14T07:41:17.082Z'}}"), Times.class)
                            .at())
                    .isEqualTo(Instant.parse("2025-03-14T07:41:17.082Z"));
        }
    }

    record BothUnits(
            Instant expires,

            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Instant updated,

            OffsetDateTime offset,
            LocalDate day) {}

    @Test
    void aPropertyCanHaveItsOwnUnit() {
        assertThat(mapper.read(
                        item("{'expires':{'N':'1741938077'},'updated':{'N':'1741938077082'},"
                                + "'offset':{'N':'1741938077'},'day':{'S':'2025-03-14'}}"),
                        BothUnits.class))
                .isEqualTo(new BothUnits(
                        Instant.parse("2025-03-14T07:41:17Z"),
                        Instant.parse("2025-03-14T07:41:17.082Z"),
                        OffsetDateTime.of(2025, 3, 14, 7, 41, 17, 0, ZoneOffset.UTC),
                        LocalDate.of(2025, 3, 14)));
    }

    // ------------------------------------------------------------------------------------------------- the mapper

    @Test
    void theGivenMapperIsCopied() {
        ObjectMapper own = new ObjectMapper();
        ItemMapper of = ItemMapper.of(own);
        own.setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE);
        assertThat(of.read(item("{'value':{'S':'x'}}"), Text.class)).isEqualTo(new Text("x"));
        assertThat(own.getRegisteredModuleIds()).isEmpty();
        assertThat(own.isEnabled(com.fasterxml.jackson.databind.DeserializationFeature.ACCEPT_FLOAT_AS_INT))
                .isTrue();
    }

    @Test
    void attributesKeepTheirOrder() {
        Map<String, Integer> map = mapper.read(item("{'b':{'N':'1'},'a':{'N':'2'}}"), new TypeReference<>() {});
        assertThat(new LinkedHashSet<>(map.keySet())).containsExactly("b", "a");
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static final class Node {
        public int id;
    }

    /** Jackson before 2.21 drops them. */
    @Test
    void anObjectIdThatNoObjectHasIsAMismatch() {
        List<Item> items =
                List.of(item("{'l':{'L':[{'M':{'id':{'N':'1'}}},{'N':'1'},{'N':'2'}]}}"), item("{'l':{'NS':['1']}}"));
        for (Item item : items) {
            for (ItemMapper mapper : List.of(ItemMapper.create(), ItemMapper.of(new ObjectMapper()))) {
                assertThat(mismatch(() -> mapper.read(item, new TypeReference<Map<String, List<Node>>>() {})))
                        .isNotNull();
            }
        }
    }
}
