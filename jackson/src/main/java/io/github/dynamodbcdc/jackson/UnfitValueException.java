package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A mismatch whose message contains no value and no name, so that {@link ItemMappingException} can repeat it. The
 * parsers throw it too, because databind adds a Map's key to the path of its own exceptions only.
 */
final class UnfitValueException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    UnfitValueException(@Nullable JsonParser parser, Class<?> asked, String message) {
        super(parser, message, asked);
    }

    static UnfitValueException outOfRange(@Nullable JsonParser parser, Class<?> asked) {
        return new UnfitValueException(parser, asked, "a number outside the range of " + asked.getSimpleName());
    }

    /** The same in writing. Has a path of its own, because databind adds no steps inside of a tree or an array. */
    static final class Written extends JsonGenerationException {
        private static final long serialVersionUID = 1L;

        final String path;

        Written(String message, @Nullable Throwable cause, JsonGenerator json, String path) {
            super(message, cause, json);
            this.path = path;
        }
    }

    /** Refuses B. Some of Jackson's deserializers return its {@code byte[]} as if it were of their type. */
    static void refuseBinary(JsonParser parser, Class<?> asked) throws IOException {
        refuseBinary(
                parser.hasToken(JsonToken.VALUE_EMBEDDED_OBJECT) ? parser.getEmbeddedObject() : null, parser, asked);
    }

    /** Refuses bytes that such a deserializer returned of an array with one member. */
    static void refuseBinary(@Nullable Object value, JsonParser parser, Class<?> asked) throws IOException {
        if (value instanceof byte[]) {
            throw new UnfitValueException(parser, asked, "binary for a value of another type");
        }
    }
}
