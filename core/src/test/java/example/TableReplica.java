package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The guide's recipe for a second table that follows the first one, written with AWS SDK 2. */
// objects.md: a replica
public final class TableReplica {
    private static final SdkValues VALUES = new SdkValues();
    private static final String NOT_EARLIER = "attribute_not_exists(#version) OR #version <= :version";
    private static final Map<String, String> NAMES = Map.of("#version", "_version");

    private final DynamoDbClient client;
    private final String table;
    private final boolean keepTombstones;

    /** Makes a replica that keeps tombstones of deleted items, or not: only DynamoDB Streams needs none. */
    public TableReplica(DynamoDbClient client, String table, boolean keepTombstones) {
        this.client = client;
        this.table = table;
        this.keepTombstones = keepTombstones;
    }

    /** Applies a change. Returns false if the replica has a later change of the same item. */
    public boolean apply(ChangeEvent event) {
        AttributeValue version = AttributeValue.fromS(version(event));
        Map<String, AttributeValue> values = Map.of(":version", version);
        try {
            if (event.eventName() == EventName.REMOVE && !keepTombstones) {
                client.deleteItem(delete -> delete.tableName(table)
                        .key(event.keys().toMap(VALUES))
                        .conditionExpression(NOT_EARLIER)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values));
            } else {
                Map<String, AttributeValue> item = item(event);
                item.put("_version", version);
                client.putItem(put -> put.tableName(table)
                        .item(item)
                        .conditionExpression(NOT_EARLIER)
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values));
            }
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> item(ChangeEvent event) {
        if (event.eventName() == EventName.REMOVE) {
            Map<String, AttributeValue> tombstone = new HashMap<>(event.keys().toMap(VALUES));
            tombstone.put("_deleted", AttributeValue.fromBool(true)); // readers filter by this attribute
            long end = Instant.now().plus(8, ChronoUnit.DAYS).getEpochSecond(); // more than the stream keeps records
            tombstone.put("_expires", AttributeValue.fromN(Long.toString(end))); // the attribute for Time to Live
            return tombstone;
        }
        Item image = event.newImage();
        if (image == null) {
            throw new IllegalArgumentException("the stream's view type must include new images");
        }
        return new HashMap<>(image.toMap(VALUES));
    }

    /** Returns a text that grows from change to change of an item. */
    private static String version(ChangeEvent event) {
        String number = event.sequenceNumber(); // on Streams, where the time is in seconds: several changes share one
        CreationTime time = event.approximateCreationDateTime();
        if (number == null) {
            number = time == null ? "0" : Long.toString(time.epochMicros()); // a full export has none: any change wins
        }
        return "0".repeat(40 - number.length()) + number; // has up to 40 digits, more than an N holds
    }
}
// objects.md: end
