package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.dynamodbcdc.Item;
import java.io.IOException;

/** Without it an Item, being iterable, would become an array of its entries. */
final class ItemSerializer extends JsonSerializer<Item> {
    private final boolean plain;

    ItemSerializer(boolean plain) {
        this.plain = plain;
    }

    @Override
    public void serialize(Item item, JsonGenerator json, SerializerProvider provider) throws IOException {
        if (json instanceof ItemGenerator) {
            ((ItemGenerator) json).writeItem(item);
        } else if (plain) {
            new PlainJson(json, provider).item(item);
        } else {
            new TypedJson(json, false).item(item);
        }
    }
}
