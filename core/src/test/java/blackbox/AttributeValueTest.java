package blackbox;

import static fixtures.Records.ACCEPTS_UNKNOWN;
import static fixtures.Records.base64;
import static fixtures.Records.base64Twice;
import static fixtures.Records.number;
import static fixtures.Records.ofType;
import static fixtures.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fixtures.Records;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.AttributeValueException.Reason;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValueTest {
    /** Every accessor, and the one type that it accepts. */
    private static final Map<String, Accessor> ACCESSORS = Map.ofEntries(
            accessor("asString", AttributeType.S, AttributeValue::asString),
            accessor("asBigDecimal", AttributeType.N, AttributeValue::asBigDecimal),
            accessor("asLong", AttributeType.N, AttributeValue::asLong),
            accessor("asInt", AttributeType.N, AttributeValue::asInt),
            accessor("asDouble", AttributeType.N, AttributeValue::asDouble),
            accessor("numberText", AttributeType.N, AttributeValue::numberText),
            accessor("integral", AttributeType.N, AttributeValue::integral),
            accessor("asBytes", AttributeType.B, AttributeValue::asBytes),
            accessor("asBoolean", AttributeType.BOOL, AttributeValue::asBoolean),
            accessor("asStringSet", AttributeType.SS, AttributeValue::asStringSet),
            accessor("asNumberSet", AttributeType.NS, AttributeValue::asNumberSet),
            accessor("asNumberTexts", AttributeType.NS, AttributeValue::asNumberTexts),
            accessor("asBinarySet", AttributeType.BS, AttributeValue::asBinarySet),
            accessor("asList", AttributeType.L, AttributeValue::asList),
            accessor("asItem", AttributeType.M, AttributeValue::asItem),
            accessor("unknownJson", AttributeType.UNKNOWN, AttributeValue::unknownJson));

    private record Accessor(AttributeType type, Function<AttributeValue, Object> call) {}

    private static Map.Entry<String, Accessor> accessor(
            String name, AttributeType type, Function<AttributeValue, Object> call) {
        return Map.entry(name, new Accessor(type, call));
    }

    // -------------------------------------------------------------------------------------------------- types

    @ParameterizedTest
    @MethodSource("accessorsAndTypes")
    void anAccessorAcceptsOneTypeAndRefusesAllOthers(String name, AttributeType type) {
        Accessor accessor = Objects.requireNonNull(ACCESSORS.get(name));
        AttributeValue value = value(ACCEPTS_UNKNOWN, ofType(type));
        if (accessor.type == type) {
            assertThat(accessor.call.apply(value)).isNotNull();
            return;
        }
        assertThatExceptionOfType(AttributeValueException.class)
                .isThrownBy(() -> accessor.call.apply(value))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(Reason.WRONG_TYPE);
                    assertThat(e.asked()).isEqualTo(accessor.type);
                    assertThat(e.found()).isEqualTo(type);
                })
                .withMessage("asked for " + accessor.type + ", found " + type)
                .withNoCause();
    }

    static Stream<Arguments> accessorsAndTypes() {
        return ACCESSORS.keySet().stream()
                .sorted()
                .flatMap(name -> Stream.of(AttributeType.values()).map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest
    @MethodSource("types")
    void typeIsTheDescriptor(AttributeType type) {
        AttributeValue value = value(ACCEPTS_UNKNOWN, ofType(type));
        assertThat(value.type()).isEqualTo(type);
        assertThat(value.type() == AttributeType.NULL).isEqualTo(type == AttributeType.NULL);
    }

    static AttributeType[] types() {
        return AttributeType.values();
    }

    @Test
    void nullFalseAlsoMeansNull() {
        assertThat(value("{'NULL':false}").type() == AttributeType.NULL).isTrue();
        assertThat(value("{'NULL':false}")).isEqualTo(value("{'NULL':true}"));
    }

    @Test
    void boolIsTrueOrFalse() {
        assertThat(value("{'BOOL':true}").asBoolean()).isTrue();
        assertThat(value("{'BOOL':false}").asBoolean()).isFalse();
    }

    // ------------------------------------------------------------------------------------------------ numbers

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0, 0, 0",
        "0E9999, 0, 0",
        "0.000, 0, 0",
        "007, 7, 7",
        "+7, 7, 7",
        "5.0, 5, 5",
        "1E3, 1000, 1000",
        "1.5e1, 15, 15",
        "-1200E-2, -12, -12",
        "1000000000000000000000E-18, 1000, 1000",
        "0.000000000000000000000000001E27, 1, 1",
        "2147483647, 2147483647, 2147483647",
        "-2147483648, -2147483648, -2147483648",
        "2147483648, 2147483648, OUT_OF_RANGE",
        "-2147483649, -2147483649, OUT_OF_RANGE",
        "4294967296, 4294967296, OUT_OF_RANGE",
        "9223372036854775807, 9223372036854775807, OUT_OF_RANGE",
        "9223372036854775807.000, 9223372036854775807, OUT_OF_RANGE",
        "-9223372036854775808, -9223372036854775808, OUT_OF_RANGE",
        "-922337203685477580.8E1, -9223372036854775808, OUT_OF_RANGE",
        "9223372036854775808, OUT_OF_RANGE, OUT_OF_RANGE",
        "-9223372036854775809, OUT_OF_RANGE, OUT_OF_RANGE",
        "18446744073709551616, OUT_OF_RANGE, OUT_OF_RANGE",
        "1E18, 1000000000000000000, OUT_OF_RANGE",
        "1E19, OUT_OF_RANGE, OUT_OF_RANGE",
        "1E999, OUT_OF_RANGE, OUT_OF_RANGE",
        "-1E9999, OUT_OF_RANGE, OUT_OF_RANGE",
        "5.5, NOT_INTEGRAL, NOT_INTEGRAL",
        "1E-1, NOT_INTEGRAL, NOT_INTEGRAL",
        "1E-9999, NOT_INTEGRAL, NOT_INTEGRAL",
        "9223372036854775806.5, NOT_INTEGRAL, NOT_INTEGRAL",
    })
    void integersAreExactOrRefused(String text, String asLong, String asInt) {
        assertThat(outcome(AttributeValue::asLong, text)).isEqualTo(asLong);
        assertThat(outcome(AttributeValue::asInt, text)).isEqualTo(asInt);
        assertThat(number(text).integral()).isEqualTo(!asLong.equals("NOT_INTEGRAL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E9999",
                "-1.5E1",
                "123456789012345678901234567890E0",
                "100000000000000000000000000000000000000000000000E-47",
                "0E-9999",
                "-0.000",
                "1.00000000000000000000000000000000000000000000000",
                "1\\u002e0"
            })
    void integralIsExactHoweverLargeTheNumber(String text) {
        assertThat(number(text).integral()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E-9999",
                "-1.55E1",
                "12345678901234567890123456789012345678.9",
                "100000000000000000000000000000000000000000000000E-48",
                "1.00000000000000000000000000000000000000000000001",
                "1\\u002e5"
            })
    void aFractionIsNotIntegralHoweverSmall(String text) {
        assertThat(number(text).integral()).isFalse();
    }

    private static String outcome(Function<AttributeValue, Number> accessor, String text) {
        try {
            return accessor.apply(number(text)).toString();
        } catch (AttributeValueException e) {
            assertThat(e.getMessage()).doesNotContain(text);
            return e.reason().name();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "9007199254740993",
                "1.7976931348623157E308",
                "1.79769313486231580793E308",
                "4.9E-324",
                "2.4703282292062328E-324",
                "2.2250738585072011E-308",
                "123456789012345678901234567890.123456789"
            })
    void asDoubleIsTheNearest(String text) {
        assertThat(number(text).asDouble()).isEqualTo(Double.parseDouble(text));
        assertThat(number("-" + text).asDouble()).isEqualTo(-Double.parseDouble(text));
    }

    @Test
    void aNumberTooSmallForADoubleIsZeroOfItsSign() {
        assertThat(number("1E-400").asDouble()).isEqualTo(0.0);
        assertThat(number("-1E-400").asDouble()).isEqualTo(-0.0);
        assertThat(number("-0").asDouble()).isEqualTo(-0.0);
        assertThat(number("2.4703282292062327E-324").asDouble()).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.797693134862315808E308", "1E309", "-1E309", "9E9999", "-179769313486231580794E288"})
    void asDoubleRefusesNumbersNearestToInfinity(String text) {
        AttributeValueException refusal = catchThrowableOfType(
                AttributeValueException.class, () -> number(text).asDouble());
        assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "+1E2", "007", "1.50", "-0", "-0.00", "1e-9999", "12345678901234567890123456789012345678"})
    void numberTextAndBigDecimalKeepTheDeliveredDigits(String text) {
        assertThat(number(text).numberText()).isEqualTo(text);
        assertThat(number(text).asBigDecimal()).isEqualTo(new BigDecimal(text));
    }

    /** Up to 18 bytes are read as a long, with a place for the point in the same word. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999999",
                "-99999999999999999",
                "99999999999999999.9",
                "9999999999999999.9",
                "0.9999999999999999",
                "-0.999999999999999",
                "0.00000000000000000",
                "0.0000000000000001",
                "1234567890.12345678",
                "12345678.9012345",
                "-0.0"
            })
    void numbersOfAboutEighteenBytesAreExact(String text) {
        assertThat(number(text).asBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(number(text).asDouble()).isEqualTo(Double.parseDouble(text));
    }

    @Test
    void aNumberMayBeSpelledWithEscapes() {
        AttributeValue escaped = value("{'N':'\\u002d1\\u002E5\\u00451'}");
        assertThat(escaped.numberText()).isEqualTo("-1.5E1");
        assertThat(escaped.asBigDecimal()).isEqualTo(new BigDecimal("-1.5E1"));
        assertThat(escaped.asLong()).isEqualTo(-15);
        assertThat(escaped.asDouble()).isEqualTo(-15.0);
    }

    // -------------------------------------------------------------------------------------- text and binary

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'S':''}|``",
                "{'S':'plain'}|plain",
                "{'S':'h\u00e9llo \u65e5\u672c \ud83d\ude00'}|h\u00e9llo \u65e5\u672c \ud83d\ude00",
                "{'S':'h\\u00E9llo \\u65e5\\u672C \\ud83d\\uDe00'}|h\u00e9llo \u65e5\u672c \ud83d\ude00",
                "{'S':'\\/\\\\\\u002f'}|/\\/",
            })
    void asStringIsTheUnescapedText(String json, String text) {
        assertThat(value(json).asString()).isEqualTo(text);
    }

    @Test
    void asStringHasEveryShortEscape() {
        assertThat(value("{'S':'\\'\\\\\\/\\b\\f\\n\\r\\t\\u0000'}").asString()).isEqualTo("\"\\/\b\f\n\r\t\0");
    }

    @Test
    void asBytesIsANewArrayEachTime() {
        AttributeValue value = value("{'B':'AAEC/w=='}");
        value.asBytes()[0] = 99;
        assertThat(value.asBytes()).isEqualTo(new byte[] {0, 1, 2, (byte) 0xFF});
        assertThat(value("{'B':''}").asBytes()).isEmpty();
        assertThat(value("{'B':'\\u0050z8\\/AA\\u003d='}").asBytes()).isEqualTo(new byte[] {63, 63, 63, 0});
    }

    // --------------------------------------------------------------------------------------------------- sets

    @Test
    void setsAreInDeliveredOrderWithoutRepeats() {
        assertThat(value("{'SS':['b','','a','\\u0062']}").asStringSet()).containsExactly("b", "", "a");
        assertThat(value("{'NS':['2','1.0','1','10E-1','-0','0.0']}").asNumberSet())
                .containsExactly(new BigDecimal("2"), new BigDecimal("1.0"), new BigDecimal("0"));
        assertThat(value("{'BS':['Yg==','','YQ==','Yg\\u003d=']}").asBinarySet())
                .containsExactly(bytes("b"), bytes(""), bytes("a"));
    }

    @Test
    void numberTextsAreAllMembersAsDelivered() {
        List<String> texts = value("{'NS':['2','+1.0','1','1','10E-1','-0','\\u0030\\u002e0']}")
                .asNumberTexts();
        assertThat(texts).containsExactly("2", "+1.0", "1", "1", "10E-1", "-0", "0.0");
        assertThat(texts.contains(null)).isFalse();
        assertThatThrownBy(texts::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> texts.set(0, "3")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> texts.add("3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void setsMayBeEmpty() {
        assertThat(value("{'SS':[]}").asStringSet()).isEmpty();
        assertThat(value("{'NS':[]}").asNumberSet()).isEmpty();
        assertThat(value("{'NS':[]}").asNumberTexts()).isEmpty();
        assertThat(value("{'BS':[]}").asBinarySet()).isEmpty();
    }

    @Test
    void setsListsAndBuffersCannotBeChanged() {
        Set<ByteBuffer> binaries = value("{'BS':['Yg==']}").asBinarySet();
        assertThat(binaries.iterator().next().isReadOnly()).isTrue();
        for (Set<?> set : List.of(
                binaries,
                value("{'SS':['b']}").asStringSet(),
                value("{'NS':['1']}").asNumberSet())) {
            assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
        }
        List<AttributeValue> list = value("{'L':[{'S':'x'}]}").asList();
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.set(0, list.get(0))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.add(list.get(0))).isInstanceOf(UnsupportedOperationException.class);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(Records.json(text));
    }

    // ---------------------------------------------------------------------------------------------- documents

    @Test
    void asListHasTheValuesInTheirOrder() {
        List<AttributeValue> list = value("{'L':[{'S':'x'},{'L':[{'N':'1'},{'N':'2'}]},{'SS':['a','b']},"
                        + "{'M':{'L':{'S':'y'}}},{'S':'z'}]}")
                .asList();
        assertThat(list).isInstanceOf(RandomAccess.class).hasSize(5);
        assertThat(list.get(4).asString()).isEqualTo("z");
        assertThat(list.get(3).asItem().require("L").asString()).isEqualTo("y");
        assertThat(list.get(1).asList().get(1).asInt()).isEqualTo(2);
        assertThat(list.get(2).asStringSet()).containsExactly("a", "b");
        assertThatThrownBy(() -> list.get(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void listsAndMapsMayBeEmpty() {
        assertThat(value("{'L':[]}").asList()).isEmpty();
        assertThat(value("{'M':{}}").asItem()).isEmpty();
    }

    // ----------------------------------------------------------------------------------------------- equality

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'S':'caf\u00e9/\ud83d\ude00'}|{'S':'caf\\u00e9\\/\\ud83d\\ude00'}",
                "{'N':'1'}|{'N':'1.0'}",
                "{'N':'+1'}|{'N':'10E-1'}",
                "{'N':'001'}|{'N':'\\u0031'}",
                "{'N':'1E3'}|{'N':'1000'}",
                "{'N':'0'}|{'N':'-0.00E7'}",
                "{'N':'-1.50'}|{'N':'-15E-1'}",
                "{'B':'Yg=='}|{'B':'\\u0059g\\u003d='}",
                "{'NULL':true}|{'NULL':false}",
                "{'SS':['a','b']}|{'SS':['b','a','a']}",
                "{'NS':['1','2']}|{'NS':['2.0','1E0','1']}",
                "{'NS':['0']}|{'NS':['-0','0.0']}",
                "{'BS':['YQ==','Yg==']}|{'BS':['Yg==','YQ==']}",
                "{'L':[{'N':'1'},{'S':'x'}]}|{'L':[{'N':'1.0'},{'S':'\\u0078'}]}",
                "{'M':{'a':{'N':'1'},'b':{'SS':['x','y']}}}|{'M':{'b':{'SS':['y','x']},'\\u0061':{'N':'1.0'}}}",
                "{'M':{'m':{'L':[{'M':{'a':{'S':''},'b':{'S':''}}}]}}}"
                        + "|{'M':{'m':{'L':[{'M':{'b':{'S':''},'a':{'S':''}}}]}}}",
                "{'M':{}}|{'M':{}}",
                "{'XS':[1]}|{'XS':[1]}",
            })
    void valuesOfTheSameMeaningAreEqual(String one, String other) {
        AttributeValue left = value(ACCEPTS_UNKNOWN, one);
        AttributeValue right = value(ACCEPTS_UNKNOWN, other);
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
        assertThat(right).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'S':'1'}|{'N':'1'}",
                "{'S':'a'}|{'S':'A'}",
                "{'S':'\u00e9'}|{'S':'e\u0301'}",
                "{'S':'YQ=='}|{'B':'YQ=='}",
                "{'N':'1'}|{'N':'-1'}",
                "{'N':'1'}|{'N':'1.0000000000000000000000000000000000001'}",
                "{'N':'9007199254740992'}|{'N':'9007199254740993'}",
                "{'B':'YQ=='}|{'B':'Yg=='}",
                "{'BOOL':true}|{'BOOL':false}",
                "{'NULL':true}|{'BOOL':true}",
                "{'SS':['a']}|{'SS':['a','b']}",
                "{'SS':['1']}|{'NS':['1']}",
                "{'SS':[]}|{'NS':[]}",
                "{'L':[]}|{'M':{}}",
                "{'L':[{'S':'a'},{'S':'b'}]}|{'L':[{'S':'b'},{'S':'a'}]}",
                "{'L':[{'S':'a'}]}|{'L':[{'S':'a'},{'S':'a'}]}",
                "{'L':[{'S':'a'}]}|{'SS':['a']}",
                "{'M':{'a':{'S':'x'}}}|{'M':{'b':{'S':'x'}}}",
                "{'M':{'a':{'S':'x'}}}|{'M':{'a':{'S':'x'},'b':{'S':'x'}}}",
                "{'M':{'a':{'NULL':true}}}|{'M':{}}",
                "{'XS':[1]}|{'XS':[2]}",
            })
    void valuesOfDifferentMeaningAreNotEqual(String one, String other) {
        AttributeValue left = value(ACCEPTS_UNKNOWN, one);
        AttributeValue right = value(ACCEPTS_UNKNOWN, other);
        assertThat(left).isNotEqualTo(right);
        assertThat(right).isNotEqualTo(left);
    }

    @Test
    void binaryIsEqualByItsBytesHoweverOftenItWasEncoded() {
        ChangeEventDecoder once = ChangeEventDecoder.builder()
                .binaryEncoding(BinaryEncoding.SINGLE)
                .build();
        ChangeEventDecoder twice = ChangeEventDecoder.builder()
                .binaryEncoding(BinaryEncoding.DOUBLE)
                .build();
        byte[] bytes = {1, 2, 3};
        String single = base64(bytes);
        String both = base64Twice(bytes);
        for (String json : List.of("{'B':'%s'}", "{'BS':['%s']}", "{'M':{'l':{'L':[{'B':'%s'}]}}}")) {
            AttributeValue left = value(once, json.formatted(single));
            AttributeValue right = value(twice, json.formatted(both));
            assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
            assertThat(value(once, json.formatted(both))).isNotEqualTo(right);
        }
        assertThat(value(twice, "{'B':'" + both + "'}").asBytes()).isEqualTo(bytes);
    }

    @Test
    void nothingElseEqualsAValue() {
        assertThat(value("{'S':'a'}")).isNotEqualTo("a").isNotEqualTo(null);
        assertThat(value("{'M':{}}")).isNotEqualTo(value("{'M':{}}").asItem());
    }

    @ParameterizedTest
    @MethodSource("types")
    void toStringShowsStructureNeverValues(AttributeType type) {
        assertThat(value(ACCEPTS_UNKNOWN, ofType(type)).toString())
                .contains(type.name())
                .doesNotContain("canary", "8675309", "Y2Fu", "true");
    }
}
