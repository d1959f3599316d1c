package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.github.dynamodbcdc.AttributeValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** From DynamoDB JSON; as a property of what an ItemMapper reads, the value itself. */
final class AttributeValueDeserializer extends JsonDeserializer<AttributeValue> {
    private static final String NAME = "value";

    private final RecordJson records;

    AttributeValueDeserializer(RecordJson records) {
        this.records = records;
    }

    @Override
    public AttributeValue deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!(parser instanceof ItemParser)) {
            return records.itemOf(NAME, parser).require(NAME);
        }
        AttributeValue value = ((ItemParser) parser).attributeValue();
        if (value == null) {
            throw JsonMappingException.from(parser, "asked for an attribute value, found an item");
        }
        parser.skipChildren();
        return value;
    }

    /** A NULL is a value, too: null is for the attribute that is absent. */
    @Override
    public @Nullable AttributeValue getNullValue(DeserializationContext context) {
        JsonParser parser = context.getParser();
        return parser instanceof ItemParser ? ((ItemParser) parser).attributeValue() : null;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
