package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reference.SharedData;

/** Number texts as N and as a member of NS: the grammar decides, and every conversion is exact or refuses. */
class NumberTextsTest {
    private static final Pattern GRAMMAR = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?0*([0-9]*))?");
    private static final int MAX_LENGTH = 256;
    private static final int MAX_EXPONENT_DIGITS = 4;

    private record Text(long doubleBits, String text) {}

    @Test
    void ofAllNumberTexts81AreInvalid138AreOverALimitAndTheOthersAreExact() throws IOException {
        List<Text> texts = numbers();
        assertThat(texts).hasSize(16_868);
        Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
        List<String> disagreements = new ArrayList<>();
        int infinite = 0;
        for (Text text : texts) {
            DecodeResult result = DECODER.tryDecode(record(text.text()));
            DecodeException failure = result.failure();
            Reason expected = decidedByTheGrammar(text.text());
            if (failure != null || expected != null) {
                if (failure == null || failure.reason() != expected) {
                    disagreements.add(text.text() + ": must be " + expected);
                } else {
                    refused.merge(expected, 1, Integer::sum);
                }
                continue;
            }
            Item image = newImage(result.orElseThrow());
            infinite += Double.isInfinite(Double.longBitsToDouble(text.doubleBits())) ? 1 : 0;
            if (!isExact(image.require("n"), text)) {
                disagreements.add(text.text() + ": not exact");
            }
            BigDecimal number = new BigDecimal(text.text());
            if (!isSameText(image.require("ns").asNumberSet().iterator().next(), number)) {
                disagreements.add(text.text() + ": another number in NS");
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(refused).isEqualTo(Map.of(Reason.BAD_NUMBER, 81, Reason.NUMBER_LIMIT, 138));
        assertThat(infinite).isEqualTo(158);
    }

    @Test
    void textsOfDynamoDbsOwnTestsAreDecidedByTheGrammar() throws IOException {
        List<String> texts = dynamoDbTexts();
        assertThat(texts).hasSize(108);
        for (String text : texts) {
            Reason expected = decidedByTheGrammar(text);
            DecodeResult result = DECODER.tryDecode(record(text));
            DecodeException failure = result.failure();
            assertThat(failure == null ? null : failure.reason()).as(text).isEqualTo(expected);
            if (failure == null) {
                AttributeValue value = newImage(result.orElseThrow()).require("n");
                assertThat(isExact(value, new Text(Double.doubleToLongBits(Double.parseDouble(text)), text)))
                        .as(text)
                        .isTrue();
            }
        }
    }

    private static byte[] record(String text) {
        return json("{'dynamodb':{'Keys':{},'NewImage':{'n':{'N':'" + text + "'},'ns':{'NS':['" + text + "']}}}}");
    }

    private static @Nullable Reason decidedByTheGrammar(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches() || text.matches(".*[eE][+-]?")) {
            return Reason.BAD_NUMBER;
        }
        String exponent = matcher.group(1);
        boolean isOver = text.length() > MAX_LENGTH || (exponent != null && exponent.length() > MAX_EXPONENT_DIGITS);
        return isOver ? Reason.NUMBER_LIMIT : null;
    }

    private static boolean isExact(AttributeValue value, Text text) {
        BigDecimal number = new BigDecimal(text.text());
        return value.numberText().equals(text.text())
                && isSameText(value.asBigDecimal(), number)
                && isExactDouble(value, text.doubleBits())
                && isExactLong(value, number);
    }

    /** The same digits and the same scale. */
    private static boolean isSameText(BigDecimal actual, BigDecimal expected) {
        return actual.unscaledValue().equals(expected.unscaledValue()) && actual.scale() == expected.scale();
    }

    private static boolean isExactDouble(AttributeValue value, long bits) {
        double expected = Double.longBitsToDouble(bits);
        if (Double.isInfinite(expected)) {
            AttributeValueException refusal = catchThrowableOfType(AttributeValueException.class, value::asDouble);
            return refusal != null && refusal.reason() == AttributeValueException.Reason.OUT_OF_RANGE;
        }
        return Double.doubleToRawLongBits(value.asDouble()) == bits;
    }

    private static boolean isExactLong(AttributeValue value, BigDecimal number) {
        boolean isIntegral = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        long expected;
        try {
            expected = number.longValueExact();
        } catch (ArithmeticException e) {
            AttributeValueException refusal = catchThrowableOfType(AttributeValueException.class, value::asLong);
            return refusal != null
                    && refusal.reason()
                            == (isIntegral
                                    ? AttributeValueException.Reason.OUT_OF_RANGE
                                    : AttributeValueException.Reason.NOT_INTEGRAL);
        }
        return value.asLong() == expected;
    }

    private static List<Text> numbers() throws IOException {
        return Files.readAllLines(SharedData.requireOrSkip("suites", "numbers.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .map(fields -> new Text(Long.parseUnsignedLong(fields[0], 16), fields[3]))
                .toList();
    }

    private static List<String> dynamoDbTexts() throws IOException {
        List<String> texts = new ArrayList<>();
        byte[] file = Files.readAllBytes(SharedData.requireOrSkip("suites", "ddb_number_texts.json"));
        try (JsonParser parser = new JsonFactory().createParser(file)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }
}
