package blackbox;

import static blackbox.Items.exact;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the parser with Jackson's own on the same plain JSON. */
class ItemParserTest {
    private static final String EVERYTHING = "{'s':{'S':'é\"x'},'n':{'N':'12'},'d':{'N':'1.5'},'t':{'BOOL':true},"
            + "'f':{'BOOL':false},'u':{'NULL':true},'m':{'M':{'a':{'M':{}},'b':{'L':[]}}},"
            + "'l':{'L':[{'N':'1'},{'M':{'x':{'S':''}}},{'L':[{'NULL':true}]}]},"
            + "'ss':{'SS':['p','q']},'ns':{'NS':['2']}}";
    private static final String PLAIN = "{'s':'é\\\"x','n':12,'d':1.5,'t':true,'f':false,'u':null,'m':{'a':{},'b':[]},"
            + "'l':[1,{'x':''},[null]],'ss':['p','q'],'ns':[2]}";

    private final ItemMapper mapper = ItemMapper.create();

    private JsonParser parser(String dynamoDbJson) {
        return mapper.parser(exact(dynamoDbJson.replace("\"", "\\\"").replace('\'', '"')));
    }

    private static List<String> tokens(JsonParser parser) throws IOException {
        List<String> tokens = new ArrayList<>();
        while (parser.nextToken() != null) {
            tokens.add(parser.currentToken() + " " + parser.getText() + " " + parser.currentName() + " "
                    + parser.getParsingContext().getNestingDepth() + " "
                    + parser.getParsingContext() + " "
                    + parser.getParsingContext().pathAsPointer());
        }
        return tokens;
    }

    @Test
    void tokensTextsNamesContextsAndPointersAreThoseOfThePlainJson() throws IOException {
        JsonParser expected = new JsonFactory().createParser(PLAIN.replace('\'', '"'));
        assertThat(tokens(parser(EVERYTHING))).isEqualTo(tokens(expected));
    }

