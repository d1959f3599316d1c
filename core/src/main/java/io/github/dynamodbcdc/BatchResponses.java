package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers that senders of batches expect, as JSON in UTF-8.
 *
 * <p>Do not accept a batch if one of its records is terminal ({@link SourceRecord#isTerminal()}), because the records
 * after it were not read, or if a failed record has no identifier. A Lambda function should then throw; a null
 * identifier in its answer also makes Lambda send the whole batch again. An endpoint of Firehose answers
 * {@link #firehoseFailure}. The README has a whole handler for each sender.
 */
public final class BatchResponses {
    private BatchResponses() {}

    /**
     * Returns the answer of a Lambda function whose trigger has {@code ReportBatchItemFailures}:
     * <code>{"batchItemFailures":[{"itemIdentifier":"…"}]}</code>. From a stream, Lambda sends the batch again from
     * the lowest of these sequence numbers on, so naming the first failure is enough. An empty list accepts the batch.
     *
     * @param itemIdentifiers of the records that failed ({@link SourceRecord#itemIdentifier()}); if one is null, Lambda
     *     sends the whole batch again
     * @throws NullPointerException if {@code itemIdentifiers} is null; its elements may be null
     */
    public static byte[] batchItemFailures(Iterable<? extends @Nullable String> itemIdentifiers) {
        StringBuilder json = new StringBuilder("{");
        appendFailures(json, itemIdentifiers);
        return json.append('}').toString().getBytes(UTF_8);
    }

    /**
     * Returns the answer of a Lambda function whose trigger has a tumbling window:
     * <code>{"state":{"…":"…"},"batchItemFailures":[…]}</code>. Lambda passes the state to the next invocation
     * for the same window and shard ({@link Envelope#state()}), and treats an answer without a state as a failed
     * invocation.
     *
     * @param state the window's new state, including this batch; every value is written as a JSON string
     * @param itemIdentifiers as for {@link #batchItemFailures}
     * @throws NullPointerException if an argument, or a name or a value of the state, is null
     */
    public static byte[] timeWindowResponse(
            Map<String, String> state, Iterable<? extends @Nullable String> itemIdentifiers) {
        StringBuilder json = new StringBuilder("{\"state\":{");
        String separator = "";
        for (Map.Entry<String, String> entry :
                Objects.requireNonNull(state, "state").entrySet()) {
            json.append(separator);
            appendText(json, Objects.requireNonNull(entry.getKey(), "name in state"));
            json.append(':');
            appendText(json, Objects.requireNonNull(entry.getValue(), "value in state"));
            separator = ",";
        }
        json.append("},");
        appendFailures(json, itemIdentifiers);
        return json.append('}').toString().getBytes(UTF_8);
    }

    private static void appendFailures(StringBuilder json, Iterable<? extends @Nullable String> itemIdentifiers) {
        json.append("\"batchItemFailures\":[");
        String separator = "";
        for (String identifier : Objects.requireNonNull(itemIdentifiers, "itemIdentifiers")) {
            json.append(separator).append("{\"itemIdentifier\":");
            appendText(json, identifier);
            json.append('}');
            separator = ",";
        }
        json.append(']');
    }

    /**
     * Returns the answer to Firehose of an HTTP endpoint that accepts a delivery. Send it with status 200 and the
     * content type {@code application/json}.
     *
     * @param requestId of the delivery: {@link Envelope#requestId()}, or the header {@code X-Amz-Firehose-Request-Id},
     *     which is the same
     * @param timestamp when the delivery was handled
     * @throws NullPointerException if an argument is null
     * @throws ArithmeticException if the timestamp does not fit a long, in milliseconds
     */
    public static byte[] firehoseSuccess(String requestId, Instant timestamp) {
        return firehose(requestId, timestamp, null);
    }

    /**
     * Returns the answer to Firehose of an HTTP endpoint that refuses a delivery. Send it with a status of 400 or above
     * and the content type {@code application/json}. Depending on the status, Firehose delivers all of it again or
     * gives up.
     *
     * @param requestId of the delivery: {@link Envelope#requestId()}, or the header {@code X-Amz-Firehose-Request-Id},
     *     which is the same
     * @param timestamp when the delivery was handled
     * @param errorMessage the text that Firehose writes to its log; it should not contain data
     * @throws NullPointerException if an argument is null
     * @throws ArithmeticException if the timestamp does not fit a long, in milliseconds
     */
    public static byte[] firehoseFailure(String requestId, Instant timestamp, String errorMessage) {
        return firehose(requestId, timestamp, Objects.requireNonNull(errorMessage, "errorMessage"));
    }

    private static byte[] firehose(String requestId, Instant timestamp, @Nullable String errorMessage) {
        StringBuilder json = new StringBuilder("{\"requestId\":");
        appendText(json, Objects.requireNonNull(requestId, "requestId"));
        json.append(",\"timestamp\":")
                .append(Objects.requireNonNull(timestamp, "timestamp").toEpochMilli());
        if (errorMessage != null) {
            json.append(",\"errorMessage\":");
            appendText(json, errorMessage);
        }
        return json.append('}').toString().getBytes(UTF_8);
    }

    /** Appends a JSON string, or null. A surrogate stays escaped, because a lone one cannot be encoded in UTF-8. */
    private static void appendText(StringBuilder json, @Nullable String text) {
        if (text == null) {
            json.append("null");
            return;
        }
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
