package blackbox;

import static blackbox.Items.exact;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs the parser of a random item in lock step with Jackson's own parsers of the same plain JSON. After each step,
 * every method returns the same. Where Jackson truncates a number, the parser may refuse it, but may not return another
 * value.
 */
class ParserLockStepTest {
    private static final ItemMapper MAPPER = ItemMapper.create();
    private static final String[] NUMBERS = {
        "0",
        "7",
        "-128",
        "128",
        "255",
        "32768",
        "2147483647",
        "-2147483648",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "-99999999999999999999999999999999999999",
        "1.5",
        "-0.25",
        "3000000000.5",
        "0.1",
        "12345678901234567890.123456789012345678",
        "1E-130",
        "1.5E+300",
        "9.99E+400",
        "1.00000017881393432617187499"
    };
    private static final String[] TEXTS = {
        "",
        "x",
        "é\"\\\n",
        "12",
        "-7",
        "3000000000",
        "1.5",
        "true",
        "false",
        "null",
        "AQID",
        "AP8",
        "not base64!",
        "\ud83d\udeb2",
        " 5 ",
        "NaN",
        "Infinity"
    };

    // ----------------------------------------------------------------------------------------------------- items

    /** Writes a random item as DynamoDB JSON, and its plain JSON as tokens. */
    private static final class Writer {
        private final SplittableRandom random;
        private final JsonGenerator plain;
        private final boolean binary;
        private final StringBuilder json = new StringBuilder();

        Writer(SplittableRandom random, JsonGenerator plain, boolean binary) {
            this.random = random;
            this.plain = plain;
            this.binary = binary;
        }

        void object(int size) throws IOException {
            plain.writeStartObject();
            json.append('{');
            for (int i = random.nextInt(size + 1); i > 0; i--) {
                String name = "n" + i + (random.nextInt(9) == 0 ? "/~é" : "");
                plain.writeFieldName(name);
                json.append('"').append(name).append("\":");
                value(size / 2);
                json.append(i > 1 ? "," : "");
            }
            plain.writeEndObject();
            json.append('}');
        }

        private void value(int size) throws IOException {
            switch (random.nextInt(10)) {
                case 0 -> {
                    plain.writeNull();
                    json.append("{\"NULL\":true}");
                }
                case 1 -> {
                    boolean value = random.nextBoolean();
                    plain.writeBoolean(value);
                    json.append("{\"BOOL\":").append(value).append('}');
                }
                case 2 -> {
                    json.append("{\"M\":");
                    object(size);
                    json.append('}');
                }
                case 3 -> {
                    json.append("{\"L\":[");
                    plain.writeStartArray();
                    for (int i = random.nextInt(size + 1); i > 0; i--) {
                        value(size / 2);
                        json.append(i > 1 ? "," : "");
                    }
                    plain.writeEndArray();
                    json.append("]}");
                }
                case 4 -> set();
                case 5, 6 -> {
                    json.append("{\"N\":\"");
                    number(NUMBERS[random.nextInt(NUMBERS.length)]);
                    json.append("\"}");
                }
                case 7 -> {
                    if (binary) {
                        byte[] bytes = new byte[random.nextInt(4)];
                        plain.writeObject(bytes);
                        json.append("{\"B\":\"")
                                .append(Base64.getEncoder().encodeToString(bytes))
                                .append("\"}");
                    } else {
                        text();
                    }
                }
                default -> text();
            }
        }

        private void text() throws IOException {
            String text = TEXTS[random.nextInt(TEXTS.length)];
            plain.writeString(text);
            json.append("{\"S\":\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append("\"}");
        }

        private void set() throws IOException {
            boolean numbers = random.nextBoolean();
            json.append(numbers ? "{\"NS\":[\"" : "{\"SS\":[\"");
            plain.writeStartArray();
            for (int i = 0; i < 2; i++) {
                if (numbers) {
                    number(i == 0 ? "5" : "0.5");
                } else {
                    plain.writeString("m" + i);
                    json.append("m").append(i);
                }
                json.append(i == 0 ? "\",\"" : "");
            }
            plain.writeEndArray();
            json.append("\"]}");
        }

