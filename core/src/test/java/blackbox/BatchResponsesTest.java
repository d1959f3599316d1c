package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dynamodbcdc.BatchResponses;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchResponsesTest {
    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    @Test
    void lambdaIsToldTheIdentifiersOfWhatFailed() {
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
    void firehoseGetsItsRequestIdAndATimestampInMilliseconds() {
        Instant time = Instant.parse("2020-01-13T07:41:43.599Z");
        assertThat(text(BatchResponses.firehoseSuccess("r-1", time)))
                .isEqualTo("{\"requestId\":\"r-1\",\"timestamp\":1578901303599}");
        assertThat(text(BatchResponses.firehoseFailure("r-1", time, "no \"disk\"\n")))
                .isEqualTo(
                        "{\"requestId\":\"r-1\",\"timestamp\":1578901303599,\"errorMessage\":\"no \\\"disk\\\"\\u000a\"}");
    }

    @Test
    void everyTextIsWrittenAsJsonThatReadsToTheSameText() throws IOException {
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
    @SuppressWarnings("NullAway") // what callers without a null checker may do
    void aFailureWithoutAMessageIsNoSuccess() {
        assertThatNullPointerException().isThrownBy(() -> BatchResponses.firehoseFailure("r-1", Instant.EPOCH, null));
        assertThatNullPointerException().isThrownBy(() -> BatchResponses.firehoseSuccess(null, Instant.EPOCH));
    }
}
