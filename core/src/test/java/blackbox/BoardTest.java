package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Board;
import fixtures.CanaryEvents;
import fixtures.LongRunning;
import fixtures.Outcome;
import fixtures.Refusals;
import fixtures.Ways;
import io.github.dynamodbcdc.DecodeException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;

/** Every row of the reliability board holds in every way into core, and agrees with the reference. */
@DisabledIfSystemProperty(
        named = "io.github.dynamodbcdc.shapes",
        matches = "off",
        disabledReason = "the ways are with and without shapes")
class BoardTest {
    @LongRunning
    @TestFactory
    Stream<DynamicTest> everyInputOfARowHasItsOutcomeInEveryWay() {
        return Stream.of(Board.values()).map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
    }

    private static void check(Board row) throws IOException {
        Ways ways = Ways.all(row.options());
        ReferenceDecoder reference = new ReferenceDecoder(row.options());
        int inputs = 0;
        for (Board.Input input : row.inputs().toList()) {
            Outcome outcome = ways.check(input.name(), input.bytes());
            input.assertOutcome(outcome);
            assertThat(ReferenceComparison.assertSameVerdict(ways.plain(), reference, input.bytes()))
                    .as(input.name())
                    .isEqualTo(outcome.isAccepted());
            DecodeException failure = outcome.failure();
            if (failure != null) {
                Refusals.assertDeclared(failure, input.bytes().length);
                if (row == Board.R5_CHANGED_BYTES) {
                    CanaryEvents.assertNoCanary(failure.getMessage() + failure + failure.path());
                }
            }
            inputs++;
        }
        assertThat(inputs).as("inputs of " + row).isGreaterThan(5);
    }

    @Test
    void theWaysAreThoseOfTheBoard() {
        assertThat(Ways.all(Board.R1_JSON_TEST_SUITE.options()).names())
                .hasSizeGreaterThan(80)
                .contains("decode", "tryDecode of PART_OF_ARRAY", "a session's tryDecode of DIRECT_BUFFER")
                .contains("a shape never met", "a shape met just before", "projection of no name", "a skipped member")
                .contains("the cursor", "accessors", "the builder", "a stream of QUEUED_NOTIFICATIONS");
    }
}
