package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Envelopes and streams around records, and what a reader makes of them. */
final class Deliveries {
    private Deliveries() {}

    /** A way to deliver many records at once. */
    enum Shape {
        CONCATENATED,
        LINES,
        CRLF_LINES,
        BLANK_LINES,
        ARRAY,
        RECORDS,
        LAMBDA_KINESIS,
        FIREHOSE_HTTP,
        FIREHOSE_TRANSFORM,
        MSK_TRANSFORM;

        /** A broken record costs that record alone, even if it is not JSON. */
        boolean isDelimited() {
            return isCarried() || this == LINES || this == CRLF_LINES || this == BLANK_LINES;
        }

        boolean isCarried() {
            return compareTo(LAMBDA_KINESIS) >= 0;
        }

        byte[] of(List<byte[]> records) {
            return switch (this) {
                case CONCATENATED -> join("", "", "", records);
                case LINES -> join("", "\n", "\n", records);
                case CRLF_LINES -> join("", "\r\n", "", records);
                case BLANK_LINES -> join("\n\n", "\n \n\n", "\n", records);
                case ARRAY -> join("[", ",", "]", records);
                case RECORDS -> join("{\"Records\":[", ", ", "]}", records);
                case LAMBDA_KINESIS -> join("{\"Records\":[", ",", "]}", each(records, Deliveries::kinesisElement));
                case FIREHOSE_HTTP ->
                    join(
                            "{\"requestId\":\"r-1\",\"timestamp\":1715174441234,\"records\":[",
                            ",",
                            "]}",
                            each(records, (record, i) -> "{\"data\":\"" + base64(record) + "\"}"));
                case FIREHOSE_TRANSFORM ->
                    join(
                            "{\"invocationId\":\"i-1\",\"deliveryStreamArn\":\"arn:d\",\"region\":\"eu-west-1\",\"records\":[",
                            ",",
                            "]}",
                            each(records, Deliveries::firehoseElement));
                case MSK_TRANSFORM ->
                    join(
                            "{\"invocationId\":\"i-1\",\"records\":[",
                            ",",
                            "]}",
                            each(
                                    records,
                                    (record, i) -> "{\"recordId\":\"id-" + i + "\",\"kafkaRecordValue\":\""
                                            + base64(record) + "\"}"));
            };
        }
    }

    private interface Element {
        String of(byte[] record, int index);
    }

    private static List<byte[]> each(List<byte[]> records, Element element) {
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            elements.add(element.of(records.get(i), i).getBytes(UTF_8));
        }
        return elements;
    }

    private static String kinesisElement(byte[] record, int i) {
        return "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"pk-" + i
                + "\",\"sequenceNumber\":\"s-" + i
                + "\",\"data\":\"" + base64(record) + "\",\"approximateArrivalTimestamp\":1731924555.932},"
                + "\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"shardId-0:" + i
                + "\",\"eventName\":\"aws:kinesis:record\",\"awsRegion\":\"eu-west-1\",\"eventSourceARN\":\"arn:k\"}";
    }

    private static String firehoseElement(byte[] record, int i) {
        return "{\"recordId\":\"id-" + i + "\",\"approximateArrivalTimestamp\":1664028820148,\"data\":\""
                + base64(record)
                + "\",\"kinesisRecordMetadata\":{\"shardId\":\"shardId-0\",\"partitionKey\":\"pk-" + i
                + "\",\"sequenceNumber\":\"s-" + i + "\",\"subsequenceNumber\":0}}";
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] join(String before, String between, String after, List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(UTF_8));
        for (int i = 0; i < parts.size(); i++) {
            out.writeBytes(i == 0 ? new byte[0] : between.getBytes(UTF_8));
            out.writeBytes(parts.get(i));
        }
        out.writeBytes(after.getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Each of these packed by itself, one after another. */
    static byte[] gzip(byte[]... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(member);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return out.toByteArray();
    }

    /** A stream that gives pieces of random sizes, up to {@code most} bytes. */
    static InputStream inPieces(byte[] bytes, int most, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
            }

            @Override
            public synchronized int available() {
                return random.nextBoolean() ? 0 : super.available();
            }
        };
    }

    static List<SourceRecord> records(ChangeEventReader reader) {
        List<SourceRecord> records = new ArrayList<>();
        reader.records().forEach(records::add);
        return records;
    }

    static List<SourceRecord> read(byte[] input) {
        return records(Records.DECODER.read(input));
    }

    static List<SourceRecord> read(String singleQuoted) {
        return read(Records.json(singleQuoted));
    }
}
