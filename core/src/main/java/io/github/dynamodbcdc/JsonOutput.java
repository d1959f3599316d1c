package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes strings and plain Java values as JSON. */
final class JsonOutput {
    /** The most levels of maps and collections, so that one that contains itself is refused. */
    private static final int MAX_DEPTH = 64;

    /** The most bytes of an answer that Lambda accepts: "Lambda quotas" has 6 MB for the payload of an invocation. */
    private static final int MAX_BYTES = 6 << 20;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");

    private JsonOutput() {}

    /**
     * Appends an object.
     *
     * @throws NullPointerException if a name is null
     * @throws IllegalArgumentException if a name is not a String, or a value has no form in JSON or is too deep, or a
     *     text has an unpaired surrogate, which strict readers refuse even as an escape
     */
    static void appendMap(StringBuilder json, Map<?, ?> map) {
        appendMap(json, map, 1);
    }

    private static void appendMap(StringBuilder json, Map<?, ?> map, int level) {
        checkDepth(level);
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object name = Objects.requireNonNull(entry.getKey(), "name in a map");
            if (!(name instanceof String)) {
                throw new IllegalArgumentException("a map has keys that are not Strings");
            }
            appendText(json.append(separator), (String) name);
            appendValue(json.append(':'), entry.getValue(), level + 1);
            checkLength(json);
            separator = ",";
        }
        json.append('}');
    }

    private static void appendCollection(StringBuilder json, Collection<?> elements, int level) {
        checkDepth(level);
        json.append('[');
        String separator = "";
        for (Object element : elements) {
            appendValue(json.append(separator), element, level + 1);
            checkLength(json);
            separator = ",";
        }
        json.append(']');
    }

    /** Appends a value. Throws the exceptions of {@link #appendMap}. */
    static void appendValue(StringBuilder json, @Nullable Object value) {
        appendValue(json, value, 1);
    }

    /** Appends a value. The level is that of the object or array that it may be. */
    private static void appendValue(StringBuilder json, @Nullable Object value, int level) {
        if (value == null || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof String) {
            appendText(json, (String) value);
        } else if (value instanceof Number) {
            json.append(number((Number) value));
        } else if (value instanceof Map) {
            appendMap(json, (Map<?, ?>) value, level);
        } else if (value instanceof Collection) {
            appendCollection(json, (Collection<?>) value, level);
        } else {
            throw new IllegalArgumentException("a value of " + value.getClass().getName()
                    + ", which is not a String, Number, Boolean, Map or Collection");
        }
    }

    private static String number(Number value) {
        String text = value.toString();
        if (text == null || !NUMBER.matcher(text).matches()) { // it may be of your own class
            throw new IllegalArgumentException("a number that JSON cannot express");
        }
        return text;
    }

    private static void checkDepth(int level) {
        if (level > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels, or a value that contains itself");
        }
    }

    /** Refuses more characters than bytes are accepted early: a small collection may contain another many times. */
    private static void checkLength(StringBuilder json) {
        checkLength(json.length());
    }

    private static void checkLength(int length) {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("more than the 6 MB that Lambda accepts in an answer");
        }
    }

    /**
     * Returns JSON as UTF-8.
     *
     * @throws IllegalArgumentException if it is more than Lambda accepts
     */
    static byte[] bytesForLambda(StringBuilder json) {
        byte[] bytes = json.toString().getBytes(UTF_8);
        checkLength(bytes.length);
        return bytes;
    }

    /**
     * Appends a string.
     *
     * @throws IllegalArgumentException if the text has a surrogate without its other half
     */
    static void appendText(StringBuilder json, String text) {
        if (!appendAnyText(json, text)) {
            throw new IllegalArgumentException("a text has an unpaired surrogate, which UTF-8 cannot encode");
        }
    }

    /**
     * Appends a string, in which a surrogate without its other half is an escape, because UTF-8 cannot encode it.
     *
     * @return whether there is none
     */
    static boolean appendAnyText(StringBuilder json, String text) {
        boolean paired = true;
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                appendControl(json, c);
            } else if (!Character.isSurrogate(c)) {
                json.append(c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                json.append(c).append(text.charAt(++i));
            } else {
                json.append("\\u").append(Integer.toHexString(c));
                paired = false;
            }
        }
        json.append('"');
        return paired;
    }

    private static void appendControl(StringBuilder json, char c) {
        int letter = "\b\t\n\f\r".indexOf(c);
        if (letter >= 0) {
            json.append('\\').append("btnfr".charAt(letter));
        } else {
            json.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 0xF, 16));
        }
    }
}
