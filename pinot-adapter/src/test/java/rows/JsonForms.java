package rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;
import reference.Bytes;
import reference.RefValue;

/**
 * Compares attribute values with plain JSON: numbers exact, binary in base64, sets as arrays in the order of the
 * record.
 */
final class JsonForms {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    static {
        STRICT.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(10_000).build());
    }

    private JsonForms() {}

    /**
     * Returns whether Pinot stores an object in a JSON column as this value: a String is already JSON, and Pinot's own
     * Jackson writes anything else.
     */
    static boolean isStoredAs(RefValue value, @Nullable Object actual) {
        if (actual == null) {
            return false;
        }
        try {
            String stored = actual instanceof String text ? text : JsonUtils.objectToString(actual);
            return value instanceof RefValue.Text text ? isTextIn(stored, text.text()) : isTextOf(value, stored);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns whether the JSON is an S: the S itself if it is an object or an array, otherwise the S as a string. */
    private static boolean isTextIn(String stored, String text) {
        JsonNode node = parse(stored);
        JsonNode own = parse(text);
        if (own != null && own.isContainerNode()) {
            return own.equals(node);
        }
        return node != null && node.isTextual() && node.textValue().equals(text);
    }

    static boolean isTextOf(RefValue value, String json) {
        JsonNode node = parse(json);
        return node != null && isSame(value, node);
    }

    private static @Nullable JsonNode parse(String json) {
        try {
            JsonNode node = STRICT.readTree(json);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isSame(RefValue value, JsonNode node) {
        if (value instanceof RefValue.Text text) {
            return node.isTextual() && node.textValue().equals(text.text());
        } else if (value instanceof RefValue.Numeral number) {
            return isNumber(number.text(), node);
        } else if (value instanceof RefValue.Binary binary) {
            return isBase64(binary.bytes(), node);
        } else if (value instanceof RefValue.Bool bool) {
            return node.isBoolean() && node.booleanValue() == bool.value();
        } else if (value instanceof RefValue.TextSet set) {
            return isSame(set.members().stream().map(RefValue.Text::new).toList(), node);
        } else if (value instanceof RefValue.NumberSet set) {
            return isSame(set.members().stream().map(RefValue.Numeral::new).toList(), node);
        } else if (value instanceof RefValue.BinarySet set) {
            return isSame(set.members().stream().map(RefValue.Binary::new).toList(), node);
        } else if (value instanceof RefValue.Elements list) {
            return isSame(list.elements(), node);
        } else if (value instanceof RefValue.Attributes map) {
            return isSame(map.attributes(), node);
        }
        return node.isNull();
    }

    private static boolean isNumber(String text, JsonNode node) {
        return node.isNumber() && node.decimalValue().compareTo(new BigDecimal(text)) == 0;
    }

    private static boolean isBase64(Bytes bytes, JsonNode node) {
        return node.isTextual() && node.textValue().equals(Base64.getEncoder().encodeToString(bytes.toArray()));
    }

    private static boolean isSame(List<? extends RefValue> elements, JsonNode node) {
        if (!node.isArray() || node.size() != elements.size()) {
            return false;
        }
        Iterator<JsonNode> nodes = node.elements();
        return elements.stream().allMatch(element -> isSame(element, nodes.next()));
    }

    private static boolean isSame(Map<String, RefValue> attributes, JsonNode node) {
        if (!node.isObject() || node.size() != attributes.size()) {
            return false;
        }
        Set<Map.Entry<String, JsonNode>> members = node.properties();
        List<String> names = new ArrayList<>();
        members.forEach(member -> names.add(member.getKey()));
        return names.equals(List.copyOf(attributes.keySet()))
                && members.stream().allMatch(member -> {
                    RefValue value = attributes.get(member.getKey());
                    return value != null && isSame(value, member.getValue());
                });
    }
}
