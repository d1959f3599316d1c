package rows;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reference.RefTime;
import reference.RefValue;
import reference.ReferenceEvent;

/** The row that an event must become by the adapter's documentation. */
final class ReferenceRow {
    private ReferenceRow() {}

    /** Returns the attributes of Keys and NewImage, or of Keys and OldImage if the event is a REMOVE. Keys win. */
    static Map<String, RefValue> attributes(ReferenceEvent event) {
        Map<String, RefValue> image = event.eventName().equals("REMOVE") ? event.oldImage() : event.newImage();
        Map<String, RefValue> attributes = new HashMap<>();
        if (image != null) {
            attributes.putAll(image);
        }
        attributes.putAll(event.keys());
        return attributes;
    }

    /** @throws ReferenceColumn.Refused if the event must make no row */
    static Map<String, Expected> of(ReferenceEvent event, RandomTable table) throws ReferenceColumn.Refused {
        Map<String, RefValue> attributes = attributes(event);
        Map<String, Expected> row = new HashMap<>();
        for (ReferenceColumn column : table.columns()) {
            row.put(column.name(), column.of(attributes.get(column.name())));
        }
        row.put("eventName", Expected.exactly(event.eventName()));
        row.put("awsRegion", Expected.exactly(event.awsRegion()));
        row.put("sequenceNumber", Expected.exactly(event.sequenceNumber()));
        row.put("SizeBytes", Expected.exactly(event.sizeBytes()));
        row.put("isTimeToLiveDelete", Expected.exactly(event.isTimeToLiveDelete()));
        row.put("ApproximateCreationDateTime", Expected.exactly(count(event.time(), 1_000)));
        row.put("changed_at", Expected.exactly(count(event.time(), 1_000_000)));
        row.put("deleted", Expected.exactly(event.eventName().equals("REMOVE")));
        return row;
    }

    /** Returns the time since 1970 in fractions of a second. */
    private static @Nullable Long count(@Nullable RefTime time, int perSecond) {
        if (time == null) {
            return null;
        }
        return BigInteger.valueOf(time.epochSecond())
                .multiply(BigInteger.valueOf(perSecond))
                .add(BigInteger.valueOf((long) time.nano() * perSecond / 1_000_000_000L))
                .longValueExact();
    }
}
