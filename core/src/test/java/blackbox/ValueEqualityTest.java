package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The contract of {@code equals} and {@code hashCode} of items and values, which are equal by DynamoDB's meaning. */
class ValueEqualityTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Property(tries = 2_000)
    @SuppressWarnings("EqualsNull") // this is what the test tries
    void itemsAndValuesOfTheSameMeaningAreEqualWithTheSameHash(@ForAll long seed) {
        Meaning meaning = Meaning.any(new Random(seed), 3);
        AttributeValue first = value(meaning.spell(new Random(seed + 1)));
        AttributeValue second = value(meaning.spell(new Random(seed + 2)));
        AttributeValue third = value(meaning.spell(new Random(seed + 3)));

        assertEqual(first, first);
        assertEqual(first, second);
        assertEqual(second, third);
        assertEqual(first, third);
        assertEqual(item(first), item(second));
        assertThat(first.equals(null)).isFalse();
        assertThat(item(first).equals(null)).isFalse();
        assertThat((Object) first).isNotEqualTo(item(first)).isNotEqualTo("text");
    }

    @Property(tries = 5_000)
    void equalityIsSymmetricByMeaningOnlyAndConsistentWithHashCode(
            @ForAll long seed, @ForAll long other, @ForAll boolean small) {
        // Small ones are often equal by chance.
        Meaning one = Meaning.any(new Random(small ? seed & 63 : seed), small ? 1 : 3);
        Meaning two = Meaning.any(new Random(small ? other & 63 : other), small ? 1 : 3);
        AttributeValue first = value(one.spell(new Random(seed)));
        AttributeValue second = value(two.spell(new Random(other)));

        assertThat(first.equals(second)).isEqualTo(one.canonical().equals(two.canonical()));
        assertThat(second.equals(first)).isEqualTo(first.equals(second));
        assertThat(item(first).equals(item(second))).isEqualTo(first.equals(second));
        if (first.equals(second)) {
            assertEqual(first, second);
            assertEqual(item(first), item(second));
        }
    }

    private static void assertEqual(Object one, Object other) {
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other).isEqualTo(one);
        assertThat(one.hashCode()).isEqualTo(one.hashCode());
    }

    private static AttributeValue value(String json) {
        String event =
                "{\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}},"
                        + "\"NewImage\":{\"v\":" + json + "}}}";
        return Objects.requireNonNull(DECODER.decode(event.getBytes(UTF_8)).newImage())
                .require("v");
    }

    /** An item whose one attribute is the value. */
    private static Item item(AttributeValue value) {
        String event =
                "{\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}},"
                        + "\"NewImage\":{\"v\":" + Spelled.of(value) + "}}}";
        return Objects.requireNonNull(DECODER.decode(event.getBytes(UTF_8)).newImage());
    }

    /** Returns the value as JSON. */
    private static final class Spelled {
        static String of(AttributeValue value) {
            return switch (value.type()) {
                case S -> "{\"S\":\"" + value.asString() + "\"}";
                case N -> "{\"N\":\"" + value.numberText() + "\"}";
                case B -> "{\"B\":\"" + Base64.getEncoder().encodeToString(value.asBytes()) + "\"}";
                case BOOL -> "{\"BOOL\":" + value.asBoolean() + "}";
                case NULL -> "{\"NULL\":true}";
                case SS ->
                    value.asStringSet().stream()
                            .map(text -> "\"" + text + "\"")
                            .collect(Collectors.joining(",", "{\"SS\":[", "]}"));
                case NS ->
                    value.asNumberSet().stream()
                            .map(number -> "\"" + number + "\"")
                            .collect(Collectors.joining(",", "{\"NS\":[", "]}"));
                case L -> value.asList().stream().map(Spelled::of).collect(Collectors.joining(",", "{\"L\":[", "]}"));
                case M -> {
                    List<String> members = new ArrayList<>();
                    value.asItem().forEach((name, member) -> members.add("\"" + name + "\":" + of(member)));
                    yield "{\"M\":{" + String.join(",", members) + "}}";
                }
                default -> throw new IllegalArgumentException(value.type().name());
            };
        }
    }

    /**
     * What a value means, apart from how it is spelled.
     *
     * @param content a text, a number, a list of members, or a map of them
     */
    private record Meaning(String type, @Nullable Object content) {
        private static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "L", "M");

        static Meaning any(Random random, int depth) {
            String type = TYPES.get(random.nextInt(depth == 0 ? 7 : TYPES.size()));
            return new Meaning(
                    type,
                    switch (type) {
                        case "S", "B" -> text(random);
                        case "N" -> number(random);
                        case "BOOL" -> random.nextBoolean();
                        case "NULL" -> null;
                        case "SS" ->
                            random.ints(random.nextInt(12), 0, 9)
                                    .mapToObj(i -> "t" + i)
                                    .distinct()
                                    .sorted()
                                    .toList();
                        case "NS" ->
                            random.ints(random.nextInt(12), -9, 9)
                                    .distinct()
                                    .sorted()
                                    .mapToObj(i -> new BigDecimal(i).stripTrailingZeros())
                                    .toList();
                        case "L" ->
                            random.ints(random.nextInt(4))
                                    .mapToObj(i -> any(random, depth - 1))
                                    .toList();
                        default ->
                            random.ints(random.nextInt(4), 0, 6)
                                    .distinct()
                                    .boxed()
                                    .collect(Collectors.toMap(
                                            i -> "n" + i, i -> any(random, depth - 1), (a, b) -> a, TreeMap::new));
                    });
        }

        private static String text(Random random) {
            return "t".repeat(random.nextInt(3)) + random.nextInt(3);
        }

        private static BigDecimal number(Random random) {
            return new BigDecimal(random.nextInt(-2, 3))
                    .scaleByPowerOfTen(random.nextInt(-2, 3))
                    .stripTrailingZeros();
        }

        /** Returns a text that is the same for values of the same meaning only. */
        String canonical() {
            return type + "("
                    + (content instanceof Map<?, ?> map
                            ? map.entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + ((Meaning) entry.getValue()).canonical())
                                    .collect(Collectors.joining(","))
                            : content instanceof List<?> list
                                    ? list.stream()
                                            .map(member -> member instanceof Meaning nested
                                                    ? nested.canonical()
                                                    : String.valueOf(member))
                                            .collect(Collectors.joining(","))
                                    : String.valueOf(content))
                    + ")";
        }

        String spell(Random random) {
            return "{\"" + type + "\":" + content(random) + "}";
        }

        private String content(Random random) {
            return switch (type) {
                case "S" -> quoted(escaped((String) Objects.requireNonNull(content), random));
                case "B" ->
                    quoted(Base64.getEncoder()
                            .encodeToString(((String) Objects.requireNonNull(content)).getBytes(UTF_8)));
                case "N" -> quoted(number((BigDecimal) Objects.requireNonNull(content), random));
                case "BOOL" -> String.valueOf(content);
                case "NULL" -> String.valueOf(random.nextBoolean());
                case "SS" ->
                    shuffled((List<?>) Objects.requireNonNull(content), random).stream()
                            .map(text -> quoted(escaped((String) text, random)))
                            .collect(Collectors.joining(",", "[", "]"));
                case "NS" ->
                    shuffled((List<?>) Objects.requireNonNull(content), random).stream()
                            .map(number -> quoted(number((BigDecimal) number, random)))
                            .collect(Collectors.joining(",", "[", "]"));
                case "L" ->
                    ((List<?>) Objects.requireNonNull(content))
                            .stream()
                                    .map(member -> ((Meaning) member).spell(random))
                                    .collect(Collectors.joining(",", "[", "]"));
                default ->
                    shuffled(new ArrayList<>(((Map<?, ?>) Objects.requireNonNull(content)).entrySet()), random).stream()
                            .map(entry -> (Map.Entry<?, ?>) entry)
                            .map(entry -> quoted(escaped((String) entry.getKey(), random)) + ":"
                                    + ((Meaning) entry.getValue()).spell(random))
                            .collect(Collectors.joining(",", "{", "}"));
            };
        }

        /** Returns the members in another order. */
        private static List<?> shuffled(List<?> members, Random random) {
            List<Object> all = new ArrayList<>(members);
            Collections.shuffle(all, random);
            return all;
        }

        private static String quoted(String text) {
            return "\"" + text + "\"";
        }

        private static String escaped(String text, Random random) {
            return text.chars()
                    .mapToObj(c -> random.nextInt(4) == 0 ? String.format("\\u%04x", c) : Character.toString(c))
                    .collect(Collectors.joining());
        }

        private static String number(BigDecimal number, Random random) {
            return switch (random.nextInt(5)) {
                case 0 -> number.toPlainString();
                case 1 -> number.unscaledValue() + "E" + -number.scale();
                case 2 ->
                    number.setScale(Math.max(number.scale(), 0) + random.nextInt(3))
                            .toPlainString();
                case 3 -> (number.signum() < 0 ? "" : "+") + number.toPlainString();
                default -> number.signum() < 0 ? number.toPlainString() : "00" + number.toPlainString();
            };
        }
    }
}
