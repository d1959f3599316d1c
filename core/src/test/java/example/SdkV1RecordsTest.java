package example;

import static example.Samples.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.Identity;
import com.amazonaws.services.dynamodbv2.model.Record;
import com.amazonaws.services.dynamodbv2.model.StreamRecord;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The guide's recipes for AWS SDK 1, with the SDK's own classes. */
class SdkV1RecordsTest {
    private static final SdkV1Values VALUES = new SdkV1Values();
    private static final Map<String, AttributeValue> KEYS =
            Map.of("id", new AttributeValue().withN("17"), "at", new AttributeValue("x"));

    /** The old image of {@link Samples#EVERY_TYPE}. */
    private static final Map<String, AttributeValue> EVERY_TYPE = Map.ofEntries(
            Map.entry("id", new AttributeValue().withN("17")),
            Map.entry("at", new AttributeValue("x")),
            Map.entry("s", new AttributeValue("a \"b\"\n")),
            Map.entry("empty", new AttributeValue("")),
            Map.entry("n", new AttributeValue().withN("-12345678901234567890123456789012345678")),
            Map.entry("small", new AttributeValue().withN("1E-130")),
            Map.entry("b", new AttributeValue().withB(bytes(0, 0xFF))),
            Map.entry("none", new AttributeValue().withB(bytes())),
            Map.entry("yes", new AttributeValue().withBOOL(true)),
            Map.entry("no", new AttributeValue().withBOOL(false)),
            Map.entry("null", new AttributeValue().withNULL(true)),
            Map.entry("ss", new AttributeValue().withSS("b", "a", "")),
            Map.entry("ns", new AttributeValue().withNS("3", "1.50", "-2")),
            Map.entry("bs", new AttributeValue().withBS(bytes(1), bytes(2, 3))),
            Map.entry("l", list(new AttributeValue("x"), new AttributeValue().withNULL(true), list())),
            Map.entry("m", map(Map.of("k", map(Map.of()), "n", new AttributeValue().withN("0")))),
            Map.entry("emptyList", list()),
            Map.entry("emptyMap", map(Map.of())));

    private static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }

    private static AttributeValue list(AttributeValue... values) {
        return new AttributeValue().withL(List.of(values));
    }

    private static AttributeValue map(Map<String, AttributeValue> attributes) {
        return new AttributeValue().withM(attributes);
    }

    /** Returns the record of {@link Samples#EVERY_TYPE}. */
    private static Record everyType() {
        return new Record()
                .withEventID("e-1")
                .withEventName("REMOVE")
                .withEventVersion("1.1")
                .withEventSource("aws:dynamodb")
                .withAwsRegion("eu-west-1")
                .withUserIdentity(new Identity().withType("Service").withPrincipalId("dynamodb.amazonaws.com"))
                .withDynamodb(new StreamRecord()
                        .withApproximateCreationDateTime(Date.from(Instant.ofEpochSecond(1741939512)))
                        .withKeys(KEYS)
                        .withOldImage(EVERY_TYPE)
                        .withSequenceNumber("4421584500000000017450439091")
                        .withSizeBytes(170L)
                        .withStreamViewType("NEW_AND_OLD_IMAGES"));
    }

    @Test
    void aRecordIsTheEventThatIsDecodedFromItsJson() {
        Record record = everyType();
        assertSame(SdkV1Records.toEvent(record), Samples.everyTypeWithoutArn());
        assertThat(record).isEqualTo(everyType()); // its buffers too
    }

    @Test
    void anItemIsTheMapOfTheSdk() {
        ChangeEvent event = Samples.everyType();
        assertThat(Objects.requireNonNull(event.oldImage()).toMap(VALUES)).isEqualTo(EVERY_TYPE);
        assertThat(event.keys().toMap(VALUES)).isEqualTo(KEYS);
    }

    @Test
    void imagesAndMembersThatTheRecordLacksAreAbsent() {
        ChangeEvent event = SdkV1Records.toEvent(
                new Record().withEventName("INSERT").withDynamodb(new StreamRecord().withKeys(KEYS)));
        assertThat(event.newImage()).isNull();
        assertThat(event.oldImage()).isNull();
        assertThat(event.userIdentity()).isNull();
        assertThat(event.approximateCreationDateTime()).isNull();
    }

    @Test
    void aValueWithoutATypeIsRefused() {
        Record record = everyType();
        record.getDynamodb().setOldImage(Map.of("a", new AttributeValue()));
        assertThatIllegalArgumentException().isThrownBy(() -> SdkV1Records.toEvent(record));
    }

    @Test
    void itemsOfRealEventsReturnAsTheyWere() throws IOException {
        for (ChangeEvent event : Samples.bundled()) {
            for (Item item : Samples.items(event)) {
                ChangeEvent copy = ChangeEvent.builder("INSERT")
                        .keys(SdkV1Records.plain(item.toMap(VALUES)))
                        .build();
                assertThat(copy.keys()).isEqualTo(item);
            }
        }
    }
}
