package blackbox;

import static fixtures.EventText.describe;
import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.CanaryEvents;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A record may be anywhere in an array or a buffer. The bytes around it do not count, and nothing of an earlier record
 * remains.
 */
class SlicesTest {
    private static final byte[] BEFORE = json("{'dynamodb':{'Keys':{'k':{'S':'\\u");

    @Test
    void aSliceThatEndsTooEarlyIsNotReadPastItsEnd() {
        for (byte[] record : CanaryEvents.ALL) {
            byte[] array = concat(BEFORE, record, record);
            for (int length = 0; length <= record.length; length++) {
                DecodeResult alone = DECODER.tryDecode(Arrays.copyOf(record, length));
                assertSame(DECODER.tryDecode(array, BEFORE.length, length), alone);
            }
        }
    }

    @Test
    void aSliceThatBeginsInsideARecordIsNotReadBackwards() {
        for (byte[] record : CanaryEvents.ALL) {
            for (int from = 0; from <= record.length; from++) {
                DecodeResult alone = DECODER.tryDecode(Arrays.copyOfRange(record, from, record.length));
                assertSame(DECODER.tryDecode(record, from, record.length - from), alone);
            }
        }
    }

    @Test
    void aSliceDecodesLikeACopyOfItsBytes() {
        for (byte[] record : CanaryEvents.ALL) {
            String alone = describe(DECODER.decode(record));
            for (int offset = 0; offset < 20; offset++) {
                byte[] array = concat(new byte[offset], record, CanaryEvents.KINESIS);
                ChangeEvent event = DECODER.decode(array, offset, record.length);
                assertThat(describe(event)).isEqualTo(alone);
                assertThat(describe(event.copy())).isEqualTo(alone);
            }
        }
    }

    @Test
    void bytesAroundASliceMayChangeWhileItsEventIsUsed() {
        for (byte[] record : CanaryEvents.ALL) {
            byte[] array = concat(BEFORE, record, record);
            ChangeEvent event = DECODER.decode(array, BEFORE.length, record.length);
            Arrays.fill(array, 0, BEFORE.length, (byte) 'x');
            Arrays.fill(array, BEFORE.length + record.length, array.length, (byte) 'x');
            assertThat(describe(event)).isEqualTo(describe(DECODER.decode(record)));
        }
    }

