package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A mismatch whose message contains no value and no name, so that {@link ItemMappingException} can repeat it. */
final class UnfitValueException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    UnfitValueException(JsonParser parser, Class<?> asked, String message) {
        super(parser, message, asked);
    }
}
