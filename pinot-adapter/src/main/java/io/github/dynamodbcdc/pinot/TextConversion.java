package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** STRING: S as it is, N by its text, B in base64, and M, L and sets as JSON. Every value has a text. */
final class TextConversion extends Conversion {
    private final JsonWriter json = new JsonWriter();

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        switch (type) {
            case S:
                return value.stringValue();
            case N:
                return value.numberText();
            case BOOL:
                return value.booleanValue() ? "true" : "false";
            case B:
                return Base64.getEncoder().encodeToString(value.bytesValue());
            default:
                return json.write(value);
        }
    }
}
