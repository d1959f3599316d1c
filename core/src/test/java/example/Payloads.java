package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The records and batches that the tests of the handlers in consumers.md send. */
final class Payloads {
    static final String FIRST = record("1", "17");
    static final String SECOND = record("2", "18");
    static final String THIRD = record("3", "19");

    /** The second record with a malformed number. */
    static final String BAD_NUMBER = record("2", "1x8");

    /** The second record with broken JSON. */
    static final String BROKEN = SECOND.replace("\"Keys\":", "\"Keys\";");

    /** The second record with a bad number and without a SequenceNumber. */
    static final String WITHOUT_IDENTIFIER = BAD_NUMBER.replace("\"SequenceNumber\":\"2\",", "");

    /** Two messages of an SQS queue, which are not a batch of a stream. */
    static final String SQS = """
            {"Records":[
            {"messageId":"m-1","body":"{}","attributes":{"SequenceNumber":"1"},"eventSource":"aws:sqs"},
            {"messageId":"m-2","body":"{}","attributes":{"SequenceNumber":"2"},"eventSource":"aws:sqs"}]}
            """;

    private Payloads() {}

    private static String record(String sequenceNumber, String number) {
        return "{\"eventID\":\"e-" + sequenceNumber + "\",\"eventName\":\"INSERT\",\"eventSource\":\"aws:dynamodb\","
                + "\"dynamodb\":{\"ApproximateCreationDateTime\":1741938077,\"SequenceNumber\":\"" + sequenceNumber
                + "\",\"Keys\":{\"id\":{\"N\":\"" + number + "\"}},\"StreamViewType\":\"KEYS_ONLY\"}}";
    }

    /** A batch of a trigger on a DynamoDB stream. */
    static String stream(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    /** A batch of a trigger on a Kinesis stream; its records have the sequence numbers k-1, k-2, … */
    static String kinesis(String... records) {
        List<String> all = Arrays.asList(records);
        return all.stream()
                .map(record -> "{\"kinesis\":{\"sequenceNumber\":\"k-" + (all.indexOf(record) + 1) + "\",\"data\":\""
                        + base64(record) + "\"},\"eventSource\":\"aws:kinesis\"}")
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }

    /** A delivery of Firehose. The first argument is the member requestId with a comma, or empty. */
    static String firehose(String requestId, String... records) {
        return Arrays.stream(records)
                .map(record -> "{\"data\":\"" + base64(record) + "\"}")
                .collect(Collectors.joining(",", "{" + requestId + "\"timestamp\":1741938077000,\"records\":[", "]}"));
    }

    /**
     * A delivery of Firehose to a transform, as in "Data transformation in Amazon Data Firehose". Its elements have the
     * recordIds f-1, f-2, …
     */
    static String transform(String... elements) {
        StringJoiner records = new StringJoiner(
                ",",
                "{\"invocationId\":\"i-1\",\"deliveryStreamArn\":\"arn:d\","
                        + "\"sourceKinesisStreamArn\":\"arn:k\",\"region\":\"eu-west-1\",\"records\":[",
                "]}");
        for (int i = 1; i <= elements.length; i++) {
            records.add("{\"recordId\":\"f-" + i + "\",\"approximateArrivalTimestamp\":1719039880148,\"data\":\""
                    + base64(elements[i - 1]) + "\",\"kinesisRecordMetadata\":{\"shardId\":\"shardId-0\","
                    + "\"partitionKey\":\"p\",\"approximateArrivalTimestamp\":1719039880148,"
                    + "\"sequenceNumber\":\"k-" + i + "\",\"subsequenceNumber\":0}}");
        }
        return records.toString();
    }

    /**
     * A batch of a trigger on an SQS queue, as in "Using Lambda with Amazon SQS". Its messages have the ids m-1, m-2, …
     */
    static String queue(String... bodies) {
        StringJoiner messages = new StringJoiner(",", "{\"Records\":[", "]}");
        for (int i = 1; i <= bodies.length; i++) {
            messages.add("{\"messageId\":\"m-" + i + "\",\"receiptHandle\":\"h\",\"body\":" + text(bodies[i - 1])
                    + ",\"attributes\":{\"ApproximateReceiveCount\":\"1\",\"SentTimestamp\":\"1719039880148\","
                    + "\"SenderId\":\"s\",\"ApproximateFirstReceiveTimestamp\":\"1719039880149\"},"
                    + "\"messageAttributes\":{},\"md5OfBody\":\"e4e6\",\"eventSource\":\"aws:sqs\","
                    + "\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:123456789012:q\",\"awsRegion\":\"eu-west-1\"}");
        }
        return messages.toString();
    }

    /** A notification of SNS, which a queue that subscribes to a topic has as the body of its messages. */
    static String notification(String message) {
        return "{\"Type\":\"Notification\",\"MessageId\":\"n-1\",\"TopicArn\":\"arn:t\",\"Message\":" + text(message)
                + ",\"Timestamp\":\"2024-06-22T07:04:39.869Z\",\"SignatureVersion\":\"1\",\"Signature\":\"s\"}";
    }

    /** A batch of a trigger on Kafka, as in "Using Lambda with Amazon MSK". Its records have the offsets 1, 2, … */
    static String kafka(String... values) {
        StringJoiner records = new StringJoiner(
                ",", "{\"eventSource\":\"aws:kafka\",\"eventSourceArn\":\"arn:c\",\"records\":{\"changes-3\":[", "]}}");
        for (int i = 1; i <= values.length; i++) {
            records.add("{\"topic\":\"changes\",\"partition\":3,\"offset\":" + i + ",\"timestamp\":1719039880148,"
                    + "\"timestampType\":\"CREATE_TIME\",\"value\":\"" + base64(values[i - 1])
                    + "\",\"headers\":[]}");
        }
        return records.toString();
    }

    /** An event of EventBridge, as in "Events in Amazon EventBridge". The detail is JSON, not text. */
    static String event(String detail) {
        return "{\"version\":\"0\",\"id\":\"v-1\",\"detail-type\":\"change\",\"source\":\"my.pipe\","
                + "\"time\":\"2024-06-22T07:04:39Z\",\"region\":\"eu-west-1\",\"resources\":[],\"detail\":" + detail
                + "}";
    }

    /** What Lambda sends to an on-failure destination, with the batch that failed. */
    static String notice(String batch) {
        return "{\"requestContext\":{\"requestId\":\"r-1\",\"condition\":\"RetryAttemptsExhausted\"},"
                + "\"responseContext\":{\"statusCode\":200},\"version\":\"1.0\",\"payload\":" + text(batch) + "}";
    }

    /** A line of an object that Firehose writes to its error folder. */
    static String undelivered(String record) {
        return "{\"attemptsMade\":4,\"arrivalTimestamp\":1719039880148,\"errorCode\":\"Lambda.FunctionError\","
                + "\"rawData\":\"" + base64(record) + "\"}\n";
    }

    private static String text(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** The batch with the members of a tumbling window after its records. */
    static String window(String batch) {
        return batch.substring(0, batch.length() - 1)
                + ",\"window\":{\"start\":\"2025-03-14T07:40:00Z\",\"end\":\"2025-03-14T07:45:00Z\"},"
                + "\"state\":{\"count\":282},\"shardId\":\"shardId-0\",\"eventSourceARN\":\"arn:s\","
                + "\"isFinalInvokeForWindow\":false,\"isWindowTerminatedEarly\":false}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
