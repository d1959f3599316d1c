package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.EventAccessors;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import reference.SharedData;

/** The events that the tests of the guide's recipes have in common. */
final class Samples {
    /** A record of DynamoDB Streams with a value of each type, the empty ones too, deleted by Time to Live. */
    static final String EVERY_TYPE = """
            {"eventID":"e-1","eventName":"REMOVE","eventVersion":"1.1","eventSource":"aws:dynamodb",
            "awsRegion":"eu-west-1","userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"},
            "dynamodb":{"ApproximateCreationDateTime":1741939512,"Keys":{"id":{"N":"17"},"at":{"S":"x"}},
            "OldImage":{"id":{"N":"17"},"at":{"S":"x"},"s":{"S":"a \\"b\\"\\n"},"empty":{"S":""},
            "n":{"N":"-12345678901234567890123456789012345678"},"small":{"N":"1E-130"},"b":{"B":"AP8="},
            "none":{"B":""},"yes":{"BOOL":true},"no":{"BOOL":false},"null":{"NULL":true},"ss":{"SS":["b","a",""]},
            "ns":{"NS":["3","1.50","-2"]},"bs":{"BS":["AQ==","AgM="]},"l":{"L":[{"S":"x"},{"NULL":true},{"L":[]}]},
            "m":{"M":{"k":{"M":{}},"n":{"N":"0"}}},"emptyList":{"L":[]},"emptyMap":{"M":{}}},
            "SequenceNumber":"4421584500000000017450439091","SizeBytes":170,"StreamViewType":"NEW_AND_OLD_IMAGES"},
            "eventSourceARN":"arn:aws:dynamodb:eu-west-1:111122223333:table/things/stream/2025-03-01T09:00:00.000"}
            """;

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private Samples() {}

    /** Returns the event of {@link #EVERY_TYPE}. */
    static ChangeEvent everyType() {
        return DECODER.decode(EVERY_TYPE.getBytes(UTF_8));
    }

    /** Returns the same event as GetRecords returns it: only Lambda adds the ARN of the stream. */
    static ChangeEvent everyTypeWithoutArn() {
        return everyType().toBuilder().eventSourceArn(null).build();
    }

    /** Asserts that two events say the same. */
    static void assertSame(ChangeEvent actual, ChangeEvent expected) {
        assertThat(EventAccessors.of(actual)).isEqualTo(EventAccessors.of(expected));
        assertThat(actual.keys()).isEqualTo(expected.keys());
        assertThat(actual.newImage()).isEqualTo(expected.newImage());
        assertThat(actual.oldImage()).isEqualTo(expected.oldImage());
    }

    /** Returns the Keys and the images of an event. */
    static List<Item> items(ChangeEvent event) {
        return Stream.of(event.keys(), event.newImage(), event.oldImage())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Returns that event and the bundled ones, which are of both channels. */
    static List<ChangeEvent> bundled() {
        List<ChangeEvent> events = new ArrayList<>(List.of(everyType()));
        DECODER.read(resource("events.jsonl").getBytes(UTF_8)).forEach(events::add);
        return events;
    }

    /** Returns the text of a file beside the bundled events. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** Returns the files of real payloads in a folder of the shared samples, or skips the test. */
    static List<Path> files(String channel) throws IOException {
        try (Stream<Path> files = Files.list(SharedData.requireOrSkip("events", "samples", channel))) {
            return files.sorted().toList();
        }
    }

    /** Returns the events of such files that decode. */
    static List<ChangeEvent> shared(String channel) throws IOException {
        List<ChangeEvent> events = new ArrayList<>();
        for (Path file : files(channel)) {
            for (SourceRecord record : DECODER.read(Files.readAllBytes(file)).records()) {
                ChangeEvent event = record.event();
                if (event != null) {
                    events.add(event);
                }
            }
        }
        return events;
    }
}
