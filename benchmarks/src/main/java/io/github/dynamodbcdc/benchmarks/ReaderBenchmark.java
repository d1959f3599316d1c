package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures the cost of finding records in an input: readers, and decoding of the same records one by one.
 * LAMBDA_KINESIS also unpacks base64, and GZIP gzip, which decoding one by one does not; for GZIP, INPUT_ONLY is gunzip
 * alone. JACKSON_TREE is how a consumer without this library reads the same input.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="ReaderBenchmark -p format=LINES"}</pre>
 *
 * <p>No value is read, so the events cost the least and the readers' share is the largest possible.
 */
public class ReaderBenchmark extends RecordBenchmark {
    /** Enough that the cost of a new reader in each pass is negligible. */
    static final int RECORDS = 1_000;

    @Param
    private Reading reading = Reading.SESSION;

    @Param
    private InputFormat format = InputFormat.CONCATENATED;

    @Param({"INSERT", "TYPICAL", "WIDE"})
    private Payload payload = Payload.TYPICAL;

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private Pass pass;

    @SuppressWarnings("NullAway.Init")
    private Iterator<?> events;

    @Setup
    public void prepare() {
        prepare(reading, format, payload, RECORDS);
    }

    void prepare(Reading measured, InputFormat input, Payload records, int count) {
        pass = measured.pass(records.generate(count), input);
        events = pass.begin();
    }

    /** Returns the next event; the first one follows the last. */
    @Benchmark
    public Object read() {
        countRecord();
        if (!events.hasNext()) {
            events = pass.begin();
        }
        return events.next();
    }

    /** A way to read many records: with a reader of their input, or one by one. */
    public enum Reading {
        /** {@link ChangeEventDecoder#decode(byte[])} of each record: the baseline of a decoder's readers. */
        DECODE {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                ChangeEventDecoder decoder = ChangeEventDecoder.create();
                return () -> new EachRecord(decoder::decode, records);
            }
        },
        DECODER_ARRAY {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                ChangeEventDecoder decoder = ChangeEventDecoder.create();
                byte[] input = format.of(records);
                return () -> decoder.read(input).iterator();
            }
        },
        DECODER_STREAM {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                ChangeEventDecoder decoder = ChangeEventDecoder.create();
                byte[] input = format.of(records);
                return () -> decoder.read(new ByteArrayInputStream(input)).iterator();
            }
        },
        /** Reads the input, but no record: see {@link InputOnly}. */
        INPUT_ONLY {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                byte[] input = format.of(records);
                long bytes = format.unpackedLength(input);
                return () -> new InputOnly(format.stream(input), bytes, records.length);
            }
        },
        /** A tree for each record, found by Jackson itself. */
        JACKSON_TREE {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                ObjectMapper mapper = new ObjectMapper();
                byte[] input = format.of(records);
                return () -> format.trees(mapper, input);
            }
        },
        /** {@link DecodeSession#decode(byte[])} of each record: the baseline of a session's readers. */
        SESSION {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                DecodeSession session = ChangeEventDecoder.create().newSession();
                return () -> new EachRecord(session::decode, records);
            }
        },
        SESSION_ARRAY {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                DecodeSession session = ChangeEventDecoder.create().newSession();
                byte[] input = format.of(records);
                return () -> session.read(input).iterator();
            }
        },
        SESSION_STREAM {
            @Override
            Pass pass(byte[][] records, InputFormat format) {
                DecodeSession session = ChangeEventDecoder.create().newSession();
                byte[] input = format.of(records);
                return () -> session.read(new ByteArrayInputStream(input)).iterator();
            }
        };

        abstract Pass pass(byte[][] records, InputFormat format);
    }

    /** Starts again at the first record. */
    interface Pass {
        Iterator<?> begin();
    }

    /** Decodes the records one by one, with as little other work as possible. */
    private static final class EachRecord implements Iterator<ChangeEvent> {
        private final Function<byte[], ChangeEvent> decode;
        private final byte[][] records;
        private int next;

        EachRecord(Function<byte[], ChangeEvent> decode, byte[][] records) {
            this.decode = decode;
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            return next < records.length;
        }

        @Override
        public ChangeEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return decode.apply(records[next++]);
        }
    }

    /** A format that contains many records. */
    public enum InputFormat {
        /** One after another, as Firehose writes them to Amazon S3. */
        CONCATENATED("", "", ""),
        /** One record per line. */
        LINES("", "\n", "\n"),
        /** An array, as EventBridge Pipes sends it. */
        ARRAY("[", ",", "]"),
        /** One record per line, in gzip, as an export. */
        GZIP("", "\n", "\n") {
            @Override
            byte[] of(byte[][] records) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                    gzip.write(LINES.of(records));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return bytes.toByteArray();
            }

            @Override
            InputStream stream(byte[] input) {
                try {
                    return new GZIPInputStream(super.stream(input), 64 * 1024);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        },
        /** The payload of a Lambda trigger on Kinesis: each record in base64, in an element with further members. */
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

            @Override
            Iterator<JsonNode> trees(ObjectMapper mapper, byte[] input) {
                try {
                    Iterator<JsonNode> elements =
                            mapper.readTree(input).path("Records").elements();
                    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, 0), false)
                            .map(element -> tree(mapper, element))
                            .iterator();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            private static JsonNode tree(ObjectMapper mapper, JsonNode element) {
                try {
                    return mapper.readTree(element.path("kinesis").path("data").binaryValue());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        private final String before;
        private final String between;
        private final String after;

        InputFormat(String before, String between, String after) {
            this.before = before;
            this.between = between;
            this.after = after;
        }

        byte[] element(byte[] record, int index) {
            return record;
        }

        /** Returns an input that contains the records. */
        byte[] of(byte[][] records) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(before.getBytes(UTF_8));
            for (int i = 0; i < records.length; i++) {
                bytes.writeBytes((i == 0 ? "" : between).getBytes(UTF_8));
                bytes.writeBytes(element(records[i], i));
            }
            bytes.writeBytes(after.getBytes(UTF_8));
            return bytes.toByteArray();
        }

        /** Returns the input, unpacked. */
        InputStream stream(byte[] input) {
            return new ByteArrayInputStream(input);
        }

        final long unpackedLength(byte[] input) {
            try (InputStream stream = stream(input)) {
                return stream.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns an iterator over the records of the input as trees. */
        Iterator<JsonNode> trees(ObjectMapper mapper, byte[] input) {
            try {
                return mapper.readerFor(JsonNode.class).readValues(stream(input));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
