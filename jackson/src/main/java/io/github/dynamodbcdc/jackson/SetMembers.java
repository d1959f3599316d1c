package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dynamodbcdc.AttributeType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been written of a Java set: held back until it is known whether DynamoDB can have it as a set, which is of
 * strings, of numbers or of binary, and not empty. A member that DynamoDB would call a repeat is there once.
 */
final class SetMembers {
    private final Map<Object, String> texts = new LinkedHashMap<>();
    private @Nullable AttributeType type;

    /** Takes a member, unless it is of another type than those before. */
    boolean add(AttributeType member, String text) {
        boolean fits = (type == null || type == member)
                && (member == AttributeType.S || member == AttributeType.N || member == AttributeType.B);
        if (fits) {
            type = member;
            texts.putIfAbsent(member == AttributeType.N ? new BigDecimal(text).stripTrailingZeros() : text, text);
        }
        return fits;
    }

    /** Writes them as a set, or as an empty list, because DynamoDB has no empty sets. */
    void writeAsSet(JsonGenerator json) throws IOException {
        json.writeFieldName(type == null ? "L" : type.name() + "S");
        json.writeStartArray();
        for (String text : texts.values()) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Writes them as the beginning of a list. */
    void writeAsListMembers(JsonGenerator json) throws IOException {
        for (String text : texts.values()) {
            json.writeStartObject();
            json.writeStringField(type == null ? "S" : type.name(), text);
            json.writeEndObject();
        }
    }
}
