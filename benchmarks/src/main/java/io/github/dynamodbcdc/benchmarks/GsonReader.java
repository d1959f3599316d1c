package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hand-written code on Gson's streaming reader, in its strict mode. The reader takes characters, so every task converts
 * the record to a text first. Its index is one skip. It does not support binary, which no payload contains.
 */
final class GsonReader implements EventReader {
    /** The size of the latest image: the initial capacity of the next map. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        try (JsonReader json = open(record)) {
            json.beginObject();
            while (nextChange(json)) {
                while (json.hasNext()) {
                    switch (json.nextName()) {
                        case "Keys" -> keys = item(json, 4);
                        case "NewImage" -> newImage = image(json);
                        case "OldImage" -> oldImage = image(json);
                        default -> json.skipValue();
                    }
                }
                json.endObject();
            }
            requireEnd(json);
        }
        return new PlainEvent(keys, newImage, oldImage);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        try (JsonReader json = open(record)) {
            json.beginObject();
            while (nextChange(json)) {
                while (json.hasNext()) {
                    if (json.nextName().equals("NewImage") && json.peek() == JsonToken.BEGIN_OBJECT) {
                        projectImage(json, row);
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
            }
            requireEnd(json);
        }
    }

    @Override
    public Object index(byte[] record) throws IOException {
        try (JsonReader json = open(record)) {
            json.skipValue();
            requireEnd(json);
            return json;
        }
    }

    private static JsonReader open(byte[] record) {
        JsonReader json = new JsonReader(new StringReader(new String(record, UTF_8)));
        json.setStrictness(Strictness.STRICT);
        return json;
    }

    /** Moves into the next member of the record that is called dynamodb; returns false at the end of the record. */
    private static boolean nextChange(JsonReader json) throws IOException {
        while (json.hasNext()) {
            if (json.nextName().equals("dynamodb")) {
                json.beginObject();
                return true;
            }
            json.skipValue();
        }
        json.endObject();
        return false;
    }

    private @Nullable Map<String, @Nullable Object> image(JsonReader json) throws IOException {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return null;
        }
        Map<String, @Nullable Object> image = item(json, attributes);
        attributes = image.size();
        return image;
    }

    private static Map<String, @Nullable Object> item(JsonReader json, int expected) throws IOException {
        Map<String, @Nullable Object> map = new HashMap<>(expected + expected / 2);
        json.beginObject();
        while (json.hasNext()) {
            map.put(json.nextName(), value(json));
        }
        json.endObject();
        return map;
    }

    private static @Nullable Object value(JsonReader json) throws IOException {
        json.beginObject();
        Object value = typed(json);
        json.endObject();
        return value;
    }

    private static @Nullable Object typed(JsonReader json) throws IOException {
        return switch (json.nextName()) {
            case "S" -> json.nextString();
            case "N" -> new BigDecimal(json.nextString());
            case "BOOL" -> json.nextBoolean();
            case "NULL" -> nothing(json);
            case "SS" -> texts(json);
            case "NS" -> decimals(json);
            case "L" -> list(json);
            case "M" -> item(json, 4);
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static @Nullable Object nothing(JsonReader json) throws IOException {
        json.skipValue();
        return null;
    }

    private static Set<String> texts(JsonReader json) throws IOException {
        Set<String> set = new HashSet<>();
        json.beginArray();
        while (json.hasNext()) {
            set.add(json.nextString());
        }
        json.endArray();
        return set;
    }

    private static Set<BigDecimal> decimals(JsonReader json) throws IOException {
        Set<BigDecimal> set = new HashSet<>();
        json.beginArray();
        while (json.hasNext()) {
            set.add(new BigDecimal(json.nextString()));
        }
        json.endArray();
        return set;
    }

    private static List<@Nullable Object> list(JsonReader json) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            list.add(value(json));
        }
        json.endArray();
        return list;
    }

    private static void projectImage(JsonReader json, ProjectedRow row) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case ProjectedRow.UPDATED_AT -> {
                    enter(json);
                    row.updatedAt(json.nextLong());
                    json.endObject();
                }
                case ProjectedRow.AMOUNT -> {
                    enter(json);
                    row.amount(json.nextDouble());
                    json.endObject();
                }
                case ProjectedRow.ACTIVE -> {
                    enter(json);
                    row.active(json.nextBoolean());
                    json.endObject();
                }
                case ProjectedRow.STATUS -> {
                    enter(json);
                    row.status().set(json.nextString());
                    json.endObject();
                }
                case ProjectedRow.ID -> {
                    enter(json);
                    row.id().set(json.nextString());
                    json.endObject();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
    }

    /** Moves to the value after the type descriptor. */
    private static void enter(JsonReader json) throws IOException {
        json.beginObject();
        // Skips the name only.
        json.skipValue();
    }

    private static void requireEnd(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalArgumentException("more than one object");
        }
    }
}
