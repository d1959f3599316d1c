package io.github.dynamodbcdc.benchmarks;

import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.util.Fnv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Expert code on fastjson2's streaming reader, which is lax: it accepts input that is not JSON, distinguishes names by
 * hash alone, checks little of the values it skips, and uses JDK internals. Its index is one skip. It does not support
 * binary, which no payload contains.
 */
final class Fastjson2Reader implements EventReader {
    private static final long DYNAMODB = Fnv.hashCode64("dynamodb");
    private static final long KEYS = Fnv.hashCode64("Keys");
    private static final long NEW_IMAGE = Fnv.hashCode64("NewImage");
    private static final long OLD_IMAGE = Fnv.hashCode64("OldImage");

    private static final long S = Fnv.hashCode64("S");
    private static final long N = Fnv.hashCode64("N");
    private static final long BOOL = Fnv.hashCode64("BOOL");
    private static final long NULL = Fnv.hashCode64("NULL");
    private static final long SS = Fnv.hashCode64("SS");
    private static final long NS = Fnv.hashCode64("NS");
    private static final long L = Fnv.hashCode64("L");
    private static final long M = Fnv.hashCode64("M");

    private static final long UPDATED_AT = Fnv.hashCode64(ProjectedRow.UPDATED_AT);
    private static final long AMOUNT = Fnv.hashCode64(ProjectedRow.AMOUNT);
    private static final long ACTIVE = Fnv.hashCode64(ProjectedRow.ACTIVE);
    private static final long STATUS = Fnv.hashCode64(ProjectedRow.STATUS);
    private static final long ID = Fnv.hashCode64(ProjectedRow.ID);

    /** The size of the latest image: the initial capacity of the next map. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        try (JSONReader json = JSONReader.of(record)) {
            enterObject(json);
            while (nextChange(json)) {
                while (!json.nextIfObjectEnd()) {
                    long member = json.readFieldNameHashCode();
                    if (member == KEYS) {
                        keys = item(json, 4);
                    } else if (member == NEW_IMAGE) {
                        newImage = image(json);
                    } else if (member == OLD_IMAGE) {
                        oldImage = image(json);
                    } else {
                        json.skipValue();
                    }
                }
            }
            requireEnd(json);
        }
        return new PlainEvent(keys, newImage, oldImage);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) {
        try (JSONReader json = JSONReader.of(record)) {
            enterObject(json);
            while (nextChange(json)) {
                while (!json.nextIfObjectEnd()) {
                    if (json.readFieldNameHashCode() == NEW_IMAGE && json.nextIfObjectStart()) {
                        projectImage(json, row);
                    } else {
                        json.skipValue();
                    }
                }
            }
            requireEnd(json);
        }
    }

    @Override
    public Object index(byte[] record) {
        try (JSONReader json = JSONReader.of(record)) {
            json.skipValue();
            requireEnd(json);
            return json;
        }
    }

    /** Moves into the next member of the record that is called dynamodb; returns false at the end of the record. */
    private static boolean nextChange(JSONReader json) {
        while (!json.nextIfObjectEnd()) {
            if (json.readFieldNameHashCode() == DYNAMODB) {
                enterObject(json);
                return true;
            }
            json.skipValue();
        }
        return false;
    }

    private @Nullable Map<String, @Nullable Object> image(JSONReader json) {
        if (json.nextIfNull()) {
            return null;
        }
        Map<String, @Nullable Object> image = item(json, attributes);
        attributes = image.size();
        return image;
    }

    private static Map<String, @Nullable Object> item(JSONReader json, int expected) {
        Map<String, @Nullable Object> map = new HashMap<>(expected + expected / 2);
        enterObject(json);
        while (!json.nextIfObjectEnd()) {
            map.put(json.readFieldName(), value(json));
        }
        return map;
    }

    private static @Nullable Object value(JSONReader json) {
        enterObject(json);
        Object value = typed(json, json.readFieldNameHashCode());
        leaveObject(json);
        return value;
    }

    private static @Nullable Object typed(JSONReader json, long descriptor) {
        if (descriptor == S) {
            return json.readString();
        }
        if (descriptor == N) {
            return json.readBigDecimal();
        }
        if (descriptor == BOOL) {
            return json.readBoolValue();
        }
        if (descriptor == NULL) {
            json.skipValue();
            return null;
        }
        if (descriptor == M) {
            return item(json, 4);
        }
        if (descriptor == L) {
            return list(json);
        }
        if (descriptor == SS) {
            return texts(json);
        }
        if (descriptor == NS) {
            return decimals(json);
        }
        throw new IllegalArgumentException("a type descriptor that no payload contains");
    }

    private static Set<String> texts(JSONReader json) {
        Set<String> set = new HashSet<>();
        enterArray(json);
        while (!json.nextIfArrayEnd()) {
            set.add(json.readString());
        }
        return set;
    }

    private static Set<BigDecimal> decimals(JSONReader json) {
        Set<BigDecimal> set = new HashSet<>();
        enterArray(json);
        while (!json.nextIfArrayEnd()) {
            set.add(json.readBigDecimal());
        }
        return set;
    }

    private static List<@Nullable Object> list(JSONReader json) {
        List<@Nullable Object> list = new ArrayList<>();
        enterArray(json);
        while (!json.nextIfArrayEnd()) {
            list.add(value(json));
        }
        return list;
    }

    private static void projectImage(JSONReader json, ProjectedRow row) {
        while (!json.nextIfObjectEnd()) {
            long name = json.readFieldNameHashCode();
            if (name == UPDATED_AT) {
                enter(json);
                row.updatedAt(json.readInt64Value());
                leaveObject(json);
            } else if (name == AMOUNT) {
                enter(json);
                row.amount(json.readDoubleValue());
                leaveObject(json);
            } else if (name == ACTIVE) {
                enter(json);
                row.active(json.readBoolValue());
                leaveObject(json);
            } else if (name == STATUS) {
                enter(json);
                row.status().set(json.readString());
                leaveObject(json);
            } else if (name == ID) {
                enter(json);
                row.id().set(json.readString());
                leaveObject(json);
            } else {
                json.skipValue();
            }
        }
    }

    /** Moves to the value after the type descriptor. */
    private static void enter(JSONReader json) {
        enterObject(json);
        json.readFieldNameHashCode();
    }

    private static void enterObject(JSONReader json) {
        if (!json.nextIfObjectStart()) {
            throw new IllegalArgumentException("not an object");
        }
    }

    private static void leaveObject(JSONReader json) {
        if (!json.nextIfObjectEnd()) {
            throw new IllegalArgumentException("more than one type descriptor");
        }
    }

    private static void enterArray(JSONReader json) {
        if (!json.nextIfArrayStart()) {
            throw new IllegalArgumentException("not an array");
        }
    }

    private static void requireEnd(JSONReader json) {
        if (!json.isEnd()) {
            throw new IllegalArgumentException("more than one object");
        }
    }
}
