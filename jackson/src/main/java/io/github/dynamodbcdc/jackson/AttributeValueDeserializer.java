package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.util.AccessPattern;
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
            Buffered.refuse(parser, context, AttributeValue.class);
            return records.itemOf(NAME, parser).require(NAME);
        }
        AttributeValue value = ((ItemParser) parser).attributeValue();
        if (value == null) {
            throw MismatchedInputException.from(
                    parser, AttributeValue.class, "asked for an attribute value, found an item");
        }
        parser.skipChildren();
        return value;
    }

    /** A NULL is a value, too: null is for the attribute that is absent. */
    @Override
    public @Nullable AttributeValue getNullValue(DeserializationContext context) throws JsonMappingException {
        JsonParser parser = context.getParser();
        // While Jackson reads what it has put aside, the context's parser is elsewhere.
        if (parser instanceof ItemParser && parser.currentToken() == JsonToken.VALUE_NULL) {
            return ((ItemParser) parser).attributeValue();
        }
        Buffered.refuse(parser, context, AttributeValue.class);
        return null;
    }

    @Override
    public AccessPattern getNullAccessPattern() {
        return AccessPattern.DYNAMIC;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