    @Test
    void aRefilledArrayDecodesAsIfItWereNew() {
        List<byte[]> records = new ArrayList<>(CanaryEvents.ALL);
        // equally long: same names and other values, other names and the same values, and a broken record
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'a'}},'NewImage':{'one':{'S':'a'},'two':{'N':'1'}}}}"));
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'b'}},'NewImage':{'one':{'S':'c'},'two':{'N':'2'}}}}"));
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'a'}},'NewImage':{'two':{'S':'a'},'one':{'N':'1'}}}}"));
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'a'}},'NewImage':{'one':{'N':'1'},'two':{'S':'a'}}}}"));
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'a'}},'NewImage':{'one':{'S':'a'},'one':{'N':'1'}}}}"));
        records.add(json("{'dynamodb':{'Keys':{'k':{'S':'a'}},'OldImage':{'one':{'S':'a'},'two':{'N':'1'}}}}"));
        records.add(json("{'Item':{'one':{'S':'a'},'two':{'N':'1'}}}"));
        List<DecodeResult> alone = records.stream().map(DECODER::tryDecode).toList();
        byte[] array = new byte[2_048];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int which = random.nextInt(records.size());
            byte[] record = records.get(which);
            int offset = random.nextBoolean() ? 0 : random.nextInt(array.length - record.length);
            System.arraycopy(record, 0, array, offset, record.length);
            assertSame(DECODER.tryDecode(array, offset, record.length), alone.get(which));
        }
    }

    @Test
    void aCopyAndPlainValuesOutliveTheArray() {
        for (byte[] record : CanaryEvents.ALL) {
            byte[] array = concat(BEFORE, record, BEFORE);
            ChangeEvent event = DECODER.decode(array, BEFORE.length, record.length);
            String expected = describe(event);
            ChangeEvent copy = event.copy();
            var keys = event.keys().toMap();
            String keysExpected = keys.toString();
            Arrays.fill(array, (byte) '"');
            assertThat(describe(copy)).isEqualTo(expected);
            assertThat(keys.toString()).isEqualTo(keysExpected);
        }
    }

    /**
     * If the caller breaks the contract, accessors give other values or throw an exception, but never an Error or bytes
     * from outside the slice.
     */
    @Test
    void anEventWithOverwrittenBytesNeverShowsBytesOutsideItsSlice() {
        byte[] secret = json("'qzxjvkwq'".repeat(400));
        for (byte[] record : CanaryEvents.ALL) {
            byte[] clean = new String(record, ISO_8859_1)
                    .replaceAll("[qzxjvkw]{8}", "abcdefgh")
                    .getBytes(ISO_8859_1);
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 300; i++) {
                byte[] array = concat(secret, clean, secret);
                DecodeResult result = DECODER.tryDecode(array, secret.length, clean.length);
                ChangeEvent event = result.event();
                if (event == null) {
                    continue;
                }
                for (int p = 0; p < clean.length; p++) {
                    if (i < 5 || random.nextInt(i) < 5) {
                        array[secret.length + p] =
                                (byte) (i == 0 ? '\\' : i == 1 ? '"' : i == 2 ? 0xF4 : random.nextInt());
                    }
                }
                try {
                    assertThat(describe(event)).doesNotContain("qzxj");
                } catch (RuntimeException e) {
                    assertThat(String.valueOf(e.getMessage())).doesNotContain("qzxj");
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------ buffers

    @Test
    void everyKindOfBufferGivesTheSameEventAndStaysUnchanged() {
        for (byte[] record : CanaryEvents.ALL) {
            for (int length : new int[] {record.length, record.length / 2, 0}) {
                DecodeResult alone = DECODER.tryDecode(Arrays.copyOf(record, length));
                for (ByteBuffer buffer : buffers(record, length)) {
                    ByteBuffer before = buffer.duplicate();
                    assertSame(DECODER.tryDecode(buffer), alone);
                    assertThat(buffer).isEqualTo(before);
                    assertThat(buffer.position()).isEqualTo(before.position());
                    assertThat(buffer.limit()).isEqualTo(before.limit());
                    assertThat(buffer.remaining()).isEqualTo(length);
                }
            }
        }
    }

    @Test
    void decodeOfABufferThrowsWhatTryDecodeReturns() {
        for (ByteBuffer buffer : buffers(json("{'dynamodb':}"), 13)) {
            assertThatThrownBy(() -> DECODER.decode(buffer)).isInstanceOfSatisfying(DecodeException.class, failure -> {
                assertThat(failure.reason()).isEqualTo(DecodeException.Reason.UNEXPECTED_BYTE);
                assertThat(failure.offset()).isEqualTo(12);
            });
            assertThat(buffer.remaining()).isEqualTo(13);
        }
    }

    /** Returns buffers of all kinds that hold the record, or its beginning followed by its continuation. */
    private static List<ByteBuffer> buffers(byte[] record, int length) {
        byte[] array = concat(BEFORE, record, record);
        int from = BEFORE.length;
        ByteBuffer heap = ByteBuffer.wrap(array, from, length);
        ByteBuffer direct = ByteBuffer.allocateDirect(array.length);
        direct.put(array).position(from).limit(from + length);
        ByteBuffer sliceOfSlice = ByteBuffer.wrap(array, 3, array.length - 3)
                .slice()
                .position(from - 3)
                .limit(from - 3 + length);
        return List.of(
                heap,
                heap.slice(),
                heap.asReadOnlyBuffer(),
                heap.slice().asReadOnlyBuffer(),
                heap.duplicate().order(ByteOrder.LITTLE_ENDIAN),
                sliceOfSlice,
                direct,
                direct.slice(),
                direct.asReadOnlyBuffer());
    }

    // -------------------------------------------------------------------------------------------------------- bounds

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, -1", "0, 11", "10, 1", "11, 0", "2147483647, 1", "1, 2147483647", "-2147483648, 0"})
    void aSliceOutsideTheArrayIsTheCallersError(int offset, int length) {
        byte[] array = new byte[10];
        assertThatThrownBy(() -> DECODER.decode(array, offset, length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DECODER.tryDecode(array, offset, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static void assertSame(DecodeResult actual, DecodeResult expected) {
        DecodeException failure = expected.failure();
        DecodeException actualFailure = actual.failure();
        if (failure == null) {
            assertThat(describe(actual.orElseThrow())).isEqualTo(describe(expected.orElseThrow()));
        } else if (actualFailure == null
                || actualFailure.reason() != failure.reason()
                || actualFailure.offset() != failure.offset()
                || !actualFailure.path().equals(failure.path())) {
            throw new AssertionError("must fail as " + failure, actualFailure);
        }
    }
}
