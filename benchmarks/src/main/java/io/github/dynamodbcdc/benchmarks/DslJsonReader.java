package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
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
 * Expert code on DSL-JSON's reader: reuses the reader, compares known names as bytes, and takes attribute names from
 * the reader's cache. The reader is lax: it accepts input that is not JSON, because it checks little of the values it
 * skips. Its index skips every member of the record. It does not support binary, which no payload contains.
 */
final class DslJsonReader implements EventReader {
    private static final byte[] DYNAMODB = ascii("dynamodb");
    private static final byte[] KEYS = ascii("Keys");
    private static final byte[] NEW_IMAGE = ascii("NewImage");
    private static final byte[] OLD_IMAGE = ascii("OldImage");

    private static final byte[] S = ascii("S");
    private static final byte[] N = ascii("N");
    private static final byte[] BOOL = ascii("BOOL");
    private static final byte[] NULL = ascii("NULL");
    private static final byte[] SS = ascii("SS");
    private static final byte[] NS = ascii("NS");
    private static final byte[] L = ascii("L");
    private static final byte[] M = ascii("M");

    private static final byte[] UPDATED_AT = ascii(ProjectedRow.UPDATED_AT);
    private static final byte[] AMOUNT = ascii(ProjectedRow.AMOUNT);
    private static final byte[] ACTIVE = ascii(ProjectedRow.ACTIVE);
    private static final byte[] STATUS = ascii(ProjectedRow.STATUS);
    private static final byte[] ID = ascii(ProjectedRow.ID);

    private final JsonReader<Object> json = new DslJson<>().newReader();

    /** The size of the latest image: the initial capacity of the next map. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        start(record);
        for (boolean more = enterObject(); more; more = nextMember()) {
            readName();
            if (!json.wasLastName(DYNAMODB)) {
                json.skip();
                continue;
            }
            for (boolean inChange = enterObject(); inChange; inChange = nextMember()) {
                readName();
                if (json.wasLastName(KEYS)) {
                    keys = item(4);
                    json.getNextToken();
                } else if (json.wasLastName(NEW_IMAGE)) {
                    newImage = image();
                    json.getNextToken();
                } else if (json.wasLastName(OLD_IMAGE)) {
                    oldImage = image();
                    json.getNextToken();
                } else {
                    json.skip();
                }
            }
            json.getNextToken();
        }
        requireEnd();
        return new PlainEvent(keys, newImage, oldImage);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        start(record);
        for (boolean more = enterObject(); more; more = nextMember()) {
            readName();
            if (!json.wasLastName(DYNAMODB)) {
                json.skip();
                continue;
            }
            for (boolean inChange = enterObject(); inChange; inChange = nextMember()) {
                readName();
                if (json.wasLastName(NEW_IMAGE) && json.last() == '{') {
                    projectImage(row);
                    json.getNextToken();
                } else {
                    json.skip();
                }
            }
            json.getNextToken();
        }
        requireEnd();
    }

    @Override
    public Object index(byte[] record) throws IOException {
        start(record);
        for (boolean more = enterObject(); more; more = nextMember()) {
            readName();
            json.skip();
        }
        requireEnd();
        return json;
    }

    private void start(byte[] record) throws IOException {
        json.process(record, record.length);
        json.getNextToken();
    }

    private @Nullable Map<String, @Nullable Object> image() throws IOException {
        if (json.wasNull()) {
            return null;
        }
        Map<String, @Nullable Object> image = item(attributes);
        attributes = image.size();
        return image;
    }

    /** Returns the item at the current token, which is then the end of the item. */
    private Map<String, @Nullable Object> item(int expected) throws IOException {
        Map<String, @Nullable Object> map = new HashMap<>(expected + expected / 2);
        for (boolean more = enterObject(); more; more = nextMember()) {
            map.put(json.readKey(), value());
            json.getNextToken();
        }
        return map;
    }

    private @Nullable Object value() throws IOException {
        enterValue();
        Object value = typed();
        leaveValue();
        return value;
    }

