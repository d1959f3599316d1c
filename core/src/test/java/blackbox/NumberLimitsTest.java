package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.ofValue;
import static fixtures.Records.value;
import static fixtures.Refusals.assertAt;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fixtures.LongRunning;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long numbers and large exponents are refused early, or converted without being expanded. */
class NumberLimitsTest {
    private static final int TEN_MB = 10_000_000;
    private static final String PREFIX = ofValue("{'N':'").replaceFirst("}}}$", "");

    private static final ChangeEventDecoder RAISED = ChangeEventDecoder.builder()
            .limits(DecodeLimits.defaults().withMaxNumberLength(65_536).withMaxExponentDigits(6))
            .numbersAsJson(true)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "9", "-1", "+1", "1.1", "0.0", "-0.9"})
    void aNumberOfTenMegabytesIsRefusedAtCharacter257(String start) {
        String digits = start + start.charAt(start.length() - 1) + "7".repeat(TEN_MB);
        assertAt(Refusals.refusal(json(PREFIX + digits + "'}}}}")), Reason.NUMBER_LIMIT, PREFIX.length() + 256);
    }

    @Test
    void anUnterminatedNumberIsRefusedAtCharacter257() {
        assertAt(Refusals.refusal(json(PREFIX + "1".repeat(TEN_MB))), Reason.NUMBER_LIMIT, PREFIX.length() + 256);
    }

    @Test
    void aMemberOfNsAndABareNumberAreRefusedAtTheSameCharacter() {
        String set = ofValue("{'NS':['1','").replaceFirst("}}}$", "");
        assertAt(Refusals.refusal(json(set + "1".repeat(TEN_MB) + "']}}}}")), Reason.NUMBER_LIMIT, set.length() + 256);
        ChangeEventDecoder bare =
                ChangeEventDecoder.builder().numbersAsJson(true).build();
        for (String type : List.of("{'N':", "{'NS':[")) {
            String before = ofValue(type).replaceFirst("}}}$", "");
            assertAt(
                    Refusals.refusal(bare, json(before + "1".repeat(TEN_MB) + "}}}}")),
                    Reason.NUMBER_LIMIT,
                    before.length() + 256);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e9999«99999",
                "1e-2147«483649",
                "1E+1000«0",
                "1e0000001234«5",
                "-0.0e9999«9",
                "0e1000«0",
                "+0001.50e-9999«9",
                "1\\u0065999\\u0039«9",
            })
    void anExponentIsRefusedAtItsFifthDigit(String marked) {
        assertFault(Reason.NUMBER_LIMIT, ofValue("{'N':'" + marked + "'}"));
        assertFault(Reason.NUMBER_LIMIT, ofValue("{'NS':['1','" + marked + "']}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999", "1e-9999", "1E+9999", "-1e09999", "1e-000009999", "0e9999", "1e00000"})
    void leadingZerosOfAnExponentDoNotCount(String text) {
        assertThat(value("{'N':'" + text + "'}").asBigDecimal()).isEqualTo(new BigDecimal(text));
    }

    @Test
    void skippedNumbersHaveNoLimit() {
        byte[] digits = json("1".repeat(TEN_MB / 4));
        byte[] record = concat(
                json("{'x':"),
                digits,
                json(",'y':[1e999999999,-1e-2147483649],'dynamodb':{'Keys':{'k':{'S':'a'}},'SizeBytes':"),
                digits,
                json(",'x':0."),
                digits,
                json("},'z':{'z':1e"),
                digits,
                json("}}"));
        ChangeEvent event = DECODER.decode(record);
        assertThat(event.keys().require("k").asString()).isEqualTo("a");
        assertThat(event.sizeBytes()).isNull();
    }

    @Test
    void aVersionOfTenMegabytesIsText() {
        byte[] record = concat(json("{'dynamodb':{'Keys':{}},'eventVersion':"), json("1".repeat(TEN_MB)), json("}"));
        assertThat(DECODER.decode(record).eventVersion()).hasSize(TEN_MB);
    }

    // ------------------------------------------------------------------------------------------ limits at their most

    @ParameterizedTest
    @CsvSource({
        "1e999999, OUT_OF_RANGE, OUT_OF_RANGE",
        "-1e+999999, OUT_OF_RANGE, OUT_OF_RANGE",
        "123456789e999990, OUT_OF_RANGE, OUT_OF_RANGE",
        "1e-999999, NOT_INTEGRAL, 0.0",
        "-1e-999999, NOT_INTEGRAL, -0.0",
        "0e999999, 0, 0.0",
        "0.000e-999999, 0, 0.0",
        "10.5e-999998, NOT_INTEGRAL, 0.0"
    })
    @Timeout(20)
    void everyAccessorIsQuickForALargeExponent(String text, String asLong, String asDouble) {
        for (String json : List.of("{'N':'" + text + "'}", "{'N':" + text.replace("+", "") + "}")) {
            AttributeValue value = value(RAISED, json);
            String verbatim = json.contains("'" + text + "'") ? text : text.replace("+", "");
            assertThat(value.numberText()).isEqualTo(verbatim);
            assertThat(value.asBigDecimal()).isEqualTo(new BigDecimal(verbatim));
            assertThat(outcome(value, AttributeValue::asLong)).isEqualTo(asLong);
            assertThat(outcome(value, AttributeValue::asInt)).isEqualTo(asLong);
            assertThat(outcome(value, AttributeValue::asDouble)).isEqualTo(asDouble);
            assertThat(value.toString()).isEqualTo("N");
            assertThat(value).isEqualTo(value(RAISED, json)).isNotEqualTo(value("{'N':'7'}"));
            assertThat(value.hashCode()).isEqualTo(value(RAISED, json).hashCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999", "-1e-999999", "1e9999", "1e-9999", "0e999999"})
    @Timeout(20)
    void setsMapsAndDiffsAreQuickForALargeExponent(String text) {
        Item image = newImage(RAISED.decode(json(Records.image("'n':{'N':'" + text + "'},'s':{'NS':['" + text + "','"
                + text.replace("e", ".0e") + "','1']},'l':{'L':[{'N':'" + text + "'}]}"))));
        BigDecimal number = new BigDecimal(text);
        assertThat(image.require("s").asNumberSet()).contains(number, BigDecimal.ONE);
        assertThat(image.toMap()).containsEntry("n", number).containsEntry("l", List.of(number));
        for (Numbers numbers : List.of(Numbers.BIG_DECIMAL, Numbers.NARROWEST, Numbers.TEXT)) {
            assertThat(image.toMap(PlainValues.defaults().withNumbers(numbers))).containsKey("n");
        }
        ChangeEvent event = RAISED.decode(json("{'eventName':'MODIFY','dynamodb':{'Keys':{},'OldImage':{'n':{'N':'"
                + text + "'}},'NewImage':{'n':{'N':'2'}}}}"));
        assertThat(Objects.requireNonNull(event.diff()).size() == 0).isFalse();
    }

    @LongRunning
    @ParameterizedTest
    @ValueSource(strings = {"%s", "-%s", "+%s", "0.%s", "%s.5", "%se-9999", "%se999999", "00000%s"})
    @Timeout(20)
    void numbersOfSixtyThousandDigitsAreConvertedExactly(String pattern) {
        String digits = pattern.formatted("1234567890".repeat(6_500));
        AttributeValue value = value(RAISED, "{'N':'" + digits + "'}");
        assertThat(value.numberText()).isEqualTo(digits);
        assertThat(value.asBigDecimal()).isEqualTo(new BigDecimal(digits));
        double nearest = Double.parseDouble(digits);
        assertThat(outcome(value, AttributeValue::asDouble))
                .isEqualTo(Double.isInfinite(nearest) ? "OUT_OF_RANGE" : String.valueOf(nearest));
        assertThat(outcome(value, AttributeValue::asLong)).isIn("OUT_OF_RANGE", "NOT_INTEGRAL");
        assertThat(value).isEqualTo(value(RAISED, "{'N':'" + digits + "'}"));
    }

    @Test
    @Timeout(20)
    void aRecordFullOfLongNumbersIsConvertedInLinearTime() {
        String number = "{'N':'" + "7".repeat(65_536) + "'}";
        AttributeValue value = value(RAISED, "{'L':[" + (number + ",").repeat(19) + number + "]}");
        assertThat(value.asList())
                .allSatisfy(n -> assertThat(n.asBigDecimal().precision()).isEqualTo(65_536));
        assertThat(value).isEqualTo(value(RAISED, "{'L':[" + (number + ",").repeat(19) + number + "]}"));
    }

    @Test
    void aNumberAtTheLimitIsAcceptedAndOneMoreCharacterIsNot() {
        for (int length : new int[] {256, 65_536}) {
            ChangeEventDecoder decoder = length == 256 ? DECODER : RAISED;
            String digits = "3".repeat(length);
            assertThat(value(decoder, "{'N':'" + digits + "'}").numberText()).isEqualTo(digits);
            assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'N':'" + digits + "«3'}"));
            // an escape is one character
            String escaped = "\\u0033".repeat(length);
            assertThat(value(decoder, "{'N':'" + escaped + "'}").numberText()).isEqualTo(digits);
            assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'N':'" + escaped + "«\\u0033'}"));
        }
    }

    @Test
    void aBareNumberAtTheLimitIsAcceptedAndOneMoreCharacterIsNot() {
        ChangeEventDecoder bare =
                ChangeEventDecoder.builder().numbersAsJson(true).build();
        String digits = "3".repeat(256);
        assertThat(value(bare, "{'N':" + digits + "}").numberText()).isEqualTo(digits);
        assertThat(value(bare, "{'NS':[" + digits + "]}").asNumberSet()).hasSize(1);
        assertFault(bare, Reason.NUMBER_LIMIT, ofValue("{'N':" + digits + "«3}"));
        assertFault(bare, Reason.NUMBER_LIMIT, ofValue("{'NS':[1," + digits + "«3]}"));
        assertFault(bare, Reason.NUMBER_LIMIT, ofValue("{'N':1e9999«9}"));
    }

    @Test
    void ofALimitAndAJsonFaultInABareNumberTheFirstIsReported() {
        ChangeEventDecoder bare =
                ChangeEventDecoder.builder().numbersAsJson(true).build();
        String digits = "3".repeat(255);
        assertFault(bare, Reason.UNEXPECTED_BYTE, ofValue("{'N':" + digits + ".«x}"));
        assertFault(bare, Reason.NUMBER_LIMIT, ofValue("{'N':" + digits + "3«.x}"));
        assertFault(bare, Reason.NUMBER_LIMIT, ofValue("{'N':1e9999«9x}"));
    }

    /** Returns the value as text, or the reason of the refusal. */
    private static String outcome(AttributeValue value, Function<AttributeValue, Object> accessor) {
        Object[] result = new Object[1];
        AttributeValueException refusal =
                catchThrowableOfType(AttributeValueException.class, () -> result[0] = accessor.apply(value));
        return refusal != null ? refusal.reason().name() : String.valueOf(result[0]);
    }
}
