package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The README's Lambda function. */
// README: a Lambda handler
public final class StationHandler implements RequestStreamHandler {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ItemMapper ITEMS = ItemMapper.create(); // or of(your ObjectMapper); immutable and thread-safe
    private final Store store = Store.connect();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        List<String> failed = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                String id = record.itemIdentifier();
                long number = record.index() + 1;
                if (record.isTerminal()) { // the batch is truncated or broken here
                    throw new IOException("record " + number + " and all after it cannot be read", record.failure());
                } else if (!isOfStream(reader)) {
                    throw new IOException(
                            "not a batch of a stream: " + reader.envelope().shape());
                } else if (id == null) { // a failure could not be reported
                    throw new IOException("record " + number + " has no SequenceNumber", record.failure());
                }
                if (failed.isEmpty() && !apply(id, record)) {
                    failed.add(id); // Lambda sends this record and all later ones again
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

    private boolean apply(String id, SourceRecord record) {
        try {
            ChangeEvent event = record.result().orElseThrow();
            EventName name = event.eventName();
            Item image = event.newImage(); // null if the stream's view type omits it
            if (name == EventName.REMOVE) {
                return store.delete(ITEMS.read(event.keys(), Station.Key.class));
            } else if (image != null && name != EventName.UNKNOWN) {
                return store.save(ITEMS.read(image, Station.class));
            }
            store.park(id, "a change without a new image, or of an unknown kind");
            return true;
        } catch (DecodeException e) {
            store.park(id, e.getMessage()); // no value, no attribute name; a retry would fail the same way
            return true;
        } catch (ItemMappingException e) {
            if (e.reason() == Reason.BAD_DEFINITION || e.reason() == Reason.UNKNOWN_PROPERTY) {
                throw e; // the class does not fit the table: this would park all records until a deploy corrects it
            }
            store.park(id, e.getMessage());
            return true;
        }
    }
}
// README: end
