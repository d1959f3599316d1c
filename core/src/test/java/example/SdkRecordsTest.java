package example;

import static example.Samples.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The guide's recipes for AWS SDK 2, with the SDK's own classes. */
class SdkRecordsTest {
    private static final SdkValues VALUES = new SdkValues();
    private static final Map<String, AttributeValue> KEYS =
            Map.of("id", AttributeValue.fromN("17"), "at", AttributeValue.fromS("x"));

    /** The old image of {@link Samples#EVERY_TYPE}. */
    private static final Map<String, AttributeValue> EVERY_TYPE = Map.ofEntries(
            Map.entry("id", AttributeValue.fromN("17")),
            Map.entry("at", AttributeValue.fromS("x")),
            Map.entry("s", AttributeValue.fromS("a \"b\"\n")),
            Map.entry("empty", AttributeValue.fromS("")),
            Map.entry("n", AttributeValue.fromN("-12345678901234567890123456789012345678")),
            Map.entry("small", AttributeValue.fromN("1E-130")),
            Map.entry("b", AttributeValue.fromB(bytes(0, 0xFF))),
            Map.entry("none", AttributeValue.fromB(bytes())),
            Map.entry("yes", AttributeValue.fromBool(true)),
            Map.entry("no", AttributeValue.fromBool(false)),
            Map.entry("null", AttributeValue.fromNul(true)),
            Map.entry("ss", AttributeValue.fromSs(List.of("b", "a", ""))),
            Map.entry("ns", AttributeValue.fromNs(List.of("3", "1.50", "-2"))),
            Map.entry("bs", AttributeValue.fromBs(List.of(bytes(1), bytes(2, 3)))),
            Map.entry("l", list(AttributeValue.fromS("x"), AttributeValue.fromNul(true), list())),
            Map.entry("m", map(Map.of("k", map(Map.of()), "n", AttributeValue.fromN("0")))),
            Map.entry("emptyList", list()),
            Map.entry("emptyMap", map(Map.of())));

    private static SdkBytes bytes(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return SdkBytes.fromByteArray(array);
    }

    private static AttributeValue list(AttributeValue... values) {
        return AttributeValue.fromL(List.of(values));
    }

    private static AttributeValue map(Map<String, AttributeValue> attributes) {
        return AttributeValue.fromM(attributes);
    }

    /** Returns the record of {@link Samples#EVERY_TYPE}, as the SDK's client returns it. */
    private static Record.Builder everyType() {
        return Record.builder()
                .eventID("e-1")
                .eventName("REMOVE")
                .eventVersion("1.1")
                .eventSource("aws:dynamodb")
                .awsRegion("eu-west-1")
                .dynamodb(change().build())
                .userIdentity(user -> user.type("Service").principalId("dynamodb.amazonaws.com"));
    }

    private static StreamRecord.Builder change() {
        return StreamRecord.builder()
                .approximateCreationDateTime(Instant.ofEpochSecond(1741939512))
                .keys(KEYS)
                .oldImage(EVERY_TYPE)
                .sequenceNumber("4421584500000000017450439091")
                .sizeBytes(170L)
                .streamViewType("NEW_AND_OLD_IMAGES");
    }

    @Test
    void aRecordIsTheEventThatIsDecodedFromItsJson() {
        ChangeEvent event = SdkRecords.toEvent(everyType().build());
        assertSame(event, Samples.everyTypeWithoutArn());
        assertThat(event.deletedByTimeToLive()).isTrue();
    }

    @Test
    void anItemIsTheMapOfTheSdk() {
        ChangeEvent event = Samples.everyType();
        assertThat(Objects.requireNonNull(event.oldImage()).toMap(VALUES)).isEqualTo(EVERY_TYPE);
        assertThat(event.keys().toMap(VALUES)).isEqualTo(KEYS);
    }

    @Test
    void anItemIsABeanOfTheEnhancedClient() throws IOException {
        ChangeEvent event = Samples.bundled().get(2);
        SdkBeans.Station station = SdkBeans.station(Objects.requireNonNull(event.newImage()));
        assertThat(station.getId()).isEqualTo("FRA-0117");
        assertThat(station.getBikes()).isEqualTo(4);
    }

    @Test
    void imagesAndMembersThatTheRecordLacksAreAbsent() {
        ChangeEvent event = SdkRecords.toEvent(Record.builder()
                .eventName("INSERT")
                .dynamodb(change -> change.keys(KEYS))
                .build());
        assertThat(event.newImage()).isNull();
        assertThat(event.oldImage()).isNull();
        assertThat(event.userIdentity()).isNull();
        assertThat(event.approximateCreationDateTime()).isNull();
        assertThat(event.sequenceNumber()).isNull();
        assertThat(event.streamViewType()).isNull();
    }

    @Test
    void theTimeIsInSecondsAsTheStreamSendsIt() {
        ChangeEvent event = SdkRecords.toEvent(everyType().build());
        assertThat(new String(event.toBytes(), UTF_8)).contains("\"ApproximateCreationDateTime\":1741939512,");
    }

    @Test
    void aValueWithoutATypeIsRefused() {
        AttributeValue none = AttributeValue.builder().build();
        AttributeValue two = AttributeValue.builder().s("a").n("1").build();
        for (AttributeValue value : List.of(none, two)) {
            Record record = everyType()
                    .dynamodb(change().oldImage(Map.of("a", value)).build())
                    .build();
            assertThatThrownBy(() -> SdkRecords.toEvent(record)).hasMessageStartingWith("a value of ");
        }
    }

    @Property(tries = 500)
    void anyItemReturnsAsItWas(@ForAll("events") GeneratedEvent event) {
        for (Item item : Samples.items(ChangeEventDecoder.create().decode(event.bytes()))) {
            Assume.that(!hasEmptySet(item.toMap().values())); // which DynamoDB does not have
            assertReturns(item);
        }
    }

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    private static boolean hasEmptySet(Collection<?> values) {
        for (Object value : values) {
            if ((value instanceof Set<?> set && set.isEmpty())
                    || (value instanceof List<?> list && hasEmptySet(list))
                    || (value instanceof Map<?, ?> map && hasEmptySet(map.values()))) {
                return true;
            }
        }
        return false;
    }

    private static void assertReturns(Item item) {
        ChangeEvent copy = ChangeEvent.builder("INSERT")
                .keys(SdkRecords.plain(item.toMap(VALUES)))
                .build();
        assertThat(copy.keys()).isEqualTo(item);
    }

    @Test
    void itemsOfRealEventsReturnAsTheyWere() throws IOException {
        for (ChangeEvent event : Samples.bundled()) {
            Samples.items(event).forEach(SdkRecordsTest::assertReturns);
        }
    }
}
