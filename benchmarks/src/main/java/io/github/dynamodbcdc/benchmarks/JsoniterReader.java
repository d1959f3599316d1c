package io.github.dynamodbcdc.benchmarks;

import com.jsoniter.JsonIterator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expert code on jsoniter's iterator, which is reused. It reads numbers through a text, because the iterator reads no
 * number in quotes. The iterator is lax: it accepts input that is not JSON, because it checks little of the values it
 * skips. The tasks ignore bytes after the record, because the iterator does not show its position. Its index is one
 * skip. It does not support binary, which no payload contains.
 */
final class JsoniterReader implements EventReader {
    private final JsonIterator json = new JsonIterator();

    /** The size of the latest image: the initial capacity of the next map. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        json.reset(record);
        while (nextChange()) {
            for (String member = json.readObject(); member != null; member = json.readObject()) {
                switch (member) {
                    case "Keys" -> keys = item(4);
                    case "NewImage" -> newImage = image();
                    case "OldImage" -> oldImage = image();
                    default -> json.skip();
                }
            }
        }
        return new PlainEvent(keys, newImage, oldImage);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        json.reset(record);
        while (nextChange()) {
            for (String member = json.readObject(); member != null; member = json.readObject()) {
                if (member.equals("NewImage") && !json.readNull()) {
                    projectImage(row);
                } else {
                    json.skip();
                }
            }
        }
    }

    @Override
    public Object index(byte[] record) throws IOException {
        json.reset(record);
        json.skip();
        return json;
    }

    /** Moves into the next member of the record that is called dynamodb; returns false at the end of the record. */
    private boolean nextChange() throws IOException {
        for (String name = json.readObject(); name != null; name = json.readObject()) {
            if (name.equals("dynamodb")) {
                return true;
            }
            json.skip();
        }
        return false;
    }

    private @Nullable Map<String, @Nullable Object> image() throws IOException {
        if (json.readNull()) {
            return null;
        }
        Map<String, @Nullable Object> image = item(attributes);
        attributes = image.size();
        return image;
    }

    private Map<String, @Nullable Object> item(int expected) throws IOException {
        Map<String, @Nullable Object> map = new HashMap<>(expected + expected / 2);
        for (String name = json.readObject(); name != null; name = json.readObject()) {
            map.put(name, value());
        }
        return map;
    }

    private @Nullable Object value() throws IOException {
        String descriptor = descriptor();
        Object value = switch (descriptor) {
            case "S" -> json.readString();
            case "N" -> new BigDecimal(json.readString());
            case "BOOL" -> json.readBoolean();
            case "NULL" -> nothing();
            case "SS" -> texts();
            case "NS" -> decimals();
            case "L" -> list();
            case "M" -> item(4);
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
        leave();
        return value;
    }

    private @Nullable Object nothing() throws IOException {
        json.readBoolean();
        return null;
    }

    private String descriptor() throws IOException {
        String descriptor = json.readObject();
        if (descriptor == null) {
            throw new IllegalArgumentException("no type descriptor");
        }
        return descriptor;
    }

    private void leave() throws IOException {
        if (json.readObject() != null) {
            throw new IllegalArgumentException("more than one type descriptor");
        }
    }

    private Set<String> texts() throws IOException {
        Set<String> set = new HashSet<>();
        while (json.readArray()) {
            set.add(json.readString());
        }
        return set;
    }

    private Set<BigDecimal> decimals() throws IOException {
        Set<BigDecimal> set = new HashSet<>();
        while (json.readArray()) {
            set.add(new BigDecimal(json.readString()));
        }
        return set;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.readArray()) {
            list.add(value());
        }
        return list;
    }

    private void projectImage(ProjectedRow row) throws IOException {
        for (String name = json.readObject(); name != null; name = json.readObject()) {
            switch (name) {
                case ProjectedRow.UPDATED_AT -> {
                    descriptor();
                    row.updatedAt(Long.parseLong(json.readString()));
                    leave();
                }
                case ProjectedRow.AMOUNT -> {
                    descriptor();
                    row.amount(Double.parseDouble(json.readString()));
                    leave();
                }
                case ProjectedRow.ACTIVE -> {
                    descriptor();
                    row.active(json.readBoolean());
                    leave();
                }
                case ProjectedRow.STATUS -> {
                    descriptor();
                    row.status().set(json.readString());
                    leave();
                }
                case ProjectedRow.ID -> {
                    descriptor();
                    row.id().set(json.readString());
                    leave();
                }
                default -> json.skip();
            }
        }
    }
}
