package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1952 where a reader's tests do not go: single bytes, available bytes, odd sources, every flag. */
class GzipStreamTest {
    private static final byte[] TEXT = "one two three two one ".repeat(9_000).getBytes(US_ASCII);

    private static GzipStream unpack(byte[] packed) {
        return new GzipStream(new byte[0], 0, 0, new ByteArrayInputStream(packed));
    }

    private static void assertFault(Reason reason, byte[] packed) {
        assertThatThrownBy(() -> unpack(packed).readAllBytes())
                .isInstanceOfSatisfying(
                        GzipStream.Fault.class,
                        fault -> assertThat(fault.reason).isEqualTo(reason));
    }

    @Test
    void bytesMayBeReadOneByOne() throws IOException {
        byte[] bytes = {0, 1, -1, 127, -128};
        try (GzipStream in = unpack(Deliveries.gzip(bytes))) {
            for (byte b : bytes) {
                assertThat(in.read()).isEqualTo(b & 0xFF);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void noBytesAreReadIntoNoRoom() throws IOException {
        GzipStream in = unpack(Deliveries.gzip(TEXT));
        assertThat(in.read(new byte[1], 0, 0)).isZero();
        assertThat(in.readAllBytes()).isEqualTo(TEXT);
        assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    @Test
    void bytesAreAvailableUntilTheEnd() throws IOException {
        byte[] packed = Deliveries.gzip(TEXT);
        GzipStream in = unpack(packed);
        assertThat(in.available()).isEqualTo(packed.length);
        byte[] target = new byte[1000];
        in.read(target, 0, 1000);
        assertThat(in.available()).isEqualTo(1);
        in.readAllBytes();
        assertThat(in.available()).isZero();
        byte[] array = Arrays.copyOf(packed, packed.length + 5);
        assertThat(new GzipStream(array, 0, 100, new ByteArrayInputStream(packed, 100, 50)).available())
                .isEqualTo(150);
        assertThat(new GzipStream(array, 30, 100, InputStream.nullInputStream()).available())
                .isEqualTo(70);
    }

    /** As the sources of Input are: the first bytes were read before gzip was detected. */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 100})
    void theFirstBytesMayBeInAnArray(int first) throws IOException {
        byte[] packed = Deliveries.gzip(TEXT, TEXT);
        byte[] array = new byte[first + 3];
        System.arraycopy(packed, 0, array, 3, first);
        InputStream rest = new ByteArrayInputStream(packed, first, packed.length - first);
        byte[] unpacked = new GzipStream(array, 3, first + 3, rest).readAllBytes();
        assertThat(unpacked).startsWith(TEXT).endsWith(TEXT).hasSize(2 * TEXT.length);
    }

    /** A source that violates the contract of InputStream: it reads no bytes into a buffer with room. */
    @Test
    void aSourceMayGiveNoBytes() throws IOException {
        byte[] packed = Deliveries.gzip(TEXT);
        InputStream odd = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return 0;
            }
        };
        assertThat(new GzipStream(new byte[0], 0, 0, odd).readAllBytes()).isEqualTo(TEXT);
    }

    @Test
    void everyFlagMayBeSetButTheReservedOnes() throws IOException {
        byte[] packed = Deliveries.gzip(TEXT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packed[3] = 31;
        out.write(packed, 0, 10);
        out.writeBytes(new byte[] {2, 0, 7, 7, 'n', 'a', 0, 'c', 0});
        CRC32 crc = new CRC32();
        crc.update(out.toByteArray());
        out.write((int) crc.getValue());
        out.write((int) crc.getValue() >>> 8);
        out.write(packed, 10, packed.length - 10);
        byte[] all = out.toByteArray();
        assertThat(unpack(all).readAllBytes()).isEqualTo(TEXT);
        for (int flag : new int[] {32, 64, 128}) {
            all[3] = (byte) (31 | flag);
            assertFault(Reason.BAD_GZIP, all);
        }
    }

    @Test
    void eachByteOfTheMagicNumberTheMethodAndTheTrailerCounts() {
        byte[] packed = Deliveries.gzip(TEXT);
        for (int i : new int[] {0, 1, 2}) {
            assertFault(Reason.BAD_GZIP, changed(packed, i));
        }
        for (int i = packed.length - 8; i < packed.length; i++) {
            assertFault(Reason.BAD_GZIP, changed(packed, i));
            assertFault(Reason.END_OF_INPUT, Arrays.copyOf(packed, i));
        }
        for (int length = 1; length < 18; length++) {
            assertFault(Reason.END_OF_INPUT, Arrays.copyOf(packed, length));
        }
    }

    private static byte[] changed(byte[] packed, int i) {
        byte[] copy = packed.clone();
        copy[i] ^= 0x10;
        return copy;
    }

    @Test
    void whatWasUnpackedBeforeAFaultIsReadAndThenTheFaultEachTime() throws IOException {
        byte[] letters = new byte[100_000];
        Random random = new Random(1);
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(16));
        }
        byte[] packed = Deliveries.gzip(letters);
        for (int i = packed.length / 2; i < packed.length - 8; i++) {
            packed[i] = (byte) random.nextInt();
        }
        GzipStream in = unpack(packed);
        byte[] target = new byte[1 << 16];
        int total = 0;
        try {
            for (int n; (n = in.read(target, 0, target.length)) > 0; ) {
                total += n;
            }
        } catch (GzipStream.Fault e) {
            assertThat(total).isBetween(letters.length / 3, letters.length - 1);
            assertThat(in.available()).isZero();
            assertThatThrownBy(() -> in.read(target, 0, 1)).isInstanceOf(GzipStream.Fault.class);
            return;
        }
        throw new AssertionError("the fault was not found");
    }

    @Test
    void onlyTwoBytesDecide() {
        byte[] gzip = {0, 0x1F, (byte) 0x8B, 0x1F};
        assertThat(GzipStream.begins(gzip, 1, 3)).isTrue();
        assertThat(GzipStream.begins(gzip, 1, 2)).isFalse();
        assertThat(GzipStream.begins(gzip, 0, 4)).isFalse();
        assertThat(GzipStream.begins(gzip, 3, 4)).isFalse();
        assertThat(GzipStream.begins(gzip, 2, 4)).isFalse();
    }

    @Test
    void closingClosesTheSource() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream source = new ByteArrayInputStream(Deliveries.gzip(TEXT)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        GzipStream in = new GzipStream(new byte[0], 0, 0, source);
        in.read();
        in.close();
        assertThat(closed[0]).isTrue();
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.available()).isZero();
    }
}
