package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import fixtures.KclShard;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.TimePrecision;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The adapter's processor, called with its own types and KCL's checkpointer. */
class AdapterProcessorTest {
    private final AdapterProcessor processor = new AdapterProcessor();
    private final KclShard shard = KclShard.start(processor);

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static Record remove(String key) {
        return Record.builder()
                .eventName("REMOVE")
                .eventSource("aws:dynamodb")
                .dynamodb(StreamRecord.builder()
                        .keys(Map.of("id", AttributeValue.fromS(key)))
                        .oldImage(Map.of("id", AttributeValue.fromS(key), "n", AttributeValue.fromN("1")))
                        .sequenceNumber(key)
                        .approximateCreationDateTime(Instant.ofEpochSecond(1_741_936_925L))
                        .build())
                .build();
    }

    private void deliver(Record... records) {
        shard.deliver(
                records.length,
                checkpointer -> processor.processRecords(DynamoDBStreamsProcessRecordsInput.builder()
                        .records(Arrays.stream(records)
                                .map(DynamoDBStreamsClientRecord::fromRecord)
                                .toList())
                        .checkpointer(checkpointer)
                        .millisBehindLatest(0L)
                        .build()));
    }

    @Test
    void aGoodBatchIsStoredAndCheckpointedOnce() {
        deliver(remove("1"), remove("2"));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2");
        assertThat(shard.checkpoints()).containsExactly("102");
    }

    @Test
    void aRecordThatTheSinkRefusesIsParkedByItsSequenceNumber() {
        YourCode.refused = "2";
        deliver(remove("1"), remove("2"));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2", "parked 2 refused");
        assertThat(shard.checkpoints()).containsExactly("102");
    }

    @Test
    void aRecordThatTheRecipeCannotConvertIsParked() {
        Record unknown = remove("2").toBuilder()
                .dynamodb(remove("2").dynamodb().toBuilder()
                        .oldImage(Map.of("id", AttributeValue.builder().build()))
                        .build())
                .build();
        deliver(remove("1"), unknown, remove("3"));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "parked 2 refused", "stored 3");
        assertThat(shard.checkpoints()).containsExactly("103");
    }

    @Test
    void nothingIsCheckpointedAfterAFailedBatch() {
        YourCode.down = "1";
        assertThatIllegalStateException().isThrownBy(() -> deliver(remove("1"), remove("2")));
        deliver(remove("3")); // KCL does so
        shard.requestShutdown();
        shard.end();
        assertThat(YourCode.CALLS).containsExactly("stored 3");
        assertThat(shard.checkpoints()).isEmpty();
    }

    @Test
    void theAdaptersJsonIsTheSameEventWithATimeInMilliseconds() {
        DynamoDBStreamsClientRecord record = DynamoDBStreamsClientRecord.fromRecord(remove("1"));
        assertThat(UTF_8.decode(record.data().duplicate()).toString()).contains("\"NewImage\":{}"); // it has none
        ChangeEvent ofJson = ChangeEventDecoder.create().decode(record.data());
        ChangeEvent event = SdkRecords.toEvent(record.getRecord());
        assertThat(ofJson.newImage()).isNull();
        assertThat(ofJson.oldImage()).isEqualTo(event.oldImage());
        assertThat(ofJson.keys()).isEqualTo(event.keys());
        assertThat(ofJson.approximateCreationDateTime()).isEqualTo(event.approximateCreationDateTime());
        assertThat(precision(ofJson)).isEqualTo(TimePrecision.MILLISECOND);
        assertThat(precision(event)).isEqualTo(TimePrecision.SECOND);
    }

    private static TimePrecision precision(ChangeEvent event) {
        return Objects.requireNonNull(event.approximateCreationDateTime()).precision();
    }
}
