package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one DynamoDB change event into one row of Apache Pinot.
 *
 * <p>The row holds the attributes of NewImage and of Keys as columns of their names, the column {@code eventName}, and
 * the column {@code ApproximateCreationDateTime} in milliseconds since 1970. Where names collide, Keys win over NewImage
 * and the two envelope columns win over both. On REMOVE, where there is no NewImage, the attributes are those of Keys.
 *
 * <p>N becomes a {@code Long} if it is integral and fits, otherwise a {@code BigDecimal}; S a {@code String}, B a
 * {@code byte[]}, BOOL a {@code Boolean}, NULL null, M a {@code HashMap}, L and the sets an {@code Object[]}.
 *
 * <p>When Pinot names the fields to read, the row gets exactly those, null for each that the event lacks; otherwise it
 * gets all. An empty payload (a tombstone) and an event that is not INSERT, MODIFY or REMOVE are passed over: the row is
 * marked {@link GenericRow#SKIP_RECORD_KEY}. A payload that does not decode ends in core's {@code DecodeException}, which
 * Pinot logs before it drops the row.
 *
 * <p>No property is read. Pinot creates one instance for each partition and calls it from one thread.
 */
public final class DynamoDbMessageDecoder implements StreamMessageDecoder<byte[]> {
    private static final String EVENT_NAME = "eventName";
    private static final String CREATION_TIME = "ApproximateCreationDateTime";

    private final ChangeEventDecoder decoder = ChangeEventDecoder.create();

    /** Empty: all. */
    private Set<String> fieldsToRead = Set.of();

    /** For Pinot, which calls one of the two {@code init} methods next. */
    public DynamoDbMessageDecoder() {}

    /** The only form that Pinot before 1.2 knows. */
    @Override
    public void init(Map<String, String> props, @Nullable Set<String> fieldsToRead, String topicName) {
        setFieldsToRead(fieldsToRead);
    }

    @Override
    public void init(
            @Nullable Set<String> fieldsToRead, StreamConfig streamConfig, TableConfig tableConfig, Schema schema) {
        setFieldsToRead(fieldsToRead);
    }

    private void setFieldsToRead(@Nullable Set<String> fields) {
        fieldsToRead = fields == null ? Set.of() : Set.copyOf(fields);
    }

    @Override
    public GenericRow decode(byte[] payload, GenericRow destination) {
        return decode(payload, 0, payload.length, destination);
    }

    @Override
    public GenericRow decode(byte[] payload, int offset, int length, GenericRow destination) {
        if (length == 0) {
            return skip(destination);
        }
        ChangeEvent event = decoder.decode(payload, offset, length);
        if (event.eventName() == EventName.UNKNOWN) {
            return skip(destination);
        }
        if (fieldsToRead.isEmpty()) {
            putAll(event, destination);
        } else {
            for (String field : fieldsToRead) {
                destination.putValue(field, value(event, field));
            }
        }
        return destination;
    }

    private static GenericRow skip(GenericRow destination) {
        destination.putValue(GenericRow.SKIP_RECORD_KEY, true);
        return destination;
    }

    private static void putAll(ChangeEvent event, GenericRow destination) {
        Item image = event.newImage();
        if (image != null) {
            image.forEach((name, value) -> destination.putValue(name, RowValues.of(value)));
        }
        event.keys().forEach((name, value) -> destination.putValue(name, RowValues.of(value)));
        destination.putValue(EVENT_NAME, event.eventName().name());
        destination.putValue(CREATION_TIME, epochMillis(event));
    }

    private static @Nullable Object value(ChangeEvent event, String field) {
        switch (field) {
            case EVENT_NAME:
                return event.eventName().name();
            case CREATION_TIME:
                return epochMillis(event);
            default:
                return attribute(event, field);
        }
    }

    private static @Nullable Object attribute(ChangeEvent event, String name) {
        AttributeValue value = event.keys().get(name);
        Item image = event.newImage();
        if (value == null && image != null) {
            value = image.get(name);
        }
        return value == null ? null : RowValues.of(value);
    }

    private static @Nullable Long epochMillis(ChangeEvent event) {
        CreationTime time = event.approximateCreationDateTime();
        return time == null ? null : (Long) time.epochMillis();
    }
}
