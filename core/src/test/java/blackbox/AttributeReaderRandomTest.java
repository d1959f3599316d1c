package blackbox;

import static blackbox.AttributeReaderValuesTest.outcome;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import reference.Bytes;
import reference.RefValue;

/** Reading all attributes of random events gives the values of the reference. */
class AttributeReaderRandomTest {
    private static final ChangeEventDecoder SHARED_DECODER = ChangeEventDecoder.create();
    private static final DecodeSession SHARED_SESSION = SHARED_DECODER.newSession();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @Property(tries = 1_500)
    void readingEverythingGivesTheValuesOfTheReference(@ForAll("events") GeneratedEvent event) {
        List<Function<byte[], ChangeEvent>> ways = List.of(
                SHARED_DECODER::decode,
                SHARED_SESSION::decode,
                bytes -> SHARED_SESSION.decode(bytes).copy());
        for (Function<byte[], ChangeEvent> way : ways) {
            ChangeEvent decoded = way.apply(event.bytes());
            boolean ordered = !event.expected().keysFromItem();
            if (ordered) {
                item(event.expected().keys(), decoded.keys());
            }
            item(event.expected().newImage(), decoded.newImage());
            item(event.expected().oldImage(), decoded.oldImage());
        }
    }

    private static void item(@Nullable Map<String, RefValue> expected, @Nullable Item item) {
        assertThat(item == null).isEqualTo(expected == null);
        if (expected == null || item == null) {
            return;
        }
        AttributeReader reader = item.reader();
        List<String> all = List.copyOf(expected.keySet());
        AttributeNames names =
                AttributeNames.of(all.subList(all.size() / 3, all.size()).toArray(new String[0]));
        attributes(expected, reader, names);
        assertThatIllegalStateException().isThrownBy(reader::leave);
        AttributeReader selective = item.reader();
        for (String name : all) {
            if (names.ordinal(name) >= 0) {
                equal(names.ordinal(name), selective.next(names));
                equal(name, selective.name());
            }
        }
        equal(-1, selective.next(names));
    }

    private static void attributes(Map<String, RefValue> expected, AttributeReader reader, AttributeNames names) {
        expected.forEach((name, value) -> {
            assertThat(reader.next()).isTrue();
            equal(name, reader.name());
            equal(names.ordinal(name), reader.select(names));
            value(value, reader, names);
        });
        assertThat(reader.next()).isFalse();
    }

    private static void members(List<? extends RefValue> expected, AttributeReader reader, AttributeNames names) {
        reader.enter();
        // Sometimes leave before the end.
        int read = expected.hashCode() % 7 == 0 ? expected.size() / 2 : expected.size();
        for (RefValue member : expected.subList(0, read)) {
            assertThat(reader.next()).isTrue();
            equal(-1, reader.select(names));
            value(member, reader, names);
        }
        if (read == expected.size()) {
            assertThat(reader.next()).isFalse();
        }
        reader.leave();
    }

    private static void value(RefValue expected, AttributeReader reader, AttributeNames names) {
        equal(expected.typeName(), reader.type().name());
        equal(expected instanceof RefValue.Null, reader.type() == AttributeType.NULL);
        AttributeValue value = reader.value();
        if (expected instanceof RefValue.Text text) {
            equal(text.text(), reader.stringValue());
            utf8(text.text(), reader);
        } else if (expected instanceof RefValue.Numeral number) {
            equal(number.text(), reader.numberText());
            equal(number.value(), reader.decimalValue());
            equal(outcome(value::asLong), outcome(reader::longValue));
            equal(outcome(value::asInt), outcome(reader::intValue));
            equal(outcome(value::asDouble), outcome(reader::doubleValue));
            utf8(number.text(), reader);
        } else if (expected instanceof RefValue.Binary binary) {
            equal(binary.bytes(), new Bytes(reader.bytesValue()));
        } else if (expected instanceof RefValue.Bool bool) {
            equal(bool.value(), reader.booleanValue());
        } else if (expected instanceof RefValue.TextSet set) {
            members(set.members().stream().map(RefValue.Text::new).toList(), reader, names);
        } else if (expected instanceof RefValue.NumberSet set) {
            members(set.members().stream().map(RefValue.Numeral::new).toList(), reader, names);
        } else if (expected instanceof RefValue.BinarySet set) {
            members(set.members().stream().map(RefValue.Binary::new).toList(), reader, names);
        } else if (expected instanceof RefValue.Elements list) {
            members(list.elements(), reader, names);
        } else if (expected instanceof RefValue.Attributes map) {
            reader.enter();
            attributes(map.attributes(), reader, names);
            reader.leave();
        }
    }

    private static void utf8(String text, AttributeReader reader) {
        byte[] utf8 = new byte[reader.utf8Length()];
        equal(utf8.length, reader.copyUtf8To(utf8, 0));
        equal(text, new String(utf8, UTF_8));
    }

    /** Without AssertJ: this runs often. */
    private static void equal(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }
}
