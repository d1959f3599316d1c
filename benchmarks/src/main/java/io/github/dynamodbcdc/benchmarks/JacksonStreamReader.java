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
 * What an expert writes by hand on Jackson's streaming parser: no tree, names canonicalised (Jackson's default),
 * numbers converted from the parser's own buffer. Its index is a walk over the tokens. Knows no binary, which no
 * payload holds.
 */
final class JacksonStreamReader implements EventReader {
    private final JsonFactory factory = new JsonFactory();

    /** Of the latest image, so that the next one's map need not grow. */
    private int attributes = 16;

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        Map<String, @Nullable Object> keys = Map.of();
        Map<String, @Nullable Object> newImage = null;
        Map<String, @Nullable Object> oldImage = null;
        try (JsonParser json = factory.createParser(record)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (!name.equals("dynamodb")) {
                    json.skipChildren();
                    continue;
                }
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
    public void project(byte[] record, Projection row) throws IOException {
        try (JsonParser json = factory.createParser(record)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (!name.equals("dynamodb")) {
                    json.skipChildren();
                    continue;
                }
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
            default -> throw new IllegalArgumentException("type descriptor that no payload has");
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

    private static void projectImage(JsonParser json, Projection row) throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case Projection.UPDATED_AT -> {
                    enter(json);
                    row.updatedAt(integer(json.getTextCharacters(), json.getTextOffset(), json.getTextLength()));
                    json.nextToken();
                }
                case Projection.AMOUNT -> {
                    enter(json);
                    row.amount(NumberInput.parseDouble(
                            json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), true));
                    json.nextToken();
                }
                case Projection.ACTIVE -> {
                    enter(json);
                    row.active(json.getBooleanValue());
                    json.nextToken();
                }
                case Projection.STATUS -> {
                    enter(json);
                    copyText(json, row.status());
                    json.nextToken();
                }
                case Projection.ID -> {
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

    private static void copyText(JsonParser json, Projection.Text text) throws IOException {
        text.length = Utf8.encode(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), text.bytes);
    }

    /** As many digits as never overflow a long; Jackson's own takes neither less than ten nor a sign. */
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
}
