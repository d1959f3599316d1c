package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Recorded events from outside the project are written as JSON that decodes to the same events. */
class SharedEventsTest {
    /** Allows longer names than Jackson's default of 50,000 characters, as DynamoDB does. */
    private static final ObjectMapper TYPED = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(65_535)
                            .build())
                    .build())
            .addModule(new DynamoDbModule())
            .build();

    private static final ObjectMapper PLAIN =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();
    private static final ItemMapper ITEMS = ItemMapper.create();

    private static Path shared(String first, String... more) {
        Path path = Path.of(System.getProperty("dynamodbcdc.shared", "../../shared"), "events")
                .resolve(Path.of(first, more));
        assumeTrue(Files.exists(path), () -> "no shared data " + first + " on this machine");
        return path;
    }

    @Test
    void everyCaseThatDecodesIsWrittenAsTheSameEvent() throws IOException {
        int events = 0;
        for (String line : Files.readAllLines(shared("cases.jsonl"))) {
            DecodeResult result = ChangeEventDecoder.create()
                    .tryDecode(TYPED.readTree(line).get("payload").textValue().getBytes(UTF_8));
            if (result.failure() == null) {
                check(result.orElseThrow());
                events++;
            }
        }
        assertThat(events).isGreaterThan(30);
    }

    @Test
    void everySampleThatDecodesIsWrittenAsTheSameEvent() throws IOException {
        assertThat(checkFiles(shared("samples"))).isGreaterThan(30);
    }

    @Test
    void everyRecordOfDynamoDbLocalIsWrittenAsTheSameEvent() throws IOException {
        assertThat(checkFiles(shared("dynamodb-local"))).isGreaterThan(10);
    }

    private static int checkFiles(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json")).toList();
        }
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().emptyValueAsMap(true).build();
        int events = 0;
        for (Path file : files) {
            for (JsonNode record : records(Files.readAllBytes(file))) {
                DecodeResult result = decoder.tryDecode(TYPED.writeValueAsBytes(record));
                if (result.failure() == null) {
                    check(result.orElseThrow());
                    events++;
                }
            }
        }
        return events;
    }

    /** Returns the document of a file; none if the file holds several documents, or a broken one. */
    private static List<JsonNode> records(byte[] file) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        JsonNode document;
        try {
            document = TYPED.readTree(file);
        } catch (JsonProcessingException e) {
            return records;
        }
        JsonNode array = document.path("Records");
        (array.isArray()
                        ? array
                        : document.isArray()
                                ? document
                                : TYPED.createArrayNode().add(document))
                .forEach(records::add);
        return records;
    }

    private static void check(ChangeEvent event) throws IOException {
        DynamoDbModuleTest.assertSame(TYPED.readValue(TYPED.writeValueAsBytes(event), ChangeEvent.class), event);
        JsonNode plain = TYPED.readTree(PLAIN.writeValueAsBytes(event));
        assertThat(plain.has("dynamodb")).isTrue();
        Item image = event.newImage();
        if (image != null) {
            assertThat(ITEMS.read(image, JsonNode.class)).hasSize(image.size());
            assertThat(TYPED.readValue(ITEMS.write(image), Item.class)).isEqualTo(image);
        }
    }
}
