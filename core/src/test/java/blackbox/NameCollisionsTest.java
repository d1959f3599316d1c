package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Records.value;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.LongRunning;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PlainValues;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Names and set members that are chosen to collide. The timeouts are not measurements: they are far above the time that
 * linear work takes, and far below that of comparing all pairs.
 */
class NameCollisionsTest {
    private static final int NAMES = 40_000;

    /** Many names that are alike in one way. */
    enum Family {
        /** All of one String.hashCode: {@code Aa} and {@code BB} have the same. */
        STRING_HASH {
            @Override
            String name(int i) {
                StringBuilder name = new StringBuilder(32);
                for (int bit = 0; bit < 16; bit++) {
                    name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                return name.toString();
            }
        },
        /** All of one length, and alike in their first and last bytes. */
        ENDS_ALIKE {
            @Override
            String name(int i) {
                return "a-long-prefix-%05d-and-a-long-suffix".formatted(i);
            }
        },
        /** All of one length, and of the same letters. */
        PERMUTED {
            @Override
            String name(int i) {
                StringBuilder name = new StringBuilder(32);
                for (int bit = 0; bit < 16; bit++) {
                    name.append((i >> bit & 1) == 0 ? "xy" : "yx");
                }
                return name.toString();
            }
        },
        /** Bytes that are 0 in all but their low bits. */
        LOW_BITS {
            @Override
            String name(int i) {
                StringBuilder name = new StringBuilder(16);
                for (int bit = 0; bit < 16; bit++) {
                    name.append((i >> bit & 1) == 0 ? "\\u0000" : "\\u0001");
                }
                return name.toString();
            }
        },
        /** Random names. */
        FRESH {
            @Override
            String name(int i) {
                return new UUID(i * 0x9E3779B97F4A7C15L, ~i).toString();
            }
        };

        abstract String name(int i);

        List<String> names() {
            return IntStream.range(0, NAMES).mapToObj(this::name).toList();
        }
    }

