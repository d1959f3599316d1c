package io.github.dynamodbcdc.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/**
 * The JSON tree of the AWS SDK for Java 2, which consumers have on their class path already: reads the record as a
 * tree, then unwraps the type descriptors. Its index is the tree. It does not support binary, which no payload
 * contains.
 */
final class AwsJsonReader implements EventReader {
    private final JsonNodeParser parser = JsonNode.parser();

    @Override
    public PlainEvent full(byte[] record) {
        Map<String, JsonNode> change = change(record);
        return new PlainEvent(
                item(required(change.get("Keys")).asObject()),
                image(change.get("NewImage")),
                image(change.get("OldImage")));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        JsonNode newImage = change(record).get("NewImage");
        if (newImage == null || !newImage.isObject()) {
            return;
        }
        Map<String, JsonNode> image = newImage.asObject();
        JsonNode updatedAt = image.get(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(value(updatedAt, "N").asString()));
        }
        JsonNode amount = image.get(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(value(amount, "N").asString()));
        }
        JsonNode active = image.get(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(value(active, "BOOL").asBoolean());
        }
        JsonNode status = image.get(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(value(status, "S").asString());
        }
        JsonNode id = image.get(ProjectedRow.ID);
        if (id != null) {
            row.id().set(value(id, "S").asString());
        }
    }

    @Override
    public Object index(byte[] record) {
        return parser.parse(record);
    }

    private Map<String, JsonNode> change(byte[] record) {
        return required(parser.parse(record).asObject().get("dynamodb")).asObject();
    }

    private static JsonNode value(JsonNode attributeValue, String descriptor) {
        return required(attributeValue.asObject().get(descriptor));
    }

    private static JsonNode required(@Nullable JsonNode member) {
        if (member == null) {
            throw new IllegalArgumentException("a required member is missing");
        }
        return member;
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable JsonNode image) {
        return image != null && image.isObject() ? item(image.asObject()) : null;
    }

    private static Map<String, @Nullable Object> item(Map<String, JsonNode> item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.size() * 2);
        item.forEach((name, attributeValue) -> map.put(name, value(attributeValue)));
        return map;
    }

    private static @Nullable Object value(JsonNode attributeValue) {
        Map.Entry<String, JsonNode> typed =
                attributeValue.asObject().entrySet().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> value.asString();
            case "N" -> new BigDecimal(value.asString());
            case "BOOL" -> value.asBoolean();
            case "NULL" -> null;
            case "SS" -> set(value, JsonNode::asString);
            case "NS" -> set(value, member -> new BigDecimal(member.asString()));
            case "L" -> list(value);
            case "M" -> item(value.asObject());
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static <T> Set<T> set(JsonNode members, Function<JsonNode, T> conversion) {
        Set<T> set = new HashSet<>();
        for (JsonNode member : members.asArray()) {
            set.add(conversion.apply(member));
        }
        return set;
    }

    private static List<@Nullable Object> list(JsonNode members) {
        List<@Nullable Object> list = new ArrayList<>(members.asArray().size());
        for (JsonNode member : members.asArray()) {
            list.add(value(member));
        }
        return list;
    }
}