        private void number(String number) throws IOException {
            BigDecimal value = new BigDecimal(number);
            json.append(number);
            if (value.scale() > 0 || value.precision() - value.scale() > 126) {
                plain.writeNumber(value);
            } else if (value.toBigInteger().bitLength() < 32) {
                plain.writeNumber(value.intValueExact());
            } else if (value.toBigInteger().bitLength() < 64) {
                plain.writeNumber(value.longValueExact());
            } else {
                plain.writeNumber(value.toBigInteger());
            }
        }
    }

    // --------------------------------------------------------------------------------------------------- questions

    private interface Question {
        @Nullable
        Object ask(JsonParser parser) throws IOException;
    }

    /** The methods whose results depend on the current token only, and which do not move the parser. */
    private static Map<String, Question> questions() {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("currentToken", JsonParser::currentToken);
        questions.put("currentTokenId", JsonParser::currentTokenId);
        questions.put("hasCurrentToken", JsonParser::hasCurrentToken);
        questions.put("hasToken", parser -> parser.hasToken(JsonToken.VALUE_STRING));
        questions.put("hasTokenId", parser -> parser.hasTokenId(6));
        questions.put("getLastClearedToken", JsonParser::getLastClearedToken);
        questions.put("isExpectedStartArrayToken", JsonParser::isExpectedStartArrayToken);
        questions.put("isExpectedStartObjectToken", JsonParser::isExpectedStartObjectToken);
        questions.put("isExpectedNumberIntToken", JsonParser::isExpectedNumberIntToken);
        questions.put("isNaN", JsonParser::isNaN);
        questions.put("isClosed", JsonParser::isClosed);
        questions.put("currentName", JsonParser::currentName);
        questions.put("context", parser -> context(parser.getParsingContext(), true));
        questions.put("currentValue", JsonParser::currentValue);
        questions.put("getText", JsonParser::getText);
        questions.put("getTextTo", parser -> {
            StringWriter writer = new StringWriter();
            return parser.getText(writer) + writer.toString();
        });
        questions.put("textCharacters", ParserLockStepTest::characters);
        questions.put("getTextLength", JsonParser::getTextLength);
        questions.put("getValueAsString", JsonParser::getValueAsString);
        questions.put("getValueAsString or", parser -> parser.getValueAsString("or"));
        questions.put("getValueAsBoolean", JsonParser::getValueAsBoolean);
        questions.put("getValueAsBoolean or", parser -> parser.getValueAsBoolean(true));
        questions.put("getBooleanValue", JsonParser::getBooleanValue);
        questions.put("getBinaryValue", JsonParser::getBinaryValue);
        questions.put("getBinaryValue of MIME", parser -> parser.getBinaryValue(Base64Variants.MIME));
        questions.put("readBinaryValue", parser -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            int length = parser.readBinaryValue(out);
            return length + Arrays.toString(out.toByteArray());
        });
        questions.put("getObjectId", JsonParser::getObjectId);
        questions.put("getTypeId", JsonParser::getTypeId);
        questions.put("canReadObjectId", JsonParser::canReadObjectId);
        questions.put("canReadTypeId", JsonParser::canReadTypeId);
        return questions;
    }

    /**
     * Includes methods whose results differ for a parser of text: it has no embedded objects, returns doubles, and the
     * type of a number that it returns depends on the type that was requested before.
     */
    private static Map<String, Question> questionsToABuffer() {
        Map<String, Question> questions = questions();
        // A buffer counts the entries of an object differently from a parser of text.
        questions.put("context", parser -> context(parser.getParsingContext(), false));
        questions.put("getValueAsInt", JsonParser::getValueAsInt);
        questions.put("getValueAsInt or", parser -> parser.getValueAsInt(77));
        questions.put("getValueAsLong", JsonParser::getValueAsLong);
        questions.put("getValueAsLong or", parser -> parser.getValueAsLong(77));
        questions.put("getValueAsDouble", JsonParser::getValueAsDouble);
        questions.put("getValueAsDouble or", parser -> parser.getValueAsDouble(77));
        questions.put("getDecimalValue", JsonParser::getDecimalValue);
        questions.put("getBigIntegerValue", JsonParser::getBigIntegerValue);
        questions.put("getLongValue", JsonParser::getLongValue);
        questions.put("getIntValue", JsonParser::getIntValue);
        questions.put("getShortValue", JsonParser::getShortValue);
        questions.put("getByteValue", JsonParser::getByteValue);
        questions.put("getDoubleValue", JsonParser::getDoubleValue);
        questions.put("getFloatValue", JsonParser::getFloatValue);
        questions.put("getNumberType", JsonParser::getNumberType);
        questions.put("getNumberTypeFP", JsonParser::getNumberTypeFP);
        questions.put("getNumberValue", JsonParser::getNumberValue);
        questions.put("getNumberValueExact", JsonParser::getNumberValueExact);
        questions.put("getNumberValueDeferred", JsonParser::getNumberValueDeferred);
        questions.put("getEmbeddedObject", JsonParser::getEmbeddedObject);
        questions.put("hasTextCharacters", JsonParser::hasTextCharacters);
        return questions;
    }

    private static @Nullable String characters(JsonParser parser) throws IOException {
        char[] characters = parser.getTextCharacters();
        return characters == null ? null : new String(characters, parser.getTextOffset(), parser.getTextLength());
    }

    private static String context(JsonStreamContext context, boolean counts) {
        StringBuilder text = new StringBuilder(context.pathAsPointer() + " ");
        for (JsonStreamContext at = context; at != null; at = at.getParent()) {
            text.append(at.typeDesc())
                    .append(at.getCurrentName())
                    .append(at.hasCurrentName())
                    .append(at.inRoot() || !counts ? 0 : at.getCurrentIndex())
                    .append(at.inRoot() || !counts ? 0 : at.getEntryCount())
                    .append(at.hasPathSegment())
                    .append(' ');
        }
        return text.toString();
    }

    private static @Nullable Object answer(Question question, JsonParser parser) {
        try {
            Object answer = question.ask(parser);
            return answer instanceof byte[] bytes ? Arrays.toString(bytes) : answer;
        } catch (JsonProcessingException e) {
            return Refused.REFUSED;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private enum Refused {
        REFUSED
    }

    private static void assertSame(String name, JsonParser expected, JsonParser actual, Question question)
            throws IOException {
        Object theirs = answer(question, expected);
        Object ours = answer(question, actual);
        if (ours == Refused.REFUSED
                && theirs instanceof Number number
                && expected.currentToken() != null
                && expected.currentToken().isNumeric()) {
            // From 1E126, which DynamoDB does not support, a number with an exponent is not an integer token.
            boolean large = expected.getDecimalValue().abs().compareTo(new BigDecimal("1E126")) >= 0;
            assertThat(large || new BigDecimal(number.toString()).compareTo(expected.getDecimalValue()) != 0)
                    .as("%s of %s is refused although it is exact", name, expected.getText())
                    .isTrue();
        } else {
            assertThat(ours)
                    .as("%s at %s %s", name, expected.currentToken(), expected.getText())
                    .isEqualTo(theirs);
        }
    }

    private static final Map<String, Question> STEPS = Map.of(
            "nextToken",
            JsonParser::nextToken,
            "nextValue",
            JsonParser::nextValue,
            "nextFieldName",
            JsonParser::nextFieldName,
            "nextFieldName of",
            parser -> parser.nextFieldName(new SerializedString("n2")),
            "nextTextValue",
            JsonParser::nextTextValue,
            "nextIntValue",
            parser -> parser.nextIntValue(77),
            "nextLongValue",
            parser -> parser.nextLongValue(77),
            "nextBooleanValue",
            JsonParser::nextBooleanValue,
            "skipChildren",
            parser -> parser.skipChildren().currentToken(),
            "clearCurrentToken",
            parser -> {
                parser.clearCurrentToken();
                return null;
            });

    private static void walk(
            SplittableRandom random, JsonParser expected, JsonParser actual, Map<String, Question> questions)
            throws IOException {
        List<String> steps = STEPS.keySet().stream().sorted().toList();
        List<String> asked = List.copyOf(questions.keySet());
        boolean started = false;
        while (!(started && expected.getParsingContext().inRoot())) {
            // Half of the steps are nextToken, so that the walk becomes deep.
            String step = random.nextBoolean() ? "nextToken" : steps.get(random.nextInt(steps.size()));
            if (step.equals("clearCurrentToken") && expected.hasToken(JsonToken.FIELD_NAME)) {
                step = "nextToken"; // after clearing a name, a parser of text would read the value as a name
            }
            assertSame(step, expected, actual, requireNonNull(STEPS.get(step)));
            started |= expected.currentToken() != null;
            if (expected.currentToken() == null && !questions.containsKey("getEmbeddedObject")) {
                continue; // a parser of text still returns the value of a cleared token
            }
            int first = random.nextInt(asked.size());
            for (int i = 0; i < asked.size(); i++) {
                String name = asked.get((first + i) % asked.size());
                assertSame(name, expected, actual, requireNonNull(questions.get(name)));
            }
            if (expected.hasToken(JsonToken.START_OBJECT) || expected.hasToken(JsonToken.START_ARRAY)) {
                Object value = "value" + random.nextInt();
                expected.assignCurrentValue(value);
                actual.assignCurrentValue(value);
            } else if (expected.hasToken(JsonToken.FIELD_NAME)) {
                String name = expected.currentName();
                assertOverridden("other", expected, actual);
                assertOverridden(name, expected, actual);
            }
        }
    }

    private static void assertOverridden(String name, JsonParser expected, JsonParser actual) throws IOException {
        expected.overrideCurrentName(name);
        actual.overrideCurrentName(name);
        assertThat(actual.currentName()).isEqualTo(expected.currentName()).isEqualTo(name);
        assertThat(actual.getParsingContext().pathAsPointer())
                .isEqualTo(expected.getParsingContext().pathAsPointer());
    }

    // -------------------------------------------------------------------------------------------------- the rules

    @Property(tries = 1000)
    void anItemsParserBehavesAsATokenBufferOfItsPlainJson(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        TokenBuffer buffer = new TokenBuffer(null, false);
        Writer writer = new Writer(random, buffer, true);
        writer.object(size);

        walk(random, buffer.asParser(), MAPPER.parser(exact(writer.json.toString())), questionsToABuffer());
    }

    @Property(tries = 1000)
    void anItemsParserBehavesAsAParserOfItsPlainJsonAsText(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringWriter text = new StringWriter();
        JsonGenerator plain = new JsonFactory().createGenerator(text);
        Writer writer = new Writer(random, plain, false);
        writer.object(size);
        plain.close();
        JsonParser expected = new JsonFactory().createParser(text.toString());
        JsonParser actual = MAPPER.parser(exact(writer.json.toString()));

        walk(random, expected, actual, questions());

        for (int i = 0; i < 2; i++) {
            assertThat(actual.nextToken()).isEqualTo(expected.nextToken()).isNull();
            assertThat(actual.currentToken()).isEqualTo(expected.currentToken());
            assertThat(actual.isClosed()).isEqualTo(expected.isClosed());
            assertThat(actual.getText()).isEqualTo(expected.getText());
            assertThat(actual.currentName()).isEqualTo(expected.currentName());
        }
    }

    @Property(tries = 500)
    void aParserThatIsClosedEarlyBehavesAsAParserOfText(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int steps) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringWriter text = new StringWriter();
        JsonGenerator plain = new JsonFactory().createGenerator(text);
        Writer writer = new Writer(random, plain, false);
        writer.object(6);
        plain.close();
        JsonParser expected = new JsonFactory().createParser(text.toString());
        JsonParser actual = MAPPER.parser(exact(writer.json.toString()));
        for (int i = 0; i < steps; i++) {
            expected.nextToken();
            actual.nextToken();
        }
        expected.close();
        actual.close();
        assertThat(actual.isClosed()).isTrue();
        assertThat(actual.currentToken()).isEqualTo(expected.currentToken());
        assertThat(actual.nextToken()).isNull(); // a parser of text reports the missing rest of its input
        assertThat(actual.currentToken()).isNull();
    }

    @Test
    void theParserOverridesEveryComparedMethod() {
        Set<String> steps = STEPS.keySet();
        Iterator<String> names = questionsToABuffer().keySet().iterator();
        assertThat(names).toIterable().doesNotContainAnyElementsOf(steps).hasSizeGreaterThan(45);
    }
}
