package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;

/** Attribute values as plain JSON. Nesting is bounded by what the decoder let through. */
final class PlainJson {
    private PlainJson() {}

    static void write(Item item, JsonGenerator json) throws IOException {
        json.writeStartObject(item);
        for (Map.Entry<String, AttributeValue> attribute : item) {
            if (attribute.getValue().type() != AttributeType.UNKNOWN) {
                json.writeFieldName(attribute.getKey());
                write(attribute.getValue(), json);
            }
        }
        json.writeEndObject();
    }

    static void write(AttributeValue value, JsonGenerator json) throws IOException {
        switch (value.type()) {
            case S:
                json.writeString(value.asString());
                break;
            case N:
                // Not the text: it may begin with a plus or with zeros, which JSON does not allow.
                json.writeNumber(value.asBigDecimal());
                break;
            case B:
                json.writeBinary(value.asBytes());
                break;
            case BOOL:
                json.writeBoolean(value.asBoolean());
                break;
            case NULL:
                json.writeNull();
                break;
            case M:
                write(value.asItem(), json);
                break;
            case L:
            case SS:
            case NS:
            case BS:
                writeMembers(value, json);
                break;
            case UNKNOWN:
                break;
        }
    }

    private static void writeMembers(AttributeValue value, JsonGenerator json) throws IOException {
        json.writeStartArray(value);
        switch (value.type()) {
            case L:
                for (AttributeValue member : value.asList()) {
                    write(member, json);
                }
                break;
            case SS:
                for (String member : value.asStringSet()) {
                    json.writeString(member);
                }
                break;
            case NS:
                for (BigDecimal member : value.asNumberSet()) {
                    json.writeNumber(member);
                }
                break;
            default:
                for (ByteBuffer member : value.asBinarySet()) {
                    byte[] bytes = new byte[member.remaining()];
                    member.get(bytes);
                    json.writeBinary(bytes);
                }
        }
        json.writeEndArray();
    }
}
