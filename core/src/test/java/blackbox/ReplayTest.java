package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries.Shape;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history delivered with repeats, out of order and in changing units ends in the true table. */
class ReplayTest {
    private static final int CHANGES = 3_000;
    private static final int ITEMS = 200;

    /** The table's version of an item, and its time. */
    private record Row(long micros, @Nullable Integer version) {}

    private final Map<Integer, Row> truth = new HashMap<>();

    /** Items whose last two changes have the same time, so their records do not show which was later. */
    private final Set<Integer> ties = new HashSet<>();

    private List<byte[]> history(Random random) {
        List<byte[]> records = new ArrayList<>();
        long millis = 1_719_082_124_026L;
        for (int version = 0; version < CHANGES; version++) {
            millis += random.nextInt(10) == 0 ? 7 : 0;
            int item = random.nextInt(ITEMS);
            boolean remove = random.nextInt(5) == 0;
            Row before = truth.put(item, new Row(millis * 1000, remove ? null : version));
            if (before != null && before.micros() == millis * 1000) {
                ties.add(item);
            } else {
                ties.remove(item);
            }
            records.add(record(item, version, millis, remove, random));
        }
        return records;
    }

    /** The unit of the times changes during the history. */
    private static byte[] record(int item, int version, long millis, boolean remove, Random random) {
        String time = switch (random.nextInt(4)) {
            case 0 -> "'ApproximateCreationDateTime':" + millis;
            case 1 ->
                "'ApproximateCreationDateTime':" + millis + "000,'ApproximateCreationDateTimePrecision':'MICROSECOND'";
            case 2 -> "'ApproximateCreationDateTime':" + millis / 1000 + "." + String.format("%03d", millis % 1000);
            default -> "'ApproximateCreationDateTime':" + millis + "000000";
        };
        String image = "{'id':{'N':'" + item + "'},'version':{'N':'" + version + "'}}";
        return Records.json("{'tableName':'t','eventName':'" + (remove ? "REMOVE" : "MODIFY")
                + "','dynamodb':{'Keys':{'id':{'N':'" + item + "'}}," + time
                + (remove ? ",'OldImage':" : ",'NewImage':")
                + image + "}}");
    }

    private static Map<Integer, Row> replay(List<byte[]> deliveries) {
        Map<Integer, Row> table = new HashMap<>();
        for (ChangeEvent event : Records.DECODER.read(Shape.CONCATENATED.of(deliveries))) {
            CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
            Item image = event.newImage();
            boolean isRemoved = event.eventName() == EventName.REMOVE;
            Integer version = isRemoved || image == null
                    ? null
                    : (Integer) image.require("version").asInt();
            Row row = new Row(time.epochMicros(), version);
            table.merge(
                    event.keys().require("id").asInt(), row, (old, now) -> now.micros() >= old.micros() ? now : old);
        }
        return table;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aReplayWithRepeatsAndOutOfOrderEndsInTheTrueTableWhereTimesDiffer(long seed) {
        Random random = new Random(seed);
        List<byte[]> deliveries = new ArrayList<>(history(random));
        assertThat(replay(deliveries)).isEqualTo(truth);
        for (int i = 0; i < CHANGES / 2; i++) {
            deliveries.add(deliveries.get(random.nextInt(CHANGES)));
        }
        Collections.shuffle(deliveries, random);
        Map<Integer, Row> table = replay(deliveries);
        Set<Integer> wrong = new HashSet<>();
        truth.forEach((item, row) -> {
            if (!row.equals(table.get(item))) {
                wrong.add(item);
            }
        });
        assertThat(table).hasSameSizeAs(truth);
        assertThat(ties).containsAll(wrong);
        assertThat(ties).as("ties are there to be told from mistakes").hasSizeBetween(1, ITEMS / 5);
        assertThat(table.values())
                .extracting(Row::micros)
                .containsAll(truth.values().stream().map(Row::micros).toList());
    }
}