    @Test
    void theNamesCollide() {
        assertThat(new HashSet<>(Family.STRING_HASH.names())).hasSize(NAMES);
        assertThat(Family.STRING_HASH.names().stream().map(String::hashCode).distinct())
                .hasSize(1);
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void anItemOfCollidingNamesIsDecodedMappedComparedAndDiffed(Family family) {
        List<String> names = family.names();
        ChangeEvent event = DECODER.decode(json("{'eventName':'MODIFY','dynamodb':{'Keys':{},'NewImage':"
                + item(names, 0, NAMES - 1) + ",'OldImage':" + item(names, 1, NAMES) + "}}"));
        Item image = newImage(event);
        assertThat(image.size()).isEqualTo(NAMES - 1);
        Map<String, ?> map = image.toMap(PlainValues.defaults().withNumbers(PlainValues.Numbers.NARROWEST));
        for (int i = 0; i < NAMES - 1; i++) {
            assertThat((Object) map.get(unescaped(names.get(i)))).isEqualTo(i);
        }
        assertThat(map.get(unescaped(names.get(NAMES - 1)))).isNull();
        ItemDiff diff = Objects.requireNonNull(event.diff());
        assertThat(diff.added()).containsOnlyKeys(unescaped(names.get(0)));
        assertThat(diff.removed()).containsOnlyKeys(unescaped(names.get(NAMES - 1)));
        assertThat(diff.changed()).isEmpty();
        assertThat(image.equals(oldImage(event))).isFalse();
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void itemsOfCollidingNamesAreEqualInAnyOrder(Family family) {
        List<String> names = family.names();
        List<String> reversed = IntStream.range(0, NAMES)
                .mapToObj(i -> names.get(NAMES - 1 - i))
                .toList();
        Item one = newImage(DECODER.decode(json(record(item(names, "{'S':'x'}")))));
        Item two = newImage(DECODER.decode(json(record(item(reversed, "{'S':'x'}")))));
        assertThat(one.equals(two)).isTrue();
        assertThat(one.hashCode()).isEqualTo(two.hashCode());
        Item three = newImage(DECODER.decode(json(record(item(reversed, "{'S':'y'}")))));
        assertThat(one.equals(three)).isFalse();
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void nestedMapsAndKeysOfCollidingNamesAreReadToo(Family family) {
        List<String> names = family.names();
        AttributeValue map = value("{'M':" + item(names, "{'L':[]}") + "}");
        assertThat(map.asItem().toMap()).hasSize(NAMES);
        assertThat(map).isEqualTo(value("{'M':" + item(names, "{'L':[]}") + "}"));
        ChangeEvent event =
                DECODER.decode(json("{'Item':{},'dynamodb':{'Keys':" + item(names, "{'BOOL':true}") + "}}"));
        assertThat(event.keys().toMap()).hasSize(NAMES);
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void aRepeatAmongCollidingNamesIsFound(Family family) {
        List<String> names = family.names();
        for (int repeated : new int[] {0, NAMES / 2, NAMES - 1}) {
            String attributes = attributes(names, "{'S':'x'}");
            String record = record("{" + attributes + ",'" + names.get(repeated) + "':{'S':'x'}}");
            DecodeException failure = Refusals.refusal(json(record));
            Refusals.assertAt(failure, Reason.DUPLICATE_NAME, record.indexOf(attributes) + attributes.length() + 1);
        }
    }

    @Test
    @Timeout(20)
    void eachAttributeIsFoundByItsName() {
        List<String> names = Family.STRING_HASH.names().subList(0, 2_000);
        Item image = newImage(DECODER.decode(json(record(item(names, 0, names.size())))));
        for (int i = 0; i < names.size(); i++) {
            assertThat(image.require(names.get(i)).asInt()).isEqualTo(i);
        }
        assertThat(image.get(Family.STRING_HASH.name(2_000))).isNull();
    }

    @Test
    @Timeout(20)
    void setsOfCollidingMembersAreReadAndCompared() {
        List<String> members = Family.STRING_HASH.names();
        String texts = members.stream().collect(Collectors.joining("','", "{'SS':['", "']}"));
        Set<String> strings = value(texts).asStringSet();
        assertThat(strings.size()).isEqualTo(NAMES);
        assertThat(strings.containsAll(members)).isTrue();
        assertThat(value(texts)).isEqualTo(value(texts));

        String binaries = members.stream()
                .map(member -> Base64.getEncoder().encodeToString(member.getBytes(ISO_8859_1)))
                .collect(Collectors.joining("','", "{'BS':['", "']}"));
        Set<ByteBuffer> buffers = value(binaries).asBinarySet();
        assertThat(buffers.size()).isEqualTo(NAMES);
        assertThat(buffers.contains(ByteBuffer.wrap(members.get(NAMES - 1).getBytes(ISO_8859_1))))
                .isTrue();
        assertThat(value(binaries)).isEqualTo(value(binaries));
        assertThat(value(binaries).hashCode()).isEqualTo(value(binaries).hashCode());
    }

    @Test
    @Timeout(20)
    void aSetOfNumbersThatAreAllEqualIsOneNumber() {
        String numbers = IntStream.range(0, NAMES)
                .mapToObj(i -> "1" + "0".repeat(i % 200) + "e-" + i % 200)
                .collect(Collectors.joining("','", "{'NS':['", "']}"));
        assertThat(value(numbers).asNumberSet().size()).isEqualTo(1);
        assertThat(value(numbers)).isEqualTo(value("{'NS':['1.0']}"));
    }

    @Test
    @Timeout(60)
    void asManyFreshNamesAsArePreparedAreFoundAndProjected() {
        List<String> names =
                IntStream.range(0, 200_000).mapToObj(i -> "name" + i).collect(Collectors.toList());
        AttributeNames prepared = AttributeNames.of(names);
        byte[] others = json(record(item(names, 0, names.size()).replace("'name", "'game")));
        byte[] same = json(record(item(names, 0, names.size())));
        AttributeReader reader = newImage(DECODER.decode(others)).reader();
        assertThat(reader.next(prepared)).isEqualTo(-1);
        reader = newImage(DECODER.decode(same)).reader();
        int found = 0;
        while (reader.next(prepared) == found) {
            found++;
        }
        assertThat(found).isEqualTo(names.size());
        ChangeEventDecoder projected =
                ChangeEventDecoder.builder().attributes(names).build();
        assertThat(newImage(projected.decode(others)).size()).isZero();
        assertThat(newImage(projected.decode(same)).size()).isEqualTo(names.size());
    }

    @LongRunning
    @Test
    @Timeout(60)
    void aMillionFreshNamesOverManyRecordsAreRead() {
        int records = 10_000;
        int perRecord = 100;
        for (int r = 0; r < records; r++) {
            int from = r * perRecord;
            String attributes = IntStream.range(from, from + perRecord)
                    .mapToObj(i -> "'" + Integer.toString(i, 36) + "-name':{'N':'" + i + "'}")
                    .collect(Collectors.joining(","));
            Item image = newImage(DECODER.decode(json(record("{" + attributes + "}"))));
            if (image.size() != perRecord
                    || image.require(Integer.toString(from, 36) + "-name").asInt() != from
                    || image.toMap().size() != perRecord) {
                throw new AssertionError("record " + r);
            }
        }
    }

    private static String record(String newImage) {
        return "{'dynamodb':{'Keys':{},'NewImage':" + newImage + "}}";
    }

    /** Attributes of these names, each of its number. */
    private static String item(List<String> names, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "'" + names.get(i) + "':{'N':'" + i + "'}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String item(List<String> names, String value) {
        return "{" + attributes(names, value) + "}";
    }

    private static String attributes(List<String> names, String value) {
        return names.stream().map(name -> "'" + name + "':" + value).collect(Collectors.joining(","));
    }

    private static String unescaped(String name) {
        return name.replace("\\u0000", "\0").replace("\\u0001", "\1");
    }
}
