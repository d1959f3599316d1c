package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.LongRunning;
import fixtures.Sampling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    /** The number of texts of each kind to compare with the JDK's conversion; larger under {@code exhaustive}. */
    private static final int TEXTS = Sampling.EXHAUSTIVE ? 5_000_000 : 100_000;

    /** One for all texts: what an earlier one left must not show. */
    private static final Decimal DECIMAL = new Decimal();

    private static Decimal decimal(String text) {
        byte[] data = text.getBytes(ISO_8859_1);
        DECIMAL.readText(data, 0, data.length);
        return DECIMAL;
    }

    private static double nearest(String text) {
        byte[] data = ("\"" + text + "9\"").getBytes(ISO_8859_1);
        return DECIMAL.textToDouble(data, 1, data.length - 2);
    }

    @Provide
    static Arbitrary<String> texts() {
        return NumberKeyTest.texts();
    }

    // -------------------------------------------------------------------------------------------------- sizes

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0, 1",
        "0.00E50, 1",
        "1, 2",
        "-1, 3",
        "+1, 2",
        "001, 2",
        "9, 2",
        "10, 2",
        "99, 2",
        "100, 2",
        "101, 3",
        "123, 3",
        "1230, 3",
        "12300, 3",
        "1234, 3",
        "12345, 4",
        "1E2, 2",
        "1E3, 2",
        "1E126, 2",
        "12E1, 3",
        "0.1, 2",
        "0.01, 2",
        "0.12, 2",
        "0.012, 3",
        "1.5, 3",
        "1.50, 3",
        "-1.5, 4",
        "12.5, 3",
        "0.0000001, 2",
        "-97.169068, 6",
        "-41.13523, 6",
        "1719039879651, 8",
        "8032, 3",
        "45, 2",
        "9007199254740993, 9",
        "12345678901234567890123456789012345678, 20",
        "1.2345678901234567890123456789012345678, 21",
        "-1.2345678901234567890123456789012345678, 22",
        "1E-130, 2",
    })
    void sizeIsAByteForEachTwoDigitsAlignedToAnEvenExponentAndOneMoreAndOneForTheSign(String text, int size) {
        assertThat(decimal(text).size()).isEqualTo(size);
    }

    @Property
    void sizeFollowsTheFormula(@ForAll("texts") String text) {
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        int expected = 1;
        if (value.signum() != 0) {
            int digits = value.precision() + (value.scale() % 2 == 0 ? 0 : 1);
            expected = (digits + 1) / 2 + 1 + (value.signum() < 0 ? 1 : 0);
        }
        assertThat(decimal(text).size()).isEqualTo(expected);
    }

    // -------------------------------------------------------------------------------------------------- longs

    @Property
    void aLongIsExactlyWhatIsIntegralAndFits(@ForAll("texts") String text) {
        BigDecimal value = new BigDecimal(text);
        Decimal number = decimal(text);
        boolean integral = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
        boolean fits = value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        assertThat(number.isIntegral()).isEqualTo(integral);
        assertThat(number.isLong()).isEqualTo(integral && fits);
        if (integral && fits) {
            assertThat(number.toLong()).isEqualTo(value.longValueExact());
        }
    }

    @Property
    void everyLongIsALong(@ForAll long value) {
        for (String text : List.of(
                Long.toString(value), value + ".000", value + "0E-1", value + "." + "0".repeat(30), value + "E0")) {
            Decimal number = decimal(text);
            assertThat(number.isLong()).isTrue();
            assertThat(number.toLong()).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551616",
                "1E19",
                "1E999999",
                "99999999999999999999",
                "0.5",
                "1E-999999"
            })
    void noLong(String text) {
        assertThat(decimal(text).isLong()).isFalse();
    }

    // ------------------------------------------------------------------------------------------------ doubles

    /** By their bits, so that -0 is not 0. */
    private static void assertNearest(String text) {
        long expected = Double.doubleToLongBits(Double.parseDouble(text));
        if (Double.doubleToLongBits(nearest(text)) != expected) {
            assertThat(nearest(text)).as(text).isEqualTo(Double.longBitsToDouble(expected));
        }
    }

    @Property
    void numbersOfDynamoDb(@ForAll("texts") String text) {
        assertNearest(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0E999",
                "-0.000E-999",
                "4.9E-324",
                "2.4703282292062327E-324",
                "2.4703282292062328E-324",
                "2.2250738585072014E-308",
                "2.2250738585072011E-308",
                "2.2250738585072012E-308",
                "1.7976931348623157E308",
                "1.7976931348623158E308",
                "1.7976931348623159E308",
                "9007199254740993",
                "9007199254740993.0000000000000000000000000000000000000001",
                "9007199254740992.9999999999999999999999999999999999999999",
                "9007199254740995",
                "1E-400",
                "-1E400",
                "123456789012345678901234567890E-340",
                "0.000000000000000000000000000000000000000000001E-300",
                "18446744073709551615",
                "18446744073709551616",
                "9999999999999999999",
                "10000000000000000000",
                "9999999999999999999999999999999999999999",
                "8.41E21",
                "9.5367431640625E-7"
            })
    void cornersOfDoubles(String text) {
        assertNearest(text);
        assertNearest("-" + text.replace("-", "").replace("E", "E-"));
    }

    /** Doubles of all magnitudes: their own texts, and texts as long as DynamoDB's numbers. */
    @Test
    void doublesOfAllMagnitudes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TEXTS; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertNearest(Double.toString(value));
            }
        }
    }

    @Test
    void digitsOfAnyNumberWithAnyExponent() {
        SplittableRandom random = new SplittableRandom(2);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TEXTS; i++) {
            text.setLength(0);
            for (int digits = random.nextInt(1, 42); digits > 0; digits--) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            assertNearest(text.append('E').append(random.nextInt(-350, 320)).toString());
        }
    }

    /** Cases that a digit far to the right decides: the exact middle between two doubles, and the numbers beside it. */
    @LongRunning
    @Test
    void middlesBetweenDoubles() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < TEXTS / 50; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            value = i % 10 == 0 ? value * Double.MIN_NORMAL * Double.MIN_NORMAL : value; // often subnormal or 0
            double next = Math.nextUp(value);
            if (!Double.isFinite(next)) {
                continue;
            }
            assertMiddle(new BigDecimal(value).add(new BigDecimal(next)).divide(BigDecimal.valueOf(2)));
        }
        // Of few bits: the middle has few digits, and more of them fit a word.
        for (int i = 0; i < TEXTS / 5; i++) {
            long bits = random.nextLong(1L << 53, 1L << 54) | 1;
            assertMiddle(new BigDecimal(bits).multiply(BigDecimal.valueOf(2).pow(random.nextInt(0, 30))));
            assertMiddle(new BigDecimal(bits).divide(BigDecimal.valueOf(2).pow(random.nextInt(0, 12))));
        }
    }

    @Test
    void theMiddlesAtBothEnds() {
        assertMiddle(new BigDecimal(Double.MIN_VALUE).divide(BigDecimal.valueOf(2)));
        assertMiddle(new BigDecimal(Double.MIN_VALUE).multiply(BigDecimal.valueOf(1.5)));
        BigDecimal ulp = new BigDecimal(Math.ulp(Double.MAX_VALUE));
        assertMiddle(new BigDecimal(Double.MAX_VALUE).add(ulp.divide(BigDecimal.valueOf(2))));
        BigDecimal smallestNormal = new BigDecimal(Double.MIN_NORMAL);
        assertMiddle(smallestNormal.subtract(new BigDecimal(Double.MIN_VALUE).divide(BigDecimal.valueOf(2))));
    }

    private static void assertMiddle(BigDecimal middle) {
        String digits = middle.stripTrailingZeros().unscaledValue().toString();
        long exponent = -(long) middle.stripTrailingZeros().scale();
        assertNearest(digits + "E" + exponent);
        assertNearest(digits + "000000E" + (exponent - 6));
        for (int zeros : new int[] {0, 3, 40, 900}) {
            assertNearest(digits + "0".repeat(zeros) + "1E" + (exponent - zeros - 1));
        }
        String below = new BigInteger(digits).subtract(BigInteger.ONE).toString();
        for (int nines : new int[] {0, 1, 20, 900}) {
            assertNearest(below + "9".repeat(nines) + "E" + (exponent - nines));
        }
        assertNearest("-0000." + "0".repeat(20) + digits + "E" + (exponent + digits.length() + 20));
    }

    // ------------------------------------------------------------------------------------------------ escapes

    @Property
    void escapesMakeNoDifference(@ForAll("texts") String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            escaped.append(String.format("\\u%04x", (int) text.charAt(i)));
        }
        int size = decimal(text).size();
        boolean isLong = DECIMAL.isLong();
        assertThat(decimal(escaped.toString()).size()).isEqualTo(size);
        assertThat(DECIMAL.isLong()).isEqualTo(isLong);
        byte[] data = escaped.toString().getBytes(ISO_8859_1);
        assertThat(DECIMAL.textToDouble(data, 0, data.length)).isEqualTo(Double.parseDouble(text));
    }
}
