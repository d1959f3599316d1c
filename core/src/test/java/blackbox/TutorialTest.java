package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.SharedData;

/** Real records of Kinesis Data Streams for DynamoDB, one per line. */
class TutorialTest {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static byte[] line(int number) throws IOException {
        List<String> lines = Files.readAllLines(SharedData.requireOrSkip("events", "tutorial", "events.jsonl"));
        assertThat(lines).hasSize(4);
        return lines.get(number - 1).getBytes(UTF_8);
    }

    private static ChangeEvent event(int line) throws IOException {
        return DECODER.decode(line(line));
    }

    @Test
    void everyLineIsAKinesisRecordAndEqualsTheReference() throws IOException {
        for (int line = 1; line <= 4; line++) {
            ChangeEvent event = event(line);
            ReferenceComparison.assertSame(new ReferenceDecoder().decode(line(line)), event);
            assertThat(event.channel()).isEqualTo(Channel.KINESIS);
            assertThat(event.eventSource()).isEqualTo("aws:dynamodb");
            assertThat(event.recordFormat()).isEqualTo("application/json");
            assertThat(event.userIdentity()).isNull();
            assertThat(event.deletedByTimeToLive()).isFalse();
            assertThat(event.sequenceNumber()).isNull();
            assertThat(event.streamViewType()).isNull();
        }
    }

    @Test
    void theInsertInMicrosecondsHasBinaryEncodedTwice() throws IOException {
        ChangeEvent event = event(1);
        assertThat(event.eventName()).isEqualTo(EventName.INSERT);
        assertThat(event.tableName()).isNotBlank();
        assertThat(event.awsRegion()).isEqualTo("us-east-2");
        assertThat(event.eventId()).matches(UUID);
        assertThat(event.sizeBytes()).isEqualTo(313);
        assertTime(event, "2024-06-22T07:04:39.869591Z", TimePrecision.MICROSECOND, true);
        assertThat(event.keys().require("event_id").asString()).matches(UUID);
        assertThat(event.keys().require("mtime").asLong()).isEqualTo(1719039879651L);
        Item image = newImage(event);
        event.keys().forEach((name, key) -> assertThat(image.get(name)).isEqualTo(key));
        assertThat(image.size()).isEqualTo(13);
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        assertThat(new String(image.require("location").asBytes(), US_ASCII)).isEqualTo("placeholder_bytes");
        assertThat(image.require("group_lon").asDouble()).isEqualTo(-97.169068);
        assertThat(image.require("rsvp_count").asInt()).isEqualTo(45);
        assertThat(image.require("group_city").asString()).isEqualTo("New York");
        assertThat(event.oldImage()).isNull();
        assertThat(Objects.requireNonNull(event.diff()).added()).hasSize(13);
    }

    @Test
    void theModifyInMillisecondsShowsItsChanges() throws IOException {
        ChangeEvent event = event(2);
        assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
        assertTime(event, "2024-06-22T18:48:44.026Z", TimePrecision.MILLISECOND, false);
        assertThat(event.binaryEncoding()).isNull();
        ItemDiff diff = Objects.requireNonNull(event.diff());
        assertThat(diff.changed()).containsOnlyKeys("group_lon", "rsvp_count", "group_lat", "venue_name");
        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
        assertThat(newImage(event).require("venue_name").asString()).isEqualTo("Updated Venue 3");
        assertThat(oldImage(event).require("venue_name").asString()).isEqualTo("Updated Venue 2");
    }

    @Test
    void theRemoveHasKeysAndTheOldImage() throws IOException {
        ChangeEvent event = event(3);
        assertThat(event.eventName()).isEqualTo(EventName.REMOVE);
        assertTime(event, "2024-06-22T18:40:13.486Z", TimePrecision.MILLISECOND, false);
        assertThat(event.keys().require("meetup_id").asString()).matches(UUID);
        event.keys()
                .forEach((name, key) -> assertThat(oldImage(event).get(name)).isEqualTo(key));
        assertThat(event.newImage()).isNull();
        assertThat(oldImage(event).require("group_city").asString()).isEqualTo("London");
        assertThat(Objects.requireNonNull(event.diff()).removed()).hasSize(11);
    }

    @Test
    void theRecordOfAnotherTableIsReadLikewise() throws IOException {
        ChangeEvent event = event(4);
        assertThat(event.tableName()).isNotEqualTo(event(1).tableName());
        assertTime(event, "2022-11-04T12:40:39.982Z", TimePrecision.MILLISECOND, false);
        assertThat(event.keys().toMap().keySet()).containsExactly("userid");
        assertThat(event.keys().require("userid").asInt()).isEqualTo(8);
        assertThat(Objects.requireNonNull(event.diff()).changed()).containsOnlyKeys("last_name", "first_name");
    }

    private static void assertTime(ChangeEvent event, String instant, TimePrecision precision, boolean stated) {
        CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
        assertThat(time.toInstant()).isEqualTo(Instant.parse(instant));
        assertThat(time.precision()).isEqualTo(precision);
        assertThat(time.stated()).isEqualTo(stated);
    }
}
