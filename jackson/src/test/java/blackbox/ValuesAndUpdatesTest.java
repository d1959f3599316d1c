package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Failures.thrownBy;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.annotation.JsonMerge;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading single values, updating existing objects, and writing as static types. */
class ValuesAndUpdatesTest {
    private static final TypeFactoryHolder TYPES = new TypeFactoryHolder();
    private final ItemMapper mapper = ItemMapper.create();

    private static final class TypeFactoryHolder {
        private final ObjectMapper mapper = new ObjectMapper();

        JavaType listOf(Class<?> member) {
            return mapper.getTypeFactory().constructCollectionType(List.class, member);
        }
    }

    private static AttributeValue value(String json) {
        return item("{'v':" + json + "}").require("v");
    }

    record Point(int x, @Nullable BigDecimal y) {}

    // ------------------------------------------------------------------------------------------------ one value

    @Test
    void aValueIsReadInTheSameWayAsAProperty() {
        assertThat(mapper.read(value("{'S':'x'}"), String.class)).isEqualTo("x");
        assertThat(mapper.read(value("{'N':'5.0'}"), int.class)).isEqualTo(5);
        assertThat(mapper.read(value("{'N':'0.10'}"), BigDecimal.class)).isEqualTo(new BigDecimal("0.10"));
        assertThat(mapper.read(value("{'BOOL':true}"), boolean.class)).isTrue();
        assertThat(mapper.read(value("{'B':'AP8='}"), byte[].class)).containsExactly(0, 255);
        assertThat(mapper.read(value("{'M':{'x':{'N':'1'},'y':{'N':'2'}}}"), Point.class))
                .isEqualTo(new Point(1, new BigDecimal("2")));
        assertThat(mapper.read(value("{'L':[{'N':'1'},{'L':[]},{'M':{}}]}"), Object.class))
                .isEqualTo(List.of(1, List.of(), Map.of()));
        assertThat(mapper.read(value("{'M':{}}"), Object.class)).isEqualTo(Map.of());
        assertThat(mapper.read(value("{'NULL':true}"), String.class)).isNull();
    }

    @Test
    void aValueIsReadAsAGenericType() {
        assertThat(mapper.read(value("{'NS':['1','2.5']}"), new TypeReference<Set<BigDecimal>>() {}))
                .containsExactlyInAnyOrder(BigDecimal.ONE, new BigDecimal("2.5"));
        AttributeValue points = value("{'L':[{'M':{'x':{'N':'1'}}},{'M':{'x':{'N':'2'}}}]}");
        assertThat(mapper.read(points, new TypeReference<List<Point>>() {}))
                .containsExactly(new Point(1, null), new Point(2, null));
        Object read = mapper.read(points, TYPES.listOf(Point.class));
        assertThat(read).isEqualTo(List.of(new Point(1, null), new Point(2, null)));
        assertThat((Object) mapper.read(points, JsonNode.class)).hasToString("[{\"x\":1},{\"x\":2}]");
    }

    @Test
    void aValueKeepsItsDynamoDbTypesAtEveryLevel() {
        for (String json : List.of("{'NULL':true}", "{'S':''}", "{'NS':['1']}", "{'M':{'S':{'S':'x'}}}", "{'L':[]}")) {
            assertThat(mapper.read(value(json), AttributeValue.class)).isEqualTo(value(json));
        }
        AttributeValue map = value("{'M':{'a':{'M':{'S':{'S':'x'}}}}}");
        assertThat(mapper.read(map, Item.class)).isEqualTo(map.asItem());
        assertThat(mapper.read(map, new TypeReference<Map<String, Item>>() {}))
                .containsEntry("a", map.asItem().require("a").asItem());
        AttributeValue list = value("{'L':[{'NULL':true},{'SS':['x']}]}");
        assertThat(mapper.read(list, new TypeReference<List<AttributeValue>>() {}))
                .isEqualTo(list.asList());
    }

