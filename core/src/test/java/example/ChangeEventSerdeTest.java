package example;

import static example.Samples.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The guide's serde, with Kafka's interfaces and MockProducer. */
class ChangeEventSerdeTest {
    private final Serde<@Nullable ChangeEvent> serde = new ChangeEventSerde();

    @Test
    void anEventIsTheSameAfterTheTopic() throws IOException {
        for (ChangeEvent event : Samples.bundled()) {
            byte[] bytes = serde.serializer().serialize("changes", event);
            assertSame(event(bytes), event);
            assertSame(ChangeEventDecoder.create().decode(bytes), event);
        }
    }

    private ChangeEvent event(byte[] bytes) {
        ChangeEvent event = serde.deserializer().deserialize("changes", bytes);
        assertThat(event).isNotNull();
        return event;
    }

    @Test
    void aTombstoneStaysNull() {
        assertThat(serde.serializer().serialize("changes", null)).isNull();
        assertThat(serde.deserializer().deserialize("changes", (byte[]) null)).isNull();
    }

    @Test
    void aBadRecordIsASerializationExceptionWithoutAValue() {
        byte[] bad = Payloads.BAD_NUMBER.getBytes(UTF_8);
        assertThatThrownBy(() -> serde.deserializer().deserialize("changes", bad))
                .isInstanceOf(SerializationException.class)
                .hasCauseInstanceOf(DecodeException.class)
                .hasMessageStartingWith("BAD_NUMBER at offset ")
                .message()
                .doesNotContain("1x8");
    }

    @Test
    void kafkaMakesItByItsName() throws ClassNotFoundException {
        Serde<?> made = Utils.newInstance("example.ChangeEventSerde", Serde.class);
        made.configure(Map.of(), false);
        assertThat(made.deserializer()).isNotNull();
    }

    @Test
    void aProducerSendsEvents() {
        try (MockProducer<String, @Nullable ChangeEvent> producer =
                new MockProducer<>(true, new StringSerializer(), serde.serializer())) {
            assertThat(producer.send(new ProducerRecord<>("changes", "17", Samples.everyType())))
                    .isDone();
            assertThat(producer.history()).hasSize(1);
        }
    }
}
