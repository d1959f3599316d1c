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

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static AbstractThrowableAssert<?, ?> assertThatTheInvocationFails(String payload) {
        return assertThatThrownBy(() -> answer(payload))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("record \\d (and all after it cannot be read|has no SequenceNumber)"
                        + "|not a batch of a stream: [A-Z_]+");
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
        assertThatTheInvocationFails(Payloads.stream(FIRST, BROKEN, THIRD))
                .hasMessage("record 2 and all after it cannot be read")
                .hasCauseInstanceOf(DecodeException.class)
                .hasStackTraceContaining("UNEXPECTED_BYTE at offset ");
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }

    @Test
    void aBadRecordWithoutIdentifierFailsTheInvocation() {
        assertThatTheInvocationFails(Payloads.stream(FIRST, WITHOUT_IDENTIFIER, THIRD))
                .hasMessage("record 2 has no SequenceNumber")
                .hasStackTraceContaining("BAD_NUMBER at offset ");
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }

    @Test
    void aGoodRecordWithoutIdentifierFailsTheInvocation() {
        String record = SECOND.replace("\"SequenceNumber\":\"2\",", "");
        assertThatTheInvocationFails(Payloads.stream(FIRST, record, THIRD))
                .hasMessage("record 2 has no SequenceNumber")
                .hasNoCause();
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
        assertThatTheInvocationFails(Payloads.stream(FIRST, BROKEN, THIRD))
                .hasMessage("record 2 and all after it cannot be read");
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
        assertThatTheInvocationFails(Payloads.SQS).hasMessage("not a batch of a stream: SQS");
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void oneRecordOrAFirehoseDeliveryIsNotAStreamBatch() {
        assertThatTheInvocationFails(FIRST).hasMessage("not a batch of a stream: BARE");
        assertThatTheInvocationFails("[" + FIRST + "]").hasMessage("not a batch of a stream: ARRAY");
        assertThatTheInvocationFails(Payloads.firehose("\"requestId\":\"r-1\",", FIRST))
                .hasMessage("not a batch of a stream: FIREHOSE_HTTP");
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
                assertThatThrownBy(() -> answer(cut))
                        .as("%s bytes", length)
                        .isInstanceOf(IOException.class)
                        .hasMessageMatching("record \\d and all after it cannot be read|not a batch of a stream: BARE");
            }
        }
    }

    @Test
    void theBatchOfThePagePrintsWhatThePageSays(@TempDir Path folder) throws IOException {
        String page = Files.readString(ReadmeTest.ROOT.resolve("core/docs/consumers.md"), UTF_8);
        String batch = ReadmeTest.find("(?s)```json\n(.*?)\n```", page).get(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            RunStreamFunction.main(new String[] {
                Files.writeString(folder.resolve("batch.json"), batch).toString()
            });
        } finally {
            System.setOut(console);
        }
        assertThat(YourCode.CALLS).containsExactly("stored 4421584500000000017450439091");
        ChangeEvent event = ChangeEventDecoder.create()
                .read(batch.getBytes(UTF_8))
                .iterator()
                .next();
        String stored = "store " + event.eventName() + " " + event.keys().toMap(); // as the page's YourCode prints it
        String printed = out.toString(UTF_8).strip();
        assertThat(ReadmeTest.find("(?s)```text\n(.*?)\n```", page)).containsExactly(stored + "\n" + printed);
        assertThat(printed).isEqualTo(ACCEPTED);
    }
}
