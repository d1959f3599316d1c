package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import fixtures.Board;
import fixtures.Sampling;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;

/**
 * How many malformed records of the reliability board each way of reading accepts. {@code BoardTest} of core compares
 * the decoder's verdict on the same records with an independent reference.
 */
class StrictnessTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "reliability.md");

    private static final long STACK = 1 << 20;

    /** The rows whose malformed records every peer can read: without binary, and without options. */
    private static final Map<Board, String> ROWS = new EnumMap<>(Map.of(
            Board.R1_JSON_TEST_SUITE, "invalid JSON of JSONTestSuite, alone and in a member that is not read",
            Board.R2_UTF8, "ill-formed UTF-8 and control characters",
            Board.R5_CHANGED_BYTES, "a record that is truncated or has one wrong byte",
            Board.R8_NESTING, "20,000 levels of nesting",
            Board.R10_NAMES, "an attribute name that occurs twice",
            Board.R14_SHAPES, "malformed attribute values"));

    private static final List<Implementation> READERS = List.of(
            Implementation.SESSION,
            Implementation.JACKSON_TREE,
            Implementation.GSON,
            Implementation.FASTJSON2,
            Implementation.DSL_JSON,
            Implementation.AWS_JSON_UTILS,
            Implementation.AWS_LAMBDA_EVENTS);

    @Test
    void thePageOnReliabilityHasTheseCounts() throws IOException, InterruptedException {
        assumeFalse(Sampling.EXHAUSTIVE, "the page has the counts of the sample");
        StringBuilder table = new StringBuilder();
        for (Map.Entry<Board, String> row : ROWS.entrySet()) {
            List<byte[]> malformed = malformed(row.getKey());
            assertThat(malformed).isNotEmpty();
            table.append("| ").append(row.getValue()).append(" | ").append(malformed.size());
            for (Implementation reader : READERS) {
                table.append(" | ").append(count(reader.create(), malformed));
            }
            table.append(" |\n");
        }
        assertThat(Files.readString(PAGE, UTF_8)).contains(table);
    }

    /** Returns the records of the row that the reference refuses, and the decoder too. */
    private static List<byte[]> malformed(Board row) throws IOException {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        ReferenceDecoder reference = new ReferenceDecoder();
        List<byte[]> malformed = new ArrayList<>();
        for (Board.Input input : row.inputs().toList()) {
            boolean accepted = ReferenceComparison.assertSameVerdict(decoder, reference, input.bytes());
            DecodeException failure = decoder.tryDecode(input.bytes()).failure();
            // A peer reads any JSON object as an event without images: that is no fault of its parser.
            if (!accepted && failure != null && failure.reason() != Reason.NOT_AN_EVENT) {
                malformed.add(input.bytes());
            }
        }
        return malformed;
    }

    /** Returns how many records the reader accepts, and whether one overflows a stack of the usual size. */
    private static String count(EventReader reader, List<byte[]> records) throws InterruptedException {
        AtomicInteger accepted = new AtomicInteger();
        AtomicBoolean overflows = new AtomicBoolean();
        Runnable counting = () -> {
            for (byte[] record : records) {
                try {
                    reader.full(record);
                    accepted.incrementAndGet();
                } catch (StackOverflowError e) {
                    overflows.set(true);
                } catch (Exception e) {
                    // Refused, as it must be; by which exception does not matter here.
                }
            }
        };
        Thread thread = new Thread(null, counting, "counting", STACK);
        thread.start();
        thread.join();
        return accepted + (overflows.get() ? ", stack overflows" : "");
    }
}
