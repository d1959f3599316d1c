package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.item;
import static fixtures.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fixtures.LongRunning;
import fixtures.Records;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ValueFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reference.Bytes;
import reference.RefValue;

/** Values of another model: here those of the tests' own reference. */
class ValueFactoryTest {
    private static class OfReference implements ValueFactory<RefValue> {
        @Override
        public RefValue string(String text) {
            return new RefValue.Text(text);
        }

        @Override
        public RefValue number(String text) {
            return new RefValue.Numeral(text);
        }

        @Override
        public RefValue binary(byte[] bytes) {
            return new RefValue.Binary(new Bytes(bytes));
        }

        @Override
        public RefValue bool(boolean value) {
            return new RefValue.Bool(value);
        }

        @Override
        public RefValue nul() {
            return new RefValue.Null();
        }

        @Override
        public RefValue stringSet(List<String> members) {
            return new RefValue.TextSet(members);
        }

        @Override
        public RefValue numberSet(List<String> members) {
            return new RefValue.NumberSet(members);
        }

        @Override
        public RefValue binarySet(List<byte[]> members) {
            return new RefValue.BinarySet(members.stream().map(Bytes::new).toList());
        }

        @Override
        public RefValue list(List<RefValue> values) {
            return new RefValue.Elements(values);
        }

        @Override
        public RefValue map(Map<String, RefValue> attributes) {
            return new RefValue.Attributes(attributes);
        }
    }

    private static final ValueFactory<RefValue> FACTORY = new OfReference();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @LongRunning
    @Property(tries = 3_000)
    void everyValueOfARandomEventPassesThroughAFactory(@ForAll("events") GeneratedEvent event) {
        byte[] record = event.bytes();
        ChangeEvent decoded = DECODER.decode(record);
        Map<String, RefValue> keys = decoded.keys().toMap(FACTORY);
        Map<String, RefValue> newImage = of(decoded.newImage());
        Map<String, RefValue> oldImage = of(decoded.oldImage());
        Arrays.fill(record, (byte) '"');
        assertThat(keys).isEqualTo(event.expected().keys());
        assertSame(event.expected().newImage(), newImage);
        assertSame(event.expected().oldImage(), oldImage);
    }

    private static @Nullable Map<String, RefValue> of(@Nullable Item item) {
        return item == null ? null : item.toMap(FACTORY);
    }

    private static void assertSame(@Nullable Map<String, RefValue> expected, @Nullable Map<String, RefValue> actual) {
        assertThat(actual).isEqualTo(expected);
        if (expected != null && actual != null) {
            assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        }
    }

    @Test
    void aValueAloneIsMadeAsInItsItem() {
        Item image = item("{'m':{'M':{'a':{'L':[{'N':'+1.50'},{'NULL':true}]},'s':{'SS':['b','a','b']}}}}");
        RefValue made = image.require("m").to(FACTORY);
        assertThat(made).isEqualTo(image.toMap(FACTORY).get("m"));
        assertThat(made)
                .isEqualTo(new RefValue.Attributes(Map.of(
                        "a", new RefValue.Elements(List.of(new RefValue.Numeral("+1.50"), new RefValue.Null())),
                        "s", new RefValue.TextSet(List.of("b", "a", "b")))));
    }

    @Test
    void boolIsTrueOrFalse() {
        assertThat(value("{'BOOL':true}").to(FACTORY)).isEqualTo(new RefValue.Bool(true));
        assertThat(value("{'BOOL':false}").to(FACTORY)).isEqualTo(new RefValue.Bool(false));
    }

    @Test
    void binaryOfKinesisIsDecodedTwice() {
        ChangeEvent event = Records.decode(
                Records.kinesis("INSERT", "'NewImage':{'b':{'BS':['" + Records.base64Twice((byte) 7) + "']}}"));
        assertThat(Records.newImage(event).toMap(FACTORY).get("b"))
                .isEqualTo(new RefValue.BinarySet(List.of(new Bytes(new byte[] {7}))));
    }

