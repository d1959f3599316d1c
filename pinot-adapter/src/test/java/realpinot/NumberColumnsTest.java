package realpinot;

import static org.assertj.core.api.Assertions.assertThat;
import static realpinot.OneColumn.ROW_LOST;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of numbers: how Pinot converts the values of other decoders, and what a query returns for this decoder's. */
class NumberColumnsTest {
    private static final OneColumn INT = OneColumn.of(DataType.INT);
    private static final OneColumn LONG = OneColumn.of(DataType.LONG);
    private static final OneColumn FLOAT = OneColumn.of(DataType.FLOAT);
    private static final OneColumn DOUBLE = OneColumn.of(DataType.DOUBLE);
    private static final OneColumn BIG_DECIMAL = OneColumn.of(DataType.BIG_DECIMAL);
    private static final Map<String, String> OVERFLOW_IS_NULL = Map.of("dynamodb.onNumberOverflow", "NULL");
    private static final Map<String, String> OVERFLOW_SATURATES = Map.of("dynamodb.onNumberOverflow", "SATURATE");

    private static String n(String text) {
        return "{\"N\":\"" + text + "\"}";
    }

    private static String s(String text) {
        return "{\"S\":\"" + text + "\"}";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"8032.0, 8032", "1E3, 1000", "0E+125, 0", "-0, 0"})
    void theTextOfAnIntegralNumberLosesTheRowAndOursIsExact(String text, long expected) throws Exception {
        if (!text.equals("-0")) {
            assertThat(LONG.naive(text)).isEqualTo(ROW_LOST);
            assertThat(INT.naive(text)).isEqualTo(ROW_LOST);
        }
        assertThat(LONG.decoded(n(text))).isEqualTo(expected);
        assertThat(INT.decoded(n(text))).isEqualTo((int) expected);
    }

    @Test
    void theEndsOfTheRangesAreExact() throws Exception {
        assertThat(INT.decoded(n("2147483647"))).isEqualTo(Integer.MAX_VALUE);
        assertThat(INT.decoded(n("-2147483648"))).isEqualTo(Integer.MIN_VALUE);
        assertThat(LONG.decoded(n("9223372036854775807"))).isEqualTo(Long.MAX_VALUE);
        assertThat(LONG.decoded(n("-9223372036854775808"))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void outOfRangeWrapsAroundAndOursIsRefusedOrNullOrTheNearest() throws Exception {
        assertThat(INT.naive(3_000_000_000L)).isEqualTo(-1_294_967_296);
        assertThat(LONG.naive(new BigDecimal("9223372036854775808"))).isEqualTo(Long.MIN_VALUE);

        assertThat(INT.decoded(n("3000000000"))).isEqualTo(ROW_LOST);
        assertThat(LONG.decoded(n("9223372036854775808"))).isEqualTo(ROW_LOST);
        assertThat(OneColumn.of(DataType.INT, OVERFLOW_IS_NULL).decoded(n("3000000000")))
                .isNull();
        assertThat(OneColumn.of(DataType.LONG, OVERFLOW_IS_NULL).decoded(n("1E125")))
                .isNull();
        assertThat(OneColumn.of(DataType.INT, OVERFLOW_SATURATES).decoded(n("3000000000")))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(OneColumn.of(DataType.LONG, OVERFLOW_SATURATES).decoded(n("-1E125")))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aFractionIsCutOffAndOursIsRefusedOrNull() throws Exception {
        assertThat(LONG.naive(new BigDecimal("1.9"))).isEqualTo(1L);
        assertThat(INT.naive(1.9)).isEqualTo(1);

        assertThat(LONG.decoded(n("1.9"))).isEqualTo(ROW_LOST);
        assertThat(INT.decoded(n("1.9"))).isEqualTo(ROW_LOST);
        assertThat(OneColumn.of(DataType.LONG, OVERFLOW_IS_NULL).decoded(n("1.9")))
                .isNull();
    }

    @Test
    void floatingNumbersAreTheNearestOnes() throws Exception {
        assertThat(DOUBLE.decoded(n("0.1"))).isEqualTo(0.1);
        assertThat(DOUBLE.decoded(n("9007199254740993"))).isEqualTo(9007199254740992.0);
        assertThat(FLOAT.decoded(n("16777217"))).isEqualTo(1.6777216E7f);
        // As a double it is half way between two floats, but the number is larger. Rounded twice, it would be 1.0.
        String aboveHalfWay = "1.00000005960464477539062500000001";
        assertThat(FLOAT.naive(Double.valueOf(aboveHalfWay))).isEqualTo(1.0f);
        assertThat(FLOAT.decoded(n(aboveHalfWay))).isEqualTo(1.0000001f);
    }

    @Test
    void beyondTheFloatingRangeIsInfinityAndOursIsRefusedOrNullOrTheNearest() throws Exception {
        assertThat(FLOAT.naive(new BigDecimal("1E39"))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(DOUBLE.naive(new BigDecimal("1E309"))).isEqualTo(Double.POSITIVE_INFINITY);

        assertThat(FLOAT.decoded(n("1E39"))).isEqualTo(ROW_LOST);
        assertThat(DOUBLE.decoded(n("-1E309"))).isEqualTo(ROW_LOST);
        assertThat(OneColumn.of(DataType.FLOAT, OVERFLOW_IS_NULL).decoded(n("1E39")))
                .isNull();
        assertThat(OneColumn.of(DataType.DOUBLE, OVERFLOW_SATURATES).decoded(n("-1E309")))
                .isEqualTo(-Double.MAX_VALUE);
    }

    @Test
    void aBigIntegerLosesDigitsAndOursNone() throws Exception {
        String text = "123456789012345678901234567890";
        assertThat(BIG_DECIMAL.naive(new BigInteger(text))).isNotEqualTo(text);

        assertThat(BIG_DECIMAL.decoded(n(text))).isEqualTo(text);
        assertThat(BIG_DECIMAL.decoded(n("-0.12345678901234567890123456789012345678")))
                .isEqualTo("-0.12345678901234567890123456789012345678");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"1.10, 1.1", "3.00, 3", "0.0, 0", "100, 100"})
    void trailingZerosOfADecimalStayOnlyWhereTheSchemaAllowsThem(String text, String stripped) throws Exception {
        FieldSpec allowed = new DimensionFieldSpec("v", DataType.BIG_DECIMAL, true);
        allowed.setAllowTrailingZeros(true);

        assertThat(OneColumn.of(allowed, Map.of()).decoded(n(text))).isEqualTo(text);
        assertThat(OneColumn.of(allowed, Map.of()).decoded(s(text))).isEqualTo(text);
        assertThat(BIG_DECIMAL.decoded(n(text))).isEqualTo(stripped);
    }

    @Test
    void aTextInANumericColumnIsReadAsNIfItIsANumber() throws Exception {
        assertThat(LONG.decoded(s("8032.0"))).isEqualTo(8032L);
        assertThat(INT.decoded(s("-1e2"))).isEqualTo(-100);
        assertThat(DOUBLE.decoded(s("0.5"))).isEqualTo(0.5);
        assertThat(BIG_DECIMAL.decoded(s("1.5"))).isEqualTo("1.5");
        assertThat(LONG.decoded(s("3000000000000000000000"))).isEqualTo(ROW_LOST);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"S\":\"twelve\"}",
                "{\"S\":\"\"}",
                "{\"S\":\" 12\"}",
                "{\"B\":\"AP8=\"}",
                "{\"L\":[{\"N\":\"1\"}]}",
                "{\"M\":{}}",
                "{\"NS\":[\"1\"]}"
            })
    void aValueOfAnotherKindIsNullOrRefused(String attributeValue) throws Exception {
        for (DataType type :
                new DataType[] {DataType.INT, DataType.LONG, DataType.FLOAT, DataType.DOUBLE, DataType.BIG_DECIMAL}) {
            assertThat(OneColumn.of(type).decoded(attributeValue)).isNull();
            assertThat(OneColumn.of(type, Map.of("dynamodb.onTypeMismatch", "FAIL"))
                            .decoded(attributeValue))
                    .isEqualTo(ROW_LOST);
        }
    }
}
