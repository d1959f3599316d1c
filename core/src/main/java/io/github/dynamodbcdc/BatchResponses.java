package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers that senders of batches want, as JSON in UTF-8.
 *
 * <pre>{@code
 * List<String> failed = new ArrayList<>();
 * for (SourceRecord record : reader.records()) {
 *     if (!store(record)) {
 *         failed.add(record.itemIdentifier());
 *     }
 * }
 * out.write(BatchResponses.batchItemFailures(failed));
 * }</pre>
 */
public final class BatchResponses {
    private BatchResponses() {}

    /**
     * The answer of a Lambda function whose trigger has {@code ReportBatchItemFailures}:
     * <code>{"batchItemFailures":[{"itemIdentifier":"…"}]}</code>. From a stream Lambda sends the batch again from the
     * lowest of these sequence numbers on, so naming the first failure and ending there is enough; an empty list accepts
     * the batch.
     *
     * @param itemIdentifiers of the records that failed ({@link SourceRecord#itemIdentifier()}); with a null among them
     *     Lambda sends the whole batch again
     */
    public static byte[] batchItemFailures(Iterable<? extends @Nullable String> itemIdentifiers) {
        StringBuilder json = new StringBuilder("{\"batchItemFailures\":[");
        String separator = "";
        for (String identifier : itemIdentifiers) {
            json.append(separator).append("{\"itemIdentifier\":");
            appendText(json, identifier);
            json.append('}');
            separator = ",";
        }
        return json.append("]}").toString().getBytes(UTF_8);
    }

    /**
     * The answer to Firehose of an HTTP endpoint that took a delivery, to be sent with status 200 and the content type
     * {@code application/json}.
     *
     * @param requestId of the delivery ({@link Envelope#requestId()})
     * @param timestamp when the delivery was handled
     */
    public static byte[] firehoseSuccess(String requestId, Instant timestamp) {
        return firehose(requestId, timestamp, null);
    }

    /**
     * The answer to Firehose of an HTTP endpoint that refuses a delivery, to be sent with a status of 400 or above: all of
     * it is delivered again, or given up, as the status says.
     *
     * @param requestId of the delivery ({@link Envelope#requestId()})
     * @param timestamp when the delivery was handled
     * @param errorMessage what Firehose writes to its log: no place for data
     */
    public static byte[] firehoseFailure(String requestId, Instant timestamp, String errorMessage) {
        return firehose(requestId, timestamp, Objects.requireNonNull(errorMessage));
    }

    private static byte[] firehose(String requestId, Instant timestamp, @Nullable String errorMessage) {
        StringBuilder json = new StringBuilder("{\"requestId\":");
        appendText(json, Objects.requireNonNull(requestId));
        json.append(",\"timestamp\":").append(timestamp.toEpochMilli());
        if (errorMessage != null) {
            json.append(",\"errorMessage\":");
            appendText(json, errorMessage);
        }
        return json.append('}').toString().getBytes(UTF_8);
    }

    /** A string of JSON, or null. A surrogate without its other half, which UTF-8 has no bytes for, stays escaped. */
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
