package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fixtures.AllocatedBytes;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code and the tables of docs/sessions.md. */
class SessionsPageTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final List<byte[]> RECORDS = Samples.resource("events.jsonl")
            .lines()
            .map(line -> line.getBytes(UTF_8))
            .toList();
    private static final byte[] INSERT = RECORDS.get(0);
    private static final byte[] REMOVE = RECORDS.get(2);
    private static final byte[] KEYS_ALONE = "{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}}}}".getBytes(UTF_8);

    @SuppressWarnings("UnusedVariable") // keeps the JIT from removing a call
    private static volatile @Nullable Object sink;

    private static long sum;

    private final DecodeSession session = DECODER.newSession();

    // -------------------------------------------------------------------------------------------------- the code

    @Test
    void plainValuesOfABufferThatIsFilledAgainStay() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String id : List.of("one", "two")) {
            byte[] record = new String(KEYS_ALONE, UTF_8).replace("1", id).getBytes(UTF_8);
            frames.write(record.length);
            frames.write(record);
        }
        List<Object> keys = new ArrayList<>();
        SessionReads.readFrames(new ByteArrayInputStream(frames.toByteArray()), keys::add);
        assertThat(keys.toString()).isEqualTo("[{id=one}, {id=two}]");
    }

    @Test
    void aSessionReadsManyEventsThroughOneWindow() {
        // bikes: 9, 4 and 5; the name "Römerberg" has 10 bytes, and is not in the last record
        assertThat(SessionReads.bikesAndTextLengths(session, RECORDS, new byte[64]))
                .isEqualTo(9 + 10 + 4 + 10 + 5);
    }

    @Test
    void aCursorEntersAndLeavesValues() {
        assertThat(SessionReads.unlockPrices(image(session.decode(INSERT)))).isEqualTo(1);
        assertThat(SessionReads.unlockPrices(image(DECODER.decode(RECORDS.get(4)))))
                .isZero();
    }

    @Test
    void aCursorStaysWhereItIsAfterAnException() {
        AttributeReader reader = image(session.decode(INSERT)).reader();
        assertThat(reader.next(SessionReads.NAMES)).isEqualTo(1);
        assertThatExceptionOfType(AttributeValueException.class).isThrownBy(reader::longValue);
        assertThat(reader.stringValue()).isEqualTo("Römerberg");
    }

    @Test
    void eachThreadHasItsSession() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            assertThat(SessionReads.inParallel(threads, List.of(RECORDS, RECORDS, RECORDS, RECORDS)))
                    .isEqualTo(4 * 38);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void copiesAreHandedToAnotherThread() throws InterruptedException {
        byte[] input = Samples.resource("events.jsonl").getBytes(UTF_8);
        LinkedBlockingQueue<ChangeEvent> queue = new LinkedBlockingQueue<>();
        SessionReads.handOver(new ByteArrayInputStream(input), queue);
        assertThat(queue.stream().map(ChangeEvent::itemKey))
                .containsExactly(
                        "bike-stations/station_id=S:FRA-0042",
                        "bike-reservations/reserved_at=N:1741935660&rider_id=S:r-58211");
    }

    // ------------------------------------------------------------------------------------------------- the tables

    @Test
    void whatThePageSaysThrowsThrows() throws IOException {
        ChangeEvent event = session.decode(INSERT);
        Item image = image(event);
        AttributeValue value = image.require("tariff");
        Item nested = value.asItem();
        Iterator<?> iterator = image.iterator();
        AttributeReader before = image.reader();
        session.decode(KEYS_ALONE);
        DecodeSession failed = DECODER.newSession();
        ChangeEvent none = failed.decode(INSERT);
        failed.tryDecode("{".getBytes(UTF_8));
        ChangeEventReader read = DECODER.read(INSERT);
        assertThat(read.iterator().hasNext()).isTrue();
        ChangeEventReader closed = DECODER.read(INSERT);
        closed.close();
        ChangeEvent projected = ChangeEventDecoder.builder()
                .attributes("bikes")
                .images(StreamViewType.NEW_IMAGE)
                .build()
                .decode(INSERT);
        AttributeReader atStart = image(DECODER.decode(INSERT)).reader();
        AttributeReader inside = image(DECODER.decode(RECORDS.get(1))).reader();
        assertThat(inside.next()).isTrue();
        ChangeEvent kinesis = DECODER.decode(INSERT);
        Map<String, List<ThrowingCallable>> rows = Map.ofEntries(
                entry("any method of an AttributeValue", List.of(value::type, value::hashCode)),
                entry("any method of a nested Item", List.of(nested::size, nested::hashCode)),
                entry("an iterator of an Item", List.of(iterator::next)),
                entry("any method of the reader", List.of(before::next, before::type)),
                entry("any method of an image", List.of(image::size, () -> image.get("bikes"))),
                entry("any accessor of the event", List.of(none::eventName, none::keys, none::copy)),
                entry("an accessor of a reader", List.of(atStart::longValue, atStart::type)),
                entry("`reader.leave()`", List.of(inside::leave)),
                entry("`event.oldImage()`", List.of(projected::oldImage, projected::diff, projected::toBytes)),
                entry("`reader.iterator()`", List.of(read::iterator, closed::iterator)),
                entry("`event.compareSequence(other)`", List.of(() -> kinesis.compareSequence(kinesis))));
        for (List<ThrowingCallable> calls : PageTable.match("sessions.md", "Throws IllegalStateException", rows)
                .values()) {
            assertThat(calls)
                    .allSatisfy(call -> assertThatIllegalStateException().isThrownBy(call));
        }
    }

    @Test
    void whatThePageSaysAllocatesNothingAllocatesNothing() throws IOException {
        session.decode(INSERT);
        byte[] buffer = new byte[1 << 10];
        Map<String, Runnable> rows = Map.ofEntries(
                entry("`session.decode(record)`", () -> {}),
                entry("`event.eventName()`", () -> {
                    ChangeEvent event = session.decode(INSERT);
                    sum += event.eventName() == EventName.INSERT && event.channel() == Channel.KINESIS ? 1 : 0;
                    sum += event.creationEpochMicros(0);
                }),
                entry(
                        "`event.keys()`",
                        () -> sum += image(session.decode(INSERT)).size()),
                entry(
                        "`image.reader()`",
                        () -> read(image(session.decode(INSERT)).reader(), buffer)),
                entry("`event.tableName()`", () -> sink = session.decode(INSERT).tableName()),
                entry("`session.tryDecode(record)`", () -> sink = session.tryDecode(INSERT)),
                entry(
                        "`image.get(name)`",
                        () -> sink = image(session.decode(INSERT)).get("bikes")),
                entry(
                        "`event.approximateCreationDateTime()`",
                        () -> sink = session.decode(INSERT).approximateCreationDateTime()),
                entry("`event.eventId()`", () -> sink = session.decode(INSERT).eventId()),
                entry("`reader.stringValue()`", () -> {
                    AttributeReader reader = image(session.decode(INSERT)).reader();
                    sink = reader.next(SessionReads.NAMES) >= 0 ? reader.stringValue() : null;
                }),
                entry(
                        "`image.toMap()`",
                        () -> sink = image(session.decode(INSERT)).toMap()),
                entry("`event.copy()`", () -> sink = session.decode(INSERT).copy()));
        for (Map.Entry<List<String>, Runnable> row :
                PageTable.match("sessions.md", "Zero bytes per event", rows).entrySet()) {
            Runnable call = row.getValue();
            long bytes = AllocatedBytes.ofQuietestRound(() -> {
                for (int i = 0; i < 1000; i++) {
                    session.decode(REMOVE);
                    session.decode(INSERT);
                    call.run();
                }
            });
            assertThat(bytes == 0)
                    .as(row + ": " + bytes)
                    .isEqualTo(row.getKey().get(1).equals("0"));
        }
    }

    private static void read(AttributeReader reader, byte[] buffer) {
        for (int ordinal = reader.next(SessionReads.NAMES); ordinal >= 0; ordinal = reader.next(SessionReads.NAMES)) {
            sum += ordinal == 1 ? reader.copyUtf8To(buffer, 0) : reader.longValue() + (long) reader.doubleValue();
        }
    }

    private static Item image(ChangeEvent event) {
        return Objects.requireNonNull(event.newImage());
    }
}
