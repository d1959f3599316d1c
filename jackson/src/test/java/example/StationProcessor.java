package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** The README's processor of the Kinesis Client Library. */
// README: a consumer of the Kinesis Client Library
public final class StationProcessor implements ShardRecordProcessor {
    private static final ItemMapper ITEMS = ItemMapper.create();
    private final DecodeSession session = ChangeEventDecoder.create().newSession(); // one per shard
    private final Store store = Store.connect();
    private boolean failed;

    @Override
    public void initialize(InitializationInput input) {}

    @Override
    public void processRecords(ProcessRecordsInput input) {
        try {
            input.records().forEach(this::apply);
        } catch (RuntimeException e) {
            failed = true; // KCL continues with the next batch: a checkpoint after it would lose this one
            throw e;
        }
        checkpoint(input.checkpointer()); // once per batch
    }

    private void apply(KinesisClientRecord record) {
        try {
            ChangeEvent event = session.decode(record.data()); // decodes the read-only buffer directly
            EventName name = event.eventName();
            Item image = event.newImage();
            boolean done = true;
            if (name == EventName.REMOVE) {
                done = store.delete(ITEMS.read(event.keys(), Station.Key.class));
            } else if (image != null && name != EventName.UNKNOWN) {
                done = store.save(ITEMS.read(image, Station.class)); // does not refer to the session
            } else {
                store.park(record.sequenceNumber(), "a change without a new image, or of an unknown kind");
            }
            if (!done) {
                throw new IllegalStateException("the store is down");
            }
        } catch (DecodeException e) {
            store.park(record.sequenceNumber(), e.getMessage()); // no value, no attribute name
        } catch (ItemMappingException e) {
            if (e.reason() == Reason.BAD_DEFINITION || e.reason() == Reason.UNKNOWN_PROPERTY) {
                throw e; // the class does not fit the table: this would park all records until a deploy corrects it
            }
            store.park(record.sequenceNumber(), e.getMessage());
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {} // another worker has the shard: no checkpoint

    @Override
    public void shardEnded(ShardEndedInput input) {
        checkpoint(input.checkpointer()); // otherwise KCL never starts the child shards
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        checkpoint(input.checkpointer());
    }

    private void checkpoint(RecordProcessorCheckpointer checkpointer) {
        if (failed) {
            return; // the next worker of the shard continues from the last checkpoint
        }
        try {
            checkpointer.checkpoint();
        } catch (ShutdownException e) {
            // another worker has the shard, and continues from the last checkpoint
        } catch (InvalidStateException e) {
            throw new IllegalStateException("the lease table is not usable", e);
        }
    }
}
// README: end
