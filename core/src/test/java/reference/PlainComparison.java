package reference;

import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares {@code toMap} under the default policy and under one that differs from it in everything. Both sides are
 * converted to {@link Shown} values, so that classes, order and the content of arrays count.
 */
final class PlainComparison {
    /** A value with the kind of Java object that holds it. */
    private record Shown(String kind, @Nullable Object value) {}

    private static final PlainValues TEXTS = PlainValues.defaults()
            .withNumbers(PlainValues.Numbers.TEXT)
            .withSets(PlainValues.Sets.LIST)
            .withBinary(PlainValues.Binary.BASE64)
            .withNulls(PlainValues.Nulls.DROP);
    private static final PlainValues NARROW = PlainValues.defaults()
            .withNumbers(PlainValues.Numbers.NARROWEST)
            .withBinary(PlainValues.Binary.BYTE_BUFFER);

    private enum Policy {
        DEFAULT,
        TEXTS,
        NARROW
    }

    private final Policy policy;
    private final boolean ordered;

    private PlainComparison(Policy policy, boolean ordered) {
        this.policy = policy;
        this.ordered = ordered;
    }

    static void item(String path, Map<String, RefValue> expected, Item actual, boolean ordered) {
        new PlainComparison(Policy.DEFAULT, ordered).compare(path + ".toMap()", expected, actual.toMap());
        new PlainComparison(Policy.TEXTS, ordered).compare(path + ".toMap(texts)", expected, actual.toMap(TEXTS));
        new PlainComparison(Policy.NARROW, ordered).compare(path + ".toMap(narrow)", expected, actual.toMap(NARROW));
    }

    private void compare(String path, Map<String, RefValue> expected, Map<String, @Nullable Object> actual) {
        Mismatch.ifDifferent(path, expected(new RefValue.Attributes(expected)), shown(actual));
        for (String name : expected.keySet()) {
            Mismatch.ifDifferent(
                    path + ".containsKey(" + name + ")", isKept(expected.get(name)), actual.containsKey(name));
        }
    }

    private boolean isKept(@Nullable RefValue value) {
        return value != null
                && !(value instanceof RefValue.Unknown)
                && !(value instanceof RefValue.Null && policy == Policy.TEXTS);
    }

    private Shown expected(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return new Shown("String", text.text());
        } else if (value instanceof RefValue.Numeral number) {
            return number(number.text());
        } else if (value instanceof RefValue.Binary binary) {
            return binary(binary.bytes(), "byte[]");
        } else if (value instanceof RefValue.Bool bool) {
            return new Shown("Boolean", bool.value());
        } else if (value instanceof RefValue.TextSet set) {
            return set(set.members().stream()
                    .map(member -> new Shown("String", member))
                    .toList());
        } else if (value instanceof RefValue.NumberSet set) {
            return policy == Policy.TEXTS
                    ? set(set.members().stream().map(this::number).toList())
                    : set(ValueComparison.distinct(set.values()).stream()
                            .map(member -> number(member.toString()))
                            .toList());
        } else if (value instanceof RefValue.BinarySet set) {
            return set(set.members().stream()
                    .map(member -> binary(member, "ByteBuffer"))
                    .toList());
        } else if (value instanceof RefValue.Elements list) {
            return new Shown(
                    "List",
                    list.elements().stream()
                            .filter(this::isKept)
                            .map(this::expected)
                            .toList());
        } else if (value instanceof RefValue.Attributes map) {
            Map<String, Shown> entries = new LinkedHashMap<>();
            map.attributes().forEach((name, attribute) -> {
                if (isKept(attribute)) {
                    entries.put(name, expected(attribute));
                }
            });
            return map(entries);
        }
        return new Shown("null", null);
    }

    private Shown number(String text) {
        BigDecimal value = new BigDecimal(text);
        return switch (policy) {
            case DEFAULT -> new Shown("BigDecimal", value);
            case TEXTS -> new Shown("String", text);
            case NARROW -> narrowest(value);
        };
    }

    private static Shown narrowest(BigDecimal value) {
        boolean isIntegral = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        boolean fitsLong = value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        if (!isIntegral || !fitsLong) {
            return new Shown("BigDecimal", value);
        }
        long integer = value.longValue();
        return integer == (int) integer ? new Shown("Integer", (int) integer) : new Shown("Long", integer);
    }

    private Shown binary(Bytes bytes, String defaultKind) {
        return switch (policy) {
            case DEFAULT -> new Shown(defaultKind, bytes);
            case TEXTS -> new Shown("String", Base64.getEncoder().encodeToString(bytes.toArray()));
            case NARROW -> new Shown("ByteBuffer", bytes);
        };
    }

    private Shown set(List<Shown> members) {
        return policy == Policy.TEXTS
                ? new Shown("List", members)
                : new Shown("Set", List.copyOf(new LinkedHashSet<>(members)));
    }

    private Shown shown(@Nullable Object value) {
        if (value == null) {
            return new Shown("null", null);
        } else if (value instanceof byte[] bytes) {
            return new Shown("byte[]", new Bytes(bytes));
        } else if (value instanceof ByteBuffer buffer) {
            return new Shown(
                    buffer.isReadOnly() ? "ByteBuffer" : "writable ByteBuffer", ValueComparison.content(buffer));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Shown> entries = new LinkedHashMap<>();
            map.forEach((name, attribute) -> entries.put((String) name, shown(attribute)));
            return map(entries);
        } else if (value instanceof Collection<?> collection) {
            List<Shown> members = new ArrayList<>();
            collection.forEach(member -> members.add(shown(member)));
            return new Shown(value instanceof Set ? "Set" : value instanceof List ? "List" : "Collection", members);
        }
        return new Shown(value.getClass().getSimpleName(), value);
    }

    private Shown map(Map<String, Shown> entries) {
        return new Shown("Map", ordered ? List.copyOf(entries.entrySet()) : entries);
    }
}
