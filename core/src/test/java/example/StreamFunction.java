// consumers.md: a Lambda function
package example;

import static example.YourCode.park;
import static example.YourCode.store;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Stores the changes of a stream, from a trigger with ReportBatchItemFailures. */
public final class StreamFunction implements RequestStreamHandler {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<String> failed = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                String id = record.itemIdentifier();
                DecodeException failure = record.failure();
                long number = record.index() + 1;
                if (record.isTerminal()) { // the batch is truncated or broken here
                    throw new IOException("record " + number + " and all after it cannot be read", failure);
                } else if (!isOfStream(reader)) {
                    throw new IOException(
                            "not a batch of a stream: " + reader.envelope().shape());
                } else if (id == null) { // a failure could not be reported
                    throw new IOException("record " + number + " has no SequenceNumber", failure);
                }
                ChangeEvent event = record.event();
                if (!failed.isEmpty()) {
                    // continue, but store nothing: Lambda sends the first failed record and all later ones again
                } else if (event == null) {
                    park(id, failure); // a retry would fail the same way
                } else if (!store(event)) {
                    failed.add(id);
                }
            }
            if (!isOfStream(reader)) {
                throw new IOException(
                        "not a batch of a stream: " + reader.envelope().shape());
            }
            Envelope envelope = reader.envelope(); // complete after the last record
            byte[] answer = envelope.windowStart() == null
                    ? BatchResponses.batchItemFailures(failed)
                    : BatchResponses.timeWindowResponse(envelope.stateValues(), failed);
            output.write(answer);
        }
    }

    private static boolean isOfStream(ChangeEventReader reader) {
        EnvelopeShape shape = reader.envelope().shape();
        return shape == EnvelopeShape.RECORDS || shape == EnvelopeShape.LAMBDA_KINESIS;
    }
}
// consumers.md: end
