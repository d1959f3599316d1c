package example;

import static example.YourCode.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The guide's Lambda function with a tumbling window. */
// answers.md: a window
public final class WindowFunction implements RequestStreamHandler {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (ChangeEventReader reader = DECODER.read(input)) {
            for (SourceRecord record : reader.records()) {
                if (record.itemIdentifier() == null || record.isTerminal()) { // or part of the batch is missing
                    throw new IOException("not a whole batch of a stream", record.failure());
                }
                ChangeEvent event = record.event();
                counts.merge(event == null ? "bad" : event.eventName().name(), 1L, Long::sum);
            }
            Envelope envelope = reader.envelope(); // complete after the last record
            Instant window = envelope.windowStart();
            if (window == null) {
                throw new IOException("not a batch of a window: " + envelope.shape());
            }
            envelope.state().forEach((name, count) -> counts.merge(name, Long.valueOf(count), Long::sum));
            if (envelope.isFinalInvokeForWindow()) {
                report(window, envelope.shardId(), counts);
            }
        }
        output.write(BatchResponses.timeWindowResponse(counts, List.of()));
    }
}
// answers.md: end
