package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.github.dynamodbcdc.Item;
import java.io.IOException;

/** From DynamoDB JSON; as a property of what an ItemMapper reads, the M itself. */
final class ItemDeserializer extends JsonDeserializer<Item> {
    private final RecordJson records;

    ItemDeserializer(RecordJson records) {
        this.records = records;
    }

    @Override
    public Item deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!(parser instanceof ItemParser)) {
            Buffered.refuse(parser, context, Item.class);
            return records.item(parser);
        }
        Item item = ((ItemParser) parser).item();
        if (item == null) {
            throw MismatchedInputException.from(
                    parser, Item.class, "asked for an item, found an attribute value that is no M");
        }
        parser.skipChildren();
        return item;
    }
}
