package io.github.dynamodbcdc.pinot;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the decoder's properties as typed values. A value outside its vocabulary is refused, with its key in the
 * message; case does not matter.
 */
final class DecoderProperties {
    private final Map<String, String> values;

    /** @throws IllegalArgumentException if there is an unknown {@code dynamodb.} key */
    DecoderProperties(Map<String, String> values) {
        this.values = values;
        values.keySet().forEach(DecoderKeys::check);
    }

    /** Returns the value without surrounding white space; null if it is absent or blank. */
    @Nullable
    String text(String key) {
        String value = values.get(key);
        return value == null || value.isBlank() ? null : value.trim();
    }

    String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    boolean has(String key) {
        return text(key) != null;
    }

    boolean flag(String key, boolean otherwise) {
        String value = text(key);
        if (value == null) {
            return otherwise;
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return value.equalsIgnoreCase("true");
        }
        throw notOneOf(key, value, "true, false");
    }

    /** Returns a constant of an enum; by default the first. */
    <E extends Enum<E>> E choice(String key, Class<E> choices) {
        String value = text(key);
        return value == null ? choices.getEnumConstants()[0] : chosen(key, value, choices);
    }

    /** Returns a constant of an enum; null by default. */
    <E extends Enum<E>> @Nullable E optionalChoice(String key, Class<E> choices) {
        String value = text(key);
        return value == null ? null : chosen(key, value, choices);
    }

    <E extends Enum<E>> E chosen(String key, String value, Class<E> choices) {
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equals(value.toUpperCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw notOneOf(
                key,
                value,
                Arrays.stream(choices.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** Returns the members of a comma-separated list; empty if the property is absent. */
    Set<String> list(String key) {
        Set<String> members = new LinkedHashSet<>();
        for (String member : text(key, "").split(",", -1)) {
            if (!member.isBlank()) {
                members.add(member.trim());
            }
        }
        return members;
    }

    static IllegalArgumentException notOneOf(String key, String value, String choices) {
        return new IllegalArgumentException(
                Quoted.cut(key) + " is " + Quoted.of(value) + "; it takes one of: " + choices);
    }
}
