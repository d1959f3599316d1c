package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
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
 * Expert code on Jackson's streaming parser: no tree, canonicalized names (Jackson's default), and numbers converted
 * from the parser's own buffer. Its index is a walk over the tokens. It does not support binary, which no payload
 * contains.
 */
final class JacksonStreamReader implements EventReader {
    private final JsonFactory factory = new JsonFactory();

    /** The size of the latest image: the initial capacity of the next map. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        try (JsonParser json = factory.createParser(record)) {
            json.nextToken();
            while (nextChange(json)) {
                for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
                    JsonToken token = json.nextToken();
                    switch (member) {
                        case "Keys" -> keys = item(json, 4);
                        case "NewImage" -> newImage = image(json, token);
                        case "OldImage" -> oldImage = image(json, token);
                        default -> json.skipChildren();
                    }
                }
            }
            requireEnd(json);
        }
        return new PlainEvent(keys, newImage, oldImage);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        try (JsonParser json = factory.createParser(record)) {
            json.nextToken();
            while (nextChange(json)) {
                for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
                    JsonToken token = json.nextToken();
                    if (token == JsonToken.START_OBJECT && member.equals("NewImage")) {
                        projectImage(json, row);
                    } else {
                        json.skipChildren();
                    }
                }
            }
            requireEnd(json);
        }
    }

    @Override
    public Object index(byte[] record) throws IOException {
        try (JsonParser json = factory.createParser(record)) {
            JsonToken last = json.nextToken();
            for (JsonToken token = last; token != null; token = json.nextToken()) {
                last = token;
            }
            return last;
        }
    }

    /** Moves into the next member of the record that is called dynamodb; returns false at the end of the record. */
    private static boolean nextChange(JsonParser json) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("dynamodb")) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private @Nullable Map<String, @Nullable Object> image(JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            return null;
        }
        Map<String, @Nullable Object> image = item(json, attributes);
        attributes = image.size();
        return image;
    }

    private static Map<String, @Nullable Object> item(JsonParser json, int expected) throws IOException {
        Map<String, @Nullable Object> map = new HashMap<>(expected + expected / 2);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            map.put(name, value(json));
        }
        return map;
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        String descriptor = descriptor(json);
        json.nextToken();
        Object value = switch (descriptor) {
            case "S" -> json.getText();
            case "N" -> decimal(json);
            case "BOOL" -> json.getBooleanValue();
            case "NULL" -> null;
            case "SS" -> texts(json);
            case "NS" -> decimals(json);
            case "L" -> list(json);
            case "M" -> item(json, 4);
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
        json.nextToken();
        return value;
    }

    private static String descriptor(JsonParser json) throws IOException {
        String descriptor = json.nextFieldName();
        if (descriptor == null) {
            throw new IllegalArgumentException("no type descriptor");
        }
        return descriptor;
    }

    private static BigDecimal decimal(JsonParser json) throws IOException {
        return new BigDecimal(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private static Set<String> texts(JsonParser json) throws IOException {
        Set<String> set = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            set.add(json.getText());
        }
        return set;
    }

    private static Set<BigDecimal> decimals(JsonParser json) throws IOException {
        Set<BigDecimal> set = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            set.add(decimal(json));
        }
        return set;
    }

    private static List<@Nullable Object> list(JsonParser json) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(json));
        }
        return list;
    }

    private static void projectImage(JsonParser json, ProjectedRow row) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case ProjectedRow.UPDATED_AT -> {
                    enter(json);
                    row.updatedAt(integer(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
                    json.nextToken();
                }
                case ProjectedRow.AMOUNT -> {
                    enter(json);
                    row.amount(NumberInput.parseDouble(
                            json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), true));
                    json.nextToken();
                }
                case ProjectedRow.ACTIVE -> {
                    enter(json);
                    row.active(json.getBooleanValue());
                    json.nextToken();
                }
                case ProjectedRow.STATUS -> {
                    enter(json);
                    copyText(json, row.status());
                    json.nextToken();
                }
                case ProjectedRow.ID -> {
                    enter(json);
                    copyText(json, row.id());
                    json.nextToken();
                }
                default -> json.skipChildren();
            }
        }
    }

    private static void enter(JsonParser json) throws IOException {
        json.nextFieldName();
        json.nextToken();
    }

    private static void copyText(JsonParser json, ProjectedRow.Text text) throws IOException {
        text.length = encode(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), text.bytes);
    }

    /** Parses up to 18 digits, which fit a long; Jackson's own method takes neither fewer than ten nor a sign. */
    private static long integer(char[] text, int offset, int length) {
        boolean negative = text[offset] == '-';
        int from = negative ? offset + 1 : offset;
        int end = offset + length;
        if (from == end || end - from > 18) {
            throw new NumberFormatException("length " + length);
        }
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("digit");
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private static void requireEnd(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new IllegalArgumentException("not one object");
        }
    }

    /** Encodes well-formed UTF-16 as UTF-8 without creating a String; returns the number of bytes written. */
    private static int encode(char[] chars, int offset, int length, byte[] target) {
        int end = offset + length;
        int i = offset;
        int written = 0;
        while (i < end && chars[i] < 0x80) {
            target[written++] = (byte) chars[i++];
        }
        while (i < end) {
            char c = chars[i++];
            if (c < 0x80) {
                target[written++] = (byte) c;
            } else if (c < 0x800) {
                target[written++] = (byte) (0xC0 | (c >> 6));
                target[written++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                int codePoint = Character.toCodePoint(c, chars[i++]);
                target[written++] = (byte) (0xF0 | (codePoint >> 18));
                target[written++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                target[written++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                target[written++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                target[written++] = (byte) (0xE0 | (c >> 12));
                target[written++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                target[written++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return written;
    }
}
