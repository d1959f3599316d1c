package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.EventAccessors;
import fixtures.LongRunning;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reference.ReferenceComparison;

/** Random events of any channel are written and read back without a difference. */
class WrittenEventsTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @LongRunning
    @Property(tries = 6_000)
    void anEventThatWasWrittenIsTheSameInEveryAccessor(@ForAll("events") GeneratedEvent event) {
        ChangeEvent original = DECODER.decode(event.bytes());
        ChangeEvent.Builder builder = original.toBuilder();
        ChangeEvent built = builder.build();
        ChangeEvent decoded = DECODER.decode(builder.toBytes());
        assertSame(built, decoded);
        assertThat(original.toBytes()).isEqualTo(builder.toBytes()).isEqualTo(decoded.toBytes());
        if (original.channel() != Channel.EXPORT) {
            assertSame(original, built);
            ReferenceComparison.assertSame(event.expected(), decoded);
            ReferenceComparison.assertSame(event.expected(), built);
        } else {
            assertItems(original, built);
            assertThat(built.eventNameText()).isEqualTo(original.eventNameText());
            assertThat(built.approximateCreationDateTime()).isEqualTo(original.approximateCreationDateTime());
        }
    }

    private static void assertSame(ChangeEvent expected, ChangeEvent actual) {
        assertThat(EventAccessors.of(actual)).isEqualTo(EventAccessors.of(expected));
        assertItems(expected, actual);
    }

    private static void assertItems(ChangeEvent expected, ChangeEvent actual) {
        assertThat(actual.keys()).isEqualTo(expected.keys());
        assertThat(actual.newImage()).isEqualTo(expected.newImage());
        assertThat(actual.oldImage()).isEqualTo(expected.oldImage());
    }
}
