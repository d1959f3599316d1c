package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The common way: reads the record as a tree, then unwraps the type descriptors. Its index is the tree. It does not
 * support binary, which no payload contains.
 */
final class JacksonTreeReader implements EventReader {
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        JsonNode change = mapper.readTree(record).path("dynamodb");
        return new PlainEvent(
                item(change.path("Keys")), image(change.path("NewImage")), image(change.path("OldImage")));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        JsonNode image = mapper.readTree(record).path("dynamodb").path("NewImage");
        JsonNode updatedAt = image.get(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(updatedAt.path("N").textValue()));
        }
        JsonNode amount = image.get(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(amount.path("N").textValue()));
        }
        JsonNode active = image.get(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active.path("BOOL").booleanValue());
        }
        JsonNode status = image.get(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status.path("S").textValue());
        }
        JsonNode id = image.get(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id.path("S").textValue());
        }
    }

    @Override
    public Object index(byte[] record) throws IOException {
        return mapper.readTree(record);
    }

    private static @Nullable Map<String, @Nullable Object> image(JsonNode image) {
        return image.isObject() ? item(image) : null;
    }

    private static Map<String, @Nullable Object> item(JsonNode item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.size() * 2);
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
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static <T> Set<T> set(JsonNode members, Function<JsonNode, T> conversion) {
        Set<T> set = new HashSet<>();
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
