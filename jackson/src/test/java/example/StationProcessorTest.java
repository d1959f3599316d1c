package example;

import static example.Stations.REMOVE_WITH_EMPTY_IMAGE;
import static example.Stations.kinesis;
import static example.Stations.kinesisRemove;
import static example.Stations.streamRecord;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.checkpoint.Checkpoint;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Tests the README's KCL processor with KCL's own types. */
class StationProcessorTest {
    private final Store store = Store.connect();
    private final StationProcessor processor = new StationProcessor();
    private final LeaseTable leases = new LeaseTable();
    private final ShardRecordProcessorCheckpointer checkpointer = new ShardRecordProcessorCheckpointer(
            new ShardInfo("shard-0", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON), leases);

    /** The number of records delivered so far. */
    private int delivered;

    @BeforeEach
    void clear() {
        store.clear();
        checkpointer.setInitialCheckpointValue(ExtendedSequenceNumber.TRIM_HORIZON);
        processor.initialize(InitializationInput.builder().shardId("shard-0").build());
    }

    private void process(String... data) {
        List<KinesisClientRecord> records = new ArrayList<>();
        for (String text : data) {
            records.add(KinesisClientRecord.builder()
                    .sequenceNumber(String.valueOf(100 + ++delivered))
                    .partitionKey("p")
                    .data(ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer())
                    .build());
        }
        checkpointer.largestPermittedCheckpointValue(new ExtendedSequenceNumber(String.valueOf(100 + delivered)));
        processor.processRecords(ProcessRecordsInput.builder()
                .records(records)
                .checkpointer(checkpointer)
                .millisBehindLatest(0L)
                .build());
    }

    @Test
    void imagesAreSavedKeysDeletedAndTheBatchCheckpointedOnce() {
        process(kinesis(), kinesisRemove());
        assertThat(store.saved).singleElement().satisfies(Stations::assertIsStation);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
        assertThat(leases.checkpoints).containsExactly("102");
    }

    @Test
    void aRecordThatDoesNotDecodeOrBindIsParked() {
        process(
                kinesis().replace("\"N\":\"4\"", "\"N\":\"four\""),
                kinesis().replace("\"N\":\"4\"", "\"N\":\"4.5\""),
                "not JSON",
                kinesis());
        assertThat(store.parked).containsOnlyKeys("101", "102", "103");
        assertThat(store.saved).hasSize(1);
        assertThat(leases.checkpoints).containsExactly("104");
    }

    @Test
    void aChangeThatIsNeitherSavedNorDeletedIsParked() {
        process(
                streamRecord("MODIFY", ""),
                streamRecord("MODIFY", ",'NewImage':{}"),
                kinesis().replace("MODIFY", "ARCHIVE"),
                kinesis());
        assertThat(store.parked).containsOnlyKeys("101", "102", "103");
        assertThat(store.saved).hasSize(1);
    }

    @Test
    void aRemoveWhoseNewImageIsEmptyDeletes() {
        process(REMOVE_WITH_EMPTY_IMAGE);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
        assertThat(store.saved).isEmpty();
    }

    @Test
    void aShutdownIsCheckpointed() {
        process(kinesis());
        leases.checkpoints.clear();
        checkpointer.largestPermittedCheckpointValue(new ExtendedSequenceNumber("101", 1L));
        processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
        assertThat(leases.checkpoints).containsExactly("101");
    }

    @Test
    void nothingIsCheckpointedAfterABatchThatFailed() {
        store.down = true;
        assertThatIllegalStateException().isThrownBy(() -> process(kinesis()));
        store.down = false;
        process(kinesis());
        processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
        assertThat(leases.checkpoints).isEmpty();
    }

    @Test
    void theEndOfAShardIsCheckpointed() {
        process(kinesis());
        checkpointer.sequenceNumberAtShardEnd(ExtendedSequenceNumber.SHARD_END);
        checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
        processor.shardEnded(
                ShardEndedInput.builder().checkpointer(checkpointer).build());
        assertThat(leases.checkpoints).containsExactly("101", "SHARD_END");
    }

    @Test
    void aLeaseTakenByAnotherWorkerIsNotCheckpointed() {
        leases.failure = new ShutdownException("the lease is another worker's");
        process(kinesis());
        processor.leaseLost(LeaseLostInput.builder().build());
        assertThat(store.saved).hasSize(1);
        assertThat(leases.checkpoints).isEmpty();
    }

    /** The checkpoints of one shard, in memory instead of a DynamoDB table. */
    private static final class LeaseTable implements Checkpointer {
        final List<String> checkpoints = new ArrayList<>();

        @Nullable
        KinesisClientLibException failure;

        private ExtendedSequenceNumber last = ExtendedSequenceNumber.TRIM_HORIZON;

        @Override
        public void setCheckpoint(String leaseKey, ExtendedSequenceNumber value, String concurrencyToken)
                throws KinesisClientLibException {
            if (failure != null) {
                throw failure;
            }
            last = value;
            checkpoints.add(value.sequenceNumber());
        }

        @Override
        public ExtendedSequenceNumber getCheckpoint(String leaseKey) {
            return last;
        }

        @Override
        public Checkpoint getCheckpointObject(String leaseKey) {
            return new Checkpoint(last, null, null);
        }

        @Override
        public void prepareCheckpoint(String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prepareCheckpoint(
                String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken, byte[] pendingState) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void operation(String operation) {}

        @Override
        public String operation() {
            return "";
        }
    }
}
