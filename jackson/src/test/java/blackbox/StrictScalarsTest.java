package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ItemMapper.create()} refuses values that Jackson's defaults replace with 0, false, null or another number. */
@SuppressWarnings("ArrayRecordComponent") // tests how Jackson treats arrays
class StrictScalarsTest {
    private final ItemMapper strict = ItemMapper.create();
    private final ItemMapper asJackson = ItemMapper.of(new ObjectMapper());

    static final class Texts {
        public @Nullable Instant instant;
        public byte @Nullable [] bytes;
    }

    @Test
    void textIsParsedForTypesThatAreWrittenAsText() {
        Item item = item("{'instant':{'S':'5'},'bytes':{'S':'AQI='}}");
        assertThat(strict.read(item, Texts.class).instant).isEqualTo(Instant.ofEpochSecond(5));
        assertThat(strict.read(item, Texts.class).bytes).containsExactly(1, 2);
        assertThat(strict.epochUnit(EpochUnit.MILLISECOND).read(item, Texts.class).instant)
                .isEqualTo(Instant.ofEpochMilli(5));
    }

    enum Color {
        RED,
        GREEN
    }

    static final class Fields {
        public byte aByte;
        public short aShort;
        public int anInt;
        public long aLong;
        public float aFloat;
        public double aDouble;
        public boolean aBoolean;
        public char aChar;
        public @Nullable Byte byteObject;
        public @Nullable Short shortObject;
        public @Nullable Integer intObject;
        public @Nullable Long longObject;
        public @Nullable Float floatObject;
        public @Nullable Double doubleObject;
        public @Nullable Boolean booleanObject;
        public @Nullable Character charObject;
        public @Nullable BigInteger bigInteger;
        public @Nullable BigDecimal bigDecimal;
        public @Nullable AtomicInteger atomicInt;
        public @Nullable AtomicLong atomicLong;
        public @Nullable AtomicBoolean atomicBoolean;
        public @Nullable Number number;
        public @Nullable UUID uuid;
        public @Nullable Date date;
        public @Nullable Color color;
        public @Nullable LocalDate localDate;
        public @Nullable LocalDateTime localDateTime;
        public @Nullable YearMonth yearMonth;
        public int @Nullable [] ints;
        public long @Nullable [] longs;
        public double @Nullable [] doubles;
        public float @Nullable [] floats;
        public boolean @Nullable [] booleans;
        public @Nullable List<Integer> intList;
        public @Nullable List<Double> doubleList;
        public @Nullable Map<String, Boolean> booleanMap;
    }

    private static final String PRIMITIVES = "'aByte':{'N':'1'},'aShort':{'N':'1'},'anInt':{'N':'1'},'aLong':{'N':'1'},"
            + "'aFloat':{'N':'1'},'aDouble':{'N':'1'},'aBoolean':{'BOOL':true},'aChar':{'S':'c'}";

    private static final List<String> NUMBERS = List.of(
            "aByte",
            "aShort",
            "anInt",
            "aLong",
            "aFloat",
            "aDouble",
            "byteObject",
            "shortObject",
            "intObject",
            "longObject",
            "floatObject",
            "doubleObject",
            "bigInteger",
            "bigDecimal",
            "atomicInt",
            "atomicLong",
            "number");

    private static final List<String> BOOLEANS = List.of("aBoolean", "booleanObject", "atomicBoolean");

    private static String with(String name, String value) {
        String others = Stream.of(PRIMITIVES.split(",", -1))
                .filter(attribute -> !attribute.startsWith("'" + name + "'"))
                .reduce("", (all, attribute) -> all + "," + attribute);
        return "{'" + name + "':" + value + others + "}";
    }

