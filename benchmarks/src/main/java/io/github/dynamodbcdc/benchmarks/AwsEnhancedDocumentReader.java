package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkNumber;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The documents of the AWS SDK's enhanced client. The client has no reader for change records. This implementation
 * parses the record as the SDK's own JSON tree, converts Keys and images to maps of {@link AttributeValue} by hand, and
 * wraps each map as an {@link EnhancedDocument}. A projection gets five attributes from the new image's document; the
 * full task unwraps {@link EnhancedDocument#toMap}. Its index is the JSON tree. It does not support binary, which no
 * payload contains.
 */
final class AwsEnhancedDocumentReader implements EventReader {
    private final JsonNodeParser parser = JsonNode.parser();

    @Override
    public PlainEvent full(byte[] record) {
        Map<String, JsonNode> change = change(record);
        return new PlainEvent(
                SdkAttributes.plain(
                        document(required(change.get("Keys")).asObject()).toMap()),
                image(change.get("NewImage")),
                image(change.get("OldImage")));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        JsonNode newImage = change(record).get("NewImage");
        if (newImage == null || !newImage.isObject()) {
            return;
        }
        EnhancedDocument image = document(newImage.asObject());
        SdkNumber updatedAt = image.getNumber(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(updatedAt.longValue());
        }
        SdkNumber amount = image.getNumber(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(amount.doubleValue());
        }
        Boolean active = image.getBoolean(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active);
        }
        String status = image.getString(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status);
        }
        String id = image.getString(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id);
        }
    }

    @Override
    public Object index(byte[] record) {
        return parser.parse(record);
    }

    private Map<String, JsonNode> change(byte[] record) {
        return required(parser.parse(record).asObject().get("dynamodb")).asObject();
    }

    private static JsonNode required(@Nullable JsonNode member) {
        if (member == null) {
            throw new IllegalArgumentException("a required member is missing");
        }
        return member;
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable JsonNode image) {
        return image != null && image.isObject()
                ? SdkAttributes.plain(document(image.asObject()).toMap())
                : null;
    }

    private static EnhancedDocument document(Map<String, JsonNode> item) {
        return EnhancedDocument.fromAttributeValueMap(item(item));
    }

    private static Map<String, AttributeValue> item(Map<String, JsonNode> item) {
        Map<String, AttributeValue> map = new HashMap<>(item.size() * 2);
        item.forEach((name, attributeValue) -> map.put(name, value(attributeValue)));
        return map;
    }

    private static AttributeValue value(JsonNode attributeValue) {
        Map.Entry<String, JsonNode> typed =
                attributeValue.asObject().entrySet().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(value.asString());
            case "N" -> AttributeValue.fromN(value.asString());
            case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
            case "NULL" -> AttributeValue.fromNul(value.asBoolean());
            case "SS" -> AttributeValue.fromSs(texts(value));
            case "NS" -> AttributeValue.fromNs(texts(value));
            case "L" -> AttributeValue.fromL(list(value));
            case "M" -> AttributeValue.fromM(item(value.asObject()));
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static List<String> texts(JsonNode members) {
        List<String> list = new ArrayList<>(members.asArray().size());
        for (JsonNode member : members.asArray()) {
            list.add(member.asString());
        }
        return list;
    }

    private static List<AttributeValue> list(JsonNode members) {
        List<AttributeValue> list = new ArrayList<>(members.asArray().size());
        for (JsonNode member : members.asArray()) {
            list.add(value(member));
        }
        return list;
    }
}
