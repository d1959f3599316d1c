package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import io.github.dynamodbcdc.ChangeEvent;
import java.io.IOException;

final class ChangeEventDeserializer extends JsonDeserializer<ChangeEvent> {
    private final RecordJson records;

    ChangeEventDeserializer(RecordJson records) {
        this.records = records;
    }

    @Override
    public ChangeEvent deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return records.event(parser);
    }
}
