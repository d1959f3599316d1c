package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import java.io.IOException;

/**
 * Accepts the type id of an object that is updated. Jackson takes it for a property, which the class does not have,
 * because the class is known.
 */
final class TypeIdOfUpdated extends DeserializationProblemHandler {
    private final Object updated;

    TypeIdOfUpdated(Object updated) {
        this.updated = updated;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the updated object, not an equal one inside it
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            JsonDeserializer<?> deserializer,
            Object beanOrClass,
            String name)
            throws IOException {
        if (beanOrClass != updated) {
            return false;
        }
        JavaType type = context.constructType(updated.getClass());
        TypeDeserializer typeIds = context.getFactory().findTypeDeserializer(context.getConfig(), type);
        if (typeIds == null || !name.equals(typeIds.getPropertyName())) {
            return false;
        }
        JavaType found = typeIds.getTypeIdResolver().typeFromId(context, parser.getText());
        if (found == null || !found.hasRawClass(updated.getClass())) {
            throw MismatchedInputException.from(parser, type, "the type id is that of another class");
        }
        return true;
    }
}
