package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DecodeAdviceTest {
    private static DecodeException failure(String payload) {
        DecodeException failure =
                ChangeEventDecoder.create().tryDecode(payload.getBytes(UTF_8)).failure();
        return Objects.requireNonNull(failure);
    }

    @Test
    void adviceOfAnAdapterReplacesThatOfCoreAndChangesNothingElse() {
        DecodeException failure = failure("  {\"Records\":[]}");
        assertThat(failure).hasMessageContaining("read(");

        DecodeException advised = failure.withAdvice("send one event a message");

        assertThat(advised)
                .hasMessage("NOT_AN_EVENT at offset 2: not a DynamoDB change event; send one event a message")
                .hasNoCause();
        assertThat(advised.reason()).isEqualTo(Reason.NOT_AN_EVENT);
        assertThat(advised.offset()).isEqualTo(2);
    }

    private static DecodeException inQueueMessages(int layers, String record) {
        String input = record;
        for (int i = 0; i < layers; i++) {
            input = "{\"messageId\":\"m\",\"receiptHandle\":\"h\",\"body\":\""
                    + input.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        return Objects.requireNonNull(ChangeEventDecoder.create()
                .read(input.getBytes(UTF_8))
                .records()
                .iterator()
                .next()
                .failure());
    }

    @Test
    void adviceIsBetweenTheReasonAndTheCarriersAsTheHintIs() {
        assertThat(inQueueMessages(1, "{\"dynamodb\":{\"keys\":{}}}").withAdvice("ADVICE"))
                .hasMessageEndingWith("a required member is missing: Keys; ADVICE; in body of an SQS message");
        assertThat(inQueueMessages(1, "{}").withAdvice("ADVICE"))
                .hasMessageEndingWith("not a DynamoDB change event; ADVICE; in body of an SQS message");
    }

    @Test
    void emptyAdviceRemovesTheHintAndLeavesNoSeparator() {
        assertThat(failure("  {\"Records\":[]}").withAdvice(""))
                .hasMessage("NOT_AN_EVENT at offset 2: not a DynamoDB change event");
        assertThat(failure("{\"dynamodb\":{\"keys\":{}}}").withAdvice(""))
                .hasMessage("MISSING_FIELD at offset 12: a required member is missing: Keys");
        assertThat(inQueueMessages(1, "{}").withAdvice("x").withAdvice(""))
                .hasMessageEndingWith("not a DynamoDB change event; in body of an SQS message");
    }

    @Test
    void adviceThatHasNoRoomInAMessageIsOmitted() {
        String advice = "a".repeat(100);
        assertThat(inQueueMessages(3, "{}").withAdvice(advice)).hasMessageContaining(advice);
        assertThat(inQueueMessages(4, "{}").withAdvice(advice))
                .hasMessage(inQueueMessages(4, "{}").withAdvice("").getMessage());
    }

    @Test
    void thePathStaysTheSame() {
        String payload = "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"N\":\"x\"}}}}";

        assertThat(failure(payload).path()).isNotEmpty();
        assertThat(failure(payload).withAdvice("advice").path())
                .isEqualTo(failure(payload).path());
    }

    @Test
    void theMessageOfMissingFieldStillNamesTheMember() {
        assertThat(failure("{\"dynamodb\":{}}").withAdvice("send it again"))
                .hasMessage("MISSING_FIELD at offset 12: a required member is missing: Keys; send it again");
        DecodeException hinted = failure("{\"dynamodb\":{\"keys\":{}}}");
        assertThat(hinted).hasMessageContaining("Keys; ").hasMessageContaining("memberAliases");
        assertThat(hinted.withAdvice("send it again").withAdvice("or not"))
                .hasMessage("MISSING_FIELD at offset 12: a required member is missing: Keys; or not");
    }

    /** The carriers are omitted from the outermost, and the advice before them, but not the member. */
    @Test
    void aLongMessageOfMissingFieldNamesTheMember() {
        String record = "{\"dynamodb\":{\"keys\":{}}}";
        for (int layers = 0; layers < 4; layers++) {
            String input = "{\"Records\":[" + record + "]}";
            for (int i = 0; i < layers; i++) {
                input = "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\""
                        + input.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}]}";
            }
            DecodeException failure = ChangeEventDecoder.create()
                    .read(input.getBytes(StandardCharsets.UTF_8))
                    .records()
                    .iterator()
                    .next()
                    .failure();
            assertThat(failure).isNotNull();
            for (DecodeException shown : List.of(failure, failure.withAdvice("a".repeat(100)))) {
                assertThat(shown.getMessage())
                        .startsWith("MISSING_FIELD")
                        .contains("a required member is missing: Keys")
                        .hasSizeLessThanOrEqualTo(256);
            }
        }
    }

    @Test
    void adviceOfMoreThan100CharactersIsRefused() {
        DecodeException failure = failure("x");
        assertThat(failure.withAdvice("a".repeat(100))).hasMessageEndingWith("; " + "a".repeat(100));
        assertThatIllegalArgumentException().isThrownBy(() -> failure.withAdvice("a".repeat(101)));
    }
}
