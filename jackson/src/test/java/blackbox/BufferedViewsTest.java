package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where Jackson buffers a part of an item, the types are lost. A view is refused there by every mapper, and is never
 * read from plain JSON that looks like DynamoDB JSON.
 */
class BufferedViewsTest {
    private static final ItemMapper MAPPER = ItemMapper.create();
    private static final ObjectMapper PLAIN =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Kept.class, name = "kept"))
    sealed interface Keeping permits Kept {}

    record Kept(@Nullable Item item, @Nullable AttributeValue value) implements Keeping {}

    static final class Pair {
        public @Nullable Item item;
        public @Nullable AttributeValue value;
    }

    static final class Unwrapping {
        @JsonUnwrapped
        public @Nullable Pair pair;

        public @Nullable String kind;
    }

    static final class Outside {
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
        @JsonSubTypes(@JsonSubTypes.Type(value = Pair.class, name = "kept"))
        public @Nullable Object pair;
    }

    static final class UnwrappingCreator {
        @JsonUnwrapped
        public @Nullable Pair pair;

        final String kind;

        @JsonCreator
        UnwrappingCreator(@JsonProperty("kind") String kind) {
            this.kind = kind;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(DeducedPair.class), @JsonSubTypes.Type(Other.class)})
    interface Deduced {}

    static final class DeducedPair implements Deduced {
        public @Nullable Item item;
        public @Nullable AttributeValue value;
        public @Nullable String kind;
    }

    static final class Other implements Deduced {
        public int other;
    }

    @JsonDeserialize(builder = Built.Builder.class)
    static final class Built {
        @JsonPOJOBuilder
        static final class Builder {
            @JsonUnwrapped
            public @Nullable Pair pair;

            public Builder withKind(String kind) {
                assertThat(kind).isEqualTo("kept");
                return this;
            }

            public Built build() {
                return new Built();
            }
        }
    }

    @JsonDeserialize(using = ByTree.Reader.class)
    static final class ByTree {
        static final class Reader extends JsonDeserializer<ByTree> {
            @Override
            public ByTree deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                JsonNode tree = context.readTree(parser);
                context.readTreeAsValue(tree, Pair.class);
                return new ByTree();
            }
        }
    }

    @JsonDeserialize(using = ByCodec.Reader.class)
    static final class ByCodec {
        static final class Reader extends JsonDeserializer<ByCodec> {
            @Override
            public ByCodec deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                parser.getCodec().treeToValue(parser.readValueAsTree(), Pair.class);
                return new ByCodec();
            }
        }
    }

    static Stream<Arguments> buffered() {
        String likeAValue = "{'M':{'S':{'S':'Canary7'}}}";
        String likeAnItem = "{'M':{'a':" + likeAValue + "}}";
        List<String> attributes = List.of("'item':" + likeAnItem, "'value':" + likeAValue, "'value':{'NULL':true}");
        String kind = ",'kind':{'S':'kept'}";
        return attributes.stream()
                .flatMap(each -> Stream.of(
                        Arguments.of(Keeping.class, "{" + each + kind + "}"),
                        Arguments.of(Unwrapping.class, "{" + each + kind + "}"),
                        Arguments.of(UnwrappingCreator.class, "{" + each + kind + "}"),
                        Arguments.of(Outside.class, "{'pair':{'M':{" + each + "}}" + kind + "}"),
                        Arguments.of(Deduced.class, "{" + each + kind + "}"),
                        Arguments.of(Built.class, "{" + each + kind + "}"),
                        Arguments.of(ByTree.class, "{" + each + "}"),
                        Arguments.of(ByCodec.class, "{" + each + "}")));
    }

    @ParameterizedTest
    @MethodSource("buffered")
    void aViewIsRefusedByAnItemMapper(Class<?> type, String item) {
        assertThat(mismatch(() -> MAPPER.read(item(item), type))).hasMessageNotContaining("Canary7");
    }

    @ParameterizedTest
    @MethodSource("buffered")
    void aViewIsRefusedByAnyMapperThatReadsTheParser(Class<?> type, String item) {
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> PLAIN.readValue(MAPPER.parser(item(item)), type))
                .withMessageContaining("types are lost");
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> PLAIN.readValue(new JsonParserDelegate(MAPPER.parser(item(item))), type))
                .withMessageContaining("types are lost");
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> PLAIN.readerFor(type).readValue(MAPPER.parser(item(item))))
                .withMessageContaining("types are lost");
    }

    @Test
    void aViewThatIsNotBufferedIsReadByAnyMapper() throws IOException {
        Item item = item("{'item':{'M':{'a':{'S':'x'}}},'value':{'NULL':true}}");
        Pair pair = PLAIN.readValue(MAPPER.parser(item), Pair.class);
        assertThat(pair.item).isEqualTo(item.require("item").asItem());
        assertThat(pair.value).isEqualTo(item.require("value"));
    }

    @Test
    void aViewIsRefusedInABufferThatACallerFills() throws IOException {
        for (String attribute : List.of(
                "'value':{'M':{'S':{'S':'x'}}}", "'value':{'NULL':true}", "'item':{'M':{'a':{'M':{'S':{'S':'x'}}}}}")) {
            JsonParser parser = MAPPER.parser(item("{" + attribute + "}"));
            parser.nextToken();
            TokenBuffer buffer = new TokenBuffer(parser);
            buffer.copyCurrentStructure(parser);
            assertThatExceptionOfType(MismatchedInputException.class)
                    .as(attribute)
                    .isThrownBy(() -> PLAIN.readValue(buffer.asParser(), Pair.class))
                    .withMessageContaining("types are lost");
        }
    }

    @Test
    void dynamoDbJsonThatJacksonBuffersIsStillRead() throws IOException {
        Keeping keeping = PLAIN.readValue("{'value':{'S':'x'},'kind':'kept'}".replace('\'', '"'), Keeping.class);
        assertThat(keeping).isEqualTo(new Kept(null, item("{'v':{'S':'x'}}").require("v")));
    }

    static final class Raw {
        public @Nullable String id;
        public @Nullable TokenBuffer payload;
    }

    /** Jackson finds the serializer of a TokenBuffer by the class itself. */
    @Test
    void aBufferThatAnItemMapperFilledIsWrittenWithItsContent() throws IOException {
        Item item = item("{'id':{'S':'i'},'payload':{'M':{'k':{'N':'5'},'l':{'L':[{'S':'x'}]}}}}");
        for (ItemMapper mapper : List.of(ItemMapper.create(), ItemMapper.of(new ObjectMapper()))) {
            Raw raw = mapper.read(item, Raw.class);
            assertThat(new ObjectMapper().writeValueAsString(raw))
                    .isEqualTo("{\"id\":\"i\",\"payload\":{\"k\":5,\"l\":[\"x\"]}}");
            assertThat(Items.exact(new String(mapper.write(raw), UTF_8))).isEqualTo(item);
            TokenBuffer root = mapper.read(item.require("payload"), TokenBuffer.class);
            assertThat(new ObjectMapper().<JsonNode>valueToTree(root))
                    .isEqualTo(new ObjectMapper().readTree("{\"k\":5,\"l\":[\"x\"]}"));
        }
    }
}
