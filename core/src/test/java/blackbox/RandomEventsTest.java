package blackbox;

import fixtures.LongRunning;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reference.ReferenceComparison;

/** Random events decode to the values they were generated from, in every way to decode and from any kind of memory. */
class RandomEventsTest {
    /** Shared by all tries, so that anything learned from one event could spoil the next. */
    private static final ChangeEventDecoder SHARED = ChangeEventDecoder.create();

    private static final int EXHAUSTIVE = 1_000_000;
    private static final int SIZES = 13;

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @LongRunning
    @Property(tries = 12_000)
    void aWholeArray(@ForAll("events") GeneratedEvent event) {
        ReferenceComparison.assertSame(event.expected(), SHARED.decode(event.bytes()));
    }

    @LongRunning
    @Property(tries = 3_000)
    void aSliceOfALargerArrayWhereMoreOfTheSameFollows(@ForAll("events") GeneratedEvent event) {
        byte[] record = event.bytes();
        byte[] array = new byte[3 * record.length];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(record, 0, array, i * record.length, record.length);
        }
        ReferenceComparison.assertSame(event.expected(), SHARED.decode(array, record.length, record.length));
    }

    @LongRunning
    @Property(tries = 3_000)
    void aBufferWithoutAnArray(@ForAll("events") GeneratedEvent event) {
        byte[] record = event.bytes();
        ByteBuffer direct = ByteBuffer.allocateDirect(record.length).put(record).flip();
        ReferenceComparison.assertSame(event.expected(), SHARED.decode(direct));
    }

    @Property(tries = 2_000)
    void aCopyOfAnArrayThatIsOverwritten(@ForAll("events") GeneratedEvent event) {
        byte[] record = event.bytes();
        ChangeEvent copy = SHARED.decode(record).copy();
        Arrays.fill(record, (byte) '"');
        ReferenceComparison.assertSame(event.expected(), copy);
    }

    @Test
    @EnabledIfSystemProperty(named = "exhaustive", matches = "true")
    void aMillionEvents() {
        for (int i = 0; i < EXHAUSTIVE; i++) {
            GeneratedEvent event = Events.of(i % 3 == 0 ? Kind.TABLE : Kind.WILD, i, i % SIZES);
            try {
                ReferenceComparison.assertSame(event.expected(), SHARED.decode(event.bytes()));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(event.origin(), e);
            }
        }
    }
}
