package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's function for an SQS queue, called as Lambda's runtime client does it. */
class QueueFunctionTest {
    private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static String answer(String payload) throws Exception {
        return LambdaRuntime.call(QueueFunction.class, payload);
    }

    @Test
    void messagesOfPipesAndOfSnsAreStoredAndDeleted() throws Exception {
        assertThat(answer(Payloads.queue(FIRST, Payloads.notification(SECOND), "[" + THIRD + "]")))
                .isEqualTo(ACCEPTED);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
    }

    @Test
    void badMessagesAreParkedAndTheOthersAreStored() throws Exception {
        assertThat(answer(Payloads.queue(FIRST, BAD_NUMBER, BROKEN, "not JSON", THIRD)))
                .isEqualTo(ACCEPTED);
        assertThat(YourCode.CALLS)
                .containsExactly(
                        "stored 1",
                        "parked m-2 BAD_NUMBER",
                        "parked m-3 UNEXPECTED_BYTE",
                        "parked m-4 BAD_LITERAL",
                        "stored 3");
    }

    @Test
    void onlyTheMessagesThatTheSinkRefusedAreNamedAndEachOnce() throws Exception {
        YourCode.refused = "2";
        assertThat(answer(Payloads.queue(FIRST, SECOND, THIRD, "[" + SECOND + "," + FIRST + "," + SECOND + "]")))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"},{\"itemIdentifier\":\"m-4\"}]}");
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "refused 2", "stored 3", "refused 2", "stored 1", "refused 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"Records\":[]}",
                "{\"Records\":[{}]}",
                "{\"requestId\":\"r-1\",\"records\":[]}",
                "{\"requestId\":\"r-1\",\"records\":[{\"data\":\"e30=\"}]}"
            })
    void anInputThatIsNotABatchOfAQueueFailsTheInvocation(String payload) {
        assertThatThrownBy(() -> answer(payload)).hasMessageStartingWith("not a ");
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void aBatchOfAStreamFailsTheInvocation() {
        for (String payload : new String[] {Payloads.stream(FIRST), Payloads.kinesis(FIRST), "[" + FIRST + "]"}) {
            assertThatThrownBy(() -> answer(payload)).hasMessageStartingWith("not a ");
        }
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void aBatchTruncatedAnywhereFailsTheInvocation() {
        byte[] whole = Payloads.queue(FIRST, SECOND).getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> LambdaRuntime.call(QueueFunction.class, cut))
                    .as("%s bytes", length)
                    .hasMessageStartingWith("not a ");
        }
    }
}
