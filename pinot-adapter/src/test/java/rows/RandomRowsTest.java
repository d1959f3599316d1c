package rows;

import static org.assertj.core.api.Assertions.assertThat;

import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reference.Bytes;
import reference.RefValue;
import reference.ReferenceEvent;

/**
 * Checks every column of 20,000 random events, with random tables and without a table. The generator states the meaning
 * of each event, and core's tests compare that meaning with the reference decoder. The reference decoder cannot run
 * here, because Pinot's older Jackson refuses some legal names.
 */
class RandomRowsTest {
    private static final int SIZES = 13;
    private static final Set<String> TAKEN = Set.of(
            "eventName",
            "awsRegion",
            "sequenceNumber",
            "SizeBytes",
            "isTimeToLiveDelete",
            "ApproximateCreationDateTime",
            "changed_at",
            "deleted");

    private static GeneratedEvent event(int seed) {
        return Events.of(seed % 3 == 0 ? Kind.TABLE : Kind.WILD, seed, seed % SIZES);
    }

    @Test
    void aTableForEachEvent() {
        for (int seed = 0; seed < 10_000; seed++) {
            GeneratedEvent event = event(seed);
            Random random = new Random(seed);
            RandomTable table = new RandomTable(random, columns(event.expected(), random));

            check(event, table, table.newDecoder(), new GenericRow());
        }
    }

    @Test
    void oneTableAndOneDecoderForManyEvents() {
        Set<String> names = new LinkedHashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            GeneratedEvent event = Events.of(Kind.TABLE, seed, 4);
            names.addAll(columns(event.expected(), new Random(seed)));
        }
        for (int round = 0; round < 5; round++) {
            RandomTable table = new RandomTable(new Random(round), names);
            DynamoDbMessageDecoder decoder = table.newDecoder();
            // Not cleared between events, because a field that an event lacks must be null even so.
            GenericRow row = new GenericRow();
            for (int seed = 0; seed < 1_000; seed++) {
                check(Events.of(Kind.TABLE, 1_000_000L * round + seed, 4), table, decoder, row);
            }
        }
    }

    /** Returns most of the attributes of the event, and one that it lacks. */
    private static List<String> columns(ReferenceEvent event, Random random) {
        Set<String> names = new LinkedHashSet<>(event.keys().keySet());
        names.addAll(names(event.newImage()));
        names.addAll(names(event.oldImage()));
        names.removeAll(TAKEN);
        List<String> columns = new ArrayList<>();
        for (String name : names) {
            if (random.nextInt(5) != 0) {
                columns.add(name);
            }
        }
        if (!names.contains("absent")) {
            columns.add("absent");
        }
        return columns;
    }

    private static Set<String> names(@Nullable Map<String, RefValue> image) {
        return image == null ? Set.of() : image.keySet();
    }

    private void check(GeneratedEvent event, RandomTable table, DynamoDbMessageDecoder decoder, GenericRow row) {
        byte[] bytes = event.bytes();
        ReferenceEvent meaning = event.expected();
        Map<String, Expected> expected;
        try {
            expected = ReferenceRow.of(meaning, table);
        } catch (ReferenceColumn.Refused e) {
            expected = null;
        }
        boolean isSkipped = meaning.eventName().equals("UNKNOWN");
        try {
            decoder.decode(bytes, row);
        } catch (RuntimeException e) {
            if (expected != null || isSkipped) {
                throw new AssertionError("refused: " + event + " " + table.columns(), e);
            }
            return;
        }
        if (isSkipped != Boolean.TRUE.equals(row.getValue(GenericRow.SKIP_RECORD_KEY))) {
            throw new AssertionError((isSkipped ? "not " : "") + "skipped: " + event);
        }
        if (!isSkipped) {
            if (expected == null) {
                throw new AssertionError("not refused: " + event + " " + table.columns());
            }
            expected.forEach((name, value) -> {
                Object actual = row.getValue(name);
                if (!value.holds().test(actual)) {
                    throw new AssertionError("column " + name + " of " + event.origin() + ": " + actual + ", not "
                            + value.description() + "; " + table.columns());
                }
            });
        }
        row.removeValue(GenericRow.SKIP_RECORD_KEY);
    }

    @Test
    void noTable() {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), null, "topic");
        for (int seed = 20_000; seed < 25_000; seed++) {
            GeneratedEvent event = event(seed);
            ReferenceEvent meaning = event.expected();
            GenericRow row = new GenericRow();
            decoder.decode(event.bytes(), row);
            if (meaning.eventName().equals("UNKNOWN")) {
                assertThat(row.getFieldToValueMap()).containsOnlyKeys(GenericRow.SKIP_RECORD_KEY);
                continue;
            }
            Map<String, @Nullable Object> expected = plain(ReferenceRow.attributes(meaning));
            Map<String, Object> actual = new HashMap<>(row.getFieldToValueMap());
            actual.keySet().removeAll(Set.of("eventName", "ApproximateCreationDateTime"));
            expected.keySet().removeAll(Set.of("eventName", "ApproximateCreationDateTime"));
            if (!isSame(expected, actual) || !meaning.eventName().equals(row.getValue("eventName"))) {
                throw new AssertionError(event.origin() + ": " + actual + ", not " + expected);
            }
        }
    }

    /** Compares as deepEquals does, and compares maps deeply too. */
    private static boolean isSame(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Map<?, ?> map) {
            return actual instanceof HashMap<?, ?> other
                    && map.keySet().equals(other.keySet())
                    && map.keySet().stream().allMatch(key -> isSame(map.get(key), other.get(key)));
        }
        if (expected instanceof Object[] array) {
            return actual instanceof Object[] other
                    && array.length == other.length
                    && IntStream.range(0, array.length).allMatch(i -> isSame(array[i], other[i]));
        }
        return Objects.deepEquals(expected, actual);
    }

    private static Map<String, @Nullable Object> plain(Map<String, RefValue> attributes) {
        Map<String, @Nullable Object> plain = new HashMap<>();
        attributes.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static @Nullable Object plain(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return text.text();
        } else if (value instanceof RefValue.Numeral number) {
            return plainNumber(number.value());
        } else if (value instanceof RefValue.Binary binary) {
            return binary.bytes().toArray();
        } else if (value instanceof RefValue.Bool bool) {
            return bool.value();
        } else if (value instanceof RefValue.TextSet set) {
            return set.members().toArray();
        } else if (value instanceof RefValue.NumberSet set) {
            return set.values().stream().map(RandomRowsTest::plainNumber).toArray();
        } else if (value instanceof RefValue.BinarySet set) {
            return set.members().stream().map(Bytes::toArray).toArray();
        } else if (value instanceof RefValue.Elements list) {
            return list.elements().stream().map(RandomRowsTest::plain).toArray();
        } else if (value instanceof RefValue.Attributes map) {
            return plain(map.attributes());
        }
        return null;
    }

    private static Object plainNumber(BigDecimal number) {
        if (number.signum() == 0) {
            return 0L;
        }
        boolean isSmall = number.abs().compareTo(new BigDecimal("1E19")) < 0;
        if (!isSmall || number.stripTrailingZeros().scale() > 0) {
            return number;
        }
        BigInteger integral = number.toBigIntegerExact();
        return integral.bitLength() < 64 ? (Object) integral.longValueExact() : number;
    }
}
