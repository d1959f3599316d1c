package blackbox;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A random Java type, with random values of it and their DynamoDB JSON. */
final class Shape {
    private static final TypeFactory TYPES = TypeFactory.defaultInstance();
    private static final List<Class<?>> SCALARS = List.of(
            String.class,
            BigDecimal.class,
            BigInteger.class,
            Long.class,
            Integer.class,
            Double.class,
            Boolean.class,
            byte[].class,
            ByteBuffer.class);

    /** A value and its JSON. */
    record Value(@Nullable Object java, String json) {}

    private final JavaType type;
    private final @Nullable Shape content;

    private Shape(JavaType type, @Nullable Shape content) {
        this.type = type;
        this.content = content;
    }

    /** Returns the shape of an item: a map from names to values of one random shape. */
    static Shape ofItem(SplittableRandom random) {
        return mapOf(any(random, 0));
    }

    private static Shape mapOf(Shape content) {
        return new Shape(TYPES.constructMapType(Map.class, TYPES.constructType(String.class), content.type), content);
    }

    private static Shape any(SplittableRandom random, int level) {
        int kind = random.nextInt(level < 4 ? 10 : 6);
        if (kind < 5) {
            return scalar(SCALARS.get(random.nextInt(SCALARS.size())));
        }
        if (kind == 5) {
            Shape member = scalar(
                    List.of(String.class, BigDecimal.class, ByteBuffer.class).get(random.nextInt(3)));
            return new Shape(TYPES.constructCollectionType(Set.class, member.type), member);
        }
        Shape content = any(random, level + 1);
        return kind < 8 ? mapOf(content) : new Shape(TYPES.constructCollectionType(List.class, content.type), content);
    }

    private static Shape scalar(Class<?> type) {
        return new Shape(TYPES.constructType(type), null);
    }

    JavaType type() {
        return type;
    }

    /** Returns the JSON of an item and the expected map. */
    Value item(SplittableRandom random, int size) {
        Value value = map(random, size);
        return new Value(
                value.java(),
                value.json().substring("{\"M\":".length(), value.json().length() - 1));
    }

    private Value value(SplittableRandom random, int size) {
        if (random.nextInt(12) == 0) {
            return new Value(null, "{\"NULL\":true}");
        }
        if (type.isMapLikeType()) {
            return map(random, size);
        }
        if (type.hasRawClass(Set.class)) {
            return set(random, size);
        }
        return type.hasRawClass(List.class) ? list(random, size) : scalar(random);
    }

    private Shape content() {
        if (content == null) {
            throw new IllegalStateException("a scalar");
        }
        return content;
    }

    private Value map(SplittableRandom random, int size) {
        Map<String, @Nullable Object> java = new LinkedHashMap<>();
        Map<String, String> json = new LinkedHashMap<>();
        for (int i = random.nextInt(size + 1); i > 0; i--) {
            String name = text(random);
            Value value = content().value(random, size / 2);
            java.put(name, value.java());
            json.put(name, value.json());
        }
        return new Value(
                java,
                json.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                        .collect(Collectors.joining(",", "{\"M\":{", "}}")));
    }

    private Value list(SplittableRandom random, int size) {
        List<Value> values = times(random.nextInt(size + 1), () -> content().value(random, size / 2));
        List<@Nullable Object> java = new ArrayList<>();
        values.forEach(value -> java.add(value.java()));
        return new Value(java, values.stream().map(Value::json).collect(Collectors.joining(",", "{\"L\":[", "]}")));
    }

    /** Returns members that are distinct and at least one, as DynamoDB requires. */
    private Value set(SplittableRandom random, int size) {
        Set<Object> java = new LinkedHashSet<>();
        Set<String> json = new LinkedHashSet<>();
        String descriptor = "";
        for (Value member : times(1 + random.nextInt(size + 1), () -> content().scalar(random))) {
            descriptor = member.json().substring(2, 3);
            Object key = member.java() instanceof BigDecimal number ? number.stripTrailingZeros() : member.java();
            if (key != null && java.stream().noneMatch(other -> sameKey(other, key))) {
                java.add(member.java() == null ? key : member.java());
                json.add(member.json()
                        .substring("{\"S\":".length(), member.json().length() - 1));
            }
        }
        return new Value(java, "{\"" + descriptor + "S\":[" + String.join(",", json) + "]}");
    }

    private static boolean sameKey(Object other, Object key) {
        return key.equals(other instanceof BigDecimal number ? number.stripTrailingZeros() : other);
    }

    private Value scalar(SplittableRandom random) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class) {
            String text = text(random);
            return new Value(text, "{\"S\":" + quoted(text) + "}");
        }
        if (raw == Boolean.class) {
            boolean bool = random.nextBoolean();
            return new Value(bool, "{\"BOOL\":" + bool + "}");
        }
        if (raw == byte[].class || raw == ByteBuffer.class) {
            byte[] bytes = new byte[random.nextInt(9)];
            random.nextBytes(bytes);
            String json = "{\"B\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
            return new Value(raw == byte[].class ? bytes : ByteBuffer.wrap(bytes), json);
        }
        return number(raw, random);
    }

    private static Value number(Class<?> raw, SplittableRandom random) {
        BigInteger digits = new BigInteger(random.nextInt(1, 126), new java.util.Random(random.nextLong()));
        digits = random.nextBoolean() ? digits : digits.negate();
        if (raw == Integer.class) {
            int number = (int) random.nextLong() >> random.nextInt(32);
            return number(number, random.nextInt(4) == 0 ? number + ".0" : String.valueOf(number));
        }
        if (raw == Long.class) {
            long number = random.nextLong() >> random.nextInt(64);
            return number(number, random.nextInt(4) == 0 ? number + "E0" : String.valueOf(number));
        }
        if (raw == Double.class) {
            double number = random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
            return number(number, String.valueOf(number));
        }
        if (raw == BigInteger.class) {
            return number(digits, digits.toString());
        }
        BigDecimal number = new BigDecimal(digits, random.nextInt(-85, 126));
        return number(number, random.nextBoolean() ? number.toPlainString() : number.toString());
    }

    private static Value number(Number number, String text) {
        // Plain text has no negative scale, so the text determines the BigDecimal.
        return new Value(number instanceof BigDecimal ? new BigDecimal(text) : number, "{\"N\":\"" + text + "\"}");
    }

    private static String text(SplittableRandom random) {
        return times(random.nextInt(8), () -> "abcxyz019_:\"\\\n\té東\uD83D\uDE80 ".codePointAt(random.nextInt(17)))
                .stream()
                .filter(codePoint -> !Character.isSurrogate((char) codePoint.intValue()) || codePoint > 0xFFFF)
                .map(Character::toString)
                .collect(Collectors.joining());
    }

    /** Returns whether two values are equal, with arrays compared by content and maps in the same order. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof byte[] bytes) {
            return b instanceof byte[] others && Arrays.equals(bytes, others);
        }
        if (a instanceof List<?> list && b instanceof List<?> other) {
            return list.size() == other.size()
                    && IntStream.range(0, list.size()).allMatch(i -> same(list.get(i), other.get(i)));
        }
        if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) {
            return List.copyOf(map.keySet()).equals(List.copyOf(other.keySet()))
                    && map.keySet().stream().allMatch(key -> same(map.get(key), other.get(key)));
        }
        return Objects.equals(a, b);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static <T> List<T> times(int count, Supplier<T> made) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(made.get());
        }
        return list;
    }
}
