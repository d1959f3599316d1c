package blackbox;

import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdValueInstantiator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that are created from a number, and in another way from other values: the creator is Jackson's choice. */
class CreatorsTest {
    private static final JsonMapper JACKSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final List<ItemMapper> MAPPERS = List.of(ItemMapper.create(), ItemMapper.of(JACKSON));

    record OrMap(String from) {
        @JsonCreator
        static OrMap of(double amount) {
            return new OrMap("double " + amount);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OrMap of(Map<String, Object> members) {
            return new OrMap("map " + members.keySet());
        }
    }

    record OrList(String from) {
        @JsonCreator
        static OrList of(Double amount) {
            return new OrList("double " + amount);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OrList of(List<Integer> members) {
            return new OrList("list " + members);
        }
    }

    record OrInstant(String from) {
        @JsonCreator
        static OrInstant of(double amount) {
            return new OrInstant("double " + amount);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OrInstant of(Instant time) {
            return new OrInstant("instant " + time);
        }
    }

    record OrTree(String from) {
        @JsonCreator
        static OrTree of(double amount) {
            return new OrTree("double " + amount);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OrTree of(JsonNode tree) {
            return new OrTree("tree " + tree);
        }
    }

    record OrDecimal(String from) {
        @JsonCreator
        static OrDecimal of(double amount) {
            return new OrDecimal("double " + amount);
        }

        @JsonCreator
        static OrDecimal of(BigDecimal amount) {
            return new OrDecimal("decimal " + amount);
        }
    }

