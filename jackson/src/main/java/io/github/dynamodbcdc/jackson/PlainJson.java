package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** Items and values as plain JSON: the tokens that a parser of the item gives. */
final class PlainJson {
    private final JsonGenerator json;

    PlainJson(JsonGenerator json) {
        this.json = json;
    }

    void item(Item item) throws IOException {
        ItemParser parser = new ItemParser(item, null);
        parser.nextToken();
        json.copyCurrentStructureExact(parser);
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
                json.writeBinary(value.asBytes());
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
                    json.writeBinary(TypedJson.bytes(member));
                }
        }
        json.writeEndArray();
    }

    /** As an integer where its value is one, as the parser has it. */
    private void number(BigDecimal number) throws IOException {
        NumberScan scan = new NumberScan();
        scan.scan(number.toString());
        if (!scan.isInteger()) {
            json.writeNumber(number);
        } else if (scan.isSmall() && scan.value() == (int) scan.value()) {
            json.writeNumber((int) scan.value());
        } else if (scan.isSmall()) {
            json.writeNumber(scan.value());
        } else {
            json.writeNumber(number.toBigInteger());
        }
    }
}
