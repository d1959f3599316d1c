// consumers.md: a KCL processor
package example;

import static example.YourCode.park;
import static example.YourCode.store;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
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

/** Stores the changes of one shard. */
public final class ShardProcessor implements ShardRecordProcessor {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private boolean failed;

    @Override
    public void initialize(InitializationInput input) {}

    @Override
    public void processRecords(ProcessRecordsInput input) {
        try {
            input.records().forEach(ShardProcessor::process);
        } catch (RuntimeException e) {
            failed = true; // KCL continues with the next batch: a checkpoint after it would lose this one
            throw e;
        }
        checkpoint(input.checkpointer()); // once per batch
    }

    private static void process(KinesisClientRecord record) {
        DecodeResult result = DECODER.tryDecode(record.data()); // decodes the read-only buffer directly
        ChangeEvent event = result.event();
        if (event == null || !store(event)) {
            park(record.sequenceNumber(), result.failure());
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
// consumers.md: end
