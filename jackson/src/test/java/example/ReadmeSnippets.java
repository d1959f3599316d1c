package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
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

    static Object[] producing(JsonParser parserOfPlainJson) throws IOException {
        // README: writing items
        record Rental(String id, Set<String> tags, Instant at) {}

        ItemMapper items = ItemMapper.create();
        byte[] dynamoDbJson = items.write(new Rental("r-1", Set.of("late"), Instant.EPOCH));
        byte[] ofPlainJson = items.write(parserOfPlainJson); // token by token, with every digit

        JsonMapper json = JsonMapper.builder().addModule(new DynamoDbModule()).build();
        Item item = json.readValue(dynamoDbJson, Item.class); // for tests, and for a PutItemRequest
        // README: end
        return new Object[] {new String(dynamoDbJson, UTF_8), new String(ofPlainJson, UTF_8), item};
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
