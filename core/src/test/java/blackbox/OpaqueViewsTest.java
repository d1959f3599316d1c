package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import fixtures.OpaqueTypes;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A serializer that does not know a view refuses it. It never writes an empty object, and never creates a view. */
class OpaqueViewsTest {
    private static final byte[] RECORD = """
            {"eventName":"MODIFY","tableName":"t","userIdentity":{"type":"Service","principalId":"p"},\
            "dynamodb":{"ApproximateCreationDateTime":1719039879869591,"Keys":{"id":{"S":"k1"}},\
            "NewImage":{"id":{"S":"k1"},"new":{"N":"1"},"empty":{"M":{}},"list":{"L":[{"N":"1"}]},"no":{"L":[]}},\
            "OldImage":{"id":{"S":"k1"},"list":{"L":[{"N":"2"}]}}}}""".getBytes(UTF_8);

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final Gson GSON = new Gson();

    private static ChangeEvent event() {
        return DECODER.decode(RECORD);
    }

    private static Item image() {
        return Objects.requireNonNull(event().newImage());
    }

    private static ChangeEventReader reader() {
        return DECODER.read(
                ("{\"Records\":[" + new String(RECORD, UTF_8) + "],\"window\":{\"start\":\"s\"}}").getBytes(UTF_8));
    }

    private static SourceRecord sourceRecord() {
        return reader().records().iterator().next();
    }

    private static Envelope envelope() {
        ChangeEventReader reader = reader();
        reader.records().forEach(read -> assertThat(read.result().failure()).isNull());
        return reader.envelope();
    }

    /** Views that are not collections. */
    private static Stream<Named<Object>> views() {
        DecodeSession session = DECODER.newSession();
        ChangeEvent window = session.decode(RECORD);
        ItemDiff diff = Objects.requireNonNull(event().diff());
        return Stream.of(
                Named.of("ChangeEvent", event()),
                Named.of("ChangeEvent of a session", window),
                Named.of("AttributeValue", image().require("id")),
                Named.of("AttributeReader", image().reader()),
                Named.of("AttributeReader of a session", window.keys().reader()),
                Named.of("ItemDiff", diff),
                Named.of(
                        "ItemDiff without a difference",
                        Objects.requireNonNull(unchanged().diff())),
                Named.of(
                        "ItemDiff.Change", Objects.requireNonNull(diff.changed().get("list"))),
                Named.of("PathChange", diff.changes().get(0)),
                Named.of("CreationTime", Objects.requireNonNull(event().approximateCreationDateTime())),
                Named.of("UserIdentity", Objects.requireNonNull(event().userIdentity())),
                Named.of("DecodeResult of an event", DECODER.tryDecode(RECORD)),
                Named.of("DecodeResult of a failure", DECODER.tryDecode(new byte[] {'{'})),
                Named.of("DecodeSession", session),
                Named.of("FirehoseTransformResponse", BatchResponses.transform()),
                Named.of("ChangeEventDecoder", DECODER));
    }

    private static ChangeEvent unchanged() {
        String images = "\"NewImage\":{\"id\":{\"S\":\"k1\"}},\"OldImage\":{\"id\":{\"S\":\"k1\"}}";
        return DECODER.decode(
                ("{\"eventName\":\"MODIFY\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"k1\"}}," + images + "}}")
                        .getBytes(UTF_8));
    }

    private static Stream<Named<Object>> collections() {
        return Stream.of(
                Named.of("Item", image()),
                Named.of(
                        "Item of a session", DECODER.newSession().decode(RECORD).keys()),
                Named.of("asList", image().require("list").asList()),
                Named.of(
                        "ItemDiff.added", Objects.requireNonNull(event().diff()).added()),
                Named.of(
                        "ItemDiff.changed",
                        Objects.requireNonNull(event().diff()).changed()),
                Named.of(
                        "ItemDiff.changes",
                        Objects.requireNonNull(event().diff()).changes()),
                Named.of("an attribute", image().iterator().next()));
    }

    private static Stream<Named<Object>> emptyItems() {
        return Stream.of(
                Named.of("Item of an empty M", image().require("empty").asItem()),
                Named.of(
                        "Item of a session", DECODER.newSession().decode(RECORD).keys()));
    }

    private static Stream<Named<Object>> readers() {
        return Stream.of(
                Named.of("SourceRecord", sourceRecord()),
                Named.of("Envelope", envelope()),
                Named.of("ChangeEventReader", reader()));
    }

    private static Stream<Named<Object>> everything() {
        return Stream.of(views(), collections(), emptyItems(), readers()).flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource({"views", "collections"})
    void aPlainObjectMapperRefusesToWriteEachView(Object view) {
        assertThatThrownBy(() -> JACKSON.writeValueAsString(view)).isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> JACKSON.writeValueAsString(Map.of("in", List.of(view))))
                .isInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void aPlainGsonRefusesToWriteEachView(Object view) {
        // A RuntimeException, not the StackOverflowError of an object that refers to itself.
        assertThatThrownBy(() -> GSON.toJson(view)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> GSON.toJson(List.of(view))).isInstanceOf(RuntimeException.class);
    }

    private static Stream<Class<?>> types() {
        return OpaqueTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    void jacksonAndGsonNeverCreateAView(Class<?> type) {
        for (String json : List.of("{}", "{\"type\":\"Service\"}", "{\"epochSecond\":1,\"nano\":1}", "[]", "\"\"")) {
            assertThatThrownBy(() -> JACKSON.readValue(json, type)).isInstanceOf(JsonMappingException.class);
            assertThatThrownBy(() -> GSON.fromJson(json, type)).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void javaSerializationRefusesEachView(Object view) throws Exception {
        assumeFalse(view instanceof ChangeEventDecoder, "a decoder is no view: it is serialized by its options");
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(view)).isInstanceOf(NotSerializableException.class);
        }
    }
}
