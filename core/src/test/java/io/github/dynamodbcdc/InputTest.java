package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is read at a time, which arrays are used again, and when a reader does not wait for more bytes. */
class InputTest {
    private static final int CHUNK = 1 << 16;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + i % 23);
        }
        return bytes;
    }

    /** A source that records how much it is asked for, and gives at most {@code most} bytes at a time. */
    private static final class Source extends ByteArrayInputStream {
        final List<Integer> asked = new ArrayList<>();
        private final int most;

        /** What {@link #available} says; −1 for an IOException. */
        int arrived;

        Source(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        Source(String text, int most) {
            this(text.getBytes(US_ASCII), most);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            asked.add(length);
            return super.read(target, offset, Math.min(length, most));
        }

        @Override
        public synchronized int available() {
            return arrived;
        }

        int last() {
            return asked.get(asked.size() - 1);
        }
    }

    /** Reads to the end, with each byte consumed as soon as it is there; returns the arrays that were used. */
    private static List<byte[]> arrays(Input input) {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        List<byte[]> inOrder = new ArrayList<>();
        while (input.more()) {
            if (arrays.add(input.data)) {
                inOrder.add(input.data);
            }
            input.p = input.end;
        }
        return inOrder;
    }

    @Test
    void aStreamIsReadInChunks() {
        Source source = new Source(bytes(10 * CHUNK), Integer.MAX_VALUE);
        Input input = new Input(source, false);
        assertThat(input.more()).isTrue();
        assertThat(source.asked).containsExactly(CHUNK);
        assertThat(input.available()).isEqualTo(CHUNK);
        assertThat(input.offset(input.p)).isZero();
        input.p = input.end;
        assertThat(input.more()).isTrue();
        assertThat(source.asked).containsExactly(CHUNK, CHUNK);
        assertThat(input.offset(input.p)).isEqualTo(CHUNK);
    }

    /** Returns how much a new stream is asked for after a record of this length and then some short ones. */
    private static int chunkAfter(int record, int shortOnes) {
        Source source = new Source(bytes(10 * CHUNK), Integer.MAX_VALUE);
        Input input = new Input(source, false);
        input.expect(record);
        for (int i = 0; i < shortOnes; i++) {
            input.expect(500);
        }
        assertThat(input.more()).isTrue();
        return source.last();
    }

    @ParameterizedTest
    @CsvSource({"1000, 65536", "16384, 65536", "20000, 80000", "65536, 262144", "100000, 262144", "9999999, 262144"})
    void chunksGrowWithTheRecordsUpToALimit(int record, int chunk) {
        assertThat(chunkAfter(record, 0)).isEqualTo(chunk);
    }

    /** The expected length decreases slowly: 64 short records leave more than a third of it. */
    @Test
    void aLongRecordIsForgottenAfterManyShortOnes() {
        assertThat(chunkAfter(100_000, 64)).isBetween(4 * 35_000, 4 * 38_000);
        assertThat(chunkAfter(50_000, 100)).isEqualTo(CHUNK);
    }

    /** A value of 100 MB, of which a limit allows 45 MB: both arrays are in memory while one is copied. */
    @Test
    void aValueIsReadAsFarAsItIsNeeded() {
        int most = 45_000_000;
        Input input = new Input(new Source(bytes(100_000_000), Integer.MAX_VALUE), false);
        input.more();
        int before = 0;
        while (input.available() < most) {
            before = input.data.length;
            assertThat(input.grow(most)).isTrue();
        }
        assertThat(input.data).hasSizeLessThan(most + CHUNK);
        assertThat(before + input.data.length).isLessThan(2 * most);
    }

    @Test
    void theRestOfAnArrayIsUsedUntilItIsTooSmall() {
        int[] first = {CHUNK - 4096, CHUNK - 4095};
        int[] room = {4096, CHUNK - 4095};
        for (int i = 0; i < first.length; i++) {
            Source source = new Source(bytes(CHUNK), first[i]);
            Input input = new Input(source, false);
            assertThat(input.more()).isTrue();
            byte[] data = input.data;
            assertThat(input.more()).isTrue();
            assertThat(source.last()).isEqualTo(room[i]);
            if (i == 0) {
                assertThat(input.data).isSameAs(data);
            } else {
                assertThat(input.data).isNotSameAs(data);
            }
            assertThat(input.available()).isEqualTo(CHUNK);
            assertThat(Arrays.copyOfRange(input.data, input.p, input.end)).isEqualTo(bytes(CHUNK));
        }
    }

    /** The part that is kept is copied, and a value that fills its array gets one of twice the size. */
    @Test
    void aValueStaysInOnePieceHoweverLongItIs() {
        byte[] bytes = bytes(1_000_000);
        Source source = new Source(bytes, 30_000);
        Input input = new Input(source, false);
        List<Integer> sizes = new ArrayList<>();
        input.require(5);
        input.p = 5;
        while (input.more()) {
            if (sizes.isEmpty() || sizes.get(sizes.size() - 1) != input.data.length) {
                sizes.add(input.data.length);
            }
        }
        assertThat(input.offset(input.p)).isEqualTo(5);
        assertThat(Arrays.copyOfRange(input.data, input.p, input.end))
                .isEqualTo(Arrays.copyOfRange(bytes, 5, bytes.length));
        for (int i = 1; i < sizes.size(); i++) {
            assertThat(sizes.get(i)).isBetween(sizes.get(i - 1) * 18 / 10, sizes.get(i - 1) * 2);
        }
    }

    @Test
    void bytesThatWereReadAreNeverOverwritten() {
        List<byte[]> arrays = arrays(new Input(new Source(bytes(10 * CHUNK), Integer.MAX_VALUE), false));
        assertThat(arrays).hasSize(10);
        for (int i = 0; i < arrays.size(); i++) {
            assertThat(arrays.get(i)).isEqualTo(Arrays.copyOfRange(bytes(10 * CHUNK), i * CHUNK, (i + 1) * CHUNK));
        }
    }

    @Test
    void aSessionUsesTwoArraysInTurns() {
        assertThat(arrays(new Input(new Source(bytes(10 * CHUNK), Integer.MAX_VALUE), true)))
                .hasSize(2);
    }

    @Test
    void anArrayThatTheEventOfASessionShowsIsUsedAgainOnlyAfterIt() {
        byte[] bytes = bytes(10 * CHUNK);
        Input input = new Input(new Source(bytes, Integer.MAX_VALUE), true);
        input.more();
        byte[] shown = input.data;
        input.p = input.end;
        input.pin();
        for (int i = 0; i < 3; i++) {
            input.more();
            input.p = input.end;
            assertThat(shown).isEqualTo(Arrays.copyOf(bytes, CHUNK));
        }
        input.unpin();
        byte[] current = input.data;
        input.more();
        assertThat(input.data).isSameAs(shown);
        input.p = input.end;
        input.more();
        assertThat(input.data).isSameAs(current);
    }

    @Test
    void anArrayIsUsedAgainOnlyIfItIsLargeEnough() {
        Input input = new Input(new Source(bytes(20 * CHUNK), Integer.MAX_VALUE), true);
        input.more();
        byte[] small = input.data;
        input.p = input.end;
        input.expect(20_000);
        input.more();
        byte[] first = input.data;
        input.p = input.end;
        input.more(); // the spare one is smaller
        assertThat(input.data).isNotSameAs(small).isNotSameAs(first).hasSize(80_000);
        input.p = input.end;
        input.more();
        assertThat(input.data).isSameAs(first);
    }

    /** A session keeps the arrays of long records while they are expected, and not those of a single one. */
    @Test
    void theArraysOfOneLongValueAreReleased() {
        Input input = new Input(new Source(bytes(60_000_000), 30_000), true);
        input.require(20_000_000);
        input.expect(20_000_000);
        input.p = input.end;
        List<Integer> sizes = new ArrayList<>();
        while (input.more()) {
            input.p = input.end;
            input.expect(500);
            sizes.add(input.data.length);
        }
        assertThat(sizes.get(0)).isGreaterThan(1 << 24); // at first, more long records are expected
        assertThat(sizes.get(sizes.size() - 1)).isLessThanOrEqualTo(1 << 18);
    }

    @ParameterizedTest
    @CsvSource({"true, 262144", "false, 65536"})
    void chunksOfUnpackedBytesAreLargerInASession(boolean session, int chunk) {
        byte[] packed = Deliveries.gzip(bytes(20 * CHUNK));
        for (Input input : List.of(
                new Input(new ByteArrayInputStream(packed), session), new Input(packed, 0, packed.length, session))) {
            while (input.more()) {
                input.p = input.end;
                if (input.offset(input.end) > 10 * CHUNK) {
                    break;
                }
            }
            assertThat(input.data).hasSize(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void gzipIsDetectedHoweverFewBytesArriveAtATime(int most) {
        byte[] unpacked = bytes(100);
        Input packed = new Input(new Source(Deliveries.gzip(unpacked), most), false);
        packed.require(100);
        assertThat(Arrays.copyOfRange(packed.data, packed.p, packed.end)).isEqualTo(unpacked);
        assertThat(packed.offset(packed.p)).isZero();
        Input plain = new Input(new Source(unpacked, most), false);
        assertThat(plain.more()).isTrue();
        assertThat(plain.available()).isEqualTo(Math.max(2, most));
        for (String text : List.of("", "1")) {
            Input tiny = new Input(new Source(text, most), false);
            assertThat(tiny.more()).isEqualTo(!text.isEmpty());
            assertThat(tiny.available()).isEqualTo(text.length());
        }
    }

    @Test
    void gzipOfNothingHasNoBytes() {
        byte[] packed = Deliveries.gzip(new byte[0]);
        assertThat(new Input(new Source(packed, 1), false).more()).isFalse();
        assertThat(new Input(packed, 0, packed.length, false).more()).isFalse();
        assertThat(new Input(new Source(packed, 1), false).grow()).isFalse();
    }

    /** A source that violates the contract of InputStream: it reads no bytes into a buffer with room. */
    @Test
    void aSourceMayGiveNoBytes() {
        byte[] bytes = {'a', -1, 'c'};
        Input input = new Input(new Source(bytes, 0), false);
        for (int i = 1; i <= bytes.length; i++) {
            input.require(i);
            assertThat(Arrays.copyOfRange(input.data, input.p, input.end)).startsWith(Arrays.copyOf(bytes, i));
        }
        assertThat(input.more()).isFalse();
        assertThat(input.available()).isEqualTo(3);
    }

    @Test
    void offsetsCountFromTheFirstByteOfAPart() {
        Input input = new Input(bytes(100), 40, 10, false);
        assertThat(input.offset(input.p)).isZero();
        assertThat(input.available()).isEqualTo(10);
        assertThat(input.more()).isFalse();
        input.p += 3;
        Input part = input.part(input.p, 2).from(7);
        assertThat(part.offset(part.p)).isEqualTo(7L + part.p);
        part = input.part(input.p, 2);
        assertThat(part.offset(part.p)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"'{\"a\":1}', 0, 7", "'{\"a\":1} ', 0, 8", "'[1]', 0, 3", "'{\"a\":1', 0, 12", "'{\"a\":1}', 5, 12"})
    void moreIsPrefetchedIfItHasArrivedOrTheValueIsIncomplete(String first, int arrived, int available) {
        Source source = new Source(first + "xxxxx", first.length());
        source.arrived = arrived;
        Input input = new Input(source, false);
        input.more();
        assertThat(input.available()).isEqualTo(first.length());
        input.prefetch();
        assertThat(input.available()).isEqualTo(Math.min(available, first.length() + 5));
    }

    @Test
    void asMuchIsPrefetchedAsARecordHas() {
        Source source = new Source("[" + "1".repeat(19_999), 1_000);
        Input input = new Input(source, false);
        input.expect(10_000);
        input.more();
        input.prefetch();
        assertThat(input.available()).isEqualTo(10_000);
        input.p = input.end;
        source.arrived = 0;
        input.prefetch(); // nothing is known to have arrived, and no value has begun
        assertThat(input.available()).isZero();
        source.arrived = 1;
        input.prefetch();
        assertThat(input.available()).isEqualTo(10_000);
        assertThat(source.asked).hasSize(20);
    }

    private static boolean hasLineBreak(Input input) {
        return Words.lineFeed(input.data, input.p, input.end) < input.end;
    }

    /** Where records are lines, one that is cut off ends there. */
    @ParameterizedTest
    @ValueSource(strings = {"{'a':\n", "{'a':'\n", "[\n1", "{'a\\\n"})
    void nothingIsWaitedForAfterALineBreakThatEndsTheRecord(String arrived) {
        for (boolean isLine : new boolean[] {true, false}) {
            Source source = new Source("[" + arrived + "x".repeat(100), 1);
            Input input = new Input(source, false);
            input.isLine = isLine;
            input.atGrow = () -> hasLineBreak(input);
            input.more();
            input.prefetch();
            assertThat(input.available()).isEqualTo(isLine ? 2 + arrived.indexOf('\n') : arrived.length() + 101);
        }
    }

    /** More may follow only much later. */
    @ParameterizedTest
    @ValueSource(strings = {"{'a':[]}{'a'", "{}", "{'a':'}'}[", "7 ", "7{", "'a", ",{"})
    void nothingIsWaitedForWhoseAbsenceDoesNotMatter(String arrived) {
        Source source = new Source(arrived.replace('\'', '"') + " ".repeat(100), arrived.length());
        Input input = new Input(source, false);
        input.more();
        for (int i = 0; i < 2; i++) {
            input.prefetch();
            assertThat(input.available()).isEqualTo(arrived.length());
        }
    }

    @Test
    void aValueThatGrowsIsReadUntilTwiceAsMuchIsThere() {
        Source source = new Source("[" + "1".repeat(9_999), 100);
        Input input = new Input(source, false);
        input.require(1_000);
        assertThat(input.available()).isEqualTo(1_000);
        assertThat(input.grow()).isTrue();
        assertThat(input.available()).isEqualTo(2_000);
        assertThat(input.grow()).isTrue();
        assertThat(input.available()).isEqualTo(4_000);
        input.require(10_000);
        assertThat(input.grow()).isFalse();
        assertThat(input.available()).isEqualTo(10_000);
        input.require(10_001);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a':'}'}", "[{},'\\'']", "{'a':'\\\\','b':[{'c':[]}]}", "{}", "'a]\\'}'", "[{]}", "]"})
    void aValueThatIsCompleteIsNotWaitedFor(String quoted) {
        String value = quoted.replace('\'', '"');
        String text = value + "{\"next\":" + "1".repeat(2 * value.length() + 20);
        for (int split = 1; split < value.length(); split++) {
            byte[] data = text.getBytes(US_ASCII);
            Input.ClosingBracket closing = new Input.ClosingBracket();
            for (int to = split; to < value.length(); to += split) {
                assertThat(closing.isIn(data, 0, to, 7)).isFalse();
            }
            assertThat(closing.isIn(data, 0, value.length(), 7)).isTrue();
            assertThat(closing.isIn(data, 0, data.length, 7)).isFalse();
            byte[] moved = ("   " + text).getBytes(US_ASCII);
            int end = value.length() + 3;
            assertThat(closing.isIn(moved, 3, end, 8)).isTrue();
            assertThat(closing.isIn(moved, 3, end, 8)).isFalse();
            assertThat(closing.isIn(moved, 3, end - 1, 9)).isFalse();
        }
    }

    @Test
    void growthStopsAfterTheValue() {
        Source source = new Source("{\"a\":[" + "1,".repeat(20) + "1]}" + "x".repeat(200), 1);
        Input input = new Input(source, false);
        input.require(48);
        assertThat(input.grow()).isTrue();
        assertThat(input.available()).isEqualTo(49);
        assertThat(input.grow()).isTrue();
        assertThat(input.available()).isEqualTo(98);
    }

    private static final class Failing extends InputStream {
        private final @Nullable RuntimeException unchecked;
        int calls;

        Failing(@Nullable RuntimeException unchecked) {
            this.unchecked = unchecked;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("broken");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (calls++ == 0) {
                target[offset] = '{';
                target[offset + 1] = '"';
                return 2;
            }
            if (unchecked != null) {
                throw unchecked;
            }
            throw new IOException("broken");
        }
    }

    @Test
    void aFailureOfTheSourceIsThrownWhenTheBytesAreNeeded() {
        Failing source = new Failing(new IllegalStateException("closed"));
        Input input = new Input(source, false);
        input.more();
        input.prefetch();
        input.prefetch();
        input.checkSource();
        assertThat(source.calls).isEqualTo(2);
        assertThatThrownBy(input::more).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(input::checkSource).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(input::grow).isInstanceOf(IllegalStateException.class);
        assertThat(source.calls).isEqualTo(2);

        Input checked = new Input(new Failing(null), false);
        checked.more();
        assertThatThrownBy(() -> checked.require(3))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void aClosedInputHasNoMore() {
        Input input = new Input(new Source(bytes(5 * CHUNK), Integer.MAX_VALUE), false);
        input.more();
        input.close();
        assertThat(input.available()).isZero();
        assertThat(input.more()).isFalse();
    }
}
