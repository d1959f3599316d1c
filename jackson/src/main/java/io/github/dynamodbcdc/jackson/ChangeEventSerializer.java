package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.UserIdentity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes an event as the record that it came in, with the members that it had. */
final class ChangeEventSerializer extends JsonSerializer<ChangeEvent> {
    private final boolean plain;

    ChangeEventSerializer(boolean plain) {
        this.plain = plain;
    }

    @Override
    public void serialize(ChangeEvent event, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        if (event.channel() == Channel.EXPORT && !isPlain(json)) {
            exportLine(event, json, provider);
        } else {
            record(event, json, provider);
        }
        json.writeEndObject();
    }

    /** An event that is written as an item, or as a part of one, gets its types by that. */
    private boolean isPlain(JsonGenerator json) {
        return plain || json instanceof ItemGenerator;
    }

    private void record(ChangeEvent event, JsonGenerator json, SerializerProvider provider) throws IOException {
        text("awsRegion", event.awsRegion(), json);
        text("eventID", event.eventId(), json);
        text("eventName", event.eventNameText(), json);
        text("eventVersion", event.eventVersion(), json);
        text("eventSource", event.eventSource(), json);
        text("eventSourceARN", event.eventSourceArn(), json);
        text("recordFormat", event.recordFormat(), json);
        text("tableName", event.tableName(), json);
        identity(event.userIdentity(), json);
        json.writeFieldName("dynamodb");
        json.writeStartObject();
        time(event, json);
        item("Keys", event.keys(), event, json, provider);
        item("NewImage", event.newImage(), event, json, provider);
        item("OldImage", event.oldImage(), event, json, provider);
        text("SequenceNumber", event.sequenceNumber(), json);
        Long sizeBytes = event.sizeBytes();
        if (sizeBytes != null) {
            json.writeNumberField("SizeBytes", sizeBytes);
        }
        StreamViewType viewType = event.streamViewType();
        text("StreamViewType", viewType == null ? null : viewType.name(), json);
        json.writeEndObject();
    }

    /** A line of an incremental export has a time, one of a full export has none. */
    private void exportLine(ChangeEvent event, JsonGenerator json, SerializerProvider provider) throws IOException {
        CreationTime time = event.approximateCreationDateTime();
        if (time == null) {
            item("Item", event.newImage(), event, json, provider);
            return;
        }
        json.writeFieldName("Metadata");
        json.writeStartObject();
        json.writeFieldName("WriteTimestampMicros");
        json.writeStartObject();
        json.writeStringField("N", CreationTimeJson.exportText(time));
        json.writeEndObject();
        json.writeEndObject();
        item("Keys", event.keys(), event, json, provider);
        item("NewImage", event.newImage(), event, json, provider);
        item("OldImage", event.oldImage(), event, json, provider);
    }

    private void time(ChangeEvent event, JsonGenerator json) throws IOException {
        CreationTime time = event.approximateCreationDateTime();
        if (time == null) {
            return;
        }
        if (isPlain(json)) {
            json.writeStringField("ApproximateCreationDateTime", time.toString());
        } else {
            CreationTimeJson.write(time, event, json);
        }
    }

    private static void identity(@Nullable UserIdentity identity, JsonGenerator json) throws IOException {
        if (identity != null) {
            json.writeFieldName("userIdentity");
            json.writeStartObject();
            text("type", identity.type(), json);
            text("principalId", identity.principalId(), json);
            json.writeEndObject();
        }
    }

    private void item(
            String name, @Nullable Item item, ChangeEvent event, JsonGenerator json, SerializerProvider provider)
            throws IOException {
        if (item == null) {
            return;
        }
        json.writeFieldName(name);
        if (json instanceof ItemGenerator) {
            ((ItemGenerator) json).writeItem(item);
        } else if (plain) {
            new PlainJson(json, provider).item(item);
        } else {
            // As often as it was, or who reads it would decide otherwise.
            new TypedJson(json, event.binaryEncoding() == BinaryEncoding.DOUBLE).item(item);
        }
    }

    private static void text(String name, @Nullable String text, JsonGenerator json) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
