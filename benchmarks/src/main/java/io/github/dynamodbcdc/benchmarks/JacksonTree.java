package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The common way: read the whole event as a tree, then unwrap the type descriptors. Without B and BS, as the payloads. */
final class JacksonTree {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JacksonTree() {}

    static PlainEvent decode(byte[] payload) throws IOException {
        JsonNode change = MAPPER.readTree(payload).path("dynamodb");
        return new PlainEvent(
                item(change.path("Keys")), image(change.path("NewImage")), image(change.path("OldImage")));
    }

    private static @Nullable Map<String, @Nullable Object> image(JsonNode image) {
        return image.isObject() ? item(image) : null;
    }

    private static Map<String, @Nullable Object> item(JsonNode item) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> attribute : item.properties()) {
            map.put(attribute.getKey(), value(attribute.getValue()));
        }
        return map;
    }

    private static @Nullable Object value(JsonNode attributeValue) {
        Map.Entry<String, JsonNode> typed =
                attributeValue.properties().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> value.textValue();
            case "N" -> new BigDecimal(value.textValue());
            case "BOOL" -> value.booleanValue();
            case "NULL" -> null;
            case "SS" -> set(value, JsonNode::textValue);
            case "NS" -> set(value, member -> new BigDecimal(member.textValue()));
            case "L" -> list(value);
            case "M" -> item(value);
            default -> throw new IllegalArgumentException("type descriptor that no payload has");
        };
    }

    private static <T> Set<T> set(JsonNode members, Function<JsonNode, T> conversion) {
        Set<T> set = new LinkedHashSet<>();
        for (JsonNode member : members) {
            set.add(conversion.apply(member));
        }
        return set;
    }

    private static List<@Nullable Object> list(JsonNode members) {
        List<@Nullable Object> list = new ArrayList<>(members.size());
        for (JsonNode member : members) {
            list.add(value(member));
        }
        return list;
    }
}
