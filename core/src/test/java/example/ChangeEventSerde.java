package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The guide's recipe for events that Kafka Streams and Kafka's clients serialize. */
// objects.md: a Kafka serde
public final class ChangeEventSerde extends Serdes.WrapperSerde<@Nullable ChangeEvent> {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    public ChangeEventSerde() { // Kafka Streams makes it by its name in default.value.serde
        super(ChangeEventSerde::write, ChangeEventSerde::read);
    }

    private static byte @Nullable [] write(String topic, @Nullable ChangeEvent event) {
        return event == null ? null : event.toBytes();
    }

    private static @Nullable ChangeEvent read(String topic, byte @Nullable [] bytes) {
        try {
            return bytes == null ? null : DECODER.decode(bytes); // null is a tombstone
        } catch (DecodeException e) {
            throw new SerializationException(e.getMessage(), e); // what follows is the client's decision
        }
    }
}
// objects.md: end
