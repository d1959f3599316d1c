package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The implementations that are compared. All give equal results for sound events. */
public enum Decoder {
    DYNAMODB_CDC {
        private final ChangeEventDecoder decoder = ChangeEventDecoder.create();

        @Override
        PlainEvent decode(byte[] payload) {
            ChangeEvent event = decoder.decode(payload);
            return new PlainEvent(event.keys().toMap(), plain(event.newImage()), plain(event.oldImage()));
        }

        private @Nullable Map<String, @Nullable Object> plain(@Nullable Item image) {
            return image == null ? null : image.toMap();
        }
    },

    JACKSON_TREE {
        private final JacksonTree tree = new JacksonTree();

        @Override
        PlainEvent decode(byte[] payload) throws Exception {
            return tree.decode(payload);
        }
    };

    abstract PlainEvent decode(byte[] payload) throws Exception;
}
