// consumers.md: a Firehose endpoint
package example;

import static example.YourCode.park;
import static example.YourCode.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stores what Firehose delivers over HTTP. */
public final class FirehoseEndpoint implements HttpHandler { // of the JDK's com.sun.net.httpserver
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Override
    public void handle(HttpExchange exchange) throws IOException { // check X-Amz-Firehose-Access-Key first
        String problem;
        String requestId;
        try (ChangeEventReader reader = DECODER.read(exchange.getRequestBody())) { // with or without gzip
            problem = storeAll(reader);
            requestId = reader.envelope().requestId();
        }
        if (requestId == null) { // not a Firehose body, or truncated before the id
            requestId = exchange.getRequestHeaders().getFirst("X-Amz-Firehose-Request-Id");
        }
        if (requestId == null) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        byte[] answer = problem == null
                ? BatchResponses.firehoseSuccess(requestId, Instant.now())
                : BatchResponses.firehoseFailure(requestId, Instant.now(), problem);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(problem == null ? 200 : 500, answer.length); // after a 500 Firehose retries
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
        }
    }

    private static @Nullable String storeAll(ChangeEventReader reader) {
        for (SourceRecord record : reader.records()) {
            ChangeEvent event = record.event();
            if (record.isTerminal()) {
                return "the body is truncated or malformed"; // records are missing
            } else if (reader.envelope().shape() != EnvelopeShape.FIREHOSE_HTTP) {
                break; // none of it is stored
            } else if (event == null) {
                String which = reader.envelope().requestId() + " " + record.index();
                park(which, record.failure());
            } else if (!store(event)) {
                return "a record was not stored";
            }
        }
        return reader.envelope().shape() == EnvelopeShape.FIREHOSE_HTTP ? null : "not a Firehose delivery";
    }
}
// consumers.md: end
