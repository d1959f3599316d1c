package blackbox;

import static blackbox.Items.exact;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RandomItemsTest {
    private static final ItemMapper MAPPER = ItemMapper.create();
    private static final ObjectMapper TYPED =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();
    private static final ObjectMapper PLAIN =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();

    @Property(tries = 2000)
    void randomItemsRoundTripThroughTheirShapesWithoutLoss(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int size) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = Shape.ofItem(random);
        Shape.Value value = shape.item(random, size);
        Item item = exact(value.json());

        Object bound = MAPPER.read(item, shape.type());

        assertThat(Shape.same(bound, value.java())).as(value.json()).isTrue();
        assertThat(exact(new String(MAPPER.write(bound), UTF_8)))
                .as(value.json())
                .isEqualTo(item);
    }

    @Property(tries = 1000)
    void partsThatJacksonBuffersLoseNothing(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int size)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = Shape.ofItem(random);
        Shape.Value value = shape.item(random, size);
        Item item = exact(value.json());
        TokenBuffer buffer = new TokenBuffer(MAPPER.parser(item));
        buffer.copyCurrentStructure(advanced(item));

        Object bound = new ObjectMapper().readValue(buffer.asParser(), shape.type());

        assertThat(exact(new String(MAPPER.write(bound), UTF_8)))
                .as(value.json())
                .isEqualTo(item);
    }

    private static JsonParser advanced(Item item) throws IOException {
        JsonParser parser = MAPPER.parser(item);
        parser.nextToken();
        return parser;
    }

    @Property(tries = 1000)
    void dynamoDbJsonRoundTrips(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int size) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        String json = Shape.ofItem(random).item(random, size).json();
        Item item = exact(json);

        assertThat(TYPED.readValue(TYPED.writeValueAsBytes(item), Item.class))
                .as(json)
                .isEqualTo(item);
        assertThat(exact(new String(MAPPER.write(item), UTF_8))).as(json).isEqualTo(item);
        assertThat(TYPED.<JsonNode>valueToTree(item)).as(json).isEqualTo(TYPED.readTree(json));
    }

    @Property(tries = 1000)
    void plainJsonIsTheSameFromModuleTreeAndParser(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int size)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        String json = Shape.ofItem(random).item(random, size).json();
        Item item = exact(json);
        String plain = PLAIN.writeValueAsString(item);

        assertThat(PLAIN.writeValueAsString(MAPPER.read(item, Map.class))).isEqualTo(plain);
        Map<String, Object> one = new LinkedHashMap<>();
        item.forEach((name, value) -> one.put(name, value));
        assertThat(PLAIN.writeValueAsString(one)).isEqualTo(plain);

        byte[] back = MAPPER.write(new JsonFactory().createParser(plain));
        assertThat(PLAIN.writeValueAsString(exact(new String(back, UTF_8)))).isEqualTo(plain);
    }
}
