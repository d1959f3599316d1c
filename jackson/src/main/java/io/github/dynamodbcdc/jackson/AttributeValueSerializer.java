package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import java.io.IOException;

final class AttributeValueSerializer extends StdSerializer<AttributeValue> {
    private static final long serialVersionUID = 1L;

    AttributeValueSerializer() {
        super(AttributeValue.class);
    }

    @Override
    public void serialize(AttributeValue value, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (value.type() == AttributeType.UNKNOWN) {
            // The caller has written a name already: there is no leaving out at this place.
            json.writeNull();
        } else {
            PlainJson.write(value, json);
        }
    }
}
