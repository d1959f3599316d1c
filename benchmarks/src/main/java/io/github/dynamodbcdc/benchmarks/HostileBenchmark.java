package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
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
 * Measures records that are chosen to be slow. A skipped number of ten megabytes may take 13 times as long as one of
 * one megabyte. Names that collide may take 1.5 times as long as random names of the same number and length. Names that
 * never recur may take no longer than in Jackson's tree without its table of names.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh=HostileBenchmark}</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HostileBenchmark {
    /** Which names the records have. */
    public enum Names {
        /** Names of 24 characters in one image that have one {@code String.hashCode}. */
        COLLIDING(1, 4_096) {
            @Override
            String name(int number) {
                StringBuilder name = new StringBuilder();
                for (int bit = 0; bit < 12; bit++) {
                    name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
                }
                return name.toString();
            }
        },
        /** Names of 24 characters in one image that differ in the middle only. */
        EQUAL_ENDS(1, 4_096) {
            @Override
            String name(int number) {
                return String.format("equal-end-%04d-equal-end", number);
            }
        },
        /** Random names of 24 characters in one image. */
        RANDOM(1, 4_096) {
            @Override
            String name(int number) {
                return random(number).substring(0, 24);
            }
        },
        /** Many records with twenty names each that occur in no other record. */
        NEVER_RECURRING(4_096, 20) {
            @Override
            String name(int number) {
                return random(number);
            }
        };

        private final int records;
        private final int names;

        Names(int records, int names) {
            this.records = records;
            this.names = names;
        }

        abstract String name(int number);

        /** Returns a text of 36 characters that looks random, and is the same in every run. */
        private static String random(int number) {
            return new UUID(number * 0x9E3779B97F4A7C15L, (number + 1) * 0xD1B54A32D192ED03L).toString();
        }

        byte[][] generate() {
            byte[][] generated = new byte[records][];
            for (int i = 0; i < records; i++) {
                StringBuilder image = new StringBuilder("\"id\":{\"S\":\"a\"}");
                for (int j = 0; j < names; j++) {
                    image.append(",\"").append(name(i * names + j)).append("\":{\"N\":\"1\"}");
                }
                generated[i] = record("", image.toString());
            }
            return generated;
        }
    }

    /** A record with a long number in a member that the decoder skips. */
    @State(Scope.Thread)
    public static class SkippedNumber {
        @Param({"1000000", "10000000"})
        private int digits;

        private byte[] record = {};

        @Setup
        public void prepare() {
            record = record("\"skipped\":" + "1".repeat(digits) + ",", "");
        }
    }

    /** Records that are read in turn. */
    @State(Scope.Thread)
    public static class NamedRecords {
        @Param
        private Names names = Names.RANDOM;

        private byte[][] records = {};
        private int current;

        @Setup
        public void prepare() {
            records = names.generate();
        }

        byte[] next() {
            current = current + 1 == records.length ? 0 : current + 1;
            return records[current];
        }
    }

    /** The decoders. */
    @State(Scope.Thread)
    public static class Decoders {
        private final ChangeEventDecoder decoder = ChangeEventDecoder.create();
        private final DecodeSession session = decoder.newSession();
        private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build());
    }

    private static byte[] record(String member, String image) {
        return ("{" + member + "\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"a\"}},"
                        + "\"NewImage\":{" + image + "}}}")
                .getBytes(UTF_8);
    }

    /** Decodes the record in a session. */
    @Benchmark
    public ChangeEvent skippedNumber(Decoders decoders, SkippedNumber number) {
        return decoders.session.decode(number.record);
    }

    /** Decodes the next record in a session. */
    @Benchmark
    public ChangeEvent names(Decoders decoders, NamedRecords records) {
        return decoders.session.decode(records.next());
    }

    /** Decodes the next record, and reads its new image as a map. */
    @Benchmark
    public Object namesOfMap(Decoders decoders, NamedRecords records) {
        return Objects.requireNonNull(decoders.decoder.decode(records.next()).newImage())
                .toMap();
    }

    /** Reads the next record as Jackson's tree. */
    @Benchmark
    public JsonNode namesInJacksonTree(Decoders decoders, NamedRecords records) throws IOException {
        return decoders.mapper.readTree(records.next());
    }
}
