package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's transform for Firehose, loaded by its name and called as Lambda's runtime client does it. */
class TransformFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CHANGE = """
            {"awsRegion":"eu-west-1","eventID":"e-1","eventName":"MODIFY","userIdentity":null,\
            "recordFormat":"application/json","tableName":"orders","dynamodb":{\
            "ApproximateCreationDateTime":1719039879869591,"ApproximateCreationDateTimePrecision":"MICROSECOND",\
            "Keys":{"id":{"S":"k1"}},\
            "NewImage":{"id":{"S":"k1"},"qty":{"N":"3"},"tags":{"SS":["a","b"]},"raw":{"B":"QUE9PQ=="}}},\
            "eventSource":"aws:dynamodb"}""";

    private static final String REMOVE =
            CHANGE.replace("MODIFY", "REMOVE").replaceFirst(",\"NewImage\":\\{.*?\\]\\},\"raw\":\\{[^}]*\\}\\}", "");

    private static final String EXPIRED = REMOVE.replace(
            "\"userIdentity\":null",
            "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}");

    private static final String MODIFY_LINE = "{\"event\":\"MODIFY\",\"time\":\"2024-06-22T07:04:39.869591Z\","
            + "\"keys\":{\"id\":\"k1\"},\"item\":{\"id\":\"k1\",\"qty\":3,\"tags\":[\"a\",\"b\"],\"raw\":\"AA==\"}}\n";

    private static JsonNode answer(String... elements) throws Exception {
        return JSON.readTree(LambdaRuntime.call(TransformFunction.class, Payloads.transform(elements)))
                .get("records");
    }

    private static String data(JsonNode result) throws IOException {
        return new String(result.get("data").binaryValue(), UTF_8);
    }

    private static List<String> results(JsonNode answer) {
        List<String> results = new ArrayList<>();
        answer.forEach(result -> results.add(
                result.get("recordId").textValue() + " " + result.get("result").textValue()));
        return results;
    }

    @Test
    void aChangeBecomesALineWithThePartitionKeysTableAndDate() throws Exception {
        JsonNode result = answer(CHANGE).get(0);
        assertThat(results(answer(CHANGE))).containsExactly("f-1 Ok");
        assertThat(data(result)).isEqualTo(MODIFY_LINE);
        assertThat(result.get("metadata"))
                .isEqualTo(JSON.readTree("{\"partitionKeys\":{\"table\":\"orders\",\"date\":\"2024-06-22\"}}"));
    }

    @Test
    void aDeleteIsALineWithoutItem() throws Exception {
        assertThat(data(answer(REMOVE).get(0)))
                .isEqualTo("{\"event\":\"REMOVE\",\"time\":\"2024-06-22T07:04:39.869591Z\","
                        + "\"keys\":{\"id\":\"k1\"},\"item\":null}\n");
    }

    @Test
    void goodBadAndUnwantedRecordsAreAnsweredInTheirOrder() throws Exception {
        JsonNode answer = answer(
                CHANGE,
                CHANGE.replace("\"N\":\"3\"", "\"N\":\"three\""),
                EXPIRED,
                CHANGE.replace("\"Keys\":", "\"Keys\";"),
                "not JSON",
                "",
                CHANGE.replace("\"tableName\":\"orders\",", ""),
                CHANGE.replace("\"ApproximateCreationDateTime\":1719039879869591,", ""),
                REMOVE);
        assertThat(results(answer))
                .containsExactly(
                        "f-1 Ok",
                        "f-2 ProcessingFailed",
                        "f-3 Dropped",
                        "f-4 ProcessingFailed",
                        "f-5 ProcessingFailed",
                        "f-6 ProcessingFailed",
                        "f-7 ProcessingFailed",
                        "f-8 ProcessingFailed",
                        "f-9 Ok");
    }

    @Test
    void aDeliveryWithoutRecordsIsAnsweredWithoutRecords() throws Exception {
        assertThat(LambdaRuntime.call(TransformFunction.class, Payloads.transform()))
                .isEqualTo("{\"records\":[]}");
    }

    @Test
    void whatDoesNotFitTheAnswerFailsAndStaysWithFirehose() throws Exception {
        String large = CHANGE.replace("\"S\":\"k1\"},\"qty\"", "\"S\":\"" + "x".repeat(3_000_000) + "\"},\"qty\"");
        JsonNode answer = answer(CHANGE, large, large, EXPIRED, CHANGE);
        assertThat(results(answer))
                .containsExactly("f-1 Ok", "f-2 Ok", "f-3 ProcessingFailed", "f-4 Dropped", "f-5 Ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"Records\":[]}",
                "{\"requestId\":\"r-1\",\"records\":[]}",
                "{\"requestId\":\"r-1\",\"records\":[{\"data\":\"e30=\"}]}",
                "{\"invocationId\":\"i-1\",\"records\":[{\"data\":\"e30=\"}]}"
            })
    void anInputThatIsNotADeliveryToATransformFailsTheInvocation(String payload) {
        assertThatIOException()
                .isThrownBy(() -> LambdaRuntime.call(TransformFunction.class, payload))
                .withMessageStartingWith("not a ");
    }

    @Test
    void aDeliveryTruncatedAnywhereFailsTheInvocation() {
        byte[] whole = Payloads.transform(CHANGE, REMOVE).getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIOException()
                    .as("%s bytes", length)
                    .isThrownBy(() -> LambdaRuntime.call(TransformFunction.class, cut))
                    .withMessageStartingWith("not a ");
        }
    }
}
