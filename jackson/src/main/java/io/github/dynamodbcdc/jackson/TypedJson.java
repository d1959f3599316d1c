package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Items and values as DynamoDB JSON, each value under its type descriptor. Numbers keep their text. Values of
 * {@link AttributeType#UNKNOWN} are left out, as all mappers do.
 */
final class TypedJson {
    private final JsonGenerator json;
    private final boolean binaryTwice;

    /** @param binaryTwice whether binary is encoded in base64 twice, as on DynamoDB's Kinesis channel */
    TypedJson(JsonGenerator json, boolean binaryTwice) {
        this.json = json;
        this.binaryTwice = binaryTwice;
    }

    void item(Item item) throws IOException {
        attributes(item.reader());
    }

    private void attributes(AttributeReader reader) throws IOException {
        json.writeStartObject();
        while (reader.next()) {
            if (reader.type() != AttributeType.UNKNOWN) {
                json.writeFieldName(reader.name());
                current(reader);
            }
        }
        json.writeEndObject();
    }

    private void current(AttributeReader reader) throws IOException {
        AttributeType type = reader.type();
        json.writeStartObject();
        json.writeFieldName(type.name());
        switch (type) {
            case M:
                reader.enter();
                attributes(reader);
                reader.leave();
                break;
            case L:
            case SS:
            case NS:
            case BS:
                members(reader, type == AttributeType.L);
                break;
            default:
                scalar(reader);
        }
        json.writeEndObject();
    }

    private void members(AttributeReader reader, boolean typed) throws IOException {
        json.writeStartArray();
        reader.enter();
        while (reader.next()) {
            if (!typed) {
                scalar(reader);
            } else if (reader.type() != AttributeType.UNKNOWN) {
                current(reader);
            }
        }
        reader.leave();
        json.writeEndArray();
    }

    private void scalar(AttributeReader reader) throws IOException {
        switch (reader.type()) {
            case S:
                json.writeString(reader.stringValue());
                break;
            case N:
                json.writeString(reader.numberText());
                break;
            case B:
                json.writeString(base64(reader.bytesValue()));
                break;
            case BOOL:
                json.writeBoolean(reader.booleanValue());
                break;
            default:
                json.writeBoolean(true); // NULL
        }
    }

    /** A value on its own, which has no reader. One that is UNKNOWN is NULL: there is no leaving out at its place. */
    void value(AttributeValue value) throws IOException {
        AttributeType type = value.type() == AttributeType.UNKNOWN ? AttributeType.NULL : value.type();
        json.writeStartObject();
        json.writeFieldName(type.name());
        switch (type) {
            case S:
                json.writeString(value.asString());
                break;
            case N:
                json.writeString(value.numberText());
                break;
            case B:
                json.writeString(base64(value.asBytes()));
                break;
            case BOOL:
                json.writeBoolean(value.asBoolean());
                break;
            case M:
                item(value.asItem());
                break;
            case L:
            case SS:
            case NS:
            case BS:
                members(value);
                break;
            default:
                json.writeBoolean(true); // NULL
        }
        json.writeEndObject();
    }

    private void members(AttributeValue value) throws IOException {
        json.writeStartArray();
        switch (value.type()) {
            case L:
                for (AttributeValue member : value.asList()) {
                    if (member.type() != AttributeType.UNKNOWN) {
                        value(member);
                    }
                }
                break;
            case SS:
                for (String member : value.asStringSet()) {
                    json.writeString(member);
                }
                break;
            case NS:
                for (BigDecimal member : value.asNumberSet()) {
                    json.writeString(member.toString());
                }
                break;
            default:
                for (ByteBuffer member : value.asBinarySet()) {
                    json.writeString(base64(bytes(member)));
                }
        }
        json.writeEndArray();
    }

    /** The bytes of a member of BS. */
    static byte[] bytes(ByteBuffer member) {
        byte[] bytes = new byte[member.remaining()];
        member.duplicate().get(bytes);
        return bytes;
    }

    private String base64(byte[] bytes) {
        Base64.Encoder encoder = Base64.getEncoder();
        return encoder.encodeToString(binaryTwice ? encoder.encode(bytes) : bytes);
    }
}