    @Test
    void aValueDoesNotUseTheReaderOfItsSession() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        Item image = Objects.requireNonNull(session.decode(Items.streamRecord("{'a':{'L':[{'N':'1'}]},'b':{'N':'2'}}")
                        .getBytes(UTF_8))
                .newImage());
        var reader = image.reader();
        assertThat(reader.next()).isTrue();
        assertThat(mapper.read(reader.value(), new TypeReference<List<Integer>>() {}))
                .containsExactly(1);
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(AttributeType.N);
    }

    @Test
    void aValueThatDoesNotFitIsRefusedAndNotQuoted() {
        AttributeValue list = value("{'L':[{'N':'1'},{'M':{'Canary7':{'S':'Canary7'}}}]}");
        ItemMappingException e = thrownBy(() -> mapper.read(list, new TypeReference<List<Integer>>() {}));
        assertThat(e)
                .hasMessage("MISMATCH at [1]: a value as java.util.List<java.lang.Integer>: a value that does not fit"
                        + "; asked for Integer")
                .hasNoCause();
        e = thrownBy(() -> mapper.read(value("{'S':'Canary7'}"), Item.class));
        assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(e.path()).isEmpty();
        assertThat(e).hasMessageNotContaining("Canary7");
    }

    // -------------------------------------------------------------------------------------------------- updates

    static class Bean {
        public int count = 1;
        public @Nullable String text = "before";
        public Map<String, Integer> replaced = new LinkedHashMap<>(Map.of("old", 1));

        @JsonMerge
        public Map<String, Integer> merged = new LinkedHashMap<>(Map.of("old", 1));
    }

    @Test
    void updatingSetsTheItemsAttributesAndKeepsOtherProperties() {
        Bean bean = new Bean();
        Item item = item("{'text':{'NULL':true},'replaced':{'M':{'new':{'N':'2'}}},'merged':{'M':{'new':{'N':'2'}}}}");
        assertThat(mapper.update(bean, item)).isSameAs(bean);
        assertThat(bean.count).isEqualTo(1);
        assertThat(bean.text).isNull();
        assertThat(bean.replaced).isEqualTo(Map.of("new", 2));
        assertThat(bean.merged).isEqualTo(Map.of("old", 1, "new", 2));
        assertThat(mapper.update(bean, item("{}"))).isSameAs(bean);
        assertThat(mapper.read(item("{'count':{'N':'7'}}"), Bean.class)).isNotSameAs(bean);
        assertThat(mapper.read(item("{'count':{'N':'7'}}"), Bean.class).text).isEqualTo("before");
    }

    @Test
    void mapsAndTreesAreUpdated() {
        Map<String, Object> map = new LinkedHashMap<>(Map.of("a", 1));
        assertThat(mapper.update(map, item("{'b':{'N':'0.10'}}"))).isSameAs(map);
        assertThat(map).isEqualTo(Map.of("a", 1, "b", new BigDecimal("0.10")));
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("a", 1);
        assertThat((Object) mapper.update(tree, item("{'b':{'S':'x'}}"))).isSameAs(tree);
        assertThat(tree).hasToString("{\"a\":1,\"b\":\"x\"}");
    }

    private static final String PARTS = "'tags':{'SS':['b']},'slots':{'L':[{'N':'9'}]},'addr':{'M':{'city':{'S':'X'}}}";

    /** Values of a Map or a tree are replaced at all levels, as those of a bean are. */
    @Test
    void theValuesOfMapsAndTreesAreReplacedAndNotMerged() {
        Item first = item("{'z':{'N':'1'}," + PARTS + "}");
        Item second = item("{'addr':{'M':{'zip':{'S':'1'}}},'slots':{'L':[]}}");
        for (ItemMapper updating : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            Map<String, Object> map = new LinkedHashMap<>();
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            for (Item item : List.of(first, first, second)) {
                updating.update(map, item);
                updating.update(tree, item);
            }
            assertThat(map)
                    .isEqualTo(Map.of("z", 1, "tags", List.of("b"), "slots", List.of(), "addr", Map.of("zip", "1")));
            assertThat(tree).hasToString("{\"z\":1,\"tags\":[\"b\"],\"slots\":[],\"addr\":{\"zip\":\"1\"}}");
            Map<String, Object> immutable = new LinkedHashMap<>(Map.of("addr", Map.of("a", 1), "slots", List.of(1)));
            assertThat(updating.update(immutable, second))
                    .isEqualTo(Map.of("addr", Map.of("zip", "1"), "slots", List.of()));
        }
    }

    static final class Beans extends LinkedHashMap<String, Bean> {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void theBeansInAMapAreReplaced() {
        Beans beans = new Beans();
        Bean before = new Bean();
        before.text = "changed";
        beans.put("a", before);
        mapper.update(beans, item("{'a':{'M':{'count':{'N':'5'}}}}"));
        assertThat(beans.get("a")).isNotNull().isNotSameAs(before);
        assertThat(Objects.requireNonNull(beans.get("a")).text).isEqualTo("before");
    }

    static class Merging {
        @JsonMerge
        public Merged in = new Merged();

        public Integer later = 0;
        public @Nullable String last;
    }

    static class Merged {
        public Integer x = 7;

        @JsonMerge
        public Map<String, Object> map = new LinkedHashMap<>(Map.of("old", 1));
    }

    /** Jackson ignores such a value, or takes the attributes after an array for members of it. */
    @ParameterizedTest
    @ValueSource(strings = {"{'S':'q'}", "{'N':'1'}", "{'BOOL':true}", "{'B':'AA=='}", "{'SS':['q']}", "{'L':[]}"})
    void aValueThatIsNoObjectDoesNotFitABeanThatIsMerged(String value) {
        Item item = item("{'in':" + value + ",'later':{'N':'5'},'last':{'S':'end'}}");
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            assertThat(mismatch(() -> any.update(new Merging(), item)).path()).startsWith("*");
            assertThat(mismatch(() -> any.read(item, Merging.class)).path()).startsWith("*");
        }
    }

    @Test
    void aBeanThatIsMergedKeepsWhatIsAbsent() {
        Merging object = new Merging();
        object.in.x = 8;
        Merged in = object.in;
        mapper.update(object, item("{'in':{'M':{'map':{'M':{'new':{'N':'2'}}}}},'later':{'N':'5'}}"));
        assertThat(object.in).isSameAs(in);
        assertThat(in.x).isEqualTo(8);
        assertThat(in.map).isEqualTo(Map.of("old", 1, "new", 2));
        assertThat(object.later).isEqualTo(5);
    }

    static class Outer {
        @JsonUnwrapped
        public Inner in = new Inner();

        @JsonUnwrapped(prefix = "p_")
        public @Nullable Inner other;

        @JsonUnwrapped(prefix = "c_")
        public Created created = new Created(1, null);

        public Integer z = 1;
    }

    static class Inner {
        public int x = 1;
        public @Nullable Integer y;

        @JsonUnwrapped(prefix = "deep_")
        public Innermost innermost = new Innermost();
    }

    static class Innermost {
        public int v = 3;
    }

    record Created(@Nullable Integer a, @Nullable Integer b) {}

    @Test
    void anUnwrappedValueKeepsWhatIsAbsent() {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            Outer object = new Outer();
            object.in.x = 7;
            object.in.y = 8;
            object.in.innermost.v = 9;
            object.other = new Inner();
            Inner in = object.in;
            any.update(object, item("{'z':{'N':'2'}}"));
            assertThat(object.z).isEqualTo(2);
            any.update(object, item("{'y':{'NULL':true},'p_x':{'N':'5'},'p_deep_v':{'N':'6'},'c_a':{'N':'4'}}"));
            assertThat(object.in).isSameAs(in);
            assertThat(List.of(in.x, in.innermost.v)).containsExactly(7, 9);
            assertThat(in.y).isNull();
            assertThat(object.other.x).isEqualTo(5);
            assertThat(object.other.innermost.v).isEqualTo(6);
            assertThat(object.created).isEqualTo(new Created(4, null));
        }
    }

    record UnwrappingRecord(@JsonUnwrapped Inner in, Integer z) {}

    @Test
    void aRecordIsReadWithAnUnwrappedComponent() {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            UnwrappingRecord read =
                    any.read(item("{'x':{'N':'7'},'deep_v':{'N':'6'},'z':{'N':'3'}}"), UnwrappingRecord.class);
            assertThat(List.of(read.in().x, read.in().innermost.v, read.z())).containsExactly(7, 6, 3);
        }
    }

    static class Replacing {
        @JsonUnwrapped
        public @Nullable Point none;

        @JsonUnwrapped(prefix = "p_")
        public @Nullable Point point = new Point(1, null);

        @JsonUnwrapped(prefix = "b_")
        public Built built = new Built(5);

        public Integer z = 1;
        private Merged set = new Merged();

        @JsonUnwrapped(prefix = "s_")
        public void setMerged(Merged merged) {
            set = merged;
        }
    }

    @JsonDeserialize(builder = Built.Builder.class)
    record Built(int size) {
        @JsonPOJOBuilder(withPrefix = "")
        static class Builder {
            private int size;

            Builder size(int size) {
                this.size = size;
                return this;
            }

            Built build() {
                return new Built(size);
            }
        }
    }

    /** A value that cannot be changed keeps what is absent only as a whole. */
    @Test
    void anUnwrappedValueThatCannotBeChangedIsReplacedIfAnAttributeIsPresent() {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            Replacing object = new Replacing();
            Merged set = object.set;
            any.update(object, item("{'z':{'N':'2'}}"));
            assertThat(object.z).isEqualTo(2);
            assertThat(object.none).isNull();
            assertThat(object.point).isEqualTo(new Point(1, null));
            assertThat(object.built).isEqualTo(new Built(5));
            assertThat(object.set).isSameAs(set);
            any.update(object, item("{'x':{'N':'3'},'p_x':{'N':'2'},'b_size':{'N':'6'},'s_x':{'N':'9'}}"));
            assertThat(object.none).isEqualTo(new Point(3, null));
            assertThat(object.point).isEqualTo(new Point(2, null));
            assertThat(object.built).isEqualTo(new Built(6));
            assertThat(object.set.x).isEqualTo(9);
        }
    }

    /** Only absent attributes keep their values. */
    @Test
    void aNullIsNotMerged() {
        Item item = item("{'merged':{'NULL':true}}");
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            assertThat(any.update(new MergingNull(), item).merged).isNull();
            assertThat(any.read(item, MergingNull.class).merged).isNull();
            assertThat(any.read(item("{}"), MergingNull.class).merged).containsExactly(1);
        }
    }

    static class MergingNull {
        @JsonMerge
        public @Nullable List<Integer> merged = new ArrayList<>(List.of(1));
    }

    static class NoValues {
        public Integer z = 1;

        @JsonUnwrapped(prefix = "a_")
        public @Nullable Inner nested;

        @JsonMerge
        @JsonUnwrapped(prefix = "b_")
        public @Nullable Inner merged;
    }

    @Test
    void anUnwrappedNullStaysNullUnlessAnAttributeAtAnyLevelIsPresent() {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            NoValues object = any.update(new NoValues(), item("{'z':{'N':'2'}}"));
            assertThat(object.nested).isNull();
            assertThat(object.merged).isNull();
            any.update(object, item("{'a_x':{'N':'1'},'a_deep_v':{'N':'4'},'b_x':{'N':'5'},'b_deep_v':{'N':'6'}}"));
            assertThat(Objects.requireNonNull(object.nested).innermost.v).isEqualTo(4);
            assertThat(Objects.requireNonNull(object.merged).x).isEqualTo(5);
        }
        NoValues object = ItemMapper.of(new ObjectMapper()).update(new NoValues(), item("{'a_deep_v':{'N':'4'}}"));
        assertThat(Objects.requireNonNull(object.nested).innermost.v).isEqualTo(4);
    }

    static class MergingAnimal {
        @JsonMerge
        public Animal animal = new Cat();

        @JsonMerge
        public ObjectNode tree = JsonNodeFactory.instance.objectNode();

        public Integer later = 0;
        public Integer lives = 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'S':'q'}", "{'N':'1'}", "{'BOOL':true}", "{'SS':['q']}", "{'L':[]}"})
    void aValueThatIsNoObjectDoesNotFitAPolymorphicBeanThatIsMerged(String value) {
        Item item = item("{'animal':" + value + ",'later':{'N':'5'},'lives':{'N':'6'}}");
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper()))) {
            assertThat(mismatch(() -> any.update(new MergingAnimal(), item)).path())
                    .startsWith("*");
        }
    }

    @Test
    void aPolymorphicBeanAndATreeAreMerged() {
        MergingAnimal object = new MergingAnimal();
        Animal cat = object.animal;
        cat.name = "Tom";
        mapper.update(object, item("{'animal':{'M':{'lives':{'N':'3'}}},'tree':{'M':{'a':{'M':{'x':{'N':'1'}}}}}}"));
        mapper.update(object, item("{'later':{'N':'5'},'tree':{'M':{'a':{'M':{'y':{'N':'2'}}}}}}"));
        assertThat(object.animal).isSameAs(cat);
        assertThat(cat.name).isEqualTo("Tom");
        assertThat(((Cat) cat).lives).isEqualTo(3);
        assertThat(object.tree).hasToString("{\"a\":{\"x\":1,\"y\":2}}");
        assertThat(object.later).isEqualTo(5);
    }

    static class Throwing {
        @JsonUnwrapped
        public Inner getIn() {
            throw new IllegalStateException("Canary7");
        }

        public void setIn(Inner in) {}

        @JsonMerge
        public Merged getMerged() {
            throw new IllegalStateException("Canary7");
        }

        public void setMerged(Merged merged) {}
    }

    @Test
    void whatAGetterThrowsDuringAnUpdateIsRejected() {
        for (String item : List.of("{'merged':{'M':{}}}", "{'x':{'N':'1'}}")) {
            ItemMappingException e = thrownBy(() -> mapper.update(new Throwing(), item(item)));
            assertThat(e.reason()).isEqualTo(Reason.REJECTED);
            assertThat(e.path()).isEqualTo("*");
            assertThat(e).hasNoCause().hasMessageNotContaining("Canary7");
        }
    }

    @Test
    void nullsAreRefusedAtOnce() {
        assertThatNullPointerException().isThrownBy(() -> mapper.update(new Bean(), nothing()));
        assertThatNullPointerException().isThrownBy(() -> mapper.update(nothing(), item("{}")));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // tests a caller's mistake
    private static <T> T nothing() {
        return null;
    }

    /** Reading is not updating: a bean's initial value is replaced, and its primitives are required. */
    @Test
    void anUnwrappedValueIsReadAnewInANewObject() {
        String attributes = "'x':{'N':'5'},'deep_v':{'N':'6'},'p_x':{'N':'7'},'p_deep_v':{'N':'8'}";
        Outer read = mapper.read(item("{" + attributes + "}"), Outer.class);
        assertThat(List.of(read.in.x, read.in.innermost.v)).containsExactly(5, 6);
        mismatch(() -> mapper.read(item("{'x':{'N':'5'}}"), Outer.class));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Dog.class, name = "dog"),
        @JsonSubTypes.Type(value = Cat.class, name = "cat")
    })
    static class Animal {
        public String name = "";
    }

    static final class Dog extends Animal {
        public int barks;
    }

    static final class Cat extends Animal {
        public int lives = 9;
    }

    @Test
    void anObjectOfAPolymorphicTypeIsUpdated() {
        for (String attributes :
                List.of("'kind':{'S':'dog'},'barks':{'N':'3'}", "'barks':{'N':'3'},'kind':{'S':'dog'}")) {
            Dog dog = new Dog();
            dog.name = "Rex";
            assertThat(mapper.update(dog, item("{" + attributes + "}"))).isSameAs(dog);
            assertThat(dog.barks).isEqualTo(3);
            assertThat(dog.name).isEqualTo("Rex");
        }
    }

    @Test
    void anItemOfAnotherSubclassDoesNotUpdate() {
        for (String id : List.of("'cat'", "'Canary7'")) {
            ItemMappingException e = thrownBy(() -> mapper.update(new Dog(), item("{'kind':{'S':" + id + "}}")));
            assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
            assertThat(e).hasNoCause().hasMessageNotContaining("Canary7");
        }
    }

    @Test
    void objectsThatCannotBeUpdatedAreRefusedAndNotReplaced() {
        Item item = item("{'x':{'N':'2'}}");
        for (Object fixed : List.of(new Point(1, null), item("{'x':{'N':'1'}}"), Map.of("x", 1))) {
            ItemMappingException e = thrownBy(() -> mapper.update(fixed, item));
            assertThat(e)
                    .hasMessageContaining("an item into " + fixed.getClass().getName());
        }
        ItemMappingException e = thrownBy(() -> mapper.update(new Bean(), item("{'count':{'S':'Canary7'}}")));
        assertThat(e.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(e).hasNoCause().hasMessageNotContaining("Canary7").hasMessageNotContaining("count");
    }

    // -------------------------------------------------------------------------------------------- static types

    /** A type of another TypeFactory lacks what modules add to types. */
    @Test
    void aTypeOfAnotherTypeFactoryIsTheMappersOwn() {
        TypeFactory other = new ObjectMapper().getTypeFactory();
        AttributeValue five = value("{'N':'5'}");
        assertThat(mapper.<Object>read(five, other.constructType(OptionalInt.class)))
                .isEqualTo(OptionalInt.of(5));
        JavaType map = other.constructMapType(Map.class, String.class, OptionalInt.class);
        assertThat(mapper.<Object>read(item("{'a':{'N':'5'}}"), map)).isEqualTo(Map.of("a", OptionalInt.of(5)));
        assertThat(written(mapper.write(Map.of("a", OptionalInt.of(5)), map))).isEqualTo(item("{'a':{'N':'5'}}"));
        assertThat(mapper.<OptionalInt[]>read(value("{'L':[{'N':'5'}]}"), other.constructType(OptionalInt[].class)))
                .containsExactly(OptionalInt.of(5));
        JavaType lists = other.constructCollectionType(List.class, other.constructType(OptionalInt[][].class));
        List<OptionalInt[][]> read = mapper.read(value("{'L':[{'L':[{'L':[{'N':'5'}]}]}]}"), lists);
        assertThat(Objects.requireNonNull(read).get(0)[0]).containsExactly(OptionalInt.of(5));
    }

    record Box<T>(List<T> content) {}

    private Item written(byte[] json) {
        return exact(new String(json, UTF_8));
    }

    @Test
    void aStaticTypeKeepsTheTypeIdsOfItsComponents() {
        Dog dog = new Dog();
        dog.name = "Rex";
        TypeReference<Map<String, List<Animal>>> type = new TypeReference<>() {};
        Map<String, List<Animal>> animals = Map.of("all", List.of(dog, new Cat()));

        Map<String, List<Animal>> read = mapper.read(written(mapper.write(animals, type)), type);
        assertThat(read.get("all")).hasExactlyElementsOfTypes(Dog.class, Cat.class);
        assertThat(Objects.requireNonNull(read.get("all")).get(0).name).isEqualTo("Rex");

        JavaType javaType = new ObjectMapper().constructType(type);
        assertThat(written(mapper.write(animals, javaType))).isEqualTo(written(mapper.write(animals, type)));

        TypeReference<Box<Animal>> box = new TypeReference<>() {};
        assertThat(mapper.read(written(mapper.write(new Box<Animal>(List.of(new Cat())), box)), box)
                        .content())
                .hasExactlyElementsOfTypes(Cat.class);
    }

    @Test
    void anObjectIsWrittenAsTheStaticClass() {
        assertThat(mapper.read(written(mapper.write(new Dog(), Animal.class)), Animal.class))
                .isInstanceOf(Dog.class);
    }

    @Test
    void anObjectThatIsNotOfTheStaticTypeIsRefused() {
        ItemMappingException e = thrownBy(() -> mapper.write(new Dog(), Cat.class));
        assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
        assertThat(e.targetType()).isEqualTo(Cat.class.getName());
    }

    @Test
    void aWrittenItemHasNoUnsetType() {
        assertThat(thrownBy(() -> mapper.write(List.of(), TYPES.listOf(Dog.class)))
                        .reason())
                .isEqualTo(Reason.MISMATCH);
    }
}
