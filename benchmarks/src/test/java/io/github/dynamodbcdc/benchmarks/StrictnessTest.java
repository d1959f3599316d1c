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
import org.junit.jupiter.api.Test;

/**
 * How many malformed records of the reliability board each way of reading accepts. {@code BoardTest} of core compares
 * the decoder's verdict on the same records with an independent reference.
 */
class StrictnessTest {
    private static final Path PAGE = Path.of("..", "core", "docs", "reliability.md");

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
    void thePageOnReliabilityHasTheseCounts() throws IOException {
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

    private static List<byte[]> malformed(Board row) throws IOException {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        List<byte[]> malformed = new ArrayList<>();
        for (Board.Input input : row.inputs().toList()) {
            DecodeException failure = decoder.tryDecode(input.bytes()).failure();
            // A peer reads any JSON object as an event without images: that is no fault of its parser.
            if (failure != null && failure.reason() != Reason.NOT_AN_EVENT) {
                malformed.add(input.bytes());
            }
        }
        return malformed;
    }

    /** Returns how many records it accepts, and in how many its stack overflows. */
    private static String count(EventReader reader, List<byte[]> records) {
        int accepted = 0;
        int overflows = 0;
        for (byte[] record : records) {
            try {
                reader.full(record);
                accepted++;
            } catch (StackOverflowError e) {
                overflows++;
            } catch (Exception e) {
                // Refused, as it must be; by which exception does not matter here.
            }
        }
        return overflows == 0 ? String.valueOf(accepted) : accepted + ", and " + overflows + " stack overflows";
    }
}
