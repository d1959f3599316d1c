package io.github.dynamodbcdc;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes plain Java values as JSON. */
final class JsonOutput {
    /** The most levels of maps and collections. They end one that contains itself. */
    static final int MAX_DEPTH = 64;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");

    private JsonOutput() {}

    /**
     * Appends an object.
     *
     * @throws NullPointerException if a name is null
     * @throws IllegalArgumentException if a name is not a String, or a value has no form in JSON or is too deep
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
            separator = ",";
        }
        json.append(']');
    }

    /** Appends a value. It throws what {@link #appendMap} throws. */
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
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("a number that JSON cannot express");
        }
        return text;
    }

    private static void checkDepth(int level) {
        if (level > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels, or a value that contains itself");
        }
    }

    /** Appends a string, or null. A surrogate stays escaped, because a lone one cannot be encoded in UTF-8. */
    static void appendText(StringBuilder json, @Nullable String text) {
        if (text == null) {
            json.append("null");
            return;
        }
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