    static Stream<Arguments> refused() {
        Stream<Arguments> texts = NUMBERS.stream()
                .flatMap(name -> Stream.of("", " ", "1", "1.5", "1e400", "x", "null", "NaN", "Infinity", "-INF")
                        .map(text -> Arguments.of(name, "{'S':'" + text + "'}")));
        Stream<Arguments> booleans = NUMBERS.stream().map(name -> Arguments.of(name, "{'BOOL':true}"));
        Stream<Arguments> notBooleans = BOOLEANS.stream()
                .flatMap(name -> Stream.of(
                                "{'S':''}", "{'S':'true'}", "{'S':'1'}", "{'N':'1'}", "{'N':'0'}", "{'S':'null'}")
                        .map(value -> Arguments.of(name, value)));
        Stream<Arguments> others = Stream.of(
                        "aChar {'S':''}",
                        "aChar {'S':'ab'}",
                        "aChar {'N':'65'}",
                        "charObject {'S':''}",
                        "charObject {'N':'65'}",
                        "color {'N':'1'}",
                        "color {'S':''}",
                        "color {'BOOL':true}",
                        "uuid {'S':''}",
                        "date {'S':''}",
                        "localDate {'L':[]}",
                        "localDateTime {'L':[]}",
                        "yearMonth {'L':[]}",
                        "aByte {'N':'200'}",
                        "byteObject {'N':'-129'}",
                        "aFloat {'N':'1E100'}",
                        "aDouble {'N':'1E400'}",
                        "doubleObject {'N':'1E400'}",
                        "aByte {'NULL':true}",
                        "aShort {'NULL':true}",
                        "anInt {'NULL':true}",
                        "aLong {'NULL':true}",
                        "aFloat {'NULL':true}",
                        "aDouble {'NULL':true}",
                        "aBoolean {'NULL':true}",
                        "aChar {'NULL':true}",
                        "ints {'L':[{'NULL':true}]}",
                        "ints {'L':[{'S':'1'}]}",
                        "ints {'SS':['1']}",
                        "ints {'S':''}",
                        "longs {'L':[{'NULL':true}]}",
                        "doubles {'L':[{'NULL':true}]}",
                        "doubles {'L':[{'S':'NaN'}]}",
                        "doubles {'L':[{'S':''}]}",
                        "doubles {'NS':['1E400']}",
                        "floats {'L':[{'S':'Infinity'}]}",
                        "floats {'NS':['1E100']}",
                        "booleans {'L':[{'N':'1'}]}",
                        "booleans {'L':[{'S':''}]}",
                        "intList {'L':[{'S':''}]}",
                        "intList {'L':[{'BOOL':true}]}",
                        "doubleList {'L':[{'S':'NaN'}]}",
                        "doubleList {'L':[{'N':'1E400'}]}",
                        "booleanMap {'M':{'k':{'S':''}}}",
                        "booleanMap {'M':{'k':{'N':'0'}}}")
                .map(text -> Arguments.of(text.substring(0, text.indexOf(' ')), text.substring(text.indexOf(' ') + 1)));
        return Stream.of(texts, booleans, notBooleans, others).flatMap(all -> all);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refused")
    void aValueOfAnotherKindThanThePropertyIsAMismatch(String name, String value) {
        assertMismatch(with(name, value), Fields.class);
    }

    private void assertMismatch(String item, Type type) {
        mismatch(() -> strict.read(item(item), new ObjectMapper().constructType(type)));
    }

    @Test
    void valuesOfThePropertysKindAreRead() {
        Fields fields = strict.read(
                item("{" + PRIMITIVES + ",'byteObject':{'N':'-128'},'intObject':{'NULL':true},"
                        + "'bigDecimal':{'N':'1E400'},'uuid':{'S':'00000000-0000-0000-0000-000000000001'},"
                        + "'color':{'S':'GREEN'},'ints':{'NS':['1','5.0']},'doubles':{'L':[{'N':'1'},{'N':'0.1'}]},"
                        + "'floats':{'NS':['0.1']},'intList':{'L':[{'NULL':true},{'N':'2'}]},'number':{'N':'1.5'}}"),
                Fields.class);
        assertThat(fields.aByte).isEqualTo((byte) 1);
        assertThat(fields.aChar).isEqualTo('c');
        assertThat(fields.byteObject).isEqualTo((byte) -128);
        assertThat(fields.intObject).isNull();
        assertThat(fields.bigDecimal).isEqualTo(new BigDecimal("1E400"));
        assertThat(fields.uuid).isEqualTo(new UUID(0, 1));
        assertThat(fields.color).isEqualTo(Color.GREEN);
        assertThat(fields.ints).containsExactly(1, 5);
        assertThat(fields.doubles).containsExactly(1.0, 0.1);
        assertThat(fields.floats).containsExactly(0.1f);
        assertThat(fields.intList).containsExactly(null, 2);
    }

    static final class AsText {
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        public @Nullable BigDecimal decimal;

        @JsonFormat(shape = JsonFormat.Shape.STRING)
        public int anInt;

        @JsonFormat(shape = JsonFormat.Shape.STRING)
        public @Nullable Double aDouble;

        @JsonFormat(shape = JsonFormat.Shape.STRING)
        public byte aByte;
    }

    @Test
    void aNumberThatIsWrittenAsTextIsReadFromText() {
        AsText numbers = new AsText();
        numbers.decimal = new BigDecimal("12345678901234567890.10");
        numbers.anInt = -5;
        numbers.aDouble = 0.1;
        numbers.aByte = 7;
        Item written = Items.exact(new String(strict.write(numbers), StandardCharsets.UTF_8));
        assertThat(written.require("anInt").asString()).isEqualTo("-5");
        AsText read = strict.read(written, AsText.class);
        assertThat(read.decimal).isEqualTo(numbers.decimal);
        assertThat(read.anInt).isEqualTo(-5);
        assertThat(read.aDouble).isEqualTo(0.1);
        assertThat(read.aByte).isEqualTo((byte) 7);
        for (String text : List.of("1E+5", "1.50E+3", "-0.00", "1E-400", "1E+400", "007")) {
            AsText exact = strict.read(
                    item("{'decimal':{'S':'" + text + "'},'aByte':{'N':'1'},'anInt':{'N':'1'},'aDouble':{'N':'1'}}"),
                    AsText.class);
            assertThat(exact.decimal).isEqualTo(new BigDecimal(text));
        }
        for (String text : List.of("", " ", "x", "NaN", "1.5", "3000000000", "1E400", "99999999999", "0x1")) {
            assertMismatch("{'anInt':{'S':'" + text + "'},'aByte':{'N':'1'}}", AsText.class);
            assertMismatch("{'aByte':{'S':'" + text + "'},'anInt':{'N':'1'}}", AsText.class);
        }
        assertMismatch("{'aDouble':{'S':'1E400'},'aByte':{'N':'1'},'anInt':{'N':'1'}}", AsText.class);
    }

    // ------------------------------------------------------------------------------------------------- absent

    record Point(int x, int y) {}

    static final class Bean {
        private int count;
        private final double weight;

        Bean(@JsonProperty("weight") double weight) {
            this.weight = weight;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    static final class Setters {
        int count = 7;
        boolean flag;

        @Nullable
        Integer optional;

        @JsonProperty(defaultValue = "7")
        public void setCount(int count) {
            this.count = count;
        }

        public void setFlag(boolean flag) {
            this.flag = flag;
        }

        public void setOptional(@Nullable Integer optional) {
            this.optional = optional;
        }
    }

    static final class Nested {
        public @Nullable Setters child;
        public @Nullable List<Setters> children;
        public boolean flag;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    interface Shape {}

    static final class Circle implements Shape {
        public double radius;
    }

    static final class Unwrapping {
        @JsonUnwrapped
        public @Nullable Setters inner;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'x':{'N':'1'}}", "{'y':{'N':'1'}}", "{'x':{'N':'1'},'y':{'NULL':true}}"})
    void anAbsentAttributeOfAPrimitiveComponentIsAMismatch(String item) {
        assertMismatch(item, Point.class);
    }

    @Test
    void anAbsentAttributeOfAPrimitivePropertyIsAMismatch() {
        assertMismatch("{'count':{'N':'1'}}", Bean.class);
        Bean bean = strict.read(item("{'count':{'N':'1'},'weight':{'N':'2'}}"), Bean.class);
        assertThat(bean.count + bean.weight).isEqualTo(3);
        assertMismatch("{}", Setters.class);
        assertMismatch("{'count':{'N':'1'}}", Setters.class);
        assertMismatch("{'flag':{'BOOL':true},'child':{'M':{}}}", Nested.class);
        assertMismatch("{'flag':{'BOOL':true},'children':{'L':[{'M':{'flag':{'BOOL':true}}},{'M':{}}]}}", Nested.class);
        assertMismatch("{'child':{'M':{'flag':{'BOOL':true}}}}", Nested.class);
        assertMismatch("{'type':{'S':'circle'}}", Shape.class);
        assertMismatch("{'radius':{'N':'1E400'},'type':{'S':'circle'}}", Shape.class);
    }

    @Test
    void aPropertyThatStatesADefaultMayBeAbsent() {
        Setters setters = strict.read(item("{'flag':{'BOOL':true}}"), Setters.class);
        assertThat(setters.count).isEqualTo(7);
        assertThat(setters.flag).isTrue();
        assertThat(setters.optional).isNull();
    }

    static final class Initialized {
        public int bikes = 7;
        public @Nullable String name;
    }

    @Test
    void theInitialValueOfAFieldIsNoDefault() {
        assertMismatch("{'name':{'S':'x'}}", Initialized.class);
    }

    @Test
    void aNumberIsTheTextOfAString() {
        Item item = item("{'bikes':{'N':'1'},'name':{'N':'5'}}");
        assertThat(strict.read(item, Initialized.class).name).isEqualTo("5");
    }

    @Test
    void nestedBeansHaveSeparateRequirements() {
        Nested nested = strict.read(
                item("{'children':{'L':[{'M':{'flag':{'BOOL':true}}}]},'flag':{'BOOL':true},"
                        + "'child':{'M':{'flag':{'BOOL':false}}}}"),
                Nested.class);
        assertThat(nested.children).hasSize(1);
        assertThat(nested.flag).isTrue();
        Shape shape = strict.read(item("{'radius':{'N':'2'},'type':{'S':'circle'}}"), Shape.class);
        assertThat(((Circle) shape).radius).isEqualTo(2);
    }

    @Test
    void anUnwrappedBeanHasItsRequirements() {
        Unwrapping unwrapping = strict.read(item("{'flag':{'BOOL':true}}"), Unwrapping.class);
        assertThat(unwrapping.inner)
                .isNotNull()
                .satisfies(inner -> assertThat(inner.flag).isTrue());
        assertMismatch("{'count':{'N':'1'}}", Unwrapping.class);
    }

    /** The strict rules hold beside other modules, except for the types that they read themselves. */
    @Test
    void aStrictMapperTakesFurtherModules() {
        SimpleModule hexadecimal = new SimpleModule()
                .addDeserializer(Long.class, new FromStringDeserializer<>(Long.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected Long _deserialize(String text, DeserializationContext context) {
                        return Long.parseLong(text, 16);
                    }
                });
        ItemMapper mapper = ItemMapper.create(hexadecimal);
        assertThat(mapper.read(item("{'v':{'S':'ff'}}").require("v"), Long.class))
                .isEqualTo(255L);
        mismatch(() -> mapper.read(item("{'v':{'S':'5'}}").require("v"), Integer.class));
        mismatch(() -> mapper.read(item("{'count':{'N':'1'}}"), Bean.class));
        Module[] none = new Module[1];
        assertThatNullPointerException().isThrownBy(() -> ItemMapper.create(none));
        SimpleModule own = new SimpleModule()
                .addDeserializer(double[].class, new StdDeserializer<>(double[].class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double[] deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                        return new double[] {parser.getText().length()};
                    }
                })
                .addKeyDeserializer(Double.class, new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String name, DeserializationContext context) {
                        return (double) name.length();
                    }
                });
        ItemMapper withOwn = ItemMapper.create(own);
        assertThat(withOwn.read(item("{'v':{'S':'abc'}}").require("v"), double[].class))
                .containsExactly(3.0);
        assertThat(withOwn.read(item("{'NaN':{'N':'1'}}"), new TypeReference<Map<Double, Integer>>() {}))
                .containsOnly(Map.entry(3.0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "1.5", ""})
    void aStringIsNoOptionalNumber(String text) {
        AttributeValue value = item("{'v':{'S':'" + text + "'}}").require("v");
        for (Class<?> type : List.of(OptionalDouble.class, OptionalInt.class, OptionalLong.class)) {
            mismatch(() -> strict.read(value, type));
        }
        AttributeValue large = item("{'v':{'N':'1E400'}}").require("v");
        mismatch(() -> strict.read(large, OptionalDouble.class));
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static class Identified {
        public int id;
        public @Nullable String text;
        public @Nullable Identified next;
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    static class IdentifiedBySetter {
        private int id = 42;

        public void setId(int id) {
            this.id = id;
        }
    }

    @Test
    void aPrimitiveIdOfAnObjectIsRequired() {
        for (String item : List.of("{'text':{'S':'q'}}", "{'id':{'NULL':true},'text':{'S':'q'}}")) {
            assertMismatch(item, Identified.class);
            assertMismatch("{'id':{'N':'1'},'next':{'M':" + item + "}}", Identified.class);
        }
        assertMismatch("{}", IdentifiedBySetter.class);
        assertThat(strict.read(item("{'id':{'N':'7'}}"), IdentifiedBySetter.class).id)
                .isEqualTo(7);
        Identified read =
                strict.read(item("{'id':{'N':'1'},'next':{'M':{'id':{'N':'2'},'next':{'N':'1'}}}}"), Identified.class);
        assertThat(read.next).isNotNull().satisfies(next -> {
            assertThat(next.id).isEqualTo(2);
            assertThat(next.next).isSameAs(read);
        });
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"a", "b", "c"})
    static class Row {
        public int a;
        public int b = 9;
        public @Nullable Integer c;
    }

    record Rows(Row row) {}

    @Test
    void theElementsOfABeanThatIsAListAreRequired() {
        for (String list : List.of("", "{'N':'1'}", "{'N':'1'},{'NULL':true}", "{'N':'1'},{'S':'2'}")) {
            assertMismatch("{'row':{'L':[" + list + "]}}", Rows.class);
        }
        Row row = strict.read(item("{'row':{'L':[{'N':'1'},{'N':'2'}]}}"), Rows.class)
                .row();
        assertThat(List.of(row.a, row.b)).containsExactly(1, 2);
        assertThat(row.c).isNull();
    }

    @ParameterizedTest
    @ValueSource(classes = {float[].class, double[].class, int[].class, long[].class, short[].class})
    void aStringIsNotAListOfNumbers(Class<?> type) {
        for (String text : List.of("", "q", "AAAA", "AAAAAAAAAAA=")) {
            AttributeValue value = item("{'v':{'S':'" + text + "'}}").require("v");
            mismatch(() -> strict.read(value, type));
        }
    }

    @Test
    void aPropertyOutsideTheCreatorIsRequired() {
        assertMismatch("{'weight':{'N':'2'}}", Bean.class);
        assertMismatch("{'weight':{'N':'2'},'count':{'NULL':true}}", Bean.class);
        assertThat(strict.read(item("{'weight':{'N':'2'},'count':{'N':'3'}}"), Bean.class).count)
                .isEqualTo(3);
        assertThat(strict.read(item("{'count':{'N':'3'},'weight':{'N':'2'}}"), Bean.class).count)
                .isEqualTo(3);
    }

    /** As Lombok's {@code @Value} and IDEs write it: the parameters have other names than the fields. */
    static final class Immutable {
        private final String id;
        private final int freeDocks;
        private int seen;

        @JsonCreator
        Immutable(@JsonProperty("station_id") String id, @JsonProperty("free_docks") int freeDocks) {
            this.id = id;
            this.freeDocks = freeDocks;
            seen++;
        }

        public String getId() {
            return id;
        }

        public int getFreeDocks() {
            return freeDocks;
        }

        public int getSeen() {
            return seen;
        }
    }

    @Test
    void aFieldThatTheCreatorSetsIsNotRequiredByItsOwnName() {
        Immutable immutable = strict.read(item("{'station_id':{'S':'a'},'free_docks':{'N':'3'}}"), Immutable.class);
        assertThat(immutable.getId()).isEqualTo("a");
        assertThat(immutable.getFreeDocks()).isEqualTo(3);
        assertThat(immutable.getSeen()).isEqualTo(1);
        assertMismatch("{'station_id':{'S':'a'}}", Immutable.class);
        assertMismatch("{'station_id':{'S':'a'},'freeDocks':{'N':'3'}}", Immutable.class);
    }

    static final class Renamed {
        @JsonAlias("n")
        public int bikes;

        public int docks;
    }

    /** As during a renaming, when items have both names. */
    @Test
    void twoAttributesOfOnePropertyAreNotTwoProperties() {
        assertMismatch("{'bikes':{'N':'1'},'n':{'N':'2'}}", Renamed.class);
        assertMismatch("{'n':{'N':'2'},'bikes':{'N':'1'}}", Renamed.class);
        Renamed renamed = strict.read(item("{'bikes':{'N':'1'},'n':{'N':'2'},'docks':{'N':'3'}}"), Renamed.class);
        assertThat(renamed.bikes).isEqualTo(2);
        assertThat(renamed.docks).isEqualTo(3);
    }

    static final class Skipping {
        final int first;

        @JsonSetter(nulls = Nulls.SKIP)
        public int second = 5;

        @JsonSetter(nulls = Nulls.AS_EMPTY)
        public int third = 6;

        public int fourth;

        @JsonCreator
        Skipping(@JsonProperty("first") int first) {
            this.first = first;
        }
    }

    static final class SkippingSetters {
        private int second = 5;

        public int getSecond() {
            return second;
        }

        @JsonSetter(nulls = Nulls.SKIP)
        public SkippingSetters setSecond(int second) {
            this.second = second;
            return this;
        }
    }

    /** Before the creator's last parameter, Jackson keeps the values of other properties and sets them later. */
    @Test
    void aNullThatAPropertySkipsIsNoAbsentAttributeWhereverItIs() {
        List<String> members =
                List.of("'first':{'N':'1'}", "'second':{'NULL':true}", "'third':{'NULL':true}", "'fourth':{'N':'4'}");
        for (int i = 0; i < members.size(); i++) {
            List<String> order = new ArrayList<>(members);
            Collections.rotate(order, i);
            Skipping skipping = strict.read(item("{" + String.join(",", order) + "}"), Skipping.class);
            assertThat(List.of(skipping.first, skipping.second, skipping.third, skipping.fourth))
                    .containsExactly(1, 5, 0, 4);
            order.remove(i == 0 ? 3 : 0);
            assertMismatch("{" + String.join(",", order) + "}", Skipping.class);
            List<String> nulled = new ArrayList<>(members);
            nulled.set(3, "'fourth':{'NULL':true}");
            Collections.rotate(nulled, i);
            assertMismatch("{" + String.join(",", nulled) + "}", Skipping.class);
        }
        assertThat(strict.read(item("{'second':{'NULL':true}}"), SkippingSetters.class)
                        .getSecond())
                .isEqualTo(5);
        assertThat(strict.read(item("{'second':{'N':'8'}}"), SkippingSetters.class)
                        .getSecond())
                .isEqualTo(8);
        assertMismatch("{}", SkippingSetters.class);
    }

    static final class NullForDash extends StdDeserializer<Integer> {
        private static final long serialVersionUID = 1L;

        NullForDash() {
            super(int.class);
        }

        @Override
        public @Nullable Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.getText().equals("-") ? null : Integer.valueOf(parser.getText());
        }
    }

    static final class Dashed {
        final int first;

        @JsonSetter(nulls = Nulls.SKIP)
        @JsonDeserialize(using = NullForDash.class)
        private int second = 5;

        public int getSecond() {
            return second;
        }

        public void setSecond(int second) {
            this.second = second;
        }

        @JsonCreator
        Dashed(@JsonProperty("first") int first) {
            this.first = first;
        }
    }

    @Test
    void aPropertySkipsTheNullOfItsDeserializerWhereverItIs() {
        for (String dash : List.of("'first':{'N':'1'},'second':{'S':'-'}", "'second':{'S':'-'},'first':{'N':'1'}")) {
            assertThat(strict.read(item("{" + dash + "}"), Dashed.class).getSecond())
                    .isEqualTo(5);
            assertThat(strict.read(item("{" + dash.replace("-", "7") + "}"), Dashed.class)
                            .getSecond())
                    .isEqualTo(7);
        }
    }

    static class Base {
        public int n;

        @JsonCreator
        static Base of(@JsonProperty("kind") String kind) {
            return kind.equals("sub") ? new Sub() : new Base();
        }
    }

    static final class Sub extends Base {
        public int m;
    }

    /** Jackson reads the rest of the attributes with the deserializer of the subclass. */
    @Test
    void aCreatorThatReturnsASubclassGetsTheSameResultInEveryOrder() {
        for (String attributes : List.of(
                "'kind':{'S':'sub'},'n':{'N':'1'},'m':{'N':'2'}",
                "'n':{'N':'1'},'kind':{'S':'sub'},'m':{'N':'2'}",
                "'m':{'N':'2'},'n':{'N':'1'},'kind':{'S':'sub'}",
                "'m':{'N':'2'},'kind':{'S':'sub'},'n':{'N':'1'}")) {
            Base base = strict.read(item("{" + attributes + "}"), Base.class);
            assertThat(base)
                    .isInstanceOfSatisfying(
                            Sub.class, sub -> assertThat(sub.n + sub.m).isEqualTo(3));
        }
        assertMismatch("{'kind':{'S':'base'}}", Base.class);
        for (String incomplete : List.of(
                "'kind':{'S':'sub'}",
                "'kind':{'S':'sub'},'n':{'N':'1'}",
                "'n':{'N':'1'},'kind':{'S':'sub'}",
                "'kind':{'S':'sub'},'m':{'N':'2'}",
                "'m':{'N':'2'},'kind':{'S':'sub'}")) {
            assertMismatch("{" + incomplete + "}", Base.class);
        }
    }

    static final class Ignoring {
        @JsonIgnoreProperties("flag")
        public @Nullable Setters inner;
    }

    @ParameterizedTest
    @ValueSource(strings = {"'count':{'N':'1'}", "'count':{'N':'1'},'flag':{'BOOL':true}"})
    void aPropertyThatIsIgnoredWhereTheBeanIsUsedIsNotRequiredThere(String attributes) {
        Ignoring ignoring = strict.read(item("{'inner':{'M':{" + attributes + "}}}"), Ignoring.class);
        assertThat(ignoring.inner).isNotNull().satisfies(inner -> {
            assertThat(inner.count).isEqualTo(1);
            assertThat(inner.flag).isFalse();
        });
        assertMismatch("{'count':{'N':'1'}}", Setters.class);
    }

    static final class Delegating {
        final int size;
        int count = -1;

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Delegating(Map<String, Object> all) {
            size = all.size();
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    @Test
    void nothingIsRequiredOfAnItemThatACreatorReceivesWhole() {
        Delegating whole = strict.read(item("{'a':{'S':'x'}}"), Delegating.class);
        assertThat(whole.size).isEqualTo(1);
        assertThat(whole.count).isEqualTo(-1);
    }

    // ---------------------------------------------------------------------------------- keys and other scalars

    static Stream<Arguments> refusedKeys() {
        return Stream.of(
                Arguments.of(Double.class, "1e400"),
                Arguments.of(Double.class, "NaN"),
                Arguments.of(Float.class, "1e40"),
                Arguments.of(Float.class, "-Infinity"),
                Arguments.of(Byte.class, "200"),
                Arguments.of(Date.class, "1719039879"),
                Arguments.of(Calendar.class, "1719039879"),
                Arguments.of(Color.class, "0"),
                Arguments.of(Integer.class, ""));
    }

    private static Type mapFrom(Class<?> keys) {
        return new ObjectMapper().getTypeFactory().constructMapType(Map.class, keys, Integer.class);
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void anAttributeNameThatIsNotAKeyOfTheTypeIsAMismatch(Class<?> type, String name) {
        assertMismatch("{'" + name + "':{'N':'1'}}", mapFrom(type));
    }

    @Test
    void anAttributeNameThatIsAKeyOfTheTypeIsRead() {
        assertKey(0.5, Double.class, "0.5");
        assertKey(0.5f, Float.class, "0.5");
        assertKey((byte) -56, Byte.class, "-56");
        assertKey(Date.from(Instant.parse("2024-06-22T07:04:39Z")), Date.class, "2024-06-22T07:04:39Z");
    }

    private void assertKey(Object key, Class<?> type, String name) {
        Map<Object, Object> map =
                strict.read(item("{'" + name + "':{'N':'1'}}"), new ObjectMapper().constructType(mapFrom(type)));
        assertThat(map).isEqualTo(Map.of(key, 1));
    }

    @ParameterizedTest
    @ValueSource(classes = {Currency.class, InetAddress.class, XMLGregorianCalendar.class, ZoneId.class})
    void anEmptyStringIsNotNullForATypeWithoutAnEmptyValue(Class<?> type) {
        for (String text : List.of("", "  ")) {
            Type map = new ObjectMapper().getTypeFactory().constructMapType(Map.class, String.class, type);
            assertMismatch("{'v':{'S':'" + text + "'}}", map);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Boolean.class,
                Calendar.class,
                Character.class,
                Currency.class,
                Date.class,
                DayOfWeek.class,
                Double.class,
                Duration.class,
                InetAddress.class,
                Instant.class,
                Integer.class,
                LocalDate.class,
                LocalDateTime.class,
                LocalTime.class,
                Locale.class,
                MonthDay.class,
                OffsetDateTime.class,
                OffsetTime.class,
                Period.class,
                URI.class,
                XMLGregorianCalendar.class,
                Year.class,
                YearMonth.class,
                ZoneId.class,
                ZoneOffset.class,
                ZonedDateTime.class
            })
    void binaryIsNoValueOfATypeOfAnotherKind(Class<?> type) {
        TypeFactory types = new ObjectMapper().getTypeFactory();
        for (String bytes : List.of("", "AAAA")) {
            assertMismatch("{'v':{'B':'" + bytes + "'}}", types.constructMapType(Map.class, String.class, type));
            assertMismatch(
                    "{'v':{'L':[{'B':'" + bytes + "'}]}}",
                    types.constructMapType(
                            Map.class,
                            types.constructType(String.class),
                            types.constructCollectionType(List.class, type)));
        }
    }

    record Empty(String text, StringBuilder builder, Locale locale, URI uri) {}

    @Test
    void anEmptyStringIsTheEmptyValueOfATypeThatHasOne() {
        Empty empty =
                strict.read(item("{'text':{'S':''},'builder':{'S':''},'locale':{'S':''},'uri':{'S':''}}"), Empty.class);
        assertThat(empty.text()).isEmpty();
        assertThat(empty.builder()).isEmpty();
        assertThat(empty.locale()).isEqualTo(Locale.ROOT);
        assertThat(empty.uri()).isEqualTo(URI.create(""));
    }

    // ---------------------------------------------------------------------------------- where Jackson buffers

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes(@JsonSubTypes.Type(value = Numbers.class, name = "numbers"))
    interface Typed {}

    record Numbers(
            @Nullable Double d,
            @Nullable Float f,
            @Nullable Byte b,
            double @Nullable [] ds,
            byte @Nullable [] bytes,
            @Nullable Map<String, Double> map)
            implements Typed {}

    static final class Whole {
        @JsonUnwrapped
        public @Nullable Part part;
    }

    static final class Part {
        public @Nullable Double d;
        public @Nullable Float f;
        public @Nullable Byte b;
        public double @Nullable [] ds;
        public byte @Nullable [] bytes;
        public @Nullable Map<String, Double> map;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'d':{'N':'1E400'}",
                "'f':{'N':'1E40'}",
                "'b':{'N':'200'}",
                "'b':{'N':'-129'}",
                "'ds':{'L':[{'N':'-1E400'}]}",
                "'bytes':{'L':[{'N':'200'}]}",
                "'map':{'M':{'x':{'N':'1E400'}}}"
            })
    void aNumberThatIsTooLargeIsAMismatchUnderAnyMapperWhereJacksonBuffers(String attribute) {
        for (ItemMapper each : List.of(strict, asJackson)) {
            for (Item item : List.of(
                    item("{" + attribute + ",'type':{'S':'numbers'}}"),
                    item("{'type':{'S':'numbers'}," + attribute + "}"))) {
                mismatch(() -> each.read(item, Typed.class));
            }
            mismatch(() -> each.read(item("{" + attribute + "}"), Whole.class));
        }
    }

    @Test
    void aNumberThatFitsIsReadWhereJacksonBuffers() {
        Typed read = strict.read(
                item("{'d':{'N':'0.1'},'f':{'N':'0.5'},'b':{'N':'-128'},'ds':{'NS':['1']},'type':{'S':'numbers'}}"),
                Typed.class);
        assertThat(read).isInstanceOfSatisfying(Numbers.class, numbers -> {
            assertThat(numbers.d()).isEqualTo(0.1);
            assertThat(numbers.f()).isEqualTo(0.5f);
            assertThat(numbers.b()).isEqualTo((byte) -128);
            assertThat(numbers.ds()).containsExactly(1.0);
        });
    }

    // -------------------------------------------------------------------------------------------------- of(…)

    @Test
    void aCustomMapperBehavesAsConfigured() {
        assertThat(asJackson.read(item("{}"), Point.class)).isEqualTo(new Point(0, 0));
        assertThat(asJackson.read(item("{'x':{'S':'3'},'y':{'S':''}}"), Point.class))
                .isEqualTo(new Point(3, 0));
        assertThat(asJackson.read(item("{'flag':{'NULL':true}}"), Setters.class).count)
                .isEqualTo(7);
        ItemMapper own = ItemMapper.of(JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build());
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> own.read(item("{'x':{'NULL':true},'y':{'N':'1'}}"), Point.class));
    }

    /** Jackson reads it as null. */
    @Test
    void anEmptyNameIsNoKeyOfJavaTime() {
        TypeFactory types = new ObjectMapper().getTypeFactory();
        for (Class<?> key : List.of(
                Instant.class, LocalDate.class, Duration.class, Year.class, ZonedDateTime.class, OffsetTime.class)) {
            mismatch(() -> ItemMapper.create()
                    .read(item("{'':{'N':'1'}}"), types.constructMapType(Map.class, key, Integer.class)));
        }
        assertThat(ItemMapper.create()
                        .read(item("{'2025-03-14':{'N':'1'}}"), new TypeReference<Map<LocalDate, Integer>>() {}))
                .containsExactly(Map.entry(LocalDate.of(2025, 3, 14), 1));
    }

    @SuppressWarnings("unchecked")
    private static SimpleModule careless() {
        return new SimpleModule().addDeserializer(Point.class, new CarelessDeserializer());
    }

    @SuppressWarnings("rawtypes")
    private static final class CarelessDeserializer extends JsonDeserializer {
        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            return "text";
        }
    }

    /** Some of Jackson's deserializers return binary as it is, and a careless one of the user may too. */
    @Test
    void noReadReturnsAnObjectOfAnotherClass() {
        ItemMapper plain =
                ItemMapper.of(JsonMapper.builder().findAndAddModules().build());
        AttributeValue binary = item("{'b':{'B':'aGk='}}").require("b");
        for (Class<?> type : List.of(Period.class, ZoneId.class, ZoneOffset.class)) {
            assertThat(mismatch(() -> plain.read(binary, type)))
                    .hasMessageContaining("binary for a value of another type");
        }
        ItemMapper unwrapping = ItemMapper.of(JsonMapper.builder()
                .findAndAddModules()
                .enable(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
                .build());
        for (String json : List.of("{'L':[{'B':'aGk='}]}", "{'BS':['aGk=']}")) {
            AttributeValue alone = item("{'b':" + json + "}").require("b");
            for (Class<?> type : List.of(Period.class, ZoneId.class, Instant.class, Duration.class, Year.class)) {
                mismatch(() -> unwrapping.read(alone, type));
            }
        }
        ItemMapper ofAny =
                ItemMapper.of(JsonMapper.builder().addModule(careless()).build());
        assertThat(mismatch(() -> ofAny.read(binary, Point.class)))
                .hasMessageContaining("a value that Jackson reads as another class");
        assertThat(plain.read(binary, byte[].class)).hasSize(2);
        assertThat(plain.read(item("{'n':{'N':'5'}}").require("n"), int.class)).isEqualTo(5);
        assertThat(plain.read(item("{'n':{'N':'5'}}").require("n"), long.class)).isEqualTo(5L);
        assertThat(plain.read(item("{'n':{'BOOL':true}}").require("n"), boolean.class))
                .isTrue();
    }
}
