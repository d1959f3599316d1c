package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static example.Payloads.WITHOUT_IDENTIFIER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Lambda function, loaded by its name and called as Lambda's runtime client does it. */
class StreamFunctionTest {
    private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static String answer(byte[] payload) throws Exception {
        return LambdaRuntime.call(StreamFunction.class, payload);
    }

    private static String answer(String payload) throws Exception {
        return answer(payload.getBytes(UTF_8));
    }

    private static void assertThatTheInvocationFails(String payload) {
        assertThatThrownBy(() -> answer(payload)).hasMessageStartingWith("not a ");
    }

    @Test
    void aGoodBatchIsStoredAndAccepted() throws Exception {
        assertThat(answer(Payloads.stream(FIRST, SECOND, THIRD))).isEqualTo(ACCEPTED);
        assertThat(answer(Payloads.kinesis(FIRST, SECOND, THIRD))).isEqualTo(ACCEPTED);
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "stored 2", "stored 3", "stored 1", "stored 2", "stored 3");
    }

    @Test
    void aBatchWithoutRecordsIsAccepted() throws Exception {
        assertThat(answer(Payloads.stream())).isEqualTo(ACCEPTED);
    }

    @Test
    void aBadRecordIsParkedAndTheBatchContinues() throws Exception {
        assertThat(answer(Payloads.stream(FIRST, BAD_NUMBER, THIRD))).isEqualTo(ACCEPTED);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "parked 2 BAD_NUMBER", "stored 3");
    }

    @Test
    void aKinesisRecordThatIsNotJsonIsParkedAndTheBatchContinues() throws Exception {
        assertThat(answer(Payloads.kinesis(FIRST, BROKEN, THIRD))).isEqualTo(ACCEPTED);
        assertThat(YourCode.CALLS).containsExactly("stored 1", "parked k-2 UNEXPECTED_BYTE", "stored 3");
    }

    @Test
    void aBrokenRecordFailsTheInvocationBecauseTheRecordsAfterItAreNotRead() {
        assertThatTheInvocationFails(Payloads.stream(FIRST, BROKEN, THIRD));
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }

    @Test
    void aBadRecordWithoutIdentifierFailsTheInvocation() {
        assertThatTheInvocationFails(Payloads.stream(FIRST, WITHOUT_IDENTIFIER, THIRD));
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }

    @Test
    void theFirstRecordThatTheSinkRefusesIsNamedAndNoneAfterItIsStored() throws Exception {
        YourCode.refused = "2";
        assertThat(answer(Payloads.stream(FIRST, SECOND, THIRD)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
        assertThat(answer(Payloads.kinesis(FIRST, SECOND, THIRD)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"k-2\"}]}");
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2", "stored 1", "refused 2");
    }

    @Test
    void aBrokenRecordAfterTheOneThatTheSinkRefusedFailsTheInvocationToo() {
        YourCode.refused = "1";
        assertThatTheInvocationFails(Payloads.stream(FIRST, BROKEN, THIRD));
    }

    @Test
    void aSinkThatIsDownFailsTheInvocation() {
        YourCode.down = "2";
        assertThatThrownBy(() -> answer(Payloads.stream(FIRST, SECOND, THIRD))).hasMessage("the sink is down");
    }

    @Test
    void aWindowIsAnsweredWithItsState() throws Exception {
        assertThat(answer(Payloads.window(Payloads.stream(FIRST, SECOND, THIRD))))
                .isEqualTo("{\"state\":{\"count\":282},\"batchItemFailures\":[]}");
        assertThat(answer(Payloads.window(Payloads.stream())))
                .isEqualTo("{\"state\":{\"count\":282},\"batchItemFailures\":[]}");
        YourCode.refused = "2";
        assertThat(answer(Payloads.window(Payloads.kinesis(FIRST, SECOND, THIRD))))
                .isEqualTo("{\"state\":{\"count\":282},\"batchItemFailures\":[{\"itemIdentifier\":\"k-2\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "null",
                "[]",
                "\"\"",
                "0",
                "{\"Records\":{}}",
                "{\"Records\":null}",
                "{\"Records\":[{}]}",
                "{\"Records\":[null]}",
                "{\"requestId\":\"r-1\",\"records\":[]}",
                "{\"invocationId\":\"i-1\",\"records\":[]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"object\":{\"key\":\"k\",\"sequencer\":\"1\"}}}]}",
                "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"MessageId\":\"m\",\"Message\":\"{}\"}}]}",
                "{\"version\":\"0\",\"source\":\"aws.events\",\"detail\":{}}"
            })
    void anInputThatIsNotAStreamBatchFailsTheInvocation(String payload) {
        assertThatTheInvocationFails(payload);
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void aBatchOfSqsFailsTheInvocation() {
        assertThatTheInvocationFails(Payloads.SQS);
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void oneRecordOrAFirehoseDeliveryIsNotAStreamBatch() {
        assertThatTheInvocationFails(FIRST);
        assertThatTheInvocationFails("[" + FIRST + "]");
        assertThatTheInvocationFails(Payloads.firehose("\"requestId\":\"r-1\",", FIRST));
    }

    @Test
    void aBatchTruncatedAnywhereFailsTheInvocation() {
        for (String batch : new String[] {
            Payloads.stream(FIRST, SECOND, THIRD),
            Payloads.kinesis(FIRST, SECOND),
            Payloads.window(Payloads.stream(FIRST)),
            Payloads.stream()
        }) {
            byte[] whole = batch.getBytes(UTF_8);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> answer(cut)).as("%s bytes", length).hasMessageStartingWith("not a ");
            }
        }
    }
}
