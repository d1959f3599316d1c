package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.SourceRecord;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of a bad record against a good one of 600 bytes. The limits are ten times its time, and 1,024
 * allocated bytes.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="BadRecordBenchmark -prof gc"}</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BadRecordBenchmark {
    private static final int GOOD_BYTES = 600;
    private static final int RECORDS = 1_000;

    /** A record that is repeated, and the separator after each. */
    public enum Flood {
        GOOD(good(), "\n"),
        LETTER("x", "\n"),
        EMPTY_OBJECT("{}", ""),
        NUMBER("1", " "),
        EMPTY_OBJECT_AND_COMMA("{}", ","),
        COMMA(",", ""),
        UNCLOSED_LINE("{\"dynamodb\":{\"Keys\":{\"k\":{\"N\":\"1", "\n"),
        BAD_NUMBER("{\"dynamodb\":{\"Keys\":{\"k\":{\"N\":\"x\"}}}}", "\n"),
        BAD_AT_THE_END(good().replace("\"N\":\"1\"", "\"N\":\"x\""), "\n");

        private final String record;
        private final String separator;

        Flood(String record, String separator) {
            this.record = record;
            this.separator = separator;
        }
    }

    @Param
    private Flood flood = Flood.GOOD;

    private final ChangeEventDecoder decoder = ChangeEventDecoder.create();
    private final DecodeSession session = decoder.newSession();
    private byte[] record = {};
    private byte[] input = {};

    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else.
    private Iterator<SourceRecord> records;

    private static String good() {
        StringBuilder image = new StringBuilder();
        String end = ",\"n\":{\"N\":\"1\"}}}}";
        String begin = "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"k\":{\"S\":\"a\"}},"
                + "\"NewImage\":{\"a\":{\"S\":\"\"}";
        for (int i = 0; begin.length() + image.length() + end.length() < GOOD_BYTES; i++) {
            image.append(",\"attribute").append(i).append("\":{\"S\":\"some text\"}");
        }
        return begin + image + end;
    }

    @Setup
    public void prepare() {
        record = flood.record.getBytes(UTF_8);
        // A good first line shows that records are delimited by line breaks.
        String first = good() + (flood.separator.equals("\n") ? "\n" : "");
        input = (first + (flood.record + flood.separator).repeat(RECORDS)).getBytes(UTF_8);
        records = decoder.read(input).records().iterator();
    }

    /** Decodes the record alone in a session. */
    @Benchmark
    public DecodeResult session() {
        return session.tryDecode(record);
    }

    /** Decodes the record alone with the decoder. */
    @Benchmark
    public DecodeResult decoder() {
        return decoder.tryDecode(record);
    }

    /** Returns the next record of a reader. */
    @Benchmark
    public SourceRecord reader() {
        if (!records.hasNext()) {
            records = decoder.read(input).records().iterator();
        }
        return records.next();
    }
}
