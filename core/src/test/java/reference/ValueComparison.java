package reference;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.Item;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares items and values through every accessor, including those that must refuse. */
final class ValueComparison {
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal INT_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

    /** The depth to which toMap is called itself; deeper levels are compared within those above. */
    private static final int PLAIN_LEVELS = 3;

    private final boolean ordered;
    private int level;

    /** @param ordered whether to compare the order of the attributes */
    ValueComparison(boolean ordered) {
        this.ordered = ordered;
    }

    void item(String path, @Nullable Map<String, RefValue> expected, @Nullable Item actual) {
        if (expected == null || actual == null) {
            if (expected != null || actual != null) {
                throw Mismatch.at(path, expected == null ? "absent" : "present", actual == null ? "absent" : "present");
            }
            return;
        }
        Mismatch.ifDifferent(path + ".size()", expected.size(), actual.size());
        Mismatch.ifDifferent(path + ".isEmpty()", expected.isEmpty(), actual.size() == 0);
        names(path, expected, actual);
        int probe = 0;
        for (Map.Entry<String, RefValue> attribute : expected.entrySet()) {
            String name = attribute.getKey();
            String at = path + "." + name;
            AttributeValue value = actual.get(name);
            if (value == null) {
                throw Mismatch.at(at, attribute.getValue(), "absent");
            }
            value(at, attribute.getValue(), value, probe++);
            Mismatch.ifDifferent(path + ".contains(" + name + ")", true, actual.contains(name));
            Mismatch.ifDifferent(path + ".require(" + name + ")", value, actual.require(name));
            Mismatch.ifDifferent(
                    at + ".hashCode()", value.hashCode(), actual.require(name).hashCode());
        }
        absent(path, expected, actual);
        if (level < PLAIN_LEVELS) {
            PlainComparison.item(path, expected, actual, ordered);
        }
    }

    private void names(String path, Map<String, RefValue> expected, Item actual) {
        List<String> iterated = new ArrayList<>();
        actual.iterator().forEachRemaining(attribute -> {
            iterated.add(attribute.getKey());
            String at = path + ".iterator()." + attribute.getKey();
            RefValue value = expected.get(attribute.getKey());
            Mismatch.ifDifferent(
                    at,
                    value == null ? "no such attribute" : value.typeName(),
                    attribute.getValue().type().name());
        });
        List<String> walked = new ArrayList<>();
        actual.forEach((name, value) -> walked.add(name));
        Mismatch.ifDifferent(path + ": forEach and iterator", iterated, walked);
        List<String> names = new ArrayList<>(expected.keySet());
        if (!ordered) {
            names.sort(null);
            iterated.sort(null);
        }
        Mismatch.ifDifferent(path + ": names", names, iterated);
    }

    private static void absent(String path, Map<String, RefValue> expected, Item actual) {
        String name = "no such attribute";
        if (!expected.containsKey(name)) {
            Mismatch.ifDifferent(path + ".get(absent)", null, actual.get(name));
            Mismatch.ifDifferent(path + ".contains(absent)", false, actual.contains(name));
            refuses(path + ".require(absent)", AttributeValueException.Reason.ABSENT, () -> actual.require(name));
        }
    }

    /** @param probe chooses which of the accessors of other types is tried: all of them would be slow */
    void value(String path, RefValue expected, AttributeValue actual, int probe) {
        Mismatch.ifDifferent(
                path + ".type()", expected.typeName(), actual.type().name());
        Mismatch.ifDifferent(
                path + ".isNull()", expected instanceof RefValue.Null, actual.type() == AttributeType.NULL);
        wrongType(path, actual, probe);
        if (expected instanceof RefValue.Text text) {
            Mismatch.ifDifferent(path + ".asString()", text.text(), actual.asString());
        } else if (expected instanceof RefValue.Numeral number) {
            number(path, number, actual);
        } else if (expected instanceof RefValue.Binary binary) {
            Mismatch.ifDifferent(path + ".asBytes()", binary.bytes(), new Bytes(actual.asBytes()));
        } else if (expected instanceof RefValue.Bool bool) {
            Mismatch.ifDifferent(path + ".asBoolean()", bool.value(), actual.asBoolean());
        } else if (expected instanceof RefValue.TextSet set) {
            Mismatch.ifDifferent(
                    path + ".asStringSet()",
                    List.copyOf(new LinkedHashSet<>(set.members())),
                    List.copyOf(actual.asStringSet()));
        } else if (expected instanceof RefValue.NumberSet set) {
            Mismatch.ifDifferent(path + ".asNumberSet()", distinct(set.values()), List.copyOf(actual.asNumberSet()));
        } else if (expected instanceof RefValue.BinarySet set) {
            Mismatch.ifDifferent(
                    path + ".asBinarySet()",
                    List.copyOf(new LinkedHashSet<>(set.members())),
                    actual.asBinarySet().stream().map(ValueComparison::content).toList());
        } else if (expected instanceof RefValue.Elements list) {
            elements(path, list.elements(), actual.asList());
        } else if (expected instanceof RefValue.Attributes map) {
            level++;
            item(path + ".M", map.attributes(), actual.asItem());
            level--;
        }
    }

