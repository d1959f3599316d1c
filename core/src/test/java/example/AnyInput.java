package example;

import static example.YourCode.park;
import static example.YourCode.store;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The guide's recipe for an input of any format, such as what a dead-letter queue or an error folder contains. */
final class AnyInput {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private AnyInput() {}

    // carriers.md: an input of any format
    static void load(InputStream input) {
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                if (failure != null && record.isTerminal()) {
                    throw failure; // the input is damaged here, and the rest of it cannot be read
                }
                ChangeEvent event = record.event();
                if (event == null || !store(event)) {
                    park(layers(reader.envelope()) + " " + place(record), failure); // [SQS, SNS] 059f36b4-87a3
                }
            }
        }
    }

    /** Returns the envelopes around the record that was read last, the outermost first. */
    private static List<EnvelopeShape> layers(Envelope envelope) {
        List<EnvelopeShape> layers = new ArrayList<>();
        for (Envelope layer = envelope; layer != null; layer = layer.inner()) {
            layers.add(layer.shape());
        }
        return layers;
    }

    /** Returns the name that the sender gives the record, or else where it begins. */
    private static String place(SourceRecord record) {
        if (record.topic() != null) {
            return record.topic() + "-" + record.partition() + " " + record.streamOffset();
        }
        String id = record.recordId() != null ? record.recordId() : record.itemIdentifier();
        id = id != null ? id : record.messageId(); // a notification of SNS, which has no answer
        id = id != null ? id : record.sequenceNumber(); // in a notice of Lambda or an event, which have none either
        return id != null ? id : "byte " + record.offset() + ", record " + record.index();
    }
    // carriers.md: end
}
