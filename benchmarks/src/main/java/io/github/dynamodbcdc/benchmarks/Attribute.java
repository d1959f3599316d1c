package io.github.dynamodbcdc.benchmarks;

import java.util.List;

/** An attribute as it stands on the wire: its name, and its value with the type descriptor as JSON text. */
record Attribute(String name, String value) {
    static Attribute text(String name, String value) {
        return new Attribute(name, "{\"S\":" + Json.quote(value) + "}");
    }

    static Attribute number(String name, Object value) {
        return new Attribute(name, "{\"N\":\"" + value + "\"}");
    }

    static Attribute bool(String name, boolean value) {
        return new Attribute(name, "{\"BOOL\":" + value + "}");
    }

    static Attribute nothing(String name) {
        return new Attribute(name, "{\"NULL\":true}");
    }

    static Attribute texts(String name, List<String> members) {
        return new Attribute(
                name,
                "{\"SS\":[" + String.join(",", members.stream().map(Json::quote).toList()) + "]}");
    }

    static Attribute numbers(String name, List<?> members) {
        return new Attribute(
                name,
                "{\"NS\":["
                        + String.join(
                                ",",
                                members.stream()
                                        .map(member -> "\"" + member + "\"")
                                        .toList())
                        + "]}");
    }

    static Attribute map(String name, List<Attribute> attributes) {
        return new Attribute(name, "{\"M\":" + item(attributes) + "}");
    }

    /** A list of maps, the kind that tables hold most. */
    static Attribute maps(String name, List<List<Attribute>> members) {
        return new Attribute(
                name,
                "{\"L\":["
                        + String.join(
                                ",",
                                members.stream()
                                        .map(member -> "{\"M\":" + item(member) + "}")
                                        .toList())
                        + "]}");
    }

    /** Attributes as Keys, an image or an M has them. */
    static String item(List<Attribute> attributes) {
        return "{"
                + String.join(
                        ",",
                        attributes.stream()
                                .map(attribute -> Json.quote(attribute.name) + ":" + attribute.value)
                                .toList())
                + "}";
    }
}
