package engines;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Deserializes the changes, and drops and counts the records that it cannot use. */
@SuppressWarnings({"NullAway.Init", "serial"}) // open initializes the transient fields
// docs/engines.md: a schema
public final class StationSchema extends AbstractDeserializationSchema<StationChange> {
    private final ChangeEventDecoder decoder; // Flink sends its options to each task
    private transient DecodeSession session; // for the thread of a task
    private transient Counter dropped;

    public StationSchema(ChangeEventDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void open(InitializationContext context) {
        session = decoder.newSession();
        dropped = context.getMetricGroup().counter("droppedRecords");
    }

    @Override
    public @Nullable StationChange deserialize(byte @Nullable [] message) {
        if (message == null) {
            return null; // a tombstone of a Kafka topic; a KafkaRecordDeserializationSchema also receives its key
        }
        try {
            return StationChange.of(session.decode(message));
        } catch (DecodeException | AttributeValueException e) { // if thrown, it would restart the job forever
            dropped.inc();
            return null;
        }
    }
}
// docs/engines.md: end
