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
import static example.Stations.streamRecord;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the README's Lambda function, which is created by reflection as in Lambda's runtime. */
class StationHandlerTest {
    private static final String ACCEPTED = "{\"batchItemFailures\":[]}";

    /** A context without data, because the function does not use it. */
    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final Store store = Store.connect();

    @BeforeEach
    void clear() {
        store.clear();
    }

    private static String answer(String payload) throws Exception {
        // Lambda's runtime requires a public class with a public constructor without parameters.
        RequestStreamHandler handler = Class.forName("example.StationHandler")
                .asSubclass(RequestStreamHandler.class)
                .getConstructor()
                .newInstance();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(payload.getBytes(UTF_8)), answer, CONTEXT);
        return answer.toString(UTF_8);
    }

    private static void assertThatTheInvocationFails(String payload) {
        assertThatThrownBy(() -> answer(payload))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("record \\d (and all after it cannot be read|has no SequenceNumber)"
                        + "|not a batch of a stream: [A-Z_]+");
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
    void theBatchThatThePageLinksIsAccepted() throws Exception {
        try (InputStream batch = Objects.requireNonNull(Station.class.getResourceAsStream("stations.json"))) {
            assertThat(answer(new String(batch.readAllBytes(), UTF_8))).isEqualTo(ACCEPTED);
        }
        assertThat(store.saved).singleElement().satisfies(Stations::assertIsStation);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0042"));
        assertThat(store.parked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"an attribute of the tariff", "an attribute of the key"})
    void anAttributeThatTheClassLacksFailsTheInvocation(String what) {
        String sortKey = remove().replace("{\"station_id\":", "{\"slot\":{\"N\":\"1\"},\"station_id\":");
        String surcharge = modify().replace("{\"unlock\":", "{\"surcharge\":{\"N\":\"1\"},\"unlock\":");
        String payload = stream(modify(), what.endsWith("key") ? sortKey : surcharge, modify());
        assertThatThrownBy(() -> answer(payload))
                .isInstanceOfSatisfying(
                        ItemMappingException.class,
                        e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.UNKNOWN_PROPERTY));
        assertThat(store.parked).isEmpty();
        assertThat(store.deleted).isEmpty();
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

    @ParameterizedTest
    @ValueSource(strings = {"MODIFY without image", "MODIFY of an empty image", "an unknown name"})
    void aChangeThatIsNeitherSavedNorDeletedIsParked(String what) throws Exception {
        String change = switch (what) {
            case "MODIFY without image" -> streamRecord("MODIFY", "");
            case "MODIFY of an empty image" -> streamRecord("MODIFY", ",'NewImage':{}");
            default -> modify().replace("MODIFY", "ARCHIVE");
        };
        assertThat(answer(stream(change, modify()))).isEqualTo(ACCEPTED);
        assertThat(store.parked).containsOnlyKeys("s1");
        assertThat(store.saved).hasSize(1);
    }

    @Test
    void aRecordOfKinesisThatIsNotJsonIsParkedAndTheOthersAreSaved() throws Exception {
        assertThat(answer(onKinesis(kinesis(), "not JSON", kinesis()))).isEqualTo(ACCEPTED);
        assertThat(store.parked).containsOnlyKeys("s2");
        assertThat(store.saved).hasSize(2);
    }

    @Test
    void aRecordWithoutIdentifierFailsTheInvocation() {
        String number = ",\"SequenceNumber\":\"7\"";
        assertThatTheInvocationFails(stream(modify(), BAD_NUMBER.replace(number, ""), modify()));
        assertThatTheInvocationFails(stream(modify(), modify().replace(number, ""), modify()));
    }

    @Test
    void aDeleteFromAnEmulatorIsApplied() throws Exception {
        Path events = Path.of(System.getProperty("dynamodbcdc.shared", "../../shared"), "events", "strangers.jsonl");
        assumeTrue(Files.exists(events), "no shared data events/strangers.jsonl on this machine");
        int cases = 0;
        for (String line : Files.readAllLines(events)) {
            JsonNode event = new JsonMapper().readTree(line);
            if (event.get("id").textValue().equals("M01")) {
                assertThat(answer(stream(event.get("payload").textValue()))).isEqualTo(ACCEPTED);
                cases++;
            }
        }
        assertThat(cases).isEqualTo(1);
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-1"));
        assertThat(store.saved).isEmpty();
        assertThat(store.parked).isEmpty();
    }

    @Test
    void noRecordAfterARefusedOneIsSaved() throws Exception {
        String refused = modify().replace("FRA-0117", "FRA-0118");
        store.refused = "FRA-0118";
        assertThat(answer(stream(modify(), refused, modify())))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"s2\"}]}");
        assertThat(store.saved).hasSize(1);
    }

    @Test
    void aBrokenRecordAfterARefusedOneFailsTheInvocation() {
        store.down = true;
        assertThatTheInvocationFails(stream(modify(), BROKEN, modify()));
    }

    @Test
    void aStoreThatIsDownMakesLambdaSendTheRecordAndAllAfterItAgain() throws Exception {
        store.down = true;
        assertThat(answer(stream(modify(), modify())))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"s1\"}]}");
    }

    @Test
    void aBrokenRecordFailsTheInvocationBecauseLaterRecordsAreNotSeen() {
        assertThatTheInvocationFails(stream(modify(), BROKEN, modify()));
    }

    @Test
    void everyTruncationFailsTheInvocation() {
        for (String payload : new String[] {stream(modify(), remove()), onKinesis(kinesis(), kinesisRemove())}) {
            for (int length = 0; length < payload.length(); length++) {
                assertThatTheInvocationFails(payload.substring(0, length));
            }
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
    void aPayloadThatIsNotABatchOfAStreamFailsTheInvocation(String payload) {
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
