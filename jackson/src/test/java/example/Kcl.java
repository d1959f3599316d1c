package example;

import java.nio.ByteBuffer;
import java.util.List;

/** Stand-ins for what the examples use of the Kinesis Client Library, with its names. */
final class Kcl {
    private Kcl() {}

    record KinesisClientRecord(String sequenceNumber, ByteBuffer data) {}

    interface RecordProcessorCheckpointer {
        void checkpoint(String sequenceNumber);
    }

    record ProcessRecordsInput(List<KinesisClientRecord> records, RecordProcessorCheckpointer checkpointer) {}

    interface ShardRecordProcessor {
        void processRecords(ProcessRecordsInput input);
    }
}
