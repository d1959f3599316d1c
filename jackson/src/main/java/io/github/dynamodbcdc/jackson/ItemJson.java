package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;

/**
 * Writes items and values as DynamoDB JSON, which has each value under its type descriptor, or as plain JSON. Omits
 * attributes and members of {@link AttributeType#UNKNOWN}, as every mapper does.
 */
final class ItemJson {
    private final JsonGenerator json;
    private final boolean described;
    private final Scalars scalars;

    private ItemJson(JsonGenerator json, boolean described, Scalars scalars) {
        this.json = json;
        this.described = described;
        this.scalars = scalars;
    }

    /**
     * Returns a writer of DynamoDB JSON. Numbers keep their text.
     *
     * @param binaryTwice whether binary is encoded in base64 twice, as on DynamoDB's Kinesis channel
     */
    static ItemJson typed(JsonGenerator json, boolean binaryTwice) {
        return new ItemJson(json, true, new TypedScalars(json, binaryTwice));
    }

    /** Returns a writer of the JSON whose tokens an {@link ItemParser} returns, with binary in the mapper's base64. */
    static ItemJson plain(JsonGenerator json, SerializerProvider provider) {
        return new ItemJson(
                json, false, new PlainScalars(json, provider.getConfig().getBase64Variant()));
    }

    void item(Item item) throws IOException {
        attributes(item.reader());
    }

    /** Writes one value. UNKNOWN becomes NULL, because a value on its own cannot be omitted. */
    void value(AttributeValue value) throws IOException {
        AttributeReader reader = value.reader();
        reader.next();
        current(reader, described);
    }

    private void attributes(AttributeReader reader) throws IOException {
        json.writeStartObject();
        while (reader.next()) {
            if (reader.type() != AttributeType.UNKNOWN) {
                json.writeFieldName(reader.name());
                current(reader, described);
            }
        }
        json.writeEndObject();
    }

    private void current(AttributeReader reader, boolean withType) throws IOException {
        AttributeType type = reader.type();
        if (withType) {
            json.writeStartObject();
            json.writeFieldName(type == AttributeType.UNKNOWN ? AttributeType.NULL.name() : type.name());
        }
        switch (type) {
            case M:
                reader.enter();
                attributes(reader);
                reader.leave();
                break;
            case L:
                members(reader, described);
                break;
            case SS:
            case NS:
            case BS:
                members(reader, false);
                break;
            case S:
                json.writeString(reader.stringValue());
                break;
            case N:
                scalars.number(reader);
                break;
            case B:
                scalars.binary(reader.bytesValue());
                break;
            case BOOL:
                json.writeBoolean(reader.booleanValue());
                break;
            default:
                scalars.nothing(); // NULL, or an UNKNOWN on its own
        }
        if (withType) {
            json.writeEndObject();
        }
    }

    private void members(AttributeReader reader, boolean withTypes) throws IOException {
        json.writeStartArray();
        reader.enter();
        while (reader.next()) {
            if (reader.type() != AttributeType.UNKNOWN) {
                current(reader, withTypes);
            }
        }
        reader.leave();
        json.writeEndArray();
    }

    /** Writes the values whose JSON differs between DynamoDB JSON and plain JSON. */
    private interface Scalars {
        /** Writes the reader's current N. */
        void number(AttributeReader reader) throws IOException;

        /** Writes a B. */
        void binary(byte[] bytes) throws IOException;

        /** Writes a NULL. */
        void nothing() throws IOException;
    }

    private static final class TypedScalars implements Scalars {
        private final JsonGenerator json;
        private final boolean binaryTwice;

        TypedScalars(JsonGenerator json, boolean binaryTwice) {
            this.json = json;
            this.binaryTwice = binaryTwice;
        }

        @Override
        public void number(AttributeReader reader) throws IOException {
            json.writeString(reader.numberText());
        }

        @Override
        public void binary(byte[] bytes) throws IOException {
            Base64.Encoder encoder = Base64.getEncoder();
            json.writeString(encoder.encodeToString(binaryTwice ? encoder.encode(bytes) : bytes));
        }

        @Override
        public void nothing() throws IOException {
            json.writeBoolean(true); // {"NULL":true}
        }
    }

    private static final class PlainScalars implements Scalars {
        private final JsonGenerator json;
        private final Base64Variant base64;

        PlainScalars(JsonGenerator json, Base64Variant base64) {
            this.json = json;
            this.base64 = base64;
        }

        /** Writes an integer in the narrowest type, because a generator may keep the type, as a tree does. */
        @Override
        public void number(AttributeReader reader) throws IOException {
            NumberToken number = new NumberToken(null, reader);
            BigDecimal decimal = number.read() == JsonToken.VALUE_NUMBER_FLOAT ? number.decimalValue() : null;
            boolean plain = json.isEnabled(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            if (decimal != null && plain && !NumberToken.hasPlainText(decimal)) {
                json.writeNumber(decimal.toString()); // the generator would refuse the number
            } else if (decimal != null) {
                json.writeNumber(decimal);
            } else if (number.type() == JsonParser.NumberType.INT) {
                json.writeNumber(number.intValue());
            } else if (number.type() == JsonParser.NumberType.LONG) {
                json.writeNumber(number.longValue());
            } else {
                json.writeNumber(number.bigIntegerValue());
            }
        }

        @Override
        public void binary(byte[] bytes) throws IOException {
            json.writeBinary(base64, bytes, 0, bytes.length);
        }

        @Override
        public void nothing() throws IOException {
            json.writeNull();
        }
    }
}
