package reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses one strict JSON text to a tree. It gives Jackson bytes, never a Reader, because only Jackson's byte parser is
 * strict about the digits of an escape. This class checks what Jackson does not: UTF-8, unpaired surrogates, and marks
 * of other encodings. Canonical field names stay enabled: without them, Jackson would put a Reader over the bytes.
 */
public final class JsonReader {
    private static final int MAX_NESTING = 256;
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private static final TSFBuilder<?, ?> JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(UNLIMITED)
                    .maxNameLength(UNLIMITED)
                    .maxStringLength(UNLIMITED)
                    .maxNumberLength(UNLIMITED)
                    .build())
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Parses the text, or refuses it with a {@link ReferenceRefusal}. */
    public static Json read(byte[] bytes) {
        requireUtf8(bytes);
        int start = startsWithByteOrderMark(bytes, 0) ? 3 : 0;
        if (startsWithByteOrderMark(bytes, start)) {
            throw new ReferenceRefusal("NOT_JSON", "a second byte order mark");
        }
        // A new factory for each text: a shared one learns names, and copies its growing table for every text.
        try (JsonParser parser = JACKSON.build().createParser(bytes, start, bytes.length - start)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new ReferenceRefusal("NOT_JSON", "nothing but white space");
            }
            Json root = new JsonReader(parser).value(first, 1);
            if (parser.nextToken() != null) {
                throw new ReferenceRefusal("NOT_JSON", "something follows the record");
            }
            return root;
        } catch (IOException e) {
            throw new ReferenceRefusal("NOT_JSON", "Jackson refuses it", e);
        }
    }

    private Json value(JsonToken token, int level) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(level);
            case START_ARRAY -> array(level);
            case VALUE_STRING -> new Json.Str(whole(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            default -> throw new ReferenceRefusal("NOT_JSON", "no value: " + token);
        };
    }

    private Json object(int level) throws IOException {
        requireLevel(level);
        List<Json.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser.currentName());
            members.add(new Json.Member(name, value(parser.nextToken(), level + 1)));
        }
        return new Json.Obj(members);
    }

    private Json array(int level) throws IOException {
        requireLevel(level);
        List<Json> elements = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            elements.add(value(next, level + 1));
        }
        return new Json.Arr(elements);
    }

    private static void requireLevel(int level) {
        if (level > MAX_NESTING) {
            throw new ReferenceRefusal("DEPTH_LIMIT", "JSON nesting");
        }
    }

    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new ReferenceRefusal("LONE_SURROGATE", "in a name or string");
            }
        }
        return text;
    }

    /** JSON has no zero byte, and without one Jackson cannot mistake the text for UTF-16 or UTF-32. */
    private static void requireUtf8(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new ReferenceRefusal("NOT_JSON", "a zero byte");
            }
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new ReferenceRefusal("BAD_UTF8", "the JDK's strict decoder refuses it", e);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] bytes, int start) {
        return bytes.length - start >= 3
                && (bytes[start] & 0xFF) == 0xEF
                && (bytes[start + 1] & 0xFF) == 0xBB
                && (bytes[start + 2] & 0xFF) == 0xBF;
    }
}
