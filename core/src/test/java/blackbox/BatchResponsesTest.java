package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fixtures.Records;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEventReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchResponsesTest {
    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    @Test
    void lambdaReceivesTheIdentifiersOfFailedRecords() {
        assertThat(text(BatchResponses.batchItemFailures(List.of()))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(text(BatchResponses.batchItemFailures(List.of("1", "22"))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"22\"}]}");
    }

    @Test
    void anUnknownIdentifierIsNullWhichFailsTheBatch() {
        List<@Nullable String> identifiers = new ArrayList<>();
        identifiers.add("1");
        identifiers.add(null);
        assertThat(text(BatchResponses.batchItemFailures(identifiers)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":null}]}");
    }

    @Test
    void theAnswerOfAWindowHoldsItsStateInOrderAndTheFailures() {
        Map<String, String> state = new LinkedHashMap<>();
        assertThat(text(BatchResponses.timeWindowResponse(state, List.of())))
                .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
        state.put("a \"b\"", "282");
        state.put("", "\u0001\\");
        assertThat(text(BatchResponses.timeWindowResponse(state, List.of("7"))))
                .isEqualTo("{\"state\":{\"a \\\"b\\\"\":\"282\",\"\":\"\\u0001\\\\\"},"
                        + "\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}");
    }

    @Test
    void theStateOfAWindowReturnsUnchangedInTheNextInvocation() {
        Map<String, String> state = Map.of("count", "282", "é\"\\\n\t😀", "{\"N\":\"1\"}", "", "");
        String answer = text(BatchResponses.timeWindowResponse(state, List.of()));
        String next = "{\"Records\":[]," + answer.substring(1);
        ChangeEventReader reader = Records.DECODER.read(next.getBytes(UTF_8));
        assertThat(reader.records()).isEmpty();
        assertThat(reader.envelope().state()).isEqualTo(state);
    }

    @Test
    void firehoseGetsItsRequestIdAndATimestampInMilliseconds() {
        Instant time = Instant.parse("2020-01-13T07:41:43.599Z");
        assertThat(text(BatchResponses.firehoseSuccess("r-1", time)))
                .isEqualTo("{\"requestId\":\"r-1\",\"timestamp\":1578901303599}");
        assertThat(text(BatchResponses.firehoseFailure("r-1", time, "no \"disk\"\n")))
                .isEqualTo("{\"requestId\":\"r-1\",\"timestamp\":1578901303599,"
                        + "\"errorMessage\":\"no \\\"disk\\\"\\u000a\"}");
    }

    @Test
    void everyTextIsWrittenAsJsonThatParsesToTheSameText() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) {
            all.append((char) c);
        }
        all.append("😀");
        byte[] json = BatchResponses.batchItemFailures(List.of(all.toString()));
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            JsonToken token = parser.nextToken();
            while (token != JsonToken.VALUE_STRING) {
                token = parser.nextToken();
            }
            assertThat(parser.getText().contentEquals(all)).isTrue();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // as callers without a null checker may do
    void anArgumentThatIsNullIsNamed() {
        Instant now = Instant.EPOCH;
        Map<String, String> noValue = new HashMap<>();
        noValue.put("count", null);
        Map<String, String> noName = new HashMap<>();
        noName.put(null, "1");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.batchItemFailures(null))
                .withMessage("itemIdentifiers");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(null, List.of()))
                .withMessage("state");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(noValue, List.of()))
                .withMessage("value in state");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(noName, List.of()))
                .withMessage("name in state");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of(), null))
                .withMessage("itemIdentifiers");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseSuccess(null, now))
                .withMessage("requestId");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseSuccess("r-1", null))
                .withMessage("timestamp");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseFailure(null, now, "no disk"))
                .withMessage("requestId");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseFailure("r-1", now, null)) // not a success either
                .withMessage("errorMessage");
    }
}
