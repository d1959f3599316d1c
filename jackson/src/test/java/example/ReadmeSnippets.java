package example;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ValueFactory;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The other Java code of the README. Comments delimit and name each piece, and a test compares them with the README.
 */
final class ReadmeSnippets {
    private ReadmeSnippets() {}

    @SuppressWarnings("UnusedVariable")
    static Object[] targets(ItemMapper items, Item image, ChangeEvent event) throws IOException {
        // README: other targets
        Map<String, Object> map = items.read(image, new TypeReference<>() {}); // numbers exact, sets as List
        JsonNode tree = items.read(image, JsonNode.class);

        JsonMapper plain =
                JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();
        byte[] json = plain.writeValueAsBytes(event); // the record, its Keys and images plain, its time ISO-8601
        // README: end
        return new Object[] {map, tree, json};
    }

    // README: a Debezium-shaped envelope
    record Envelope(
            @Nullable Item before,
            @Nullable Item after,
            Source source,
            String op,
            @JsonProperty("ts_ms") @Nullable Long time) {

        record Source(
                String connector,
                @Nullable String table,
                @JsonProperty("ts_us") @Nullable Long time) {}

        static Envelope of(ChangeEvent event) {
            CreationTime time = event.approximateCreationDateTime();
            return new Envelope(
                    event.oldImage(),
                    event.newImage(),
                    new Source("dynamodb", event.tableName(), time == null ? null : time.epochMicros()),
                    op(event),
                    time == null ? null : time.epochMillis());
        }

        private static String op(ChangeEvent event) {
            return switch (event.eventName()) {
                case INSERT -> "c";
                case MODIFY -> "u";
                case REMOVE -> "d";
                default -> throw new IllegalArgumentException("an eventName that Debezium has no op for");
            };
        }
    }

    static final JsonMapper DEBEZIUM =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();

    static byte[] envelope(ChangeEvent event) throws IOException {
        return DEBEZIUM.writeValueAsBytes(Envelope.of(event));
    }
    // README: end

    // README: writing items
    record Rental(String id, Set<String> tags, Instant at) {}

    static final ItemMapper ITEMS = ItemMapper.create();
    static final JsonMapper DYNAMODB_JSON =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();

    /** For tests. */
    static Item item(Object row) throws IOException {
        byte[] dynamoDbJson = ITEMS.write(row);
        return DYNAMODB_JSON.readValue(dynamoDbJson, Item.class);
    }

    /** For a PutItemRequest. */
    static <V> Map<String, V> values(Object row, ValueFactory<V> factory) throws IOException {
        return item(row).toMap(factory);
    }

    /** Of plain JSON, token by token, with every digit. */
    static byte[] dynamoDbJson(JsonParser plainJson) {
        return ITEMS.write(plainJson);
    }
    // README: end

    static Station.@Nullable Tariff valuesAndUpdates(ItemMapper items, Item image, Board board) {
        // README: single values and updates
        Station.Tariff tariff = items.read(image.require("tariff"), Station.Tariff.class); // one value, here an M
        items.update(board, image); // sets the properties of this bean whose attributes the image has
        // README: end
        return tariff;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Board {
        public int bikes;
        public int absent = 7;
    }

    // README: read and write back
    static final ItemMapper TIMES_AS_TEXT = ItemMapper.of(JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build()); // not strict: behaves as this JsonMapper
    // README: end

    // README: time
    record Reservation(
            @JsonProperty("expires_at") Instant expires, // N, seconds, as Time to Live requires

            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS) @JsonProperty("updated_at")
            Instant updated, // N, milliseconds

            @JsonProperty("reserved_at") Instant reserved) {} // S, 2025-03-14T07:41:00Z
    // README: end
}
