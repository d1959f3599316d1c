package example;

import static java.util.stream.Collectors.toCollection;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guide's recipe for the event classes of aws-lambda-java-events. */
final class LambdaRecords {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private LambdaRecords() {}

    // objects.md: records of Lambda
    static ChangeEvent toEvent(DynamodbStreamRecord record) {
        StreamRecord change = record.getDynamodb();
        String viewType = change.getStreamViewType();
        ChangeEvent.Builder event = ChangeEvent.builder(record.getEventName())
                .eventId(record.getEventID())
                .eventVersion(record.getEventVersion())
                .eventSource(record.getEventSource())
                .eventSourceArn(record.getEventSourceARN()) // which names the table
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
            return value.getL().stream().map(LambdaRecords::plain).collect(toCollection(ArrayList::new));
        } else if (value.getM() != null) {
            return plain(value.getM());
        }
        throw new IllegalArgumentException("a value without a type");
    }
    // objects.md: end

    // objects.md: a whole DynamodbEvent
    private static final PojoSerializer<DynamodbEvent> SERIALIZER =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, DynamodbEvent.class.getClassLoader());

    static ChangeEventReader read(DynamodbEvent event) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        SERIALIZER.toJson(event, json);
        return DECODER.read(json.toByteArray()); // needs no leniency
    }
    // objects.md: end
}
