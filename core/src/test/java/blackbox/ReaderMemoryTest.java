package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.LongRunning;
import fixtures.Records;
import fixtures.Sampling;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The memory for reading a stream does not grow with it, in any shape. The stream has 24 MB, or 1 GB with
 * {@code -Pexhaustive}, which runs this with {@code -Xmx64m}.
 */
class ReaderMemoryTest {
    private static final long MOST_RETAINED = 8 << 20;

    private static final long PAUSE_NANOS = 50_000_000;

    private static final long BYTES = Sampling.EXHAUSTIVE ? 1L << 30 : 24L << 20;

    /** A stream that makes its bytes as they are read. */
    private static final class Generated extends InputStream {
        private final byte[] first;
        private final byte[] last;
        private final byte[] record;
        private final long records;
        private long made = -1;
        private byte[] part = {};
        private int at;

        Generated(String first, String record, String last, long bytes) {
            this(Records.json(first), Records.json(record), Records.json(last), bytes);
        }

        Generated(byte[] first, byte[] record, byte[] last, long bytes) {
            this.first = first;
            this.last = last;
            this.record = record;
            records = bytes / record.length;
        }

        /** Generates a delivery of one record that is repeated. */
        static Generated of(Shape shape, byte[] record, long bytes) {
            byte[] none = shape.of(List.of());
            byte[] one = shape.of(List.of(record));
            byte[] two = shape.of(List.of(record, record));
            int before = Arrays.mismatch(none, one);
            int after = none.length - before;
            int element = one.length - none.length;
            return new Generated(
                    Arrays.copyOf(one, before + element),
                    Arrays.copyOfRange(two, before + element, two.length - after),
                    Arrays.copyOfRange(none, before, none.length),
                    bytes);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            while (at == part.length) {
                if (made > records) {
                    return -1;
                }
                part = made < 0 ? first : made == records ? last : record;
                at = 0;
                made++;
            }
            int n = Math.min(length, part.length - at);
            System.arraycopy(part, at, target, offset, n);
            at += n;
            return n;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }

    private static String record(int seed, int length) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(length, 'a', 'z').forEach(c -> text.append((char) c));
        return Records.kinesis("INSERT", "'NewImage':{'t':{'S':'" + text + "'}}");
    }

    private static void assertReadsAll(ChangeEventReader reader, long expected) {
        long before = used();
        long events = 0;
        long most = 0;
        for (ChangeEvent event : reader) {
            events += event.keys().size();
            if (events == expected / 4 || events == expected / 2 || events == expected) {
                most = Math.max(most, retainedSince(before));
            }
        }
        assertThat(events).isEqualTo(expected);
        assertThat(most).as("memory retained").isLessThan(MOST_RETAINED);
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource
    void everyShapeIsReadInConstantMemory(Shape shape) {
        Generated generated = Generated.of(shape, Records.json(record(3, 1_000)), BYTES);
        assertReadsAll(Records.DECODER.read(generated), generated.records + 1);
    }

    /** A file of gzip may consist of any number of members. */
    @LongRunning
    @Test
    void manyMembersOfGzipAreReadInConstantMemory() {
        byte[] member = Deliveries.gzip(Shape.LINES.of(Collections.nCopies(20, Records.json(record(4, 1_000)))));
        Generated generated = new Generated(member, member, member, BYTES);
        assertReadsAll(Records.DECODER.read(generated), 20 * (generated.records + 2));
    }

    /**
     * Returns how much more memory is used than before. Measures again if it seems too much: what the stream retains
     * stays, and what other threads of the JVM hold does not.
     */
    private static long retainedSince(long before) {
        long retained = used() - before;
        for (int i = 0; i < 20 && retained >= MOST_RETAINED; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            retained = Math.min(retained, used() - before);
        }
        return retained;
    }

    /** Returns the least of several measurements, because other threads allocate after each collection. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @LongRunning
    @Test
    void concatenatedRecordsInGzipAreReadInConstantMemory()
            throws IOException, InterruptedException, ExecutionException {
        Generated generated = new Generated("", record(1, 2_000), "", BYTES);
        PipedInputStream packed = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(packed);
        CompletableFuture<Void> packing = CompletableFuture.runAsync(() -> pack(generated, out));
        try (ChangeEventReader reader = Records.DECODER.read(packed)) {
            assertReadsAll(reader, generated.records);
        }
        packing.get();
    }

    private static void pack(InputStream in, PipedOutputStream out) {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 14) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            in.transferTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHugeEnvelopeIsReadElementByElement() {
        Generated generated = new Generated("{'Records':[{}", "," + record(2, 500), "]}", BYTES);
        long events = 0;
        for (var record : Records.DECODER.newSession().read(generated).records()) {
            events += record.result().event() == null ? 0 : 1;
            if (events % 65_536 == 1) {
                assertThat(record.index()).isEqualTo(events);
            }
        }
        assertThat(events).isEqualTo(generated.records);
    }

    /** The limit of a record, and not the record, decides how much memory is needed: a small multiple of the limit. */
    @LongRunning
    @Test
    void aHugeRecordIsSkippedInConstantMemory() {
        ChangeEventDecoder limited = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(1 << 20))
                .build();
        String good = Records.change("INSERT", "");
        Generated generated = new Generated(good + "{'x':[0", ",{'y':'" + "z".repeat(100) + "'}", "]}" + good, BYTES);
        var records = Deliveries.records(limited.read(generated));
        assertThat(records).hasSize(3);
        assertThat(records.get(1).result().failure()).hasMessageContaining("RECORD_LIMIT");
        assertThat(records.get(2).result().failure()).isNull();
    }
}
