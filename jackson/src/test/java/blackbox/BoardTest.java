package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fixtures.Board;
import fixtures.CanaryEvents;
import fixtures.Outcome;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceComparison;

/**
 * The rows of the reliability board through Jackson. {@code ItemMapper} takes items, which a refused record does not
 * have, so it gets the accepted inputs; the module reads records too, and gets all of them.
 */
class BoardTest {
    private static final ItemMapper ITEMS = ItemMapper.create();

    /** Jackson's own limits are lower than the decoder's. */
    private static final JsonFactory UNLIMITED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    @TestFactory
    Stream<DynamicTest> everyAcceptedInputIsReadByJacksonWithTheSameValues() {
        return Stream.of(Board.values())
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    ChangeEventDecoder decoder = ReferenceComparison.decoderWith(row.options());
                    for (Board.Input input : row.inputs().toList()) {
                        ChangeEvent event = decoder.tryDecode(input.bytes()).event();
                        if (event != null) {
                            for (Item item : items(event)) {
                                check(input, item);
                            }
                        }
                    }
                }));
    }

    private static List<Item> items(ChangeEvent event) {
        return Stream.of(event.keys(), event.newImage(), event.oldImage())
                .filter(Objects::nonNull)
                .toList();
    }

    private static void check(Board.Input input, Item item) throws IOException {
        try {
            tree(item, ITEMS.read(item, JsonNode.class));
            try (JsonParser parser = ITEMS.parser(item)) {
                parser.nextToken();
                tokens(item, parser);
                assertThat(parser.nextToken()).isNull();
            }
            assertThat(Items.exact(new String(ITEMS.write(item), UTF_8))).isEqualTo(item);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(input.name(), e);
        }
    }

    // ------------------------------------------------------------------------------------------------------- trees

    private static void tree(Item item, JsonNode node) throws IOException {
        equal(item.size(), node.size());
        for (var attribute : item) {
            tree(attribute.getValue(), Objects.requireNonNull(node.get(attribute.getKey()), "a member"));
        }
    }

    private static void tree(AttributeValue value, JsonNode node) throws IOException {
        switch (value.type()) {
            case S -> equal(value.asString(), node.textValue());
            case N -> equal(0, value.asBigDecimal().compareTo(node.decimalValue()));
            case B -> assertThat(node.binaryValue()).isEqualTo(value.asBytes());
            case BOOL -> equal(value.asBoolean(), node.booleanValue());
            case NULL -> equal(true, node.isNull());
            case L -> elements(value.asList(), node);
            case M -> tree(value.asItem(), node);
            default -> equal(true, node.isArray());
        }
    }

    private static void elements(List<AttributeValue> values, JsonNode node) throws IOException {
        equal(values.size(), node.size());
        for (int i = 0; i < values.size(); i++) {
            tree(values.get(i), node.get(i));
        }
    }

    // ------------------------------------------------------------------------------------------------------ tokens

    private static void tokens(Item item, JsonParser parser) throws IOException {
        equal(JsonToken.START_OBJECT, parser.currentToken());
        for (var attribute : item) {
            equal(JsonToken.FIELD_NAME, parser.nextToken());
            equal(attribute.getKey(), parser.currentName());
            parser.nextToken();
            tokens(attribute.getValue(), parser);
        }
        equal(JsonToken.END_OBJECT, parser.nextToken());
    }

    private static void tokens(AttributeValue value, JsonParser parser) throws IOException {
        switch (value.type()) {
            case S -> equal(value.asString(), parser.getText());
            case N -> equal(0, value.asBigDecimal().compareTo(parser.getDecimalValue()));
            case B -> assertThat(parser.getBinaryValue()).isEqualTo(value.asBytes());
            case BOOL -> equal(value.asBoolean(), parser.getBooleanValue());
            case NULL -> equal(JsonToken.VALUE_NULL, parser.currentToken());
            case M -> tokens(value.asItem(), parser);
            case L -> {
                equal(JsonToken.START_ARRAY, parser.currentToken());
                for (AttributeValue element : value.asList()) {
                    parser.nextToken();
                    tokens(element, parser);
                }
                equal(JsonToken.END_ARRAY, parser.nextToken());
            }
            case SS -> set(value.asStringSet().iterator(), parser);
            case NS -> set(value.asNumberSet().iterator(), parser);
            default -> parser.skipChildren();
        }
    }

    /** A set has each of its members once; the parser may repeat those that were delivered twice. */
    private static void set(Iterator<?> members, JsonParser parser) throws IOException {
        equal(JsonToken.START_ARRAY, parser.currentToken());
        if (members.hasNext()) {
            parser.nextToken();
            equal(
                    members.next().toString(),
                    parser.currentToken().isNumeric() ? parser.getDecimalValue().toString() : parser.getText());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            assertThat(parser.currentToken().isScalarValue()).isTrue();
        }
    }

    private static void equal(@Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }

    // ------------------------------------------------------------------------------------------------------ module

    /**
     * Jackson's parser reads the JSON first: it accepts some bytes that are not well-formed UTF-8, and escapes that are
     * no character, and it replaces them. Everything else that the decoder refuses is refused.
     */
    @TestFactory
    Stream<DynamicTest> theModuleGivesTheOutcomeOfTheDecoderForEveryInput() {
        return Stream.of(Board.values())
                .filter(row -> row != Board.R1_JSON_TEST_SUITE) // Jackson's parser decides what is JSON.
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    ChangeEventDecoder decoder = ReferenceComparison.decoderWith(row.options());
                    ObjectMapper mapper = JsonMapper.builder(UNLIMITED)
                            .addModule(new DynamoDbModule().decoder(decoder))
                            .build();
                    for (Board.Input input : row.inputs().toList()) {
                        try {
                            checkModule(row, mapper, Outcome.of(decoder.tryDecode(input.bytes())), input.bytes());
                        } catch (RuntimeException | AssertionError e) {
                            throw new AssertionError(input.name(), e);
                        }
                    }
                }));
    }

    private static void checkModule(Board row, ObjectMapper mapper, Outcome expected, byte[] record)
            throws IOException {
        ChangeEvent read;
        try {
            read = mapper.readValue(record, ChangeEvent.class);
        } catch (JsonProcessingException e) {
            if (expected.event() != null) {
                throw new AssertionError("refused, but the decoder accepts " + expected, e);
            }
            if (row == Board.R5_CHANGED_BYTES && e.getCause() instanceof DecodeException) {
                CanaryEvents.assertNoCanary(e.getOriginalMessage());
            }
            return;
        }
        DecodeException failure = expected.failure();
        if (failure != null) {
            assertThat(Refusals.NOT_JSON).as("accepted, but %s", expected).contains(failure.reason());
        } else {
            assertThat(Outcome.of(read).text()).isEqualTo(expected.text());
            ChangeEvent written = mapper.readValue(mapper.writeValueAsBytes(read), ChangeEvent.class);
            if (read.channel() != Channel.EXPORT) {
                assertThat(Outcome.of(written).text()).isEqualTo(expected.text());
            }
        }
    }
}
