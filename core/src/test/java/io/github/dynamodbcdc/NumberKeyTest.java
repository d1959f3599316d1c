package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberKeyTest {
    // ----------------------------------------------------------------------------------------------- equality

    @Property
    void equalityIsByValue(@ForAll("texts") String left, @ForAll("texts") String right) {
        Decimal.Key one = new Decimal.Key(left);
        Decimal.Key two = new Decimal.Key(right);
        boolean same = new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
        assertThat(one.equals(two)).isEqualTo(same);
        assertThat(one.compareTo(two) == 0).isEqualTo(same);
        assertThat(Integer.signum(one.compareTo(two))).isEqualTo(-Integer.signum(two.compareTo(one)));
        if (same) {
            assertThat(one).hasSameHashCodeAs(two);
        }
    }

    @Property
    void anotherSpellingIsTheSameNumber(@ForAll("texts") String text) {
        BigDecimal value = new BigDecimal(text);
        Decimal.Key number = new Decimal.Key(text);
        for (String other : List.of(
                value.toString(),
                value.toPlainString(),
                value.stripTrailingZeros().toString(),
                value.setScale(value.scale() + 7).toString(),
                value.unscaledValue() + "000E" + (-(long) value.scale() - 3))) {
            assertThat(new Decimal.Key(other)).isEqualTo(number).hasSameHashCodeAs(number);
        }
    }

    @Test
    void theOrderIsTotal() {
        List<Decimal.Key> numbers = new ArrayList<>();
        for (String text :
                new String[] {"0", "-0", "-0.0E9", "1", "-1", "-5", "5", "1E3", "-1E-3", "12", "-12", "10"}) {
            numbers.add(new Decimal.Key(text));
        }
        for (Decimal.Key a : numbers) {
            for (Decimal.Key b : numbers) {
                for (Decimal.Key c : numbers) {
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                        assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
                    }
                }
            }
        }
    }

    @Test
    void zeroIsOneNumberAmongManyThatCollideWithIt() {
        Set<Decimal.Key> set = new HashSet<>(1 << 10);
        for (String text : collidingWithZero(32)) {
            set.add(new Decimal.Key(text));
        }
        set.add(new Decimal.Key("0"));
        assertThat(set).hasSize(33).contains(new Decimal.Key("-0"), new Decimal.Key("0.00"));
        assertThat(set.add(new Decimal.Key("-0"))).isFalse();
    }

    /** Negative numbers with the hash of zero. */
    private static List<String> collidingWithZero(int count) {
        Random random = new Random(1);
        List<String> texts = new ArrayList<>();
        // hash = digits.hashCode() * 31 + exponent: search digits whose exponent then is a legal one.
        while (texts.size() < count) {
            String text = String.valueOf(random.nextLong() >>> 1 | 1);
            int exponent = -(text.hashCode() * 31);
            if (exponent >= 0 && exponent < 10_000_000) {
                texts.add("-" + text + "E" + exponent);
            }
        }
        assertThat(texts.stream().map(text -> new Decimal.Key(text).hashCode()).collect(Collectors.toSet()))
                .containsExactly(new Decimal.Key("0").hashCode());
        return texts;
    }

    // -------------------------------------------------------------------------------------------- conversions

    @Property
    void toBigDecimalHasDigitsAndScaleOfTheText(@ForAll("texts") String text) {
        assertThat(NumberConversion.toBigDecimal(text)).isEqualTo(new BigDecimal(text));
    }

    @Property
    void viewsConvertAsTheJdkDoes(@ForAll("texts") String text) {
        AttributeValue value = value(text);
        assertThat(value.numberText()).isEqualTo(text);
        assertThat(value.asBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(value.asDouble()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {599, 600, 601, 1200, 1201, 20_000})
    void longTextsConvertRight(int digits) {
        String text = new Random(digits)
                .ints(digits, '0', '9' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        int point = digits / 3;
        for (String spelling : new String[] {
            text,
            "-" + text,
            "+" + text + "E7",
            text.substring(0, point) + "." + text.substring(point),
            "-" + text.substring(0, point) + "." + text.substring(point) + "e-123",
        }) {
            BigDecimal expected = new BigDecimal(spelling);
            assertThat(NumberConversion.toBigDecimal(spelling)).isEqualTo(expected);
            assertThat(value(spelling).asBigDecimal()).isEqualTo(expected);
            assertThat(value(spelling)).isEqualTo(value(spelling + (spelling.matches(".*[eE].*") ? "" : "E0")));
        }
    }

    @Test
    void theLongestTextConvertsRight() {
        String text = "8".repeat(65_536);
        assertThat(value(text).asBigDecimal()).isEqualTo(new BigDecimal(text));
    }

    @Test
    void theLargestExponentConvertsRight() {
        for (String text : new String[] {"1E999999", "-1E-999999", "0E999999", "123.456E-999999"}) {
            assertThat(value(text).asBigDecimal()).isEqualTo(new BigDecimal(text));
            assertThat(value(text)).isEqualTo(value(text)).hasSameHashCodeAs(value(text));
        }
    }

    private static final ChangeEventDecoder LARGE = ChangeEventDecoder.builder()
            .limits(DecodeLimits.defaults().withMaxNumberLength(65_536).withMaxExponentDigits(6))
            .build();

    private static AttributeValue value(String number) {
        return Decoded.newImage(LARGE, "{'n':{'N':'" + number + "'}}").require("n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, ",
        "1.0, ",
        "1e2, ",
        "-1E0, ",
    })
    void integerOrNullReadsIntegersOfJsonOnly(String text, @Nullable Long value) {
        byte[] data = ("[" + text + "]").getBytes(US_ASCII);
        assertThat(NumberConversion.integerOrNull(data, 1, data.length - 1)).isEqualTo(value);
    }

    /** Numbers of DynamoDB in all spellings, of few digits and exponents so that equal ones meet. */
    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> signs = Arbitraries.of("", "-", "+");
        Arbitrary<String> few =
                Arbitraries.strings().withChars('0', '1', '9').ofMinLength(1).ofMaxLength(4);
        Arbitrary<String> many = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> whole = Arbitraries.oneOf(few, few, many);
        Arbitrary<String> fractions = Arbitraries.oneOf(Arbitraries.just(""), whole.map(digits -> "." + digits));
        Arbitrary<String> exponents = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.integers().between(-4, 4).map(exponent -> "E" + exponent),
                Arbitraries.integers().between(-130, 125).map(exponent -> "e" + exponent),
                Arbitraries.integers().between(0, 20).map(exponent -> "E+0" + exponent));
        return Combinators.combine(signs, whole, fractions, exponents)
                .as((sign, digits, fraction, exponent) -> sign + digits + fraction + exponent)
                .withoutEdgeCases();
    }
}