    @Test
    void valuesOfUnknownTypesAreLeftOut() {
        Item image =
                item(Records.ACCEPTS_UNKNOWN, "{'u':{'X':1},'l':{'L':[{'X':1},{'S':'a'}]},'m':{'M':{'u':{'X':1}}}}");
        assertThat(image.toMap(FACTORY))
                .isEqualTo(Map.of(
                        "l", new RefValue.Elements(List.of(new RefValue.Text("a"))),
                        "m", new RefValue.Attributes(Map.of())));
        assertThatExceptionOfType(AttributeValueException.class)
                .isThrownBy(() -> image.require("u").to(FACTORY))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(AttributeValueException.Reason.WRONG_TYPE);
                    assertThat(e.found()).isEqualTo(AttributeType.UNKNOWN);
                    assertThat(e.asked()).isNull();
                });
    }

    @ParameterizedTest
    @EnumSource(value = AttributeType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyTypeHasItsMethod(AttributeType type) {
        assertThat(value(Records.ofType(type)).to(FACTORY).typeName()).isEqualTo(type.name());
    }

    @Test
    void aFactoryMayChangeAndKeepWhatItIsGiven() {
        Item image = item("{'l':{'L':[{'N':'1'}]},'m':{'M':{'a':{'N':'1'}}},'s':{'SS':['x']},'b':{'B':'AQID'}}");
        List<Object> kept = new ArrayList<>();
        ValueFactory<RefValue> greedy = new OfReference() {
            @Override
            public RefValue binary(byte[] bytes) {
                Arrays.fill(bytes, (byte) 9);
                return super.binary(bytes);
            }

            @Override
            public RefValue stringSet(List<String> members) {
                members.add("more");
                return super.stringSet(members);
            }

            @Override
            public RefValue list(List<RefValue> values) {
                values.clear();
                return super.list(values);
            }

            @Override
            public RefValue map(Map<String, RefValue> attributes) {
                attributes.put("more", nul());
                kept.add(attributes);
                return super.map(attributes);
            }
        };
        image.toMap(greedy).clear();
        assertThat(kept).hasSize(1);
        assertThat(image.toMap(FACTORY))
                .isEqualTo(item("{'l':{'L':[{'N':'1'}]},'m':{'M':{'a':{'N':'1'}}},'s':{'SS':['x']},'b':{'B':'AQID'}}")
                        .toMap(FACTORY));
    }

    @Test
    void aFactoryMayReturnNull() {
        ValueFactory<@Nullable String> texts = new ValueFactory<>() {
            @Override
            public @Nullable String string(String text) {
                return text;
            }

            @Override
            public @Nullable String number(String text) {
                return text;
            }

            @Override
            public @Nullable String binary(byte[] bytes) {
                return null;
            }

            @Override
            public @Nullable String bool(boolean value) {
                return String.valueOf(value);
            }

            @Override
            public @Nullable String nul() {
                return null;
            }

            @Override
            public @Nullable String stringSet(List<String> members) {
                return members.toString();
            }

            @Override
            public @Nullable String numberSet(List<String> members) {
                return members.toString();
            }

            @Override
            public @Nullable String binarySet(List<byte[]> members) {
                return null;
            }

            @Override
            public @Nullable String list(List<@Nullable String> values) {
                return values.toString();
            }

            @Override
            public @Nullable String map(Map<String, @Nullable String> attributes) {
                return attributes.toString();
            }
        };
        Map<String, @Nullable String> row =
                item("{'n':{'NULL':true},'l':{'L':[{'NULL':true},{'N':'01'}]}}").toMap(texts);
        assertThat(row).containsEntry("n", null).containsEntry("l", "[null, 01]");
    }

    @Test
    void aFactoryThatMovesTheSessionOnNeverGetsAnotherRecordsValues() {
        DecodeSession session = DECODER.newSession();
        byte[] record = Records.json(Records.image("'a':{'S':'x'},'b':{'S':'y'}"));
        Item image = Records.newImage(session.decode(record));
        AttributeValue first = image.require("a");
        ValueFactory<RefValue> moves = new OfReference() {
            @Override
            public RefValue string(String text) {
                session.decode(record);
                return super.string(text);
            }
        };
        assertThatIllegalStateException().isThrownBy(() -> image.toMap(moves)).withMessageContaining("copy()");
        assertThatIllegalStateException().isThrownBy(() -> first.to(FACTORY)).withMessageContaining("copy()");
    }

    @Test
    void anExceptionOfAFactoryPassesThrough() {
        IllegalArgumentException thrown = new IllegalArgumentException();
        ValueFactory<RefValue> fails = new OfReference() {
            @Override
            public RefValue nul() {
                throw thrown;
            }
        };
        Item image = item("{'l':{'L':[{'NULL':true}]}}");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> image.toMap(fails))
                .isSameAs(thrown);
    }
}