    record Holder(
            OrMap map, OrList list, OrInstant instant, OrTree tree, List<OrMap> members, Map<String, OrMap> named) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "0.1", "-7.25", "1E-7", "123456789.123456789"})
    void aFractionTakesTheCreatorOfADouble(String number) throws JsonProcessingException {
        String n = "{'N':'" + number + "'}";
        Holder plain = JACKSON.readValue(
                "{'map':~,'list':~,'instant':~,'tree':~,'members':[~],'named':{'k':~}}"
                        .replace("~", number)
                        .replace('\'', '"'),
                Holder.class);
        assertThat(plain.map()).isEqualTo(OrMap.of(Double.parseDouble(number)));
        for (ItemMapper mapper : MAPPERS) {
            assertThat(mapper.read(
                            item("{'map':" + n + ",'list':" + n + ",'instant':" + n + ",'tree':" + n
                                    + ",'members':{'L':[" + n + "]},'named':{'M':{'k':" + n + "}}}"),
                            Holder.class))
                    .isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'M':{'a':{'N':'1.5'}}}|map [a]", "{'N':'7.5'}|double 7.5"})
    void anotherValueTakesTheOtherCreator(String test) {
        String[] parts = test.split("\\|", -1);
        for (ItemMapper mapper : MAPPERS) {
            assertThat(mapper.read(item("{'v':" + parts[0] + "}").require("v"), OrMap.class))
                    .isEqualTo(new OrMap(parts[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10", "12345678901234567890.125"})
    void theCreatorOfADecimalStaysExact(String number) {
        for (ItemMapper mapper : MAPPERS) {
            assertThat(mapper.read(item("{'v':{'N':'" + number + "'}}").require("v"), OrDecimal.class))
                    .isEqualTo(new OrDecimal("decimal " + number));
        }
    }

    /** What plain Jackson never calls for a fraction, because its number is a double. */
    static final class Cents {
        private final BigDecimal cents;

        private Cents(BigDecimal cents) {
            this.cents = cents;
        }

        @JsonCreator
        static Cents ofEuros(double euros) {
            return new Cents(BigDecimal.valueOf(euros).movePointRight(2));
        }
    }

    static final class Euros {
        final BigDecimal cents;

        public Euros(double euros) {
            this(BigDecimal.valueOf(euros).movePointRight(2));
        }

        Euros(BigDecimal cents) {
            this.cents = cents;
        }
    }

    static final class Delegated {
        final BigDecimal cents;

        @JsonCreator(mode = JsonCreator.Mode.DISABLED)
        Delegated(BigDecimal cents) {
            this.cents = cents;
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Delegated ofEuros(double euros) {
            return new Delegated(BigDecimal.valueOf(euros).movePointRight(2));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonTypeName("price")
    record Buffered(Cents cents, Euros euros, Delegated delegated) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "5", "-0.25", "1E-2"})
    void aConstructorOfADecimalThatNobodyAnnotatesIsNoCreator(String number) throws JsonProcessingException {
        String n = "{'N':'" + number + "'}";
        Buffered plain = JACKSON.readValue(
                "{'type':'price','cents':~,'euros':~,'delegated':~}"
                        .replace("~", number)
                        .replace('\'', '"'),
                Buffered.class);
        assertThat(plain.cents().cents).isEqualByComparingTo(new BigDecimal(number).movePointRight(2));
        String attributes = "'cents':" + n + ",'euros':" + n + ",'delegated':" + n;
        for (ItemMapper mapper : MAPPERS) {
            Buffered last = mapper.read(item("{" + attributes + ",'type':{'S':'price'}}"), Buffered.class);
            Buffered first = mapper.read(item("{'type':{'S':'price'}," + attributes + "}"), Buffered.class);
            assertThat(List.of(first, last)).usingRecursiveComparison().isEqualTo(List.of(plain, plain));
            Cents root = mapper.read(item("{'v':" + n + "}").require("v"), Cents.class);
            assertThat(root).usingRecursiveComparison().isEqualTo(plain.cents());
        }
    }

    @Test
    void aFractionThatNoDoubleHoldsIsAMismatch() {
        for (ItemMapper mapper : MAPPERS) {
            assertThatThrownBy(() -> mapper.read(item("{'v':{'N':'1.5E400'}}").require("v"), Cents.class))
                    .isInstanceOf(ItemMappingException.class)
                    .hasMessageContaining("a number outside the range of double");
        }
    }

    static final class OfBoth {
        final String text;

        public OfBoth(double amount) {
            text = "double " + amount;
        }

        public OfBoth(BigDecimal amount) {
            text = "decimal " + amount;
        }
    }

    static final class OfNamed {
        final String text;

        private OfNamed(String text) {
            this.text = text;
        }

        @JsonCreator
        static OfNamed of(@JsonProperty("amount") BigDecimal amount) {
            return new OfNamed("named " + amount);
        }

        OfNamed(BigDecimal amount) {
            this("decimal " + amount);
        }

        @JsonCreator
        static OfNamed of(double amount) {
            return new OfNamed("double " + amount);
        }
    }

    /** Without annotations, the creator that keeps every digit counts, if it is public. */
    @Test
    void aPublicConstructorOfADecimalIsTheCreatorIfNoneIsAnnotated() {
        for (ItemMapper mapper : MAPPERS) {
            for (String number : List.of("12345678901234567890.125", "1.10")) {
                assertThat(mapper.read(item("{'v':{'N':'" + number + "'}}").require("v"), OfBoth.class))
                        .extracting(both -> both.text)
                        .isEqualTo("decimal " + number);
            }
            assertThat(mapper.read(item("{'v':{'N':'1.5'}}").require("v"), OfNamed.class))
                    .extracting(named -> named.text)
                    .isEqualTo("double 1.5");
        }
    }

    static final class OfNothing {
        final String text;

        OfNothing() {
            text = "nothing";
        }

        OfNothing(BigDecimal amount) {
            text = "decimal " + amount;
        }

        private OfNothing(String text) {
            this.text = text;
        }

        @JsonCreator
        static OfNothing of(double amount) {
            return new OfNothing("double " + amount);
        }
    }

    static final class OfInteger {
        final String text;

        private OfInteger(String text) {
            this.text = text;
        }

        OfInteger(BigInteger amount) {
            text = "integer " + amount;
        }

        @JsonCreator
        static OfInteger of(double amount) {
            return new OfInteger("double " + amount);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OfInteger of(Map<String, Object> members) {
            return new OfInteger("map " + members);
        }
    }

    record Others(@JsonSetter(nulls = Nulls.AS_EMPTY) OfNothing nothing, OfInteger integer) {}

    @Test
    void everyOtherCreatorOfTheClassStaysAsItIs() throws JsonProcessingException {
        String integer = "100000000000000000000";
        Others plain = JACKSON.readValue("{\"nothing\":null,\"integer\":" + integer + "}", Others.class);
        assertThat(plain.nothing().text + ", " + plain.integer().text).isEqualTo("nothing, integer " + integer);
        for (ItemMapper mapper : MAPPERS) {
            Others read =
                    mapper.read(item("{'nothing':{'NULL':true},'integer':{'N':'" + integer + "'}}"), Others.class);
            assertThat(read).usingRecursiveComparison().isEqualTo(plain);
        }
    }

    /** A module's instantiator knows what it does with a decimal. */
    @Test
    void theInstantiatorOfAModuleGetsDecimals() {
        ValueInstantiator.Base ofModule = new ValueInstantiator.Base(OfBoth.class) {
            @Override
            public boolean canCreateFromDouble() {
                return true;
            }

            @Override
            public boolean canCreateFromBigDecimal() {
                return true;
            }

            @Override
            public Object createFromBigDecimal(DeserializationContext context, BigDecimal value) {
                return new OfBoth(value.negate());
            }
        };
        ItemMapper mapper = ItemMapper.create(new SimpleModule().addValueInstantiator(OfBoth.class, ofModule));
        assertThat(mapper.read(item("{'v':{'N':'1.50'}}").require("v"), OfBoth.class))
                .extracting(both -> both.text)
                .isEqualTo("decimal -1.50");
    }

    static final class OfAny {
        final BigDecimal cents;

        private OfAny(BigDecimal cents) {
            this.cents = cents;
        }

        @JsonCreator
        static OfAny of(Object euros) {
            return new OfAny(new BigDecimal(String.valueOf(euros)).movePointRight(2));
        }
    }

    static final class OfNumber {
        final BigDecimal cents;

        private OfNumber(BigDecimal cents) {
            this.cents = cents;
        }

        @JsonCreator
        static OfNumber of(Number euros) {
            return new OfNumber(new BigDecimal(euros.toString()).movePointRight(2));
        }
    }

    static final class OfFloat {
        final BigDecimal cents;

        private OfFloat(BigDecimal cents) {
            this.cents = cents;
        }

        @JsonCreator
        static OfFloat of(float euros) {
            return new OfFloat(new BigDecimal(Float.toString(euros)).movePointRight(2));
        }
    }

    static final class OfTime {
        final BigDecimal millis;

        private OfTime(BigDecimal millis) {
            this.millis = millis;
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static OfTime of(Duration time) {
            return new OfTime(BigDecimal.valueOf(time.toMillis()));
        }
    }

    record Delegating(OfAny any, OfNumber number, OfFloat aFloat, OfTime time) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "5", "0.25"})
    void anAnnotatedCreatorOfAnyTypeTakesEveryNumber(String number) throws JsonProcessingException {
        String json = "{'any':~,'number':~,'aFloat':~,'time':~}";
        Delegating plain = JACKSON.readValue(json.replace("~", number).replace('\'', '"'), Delegating.class);
        assertThat(plain.any().cents).isEqualByComparingTo(new BigDecimal(number).movePointRight(2));
        for (ItemMapper mapper : MAPPERS) {
            Delegating read = mapper.read(item(json.replace("~", "{'N':'" + number + "'}")), Delegating.class);
            assertThat(read).usingRecursiveComparison().isEqualTo(plain);
        }
    }

    static final class OfDecimalAlone {
        final BigDecimal amount;

        public OfDecimalAlone(BigDecimal amount) {
            this.amount = amount;
        }
    }

    static final class OfValue {
        final BigDecimal amount;

        private OfValue(BigDecimal amount, boolean checked) {
            this.amount = checked ? amount : BigDecimal.ZERO;
        }

        @JsonCreator
        static OfValue valueOf(BigDecimal amount) {
            return new OfValue(amount, true);
        }
    }

    /** DynamoDB writes 10.00 as 10. */
    @ParameterizedTest
    @ValueSource(strings = {"10", "9.99", "-3000000000", "123456789012345678901234567890"})
    void theOnlyCreatorOfANumberTakesIntegersToo(String number) {
        for (ItemMapper mapper : MAPPERS) {
            AttributeValue n = item("{'v':{'N':'" + number + "'}}").require("v");
            assertThat(mapper.read(n, OfDecimalAlone.class))
                    .extracting(alone -> alone.amount)
                    .isEqualTo(new BigDecimal(number));
            assertThat(mapper.read(n, OfValue.class))
                    .extracting(value -> value.amount)
                    .isEqualTo(new BigDecimal(number));
        }
    }

    static final class OfIntegerAlone {
        final BigInteger amount;

        public OfIntegerAlone(BigInteger amount) {
            this.amount = amount;
        }
    }

    record Alone(@Nullable OfDecimalAlone alone, @Nullable OfIntegerAlone integer) {}

    /** A definition that cannot work would stop a consumer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{'S':'9.99'}", "{'BOOL':true}", "{'M':{}}", "{'S':''}", "{'L':[{'N':'1'}]}", "{'B':'AQI='}"})
    void aValueThatTheCreatorDoesNotTakeIsAMismatch(String value) {
        for (ItemMapper mapper : MAPPERS) {
            for (String name : List.of("alone", "integer")) {
                assertThatThrownBy(() -> mapper.read(item("{'" + name + "':" + value + "}"), Alone.class))
                        .isInstanceOfSatisfying(
                                ItemMappingException.class,
                                e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
            }
            assertThatThrownBy(() -> mapper.read(item("{'integer':{'N':'1.5'}}"), Alone.class))
                    .isInstanceOfSatisfying(
                            ItemMappingException.class,
                            e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
        }
    }

    @JsonDeserialize(builder = Line.Builder.class)
    record Line(int count) {
        @JsonPOJOBuilder(withPrefix = "")
        static final class Builder {
            private int count;

            public Builder count(int value) {
                count = value;
                return this;
            }

            public Line build() {
                return new Line(count);
            }
        }
    }

    record Lines(
            @Nullable List<Line> list,
            @Nullable Map<String, Line> map,
            @Nullable Line line) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'list':{'L':[{'B':'AQI='}]}}",
                "{'list':{'BS':['AQI=']}}",
                "{'map':{'M':{'k':{'B':'AQI='}}}}",
                "{'line':{'B':'AQI='}}"
            })
    void binaryIsNoObjectOfAClassWithABuilder(String item) {
        for (ItemMapper mapper : MAPPERS) {
            assertThatThrownBy(() -> mapper.read(item(item), Lines.class))
                    .isInstanceOfSatisfying(
                            ItemMappingException.class,
                            e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
            Lines lines = mapper.read(
                    item("{'list':{'L':[{'M':{'count':{'N':'2'}}}]},'line':{'M':{'count':{'N':'3'}}}}"), Lines.class);
            assertThat(lines).isEqualTo(new Lines(List.of(new Line(2)), null, new Line(3)));
        }
        assertThatThrownBy(() -> MAPPERS.get(0).read(item("{'line':{'M':{}}}"), Lines.class))
                .isInstanceOf(ItemMappingException.class)
                .hasMessageContaining("absent attribute");
    }

    record Amount(BigDecimal value, String currency) {
        Amount(BigDecimal value) {
            this(value, "EUR");
        }
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // Jackson must not call it
    static final class OfText {
        private final String text;

        private OfText(BigDecimal amount) {
            text = "decimal " + amount;
        }

        private OfText(String text, boolean checked) {
            this.text = checked ? text : "";
        }

        @JsonCreator
        static OfText of(String text) {
            return new OfText(text, true);
        }
    }

    static final class Bean {
        public int count;

        public Bean() {}

        public Bean(BigDecimal amount) {
            count = amount.intValue();
        }
    }

    /** An integer is no mistake for the class: it has other creators, which do not take it. */
    @ParameterizedTest
    @ValueSource(classes = {Amount.class, OfText.class, Bean.class})
    void aClassWithAnotherCreatorRefusesIntegersAsJacksonDoes(Class<?> type) {
        assertThatThrownBy(() -> JACKSON.readValue("10", type)).isInstanceOf(JsonProcessingException.class);
        for (ItemMapper mapper : MAPPERS) {
            assertThatThrownBy(() -> mapper.read(item("{'v':{'N':'10'}}").require("v"), type))
                    .isInstanceOfSatisfying(
                            ItemMappingException.class,
                            e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
        }
    }

    static final class OfDisabled {
        final String text;

        private OfDisabled(String text) {
            this.text = text;
        }

        @JsonCreator(mode = JsonCreator.Mode.DISABLED)
        public OfDisabled(BigDecimal amount) {
            this("decimal " + amount);
        }

        public OfDisabled(double amount) {
            this("double " + amount);
        }
    }

    /** As the Kotlin module's. */
    private static final class OfModule extends StdValueInstantiator {
        private static final long serialVersionUID = 1L;

        OfModule(StdValueInstantiator jacksons) {
            super(jacksons);
        }
    }

    @Test
    void theInstantiatorOfAModuleThatExtendsJacksonsTakesFractionsAsItDoes() {
        SimpleModule module = new SimpleModule() {
            private static final long serialVersionUID = 1L;

            @Override
            public void setupModule(SetupContext context) {
                context.addValueInstantiators((config, bean, jacksons) ->
                        jacksons instanceof StdValueInstantiator std ? new OfModule(std) : jacksons);
            }
        };
        ItemMapper mapper = ItemMapper.create(module);
        assertThat(mapper.read(item("{'v':{'N':'1.5'}}").require("v"), Cents.class))
                .extracting(read -> read.cents)
                .isEqualTo(new BigDecimal("150"));
        for (ItemMapper any : MAPPERS) {
            assertThat(any.read(item("{'v':{'N':'1.5'}}").require("v"), OfDisabled.class))
                    .extracting(read -> read.text)
                    .isEqualTo("double 1.5");
        }
    }

    @Test
    void binaryInAnArrayOfOneMemberIsNoObjectOfAClassWithABuilder() {
        ItemMapper unwrapping = ItemMapper.of(JsonMapper.builder()
                .enable(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)
                .build());
        assertThatThrownBy(() -> unwrapping.read(item("{'list':{'L':[{'L':[{'B':'AQI='}]}]}}"), Lines.class))
                .isInstanceOf(ItemMappingException.class);
        assertThatThrownBy(() -> unwrapping.read(item("{'map':{'M':{'k':{'BS':['AQI=']}}}}"), Lines.class))
                .isInstanceOf(ItemMappingException.class);
    }

    record Quantity(@JsonValue double amount) {
        @JsonCreator
        Quantity {}
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 5, 9.2E18, 9.3E18, 1.0E19, -1.0E30, 1.0E125, 1.0E126})
    void whatADoubleIsWrittenAsIsRead(double amount) {
        for (ItemMapper mapper : MAPPERS) {
            Item written = item(new String(mapper.write(Map.of("v", new Quantity(amount))), UTF_8));
            assertThat(mapper.read(written.require("v"), Quantity.class)).isEqualTo(new Quantity(amount));
        }
    }

    /** An instantiator that only knows doubles. */
    @Test
    void theInstantiatorOfAModuleThatTakesDoublesGetsFractions() {
        ValueInstantiator.Base ofModule = new ValueInstantiator.Base(OfBoth.class) {
            @Override
            public boolean canCreateFromDouble() {
                return true;
            }

            @Override
            public Object createFromDouble(DeserializationContext context, double value) {
                return new OfBoth(-value);
            }
        };
        ItemMapper mapper = ItemMapper.create(new SimpleModule().addValueInstantiator(OfBoth.class, ofModule));
        assertThat(mapper.read(item("{'v':{'N':'1.5'}}").require("v"), OfBoth.class))
                .extracting(both -> both.text)
                .isEqualTo("double -1.5");
    }

    /** As Micronaut's module does. */
    @Test
    void theInstantiatorThatAModifierSetsGetsFractions() {
        SimpleModule module = new SimpleModule().setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public BeanDeserializerBuilder updateBuilder(
                    DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
                if (bean.getBeanClass() == OfBoth.class) {
                    builder.setValueInstantiator(new ValueInstantiator.Base(OfBoth.class) {
                        @Override
                        public boolean canCreateFromDouble() {
                            return true;
                        }

                        @Override
                        public Object createFromDouble(DeserializationContext context, double value) {
                            return new OfBoth(-value);
                        }
                    });
                }
                return builder;
            }
        });
        for (ItemMapper mapper : List.of(
                ItemMapper.create(module),
                ItemMapper.of(JsonMapper.builder().addModule(module).build()))) {
            assertThat(mapper.read(item("{'v':{'N':'1.5'}}").require("v"), OfBoth.class))
                    .extracting(both -> both.text)
                    .isEqualTo("double -1.5");
        }
    }

    static final class OfLarge {
        final String text;

        public OfLarge(BigInteger amount) {
            text = "integer " + amount;
        }

        public OfLarge(double amount) {
            text = "double " + amount;
        }
    }

    /** It does not say that it can create from a BigInteger. */
    @Test
    void anInstantiatorThatDelegatesKeepsLargeIntegers() {
        SimpleModule module = new SimpleModule() {
            private static final long serialVersionUID = 1L;

            @Override
            public void setupModule(SetupContext context) {
                context.addValueInstantiators(
                        (config, bean, jacksons) -> new ValueInstantiator.Delegating(jacksons) {});
            }
        };
        assertThat(ItemMapper.create(module)
                        .read(item("{'v':{'N':'12345678901234567890'}}").require("v"), OfLarge.class))
                .extracting(read -> read.text)
                .isEqualTo("integer 12345678901234567890");
    }
}
