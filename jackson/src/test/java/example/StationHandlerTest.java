package example;

import static example.Stations.BAD_NUMBER;
import static example.Stations.BROKEN;
import static example.Stations.MISMATCH;
import static example.Stations.REMOVE_WITH_EMPTY_IMAGE;
import static example.Stations.kinesis;
import static example.Stations.kinesisRemove;
import static example.Stations.modify;
import static example.Stations.onKinesis;
import static example.Stations.remove;
import static example.Stations.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's Lambda function, loaded by its name and called as Lambda's runtime client does it. */
class StationHandlerTest {
    private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

    private final Store store = Store.connect();

    @BeforeEach
    void clear() {
        store.clear();
    }

    private static String answer(String payload) throws Exception {
        ClassLoader classes = StationHandlerTest.class.getClassLoader();
        LambdaRequestHandler handler =
                EventHandlerLoader.loadEventHandler(HandlerInfo.fromString("example.StationHandler", classes));
        InvocationRequest request = new InvocationRequest();
        request.setId("r-1");
        request.setContent(payload.getBytes(UTF_8));
        return handler.call(request).toString(UTF_8);
    }

    private static void assertThatTheInvocationFails(String payload) {
        assertThatThrownBy(() -> answer(payload)).hasMessageStartingWith("not a ");
    }

    @Test
    void imagesAreSavedAndKeysDeleted() throws Exception {
        assertThat(answer(stream(modify(), remove()))).isEqualTo(ACCEPTED);
        assertThat(answer(onKinesis(kinesis(), kinesisRemove()))).isEqualTo(ACCEPTED);
        assertThat(store.saved).hasSize(2).allSatisfy(Stations::assertIsStation);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"), new Station.Key("FRA-0117"));
        assertThat(store.parked).isEmpty();
    }

    @Test
    void aRemoveWhoseNewImageIsEmptyDeletes() throws Exception {
        assertThat(answer(stream(REMOVE_WITH_EMPTY_IMAGE))).isEqualTo(ACCEPTED);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
        assertThat(store.saved).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decode", "bind"})
    void aRecordThatDoesNotDecodeOrBindIsParkedAndTheOthersAreSaved(String what) throws Exception {
        String bad = what.equals("decode") ? BAD_NUMBER : MISMATCH;
        assertThat(answer(stream(modify(), bad, modify()))).isEqualTo(ACCEPTED);
        assertThat(store.saved).hasSize(2);
        assertThat(store.parked).containsOnlyKeys("s2");
        assertThat(store.parked.get("s2"))
                .doesNotContain("four")
                .doesNotContain("4.5")
                .doesNotContain("bikes");
    }

    @Test
    void aStoreThatIsDownMakesLambdaSendTheRecordAndAllAfterItAgain() throws Exception {
        store.down = true;
        assertThat(answer(stream(modify(), modify())))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"s1\"}]}");
    }

    @Test
    void aBrokenRecordFailsTheInvocationSinceThoseAfterItAreNotSeen() {
        assertThatTheInvocationFails(stream(modify(), BROKEN, modify()));
    }

    @Test
    void everyTruncationFailsTheInvocation() {
        String payload = stream(modify(), remove());
        for (int length = 0; length < payload.length(); length += 7) {
            assertThatTheInvocationFails(payload.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{\"Records\":[{\"messageId\":\"m\",\"body\":\"{}\",\"eventSource\":\"aws:sqs\"}]}",
                "[]",
                "{\"Records\":null}"
            })
    void whatIsNoBatchOfAStreamFailsTheInvocation(String payload) {
        assertThatTheInvocationFails(payload);
    }

    @Test
    void aBatchWithoutRecordsIsAccepted() throws Exception {
        assertThat(answer("{\"Records\":[]}")).isEqualTo(ACCEPTED);
    }

    @Test
    void aWindowIsAnsweredWithItsState() throws Exception {
        String window = stream(modify())
                .replaceFirst(
                        "\\}$",
                        ",\"window\":{\"start\":\"2024-06-22T07:00:00Z\",\"end\":\"2024-06-22T07:02:00Z\"},"
                                + "\"state\":{\"sum\":\"3\"},\"isFinalInvokeForWindow\":false}");
        assertThat(answer(window)).contains("\"state\":{\"sum\":\"3\"}").contains("\"batchItemFailures\":[]");
        assertThat(store.saved).hasSize(1);
    }
}
