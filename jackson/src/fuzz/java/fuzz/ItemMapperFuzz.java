package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import generator.Events;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.io.CharConversionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever decodes, bound to types that fit it and types that do not, through the parser, and written back. */
class ItemMapperFuzz {
    private static final int MAX_MESSAGE = 256;

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final List<ItemMapper> MAPPERS = List.of(
            ItemMapper.create(),
            ItemMapper.create().epochUnit(ItemMapper.EpochUnit.BY_MAGNITUDE),
            ItemMapper.of(new ObjectMapper()));
    private static final ObjectMapper TYPED =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();
    private static final ObjectMapper PLAIN =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();

    private static final List<TypeReference<?>> TYPES = List.of(
            new TypeReference<Map<String, Object>>() {},
            new TypeReference<JsonNode>() {},
            new TypeReference<Everything>() {},
            new TypeReference<Map<String, List<String>>>() {});

    private static final List<Class<?>> CLASSES = List.of(
            Object.class,
            String.class,
            int.class,
            Long.class,
            byte.class,
            float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            boolean.class,
            char.class,
            byte[].class,
            Instant.class,
            LocalDate.class,
            Date.class,
            UUID.class,
            TimeUnit.class,
            int[].class,
            Set.class,
            AttributeValue.class,
            Item.class,
            Everything.class);

    /** A class that has a property for some names, and takes the others. */
    public static final class Everything {
        public @Nullable Map<String, Object> info;
        public @Nullable Set<BigDecimal> numbers;
        public @Nullable AttributeValue id;
        public @Nullable Instant at;
        public long count;

        @JsonAnySetter
        public void other(String name, @Nullable Object value) {
            Objects.requireNonNull(name);
        }
    }

    static List<byte[]> seeds() {
        return Events.seeds();
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatDecodesIsBoundOrRefusedAsDeclared(byte[] record) throws IOException {
        ChangeEvent event;
        try {
            event = DECODER.decode(record);
        } catch (DecodeException e) {
            refuse(record);
            return;
        }
        for (ItemMapper mapper : MAPPERS) {
            bind(mapper, event.keys());
            bind(mapper, event.newImage());
            bind(mapper, event.oldImage());
        }
        roundTrip(event);
    }

    /** The module reads any JSON or refuses it with Jackson's exception. */
    private static void refuse(byte[] input) throws IOException {
        for (Class<?> type : List.of(ChangeEvent.class, Item.class, AttributeValue.class)) {
            try {
                TYPED.readValue(input, type);
            } catch (JsonProcessingException | CharConversionException e) {
                require(e.getMessage() != null, "a message");
            }
        }
        try (JsonParser parser = PLAIN.createParser(input)) {
            attempt(() -> MAPPERS.get(0).write(parser));
        } catch (CharConversionException e) {
            require(e.getMessage() != null, "a message"); // Jackson's own, for what looks like UTF-32
        }
    }

    private static void bind(ItemMapper mapper, @Nullable Item item) throws IOException {
        if (item == null) {
            return;
        }
        for (TypeReference<?> type : TYPES) {
            Object bound = attempt(() -> mapper.read(item, type));
            if (bound != null) {
                attempt(() -> mapper.write(bound));
            }
        }
        attempt(() -> mapper.update(new Everything(), item));
        item.forEach((name, value) -> CLASSES.forEach(type -> attempt(() -> mapper.read(value, type))));
        byte[] written = mapper.write(item);
        require(TYPED.readValue(written, Item.class).equals(item), "what is written equals the item");
        int depth = 0;
        try (JsonParser parser = mapper.parser(item)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                ask(parser, token);
            }
        }
        require(depth == 0, "all that begins ends");
    }

    private interface Question {
        @Nullable
        Object to(JsonParser parser) throws IOException;
    }

    private static void ask(JsonParser parser, JsonToken token) throws IOException {
        require(token == parser.currentToken(), "the current token");
        List<Question> questions = List.of(
                JsonParser::getText,
                JsonParser::getNumberValue,
                JsonParser::getLongValue,
                JsonParser::getIntValue,
                JsonParser::getFloatValue,
                JsonParser::getBigIntegerValue,
                JsonParser::getBinaryValue,
                JsonParser::getBooleanValue,
                JsonParser::getValueAsString,
                JsonParser::getValueAsDouble);
        for (Question question : questions) {
            try {
                question.to(parser);
            } catch (JsonProcessingException e) {
                require(String.valueOf(e.getOriginalMessage()).length() <= MAX_MESSAGE, "a short message");
            }
        }
        if (token.isNumeric()) {
            BigDecimal exact = new BigDecimal(parser.getText());
            require(parser.getDecimalValue().compareTo(exact) == 0, "the exact number");
        }
    }

    private static void roundTrip(ChangeEvent event) throws IOException {
        ChangeEvent read = TYPED.readValue(TYPED.writeValueAsBytes(event), ChangeEvent.class);
        require(Objects.equals(read.newImage(), event.newImage()), "NewImage after a round trip");
        require(Objects.equals(read.oldImage(), event.oldImage()), "OldImage after a round trip");
        require(
                Objects.equals(read.approximateCreationDateTime(), event.approximateCreationDateTime()),
                "the time after a round trip");
        JsonNode plain = PLAIN.readTree(PLAIN.writeValueAsBytes(event));
        require(plain.isObject(), "plain JSON");
    }

    private interface Action {
        @Nullable
        Object run();
    }

    /** Returns the result, or null if the action fails as declared. */
    private static @Nullable Object attempt(Action action) {
        try {
            return action.run();
        } catch (ItemMappingException e) {
            String message = e.getMessage();
            if (message == null || message.length() > MAX_MESSAGE) {
                throw new AssertionError("not as declared", e);
            }
            return null;
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
