package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fixtures.Ways;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as one record: in an array, in a slice whose surroundings would continue it, and in buffers. */
class DecodeFuzz {
    private static final ChangeEventDecoder PLAIN = Ways.withShapes("off", ChangeEventDecoder::create);
    private static final byte[][] SURROUNDINGS = {{'"'}, {'{'}, {'}', '}', '}'}, {'1', '0'}, {(byte) 0xA9}};

    /** Shared by all inputs, so most of what they have learned is wrong. */
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private static final DecodeSession SESSION = DECODER.newSession();

    static List<byte[]> seeds() {
        return Seeds.records();
    }

    @MethodSource("seeds")
    @FuzzTest
    void everyPlaceOfTheSameBytesGivesTheSameOutcome(byte[] record) {
        int length = record.length;
        String expected = Outcomes.of(PLAIN.tryDecode(record), length);
        Outcomes.assertSame("array", expected, Outcomes.of(DECODER.tryDecode(record), length));
        Outcomes.assertSame("decode", expected, thrown(record));
        Outcomes.assertSame("session", expected, Outcomes.of(SESSION.tryDecode(record), length));
        for (byte[] around : SURROUNDINGS) {
            byte[] larger = within(around, record);
            Outcomes.assertSame("slice", expected, Outcomes.of(DECODER.tryDecode(larger, 9, length), length));
            Outcomes.assertSame("slice, session", expected, Outcomes.of(SESSION.tryDecode(larger, 9, length), length));
        }
        byte[] continued = within(record, record);
        Outcomes.assertSame("continued", expected, Outcomes.of(DECODER.tryDecode(continued, 9, length), length));
        ByteBuffer direct = ByteBuffer.allocateDirect(length).put(record).flip();
        for (ByteBuffer buffer : List.of(ByteBuffer.wrap(continued, 9, length), direct, direct.asReadOnlyBuffer())) {
            Outcomes.assertSame("buffer", expected, Outcomes.of(DECODER.tryDecode(buffer), length));
            Outcomes.assertSame("buffer, session", expected, Outcomes.of(SESSION.tryDecode(buffer), length));
            if (buffer.remaining() != length) {
                throw new AssertionError("the buffer's position or limit has changed");
            }
        }
    }

    private static String thrown(byte[] record) {
        ChangeEvent event;
        try {
            event = DECODER.decode(record);
        } catch (DecodeException e) {
            return Outcomes.of(e, record.length);
        }
        return Outcomes.of(event);
    }

    /** Returns the record from the tenth byte on, and the surroundings repeated before and after it. */
    private static byte[] within(byte[] around, byte[] record) {
        byte[] larger = new byte[record.length + 64];
        if (around.length > 0) {
            for (int i = 0; i < larger.length; i++) {
                larger[i] = around[i % around.length];
            }
        }
        if (around == record) {
            System.arraycopy(record, 0, larger, 9 + record.length, Math.min(record.length, 55));
        }
        System.arraycopy(record, 0, larger, 9, record.length);
        return larger;
    }
}
