package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Removes the type descriptors from a new image with Jackson alone: from its tree, or token by token. Does not support
 * binary, which no payload contains.
 */
final class PlainJackson {
    private static final String CHANGE = "dynamodb";
    private static final String NEW_IMAGE = "NewImage";

    private PlainJackson() {}

    /** Returns the new image as a tree of plain values: the common way. */
    static ObjectNode newImage(JsonNode record) {
        return item(record.path(CHANGE).path(NEW_IMAGE));
    }

    private static ObjectNode item(JsonNode attributes) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            item.set(attribute.getKey(), plain(attribute.getValue()));
        }
        return item;
    }

    private static JsonNode plain(JsonNode attributeValue) {
        Map.Entry<String, JsonNode> typed =
                attributeValue.properties().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "N" -> number(value.textValue());
            case "NULL" -> JsonNodeFactory.instance.nullNode();
            case "NS" -> {
                var numbers = JsonNodeFactory.instance.arrayNode(value.size());
                value.forEach(member -> numbers.add(number(member.textValue())));
                yield numbers;
            }
            case "L" -> {
                var members = JsonNodeFactory.instance.arrayNode(value.size());
                value.forEach(member -> members.add(plain(member)));
                yield members;
            }
            case "M" -> item(value);
            default -> value; // S, BOOL and SS are plain already
        };
    }

    private static JsonNode number(String text) {
        return isInteger(text)
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.numberNode(new BigDecimal(text));
    }

    private static boolean isInteger(String text) {
        return text.indexOf('.') < 0;
    }

    /** Writes the new image with plain values, and reads the record to its end: expert code. */
    static void copyNewImage(JsonParser record, JsonGenerator plain) throws IOException {
        record.nextToken();
        while (record.nextToken() == JsonToken.FIELD_NAME) {
            boolean isChange = record.currentName().equals(CHANGE);
            record.nextToken();
            if (isChange) {
                while (record.nextToken() == JsonToken.FIELD_NAME) {
                    boolean isNewImage = record.currentName().equals(NEW_IMAGE);
                    record.nextToken();
                    if (isNewImage) {
                        copyItem(record, plain);
                    } else {
                        record.skipChildren();
                    }
                }
            } else {
                record.skipChildren();
            }
        }
    }

    private static void copyItem(JsonParser attributes, JsonGenerator plain) throws IOException {
        plain.writeStartObject();
        while (attributes.nextToken() == JsonToken.FIELD_NAME) {
            plain.writeFieldName(attributes.currentName());
            attributes.nextToken();
            copyValue(attributes, plain);
        }
        plain.writeEndObject();
    }

    /** Copies from the start to the end of the object that has the type descriptor. */
    private static void copyValue(JsonParser value, JsonGenerator plain) throws IOException {
        value.nextToken();
        String type = value.currentName();
        value.nextToken();
        switch (type) {
            case "N" -> writeNumber(value.getText(), plain);
            case "NULL" -> plain.writeNull();
            case "NS" -> {
                plain.writeStartArray();
                while (value.nextToken() != JsonToken.END_ARRAY) {
                    writeNumber(value.getText(), plain);
                }
                plain.writeEndArray();
            }
            case "L" -> {
                plain.writeStartArray();
                while (value.nextToken() != JsonToken.END_ARRAY) {
                    copyValue(value, plain);
                }
                plain.writeEndArray();
            }
            case "M" -> copyItem(value, plain);
            default -> plain.copyCurrentStructure(value); // S, BOOL and SS
        }
        value.nextToken();
    }

    private static void writeNumber(String text, JsonGenerator plain) throws IOException {
        if (isInteger(text)) {
            plain.writeNumber(Long.parseLong(text));
        } else {
            plain.writeNumber(new BigDecimal(text));
        }
    }
}
