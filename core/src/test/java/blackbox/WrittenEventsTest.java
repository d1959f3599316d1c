package blackbox;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.EventAccessors;
import fixtures.LongRunning;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import reference.ReferenceComparison;

/** Random events of any channel are written and read back without a difference. */
class WrittenEventsTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @LongRunning
    @Property(tries = 3_000)
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

    @LongRunning
    @Property(tries = 3_000)
    void anEventOfPlainValuesIsReadBackOnEveryChannel(@ForAll("events") GeneratedEvent event, @ForAll Channel channel) {
        ChangeEvent original = DECODER.decode(event.bytes());
        ChangeEvent.Builder builder = ChangeEvent.builder(original.eventName())
                .keys(requireNonNull(plain(original.keys())))
                .newImage(plain(original.newImage()))
                .oldImage(plain(original.oldImage()))
                .sequenceNumber(channel == Channel.STREAMS ? "1" : null)
                .tableName(channel == Channel.KINESIS ? "orders" : null);
        ChangeEvent built = builder.build();
        assertSame(built, DECODER.decode(builder.toBytes()));
        assertItems(original, built);
        BinaryEncoding natural = channel == Channel.KINESIS ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE;
        assertThat(built.binaryEncoding()).isIn(null, natural);
        assertThat(built.channel()).isEqualTo(channel == Channel.EXPORT ? Channel.UNKNOWN : channel);
    }

    private static @Nullable Map<String, @Nullable Object> plain(@Nullable Item item) {
        if (item == null) {
            return null;
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        item.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    /** Returns a Java value; a set that is empty stays a view, because a Set would not show its type. */
    private static @Nullable Object plain(AttributeValue value) {
        return switch (value.type()) {
            case L -> value.asList().stream().map(WrittenEventsTest::plain).collect(toCollection(ArrayList::new));
            case M -> plain(value.asItem());
            case SS, NS, BS -> ((Collection<?>) requireNonNull(value.toObject())).isEmpty() ? value : value.toObject();
            default -> value.toObject();
        };
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
