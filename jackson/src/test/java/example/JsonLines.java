package example;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The README's JSON lines of a table export. */
// README: a table export as JSON lines
final class JsonLines {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();
    private static final Store STORE = Store.connect();

    private JsonLines() {}

    static void write(InputStream export, OutputStream lines) throws IOException { // with or without gzip
        try (ChangeEventReader reader = DECODER.read(export)) { // one record at a time is in memory
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                if (failure == null) {
                    lines.write(JSON.writeValueAsBytes(line(record.result().orElseThrow())));
                    lines.write('\n'); // the next file's lines can follow: lines stays open
                } else if (record.isTerminal()) {
                    throw failure; // the file is damaged here, and the rest of it cannot be read
                } else {
                    STORE.park("byte " + record.offset(), failure.getMessage());
                }
            }
        }
    }

    private static Map<String, Object> line(ChangeEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        Item image = event.newImage();
        (image == null ? event.keys() : image).forEach(line::put); // the module writes the values
        CreationTime time = event.approximateCreationDateTime();
        if (time != null) { // an incremental export
            line.put("_deleted", event.eventName() == EventName.REMOVE);
            line.put("_ts_us", time.epochMicros());
        }
        return line;
    }
}
// README: end
