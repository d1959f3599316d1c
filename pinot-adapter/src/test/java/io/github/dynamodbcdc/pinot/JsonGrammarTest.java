package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonGrammarTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "{\"a\":{\"b\":[[],{}]}}",
                "[1,-0,0.5,1e5,1E-5,true,false,null,\"\"]",
                "{\"a\":\"\\u00Af\\n\\\"\",\"a\":1}",
                "\t[\r\n1 , 2]"
            })
    void objectsAndArraysMatch(String text) {
        assertThat(JsonGrammar.isObjectOrArray(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "\"a\"",
                "null",
                "{",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1]]",
                "[] x",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{1:1}",
                "[01]",
                "[-]",
                "[.5]",
                "[1.]",
                "[1e]",
                "[+1]",
                "[nul]",
                "[True]",
                "[\"\\x\"]",
                "{\"\\x\":1}",
                "{\"\\u12g4\":1}",
                "{\"a\n\":1}",
                "[\"\\u12g4\"]",
                "[\"",
                "[\"\\",
                "[\"\n\"]",
                "{\"a\":1]",
                "[1}",
                "[\u0000]",
                "[NaN]",
                "{]"
            })
    void nothingElseMatches(String text) {
        assertThat(JsonGrammar.isObjectOrArray(text)).isFalse();
    }

    @Test
    void textsThatPinotsParserRefusesDoNotMatch() {
        assertThat(JsonGrammar.isObjectOrArray("[".repeat(256) + "]".repeat(256)))
                .isTrue();
        assertThat(JsonGrammar.isObjectOrArray("[".repeat(257) + "]".repeat(257)))
                .isFalse();
        assertThat(JsonGrammar.isObjectOrArray("[".repeat(1_000_000))).isFalse();
        assertThat(JsonGrammar.isObjectOrArray("[" + "1".repeat(1000) + "]")).isTrue();
        assertThat(JsonGrammar.isObjectOrArray("[" + "1".repeat(1001) + "]")).isFalse();
    }

    /** Pinot reads the text for a JSON column so, writes it anew, and reads that again for an index or a query. */
    @SuppressWarnings("ReturnValueIgnored") // only whether it fails counts
    private static boolean isReadAndReadAgain(String text) {
        try {
            String written = JsonUtils.objectToString(JsonUtils.stringToJsonNodeWithBigDecimal(text));
            JsonUtils.stringToJsonNodeWithBigDecimal(written);
            return true;
        } catch (IOException | NumberFormatException refused) {
            return false;
        }
    }

    private static String[] numbers(String exponent) {
        String digits = "9".repeat(980 - exponent.length());
        return new String[] {"1", "-1", "12", "0", "-0", "1.0", "0.1", "0.000", digits, "1." + digits, "0." + digits};
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "99999", "999999999", "000000000000000000005", "0000000999999999"})
    void anExponentOfUpToNineDigitsMatches(String digits) {
        for (String sign : new String[] {"e", "E", "e+", "e-", "E-"}) {
            for (String number : numbers(sign + digits)) {
                String text = "{\"a\":[" + number + sign + digits + "]}";
                assertThat(isReadAndReadAgain(text)).as(text).isTrue();
                assertThat(JsonGrammar.isObjectOrArray(text)).as(text).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000",
                "2147482646",
                "2147482647",
                "2147482747",
                "2147483646",
                "2147483647",
                "2147483648",
                "2147483649",
                "0000002147483648",
                "4294967296",
                "99999999999",
                "9223372036854775808",
                "100000000000000000000000000005"
            })
    void anExponentOfMoreDigitsDoesNotMatchBecausePinotsParserRefusesMostOfThem(String digits) {
        for (String sign : new String[] {"e", "E", "e+", "e-", "E-"}) {
            for (String number : numbers(sign + digits)) {
                String text = "[1," + number + sign + digits + "]";
                assertThat(JsonGrammar.isObjectOrArray(text)).as(text).isFalse();
            }
        }
    }

    @Test
    void randomNumbersThatMatchAreReadByPinotsParser() {
        Random random = new Random(20240622);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder number = new StringBuilder("[");
            random.ints(1 + random.nextInt(18), 0, 15).forEach(c -> number.append("0123456789.eE-+".charAt(c)));
            String text = number.append(']').toString();
            if (JsonGrammar.isObjectOrArray(text)) {
                assertThat(isReadAndReadAgain(text)).as(text).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "\u20AC", "\\u006e", "\\n"})
    void aNameThatPinotsParserRefusesDoesNotMatch(String character) throws IOException {
        String longest = named(character.repeat(50_000));
        assertThat(JsonUtils.stringToJsonNode(longest).size()).isEqualTo(2);
        assertThat(JsonGrammar.isObjectOrArray(longest)).isTrue();

        String longer = named(character.repeat(50_001));
        assertThatThrownBy(() -> JsonUtils.stringToJsonNode(longer)).isInstanceOf(IOException.class);
        assertThat(JsonGrammar.isObjectOrArray(longer)).isFalse();
    }

    private static String named(String name) {
        return "[1,{\"a\":{\"" + name + "\":1}}]";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\uDBFF\\n",
                "\\ud800\\u0041",
                "\\ud83d\\ud83d\\ude00",
                "\\ude00",
                "\\ude00\\ud83d",
                "\\ud83d\\ude00\\ude00",
                "\\ud83dx\\ude00",
                "\\ud83d\\\\ude00"
            })
    void anEscapeOfHalfACharacterDoesNotMatchBecausePinotStoresAQuestionMark(String text) {
        assertThat(JsonGrammar.isObjectOrArray("[\"" + text + "\"]")).isFalse();
        assertThat(JsonGrammar.isObjectOrArray("{\"" + text + "\":1}")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\ud83d\\uDE00", "\\uD83D\\ude00\\ud83d\\ude00", "\\ud7ff\\ue000", "\\\\ud800", "\ud83d\ude00"})
    void anEscapeOfAWholeCharacterMatches(String text) {
        assertThat(JsonGrammar.isObjectOrArray("[\"" + text + "\"]")).isTrue();
        assertThat(JsonGrammar.isObjectOrArray("{\"" + text + "\":1}")).isTrue();
    }

    @Test
    void theJsonTestSuiteAgrees() throws IOException {
        Path suite = Path.of(System.getProperty("dynamodbcdc.shared", "../../shared"), "suites", "jsontestsuite");
        assumeTrue(Files.isDirectory(suite), "the JSONTestSuite is not beside the checkout");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(suite)) {
            files = walk.filter(file -> file.toString().endsWith(".json")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            String name = file.getFileName().toString();
            String text;
            try {
                text = UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
            } catch (CharacterCodingException notText) {
                continue;
            }
            String stripped = text.strip();
            boolean container = stripped.startsWith("{") || stripped.startsWith("[");
            if (name.startsWith("y_")) {
                assertThat(JsonGrammar.isObjectOrArray(text)).as(name).isEqualTo(container);
            } else if (name.startsWith("n_")) {
                assertThat(JsonGrammar.isObjectOrArray(text)).as(name).isFalse();
            }
        }
    }
}
