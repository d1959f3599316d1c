package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Base64;

/** What records arrive in together. */
public enum Delivery {
    /** One after another, as Firehose writes them to Amazon S3. */
    CONCATENATED("", "", ""),
    /** A line each. */
    LINES("", "\n", "\n"),
    /** An array, as EventBridge Pipes sends it. */
    ARRAY("[", ",", "]"),
    /** The payload of a Lambda trigger on Kinesis: each record in base64, inside of an element that says more of it. */
    LAMBDA_KINESIS("{\"Records\":[", ",", "]}") {
        @Override
        byte[] element(byte[] record, int index) {
            return ("{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"C3F1A2" + index
                            + "\",\"sequenceNumber\":\"4966328652374185120381" + (10_000 + index) + "\",\"data\":\""
                            + Base64.getEncoder().encodeToString(record)
                            + "\",\"approximateArrivalTimestamp\":1751364000.512},\"eventSource\":\"aws:kinesis\","
                            + "\"eventVersion\":\"1.0\",\"eventID\":\"shardId-000000000001:4966328652374185120381"
                            + (10_000 + index) + "\",\"eventName\":\"aws:kinesis:record\","
                            + "\"invokeIdentityArn\":\"arn:aws:iam::123456789012:role/lambda-role\","
                            + "\"awsRegion\":\"eu-central-1\","
                            + "\"eventSourceARN\":\"arn:aws:kinesis:eu-central-1:123456789012:stream/changes\"}")
                    .getBytes(UTF_8);
        }
    };

    private final String before;
    private final String between;
    private final String after;

    Delivery(String before, String between, String after) {
        this.before = before;
        this.between = between;
        this.after = after;
    }

    byte[] element(byte[] record, int index) {
        return record;
    }

    final byte[] of(byte[][] records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(UTF_8));
        for (int i = 0; i < records.length; i++) {
            bytes.writeBytes((i == 0 ? "" : between).getBytes(UTF_8));
            bytes.writeBytes(element(records[i], i));
        }
        bytes.writeBytes(after.getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
