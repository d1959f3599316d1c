package example;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The guide's recipe for the records of AWS SDK 2: the streams client, the Kinesis adapter and Flink's source. */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // readers of the guide may be on Java 11
final class SdkRecords {
    private SdkRecords() {}

    // objects.md: records of AWS SDK 2
    static ChangeEvent toEvent(Record record) {
        StreamRecord change = record.dynamodb();
        String viewType = change.streamViewTypeAsString();
        ChangeEvent.Builder event = ChangeEvent.builder(record.eventNameAsString())
                .eventId(record.eventID())
                .eventVersion(record.eventVersion())
                .eventSource(record.eventSource())
                .awsRegion(record.awsRegion())
                .keys(plain(change.keys()))
                .newImage(change.hasNewImage() ? plain(change.newImage()) : null) // an absent one is an empty map
                .oldImage(change.hasOldImage() ? plain(change.oldImage()) : null)
                .sequenceNumber(change.sequenceNumber())
                .sizeBytes(change.sizeBytes())
                .streamViewType(viewType == null ? null : StreamViewType.valueOf(viewType));
        Instant time = change.approximateCreationDateTime();
        if (time != null) {
            event.approximateCreationDateTime(time, TimePrecision.SECOND); // to which DynamoDB Streams rounds it
        }
        Identity identity = record.userIdentity();
        if (identity != null) { // Time to Live
            event.userIdentity(identity.type(), identity.principalId());
        }
        return event.build();
    }

    static Map<String, @Nullable Object> plain(Map<String, AttributeValue> attributes) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        attributes.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static @Nullable Object plain(AttributeValue value) {
        switch (requireNonNull(value.type(), "a value of several types")) { // value.l() is never null
            case S:
                return value.s();
            case N:
                return new BigDecimal(value.n());
            case B:
                return value.b().asByteBuffer(); // a read-only view: copies nothing
            case BOOL:
                return value.bool();
            case NUL:
                return null;
            case SS:
                return new LinkedHashSet<>(value.ss());
            case NS:
                return value.ns().stream().map(BigDecimal::new).collect(toCollection(LinkedHashSet::new));
            case BS:
                return value.bs().stream().map(SdkBytes::asByteBuffer).collect(toCollection(LinkedHashSet::new));
            case L:
                return value.l().stream().map(SdkRecords::plain).collect(toCollection(ArrayList::new));
            case M:
                return plain(value.m());
            default:
                throw new IllegalArgumentException(
                        "a value of no type, or of one that this version of the SDK does not have");
        }
    }
    // objects.md: end
}
