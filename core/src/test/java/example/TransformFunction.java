package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.FirehoseTransformResponse;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guide's Lambda function that transforms the records of a Firehose stream. */
// answers.md: a transform
public final class TransformFunction implements RequestStreamHandler {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ObjectMapper JSON = new ObjectMapper(); // or any other JSON library
    private static final int MOST_BYTES = 6_000_000; // Lambda refuses an answer of more than 6 MB

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        FirehoseTransformResponse answer = BatchResponses.transform(); // transformOfKafka() if the source is MSK
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                if (record.recordId() == null || record.isTerminal()) { // not a transform, or part of it is missing
                    throw new IOException("not a whole delivery of Firehose", record.failure());
                }
                transform(record, answer);
                if (answer.size() > MOST_BYTES) {
                    answer.failed(record);
                }
            }
            EnvelopeShape shape = reader.envelope().shape();
            if (shape != EnvelopeShape.FIREHOSE_TRANSFORM) {
                throw new IOException("not a delivery to a transform: " + shape);
            }
        }
        output.write(answer.toBytes());
    }

    private static void transform(SourceRecord record, FirehoseTransformResponse answer) throws IOException {
        ChangeEvent event = record.event();
        String table = event == null ? null : event.tableName();
        CreationTime time = event == null ? null : event.approximateCreationDateTime();
        if (event == null || table == null || time == null) {
            answer.failed(record); // Firehose stores what it sent in the folder processing-failed
        } else if (event.deletedByTimeToLive()) {
            answer.dropped(record);
        } else {
            String date =
                    time.toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
            answer.ok(record, line(event, time), Map.of("table", table, "date", date));
        }
    }

    private static byte[] line(ChangeEvent event, CreationTime time) throws IOException {
        Item image = event.newImage();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("event", event.eventNameText());
        line.put("time", time.toInstant().toString());
        line.put("keys", event.keys().toMap());
        line.put("item", image == null ? null : image.toMap()); // Jackson writes sets as arrays, binary as base64
        return (JSON.writeValueAsString(line) + "\n").getBytes(UTF_8); // Firehose puts nothing between records
    }
}
// answers.md: end
