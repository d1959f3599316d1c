package engines;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import org.jspecify.annotations.Nullable;

// docs/engines.md: your own type
/** A change of the table bike-stations. Flink serializes a record field by field, without Kryo. */
public record StationChange(
        String station,
        long micros,
        boolean deleted,
        @Nullable Integer bikes) {
    /** Throws an {@link AttributeValueException} for an event of another table. */
    static StationChange of(ChangeEvent event) {
        CreationTime time = event.approximateCreationDateTime();
        Item image = event.newImage();
        return new StationChange(
                event.keys().require("station_id").asString(),
                time == null ? 0 : time.epochMicros(), // null in a full export, which is older than all changes
                event.eventName() == EventName.REMOVE,
                image == null ? null : image.require("bikes").asInt());
    }
}
// docs/engines.md: end
