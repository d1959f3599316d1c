package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The code of docs/migrating.md, before and after, on the same records; and where the two differ. */
@Isolated
class MigratingPageTest {
    private static final String SECONDS = "\"ApproximateCreationDateTime\":1741939512";
    private static final String MILLISECONDS = "\"ApproximateCreationDateTime\":1741939512000";
    private static final String GOOD =
            record("", SECONDS + ",\"SequenceNumber\":\"17\"", "\"notice\":{\"S\":\"closed\"}");
    private static final String SAVED = "FRA-0117, 5, closed, 2.9.0, 1741939512000";
    private static final List<String> NAMES = List.of("station", "bikes", "notice", "firmware", "time");

    private interface Read {
        void run() throws Exception;
    }

    /** Returns a record of a station. What it has in these places replaces what it has otherwise. */
    private static String record(String beside, String inside, String attributes) {
        StringJoiner image = new StringJoiner(",", "\"NewImage\":{", "}").add("\"station_id\":{\"S\":\"FRA-0117\"}");
        if (!attributes.contains("bikes")) {
            image.add("\"bikes\":{\"N\":\"5\"}");
        }
        if (!attributes.contains("firmware")) {
            image.add("\"firmware\":{\"B\":\"Mi45LjA=\"}");
        }
        if (!attributes.isEmpty() && !attributes.equals("bikes")) {
            image.add(attributes);
        }
        StringJoiner change = new StringJoiner(",", "\"dynamodb\":{", "}")
                .add("\"Keys\":{\"station_id\":{\"S\":\"FRA-0117\"}}")
                .add(inside);
        if (!inside.contains("NewImage")) {
            change.add(image.toString());
        }
        return "{\"eventName\":\"INSERT\"," + (beside.isEmpty() ? "" : beside + ",") + change + "}";
    }

    @BeforeEach
    void nothingIsSaved() {
        Stations.SAVED.clear();
        YourCode.reset();
    }

