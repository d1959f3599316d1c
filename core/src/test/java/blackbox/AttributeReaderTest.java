package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.change;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Records;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reference.Bytes;
import reference.RefValue;

/** The cursor gives what the values give, in the order of the record. */
class AttributeReaderTest {
    private static final DecodeSession SESSION = DECODER.newSession();

    /** A reader of an image that is read by a decoder or by a session: alike. */
    enum Way {
        DECODE {
            @Override
            Item image(String attributes) {
                return Records.item(attributes);
            }
        },
        SESSION_LEARNING {
            @Override
            Item image(String attributes) {
                return newImage(DECODER.newSession().decode(json(change("MODIFY", "'NewImage':" + attributes))));
            }
        },
        SESSION_THAT_KNOWS {
            @Override
            Item image(String attributes) {
                byte[] record = json(change("MODIFY", "'NewImage':" + attributes));
                SESSION.decode(record);
                return newImage(SESSION.decode(record));
            }
        };

        abstract Item image(String attributes);

        AttributeReader reader(String attributes) {
            return image(attributes).reader();
        }
    }

    // ------------------------------------------------------------------------------------------- a value on its own

    @ParameterizedTest
    @EnumSource(Way.class)
    void aReaderOfAValueHasThatValueAndNoMore(Way way) {
        Item image =
                way.image("{'a':{'N':'1'},'l':{'L':[{'S':'x'},{'M':{'k':{'L':[]}}},{'NS':['2']}]},'z':{'S':'end'}}");
        AttributeReader number = image.require("a").reader();
        assertThat(number.next()).isTrue();
        assertThat(number.longValue()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(number::name);
        assertThat(number.next()).isFalse();
        assertThat(number.next()).isFalse();

        AttributeReader list = image.require("l").reader();
        assertThat(list.next()).isTrue();
        assertThat(list.value()).isEqualTo(image.require("l"));
        list.enter();
        assertThat(list.next()).isTrue();
        assertThat(list.stringValue()).isEqualTo("x");
        assertThat(list.next()).isTrue();
        list.enter();
        assertThat(list.next()).isTrue();
        assertThat(list.name()).isEqualTo("k");
        list.leave();
        assertThat(list.next()).isTrue();
        assertThat(list.type()).isEqualTo(AttributeType.NS);
        assertThat(list.next()).isFalse();
        list.leave();
        assertThat(list.next()).isFalse();
        assertThatIllegalStateException().isThrownBy(list::leave);
    }

    @Test
    void aReaderOfAValueIsNotTheSessionsReader() {
        DecodeSession session = DECODER.newSession();
        byte[] record = json(change("MODIFY", "'NewImage':{'a':{'N':'1'},'b':{'N':'2'}}"));
        AttributeReader image = newImage(session.decode(record)).reader();
        assertThat(image.next()).isTrue();
        AttributeReader value = image.value().reader();
        assertThat(value.next()).isTrue();
        assertThat(image.next()).isTrue();
        assertThat(image.longValue()).isEqualTo(2);
        assertThat(value.longValue()).isEqualTo(1);
        session.decode(record);
        assertThatIllegalStateException().isThrownBy(value::longValue).withMessageContaining("copy()");
    }

    // ---------------------------------------------------------------------------------------------- the position

    @ParameterizedTest
    @EnumSource
    void attributesComeInTheOrderOfTheRecord(Way way) {
        AttributeReader reader = way.reader("{'b':{'S':'x'},'a':{'N':'5'},'':{'NULL':true}}");
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("b");
        assertThat(reader.type()).isEqualTo(AttributeType.S);
        assertThat(reader.stringValue()).isEqualTo("x");
        assertThat(reader.stringValue()).as("again").isEqualTo("x");
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("a");
        assertThat(reader.longValue()).isEqualTo(5);
        assertThat(reader.type() == AttributeType.NULL).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEmpty();
        assertThat(reader.type() == AttributeType.NULL).isTrue();
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNoCurrentValueBeforeTheFirstNextAndBehindTheLast(Way way) {
        AttributeReader reader = way.reader("{'a':{'S':'x'},'m':{'M':{'n':{'N':'1'}}}}");
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        reader.enter();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.intValue()).isEqualTo(1);
        assertThat(reader.next()).isFalse();
        assertNoCurrentValue(reader);
        reader.leave();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isFalse();
        assertNoCurrentValue(reader);
        AttributeReader ofNothing = way.reader("{'m':{'M':{}}}");
        assertThat(ofNothing.next()).isTrue();
        ofNothing.enter();
        assertNoCurrentValue(ofNothing);
        assertThat(ofNothing.next()).isFalse();
        assertNoCurrentValue(ofNothing);
    }

    private static void assertNoCurrentValue(AttributeReader reader) {
        AttributeNames names = AttributeNames.of("a");
        List<ThrowingCallable> accessors = List.of(
                reader::name,
                () -> reader.select(names),
                reader::type,
                reader::longValue,
                reader::intValue,
                reader::doubleValue,
                reader::decimalValue,
                reader::numberText,
                reader::stringValue,
                reader::booleanValue,
                reader::bytesValue,
                reader::utf8Length,
                () -> reader.copyUtf8To(new byte[9], 0),
                reader::value,
                reader::enter);
        accessors.forEach(accessor -> assertThatIllegalStateException().isThrownBy(accessor));
    }

    @ParameterizedTest
    @EnumSource
    void skipMovesOverAValueWithAllThatItHolds(Way way) {
        AttributeReader reader =
                way.reader("{'a':{'M':{'x':{'L':[{'N':'1'},{'SS':['y','z']}]}}},'b':{'S':'x'},'c':{'NS':['1']}}");
        assertThat(reader.skip()).isTrue();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("b");
        assertThat(reader.skip()).isTrue();
        assertNoCurrentValue(reader);
        assertThat(reader.skip()).isFalse();
        assertThat(reader.next()).isFalse();
        AttributeReader members = way.reader("{'l':{'L':[{'L':[{'N':'1'}]},{'N':'2'}]}}");
        members.next();
        members.enter();
        assertThat(members.skip()).isTrue();
        assertThat(members.next()).isTrue();
        assertThat(members.longValue()).isEqualTo(2);
        members.leave();
        assertThat(members.skip()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nextOfAPreparedSetPassesOverAllOtherNames(Way way) {
        AttributeNames names = AttributeNames.of("c", "a", "absent");
        String attributes = "{'a':{'S':'x'},'b':{'M':{'c':{'N':'7'}}},'c':{'N':'5'},'d':{'NULL':true}}";
        AttributeReader reader = way.reader(attributes);
        assertThat(reader.next(names)).isEqualTo(1);
        assertThat(reader.name()).isEqualTo("a");
        assertThat(reader.next(names)).isZero();
        assertThat(reader.longValue()).isEqualTo(5);
        assertThat(reader.next(names)).isEqualTo(-1);
        assertNoCurrentValue(reader);
        assertThat(reader.next()).as("all has been read").isFalse();
        assertThat(reader.next(names)).isEqualTo(-1);

        AttributeReader none = way.reader(attributes);
        assertThat(none.next(AttributeNames.of())).isEqualTo(-1);
        assertThat(none.next()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nextOfAPreparedSetGoesOnFromWhereTheReaderIs(Way way) {
        AttributeReader reader = way.reader(
                "{'a':{'N':'1'},'b':{'M':{'a':{'N':'2'},'b':{'N':'3'},'c':{'N':'4'}}},'c':{'N':'5'},'d':{'N':'6'}}");
        AttributeNames one = AttributeNames.of("a");
        AttributeNames two = AttributeNames.of("b", "d");
        assertThat(reader.next()).isTrue();
        assertThat(reader.next(two)).isZero();
        reader.enter();
        assertThat(reader.next(one)).isZero();
        assertThat(reader.longValue()).isEqualTo(2);
        assertThat(reader.next(two)).as("another set").isZero();
        assertThat(reader.longValue()).isEqualTo(3);
        reader.leave();
        assertThat(reader.next(two)).isEqualTo(1);
        assertThat(reader.longValue()).isEqualTo(6);
        assertThat(reader.next(one)).as("a is before").isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void inListsAndSetsNothingHasAName(Way way) {
        AttributeNames names = AttributeNames.of("l", "x");
        AttributeReader reader = way.reader("{'l':{'L':[{'S':'l'}]},'x':{'SS':['x']}}");
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            assertThat(reader.next(names)).isEqualTo(ordinal);
            reader.enter();
            assertThat(reader.next(names)).isEqualTo(-1);
            assertThat(reader.next()).isFalse();
            reader.leave();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotEnteredIsPassedOver(Way way) {
        AttributeReader reader = way.reader(
                "{'m':{'M':{'m':{'M':{'a':{'S':'inner'}}},'b':{'S':'inner'}}},'l':{'L':[{'M':{}},{'BS':['']}]},"
                        + "'ss':{'SS':['inner']},'e':{'M':{}},'z':{'S':'outer'}}");
        List<String> names = new ArrayList<>();
        while (reader.next()) {
            names.add(reader.name() + ":" + reader.type());
        }
        assertThat(names).containsExactly("m:M", "l:L", "ss:SS", "e:M", "z:S");
    }

    // -------------------------------------------------------------------------------------------- enter and leave

    @ParameterizedTest
    @EnumSource
    void leaveGoesOnBehindWhatWasEnteredHoweverMuchOfItWasRead(Way way) {
        String inner = "{'L':[{'M':{'p':{'SS':['1','2']},'q':{'N':'1'}}},{'NS':['1','2','3']},{'S':'s'}]}";
        for (int outerReads = 0; outerReads <= 4; outerReads++) {
            for (int innerReads = 0; innerReads <= 4; innerReads++) {
                AttributeReader reader = way.reader(
                        "{'a':{'M':{'x':" + inner + ",'y':" + inner + ",'z':{'N':'3'}}},'b':{'S':'behind'}}");
                assertThat(reader.next()).isTrue();
                reader.enter();
                for (int i = 0; i < outerReads; i++) {
                    if (reader.next() && reader.type() == AttributeType.L) {
                        reader.enter();
                        for (int j = 0; j < innerReads; j++) {
                            if (reader.next() && reader.type() != AttributeType.S) {
                                reader.enter();
                                reader.next();
                                reader.leave();
                            }
                        }
                        reader.leave();
                    }
                }
                reader.leave();
                assertThat(reader.next()).isTrue();
                assertThat(reader.name()).isEqualTo("b");
                assertThat(reader.stringValue()).isEqualTo("behind");
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allKindsOfContainersNestInEachOther(Way way) {
        AttributeReader reader = way.reader("{'m':{'M':{'m':{'M':{'l':{'L':[{'L':[{'M':{'ss':{'SS':['deep','']}}}]},"
                + "{'N':'2'}]}}},'ns':{'NS':['1.0','2']}}},'bs':{'BS':['AQ==','']}}");
        assertThat(trace(reader))
                .isEqualTo("m=M(m=M(l=L(L(M(ss=SS(S:deep S:))) N:2)) ns=NS(N:1.0 N:2)) bs=BS(B:[1] B:[])");
    }

    private static String trace(AttributeReader reader) {
        List<String> seen = new ArrayList<>();
        AttributeNames none = AttributeNames.of();
        while (reader.next()) {
            String name;
            try {
                name = reader.name() + "=";
            } catch (IllegalStateException inListOrSet) {
                assertThat(inListOrSet).hasMessageContaining("no names");
                assertThat(reader.select(none)).isEqualTo(-1);
                name = "";
            }
            switch (reader.type()) {
                case S -> seen.add(name + "S:" + reader.stringValue());
                case N -> seen.add(name + "N:" + reader.numberText());
                case B -> seen.add(name + "B:" + Arrays.toString(reader.bytesValue()));
                default -> {
                    String type = name + reader.type();
                    reader.enter();
                    seen.add(type + "(" + trace(reader) + ")");
                    reader.leave();
                }
            }
        }
        return String.join(" ", seen);
    }

    @ParameterizedTest
    @EnumSource
    void emptyContainersCanBeEnteredAndLeft(Way way) {
        for (String empty : List.of("{'M':{}}", "{'L':[]}", "{'SS':[]}", "{'NS':[]}", "{'BS':[]}")) {
            AttributeReader reader = way.reader("{'a':" + empty + ",'b':{'N':'1'}}");
            reader.next();
            reader.enter();
            assertThat(reader.next()).isFalse();
            assertThat(reader.skip()).isFalse();
            reader.leave();
            assertThat(reader.next()).isTrue();
            assertThat(reader.name()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNoBoundOnWhatCanBeEnteredButTheDepthLimit(Way way) {
        int levels = 64;
        AttributeReader reader = way.reader(
                "{'a':" + "{'M':{'a':".repeat(levels - 1) + "{'N':'7'}" + "}}".repeat(levels - 1) + ",'b':{'N':'8'}}");
        for (int i = 1; i < levels; i++) {
            assertThat(reader.next()).isTrue();
            reader.enter();
        }
        assertThat(reader.next()).isTrue();
        assertThat(reader.longValue()).isEqualTo(7);
        for (int i = 1; i < levels; i++) {
            reader.leave();
        }
        assertThat(reader.next()).isTrue();
        assertThat(reader.longValue()).isEqualTo(8);
        assertThatIllegalStateException().isThrownBy(reader::leave);
    }

    @ParameterizedTest
    @EnumSource
    void onlyContainersCanBeEnteredAndOnlyWhatWasEnteredCanBeLeft(Way way) {
        AttributeReader reader =
                way.reader("{'s':{'S':'x'},'n':{'N':'1'},'b':{'B':''},'t':{'BOOL':true},'x':{'NULL':true}}");
        assertThatIllegalStateException().isThrownBy(reader::leave);
        while (reader.next()) {
            String name = reader.name();
            assertWrongType(reader::enter);
            assertThatIllegalStateException().isThrownBy(reader::leave);
            assertThat(reader.name()).as("the reader stays where it is").isEqualTo(name);
        }
    }

    // ------------------------------------------------------------------------------------------------------ values

    @ParameterizedTest
    @EnumSource(AttributeType.class)
    void aValueOfAnotherTypeIsRefused(AttributeType type) {
        AttributeReader reader = Records.item(Records.ACCEPTS_UNKNOWN, "{'v':" + Records.ofType(type) + "}")
                .reader();
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(type);
        assertThat(reader.value().type()).isEqualTo(type);
        accept(reader, type, AttributeReader::longValue, AttributeType.N);
        accept(reader, type, AttributeReader::intValue, AttributeType.N);
        accept(reader, type, AttributeReader::doubleValue, AttributeType.N);
        accept(reader, type, AttributeReader::decimalValue, AttributeType.N);
        accept(reader, type, AttributeReader::numberText, AttributeType.N);
        accept(reader, type, AttributeReader::stringValue, AttributeType.S);
        accept(reader, type, AttributeReader::booleanValue, AttributeType.BOOL);
        accept(reader, type, AttributeReader::bytesValue, AttributeType.B);
        accept(reader, type, AttributeReader::utf8Length, AttributeType.S, AttributeType.N);
        accept(reader, type, r -> r.copyUtf8To(new byte[20], 0), AttributeType.S, AttributeType.N);
        assertThat(reader.type() == AttributeType.NULL).isEqualTo(type == AttributeType.NULL);
    }

    private static void accept(
            AttributeReader reader, AttributeType found, Consumer<AttributeReader> accessor, AttributeType... types) {
        if (List.of(types).contains(found)) {
            accessor.accept(reader);
        } else {
            assertWrongType(() -> accessor.accept(reader));
        }
    }

    private static void assertWrongType(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AttributeValueException.class,
                        e -> assertThat(e.reason()).isEqualTo(AttributeValueException.Reason.WRONG_TYPE));
    }

    @ParameterizedTest
    @EnumSource
    void numbersAreThoseOfAttributeValueExactOrRefused(Way way) {
        for (String text : List.of(
                "0",
                "-0",
                "+7",
                "007",
                "5.0",
                "5E3",
                "1.5",
                "-12.50E-1",
                "2147483647",
                "2147483648",
                "-2147483648",
                "-2147483649",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "123456789012345678",
                "1234567890123456789",
                "9007199254740993",
                "0.1",
                "2.5e-324",
                "1e308",
                "1.8e308",
                "-1e9999",
                "1e-9999",
                "\\u0031\\u0032",
                "1\\u002e50")) {
            Item image = way.image("{'a':{'N':'" + text + "'},'ns':{'NS':['" + text + "']}}");
            AttributeValue value = image.require("a");
            AttributeReader reader = image.reader();
            reader.next();
            assertNumber(reader, value);
            reader.next();
            reader.enter();
            reader.next();
            assertNumber(reader, value);
        }
    }

    private static void assertNumber(AttributeReader reader, AttributeValue value) {
        assertThat(outcome(reader::longValue)).isEqualTo(outcome(value::asLong));
        assertThat(outcome(reader::intValue)).isEqualTo(outcome(value::asInt));
        assertThat(outcome(reader::doubleValue)).isEqualTo(outcome(value::asDouble));
        assertThat(outcome(reader::decimalValue)).isEqualTo(outcome(value::asBigDecimal));
        assertThat(reader.numberText()).isEqualTo(value.numberText());
        assertThat(reader.value()).isEqualTo(value);
        assertUtf8(reader, value.numberText());
    }

    /** What an accessor gives, or why it refuses. */
    private static Object outcome(Supplier<?> accessor) {
        try {
            return accessor.get();
        } catch (AttributeValueException e) {
            return e.reason() + " " + e.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theObjectOfAValueStaysWhenTheReaderMovesOn(Way way) {
        AttributeReader reader = way.reader("{'a':{'S':'x'},'s':{'SS':['y','z']},'m':{'M':{'k':{'BOOL':true}}}}");
        reader.next();
        AttributeValue first = reader.value();
        reader.next();
        AttributeValue set = reader.value();
        reader.enter();
        reader.next();
        AttributeValue member = reader.value();
        reader.leave();
        reader.next();
        AttributeValue map = reader.value();
        assertThat(reader.next()).isFalse();
        assertThat(first.asString()).isEqualTo("x");
        assertThat(set.asStringSet()).containsExactly("y", "z");
        assertThat(member.asString()).isEqualTo("y");
        assertThat(map.asItem().require("k").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void setsGiveAllMembersAsDeliveredRepeatsIncluded(Way way) {
        AttributeReader reader = way.reader(
                "{'ss':{'SS':['a','','a','\\u0061']},'ns':{'NS':['1','1.0','1']},'bs':{'BS':['AQ==','','AQ==']}}");
        assertThat(trace(reader)).isEqualTo("ss=SS(S:a S: S:a S:a) ns=NS(N:1 N:1.0 N:1) bs=BS(B:[1] B:[] B:[1])");
        AttributeReader ofWrongType = way.reader("{'ss':{'SS':['1']}}");
        ofWrongType.next();
        ofWrongType.enter();
        ofWrongType.next();
        assertWrongType(ofWrongType::longValue);
        assertWrongType(ofWrongType::bytesValue);
        assertWrongType(ofWrongType::enter);
    }

    @Test
    void binaryIsDecodedAsOftenAsItWasEncoded() {
        String twice = Records.base64Twice((byte) 1, (byte) 2, (byte) 3);
        for (ChangeEvent event : List.of(
                DECODER.decode(json(kinesis("MODIFY", "'NewImage':{'b':{'B':'" + twice + "'}}"))),
                DECODER.newSession().decode(json(kinesis("MODIFY", "'NewImage':{'b':{'B':'" + twice + "'}}"))))) {
            AttributeReader reader = newImage(event).reader();
            reader.next();
            assertThat(reader.bytesValue()).containsExactly(1, 2, 3);
        }
        AttributeReader once = Records.item("{'b':{'B':'AQID'}}").reader();
        once.next();
        assertThat(once.bytesValue()).containsExactly(1, 2, 3);
    }

    // ------------------------------------------------------------------------------------------------------- UTF-8

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "\\u0041",
                "\\u00e9",
                "\u00e9",
                "\\u20ac\u20ac",
                "\\ud83d\\ude00",
                "\ud83d\ude00",
                "\\n\\t\\b\\f\\r\\/\\\\\\\"",
                "\\u0000\\u007f\\u0080\\u07ff\\u0800\\uffff",
                "plain, \\u0065scaped, \u00e9 and \\ud83d\\uDE00 together\\n"
            })
    void utf8IsThatOfTheTextWithoutItsEscapes(String spelling) {
        for (Way way : Way.values()) {
            AttributeReader reader = way.reader("{'a':{'S':'" + spelling + "'},'ss':{'SS':['" + spelling + "']}}");
            reader.next();
            assertUtf8(reader, reader.stringValue());
            assertThat(reader.value().asString()).isEqualTo(reader.stringValue());
            reader.next();
            reader.enter();
            reader.next();
            assertUtf8(reader, reader.stringValue());
        }
    }

    private static void assertUtf8(AttributeReader reader, String text) {
        byte[] expected = text.getBytes(UTF_8);
        assertThat(reader.utf8Length()).isEqualTo(expected.length);
        byte[] target = new byte[expected.length + 7];
        Arrays.fill(target, (byte) 0x55);
        assertThat(reader.copyUtf8To(target, 3)).isEqualTo(expected.length);
        byte[] wanted = new byte[target.length];
        Arrays.fill(wanted, (byte) 0x55);
        System.arraycopy(expected, 0, wanted, 3, expected.length);
        assertThat(target).isEqualTo(wanted);
        byte[] exact = new byte[expected.length];
        assertThat(reader.copyUtf8To(exact, 0)).isEqualTo(expected.length);
        assertThat(exact).isEqualTo(expected);
        if (expected.length > 0) {
            assertNoRoom(reader, new byte[expected.length - 1], 0);
        }
        assertNoRoom(reader, new byte[expected.length], 1);
        assertNoRoom(reader, new byte[expected.length + 1], -1);
        assertNoRoom(reader, new byte[expected.length + 1], Integer.MAX_VALUE);
        assertNoRoom(reader, new byte[expected.length + 1], Integer.MIN_VALUE);
    }

    private static void assertNoRoom(AttributeReader reader, byte[] target, int offset) {
        assertThatThrownBy(() -> reader.copyUtf8To(target, offset)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(target).as("nothing is copied").containsOnly(new byte[target.length == 0 ? 0 : 1]);
    }

    // ------------------------------------------------------------------------------------------------------- names

    private static final String LONG = "n".repeat(300);
    private static final String[] NAMES = {
        "a",
        "order_id",
        "caf\u00e9",
        "\ud83d\ude00",
        "",
        "sixteen_bytes_16",
        "more_than_sixteen_bytes",
        LONG,
        "q\"\\\n/"
    };

    /** The same names, spelled plainly and by escapes, and some that are not prepared. */
    private static final List<String> SPELLINGS = List.of(
            "{'a':0,'order_id':1,'caf\u00e9':2,'\ud83d\ude00':3,'':4,'sixteen_bytes_16':5,'more_than_sixteen_bytes':6,'"
                    + LONG + "':7,'q\\\"\\\\\\n/':8,'b':-1,'order_idx':-1,'order_i':-1,'" + LONG + "n':-1,'A':-1}",
            "{'\\u0061':0,'order\\u005fid':1,'caf\\u00e9':2,'\\ud83d\\ude00':3,'\\u0073ixteen_bytes_16':5,"
                    + "'more\\u005fthan_sixteen_bytes':6,'\\u006e" + LONG.substring(1)
                    + "':7,'q\\u0022\\u005c\\u000a\\/':8,"
                    + "'\\u0062':-1,'cafe':-1,'\\u006e" + LONG + "':-1}");

    @Test
    void selectGivesTheOrdinalOfTheNameHoweverItIsSpelledAndWhetherItIsKnown() {
        AttributeNames names = AttributeNames.of(NAMES);
        DecodeSession session = DECODER.newSession();
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        for (int round = 0; round < 4; round++) {
            for (String spelling : SPELLINGS) {
                byte[] record =
                        json(kinesis("INSERT", "'NewImage':" + spelling.replaceAll(":(-?[0-9])", ":{'N':'$1'}")));
                for (Item image : List.of(newImage(session.decode(record)), newImage(decoder.decode(record)))) {
                    AttributeReader reader = image.reader();
                    int attributes = 0;
                    while (reader.next()) {
                        assertThat(reader.select(names)).as(reader.name()).isEqualTo(reader.intValue());
                        assertThat(names.ordinal(reader.name())).isEqualTo(reader.intValue());
                        attributes++;
                    }
                    assertThat(attributes).isEqualTo(image.size()).isGreaterThan(9);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesInMapsAreSelectedAndInListsAndSetsThereAreNone(Way way) {
        AttributeNames names = AttributeNames.of("m", "a", "l");
        AttributeReader reader = way.reader("{'m':{'M':{'a':{'M':{'l':{'N':'1'}}},'z':{'N':'2'}}},"
                + "'l':{'L':[{'S':'a'},{'M':{'a':{'N':'3'}}}]},'a':{'SS':['a','m']}}");
        reader.next();
        assertThat(reader.select(names)).isEqualTo(0);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(1);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(2);
        reader.leave();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        reader.leave();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(2);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        assertThatIllegalStateException().isThrownBy(reader::name).withMessageContaining("no names");
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(1);
        reader.leave();
        reader.leave();
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        assertThatIllegalStateException().isThrownBy(reader::name);
    }

    @Test
    void anyNumberOfPreparedSetsCanBeAskedInTurn() {
        List<AttributeNames> sets = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            sets.add(AttributeNames.of("other" + i, "a" + i, "b", "c" + i % 3));
        }
        DecodeSession session = DECODER.newSession();
        for (int round = 0; round < 3; round++) {
            AttributeReader reader = newImage(session.decode(json(change(
                            "MODIFY",
                            "'NewImage':{'a0':{'N':'0'},'a10':{'N':'10'},'b':{'N':'-1'},'a5':{'N':'5'},'c1':{'N':'-2'},"
                                    + "'new" + round + "':{'N':'-3'}}"))))
                    .reader();
            while (reader.next()) {
                for (int repeat = 0; repeat < 2; repeat++) {
                    for (int i = 0; i < sets.size(); i++) {
                        int value = reader.intValue();
                        int expected = value == i ? 1 : value == -1 ? 2 : value == -2 && i % 3 == 1 ? 3 : -1;
                        assertThat(reader.select(sets.get(i))).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The table of names grows and is emptied under a set that was prepared before. */
    @Test
    void aPreparedSetOutlivesTheNamesThatASessionForgets() {
        AttributeNames names = AttributeNames.of("steady", "late");
        DecodeSession session = DECODER.newSession();
        for (int i = 0; i < 3_000; i++) {
            String fresh = "'f" + i + "':{'N':'-1'},'g" + i + "':{'N':'-1'},'h" + i + "':{'N':'-1'},";
            String late = i < 2_000 ? "" : ",'late':{'N':'1'}";
            String image = "{" + (i % 2 == 0 ? fresh : "") + "'steady':{'N':'0'}," + (i % 2 == 1 ? fresh : "")
                    + "'x':{'N':'-1'}" + late + "}";
            AttributeReader reader = newImage(session.decode(json(change("INSERT", "'NewImage':" + image))))
                    .reader();
            while (reader.next()) {
                if (reader.select(names) != reader.intValue()) {
                    throw new AssertionError("record " + i + ": " + reader.name() + " is " + reader.select(names));
                }
            }
        }
    }

    @Test
    void aNameThatNoRecordCanHaveIsNeverSelected() {
        AttributeNames names = AttributeNames.of("\ud800", "x\udc00");
        DecodeSession session = DECODER.newSession();
        byte[] record = json(change("INSERT", "'NewImage':{'?':{'N':'1'},'x?':{'N':'1'},'\ufffd':{'N':'1'}}"));
        for (int round = 0; round < 3; round++) {
            for (Item image : List.of(newImage(session.decode(record)), newImage(DECODER.decode(record)))) {
                AttributeReader reader = image.reader();
                while (reader.next()) {
                    assertThat(reader.select(names)).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void preparedNamesHaveTheirPlacesAsOrdinals() {
        String[] given = {"b", "a", ""};
        AttributeNames names = AttributeNames.of(given);
        given[0] = "changed";
        assertThat(names.size()).isEqualTo(3);
        assertThat(List.of(names.name(0), names.name(1), names.name(2))).containsExactly("b", "a", "");
        assertThat(names.ordinal("b")).isZero();
        assertThat(names.ordinal("a")).isEqualTo(1);
        assertThat(names.ordinal("")).isEqualTo(2);
        assertThat(names.ordinal("changed")).isEqualTo(-1);
        assertThatThrownBy(() -> names.name(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> names.name(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(AttributeNames.of().size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> AttributeNames.of("a", "b", "a"));
    }

    // ----------------------------------------------------------------------------------------- readers of an event

    @Test
    void eachReaderOfADecodedItemIsItsOwnAndAtTheBeginning() {
        Item image = Records.item("{'a':{'N':'1'},'b':{'M':{'c':{'N':'2'}}}}");
        AttributeReader first = image.reader();
        first.next();
        first.next();
        first.enter();
        AttributeReader second = image.reader();
        assertThat(second).isNotSameAs(first);
        second.next();
        assertThat(second.longValue()).isEqualTo(1);
        first.next();
        assertThat(first.longValue()).isEqualTo(2);
        AttributeReader nested = image.require("b").asItem().reader();
        nested.next();
        assertThat(nested.longValue()).isEqualTo(2);
        assertThat(nested.next()).isFalse();
        assertThatIllegalStateException().isThrownBy(nested::leave);
    }

    @Test
    void theReaderOfASessionReadsTheItemThatItWasAskedForLast() {
        ChangeEvent event = DECODER.newSession()
                .decode(json(change("MODIFY", "'NewImage':{'l':{'L':[{'N':'1'}]}},'OldImage':{'o':{'N':'2'}}")));
        AttributeReader reader = newImage(event).reader();
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.longValue()).isEqualTo(1);

        assertThat(oldImage(event).reader()).isSameAs(reader);
        assertNoCurrentValue(reader);
        assertThatIllegalStateException().isThrownBy(reader::leave);
        reader.next();
        assertThat(reader.name()).isEqualTo("o");
        assertThat(reader.longValue()).isEqualTo(2);
        assertThat(event.keys().reader().next()).isTrue();
        assertThat(reader.name()).isEqualTo("pk");
        newImage(event).reader();
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("l");
    }

    // ---------------------------------------------------------------------------------------------------- property

    private static final ChangeEventDecoder SHARED_DECODER = ChangeEventDecoder.create();
    private static final DecodeSession SHARED_SESSION = SHARED_DECODER.newSession();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @Property(tries = 1_500)
    void readingEverythingGivesWhatTheReferenceHas(@ForAll("events") GeneratedEvent event) {
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
        // Now and then something is left before its end.
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
