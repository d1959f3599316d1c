package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** Items and values as plain JSON: the tokens that a parser of the item gives. */
final class PlainJson {
    /** Jackson refuses to write a number of more digits after the point, or zeros before it, without an exponent. */
    private static final int MAX_PLAIN_SCALE = 9_999;

    private final JsonGenerator json;
    private final Base64Variant base64;

    /** @param provider which knows in what variant of base64 the mapper writes */
    PlainJson(JsonGenerator json, SerializerProvider provider) {
        this.json = json;
        base64 = provider.getConfig().getBase64Variant();
    }

    void item(Item item) throws IOException {
        ItemParser parser = new ItemParser(item, null);
        while (parser.nextToken() != null) {
            if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                // By itself Jackson would start its mapper anew for it, without the writer's settings.
                binary(parser.getBinaryValue(base64));
            } else if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                decimal(parser.getDecimalValue());
            } else {
                json.copyCurrentEventExact(parser);
            }
        }
    }

    /** A value on its own, which has no reader. One that is UNKNOWN is null: there is no leaving out at its place. */
    void value(AttributeValue value) throws IOException {
        switch (value.type()) {
            case S:
                json.writeString(value.asString());
                break;
            case N:
                number(value.asBigDecimal());
                break;
            case B:
                binary(value.asBytes());
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
                json.writeNull();
        }
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
                    number(member);
                }
                break;
            default:
                for (ByteBuffer member : value.asBinarySet()) {
                    binary(TypedJson.bytes(member));
                }
        }
        json.writeEndArray();
    }

    private void binary(byte[] bytes) throws IOException {
        json.writeBinary(base64, bytes, 0, bytes.length);
    }

    /** With an exponent where the generator would refuse to write the number without one. */
    private void decimal(BigDecimal number) throws IOException {
        if (json.isEnabled(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN) && !hasPlainText(number)) {
            json.writeNumber(number.toString());
        } else {
            json.writeNumber(number);
        }
    }

    /** Whether the number is written without an exponent if the mapper asks for that. */
    static boolean hasPlainText(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE;
    }

    /** As an integer where its value is one, as the parser has it. */
    private void number(BigDecimal number) throws IOException {
        NumberScan scan = new NumberScan();
        scan.scan(number.toString());
        if (!scan.isInteger()) {
            decimal(number);
        } else if (scan.isSmall() && scan.value() == (int) scan.value()) {
            json.writeNumber((int) scan.value());
        } else if (scan.isSmall()) {
            json.writeNumber(scan.value());
        } else {
            json.writeNumber(number.toBigInteger());
        }
    }
}
