package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;

/** A mismatch whose message contains no value and no name, so that {@link ItemMappingException} can repeat it. */
final class UnfitValueException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    UnfitValueException(JsonParser parser, Class<?> asked, String message) {
        super(parser, message, asked);
    }

    /** Refuses B for a time. Jackson's deserializers return its {@code byte[]} as if it were of their type. */
    static void refuseBinary(JsonParser parser, Class<?> asked) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT) && parser.getEmbeddedObject() instanceof byte[]) {
            throw new UnfitValueException(parser, asked, "binary for a time");
        }
    }
}
