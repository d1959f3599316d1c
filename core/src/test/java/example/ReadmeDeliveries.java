package example;

import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Java code of README.md about deliveries of many records; the interfaces stand in for those of AWS. */
final class ReadmeDeliveries {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    /** What the pieces of code do their work on, as a test sees it. */
    final Map<String, @Nullable Object> done = new LinkedHashMap<>();

    /** The eventName of the changes that the sink refuses. */
    String refused = "";

    /** As in com.amazonaws.services.lambda.runtime. */
    interface RequestStreamHandler {
        void handleRequest(InputStream input, OutputStream output, Context context) throws IOException;
    }

    interface Context {}

    /** As in software.amazon.kinesis.retrieval. */
    interface KinesisClientRecord {
        ByteBuffer data();

        String sequenceNumber();
    }

    interface ProcessRecordsInput {
        List<KinesisClientRecord> records();
    }

    final class Handler implements RequestStreamHandler {
        // README: a Lambda function
        @Override // of RequestStreamHandler, on a stream of DynamoDB or of Kinesis, with ReportBatchItemFailures
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            List<@Nullable String> failed = new ArrayList<>();
            for (SourceRecord record : DECODER.read(input).records()) { // whichever of both envelopes it is
                ChangeEvent event = record.result().event();
                if (event == null) {
                    park(record.itemIdentifier(), record.result().failure()); // it would fail each time
                } else if (!store(event)) {
                    failed.add(record.itemIdentifier());
                    break; // Lambda sends this record and all after it again
                }
            }
            output.write(BatchResponses.batchItemFailures(failed));
        }
        // README: end
    }

    // README: a KCL processor
    public void processRecords(ProcessRecordsInput input) { // of ShardRecordProcessor
        for (KinesisClientRecord record : input.records()) {
            DecodeResult result = DECODER.tryDecode(record.data()); // the read-only buffer that it is
            ChangeEvent event = result.event();
            if (event == null) {
                park(record.sequenceNumber(), result.failure());
            } else {
                store(event);
            }
        }
    }
    // README: end

    void load(InputStream object) {
        // README: an S3 object
        try (ChangeEventReader reader = DECODER.read(object)) { // of any size, in gzip or not
            for (SourceRecord record : reader.records()) {
                ChangeEvent event = record.result().event();
                if (event == null) {
                    park("byte " + record.offset(), record.result().failure());
                } else {
                    store(event);
                }
            }
        }
        // README: end
    }

    private boolean store(ChangeEvent event) {
        boolean accepted = !event.eventName().name().equals(refused);
        done.put(
                (accepted ? "stored " : "refused ") + event.eventName(),
                event.keys().toMap());
        return accepted;
    }

    private void park(@Nullable String which, @Nullable DecodeException failure) {
        done.put("parked " + which, Objects.requireNonNull(failure).reason());
    }
}
