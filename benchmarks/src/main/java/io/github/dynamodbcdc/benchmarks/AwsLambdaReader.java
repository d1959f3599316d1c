package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of a Lambda function whose input is a {@link DynamodbEvent}: the serializer of Lambda's Java runtime reads
 * the event from a stream, then its attribute values are unwrapped. Each call copies its record into the event's
 * envelope, <code>{"Records":[]}</code>, because the serializer reads whole events. In a function, the event has many
 * records and no copy is made. The serializer reads the creation time as seconds, whatever its unit is. No task
 * compares it. Its index is the event. It does not support binary, which no payload contains.
 */
final class AwsLambdaReader implements EventReader {
    private static final byte[] BEFORE = "{\"Records\":[".getBytes(US_ASCII);
    private static final byte[] AFTER = "]}".getBytes(US_ASCII);

    private final PojoSerializer<DynamodbEvent> serializer =
            LambdaEventSerializers.serializerFor(DynamodbEvent.class, AwsLambdaReader.class.getClassLoader());

    @Override
    public PlainEvent full(byte[] record) {
        StreamRecord change = change(record);
        return new PlainEvent(item(change.getKeys()), image(change.getNewImage()), image(change.getOldImage()));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        Map<String, AttributeValue> image = change(record).getNewImage();
        if (image == null) {
            return;
        }
        AttributeValue updatedAt = image.get(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(updatedAt.getN()));
        }
        AttributeValue amount = image.get(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(amount.getN()));
        }
        AttributeValue active = image.get(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active.getBOOL());
        }
        AttributeValue status = image.get(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status.getS());
        }
        AttributeValue id = image.get(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id.getS());
        }
    }

    @Override
    public Object index(byte[] record) {
        return read(record);
    }

    private StreamRecord change(byte[] record) {
        return read(record).getRecords().get(0).getDynamodb();
    }

    private DynamodbEvent read(byte[] record) {
        byte[] event = new byte[BEFORE.length + record.length + AFTER.length];
        System.arraycopy(BEFORE, 0, event, 0, BEFORE.length);
        System.arraycopy(record, 0, event, BEFORE.length, record.length);
        System.arraycopy(AFTER, 0, event, BEFORE.length + record.length, AFTER.length);
        return serializer.fromJson(new ByteArrayInputStream(event));
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable Map<String, AttributeValue> image) {
        return image == null ? null : item(image);
    }

    private static Map<String, @Nullable Object> item(Map<String, AttributeValue> item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.size() * 2);
        item.forEach((name, attributeValue) -> map.put(name, value(attributeValue)));
        return map;
    }

    private static @Nullable Object value(AttributeValue value) {
        if (value.getS() != null) {
            return value.getS();
        }
        if (value.getN() != null) {
            return new BigDecimal(value.getN());
        }
        if (value.getBOOL() != null) {
            return value.getBOOL();
        }
        if (value.getNULL() != null) {
            return null;
        }
        if (value.getM() != null) {
            return item(value.getM());
        }
        if (value.getL() != null) {
            return list(value.getL());
        }
        if (value.getSS() != null) {
            return new HashSet<>(value.getSS());
        }
        if (value.getNS() != null) {
            return decimals(value.getNS());
        }
        throw new IllegalArgumentException("a type descriptor that no payload contains");
    }

    private static Set<BigDecimal> decimals(List<String> members) {
        Set<BigDecimal> set = new HashSet<>();
        for (String member : members) {
            set.add(new BigDecimal(member));
        }
        return set;
    }

    private static List<@Nullable Object> list(List<AttributeValue> members) {
        List<@Nullable Object> list = new ArrayList<>(members.size());
        for (AttributeValue member : members) {
            list.add(value(member));
        }
        return list;
    }
}
