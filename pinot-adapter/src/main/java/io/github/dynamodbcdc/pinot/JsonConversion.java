package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * JSON: M and L, sets as lists, and numbers as objects that Pinot writes without loss. An S that is a JSON object or array
 * is that; any other S, and B by its base64, is a JSON string: Pinot parses a String, and would make a number of
 * {@code 123}.
 */
final class JsonConversion extends Conversion {
    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        switch (type) {
            case S:
                String text = value.stringValue();
                return JsonGrammar.isObjectOrArray(text) ? text : quoted(text);
            case B:
                return quoted(Base64.getEncoder().encodeToString(value.bytesValue()));
            default:
                return NestedValues.FOR_JSON.of(value);
        }
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        JsonWriter.appendQuoted(json, text);
        return json.toString();
    }
}