    private void elements(String path, List<RefValue> expected, List<AttributeValue> actual) {
        Mismatch.ifDifferent(path + ".asList().size()", expected.size(), actual.size());
        level++;
        for (int i = 0; i < expected.size(); i++) {
            value(path + ".L[" + i + "]", expected.get(i), actual.get(i), i);
        }
        level--;
    }

    private static void number(String path, RefValue.Numeral expected, AttributeValue actual) {
        BigDecimal exact = expected.value();
        Mismatch.ifDifferent(path + ".numberText()", expected.text(), actual.numberText());
        Mismatch.ifDifferent(path + ".asBigDecimal()", exact, actual.asBigDecimal());
        integral(path + ".asLong()", exact, LONG_MIN, LONG_MAX, actual::asLong);
        integral(path + ".asInt()", exact, INT_MIN, INT_MAX, () -> (long) actual.asInt());
        double nearest = Double.parseDouble(expected.text());
        if (Double.isInfinite(nearest)) {
            refuses(path + ".asDouble()", AttributeValueException.Reason.OUT_OF_RANGE, actual::asDouble);
        } else {
            Mismatch.ifDifferent(path + ".asDouble()", nearest, actual.asDouble());
        }
    }

    private static void integral(
            String path, BigDecimal exact, BigDecimal least, BigDecimal most, Supplier<Long> accessor) {
        boolean isIntegral = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        boolean isInRange = exact.compareTo(least) >= 0 && exact.compareTo(most) <= 0;
        if (isIntegral && isInRange) {
            Mismatch.ifDifferent(path, exact.longValue(), accessor.get());
        } else if (isIntegral) {
            refuses(path, AttributeValueException.Reason.OUT_OF_RANGE, accessor);
        } else if (isInRange) {
            refuses(path, AttributeValueException.Reason.NOT_INTEGRAL, accessor);
        } else {
            // A fraction that is also out of range: either reason is correct.
            refuses(path, null, accessor);
        }
    }

    private static void wrongType(String path, AttributeValue actual, int probe) {
        List<Map.Entry<AttributeType, Supplier<?>>> accessors = List.of(
                Map.entry(AttributeType.S, actual::asString),
                Map.entry(AttributeType.N, actual::asBigDecimal),
                Map.entry(AttributeType.B, actual::asBytes),
                Map.entry(AttributeType.BOOL, actual::asBoolean),
                Map.entry(AttributeType.SS, actual::asStringSet),
                Map.entry(AttributeType.NS, actual::asNumberSet),
                Map.entry(AttributeType.BS, actual::asBinarySet),
                Map.entry(AttributeType.L, actual::asList),
                Map.entry(AttributeType.M, actual::asItem),
                Map.entry(AttributeType.N, actual::asLong),
                Map.entry(AttributeType.N, actual::asInt),
                Map.entry(AttributeType.N, actual::asDouble),
                Map.entry(AttributeType.N, actual::numberText));
        Map.Entry<AttributeType, Supplier<?>> chosen = accessors.get(probe % accessors.size());
        if (chosen.getKey() != actual.type()) {
            refuses(path + " as " + chosen.getKey(), AttributeValueException.Reason.WRONG_TYPE, chosen.getValue());
        }
    }

    private static void refuses(String path, AttributeValueException.@Nullable Reason reason, Supplier<?> accessor) {
        Object answer;
        try {
            answer = accessor.get();
        } catch (AttributeValueException e) {
            if (reason != null) {
                Mismatch.ifDifferent(path + ": reason", reason, e.reason());
            }
            return;
        }
        throw Mismatch.at(path, "a refusal", answer);
    }

    /** Returns the set's numbers; of numbers equal by value, only the first. */
    static List<BigDecimal> distinct(List<BigDecimal> numbers) {
        List<BigDecimal> distinct = new ArrayList<>();
        for (BigDecimal number : numbers) {
            if (distinct.stream().noneMatch(earlier -> earlier.compareTo(number) == 0)) {
                distinct.add(number);
            }
        }
        return distinct;
    }

    static Bytes content(ByteBuffer buffer) {
        byte[] content = new byte[buffer.remaining()];
        buffer.duplicate().get(content);
        return new Bytes(content);
    }
}
