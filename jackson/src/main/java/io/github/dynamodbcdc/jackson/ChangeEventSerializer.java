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
import io.github.dynamodbcdc.TimePrecision;
import io.github.dynamodbcdc.UserIdentity;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Writes an event as the record that it was decoded from, with the members of that record. */
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

    /** Returns whether images are written without type descriptors. In an item they get theirs from its generator. */
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

    /** Writes a line of an incremental export if there is a time, or else a line of a full export. */
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
            ItemJson.plain(json, provider).item(item);
        } else {
            // Encoded once or twice as it was, because the reading decoder detects the encoding of the record.
            ItemJson.typed(json, event.binaryEncoding() == BinaryEncoding.DOUBLE)
                    .item(item);
        }
    }

    private static void text(String name, @Nullable String text, JsonGenerator json) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    /**
     * ApproximateCreationDateTime, written so that decoding finds the same instant and unit. Where {@link
     * BinaryEncoding#AUTO} depends on whether the unit is seconds, decoding also finds the same encoding of binary.
     */
    private static final class CreationTimeJson {
        private static final String NAME = "ApproximateCreationDateTime";

        private CreationTimeJson() {}

        static void write(CreationTime time, ChangeEvent event, JsonGenerator json) throws IOException {
            BinaryEncoding binary = event.channel() == Channel.KINESIS ? event.binaryEncoding() : null;
            TimePrecision unit = time.precision();
            BigDecimal seconds = seconds(time);
            BigDecimal number = seconds.scaleByPowerOfTen(unit.fractionDigits());
            // A number that is not an integer is decoded with the coarsest unit of its instant.
            boolean asInteger = unit != TimePrecision.ofFraction(time.nano()) || !decidesOtherwise(unit, binary);
            boolean asSeconds =
                    binary == BinaryEncoding.SINGLE && TimePrecision.ofMagnitude(seconds) == TimePrecision.SECOND;
            if (!asInteger && asSeconds) {
                json.writeNumberField(NAME, seconds.stripTrailingZeros());
                statement(time, TimePrecision.SECOND, json);
            } else if (time.stated() || (asInteger && TimePrecision.ofMagnitude(number) == unit)) {
                json.writeNumberField(NAME, number.toBigInteger());
                statement(time, unit, json);
            } else {
                json.writeStringField(NAME, time.toString());
            }
        }

        private static void statement(CreationTime time, TimePrecision unit, JsonGenerator json) throws IOException {
            if (time.stated()) {
                json.writeStringField("ApproximateCreationDateTimePrecision", unit.name());
            }
        }

        /**
         * Returns whether an integer in this unit may change the detected encoding: seconds imply SINGLE, others
         * DOUBLE.
         */
        private static boolean decidesOtherwise(TimePrecision unit, @Nullable BinaryEncoding binary) {
            return unit == TimePrecision.SECOND ? binary == BinaryEncoding.DOUBLE : binary == BinaryEncoding.SINGLE;
        }

        /**
         * Returns the text of WriteTimestampMicros: in microseconds, or in the unit that was inferred if it was
         * another.
         */
        static String exportText(CreationTime time) {
            TimePrecision unit = time.stated() ? TimePrecision.MICROSECOND : time.precision();
            return seconds(time)
                    .scaleByPowerOfTen(unit.fractionDigits())
                    .stripTrailingZeros()
                    .toPlainString();
        }

        private static BigDecimal seconds(CreationTime time) {
            return BigDecimal.valueOf(time.epochSecond()).add(BigDecimal.valueOf(time.nano(), 9));
        }
    }
}
