package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/** Ways from the bytes of a record to its new image as a {@link BoundOrder}. */
public enum OrderBinder {
    /** {@code ItemMapper} over a shared decoder. */
    ITEM_MAPPER {
        @Override
        Binding create() {
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            return record -> bind(decoder.decode(record));
        }
    },
    /** {@code ItemMapper} over a session. */
    ITEM_MAPPER_SESSION {
        @Override
        Binding create() {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            return record -> bind(session.decode(record));
        }
    },
    /** Jackson alone: the record as a tree, from that a tree of plain values, from that the class. */
    JACKSON_TREE {
        @Override
        Binding create() {
            ObjectMapper mapper = new ObjectMapper();
            return record -> mapper.treeToValue(
                    item(mapper.readTree(record).path("dynamodb").path("NewImage")), BoundOrder.class);
        }
    };

    /** One way, ready to be used by one thread. */
    interface Binding {
        BoundOrder bind(byte[] record) throws IOException;
    }

    /** As lenient as Jackson alone is here: some payloads have NULL for a primitive. */
    private static final ItemMapper MAPPER = ItemMapper.of(new ObjectMapper());

    abstract Binding create();

    private static BoundOrder bind(ChangeEvent event) {
        return MAPPER.read(Objects.requireNonNull(event.newImage()), BoundOrder.class);
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
            default -> value; // S, BOOL and SS are plain already; no payload has binary
        };
    }

    private static JsonNode number(String text) {
        return text.indexOf('.') < 0
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.numberNode(new BigDecimal(text));
    }
}
