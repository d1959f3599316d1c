package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.LongRunning;
import fixtures.Records;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A session that was misused, or whose decode was aborted, decodes correctly afterwards. */
class SessionMisuseTest {
    private static final int RECORDS = 4_000;
    private static final PlainValues PLAIN = PlainValues.defaults().withBinary(PlainValues.Binary.BASE64);

    private static List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        List<GeneratedEvent> events = Events.coveringEveryType();
        Random random = new Random(22);
        while (records.size() < RECORDS) {
            byte[] record = events.get(random.nextInt(events.size())).bytes();
            records.add(random.nextInt(10) == 0 ? fresh(random) : record);
        }
        return records;
    }

    /** Returns a record with new names. */
    private static byte[] fresh(Random random) {
        StringBuilder image = new StringBuilder("'NewImage':{");
        for (int i = 0; i < 12; i++) {
            image.append(i == 0 ? "" : ",")
                    .append("'n")
                    .append(random.nextInt(300))
                    .append('-')
                    .append(i);
            image.append("':{'S':'").append(random.nextInt()).append("'}");
        }
        return Records.json(Records.change("MODIFY", image + "}"));
    }

    private static String shown(DecodeResult result) {
        ChangeEvent event = result.event();
        if (event == null) {
            return String.valueOf(result.failure());
        }
        return event.eventName() + " " + event.keys().toMap().keySet() + shown(event.newImage())
                + shown(event.oldImage());
    }

    private static String shown(@Nullable Item item) {
        if (item == null) {
            return " none";
        }
        StringBuilder text = new StringBuilder(" {");
        item.toMap(PLAIN)
                .forEach((name, value) ->
                        text.append(name).append(' ').append(value).append(','));
        return text.append('}').toString();
    }

    private static void assertRight(DecodeSession session, List<byte[]> records) {
        int wrong = 0;
        for (byte[] record : records) {
            String expected = shown(ChangeEventDecoder.create().tryDecode(record));
            wrong += shown(session.tryDecode(record)).equals(expected) ? 0 : 1;
        }
        assertThat(wrong).isZero();
    }

    @LongRunning
    @RepeatedTest(3)
    void aSessionUsedByTwoThreadsThrowsAndIsCorrectAfterwards() throws Exception {
        List<byte[]> records = records();
        DecodeSession session = Records.DECODER.newSession();
        AtomicInteger noticed = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(2);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            int first = t * 17;
            Thread thread = new Thread(() -> hammer(session, records, first, start, noticed));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(noticed.get()).isPositive();
        assertRight(session, records);
    }

    private static void hammer(
            DecodeSession session, List<byte[]> records, int first, CyclicBarrier start, AtomicInteger noticed) {
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < 10 * RECORDS; i++) {
            try {
                session.tryDecode(records.get((first + i) % RECORDS));
            } catch (IllegalStateException e) {
                noticed.addAndGet(String.valueOf(e.getMessage()).contains("two threads") ? 1 : 0);
            } catch (RuntimeException | Error e) {
                assertThat(e).isNotInstanceOf(OutOfMemoryError.class);
            }
        }
    }

    /** Decodes with so little stack left that the decode is aborted, each time in a different place. */
    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int decodeAtTheEndOfTheStack(DecodeSession session, byte[] record, int depth) {
        try {
            return 1 + decodeAtTheEndOfTheStack(session, record, depth + 1);
        } catch (StackOverflowError e) {
            if (depth % 7 == 0) {
                try {
                    session.tryDecode(record);
                } catch (StackOverflowError again) {
                    return -depth;
                }
            }
            throw e;
        }
    }

    @Test
    void aSessionIsCorrectAfterAStackOverflowDuringDecode() throws Exception {
        List<byte[]> records = records();
        StringBuilder deep = new StringBuilder("{'S':'x'}");
        for (int i = 0; i < 30; i++) {
            deep = new StringBuilder("{'M':{'n" + i + "':").append(deep).append("}}");
        }
        byte[] record = Records.json(Records.change("INSERT", "'NewImage':{'a':" + deep + "}"));
        DecodeSession session = Records.DECODER.newSession();
        int[] tornOff = {0};
        Thread small = new Thread(
                null,
                () -> {
                    for (int i = 0; i < 40; i++) {
                        try {
                            decodeAtTheEndOfTheStack(session, record, 0);
                        } catch (StackOverflowError e) {
                            // the next one
                        }
                        tornOff[0]++;
                        session.tryDecode(records.get(i));
                    }
                },
                "small",
                1 << 18);
        small.start();
        small.join();
        assertThat(tornOff[0]).isEqualTo(40);
        assertRight(session, records);
    }

    @Test
    void readingAndDecodingInASessionMayAlternate() {
        List<byte[]> records = records().subList(0, 300);
        List<byte[]> others = records().subList(300, 700);
        for (Deliveries.Shape shape : Deliveries.Shape.values()) {
            DecodeSession session = Records.DECODER.newSession();
            Iterator<byte[]> other = others.iterator();
            Iterator<SourceRecord> first = session.read(Deliveries.inPieces(shape.of(records), 700, new Random(1)))
                    .records()
                    .iterator();
            Iterator<SourceRecord> second =
                    session.read(shape.of(records)).records().iterator();
            for (byte[] record : records) {
                String expected = shown(Records.DECODER.tryDecode(record));
                assertThat(unindexed(shown(first.next().result()))).isEqualTo(unindexed(expected));
                byte[] between = other.next();
                assertThat(shown(session.tryDecode(between))).isEqualTo(shown(Records.DECODER.tryDecode(between)));
                assertThat(unindexed(shown(second.next().result()))).isEqualTo(unindexed(expected));
            }
        }
    }

    /** Returns a failure without its offset, which differs in a reader, and without the carriers around it. */
    private static String unindexed(String shown) {
        return shown.replaceAll("offset [0-9]+", "offset").replaceAll("; in \\w+ of .*", "");
    }

    @Test
    void aSourceMayDecodeWithTheSessionThatReadsIt() {
        List<byte[]> records = records().subList(0, 200);
        DecodeSession session = Records.DECODER.newSession();
        byte[] other = Records.json(Records.change("REMOVE", "'OldImage':{'o':{'S':'other'}}"));
        InputStream source = new ByteArrayInputStream(Deliveries.Shape.CONCATENATED.of(records)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                assertThat(Objects.requireNonNull(session.decode(other).oldImage())
                                .require("o")
                                .asString())
                        .isEqualTo("other");
                return super.read(target, offset, Math.min(length, 100));
            }
        };
        int i = 0;
        for (SourceRecord record : session.read(source).records()) {
            assertThat(shown(record.result())).isEqualTo(shown(Records.DECODER.tryDecode(records.get(i++))));
        }
        assertThat(i).isEqualTo(200);
    }
}
