package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers that senders of batches expect, as JSON in UTF-8. A Lambda function writes them to the output of a
 * {@code RequestStreamHandler}: Lambda would encode a returned byte array in base64.
 *
 * <p>Do not accept a batch if one of its records is terminal ({@link SourceRecord#isTerminal()}), because the records
 * after it were not read, or if a failed record has no identifier. A Lambda function should then throw; a null
 * identifier in its answer also makes Lambda send the whole batch again. An endpoint of Firehose answers
 * {@link #firehoseFailure}. Core's docs/consumers.md and docs/answers.md have a whole function for each sender.
 */
public final class BatchResponses {
    /** The most characters of an error message that Firehose accepts. */
    private static final int MAX_ERROR_MESSAGE = 8192;

    private BatchResponses() {}

    /**
     * Returns the answer of a Lambda function whose trigger has {@code ReportBatchItemFailures}:
     * <code>{"batchItemFailures":[{"itemIdentifier":"…"}]}</code>. An empty list accepts the batch.
     *
     * <p>From a stream, Lambda sends the batch again from the lowest of these sequence numbers on, so naming the first
     * failure is enough. From an SQS queue, Lambda deletes all messages except the named ones, so name each one that
     * failed. From a FIFO queue, store nothing after the first failure and name all later messages too. The documents
     * are "Configuring partial batch response with Kinesis Data Streams and Lambda" and "Handling errors for an SQS
     * event source in Lambda".
     *
     * @param itemIdentifiers of the records that failed ({@link SourceRecord#itemIdentifier()}), in any order. Repeated
     *     ones, as of several records in one message, are written once. If one is null or empty, Lambda sends the whole
     *     batch again
     * @return the answer, as JSON in UTF-8
     * @throws NullPointerException if {@code itemIdentifiers} is null; its elements may be null
     */
    public static byte[] batchItemFailures(Iterable<? extends @Nullable String> itemIdentifiers) {
        StringBuilder json = new StringBuilder("{");
        appendFailures(json, distinct(itemIdentifiers));
        return json.append('}').toString().getBytes(UTF_8);
    }

    /**
     * Returns the same answer as {@link #batchItemFailures}, with the identifiers of these records. A record without an
     * identifier is written as null, which makes Lambda send the whole batch again.
     *
     * <p>A record of a trigger on Kafka is identified by an object, <code>{"partition":"topic-0","offset":15}</code>:
     * Lambda sends each partition again from there on ("Configuring error handling controls for Kafka event sources").
     *
     * @param failed the records that failed, for whatever reason: those that could not be decoded, and those that the
     *     caller could not store
     * @return the answer, as JSON in UTF-8
     * @throws NullPointerException if {@code failed} or one of its elements is null
     */
    public static byte[] batchItemFailuresOf(Iterable<SourceRecord> failed) {
        Set<@Nullable Object> identifiers = new LinkedHashSet<>();
        for (SourceRecord record : Objects.requireNonNull(failed, "failed")) {
            identifiers.add(identifier(Objects.requireNonNull(record, "record")));
        }
        StringBuilder json = new StringBuilder("{");
        appendFailures(json, identifiers);
        return json.append('}').toString().getBytes(UTF_8);
    }

    private static @Nullable Object identifier(SourceRecord record) {
        Integer partition = record.partition();
        Long offset = record.streamOffset();
        if (!record.isOfKafka() || record.topic() == null || partition == null || offset == null) {
            return record.itemIdentifier();
        }
        Map<String, Object> ofKafka = new LinkedHashMap<>();
        ofKafka.put("partition", record.topic() + "-" + partition);
        ofKafka.put("offset", offset);
        return ofKafka;
    }

    /**
     * Returns the answer of a Lambda function whose trigger has a tumbling window:
     * <code>{"state":{...},"batchItemFailures":[...]}</code>. Lambda passes the state to the next invocation for the
     * same window and shard ({@link Envelope#stateValues()}), and treats an answer without a state as a failed
     * invocation. Lambda ends the window early if the state of a shard exceeds 1 MB ("Implementing stateful DynamoDB
     * stream processing in Lambda").
     *
     * <p>A value may be a String, a Boolean, null, a Number whose text is a number in JSON (all of java.lang and
     * java.math except NaN and the infinities), a Map with String keys, or a Collection, which becomes an array in its
     * order. All of it may nest up to 64 levels, the state being the first.
     *
     * @param state the window's new state, including this batch
     * @param itemIdentifiers as for {@link #batchItemFailures}
     * @return the answer, as JSON in UTF-8
     * @throws NullPointerException if an argument or a name in the state is null
     * @throws IllegalArgumentException if the state contains another type, a number that JSON cannot express, an
     *     unpaired surrogate or a map with other keys, is nested too deeply or contains itself, or if the answer has
     *     more than 6,291,456 bytes, because Lambda accepts 6 MB
     */
    public static byte[] timeWindowResponse(
            Map<String, ?> state, Iterable<? extends @Nullable String> itemIdentifiers) {
        StringBuilder json = new StringBuilder("{\"state\":");
        JsonOutput.appendMap(json, Objects.requireNonNull(state, "state"));
        appendFailures(json.append(','), distinct(itemIdentifiers));
        return JsonOutput.bytesForLambda(json.append('}'));
    }

    private static Set<@Nullable Object> distinct(Iterable<? extends @Nullable String> itemIdentifiers) {
        Set<@Nullable Object> distinct = new LinkedHashSet<>();
        Objects.requireNonNull(itemIdentifiers, "itemIdentifiers").forEach(distinct::add);
        return distinct;
    }

    private static void appendFailures(StringBuilder json, Set<@Nullable Object> itemIdentifiers) {
        json.append("\"batchItemFailures\":[");
        String separator = "";
        for (Object identifier : itemIdentifiers) {
            json.append(separator).append("{\"itemIdentifier\":");
            if (identifier instanceof String) { // whatever it is, because the answer must name every failure
                JsonOutput.appendAnyText(json, (String) identifier);
            } else {
                JsonOutput.appendValue(json, identifier);
            }
            json.append('}');
            separator = ",";
        }
        json.append(']');
    }

    /**
     * Returns the answer to Firehose of an HTTP endpoint that accepts a delivery. Send it with status 200 and the
     * content type {@code application/json}: Firehose treats any other status, and an answer in any other form, as a
     * failure ("HTTP endpoint delivery request and response specifications").
     *
     * @param requestId of the delivery: {@link Envelope#requestId()}, or the header {@code X-Amz-Firehose-Request-Id},
     *     which is the same
     * @param timestamp when the delivery was handled
     * @return the answer, as JSON in UTF-8
     * @throws NullPointerException if an argument is null
     * @throws ArithmeticException if the timestamp does not fit a long, in milliseconds
     */
    public static byte[] firehoseSuccess(String requestId, Instant timestamp) {
        return firehose(requestId, timestamp, null);
    }

    /**
     * Returns the answer to Firehose of an HTTP endpoint that refuses a delivery. Send it with a status of 400 or above
     * and the content type {@code application/json}. Firehose delivers all of it again until the stream's retry
     * duration has passed. Then it writes the delivery to the S3 bucket for failed data, if there is one.
     *
     * @param requestId of the delivery: {@link Envelope#requestId()}, or the header {@code X-Amz-Firehose-Request-Id},
     *     which is the same
     * @param timestamp when the delivery was handled
     * @param errorMessage the text that Firehose writes to its log and its S3 bucket; it should not contain data.
     *     Firehose accepts 8192 characters, so a longer text is cut
     * @return the answer, as JSON in UTF-8
     * @throws NullPointerException if an argument is null
     * @throws ArithmeticException if the timestamp does not fit a long, in milliseconds
     */
    public static byte[] firehoseFailure(String requestId, Instant timestamp, String errorMessage) {
        return firehose(requestId, timestamp, Objects.requireNonNull(errorMessage, "errorMessage"));
    }

    private static byte[] firehose(String requestId, Instant timestamp, @Nullable String errorMessage) {
        StringBuilder json = new StringBuilder("{\"requestId\":");
        JsonOutput.appendAnyText(json, Objects.requireNonNull(requestId, "requestId"));
        json.append(",\"timestamp\":")
                .append(Objects.requireNonNull(timestamp, "timestamp").toEpochMilli());
        if (errorMessage != null) {
            json.append(",\"errorMessage\":");
            int length = Math.min(errorMessage.length(), MAX_ERROR_MESSAGE);
            boolean cutsPair = length > 0
                    && length < errorMessage.length()
                    && Character.isHighSurrogate(errorMessage.charAt(length - 1));
            JsonOutput.appendAnyText(json, errorMessage.substring(0, cutsPair ? length - 1 : length));
        }
        return json.append('}').toString().getBytes(UTF_8);
    }

    /** {@return an empty answer to a Firehose stream whose records have {@code data}: all sources except Amazon MSK} */
    public static FirehoseTransformResponse transform() {
        return FirehoseTransformResponse.of("data");
    }

    /** {@return an empty answer to a Firehose stream whose source is Amazon MSK: {@code kafkaRecordValue}, not data} */
    public static FirehoseTransformResponse transformOfKafka() {
        return FirehoseTransformResponse.of("kafkaRecordValue");
    }
}
