package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.kinesis.checkpoint.Checkpoint;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.exceptions.InvalidStateException;
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

/** The README's KCL processor, called with KCL's own types and checkpointer. */
class ShardProcessorTest {
    private final LeaseTable leases = new LeaseTable();
    private final ShardRecordProcessorCheckpointer checkpointer = new ShardRecordProcessorCheckpointer(
            new ShardInfo("shard-0", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON), leases);
    private final ShardProcessor processor = new ShardProcessor();

    /** The number of records that were passed to the processor. */
    private int delivered;

    @BeforeEach
    void reset() {
        YourCode.reset();
        checkpointer.setInitialCheckpointValue(ExtendedSequenceNumber.TRIM_HORIZON);
        processor.initialize(InitializationInput.builder().shardId("shard-0").build());
    }

    /** Passes a batch as KCL does, with its last sequence number as the largest permitted checkpoint. */
    private void process(byte[]... data) {
        List<KinesisClientRecord> records = new ArrayList<>();
        for (byte[] bytes : data) {
            records.add(KinesisClientRecord.builder()
                    .sequenceNumber(String.valueOf(100 + ++delivered))
                    .partitionKey("p")
                    .data(ByteBuffer.wrap(bytes).asReadOnlyBuffer())
                    .build());
        }
        checkpointer.largestPermittedCheckpointValue(new ExtendedSequenceNumber(String.valueOf(100 + delivered)));
        processor.processRecords(ProcessRecordsInput.builder()
                .records(records)
                .checkpointer(checkpointer)
                .millisBehindLatest(0L)
                .build());
    }

    private void process(String... data) {
        process(Arrays.stream(data).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    @Test
    void aGoodBatchIsStoredAndCheckpointedOnce() {
        process(FIRST, SECOND, THIRD);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
        assertThat(leases.checkpoints).containsExactly("103");
    }

    @Test
    void badRecordsAreParkedByTheirSequenceNumberAndCheckpointedWithTheirBatch() {
        process(FIRST, BAD_NUMBER, BROKEN, THIRD);
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "parked 102 BAD_NUMBER", "parked 103 UNEXPECTED_BYTE", "stored 3");
        assertThat(leases.checkpoints).containsExactly("104");
    }

    @Test
    void aRecordThatTheSinkRefusesIsParked() {
        YourCode.refused = "2";
        process(FIRST, SECOND, THIRD);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2", "parked 102 refused", "stored 3");
        assertThat(leases.checkpoints).containsExactly("103");
    }

    @Test
    void nothingIsCheckpointedAfterAFailedBatch() {
        process(FIRST);
        YourCode.down = "2";
        assertThatIllegalStateException().isThrownBy(() -> process(FIRST, SECOND, THIRD));
        process(THIRD); // KCL does so
        processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
        checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
        processor.shardEnded(
                ShardEndedInput.builder().checkpointer(checkpointer).build());
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 1", "stored 3");
        assertThat(leases.checkpoints).containsExactly("101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"Records\":[]}", "{\"Records\":[{}]}", "\u0000"})
    void aRecordThatIsNotAnEventIsParked(String data) {
        process(data, FIRST);
        assertThat(YourCode.CALLS).hasSize(2).contains("stored 1").anyMatch(call -> call.startsWith("parked 101 "));
        assertThat(leases.checkpoints).containsExactly("102");
    }

    @Test
    void batchesInAShardAreParkedWhole() {
        process(Payloads.SQS, Payloads.window(Payloads.stream(FIRST)), Payloads.kinesis(FIRST));
        assertThat(YourCode.CALLS)
                .containsExactly("parked 101 NOT_AN_EVENT", "parked 102 NOT_AN_EVENT", "parked 103 NOT_AN_EVENT");
    }

    @Test
    void aRecordTruncatedAnywhereIsParked() {
        byte[] whole = FIRST.getBytes(UTF_8);
        byte[][] cut = new byte[whole.length][];
        Arrays.setAll(cut, length -> Arrays.copyOf(whole, length));
        process(cut);
        assertThat(YourCode.CALLS).hasSize(whole.length).allMatch(call -> call.startsWith("parked "));
    }

    @Test
    void aBatchWithoutRecordsIsAccepted() {
        process(new byte[0][]);
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void theEndOfAShardIsCheckpointed() {
        process(FIRST);
        checkpointer.sequenceNumberAtShardEnd(ExtendedSequenceNumber.SHARD_END);
        checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
        processor.shardEnded(
                ShardEndedInput.builder().checkpointer(checkpointer).build());
        assertThat(leases.checkpoints).containsExactly("101", "SHARD_END");
        assertThat(checkpointer.lastCheckpointValue()).isEqualTo(ExtendedSequenceNumber.SHARD_END);
    }

    @Test
    void aShutdownIsCheckpointed() {
        process(FIRST);
        leases.checkpoints.clear();
        checkpointer.largestPermittedCheckpointValue(new ExtendedSequenceNumber("101", 1L));
        processor.shutdownRequested(
                ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
        assertThat(leases.checkpoints).containsExactly("101");
    }

    @Test
    void aLeaseThatWentToAnotherWorkerIsNotCheckpointed() {
        leases.failure = new ShutdownException("the lease is another worker's");
        process(FIRST);
        processor.leaseLost(LeaseLostInput.builder().build());
        assertThat(YourCode.CALLS).containsExactly("stored 1");
        assertThat(leases.checkpoints).isEmpty();
    }

    @Test
    void aLeaseTableThatIsGoneFailsTheEndOfTheShard() {
        leases.failure = new InvalidStateException("no table");
        checkpointer.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
        ShardEndedInput input =
                ShardEndedInput.builder().checkpointer(checkpointer).build();
        assertThatThrownBy(() -> processor.shardEnded(input)).hasCause(leases.failure);
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
