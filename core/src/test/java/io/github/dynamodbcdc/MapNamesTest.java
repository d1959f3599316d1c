package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MapNamesTest {
    /** The bounds of the names that a decoder keeps. */
    private static final int MAX_NAMES = 4096;

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_NAME_BYTES = 256;

    private final ChangeEventDecoder decoder = ChangeEventDecoder.create();

    private Map<String, ?> map(String... names) {
        return Decoded.newImage(decoder, item(Arrays.stream(names))).toMap();
    }

    private static String item(Stream<String> names) {
        return names.map(name -> "'" + name + "':{'NULL':true}").collect(Collectors.joining(",", "{", "}"));
    }

    // ------------------------------------------------------------------------------------------------ sharing

    @Test
    void recordsOfTheSameTableShareTheirNames() {
        Iterator<String> first = map("pk", "caf\u00e9", "value").keySet().iterator();
        Iterator<String> second = map("pk", "caf\u00e9", "value").keySet().iterator();
        for (int i = 0; i < 3; i++) {
            assertThat(second.next()).isSameAs(first.next());
        }
    }

    @Test
    void anotherOrderOfTheSameNamesSharesTheirStrings() {
        Map<String, ?> first = map("a", "b", "c");
        Map<String, ?> second = map("c", "a", "b");
        assertThat(first.keySet()).containsExactly("a", "b", "c");
        assertThat(second.keySet()).containsExactly("c", "a", "b");
        assertThat(second.keySet().iterator().next())
                .isSameAs(List.copyOf(first.keySet()).get(2));
    }

    @Test
    void mapsInsideAnItemShareTheirNamesToo() {
        String item = "{'l':{'L':[{'M':{'sku':{'S':'1'}}},{'M':{'sku':{'S':'2'}}}]}}";
        Object list = Decoded.newImage(decoder, item).toMap().get("l");
        Object[] names = ((List<?>) Objects.requireNonNull(list))
                .stream()
                        .map(map -> ((Map<?, ?>) map).keySet().iterator().next())
                        .toArray();
        assertThat(names[0]).isEqualTo("sku").isSameAs(names[1]);
    }

    @Test
    void namesWithTheSameLettersInAnotherOrderOrDivisionAreDistinguished() {
        assertThat(map("ab", "c").keySet()).containsExactly("ab", "c");
        assertThat(map("c", "ab").keySet()).containsExactly("c", "ab");
        assertThat(map("a", "bc").keySet()).containsExactly("a", "bc");
        assertThat(map("abc").keySet()).containsExactly("abc");
        assertThat(map("", "abc").keySet()).containsExactly("", "abc");
        assertThat(map("abc", "").keySet()).containsExactly("abc", "");
    }

    @Test
    void namesWithEscapesAreUnescaped() {
        for (int i = 0; i < 2; i++) {
            assertThat(map("a\\u0062", "\\\\u0062", "c").keySet()).containsExactly("ab", "\\u0062", "c");
            assertThat(map("ab", "c").keySet()).containsExactly("ab", "c");
        }
    }

    @Test
    void theValuesOfTwoImagesAreTheirOwnForAnyNamesInAnyOrder() {
        Random random = new Random(1);
        DecodeSession session = decoder.newSession();
        for (int record = 0; record < 2000; record++) {
            int count = record % 50 == 0 ? 70 : 12;
            boolean shuffled = record % 3 == 0;
            List<String> newImage = attributes(random, count, shuffled);
            List<String> oldImage = attributes(random, count, shuffled);
            ChangeEvent event = session.decode(Decoded.json("{'dynamodb':{'Keys':{},'NewImage':{"
                    + String.join(",", newImage) + "},'OldImage':{" + String.join(",", oldImage) + "}}}"));
            for (Item image : Arrays.asList(event.newImage(), event.oldImage())) {
                if (image != null) {
                    Map<String, ?> map = image.toMap();
                    Map<String, ?> expected = image.toMap(PlainValues.defaults().mutable());
                    assertThat(map).isEqualTo(expected);
                    assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(expected.keySet()));
                    expected.forEach((name, value) -> assertThat(map.get(name)).isEqualTo(value));
                    assertThat(map.get("absent")).isNull();
                }
            }
        }
    }

    private static List<String> attributes(Random random, int count, boolean shuffled) {
        List<String> attributes = IntStream.range(0, count)
                .filter(i -> random.nextInt(10) > 2)
                .mapToObj(i -> "'name" + i + "':" + value(random, i))
                .collect(Collectors.toList());
        if (shuffled) {
            Collections.shuffle(attributes, random);
        }
        return attributes;
    }

    private static String value(Random random, int i) {
        String text = "{'S':'value " + (random.nextInt(5) == 0 ? random.nextInt() : i) + "'}";
        return i % 4 == 1
                ? "{'M':{'inner" + random.nextInt(3) + "':" + text + "}}"
                : i % 4 == 2 ? "{'NULL':true}" : text;
    }

    @Test
    void imagesWithDifferentAttributesShareEqualValues() {
        DecodeSession session = decoder.newSession();
        String attribute = "'s%1$d':{'S':'value of %1$d'}";
        String newImage = item(attribute, IntStream.range(0, 40).filter(i -> i % 3 != 0));
        String oldImage = item(attribute, IntStream.range(0, 40).filter(i -> i % 4 != 0 && (i < 10 || i > 30)));
        byte[] record =
                Decoded.json("{'dynamodb':{'Keys':{},'NewImage':" + newImage + ",'OldImage':" + oldImage + "}}");
        for (int i = 0; i < 5; i++) {
            ChangeEvent event = session.decode(record);
            Map<String, ?> after = Objects.requireNonNull(event.newImage()).toMap();
            Map<String, ?> before = Objects.requireNonNull(event.oldImage()).toMap();
            if (i > 0) { // equal values are looked for when both images of an earlier record were read
                before.forEach((name, value) -> {
                    if (after.containsKey(name)) {
                        assertThat(value).isSameAs(after.get(name));
                    }
                });
            }
        }
    }

    private static String item(String attribute, IntStream numbers) {
        return numbers.mapToObj(i -> String.format(attribute, i)).collect(Collectors.joining(",", "{", "}"));
    }

    // -------------------------------------------------------------------------------------------------- bound

    @Test
    void smallSetsOfNamesAreBoundedByTheirNumber() throws ReflectiveOperationException {
        for (int shape = 0; shape < 1000; shape++) {
            String prefix = "s" + shape + "-";
            int count = 60 + shape % 10;
            assertThat(map(IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new)))
                    .hasSize(count);
        }
        assertThat(kept().count()).isLessThanOrEqualTo(2 * MAX_NAMES);
    }

    @Test
    void theCacheIsBoundedForAnyNumberOfShapes() throws ReflectiveOperationException {
        for (int shape = 0; shape < 1000; shape++) {
            String prefix = "s" + shape + "-";
            assertThat(map(IntStream.range(0, 300).mapToObj(i -> prefix + i).toArray(String[]::new)))
                    .hasSize(300);
        }
        assertThat(kept().count()).isLessThanOrEqualTo(MAX_NAMES);
        assertThat(kept().mapToInt(name -> name.getBytes(UTF_8).length).sum()).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(kept().count()).isPositive();
    }

    @Test
    void longNamesAreNotKept() throws ReflectiveOperationException {
        String longest = "n".repeat(MAX_NAME_BYTES);
        assertThat(map(longest)).containsOnlyKeys(longest);
        String tooLong = longest + "n";
        assertThat(map("short", tooLong)).containsOnlyKeys("short", tooLong);
        String tooManyBytes = "\u65e5".repeat(MAX_NAME_BYTES / 2);
        assertThat(map(tooManyBytes)).containsOnlyKeys(tooManyBytes);
        assertThat(kept())
                .allSatisfy(name -> assertThat(name.getBytes(UTF_8).length).isLessThanOrEqualTo(MAX_NAME_BYTES));
    }

    /** Returns the names in the decoder's cache. */
    private Stream<String> kept() throws ReflectiveOperationException {
        Field entries = MapNames.Cache.class.getDeclaredField("entries");
        entries.setAccessible(true);
        return Arrays.stream((MapNames[]) entries.get(decoder.shared().mapNames))
                .filter(Objects::nonNull)
                .flatMap(names -> IntStream.range(0, names.size()).mapToObj(names::name));
    }

    // ------------------------------------------------------------------------------------------------ lookup

    @Test
    void positionsAreFoundOnlyForNamesInTheMap() {
        for (int count : new int[] {1, 2, 3, 7, 8, 9, 100, 1000}) {
            MapNames names = names(IntStream.range(0, count).mapToObj(i -> "name" + i));
            assertThat(names.size()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                assertThat(names.name(i)).isEqualTo("name" + i);
                assertThat(names.position("name" + i)).isEqualTo(i);
            }
            assertThat(names.position("name" + count)).isEqualTo(-1);
            assertThat(names.position(null)).isEqualTo(-1);
            assertThat(names.position(1)).isEqualTo(-1);
        }
    }

    @Test
    void collidingNamesAreFound() {
        MapNames names = names(IntStream.range(0, 1 << 10).mapToObj(MapNamesTest::colliding));
        for (int i = 0; i < 1 << 10; i++) {
            assertThat(names.position(colliding(i))).isEqualTo(i);
        }
        assertThat(colliding(0)).hasSameHashCodeAs(colliding(1023));
        assertThat(names.position("C#" + colliding(0).substring(2))).isEqualTo(-1);
    }

    private static String colliding(int i) {
        return IntStream.range(0, 10)
                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private MapNames names(Stream<String> names) {
        Item item = Decoded.newImage(decoder, item(names));
        return decoder.shared().mapNames.of(item.index, item.container()).names;
    }
}
