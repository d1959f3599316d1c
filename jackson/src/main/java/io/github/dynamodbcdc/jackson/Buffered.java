package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses views of the record where an item is read by another parser than its own: Jackson has buffered a part of the
 * item as plain JSON, and the types are lost. It must not be taken for DynamoDB JSON, although M with an attribute
 * called "S" looks like it.
 */
final class Buffered {
    /** The attribute of a context that is an ItemMapper's. */
    static final Object OF_AN_ITEM = new Object();

    private Buffered() {}

    static void refuse(JsonParser parser, DeserializationContext context, Class<?> asked) throws JsonMappingException {
        if (context.getAttribute(OF_AN_ITEM) != null || readsAnItem(context.getParser()) || readsAnItem(parser)) {
            throw MismatchedInputException.from(
                    parser, asked, "DynamoDB's types are lost where Jackson buffers, as for a type id");
        }
    }

    /**
     * Any mapper can read an item's parser, wrapped or not; its context begins at that parser. A buffer that was filled
     * from it by somebody else has its codec.
     */
    private static boolean readsAnItem(@Nullable JsonParser parser) {
        JsonParser inner = parser;
        while (inner instanceof JsonParserDelegate) {
            inner = ((JsonParserDelegate) inner).delegate();
        }
        return inner instanceof ItemParser || (inner != null && isOfItems(inner.getCodec()));
    }

    private static boolean isOfItems(@Nullable ObjectCodec codec) {
        return codec instanceof ObjectMapper
                && ((ObjectMapper) codec)
                                .getDeserializationConfig()
                                .getAttributes()
                                .getAttribute(OF_AN_ITEM)
                        != null;
    }
}
