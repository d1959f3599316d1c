package example;

import static example.YourCode.park;
import static example.YourCode.store;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import io.github.dynamodbcdc.ChangeEvent;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/** The guide's recipe for the DynamoDB Streams Kinesis Adapter: stores the changes of one shard. */
public final class AdapterProcessor implements DynamoDBStreamsShardRecordProcessor {
    private boolean failed;

    @Override
    public void initialize(InitializationInput input) {}

    // objects.md: records of the adapter
    @Override
    public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
        try {
            for (DynamoDBStreamsClientRecord record : input.records()) {
                process(record);
            }
        } catch (RuntimeException e) {
            failed = true; // KCL continues with the next batch: a checkpoint after it would lose this one
            throw e;
        }
        checkpoint(input.checkpointer()); // once per batch
    }

    private static void process(DynamoDBStreamsClientRecord record) {
        ChangeEvent event = null;
        try {
            event = SdkRecords.toEvent(record.getRecord());
        } catch (RuntimeException e) {
            // a type that this version of the SDK does not have: a retry would fail the same way
        }
        if (event == null || !store(event)) {
            park(record.sequenceNumber(), null);
        }
    }
    // objects.md: end

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
