package example;

import static java.util.stream.Collectors.toCollection;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.Identity;
import com.amazonaws.services.dynamodbv2.model.Record;
import com.amazonaws.services.dynamodbv2.model.StreamRecord;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guide's recipe for the records of AWS SDK 1. */
final class SdkV1Records {
    private SdkV1Records() {}

    static ChangeEvent toEvent(Record record) {
        StreamRecord change = record.getDynamodb();
        String viewType = change.getStreamViewType();
        ChangeEvent.Builder event = ChangeEvent.builder(record.getEventName())
                .eventId(record.getEventID())
                .eventVersion(record.getEventVersion())
                .eventSource(record.getEventSource())
                .awsRegion(record.getAwsRegion())
                .keys(plain(change.getKeys()))
                .newImage(change.getNewImage() != null ? plain(change.getNewImage()) : null)
                .oldImage(change.getOldImage() != null ? plain(change.getOldImage()) : null)
                .sequenceNumber(change.getSequenceNumber())
                .sizeBytes(change.getSizeBytes())
                .streamViewType(viewType == null ? null : StreamViewType.valueOf(viewType));
        Date time = change.getApproximateCreationDateTime();
        if (time != null) {
            event.approximateCreationDateTime(time.toInstant(), TimePrecision.SECOND); // Streams rounds it to seconds
        }
        Identity identity = record.getUserIdentity();
        if (identity != null) { // Time to Live
            event.userIdentity(identity.getType(), identity.getPrincipalId());
        }
        return event.build();
    }

    static Map<String, @Nullable Object> plain(Map<String, AttributeValue> attributes) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        attributes.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static @Nullable Object plain(AttributeValue value) {
        if (value.getS() != null) {
            return value.getS();
        } else if (value.getN() != null) {
            return new BigDecimal(value.getN());
        } else if (value.getB() != null) {
            return value.getB(); // its position stays
        } else if (value.getBOOL() != null) {
            return value.getBOOL();
        } else if (value.getNULL() != null) {
            return null;
        } else if (value.getSS() != null) {
            return new LinkedHashSet<>(value.getSS());
        } else if (value.getNS() != null) {
            return value.getNS().stream().map(BigDecimal::new).collect(toCollection(LinkedHashSet::new));
        } else if (value.getBS() != null) {
            return new LinkedHashSet<>(value.getBS());
        } else if (value.getL() != null) {
            return value.getL().stream().map(SdkV1Records::plain).collect(toCollection(ArrayList::new));
        } else if (value.getM() != null) {
            return plain(value.getM());
        }
        throw new IllegalArgumentException("a value without a type");
    }
}
