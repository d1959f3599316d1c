package io.github.dynamodbcdc.benchmarks;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The common way with fastjson2: {@link JSON#parseObject(byte[])} reads the record as a map, then the type descriptors
 * are unwrapped. Its index is the map. It accepts input that is not JSON. It does not support binary, which no payload
 * contains.
 */
final class Fastjson2MapReader implements EventReader {
    @Override
    public PlainEvent full(byte[] record) {
        JSONObject change = change(record);
        return new PlainEvent(
                item(change.getJSONObject("Keys")),
                image(change.getJSONObject("NewImage")),
                image(change.getJSONObject("OldImage")));
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        JSONObject image = change(record).getJSONObject("NewImage");
        if (image == null) {
            return;
        }
        JSONObject updatedAt = image.getJSONObject(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(updatedAt.getString("N")));
        }
        JSONObject amount = image.getJSONObject(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(amount.getString("N")));
        }
        JSONObject active = image.getJSONObject(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active.getBooleanValue("BOOL"));
        }
        JSONObject status = image.getJSONObject(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status.getString("S"));
        }
        JSONObject id = image.getJSONObject(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id.getString("S"));
        }
    }

    @Override
    public Object index(byte[] record) {
        return JSON.parseObject(record);
    }

    /** Returns the new image as a plain map. */
    static Map<String, @Nullable Object> newImage(byte[] record) {
        return item(change(record).getJSONObject("NewImage"));
    }

    private static JSONObject change(byte[] record) {
        return JSON.parseObject(record).getJSONObject("dynamodb");
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable JSONObject image) {
        return image == null ? null : item(image);
    }

    private static Map<String, @Nullable Object> item(JSONObject item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.size() * 2);
        for (Map.Entry<String, Object> attribute : item.entrySet()) {
            map.put(attribute.getKey(), value((JSONObject) attribute.getValue()));
        }
        return map;
    }

    private static @Nullable Object value(JSONObject attributeValue) {
        Map.Entry<String, Object> typed = attributeValue.entrySet().iterator().next();
        Object value = typed.getValue();
        return switch (typed.getKey()) {
            case "S", "BOOL" -> value;
            case "N" -> new BigDecimal((String) value);
            case "NULL" -> null;
            case "SS" -> texts((JSONArray) value);
            case "NS" -> decimals((JSONArray) value);
            case "L" -> list((JSONArray) value);
            case "M" -> item((JSONObject) value);
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static Set<Object> texts(JSONArray members) {
        return new HashSet<>(members);
    }

    private static Set<BigDecimal> decimals(JSONArray members) {
        Set<BigDecimal> set = new HashSet<>();
        for (Object member : members) {
            set.add(new BigDecimal((String) member));
        }
        return set;
    }

    private static List<@Nullable Object> list(JSONArray members) {
        List<@Nullable Object> list = new ArrayList<>(members.size());
        for (Object member : members) {
            list.add(value((JSONObject) member));
        }
        return list;
    }
}
