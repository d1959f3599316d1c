package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/**
 * What an {@link ItemMapper} reads by another parser than its own is plain JSON that Jackson has put aside, and the types
 * are lost. It must not be taken for DynamoDB JSON, although M with an attribute called "S" looks like it.
 */
final class Buffered {
    /** The attribute of a context that is an ItemMapper's. */
    static final Object OF_AN_ITEM = new Object();

    private Buffered() {}

    static void refuse(JsonParser parser, DeserializationContext context, Class<?> asked) throws JsonMappingException {
        if (context.getAttribute(OF_AN_ITEM) != null) {
            throw MismatchedInputException.from(
                    parser, asked, "DynamoDB's types are lost where Jackson buffers, as for a type id");
        }
    }
}