    @Test
    void copiedTokensAreThePlainJson() throws IOException {
        StringWriter copied = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(copied)) {
            JsonParser parser = parser(EVERYTHING);
            parser.nextToken();
            json.copyCurrentEventExact(parser);
            while (parser.nextToken() != null) {
                json.copyCurrentEventExact(parser);
            }
        }
        assertThat(copied.toString().replace('"', '\'')).isEqualTo(PLAIN.replace("\\\"", "\\'"));
    }

    @Test
    void skippingLeavesTheParserAtTheEndToken() throws IOException {
        for (int skipped = 0; skipped < 30; skipped++) {
            JsonParser expected = new JsonFactory().createParser(PLAIN.replace('\'', '"'));
            JsonParser actual = parser(EVERYTHING);
            for (int i = 0; i < skipped; i++) {
                expected.nextToken();
                actual.nextToken();
            }
            expected.skipChildren();
            actual.skipChildren();
            assertThat(actual.currentToken()).isEqualTo(expected.currentToken());
            assertThat(tokens(actual)).isEqualTo(tokens(expected));
        }
    }

    @Test
    void afterTheEndThereIsNoTokenAndTheParserIsClosed() throws IOException {
        JsonParser parser = parser("{}");
        assertThat(parser.currentToken()).isNull();
        assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        assertThat(parser.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        assertThat(parser.isClosed()).isFalse();
        assertThat(parser.nextToken()).isNull();
        assertThat(parser.isClosed()).isTrue();
        assertThat(parser.nextToken()).isNull();
        JsonParser closed = parser(EVERYTHING);
        closed.nextToken();
        closed.close();
        assertThat(closed.nextToken()).isNull();
    }

    @Test
    void aClearedTokenDoesNotStartAgain() throws IOException {
        JsonParser parser = parser("{'a':{'N':'1'}}");
        parser.nextToken();
        parser.clearCurrentToken();
        assertThat(parser.nextToken()).isEqualTo(JsonToken.FIELD_NAME);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0, VALUE_NUMBER_INT, INT",
        "-0, VALUE_NUMBER_INT, INT",
        "2147483647, VALUE_NUMBER_INT, INT",
        "2147483648, VALUE_NUMBER_INT, LONG",
        "-2147483648, VALUE_NUMBER_INT, INT",
        "9223372036854775807, VALUE_NUMBER_INT, LONG",
        "-9223372036854775808, VALUE_NUMBER_INT, LONG",
        "9223372036854775808, VALUE_NUMBER_INT, BIG_INTEGER",
        "000000000000000000000000000007, VALUE_NUMBER_INT, INT",
        "5.0, VALUE_NUMBER_INT, INT",
        "0.000, VALUE_NUMBER_INT, INT",
        "0E-9999, VALUE_NUMBER_INT, INT",
        "0E9999, VALUE_NUMBER_INT, INT",
        "5E3, VALUE_NUMBER_INT, INT",
        "1.25E+2, VALUE_NUMBER_INT, INT",
        "1.25E+1, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
        "0.10E1, VALUE_NUMBER_INT, INT",
        "100E-2, VALUE_NUMBER_INT, INT",
        "100E-3, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
        "1E125, VALUE_NUMBER_INT, BIG_INTEGER",
        "0.01E127, VALUE_NUMBER_INT, BIG_INTEGER",
        "1E126, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
        "1E9999, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
        "1.5, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
        "1E-130, VALUE_NUMBER_FLOAT, BIG_DECIMAL",
    })
    void aNumberIsAnIntegerByItsValue(String number, JsonToken token, NumberType type) throws IOException {
        JsonParser parser = parser("{'n':{'N':'" + number + "'}}");
        parser.nextToken();
        parser.nextToken();
        assertThat(parser.nextToken()).isEqualTo(token);
        assertThat(parser.getNumberType()).isEqualTo(type);
        assertThat(parser.getDecimalValue()).isEqualTo(new BigDecimal(number));
        assertThat(new BigDecimal(parser.getNumberValue().toString())).isEqualByComparingTo(number);
        assertThat(new BigDecimal(parser.getText())).isEqualByComparingTo(number);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-128, true, true",
        "127, true, true",
        "128, false, true",
        "-129, false, true",
        "1.28E2, false, true",
        "32767, false, true",
        "32768, false, false",
        "-32769, false, false",
        "0.5, false, false",
        "9223372036854775808, false, false"
    })
    void bytesAndShortsAreExactOrRefused(String number, boolean fitsByte, boolean fitsShort) throws IOException {
        JsonParser parser = parser("{'n':{'N':'" + number + "'}}");
        parser.nextToken();
        parser.nextToken();
        parser.nextToken();
        if (fitsByte) {
            assertThat(parser.getByteValue()).isEqualTo(Byte.parseByte(number));
        } else {
            assertThatExceptionOfType(MismatchedInputException.class)
                    .isThrownBy(parser::getByteValue)
                    .withMessageContaining("byte");
        }
        if (fitsShort) {
            assertThat(parser.getShortValue()).isEqualTo(new BigDecimal(number).shortValueExact());
        } else {
            assertThatExceptionOfType(MismatchedInputException.class)
                    .isThrownBy(parser::getShortValue)
                    .withMessageContaining("short");
        }
    }

    @Test
    void aNumberOfManyDigitsIsReadInFull() throws IOException {
        String digits = "7".repeat(256);
        JsonParser parser = parser("{'n':{'N':'" + digits + "'}}");
        assertThat(parser.nextValue()).isEqualTo(JsonToken.START_OBJECT);
        assertThat(parser.nextValue()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
        assertThat(parser.getBigIntegerValue()).isEqualTo(new java.math.BigInteger(digits));
    }

    @Test
    void binaryIsReadAsBytesOrIntoAStream() throws IOException {
        JsonParser parser = parser("{'b':{'B':'AQID'}}");
        parser.nextToken();
        parser.nextToken();
        assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_EMBEDDED_OBJECT);
        assertThat(parser.getEmbeddedObject()).isEqualTo(new byte[] {1, 2, 3});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(parser.readBinaryValue(Base64Variants.getDefaultVariant(), out))
                .isEqualTo(3);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3);
    }

    @Test
    void textIsAvailableAsCharacters() throws IOException {
        JsonParser parser = parser("{'s':{'S':'abc'}}");
        parser.nextToken();
        assertThat(parser.nextFieldName()).isEqualTo("s");
        assertThat(parser.nextTextValue()).isEqualTo("abc");
        assertThat(new String(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()))
                .isEqualTo("abc");
        assertThat(parser.getValueAsString()).isEqualTo("abc");
        parser.overrideCurrentName("other");
        assertThat(parser.currentName()).isEqualTo("other");
    }

    @Test
    void aTokenBufferReturnsTheSameTokens() throws IOException {
        JsonParser parser = parser(EVERYTHING);
        parser.nextToken();
        TokenBuffer buffer = new TokenBuffer(parser);
        buffer.copyCurrentStructure(parser);
        assertThat((Object) new ObjectMapper().readTree(buffer.asParser()))
                .isEqualTo(new ObjectMapper().readTree(parser(EVERYTHING)));
    }

    @Test
    void anotherMapperCanReadTheParser() throws IOException {
        record Point(int x, double y) {}
        assertThat(new ObjectMapper().readValue(mapper.parser(item("{'x':{'N':'1'},'y':{'N':'0.5'}}")), Point.class))
                .isEqualTo(new Point(1, 0.5));
        assertThat(mapper.parser(item("{'x':{'N':'1'},'y':{'N':'0.5'}}")).readValueAs(Point.class))
                .isEqualTo(new Point(1, 0.5));
    }

    @Test
    void unknownDescriptorsAreOmitted() {
        Item item = Objects.requireNonNull(ChangeEventDecoder.builder()
                .unknownDescriptors(true)
                .build()
                .decode("{\"Item\":{\"a\":{\"X\":1},\"l\":{\"L\":[{\"Y\":{}},{\"N\":\"1\"}]}}}"
                        .getBytes(StandardCharsets.UTF_8))
                .newImage());
        assertThat((Object) mapper.read(item, Map.class)).isEqualTo(Map.of("l", List.of(1)));
        assertThat(new String(mapper.write(item), StandardCharsets.UTF_8)).isEqualTo("{\"l\":{\"L\":[{\"N\":\"1\"}]}}");
    }
}
