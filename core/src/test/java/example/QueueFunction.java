package example;

import static example.YourCode.park;
import static example.YourCode.store;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The guide's Lambda function for an SQS queue. */
// answers.md: a queue
public final class QueueFunction implements RequestStreamHandler {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<SourceRecord> failed = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                String id = record.itemIdentifier(); // the messageId, which all records of a message share
                if (id == null || record.isTerminal() || !isOfQueue(reader)) { // or part of the batch is missing
                    throw new IOException("not a whole batch of a queue", record.failure());
                }
                ChangeEvent event = record.event();
                if (event == null) {
                    park(id, record.failure()); // a retry would fail the same way
                } else if (!store(event)) {
                    failed.add(record); // the queue delivers this message again, and no other
                }
            }
            if (!isOfQueue(reader)) {
                throw new IOException("not a batch of a queue");
            }
        }
        output.write(BatchResponses.batchItemFailuresOf(failed));
    }

    private static boolean isOfQueue(ChangeEventReader reader) {
        return reader.envelope().shape() == EnvelopeShape.SQS;
    }
}
// answers.md: end
