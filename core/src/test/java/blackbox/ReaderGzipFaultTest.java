package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.LongRunning;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip that breaks after some whole records: the data unpacked before the fault counts, in pieces of any size. */
class ReaderGzipFaultTest {
    private static final int RECORDS = 100;
    private static final int HEADER = 10;

    private static byte[] packed(Shape shape) {
        Random random = new Random(19);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(Records.json(Records.change(
                    "INSERT", "'NewImage':{'n':{'N':'" + i + "'},'s':{'S':'" + random.nextLong() + "'}}")));
        }
        return Deliveries.gzip(shape.of(records));
    }

    private static ChangeEventReader inPieces(byte[] bytes, int size) {
        return Records.DECODER.read(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, size));
            }
        });
    }

    /** The record that the fault cuts off has no failure of its own, whatever is wrong in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R\nW",
                "R\nR\n[R,R]\nR\nR",
                "R\n[[1",
                "R\n{'Records':[R,W,R]}\nR",
                "R\n{'messageId':'m','receiptHandle':'r','body':R}\nR",
                "[R,W]"
            })
    void gzipThatIsCutAnywhereHasOneFailureAfterTheCompleteRecords(String pattern) {
        byte[] plain = Records.json(pattern.replace("Records", "~")
                .replace("W", "{'dynamodb':{'Keys':{'k':{'N':'x'}}},'z':'abcdefg'}")
                .replace("R", "{'dynamodb':{'Keys':{'k':{'S':'a'}}}}")
                .replace("~", "Records"));
        byte[] gzip = Deliveries.gzip(plain);
        for (int length = HEADER; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertSameHoweverItComes(cut);
            List<Reason> failures = new ArrayList<>();
            for (SourceRecord record : Deliveries.read(cut)) {
                DecodeException failure = record.failure();
                if (failure != null) {
                    failures.add(failure.reason());
                }
                assertThat(record.isTerminal()).isEqualTo(failure != null && failure.reason() == Reason.END_OF_INPUT);
            }
            assertThat(failures).endsWith(Reason.END_OF_INPUT);
            boolean hasW = pattern.contains("W") && new String(unpackedByteByByte(cut), UTF_8).contains("abcdefg\"}");
            assertThat(failures).as("%d bytes", length).hasSizeLessThanOrEqualTo(hasW ? 2 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 40_000})
    void zerosAfterTheLastMemberArePadding(int zeros) {
        byte[] gzip = packed(Shape.LINES);
        byte[] two = Arrays.copyOf(gzip, gzip.length * 2 + zeros);
        System.arraycopy(gzip, 0, two, gzip.length, gzip.length);
        assertSameHoweverItComes(two);
        assertThat(Deliveries.read(two)).hasSize(2 * RECORDS).allMatch(record -> record.failure() == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 40_000})
    void anythingElseAfterPaddingIsBadGzip(int zeros) {
        byte[] gzip = packed(Shape.LINES);
        for (byte[] rest : new byte[][] {{'\n'}, gzip}) {
            byte[] padded = Arrays.copyOf(gzip, gzip.length + zeros + rest.length);
            System.arraycopy(rest, 0, padded, gzip.length + zeros, rest.length);
            assertSameHoweverItComes(padded);
            List<SourceRecord> records = Deliveries.read(padded);
            assertThat(records).hasSize(RECORDS + 1);
            assertThat(records.get(RECORDS).isTerminal()).isTrue();
            assertThat(records.get(RECORDS).failure())
                    .extracting(DecodeException::reason)
                    .isEqualTo(Reason.BAD_GZIP);
        }
    }

    @Test
    void zerosMayFollowAMemberWithoutData() {
        byte[] gzip = Deliveries.gzip(new byte[0]);
        assertThat(Deliveries.read(Arrays.copyOf(gzip, 512))).isEmpty();
    }

    @Test
    void aSourceThatFailsInsideThePaddingHasAllRecordsBefore() {
        byte[] gzip = packed(Shape.LINES);
        InputStream source = Deliveries.thenReset(new ByteArrayInputStream(Arrays.copyOf(gzip, gzip.length + 512)));
        List<SourceRecord> records = new ArrayList<>();
        assertThatThrownBy(() -> Records.DECODER.read(source).records().forEach(records::add))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(records).hasSize(RECORDS).allMatch(record -> record.failure() == null);
    }

    /** Returns the facts of each record, including offsets. */
    private static String outcome(ChangeEventReader reader) {
        StringBuilder text = new StringBuilder();
        for (SourceRecord record : Deliveries.records(reader)) {
            DecodeException failure = record.result().failure();
            text.append(record)
                    .append(' ')
                    .append(failure == null ? "" : failure.getMessage())
                    .append('\n');
        }
        return text.toString();
    }

    private static int events(byte[] input) {
        return (int) Deliveries.read(input).stream()
                .filter(record -> record.result().event() != null)
                .count();
    }

    private static void assertSameHoweverItComes(byte[] broken) {
        String ofArray = outcome(Records.DECODER.read(broken));
        for (int size : new int[] {1, 7, 100, 1000, 1 << 20}) {
            assertThat(outcome(inPieces(broken, size)).equals(ofArray))
                    .as("pieces of %d", size)
                    .isTrue();
        }
        assertThat(outcome(Records.DECODER.newSession().read(broken)).equals(ofArray))
                .isTrue();
    }

    /** Returns the number of bytes that the gzip unpacks to, one at a time, until it ends or breaks. */
    private static byte[] unpackedByteByByte(byte[] gzip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Inflater inflater = new Inflater(true);
        inflater.setInput(gzip, HEADER, gzip.length - HEADER);
        byte[] one = new byte[1];
        try {
            while (inflater.inflate(one) == 1) {
                out.write(one[0]);
            }
        } catch (java.util.zip.DataFormatException e) {
            // the data before it counts
        } finally {
            inflater.end();
        }
        return out.toByteArray();
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource(names = {"CONCATENATED", "LINES", "ARRAY", "RECORDS", "FIREHOSE_HTTP"})
    void truncationAnywhereGivesAllRecordsUnpackedBeforeIt(Shape shape) {
        byte[] whole = packed(shape);
        for (int length = HEADER + 1; length < whole.length; length += 1 + length / 40) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertSameHoweverItComes(cut);
            assertThat(events(cut)).isEqualTo(events(unpackedByteByByte(cut)));
        }
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource(names = {"CONCATENATED", "LINES", "ARRAY", "RECORDS", "FIREHOSE_HTTP"})
    void aBadBlockGivesAllRecordsUnpackedBeforeIt(Shape shape) {
        byte[] whole = packed(shape);
        Random random = new Random(7);
        int some = 0;
        for (int i = 0; i < 60; i++) {
            byte[] bad = whole.clone();
            int at = HEADER + 100 + random.nextInt(bad.length - HEADER - 108);
            Arrays.fill(bad, at, Math.min(at + 1 + random.nextInt(40), bad.length - 8), (byte) random.nextInt());
            assertSameHoweverItComes(bad);
            int expected = events(unpackedByteByByte(bad));
            assertThat(events(bad)).isEqualTo(expected);
            some += expected > 0 && expected < RECORDS ? 1 : 0;
        }
        assertThat(some).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONCATENATED", "LINES", "ARRAY", "RECORDS", "FIREHOSE_HTTP"})
    void aBadTrailerCostsNoRecord(Shape shape) {
        byte[] whole = packed(shape);
        for (int at = whole.length - 8; at < whole.length; at++) {
            byte[] bad = whole.clone();
            bad[at] ^= 0x10;
            assertSameHoweverItComes(bad);
            assertThat(events(bad)).isEqualTo(RECORDS);
            List<SourceRecord> records = Deliveries.read(bad);
            SourceRecord last = records.get(RECORDS);
            assertThat(records).hasSize(RECORDS + 1);
            assertThat(last.isTerminal()).isTrue();
            assertThat(last.result().failure())
                    .extracting(DecodeException::reason)
                    .isEqualTo(Reason.BAD_GZIP);
        }
    }

    @LongRunning
    @ParameterizedTest
    @EnumSource(names = {"CONCATENATED", "LINES", "ARRAY", "RECORDS", "FIREHOSE_HTTP"})
    void aBrokenSecondMemberCostsNothingOfTheFirst(Shape shape) {
        byte[] first = packed(shape);
        for (int length = 1; length < first.length; length += 1 + length / 10) {
            byte[] both = Arrays.copyOf(first, first.length + length);
            System.arraycopy(first, 0, both, first.length, length);
            assertSameHoweverItComes(both);
            assertThat(events(both)).isBetween(RECORDS, 2 * RECORDS);
            byte[] bad = both.clone();
            bad[bad.length - 1] ^= 0x55;
            assertSameHoweverItComes(bad);
            assertThat(events(bad)).isBetween(RECORDS, 2 * RECORDS);
        }
    }
}