    private @Nullable Object typed() throws IOException {
        if (json.wasLastName(S)) {
            return json.readString();
        }
        if (json.wasLastName(N)) {
            return NumberConverter.deserializeDecimal(json);
        }
        if (json.wasLastName(BOOL)) {
            return bool();
        }
        if (json.wasLastName(NULL)) {
            bool();
            return null;
        }
        if (json.wasLastName(M)) {
            return item(4);
        }
        if (json.wasLastName(L)) {
            return list();
        }
        if (json.wasLastName(SS)) {
            return texts();
        }
        if (json.wasLastName(NS)) {
            return decimals();
        }
        throw new IllegalArgumentException("a type descriptor that no payload contains");
    }

    private boolean bool() throws IOException {
        boolean value = json.wasTrue();
        if (!value && !json.wasFalse()) {
            throw new IllegalArgumentException("not a Boolean");
        }
        return value;
    }

    private Set<String> texts() throws IOException {
        Set<String> set = new HashSet<>();
        for (boolean more = enterArray(); more; more = nextElement()) {
            set.add(json.readString());
            json.getNextToken();
        }
        return set;
    }

    private Set<BigDecimal> decimals() throws IOException {
        Set<BigDecimal> set = new HashSet<>();
        for (boolean more = enterArray(); more; more = nextElement()) {
            set.add(NumberConverter.deserializeDecimal(json));
            json.getNextToken();
        }
        return set;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (boolean more = enterArray(); more; more = nextElement()) {
            list.add(value());
            json.getNextToken();
        }
        return list;
    }

    private void projectImage(ProjectedRow row) throws IOException {
        for (boolean more = enterObject(); more; more = nextMember()) {
            readName();
            if (json.wasLastName(UPDATED_AT)) {
                enterValue();
                row.updatedAt(NumberConverter.deserializeLong(json));
                leaveValue();
                json.getNextToken();
            } else if (json.wasLastName(AMOUNT)) {
                enterValue();
                row.amount(NumberConverter.deserializeDouble(json));
                leaveValue();
                json.getNextToken();
            } else if (json.wasLastName(ACTIVE)) {
                enterValue();
                row.active(bool());
                leaveValue();
                json.getNextToken();
            } else if (json.wasLastName(STATUS)) {
                enterValue();
                row.status().set(json.readString());
                leaveValue();
                json.getNextToken();
            } else if (json.wasLastName(ID)) {
                enterValue();
                row.id().set(json.readString());
                leaveValue();
                json.getNextToken();
            } else {
                json.skip();
            }
        }
    }

    /** Moves to the value after the type descriptor. */
    private void enterValue() throws IOException {
        enterObject();
        readName();
    }

    /** Reads a name and moves to its value. */
    private void readName() throws IOException {
        json.fillName();
        json.getNextToken();
    }

    private void leaveValue() throws IOException {
        json.getNextToken();
        json.checkObjectEnd();
    }

    /** Moves from the opening brace to the first name, or to the end of an empty object; returns whether to a name. */
    private boolean enterObject() throws IOException {
        if (json.last() != '{') {
            throw new IllegalArgumentException("not an object");
        }
        return json.getNextToken() != '}';
    }

    /** Moves from the token after a value to the next name; returns false at the end of the object. */
    private boolean nextMember() throws IOException {
        if (json.last() == ',') {
            json.getNextToken();
            return true;
        }
        json.checkObjectEnd();
        return false;
    }

    private boolean enterArray() throws IOException {
        if (json.last() != '[') {
            throw new IllegalArgumentException("not an array");
        }
        return json.getNextToken() != ']';
    }

    private boolean nextElement() throws IOException {
        if (json.last() == ',') {
            json.getNextToken();
            return true;
        }
        json.checkArrayEnd();
        return false;
    }

    /** Refuses white space too, which follows no payload. */
    private void requireEnd() {
        if (json.getCurrentIndex() != json.length()) {
            throw new IllegalArgumentException("more than one object");
        }
    }

    private static byte[] ascii(String name) {
        return name.getBytes(US_ASCII);
    }
}
