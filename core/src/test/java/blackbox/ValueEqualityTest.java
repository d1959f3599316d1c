package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Meaning;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The contract of {@code equals} and {@code hashCode} of items and values, which are equal by DynamoDB's meaning. */
class ValueEqualityTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    /** Not required by the contract, but a table of values with one hash would be a list. */
    @Example
    void hashesOfDifferentValuesDiffer() {
        List<AttributeValue> values = Stream.of(
                        "{\"S\":\"a\"}",
                        "{\"S\":\"b\"}",
                        "{\"N\":\"1\"}",
                        "{\"N\":\"2\"}",
                        "{\"N\":\"10\"}",
                        "{\"N\":\"-1\"}",
                        "{\"N\":\"0.1\"}",
                        "{\"B\":\"AAAA\"}",
                        "{\"B\":\"AAAB\"}",
                        "{\"BOOL\":true}",
                        "{\"BOOL\":false}",
                        "{\"NULL\":true}",
                        "{\"SS\":[\"a\"]}",
                        "{\"SS\":[\"a\",\"b\"]}",
                        "{\"NS\":[\"1\"]}",
                        "{\"NS\":[\"1\",\"2\"]}",
                        "{\"BS\":[\"AAAA\"]}",
                        "{\"L\":[]}",
                        "{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"}]}",
                        "{\"L\":[{\"N\":\"2\"},{\"N\":\"1\"}]}",
                        "{\"M\":{}}",
                        "{\"M\":{\"a\":{\"N\":\"1\"}}}",
                        "{\"M\":{\"b\":{\"N\":\"1\"}}}",
                        "{\"M\":{\"a\":{\"N\":\"1\"},\"b\":{\"N\":\"2\"}}}",
                        "{\"M\":{\"a\":{\"N\":\"2\"},\"b\":{\"N\":\"1\"}}}")
                .map(ValueEqualityTest::value)
                .toList();
        assertThat(values).extracting(AttributeValue::hashCode).doesNotHaveDuplicates();
    }

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

        assertThat(first.equals(second)).isEqualTo(one.equals(two));
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
}
