package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.github.dynamodbcdc.Item;
import java.io.IOException;

/** Without it an Item, being iterable, would become an array of its entries. */
final class ItemSerializer extends StdSerializer<Item> {
    private static final long serialVersionUID = 1L;

    ItemSerializer() {
        super(Item.class);
    }

    @Override
    public void serialize(Item item, JsonGenerator json, SerializerProvider provider) throws IOException {
        PlainJson.write(item, json);
    }
}
