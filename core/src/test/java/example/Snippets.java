package example;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import io.github.dynamodbcdc.TimePrecision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Java code of README.md and core/docs, between comments that name its page. A test keeps the two equal. */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // readers of the README may be on Java 11
final class Snippets {
    /** Records the effects of the code, for the test. */
    final Map<String, @Nullable Object> done = new LinkedHashMap<>();

    void look(byte[] bytes) {
        // README: an event
        ChangeEventDecoder decoder = ChangeEventDecoder.create(); // immutable and thread-safe: create one and share it
        ChangeEvent event = decoder.decode(bytes); // or read(input), for a payload, a stream or a file
        String station = event.keys().require("station_id").asString(); // exact, or an exception
        Item image = event.newImage(); // null after a REMOVE, and if the stream's view type omits it
        show(event.eventName(), station, image == null ? null : image.toMap()); // MODIFY, FRA-0117, {bikes=4, ...}
        // README: end
    }

    void apply(ChangeEvent event) {
        // events.md: branch on the event name
        switch (event.eventName()) {
            case INSERT:
            case MODIFY:
                Item image = event.newImage(); // null if the stream's view type omits it
                if (image != null) {
                    upsert(event.keys().toMap(), image.toMap()); // String, BigDecimal, byte[], Boolean, Set, List, Map
                }
                break;
            case REMOVE:
                delete(event.keys().toMap());
                break;
            default: // a name that AWS may add in the future
                skip(event.eventNameText());
        }
        // events.md: end
    }

    void values(ChangeEvent event) {
        // events.md: read the values
        String station = event.keys().require("station_id").asString(); // throws if absent or not an S; no default
        Item image = event.newImage();
        if (image != null) {
            show(station, image.require("bikes").asInt()); // exact: throws for 1.5 and 3000000000
        }
        CreationTime time = event.approximateCreationDateTime(); // null if the source sent none
        if (time != null) {
            orderBy(time.epochMicros()); // one scale, whatever unit was sent; time.precision() is that unit
        }
        // events.md: end
    }

    void iterate(Item image) {
        // events.md: all attributes
        for (Map.Entry<String, AttributeValue> attribute : image) { // in the order of the record
            list(attribute.getKey(), attribute.getValue().type()); // bikes, N
        }
        // events.md: end
    }

    void changes(ChangeEvent event) {
        // events.md: what changed
        ItemDiff diff = event.diff(); // null unless both sides of the change are known
        if (diff != null) {
            unset(diff.removed().keySet()); // the attributes that this change removed
            for (PathChange change : diff.changes()) { // also inside maps and lists
                AttributeValue before = change.before(); // null if the change added the value
                AttributeValue after = change.after(); // null if the change removed it; never both
                audit(
                        change.path(),
                        before == null ? "absent" : before.toObject(),
                        after == null ? "absent" : after.toObject()); // tariff.per_minute, 0.15, 0.18
            }
        }
        // events.md: end
    }

    void failure(ChangeEventDecoder decoder, byte[] bytes) {
        // events.md: handle a failure
        DecodeResult result = decoder.tryDecode(bytes); // decode(bytes) throws the exception that failure() returns
        DecodeException failure = result.failure();
        if (failure == null) {
            accept(result.orElseThrow());
        } else {
            park(bytes, failure.reason()); // for example BAD_NUMBER
            log(failure.getMessage(), failure.path()); // an offset, dynamodb.NewImage.*.N; no value, no name
        }
        // events.md: end
    }

    void attribute(Item image) {
        // events.md: log the name of an attribute
        String column = "bikes"; // yours, so you may log it
        try {
            count(image.require(column).asInt());
        } catch (AttributeValueException e) {
            log(e.getMessage(), column); // asked for int, found a number with a fraction; bikes
        }
        // events.md: end
    }

    void objects() {
        // objects.md: a builder
        ChangeEvent event = ChangeEvent.builder(EventName.INSERT)
                .tableName("bike-stations")
                .keys(Map.of("station_id", "FRA-0117"))
                .newImage(Map.of("station_id", "FRA-0117", "bikes", 9, "tags", Set.of("indoor"))) // S, N, SS
                .approximateCreationDateTime(Instant.now(), TimePrecision.MICROSECOND)
                .build();
        String key = event.itemKey(); // one text per table and Keys; null if Keys are empty
        publish(key, event.toBytes()); // the record as DynamoDB writes it
        // objects.md: end
    }

    private void audit(String path, @Nullable Object before, @Nullable Object after) {
        done.put("audit " + path, before + " -> " + after);
    }

    private void publish(@Nullable String key, byte[] value) {
        done.put("publish " + key, value);
    }

    private void upsert(Map<String, @Nullable Object> keys, Map<String, @Nullable Object> item) {
        done.put("upsert " + keys, item);
    }

    private void delete(Map<String, @Nullable Object> keys) {
        done.put("delete " + keys, null);
    }

    private void skip(@Nullable String eventName) {
        done.put("skip", eventName);
    }

    private void show(EventName name, String station, @Nullable Map<String, @Nullable Object> image) {
        done.put(name + " " + station, image);
    }

    private void show(String station, int bikes) {
        done.put(station, bikes);
    }

    private void list(String name, AttributeType type) {
        done.put(name, type);
    }

    private void count(int bikes) {
        done.put("count", bikes);
    }

    private void orderBy(long micros) {
        done.put("orderBy", micros);
    }

    private void unset(Set<String> names) {
        done.put("unset", Set.copyOf(names));
    }

    private void accept(ChangeEvent event) {
        done.put("accept", event.eventName());
    }

    private void park(byte[] bytes, DecodeException.Reason reason) {
        done.put("park", bytes.length + " " + reason);
    }

    private void log(@Nullable String message, String path) {
        done.put("log", Objects.requireNonNull(message) + " " + path);
    }
}
