package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This library, used as its documentation says: one decoder, shared. */
final class DynamoDbCdc {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private DynamoDbCdc() {}

    static PlainEvent decode(byte[] payload) {
        ChangeEvent event = DECODER.decode(payload);
        return new PlainEvent(event.keys().toMap(), plain(event.newImage()), plain(event.oldImage()));
    }

    private static @Nullable Map<String, @Nullable Object> plain(@Nullable Item image) {
        return image == null ? null : image.toMap();
    }
}
