package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide's function with a tumbling window, called as Lambda's runtime client does it. */
class WindowFunctionTest {
    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static String answer(String payload) throws Exception {
        return LambdaRuntime.call(WindowFunction.class, payload);
    }

    @Test
    void theCountsOfABatchAreAddedToTheState() throws Exception {
        assertThat(answer(Payloads.window(Payloads.stream(FIRST, BAD_NUMBER, THIRD))))
                .isEqualTo("{\"state\":{\"INSERT\":2,\"bad\":1,\"count\":282},\"batchItemFailures\":[]}");
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void theStateOfAnAnswerContinuesInTheNextInvocation() throws Exception {
        String state = "{}";
        for (String records : new String[] {FIRST, SECOND + "," + THIRD, ""}) {
            String batch = Payloads.window(Payloads.stream(records)).replace("{\"count\":282}", state);
            state = answer(batch).replaceFirst("\\{\"state\":(\\{.*?\\}).*", "$1");
        }
        assertThat(state).isEqualTo("{\"INSERT\":3}");
    }

    @Test
    void theCountsAreReportedWhenTheWindowEnds() throws Exception {
        String batch = Payloads.window(Payloads.stream())
                .replace("\"isFinalInvokeForWindow\":false", "\"isFinalInvokeForWindow\":true");
        assertThat(answer(batch)).isEqualTo("{\"state\":{\"count\":282},\"batchItemFailures\":[]}");
        assertThat(YourCode.CALLS).containsExactly("reported 2025-03-14T07:40:00Z shardId-0 {count=282}");
    }

    @Test
    void aBatchWithoutAWindowOrWithMissingRecordsFailsTheInvocation() {
        for (String payload :
                new String[] {Payloads.stream(FIRST), Payloads.window(Payloads.stream(FIRST, BROKEN, THIRD)), "{}", ""
                }) {
            assertThatIOException().isThrownBy(() -> answer(payload)).withMessageStartingWith("not a ");
        }
    }
}
