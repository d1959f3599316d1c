package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.dynamodbcdc.AttributeValue;
import java.io.IOException;

final class AttributeValueSerializer extends JsonSerializer<AttributeValue> {
    private final boolean plain;

    AttributeValueSerializer(boolean plain) {
        this.plain = plain;
    }

    @Override
    public void serialize(AttributeValue value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (json instanceof ItemGenerator) {
            ((ItemGenerator) json).writeAttributeValue(value);
        } else if (plain) {
            new PlainJson(json, provider).value(value);
        } else {
            new TypedJson(json, false).value(value);
        }
    }
}
