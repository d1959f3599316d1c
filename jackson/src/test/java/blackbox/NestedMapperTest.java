package blackbox;

import static blackbox.Failures.thrownBy;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code of the user that calls a mapper itself: what that one throws says nothing about the item outside. */
class NestedMapperTest {
    private static final ItemMapper MAPPER = ItemMapper.create();

    record Inner(int count) {}

    /** The mappers that code of the user calls. */
    enum Called {
        ITEM_MAPPER {
            @Override
            void read(String item) {
                MAPPER.read(item(item), Inner.class);
            }
        },
        ITEM_MAPPER_WITH_DETAILS {
            @Override
            void read(String item) {
                MAPPER.includeDetails().read(item(item), Inner.class);
            }
        },
        WRAPPED {
            @Override
            void read(String item) {
                try {
                    MAPPER.includeDetails().read(item(item), Inner.class);
                } catch (ItemMappingException e) {
                    throw new IllegalStateException("Canary7", e);
                }
            }
        },
        JACKSON {
            @Override
            void read(String item) throws JsonProcessingException {
                new ObjectMapper().readValue(item.replace('\'', '"'), Inner.class);
            }
        };

        private static Called now = ITEM_MAPPER;
        private static String item = "";

        abstract void read(String item) throws JsonProcessingException;

        static void call() throws JsonProcessingException {
            now.read(item);
        }
    }

    static final class OfConstructor {
        @JsonCreator
        OfConstructor(@JsonProperty("a") String ignored) throws JsonProcessingException {
            Called.call();
        }
    }

    static final class OfFactory {
        @JsonCreator
        static OfFactory of(@JsonProperty("a") String ignored) throws JsonProcessingException {
            Called.call();
            return new OfFactory();
        }
    }

    static final class OfSetter {
        public void setA(String ignored) throws JsonProcessingException {
            Called.call();
        }
    }

    record OfComponent(OfSetter deep) {}

    @ParameterizedTest
    @EnumSource
    void whatAMapperThrowsThatCodeOfTheClassCallsIsRejected(Called called) {
        Called.now = called;
        for (String inner : List.of("{'other':{'S':'Canary7'}}", "{'count':{'S':'Canary7'}}", "{}")) {
            Called.item = inner;
            for (Class<?> type : List.of(OfConstructor.class, OfFactory.class, OfSetter.class)) {
                if (called == Called.JACKSON && inner.equals("{}")) {
                    continue; // which fits plain Jackson
                }
                assertRejected(thrownBy(() -> MAPPER.read(item("{'a':{'S':'x'}}"), type)));
            }
        }
        Called.item = "{'other':{'S':'Canary7'}}";
        ItemMappingException deep =
                thrownBy(() -> MAPPER.read(item("{'deep':{'M':{'a':{'S':'x'}}}}"), OfComponent.class));
        assertRejected(deep);
        assertThat(deep.path()).isEqualTo("*.*");
    }

    private static void assertRejected(ItemMappingException e) {
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.REJECTED);
        assertThat(e)
                .hasNoCause()
                .hasMessageNotContaining("Canary7")
                .hasMessageEndingWith("refused by the type's own code");
    }

    record OfGetter() {
        @JsonProperty
        String a() throws JsonProcessingException {
            Called.call();
            return "";
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAMapperThrowsThatAGetterCallsIsRejected(Called called) {
        Called.now = called;
        Called.item = "{'other':{'S':'Canary7'}}";
        ItemMappingException e = thrownBy(() -> MAPPER.write(Map.of("v", new OfGetter())));
        assertRejected(e);
        assertThat(e.path()).startsWith("*.*"); // Jackson adds its steps to those of an exception of its own
    }

    record OfValue() {
        @JsonValue
        String value() throws JsonProcessingException {
            Called.call();
            return "";
        }
    }

    record OfAny() {
        @JsonAnyGetter
        Map<String, Object> any() throws JsonProcessingException {
            Called.call();
            return Map.of();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAMapperThrowsThatAnotherGetterCallsIsRejected(Called called) {
        Called.now = called;
        Called.item = "{'other':{'S':'Canary7'}}";
        for (Object object : List.of(new OfValue(), new OfAny())) {
            assertRejected(thrownBy(() -> MAPPER.write(Map.of("v", object))));
        }
    }

    enum OfEnum {
        A;

        @JsonCreator
        static OfEnum of(String ignored) throws JsonProcessingException {
            Called.call();
            return A;
        }
    }

    record OfEnums(OfEnum deep) {}

    static final class RootDeserializer extends JsonDeserializer<OfRoot> {
        @Override
        public OfRoot deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Called.call();
            return new OfRoot();
        }
    }

    @JsonDeserialize(using = RootDeserializer.class)
    record OfRoot() {}

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WRAPPED")
    void whatAMapperThrowsThatTheCreatorOfAnEnumOrADeserializerCallsIsRejected(Called called) {
        Called.now = called;
        for (String inner :
                List.of("{'other':{'S':'Canary7'}}", "{'count':{'S':'Canary7'}}", "{'count':{'N':'1.5'}}")) {
            if (called == Called.JACKSON && inner.contains("1.5")) {
                continue; // which fits plain Jackson
            }
            Called.item = inner;
            assertRejected(thrownBy(() -> MAPPER.read(item("{'deep':{'S':'x'}}"), OfEnums.class)));
            assertRejected(thrownBy(() -> MAPPER.read(item("{'a':{'S':'x'}}"), OfRoot.class)));
        }
    }

    static final class OwnDeserializer extends JsonDeserializer<Inner> {
        @Override
        public Inner deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return new Inner(context.readValue(parser, Integer.class));
        }
    }

    record Delegating(
            @JsonDeserialize(using = OwnDeserializer.class) Inner inner) {}

    /** It reads a part of the item. */
    @ParameterizedTest
    @ValueSource(strings = {"{'S':'x'}", "{'N':'1.5'}", "{'L':[]}"})
    void whatAContextThrowsThatADeserializerCallsIsAMismatch(String value) {
        ItemMappingException e = thrownBy(() -> MAPPER.read(item("{'inner':" + value + "}"), Delegating.class));
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.MISMATCH);
    }
}
