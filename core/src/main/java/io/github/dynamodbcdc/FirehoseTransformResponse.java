package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answer of a Lambda function that transforms the records of a Firehose stream:
 * <code>{"records":[{"recordId":"…","result":"Ok","data":"…"}]}</code>. The documents are "Data transformation in
 * Amazon Data Firehose", "Required parameters for data transformation" and "Understand partitioning keys".
 *
 * <p>Firehose expects every recordId of the delivery once. For each record that the reader returns, good or bad, call
 * {@link #ok}, {@link #dropped} or {@link #failed}. If one element of the delivery carries several records, which share
 * its recordId, their results make one: it is failed if one of them failed, and dropped if all were dropped. Otherwise,
 * it has the data of those that are ok, in the order of the calls.
 *
 * <p>A reader does not keep the bytes of the delivery, so there is no result for an unchanged record: write it with
 * {@code ok}. An answer has memory of its own, and refers to no record. It is not thread-safe.
 *
 * <p>Lambda refuses an answer of more than 6 MB. {@link #size} shows how near it is. Answer {@code failed} for the
 * rest, which also releases data that was just added, or configure a smaller buffer for the transform.
 */
public final class FirehoseTransformResponse {
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    /** From the value of {@code result} to the data, if the result is ok. */
    private final byte[] okHead;

    private final Map<String, Result> results = new LinkedHashMap<>();

    /** The bytes of the results, without what is around and between them. */
    private long resultBytes;

    private FirehoseTransformResponse(byte[] okHead) { // Jackson would call a constructor with one String
        this.okHead = okHead;
    }

    static FirehoseTransformResponse of(String dataMember) {
        return new FirehoseTransformResponse(("Ok\",\"" + dataMember + "\":\"").getBytes(UTF_8));
    }

    /**
     * Adds the data that replaces a record, without partition keys.
     *
     * @param record the record, as the reader returned it; its recordId names the result
     * @param data the bytes that Firehose delivers. It puts nothing between records unless it is configured to, so
     *     lines must end with a line break. The array is copied
     * @return this
     * @throws NullPointerException if an argument is null
     * @throws IllegalArgumentException if the record has no recordId ({@link SourceRecord#recordId()})
     */
    public FirehoseTransformResponse ok(SourceRecord record, byte[] data) {
        return ok(record, data, Map.of());
    }

    /**
     * Adds the data that replaces a record, with the keys that Firehose uses for dynamic partitioning:
     * <code>"metadata":{"partitionKeys":{"…":"…"}}</code>. Firehose accepts one set of keys for a recordId. If the
     * records that share one have different keys, the result is failed.
     *
     * @param record the record, as the reader returned it; its recordId names the result
     * @param data the bytes that Firehose delivers. It puts nothing between records unless it is configured to, so
     *     lines must end with a line break. The array is copied
     * @param partitionKeys the names and values that the S3 prefix refers to; copied, and omitted if empty
     * @return this
     * @throws NullPointerException if an argument, or a name or a value of a partition key, is null
     * @throws IllegalArgumentException if the record has no recordId ({@link SourceRecord#recordId()}), or the keys
     *     have an unpaired surrogate, or more than 6,291,456 bytes as JSON in UTF-8, because Lambda accepts 6 MB
     */
    public FirehoseTransformResponse ok(SourceRecord record, byte[] data, Map<String, String> partitionKeys) {
        Objects.requireNonNull(data, "data");
        Map<String, String> keys = new LinkedHashMap<>();
        Objects.requireNonNull(partitionKeys, "partitionKeys").forEach((name, value) -> {
            keys.put(Objects.requireNonNull(name, "name of a key"), Objects.requireNonNull(value, "value of a key"));
        });
        byte[] tail = Result.tail(keys); // throws before anything changes
        Result result = of(record);
        long before = result.size();
        result.ok(data, keys, tail);
        resultBytes += result.size() - before;
        return this;
    }

    /**
     * Drops a record on purpose. Firehose counts it as processed and does not deliver it.
     *
     * @param record the record, as the reader returned it; its recordId names the result
     * @return this
     * @throws NullPointerException if the record is null
     * @throws IllegalArgumentException if the record has no recordId ({@link SourceRecord#recordId()})
     */
    public FirehoseTransformResponse dropped(SourceRecord record) {
        of(record);
        return this;
    }

    /**
     * Answers that a record could not be transformed, whatever was or will be answered for its recordId. Firehose
     * writes it to the folder {@code processing-failed} of the stream's S3 bucket ("Handle failure in data
     * transformation"). Data that was added for the recordId is released.
     *
     * @param record the record, as the reader returned it; its recordId names the result
     * @return this
     * @throws NullPointerException if the record is null
     * @throws IllegalArgumentException if the record has no recordId ({@link SourceRecord#recordId()})
     */
    public FirehoseTransformResponse failed(SourceRecord record) {
        Result result = of(record);
        resultBytes -= result.size();
        result.fail();
        resultBytes += result.size();
        return this;
    }

    /** Returns the result of the record's recordId, which is dropped if it is new. */
    private Result of(SourceRecord record) {
        String recordId = Objects.requireNonNull(record, "record").recordId();
        if (recordId == null) {
            throw new IllegalArgumentException("the record has no recordId: a Firehose transform did not send it");
        }
        Result known = results.get(recordId);
        if (known != null) {
            return known;
        }
        Result result = new Result(recordId, okHead);
        results.put(recordId, result);
        resultBytes += result.size();
        return result;
    }

    /** {@return the length of {@link #toBytes()}, in bytes} It takes the same short time however much was added. */
    public long size() {
        return "{\"records\":[]}".length() + resultBytes + Math.max(0, results.size() - 1);
    }

    /**
     * {@return the answer, as JSON in UTF-8, with the results in the order in which their recordIds were first named}
     * More can be added afterwards.
     *
     * @throws ArithmeticException if {@link #size()} does not fit an int
     */
    public byte[] toBytes() {
        ByteArrayOutputStream json = new ByteArrayOutputStream(Math.toIntExact(size()));
        json.writeBytes("{\"records\":[".getBytes(UTF_8));
        String separator = "";
        for (Result result : results.values()) {
            json.writeBytes(separator.getBytes(UTF_8));
            result.appendTo(json);
            separator = ",";
        }
        json.writeBytes("]}".getBytes(UTF_8));
        return json.toByteArray();
    }

    /** What is answered for one recordId. */
    private static final class Result {
        private static final byte[] DROPPED = "Dropped\"}".getBytes(UTF_8);
        private static final byte[] FAILED = "ProcessingFailed\"}".getBytes(UTF_8);

        /** From the start of the result to the value of {@code result}. */
        private final byte[] head;

        private final byte[] okHead;

        /** The data of all records that are ok; null if none is, or if the result is failed. */
        private @Nullable ByteArrayOutputStream data;

        private Map<String, String> partitionKeys = Map.of();

        /** From the end of the data to the end of the result. */
        private byte[] tail = {};

        private boolean failed;

        Result(String recordId, byte[] okHead) {
            StringBuilder json = new StringBuilder("{\"recordId\":");
            JsonOutput.appendAnyText(json, recordId);
            head = json.append(",\"result\":\"").toString().getBytes(UTF_8);
            this.okHead = okHead;
        }

        void ok(byte[] more, Map<String, String> keys, byte[] tailOfKeys) {
            ByteArrayOutputStream all = data;
            if (failed) {
                return;
            }
            if (all == null) {
                tail = tailOfKeys;
                partitionKeys = keys;
                all = new ByteArrayOutputStream(more.length);
                data = all;
            } else if (!partitionKeys.equals(keys)) {
                fail();
                return;
            }
            all.writeBytes(more);
        }

        void fail() {
            failed = true;
            data = null;
        }

        private static byte[] tail(Map<String, String> keys) {
            if (keys.isEmpty()) {
                return "\"}".getBytes(UTF_8);
            }
            StringBuilder json = new StringBuilder();
            JsonOutput.appendMap(json, keys);
            JsonOutput.bytesForLambda(json); // refuses too many
            return ("\",\"metadata\":{\"partitionKeys\":" + json + "}}").getBytes(UTF_8);
        }

        long size() {
            if (data == null) {
                return (long) head.length + (failed ? FAILED : DROPPED).length;
            }
            long base64 = (data.size() + 2L) / 3 * 4;
            return base64 + head.length + okHead.length + tail.length;
        }

        void appendTo(ByteArrayOutputStream json) {
            json.writeBytes(head);
            if (data == null) {
                json.writeBytes(failed ? FAILED : DROPPED);
            } else {
                json.writeBytes(okHead);
                json.writeBytes(Base64.getEncoder().encode(data.toByteArray()));
                json.writeBytes(tail);
            }
        }
    }
}
