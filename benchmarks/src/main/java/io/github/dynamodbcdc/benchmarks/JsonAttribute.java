package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An attribute as JSON text: its name, and its value inside a type descriptor. */
record JsonAttribute(String name, String value) {
    static JsonAttribute text(String name, String value) {
        return new JsonAttribute(name, "{\"S\":" + quote(value) + "}");
    }

    static JsonAttribute number(String name, Object value) {
        return new JsonAttribute(name, "{\"N\":\"" + value + "\"}");
    }

    static JsonAttribute bool(String name, boolean value) {
        return new JsonAttribute(name, "{\"BOOL\":" + value + "}");
    }

    static JsonAttribute nothing(String name) {
        return new JsonAttribute(name, "{\"NULL\":true}");
    }

    static JsonAttribute texts(String name, List<String> members) {
        return new JsonAttribute(name, "{\"SS\":[" + join(members, JsonAttribute::quote) + "]}");
    }

    static JsonAttribute numbers(String name, List<?> members) {
        return new JsonAttribute(name, "{\"NS\":[" + join(members, member -> "\"" + member + "\"") + "]}");
    }

    static JsonAttribute map(String name, List<JsonAttribute> attributes) {
        return new JsonAttribute(name, "{\"M\":" + item(attributes) + "}");
    }

    /** Returns a list of maps, the most common kind of list in tables. */
    static JsonAttribute maps(String name, List<List<JsonAttribute>> members) {
        return new JsonAttribute(name, "{\"L\":[" + join(members, member -> "{\"M\":" + item(member) + "}") + "]}");
    }

    /** Returns the attributes as the JSON object that Keys, an image or an M contains. */
    static String item(List<JsonAttribute> attributes) {
        return "{" + join(attributes, attribute -> quote(attribute.name) + ":" + attribute.value) + "}";
    }

    /** Returns this attribute with each non-ASCII character of its value as a {@code \\uXXXX} escape. */
    JsonAttribute escaped() {
        StringBuilder escaped = new StringBuilder(value.length() * 2);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return new JsonAttribute(name, escaped.toString());
    }

    private static <T> String join(List<T> members, Function<T, String> json) {
        return members.stream().map(json).collect(Collectors.joining(","));
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
