package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consumer of a Kafka topic, run with Kafka's MockConsumer. */
class TopicConsumerTest {
    private static final TopicPartition PARTITION = new TopicPartition("changes", 0);

    private final MockConsumer<byte[], byte[]> consumer = new CommitNotes();
    private final List<Long> commits = new ArrayList<>();

    /** The number of records that were produced. */
    private int produced;

    @BeforeEach
    void assign() {
        YourCode.reset();
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    /** Runs the recipe on these batches, then stops it as another thread would. */
    private void run(@Nullable String[]... batches) {
        for (@Nullable String[] batch : batches) {
            consumer.schedulePollTask(() -> {
                for (String value : batch) {
                    consumer.addRecord(record(value));
                }
            });
        }
        consumer.schedulePollTask(consumer::wakeup);
        TopicConsumer.run(consumer);
    }

    private ConsumerRecord<byte[], byte[]> record(@Nullable String value) {
        byte[] key = ("key-" + produced).getBytes(UTF_8);
        return tombstoneOr(value == null ? null : value.getBytes(UTF_8), key);
    }

    @SuppressWarnings("NullAway") // Kafka has no annotations for the value of a tombstone
    private ConsumerRecord<byte[], byte[]> tombstoneOr(byte @Nullable [] value, byte[] key) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                produced++,
                0L,
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    @Test
    void eachBatchIsStoredAndThenCommitted() {
        run(new String[] {FIRST, SECOND}, new String[] {THIRD});
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
        assertThat(commits).containsExactly(2L, 3L);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void badRecordsAreParkedByTheirPlaceInTheTopic() {
        run(new String[] {FIRST, BAD_NUMBER, BROKEN, THIRD});
        assertThat(YourCode.CALLS)
                .containsExactly(
                        "stored 1", "parked changes 0 1 BAD_NUMBER", "parked changes 0 2 UNEXPECTED_BYTE", "stored 3");
        assertThat(commits).containsExactly(4L);
    }

    @Test
    void aTombstoneIsADelete() {
        run(new @Nullable String[] {FIRST, null, THIRD});
        assertThat(YourCode.CALLS).containsExactly("stored 1", "deleted key-1", "stored 3");
        assertThat(commits).containsExactly(3L);
    }

    @Test
    void aRecordThatTheSinkRefusesIsParked() {
        YourCode.refused = "2";
        run(new String[] {FIRST, SECOND, THIRD});
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2", "parked changes 0 1 refused", "stored 3");
    }

    @Test
    void aSinkThatIsDownEndsTheConsumerBeforeTheBatchIsCommitted() {
        YourCode.down = "3";
        assertThatIllegalStateException().isThrownBy(() -> run(new String[] {FIRST}, new String[] {SECOND, THIRD}));
        assertThat(commits).containsExactly(1L);
        assertThat(consumer.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"Records\":[]}", "{\"Records\":[{}]}", "\u0000"})
    void aRecordThatIsNotAnEventIsParked(String value) {
        run(new String[] {value, FIRST});
        assertThat(YourCode.CALLS)
                .hasSize(2)
                .contains("stored 1")
                .anyMatch(call -> call.startsWith("parked changes 0 0 "));
        assertThat(commits).containsExactly(2L);
    }

    @Test
    void batchesInATopicAreParkedWhole() {
        run(new String[] {Payloads.SQS, Payloads.window(Payloads.stream(FIRST)), Payloads.firehose("", FIRST)});
        assertThat(YourCode.CALLS).hasSize(3).allMatch(call -> call.endsWith(" NOT_AN_EVENT"));
    }

    @Test
    void aRecordTruncatedAnywhereIsParked() {
        String[] cut = new String[FIRST.length()];
        Arrays.setAll(cut, length -> FIRST.substring(0, length));
        run(cut);
        assertThat(YourCode.CALLS).hasSize(cut.length).allMatch(call -> call.startsWith("parked "));
    }

    /** A MockConsumer that notes each new offset that is committed. */
    private final class CommitNotes extends MockConsumer<byte[], byte[]> {
        CommitNotes() {
            super(OffsetResetStrategy.EARLIEST);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            super.commitSync(offsets);
            OffsetAndMetadata offset = offsets.get(PARTITION);
            if (offset != null && (commits.isEmpty() || commits.get(commits.size() - 1) != offset.offset())) {
                commits.add(offset.offset());
            }
        }
    }
}