    private static String outcome(Read read) {
        Stations.SAVED.clear();
        try {
            read.run();
        } catch (DecodeException e) {
            return e.reason().name();
        } catch (AttributeValueException e) {
            return e.reason().name();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
        return Stations.SAVED.isEmpty() ? "nothing" : String.join("; ", Stations.SAVED);
    }

    private static String ofLambda(String record) {
        return outcome(() -> {
            String payload = Payloads.stream(record);
            DynamodbEvent event = LambdaEventSerializers.serializerFor(
                            DynamodbEvent.class, MigratingPageTest.class.getClassLoader())
                    .fromJson(payload);
            LambdaBefore.read(event.getRecords().get(0));
        });
    }

    private static String ofJackson(String record) {
        return outcome(() -> JacksonBefore.read(record.getBytes(UTF_8)));
    }

    private static String ofLibrary(String record) {
        return outcome(() -> JacksonAfter.read(record.getBytes(UTF_8)));
    }

    private static Record sdkRecord(String record) {
        ChangeEvent event = ChangeEventDecoder.create().decode(record.getBytes(UTF_8));
        Item image = Objects.requireNonNull(event.newImage());
        return Record.builder()
                .eventName("INSERT")
                .dynamodb(change -> change.keys(event.keys().toMap(new SdkValues()))
                        .newImage(image.toMap(new SdkValues()))
                        .approximateCreationDateTime(Objects.requireNonNull(event.approximateCreationDateTime())
                                .toInstant()))
                .build();
    }

    @Test
    void allAgreeOnAGoodRecord() {
        assertThat(ofLambda(GOOD)).isEqualTo(SAVED);
        assertThat(outcome(() -> SdkBefore.read(sdkRecord(GOOD)))).isEqualTo(SAVED);
        assertThat(outcome(() -> SdkAfter.read(sdkRecord(GOOD)))).isEqualTo(SAVED);
        assertThat(ofLibrary(GOOD)).isEqualTo(SAVED);
        String inMilliseconds = GOOD.replace("1741939512", "1741939512000"); // the unit that this code expects
        assertThat(ofJackson(inMilliseconds)).isEqualTo(SAVED);
        assertThat(ofLibrary(inMilliseconds)).isEqualTo(SAVED);
    }

    @Test
    void valuesOfAnotherTypeAreSilentlyNullInTheSdk() {
        String number = record("", SECONDS, "\"notice\":{\"N\":\"7\"}");
        assertThat(outcome(() -> SdkBefore.read(sdkRecord(number)))).contains(", null, ");
        assertThat(outcome(() -> SdkAfter.read(sdkRecord(number)))).isEqualTo("WRONG_TYPE");
    }

    @Test
    void unwrappedValuesAreThoseOfTheOldCodeOrOnesThatItForgot() throws IOException {
        ChangeEvent event = Samples.everyType();
        Item image = Objects.requireNonNull(event.oldImage());
        JsonNode json =
                new ObjectMapper().readTree(Samples.EVERY_TYPE).path("dynamodb").path("OldImage");
        List<String> forgotten = new ArrayList<>();
        image.forEach((name, value) -> {
            Object before = JacksonBefore.unwrap(json.get(name));
            Object after = JacksonAfter.unwrap(value);
            if (before == null && after != null) {
                forgotten.add(value.type().name());
            } else {
                assertThat(before).isEqualTo(after);
            }
        });
        assertThat(forgotten).containsOnly("B", "SS", "NS", "BS").hasSize(5);
    }

    /** Calls a function as Lambda does, with its serializers for the event and the answer. */
    private static <T> String call(RequestHandler<T, StreamsEventResponse> function, Class<T> type, String payload) {
        T event = LambdaEventSerializers.serializerFor(type, MigratingPageTest.class.getClassLoader())
                .fromJson(payload);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        JacksonFactory.getInstance()
                .getSerializer(StreamsEventResponse.class)
                .toJson(function.handleRequest(event, null), answer);
        return answer.toString(UTF_8);
    }

    private static String answer(String... failed) {
        return new String(BatchResponses.batchItemFailures(List.of(failed)), UTF_8);
    }

    @Test
    void theAnswersOfLambdasClassesAreThoseOfTheLibrary() {
        String bad = GOOD.replace("\"N\":\"5\"", "\"N\":\"five\"").replace("\"17\"", "\"18\"");
        String payload = Payloads.stream(GOOD, bad, GOOD);
        assertThat(call(new LambdaBefore(), DynamodbEvent.class, payload)).isEqualTo(answer("18"));
        assertThat(Stations.SAVED).containsExactly(SAVED);
    }

    @Test
    void aFunctionOfKinesisGivesTheSameAnswer() {
        String payload = Payloads.kinesis(GOOD.replace("1741939512", "1741939512000"));
        for (RequestHandler<KinesisEvent, StreamsEventResponse> function :
                List.of(new KinesisBefore(), new KinesisAfter())) {
            Stations.SAVED.clear();
            assertThat(call(function, KinesisEvent.class, payload)).isEqualTo(answer());
            assertThat(Stations.SAVED).containsExactly(SAVED);
        }
    }

    @Test
    void aBadRecordOfKinesisBlocksTheShardBeforeAndIsParkedAfter() {
        String millis = GOOD.replace("1741939512", "1741939512000");
        String payload = Payloads.kinesis("{", millis.replace("\"bikes\"", "\"cars\""), millis);
        assertThat(call(new KinesisBefore(), KinesisEvent.class, payload)).isEqualTo(answer("k-1"));
        assertThat(Stations.SAVED).isEmpty();
        assertThat(call(new KinesisAfter(), KinesisEvent.class, payload)).isEqualTo(answer());
        assertThat(Stations.SAVED).containsExactly(SAVED);
        assertThat(YourCode.CALLS).containsExactly("parked k-1 END_OF_INPUT", "parked k-2 refused");
    }

    @Test
    void theyDifferAsThePageSays() throws IOException {
        for (List<String> row : PageTable.of("migrating.md", "Where the old code is wrong")) {
            String beside = code(row.get(0));
            String inside = code(row.get(1));
            String attributes = code(row.get(2));
            boolean timed = inside.contains("ApproximateCreationDateTime");
            String more = inside.isEmpty() || timed ? inside : "," + inside;
            String inSeconds = record(beside, timed ? inside : SECONDS + more, attributes);
            String inMillis = record(beside, timed ? inside : MILLISECONDS + more, attributes);
            assertThat(row.subList(3, 6))
                    .as(row.toString())
                    .containsExactly(
                            '`' + differences(ofLambda(inSeconds)) + '`',
                            '`' + differences(ofJackson(inMillis)) + '`',
                            '`' + differences(ofLibrary(inSeconds)) + '`');
            assertThat(ofLibrary(inMillis)).isEqualTo(ofLibrary(inSeconds));
        }
    }

    /** Returns the code in a cell; empty if there is none. */
    private static String code(String cell) {
        return cell.isEmpty() ? "" : cell.substring(cell.indexOf('`') + 1, cell.lastIndexOf('`'));
    }

    /** Returns what was saved other than it should have been, or the exception. */
    private static String differences(String outcome) {
        String[] values = outcome.split(", ", -1);
        String[] expected = SAVED.replace("closed", "null").split(", ", -1);
        if (values.length != expected.length) {
            return outcome;
        }
        StringJoiner differences = new StringJoiner(", ").setEmptyValue("saved");
        for (int i = 0; i < expected.length; i++) {
            if (!values[i].equals(expected[i])) {
                differences.add(NAMES.get(i) + " = " + values[i]);
            }
        }
        return differences.toString();
    }

    @Test
    void jacksonIgnoresWhatFollowsTheRecord() {
        String record = GOOD.replace("1741939512", "1741939512000") + "}garbage";
        assertThat(ofJackson(record)).isEqualTo(SAVED);
        assertThat(ofLibrary(record)).isEqualTo("TRAILING_DATA");
    }
}
