package blackbox;

import static blackbox.AttributeReaderTest.trace;
import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blackbox.AttributeReaderTest.Way;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader returns the same numbers, texts, bytes and UTF-8 as AttributeValue does. */
class AttributeReaderValuesTest {
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
        accept(reader, type, AttributeReader::integral, AttributeType.N);
        accept(reader, type, AttributeReader::numberText, AttributeType.N);
        accept(reader, type, AttributeReader::objectValue, AttributeType.values());
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

    static void assertWrongType(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AttributeValueException.class,
                        e -> assertThat(e.reason()).isEqualTo(AttributeValueException.Reason.WRONG_TYPE));
    }

    @ParameterizedTest
    @EnumSource
    void numbersEqualThoseOfAttributeValueOrAreRefused(Way way) {
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
        assertThat(reader.integral()).isEqualTo(value.integral());
        assertThat(reader.objectValue()).isEqualTo(value.asBigDecimal());
        assertThat(reader.numberText()).isEqualTo(value.numberText());
        assertThat(reader.value()).isEqualTo(value);
        assertUtf8(reader, value.numberText());
    }

    /** Returns the accessor's result, or the reason of its refusal. */
    static Object outcome(Supplier<?> accessor) {
        try {
            return accessor.get();
        } catch (AttributeValueException e) {
            return e.reason() + " " + e.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainValuesEqualThoseOfAttributeValue(Way way) {
        Item image = way.image("{'s':{'S':'x'},'n':{'N':'1.0'},'z':{'NULL':true},'ss':{'SS':['b','a','b']},"
                + "'l':{'L':[{'NULL':true},{'M':{'k':{'BS':['AQ==']}}}]},'t':{'BOOL':false}}");
        AttributeReader reader = image.reader();
        while (reader.next()) {
            AttributeValue value = image.require(reader.name());
            assertThat(reader.objectValue()).isEqualTo(value.toObject());
            PlainValues policy = PlainValues.defaults()
                    .withNumbers(PlainValues.Numbers.NARROWEST)
                    .withSets(PlainValues.Sets.LIST)
                    .withBinary(PlainValues.Binary.BYTE_BUFFER) // equal by content
                    .withNulls(PlainValues.Nulls.DROP);
            assertThat(reader.objectValue(policy)).isEqualTo(value.toObject(policy));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttributeValueStaysValidWhenTheReaderMoves(Way way) {
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
    void setsGiveAllMembersAsDeliveredIncludingRepeats(Way way) {
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
    void utf8IsTheEncodingOfTheUnescapedText(String spelling) {
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
}
