package example;

import static example.Stations.REMOVE_WITH_EMPTY_IMAGE;
import static example.Stations.kinesis;
import static example.Stations.kinesisRemove;
import static example.Stations.streamRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fixtures.KclShard;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.exceptions.ShutdownException;

/** Tests the README's KCL processor with KCL's own types. */
class StationProcessorTest {
    private final Store store = Store.connect();
    private final KclShard shard = KclShard.start(new StationProcessor());

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void imagesAreSavedKeysDeletedAndTheBatchCheckpointedOnce() {
        shard.deliver(kinesis(), kinesisRemove());
        assertThat(store.saved).singleElement().satisfies(Stations::assertIsStation);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
        assertThat(shard.checkpoints()).containsExactly("102");
    }

    @Test
    void aRecordThatDoesNotDecodeOrBindIsParked() {
        shard.deliver(
                kinesis().replace("\"N\":\"4\"", "\"N\":\"four\""),
                kinesis().replace("\"N\":\"4\"", "\"N\":\"4.5\""),
                "not JSON",
                kinesis());
        assertThat(store.parked).containsOnlyKeys("101", "102", "103");
        assertThat(store.saved).hasSize(1);
        assertThat(shard.checkpoints()).containsExactly("104");
    }

    @Test
    void anAttributeThatTheClassLacksStopsTheShard() {
        String surcharge = kinesis().replace("{\"unlock\":", "{\"surcharge\":{\"N\":\"1\"},\"unlock\":");
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> shard.deliver(surcharge, kinesis()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.UNKNOWN_PROPERTY));
        assertThat(store.parked).isEmpty();
        shard.requestShutdown();
        assertThat(shard.checkpoints()).isEmpty();
    }

    @Test
    void aChangeThatIsNeitherSavedNorDeletedIsParked() {
        shard.deliver(
                streamRecord("MODIFY", ""),
                streamRecord("MODIFY", ",'NewImage':{}"),
                kinesis().replace("MODIFY", "ARCHIVE"),
                kinesis());
        assertThat(store.parked).containsOnlyKeys("101", "102", "103");
        assertThat(store.saved).hasSize(1);
    }

    @Test
    void aRemoveWhoseNewImageIsEmptyDeletes() {
        shard.deliver(REMOVE_WITH_EMPTY_IMAGE);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
        assertThat(store.saved).isEmpty();
    }

    @Test
    void aShutdownIsCheckpointed() {
        shard.deliver(kinesis());
        shard.requestShutdown();
        assertThat(shard.checkpoints()).containsExactly("101", "101");
    }

    @Test
    void nothingIsCheckpointedAfterABatchThatFailed() {
        store.down = true;
        assertThatIllegalStateException().isThrownBy(() -> shard.deliver(kinesis()));
        store.down = false;
        shard.deliver(kinesis());
        shard.requestShutdown();
        assertThat(shard.checkpoints()).isEmpty();
    }

    @Test
    void theEndOfAShardIsCheckpointed() {
        shard.deliver(kinesis());
        shard.end();
        assertThat(shard.checkpoints()).containsExactly("101", "SHARD_END");
    }

    @Test
    void aLeaseTakenByAnotherWorkerIsNotCheckpointed() {
        shard.failCheckpoints(new ShutdownException("the lease is another worker's"));
        shard.deliver(kinesis());
        shard.loseLease();
        assertThat(store.saved).hasSize(1);
        assertThat(shard.checkpoints()).isEmpty();
    }
}
