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

import fixtures.KclShard;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;

/** The KCL processor, called with KCL's own types and checkpointer. */
class ShardProcessorTest {
    private final KclShard shard = KclShard.start(new ShardProcessor());

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    @Test
    void aGoodBatchIsStoredAndCheckpointedOnce() {
        shard.deliver(FIRST, SECOND, THIRD);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
        assertThat(shard.checkpoints()).containsExactly("103");
    }

    @Test
    void badRecordsAreParkedByTheirSequenceNumberAndCheckpointedWithTheirBatch() {
        shard.deliver(FIRST, BAD_NUMBER, BROKEN, THIRD);
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "parked 102 BAD_NUMBER", "parked 103 UNEXPECTED_BYTE", "stored 3");
        assertThat(shard.checkpoints()).containsExactly("104");
    }

    @Test
    void aRecordThatTheSinkRefusesIsParked() {
        YourCode.refused = "2";
        shard.deliver(FIRST, SECOND, THIRD);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2", "parked 102 refused", "stored 3");
        assertThat(shard.checkpoints()).containsExactly("103");
    }

    @Test
    void nothingIsCheckpointedAfterAFailedBatch() {
        shard.deliver(FIRST);
        YourCode.down = "2";
        assertThatIllegalStateException().isThrownBy(() -> shard.deliver(FIRST, SECOND, THIRD));
        shard.deliver(THIRD); // KCL does so
        shard.requestShutdown();
        shard.end();
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 1", "stored 3");
        assertThat(shard.checkpoints()).containsExactly("101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"Records\":[]}", "{\"Records\":[{}]}", "\u0000"})
    void aRecordThatIsNotAnEventIsParked(String data) {
        shard.deliver(data, FIRST);
        assertThat(YourCode.CALLS).hasSize(2).contains("stored 1").anyMatch(call -> call.startsWith("parked 101 "));
        assertThat(shard.checkpoints()).containsExactly("102");
    }

    @Test
    void batchesInAShardAreParkedWhole() {
        shard.deliver(Payloads.SQS, Payloads.window(Payloads.stream(FIRST)), Payloads.kinesis(FIRST));
        assertThat(YourCode.CALLS)
                .containsExactly("parked 101 NOT_AN_EVENT", "parked 102 NOT_AN_EVENT", "parked 103 NOT_AN_EVENT");
    }

    @Test
    void aRecordTruncatedAnywhereIsParked() {
        byte[] whole = FIRST.getBytes(UTF_8);
        byte[][] cut = new byte[whole.length][];
        Arrays.setAll(cut, length -> Arrays.copyOf(whole, length));
        shard.deliver(cut);
        assertThat(YourCode.CALLS).hasSize(whole.length).allMatch(call -> call.startsWith("parked "));
    }

    @Test
    void aBatchWithoutRecordsIsAccepted() {
        shard.deliver(new byte[0][]);
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void theEndOfAShardIsCheckpointed() {
        shard.deliver(FIRST);
        shard.end();
        assertThat(shard.checkpoints()).containsExactly("101", "SHARD_END");
    }

    @Test
    void aShutdownIsCheckpointed() {
        shard.deliver(FIRST);
        shard.requestShutdown();
        assertThat(shard.checkpoints()).containsExactly("101", "101");
    }

    @Test
    void aLeaseThatWentToAnotherWorkerIsNotCheckpointed() {
        shard.failCheckpoints(new ShutdownException("the lease is another worker's"));
        shard.deliver(FIRST);
        shard.loseLease();
        assertThat(YourCode.CALLS).containsExactly("stored 1");
        assertThat(shard.checkpoints()).isEmpty();
    }

    @Test
    void aLeaseTableThatIsGoneFailsTheEndOfTheShard() {
        InvalidStateException failure = new InvalidStateException("no table");
        shard.failCheckpoints(failure);
        assertThatThrownBy(shard::end).hasCause(failure);
    }
}
