package example;

import static example.Samples.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The guide's recipes for Lambda's event classes, which Lambda's own serializer fills from real payloads. */
class LambdaRecordsTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final LambdaValues VALUES = new LambdaValues();

    private static DynamodbEvent lambda(byte[] payload) {
        return LambdaEventSerializers.serializerFor(DynamodbEvent.class, LambdaRecordsTest.class.getClassLoader())
                .fromJson(new String(payload, UTF_8));
    }

    private static byte[] payload(String... records) {
        return Payloads.stream(records).getBytes(UTF_8);
    }

    private static List<ChangeEvent> decode(byte[] payload) {
        List<ChangeEvent> events = new ArrayList<>();
        DECODER.read(payload).forEach(events::add);
        return events;
    }

    private static List<ChangeEvent> toEvents(byte[] payload) {
        return lambda(payload).getRecords().stream().map(LambdaRecords::toEvent).toList();
    }

    private static List<ChangeEvent> serialized(byte[] payload) {
        List<ChangeEvent> events = new ArrayList<>();
        LambdaRecords.read(lambda(payload)).forEach(events::add);
        return events;
    }

    private static void assertAllSame(List<ChangeEvent> actual, List<ChangeEvent> expected) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < actual.size(); i++) {
            assertSame(actual.get(i), expected.get(i));
        }
    }

    @Test
    void recordsAreTheEventsThatAreDecodedFromThePayload() {
        byte[] payload = payload(Samples.EVERY_TYPE, Payloads.FIRST);
        assertAllSame(toEvents(payload), decode(payload));
    }

    @Test
    void aSerializedEventIsReadAsTheSameEvents() {
        byte[] payload = payload(Samples.EVERY_TYPE, Payloads.FIRST);
        assertAllSame(serialized(payload), decode(payload));
    }

    @Test
    void realPayloadsGiveTheSameEventsInBothWays() throws IOException {
        int events = 0;
        for (Path file : Samples.files("lambda-ddb")) {
            byte[] payload = Files.readAllBytes(file);
            if (!isSoundBatch(payload)) {
                continue; // a record by itself, or one that is bad on purpose
            }
            List<ChangeEvent> decoded = decode(payload);
            assertAllSame(serialized(payload), map(decoded, LambdaRecordsTest::inMilliseconds));
            if (new String(payload, UTF_8).replaceAll("\\s", "").contains("S\":[]")) {
                assertThatIllegalArgumentException().isThrownBy(() -> toEvents(payload)); // DynamoDB has no empty set
                continue;
            }
            assertAllSame(toEvents(payload), map(decoded, LambdaRecordsTest::inSeconds));
            events += decoded.size();
        }
        assertThat(events).isGreaterThan(20);
    }

    private static boolean isSoundBatch(byte[] payload) {
        ChangeEventReader reader = DECODER.read(payload);
        for (SourceRecord record : reader.records()) {
            if (record.failure() != null) {
                return false;
            }
        }
        return reader.envelope().shape() == EnvelopeShape.RECORDS;
    }

    private static List<ChangeEvent> map(List<ChangeEvent> events, Function<CreationTime, Instant> time) {
        return events.stream().map(event -> withTime(event, time)).toList();
    }

    private static ChangeEvent withTime(ChangeEvent event, Function<CreationTime, Instant> change) {
        CreationTime time = event.approximateCreationDateTime();
        return time == null
                ? event
                : event.toBuilder()
                        .approximateCreationDateTime(change.apply(time), time.precision())
                        .build();
    }

    /** Returns the time as a Date has it. DynamoDB Streams sends seconds, but some samples have a fraction. */
    private static Instant inMilliseconds(CreationTime time) {
        return time.toInstant().truncatedTo(MILLIS);
    }

    /** Lambda's classes read every number as seconds, also the milliseconds of one sample. */
    private static Instant inSeconds(CreationTime time) {
        Instant instant = time.toInstant();
        Instant seconds = instant.truncatedTo(SECONDS);
        boolean milliseconds = time.precision() == TimePrecision.MILLISECOND && instant.equals(seconds);
        return milliseconds ? Instant.ofEpochSecond(time.epochMillis()) : seconds;
    }

    @Test
    void aTimeOfKinesisIsInTheFarFutureInLambdasClassesButNotInTheirJson() {
        for (String time : List.of("1741939512123", "1741939512123456")) {
            byte[] payload = payload(Payloads.FIRST.replace("1741938077", time));
            assertAllSame(serialized(payload), decode(payload));
            Date read = lambda(payload).getRecords().get(0).getDynamodb().getApproximateCreationDateTime();
            assertThat(read.toInstant()).isAfter(Instant.parse("+50000-01-01T00:00:00Z"));
        }
    }

    @Test
    void anItemIsTheMapOfLambda() {
        Item image = Objects.requireNonNull(Samples.everyType().oldImage());
        assertThat(image.toMap(VALUES))
                .isEqualTo(Objects.requireNonNull(
                                lambda(payload(Samples.EVERY_TYPE)).getRecords().get(0))
                        .getDynamodb()
                        .getOldImage());
    }

    @Test
    void readingBinaryLeavesItsBufferAsItIs() {
        DynamodbEvent event = lambda(payload(Samples.EVERY_TYPE));
        DynamodbEvent.DynamodbStreamRecord record = event.getRecords().get(0);
        assertSame(LambdaRecords.toEvent(record), LambdaRecords.toEvent(record));
        AttributeValue binary =
                Objects.requireNonNull(record.getDynamodb().getOldImage().get("b"));
        assertThat(binary.getB().remaining()).isEqualTo(2);
    }

    @Test
    void aValueWithoutATypeIsRefused() {
        DynamodbEvent.DynamodbStreamRecord record =
                lambda(payload(Payloads.FIRST)).getRecords().get(0);
        record.getDynamodb().setKeys(Map.of("id", new AttributeValue()));
        assertThatIllegalArgumentException().isThrownBy(() -> LambdaRecords.toEvent(record));
    }
}
