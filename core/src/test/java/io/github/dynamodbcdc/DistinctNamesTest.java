package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DistinctNamesTest {
    private final StringBuilder text = new StringBuilder("{");
    private int length = 1;
    private final List<Long> spans = new ArrayList<>();

    /** Adds a spelling to the record that contains the names, and returns its index in {@link #spans}. */
    private int name(String spelling) {
        int from = length;
        length += spelling.getBytes(UTF_8).length;
        text.append(spelling);
        long flags = (spelling.contains("\\") ? Span.ESCAPED : 0)
                | (spelling.chars().anyMatch(c -> c > 0x7F) ? Span.NON_ASCII : 0);
        spans.add(Span.of(from, spelling.getBytes(UTF_8).length, flags));
        return spans.size() - 1;
    }

    private DistinctNames set() {
        byte[] record = text.toString().getBytes(UTF_8);
        byte[] data = new byte[record.length + 4];
        System.arraycopy(record, 0, data, 4, record.length);
        DistinctNames set = new DistinctNames(new NameHash());
        set.reset(data, 4);
        return set;
    }

    @Test
    void aNameIsRefusedOnlyIfItIsInTheSameItem() {
        int a = name("a");
        int again = name("a");
        int b = name("b");
        DistinctNames set = set();
        assertThat(set.add(spans.get(a), 7)).isTrue();
        assertThat(set.add(spans.get(b), 7)).isTrue();
        assertThat(set.add(spans.get(again), 8)).isTrue();
        assertThat(set.add(spans.get(again), 7)).isFalse();
        assertThat(set.add(spans.get(b), 8)).isTrue();
        assertThat(set.add(spans.get(a), 8)).isFalse();
    }

    @Test
    void namesAreComparedAfterUnescaping() {
        int[] same = {name("caf\u00e9"), name("caf\\u00E9"), name("\\u0063afe"), name("cafe")};
        DistinctNames set = set();
        assertThat(set.add(spans.get(same[0]), 0)).isTrue();
        assertThat(set.add(spans.get(same[1]), 0)).isFalse();
        assertThat(set.add(spans.get(same[2]), 0)).isTrue();
        assertThat(set.add(spans.get(same[3]), 0)).isFalse();
    }

    @Test
    void theEmptyNameIsValid() {
        int empty = name("");
        DistinctNames set = set();
        assertThat(set.add(spans.get(empty), 0)).isTrue();
        assertThat(set.add(spans.get(empty), 0)).isFalse();
        assertThat(set.add(spans.get(empty), 1)).isTrue();
    }

    @Test
    void namesOfManyItemsAreDistinguished() {
        Random random = new Random(1);
        int names = 3000;
        for (int i = 0; i < names; i++) {
            String name = "n" + random.nextInt(500);
            name(random.nextInt(4) == 0 ? name.replace("n", "\\u006e") : name);
        }
        DistinctNames set = set();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < names; i++) {
            long span = spans.get(i);
            int from = Span.start(span);
            String name = text.substring(from, from + Span.length(span)).replace("\\u006e", "n");
            int owner = random.nextInt(5);
            assertThat(set.add(span, owner)).isEqualTo(expected.add(owner + name));
        }
        assertThat(expected).hasSizeBetween(1000, 2500);
    }

    @Test
    void differentDecodersHashDifferently() {
        byte[] name = "attribute".getBytes(UTF_8);
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            hashes.add(new NameHash().of(name, 0, name.length, 0));
        }
        assertThat(hashes).hasSize(100);
    }

    /** Otherwise an author of records could choose names in an M that take quadratic time. */
    @Test
    void namesOfEachLengthInEachItemAreSpreadOverTheTable() {
        for (int decoder = 0; decoder < 10; decoder++) {
            NameHash hash = new NameHash();
            for (int owner = 0; owner < 40; owner++) {
                for (int length = 3; length <= 40; length++) {
                    assertSpread(hash, owner, new byte[length], 0);
                    assertSpread(hash, owner, new byte[length], length - 3);
                }
            }
        }
    }

    /** Asserts that names with a counter of three digits at a position fill at least a quarter as many slots. */
    private static void assertSpread(NameHash hash, int owner, byte[] name, int position) {
        Set<Integer> slots = new HashSet<>();
        int names = 256;
        for (int counter = 0; counter < names; counter++) {
            name[position] = (byte) ('0' + counter / 100);
            name[position + 1] = (byte) ('0' + counter / 10 % 10);
            name[position + 2] = (byte) ('0' + counter % 10);
            slots.add((int) hash.of(name, 0, name.length, owner) & (4 * names - 1));
        }
        if (slots.size() < names / 4) {
            throw new AssertionError(slots.size() + " slots for " + names + " names of " + name.length
                    + " bytes in the item at " + owner);
        }
    }

    @Test
    void theHashDependsOnEveryByteAndTheLengthOfAName() {
        NameHash hash = new NameHash();
        Set<Long> hashes = new HashSet<>();
        int names = 0;
        for (int length = 0; length <= 20; length++) {
            byte[] name = new byte[length];
            for (int i = 0; i <= length; i++) {
                hashes.add(hash.of(name, 0, length, 1000));
                names++;
                if (i < length) {
                    name[i] = 1;
                }
            }
        }
        assertThat(hashes.size()).isEqualTo(names);
        assertThat(hash.of(new byte[9], 0, 9, 1000)).isNotEqualTo(hash.of(new byte[9], 0, 9, 1001));
    }

    /** Clearing the whole table for each record would cost much more than a record of few names. */
    @Test
    void afterARecordWithManyNamesOnlyTheSlotsOfTheLatestRecordAreCleared() throws ReflectiveOperationException {
        int many = 1 << 18;
        for (int i = 0; i < many; i++) {
            name("n" + i);
        }
        byte[] record = text.toString().getBytes(UTF_8);
        DistinctNames set = new DistinctNames(new NameHash());
        set.reset(record, 0);
        for (long span : spans) {
            assertThat(set.add(span, 0) || span == 0).isTrue();
        }
        int capacity = set.capacity();
        set.reset(record, 0);
        Field field = DistinctNames.class.getDeclaredField("names");
        field.setAccessible(true);
        long[] table = (long[]) field.get(set);
        assertThat(Arrays.stream(table).filter(slot -> slot != 0)).isEmpty();
        long[] free = new long[capacity];
        Arrays.fill(table, 0, capacity / 2, 7); // as if these slots were of another item
        System.arraycopy(table, 0, free, 0, capacity);
        for (int i = 0; i < Retention.RECORDS - 2; i++) {
            if (!set.add(spans.get(i), 1)) {
                throw new AssertionError("a name of an earlier record");
            }
            set.reset(record, 0);
        }
        assertThat(set.capacity()).isEqualTo(capacity);
        assertThat(table).isEqualTo(free);
    }
}
