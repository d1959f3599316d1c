// consumers.md: an S3 object
package example;

import static example.YourCode.park;
import static example.YourCode.store;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import java.io.InputStream;

/** Stores the records of an object of Amazon S3 or a file. */
final class ObjectLoader {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private ObjectLoader() {}

    static void load(InputStream object) { // of any size, with or without gzip
        try (ChangeEventReader reader = DECODER.read(object)) {
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                if (failure != null && record.isTerminal()) {
                    throw failure; // the object is damaged here, and the rest of it cannot be read
                }
                ChangeEvent event = record.event();
                if (event == null || !store(event)) {
                    park("byte " + record.offset(), failure);
                }
            }
        }
    }
}
// consumers.md: end
