package realpinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static realpinot.OneColumn.ROW_LOST;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.JsonIndexConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.utils.JsonUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/**
 * STRING, BYTES, JSON and MAP: how Pinot converts the values of other decoders, and what a query returns for this
 * decoder's.
 */
class TextColumnsTest {
    private static final OneColumn STRING = OneColumn.of(DataType.STRING);
    private static final OneColumn BYTES = OneColumn.of(DataType.BYTES);
    private static final OneColumn JSON = OneColumn.of(DataType.JSON);
    private static final OneColumn MAP = OneColumn.of(DataType.MAP);

    @Test
    void aStringColumnLosesKeysAndRowsOfMapsAndOursIsTheirJson() throws Exception {
        assertThat(STRING.naive(Map.of("street", "Main"))).isEqualTo("Main");
        assertThat(STRING.naive(Map.of("street", "Main", "city", "Bonn"))).isEqualTo(ROW_LOST);

        assertThat(STRING.decoded("{\"M\":{\"street\":{\"S\":\"Main\"}}}")).isEqualTo("{\"street\":\"Main\"}");
        assertThat(STRING.decoded("{\"M\":{\"street\":{\"S\":\"Main\"},\"no\":{\"N\":\"7.50\"}}}"))
                .isEqualTo("{\"street\":\"Main\",\"no\":7.50}");
        assertThat(STRING.decoded("{\"M\":{}}")).isEqualTo("{}");
    }

    @Test
    void aStringColumnLosesRowsOfListsAndTheBracketsOfShortOnesAndOursIsTheirJson() throws Exception {
        assertThat(STRING.naive(List.of("a", "b"))).isEqualTo(ROW_LOST);
        assertThat(STRING.naive(List.of("a"))).isEqualTo("a");
        assertThat(STRING.naive(List.of())).isNull();

        assertThat(STRING.decoded("{\"L\":[{\"S\":\"a\"},{\"NULL\":true}]}")).isEqualTo("[\"a\",null]");
        assertThat(STRING.decoded("{\"SS\":[\"a\"]}")).isEqualTo("[\"a\"]");
        assertThat(STRING.decoded("{\"L\":[]}")).isEqualTo("[]");
    }

    @Test
    void aStringColumnShowsBytesInHexadecimalAndOursInBase64() throws Exception {
        assertThat(STRING.naive(new byte[] {0, -1})).isEqualTo("00ff");

        assertThat(STRING.decoded("{\"B\":\"AP8=\"}")).isEqualTo("AP8=");
    }

    @Test
    void aStringColumnShowsTextsNumbersAndBooleansAsWritten() throws Exception {
        assertThat(STRING.decoded("{\"S\":\"\"}")).isEqualTo("");
        assertThat(STRING.decoded("{\"S\":\"\u00e9\\ud83d\\ude00\"}")).isEqualTo("\u00e9\ud83d\ude00");
        assertThat(STRING.decoded("{\"N\":\"1.50E+3\"}")).isEqualTo("1.50E+3");
        assertThat(STRING.decoded("{\"BOOL\":true}")).isEqualTo("true");
        assertThat(STRING.decoded("{\"NULL\":true}")).isNull();
    }

    @Test
    void base64TextInABytesColumnIsReadAsHexadecimalAndOursAreTheBytes() throws Exception {
        assertThat(BYTES.naive("AP8=")).isEqualTo(ROW_LOST);
        assertThat(BYTES.naive("abcd")).isEqualTo("abcd");

        assertThat(BYTES.decoded("{\"B\":\"AP8=\"}")).isEqualTo("00ff");
        assertThat(BYTES.decoded("{\"B\":\"abcd\"}")).isEqualTo("69b71d");
        assertThat(BYTES.decoded("{\"B\":\"\"}")).isEqualTo("");
    }

    @Test
    void textInABytesColumnIsItsUtf8AndOtherKindsAreNull() throws Exception {
        assertThat(BYTES.decoded("{\"S\":\"abcd\"}")).isEqualTo("61626364");
        assertThat(BYTES.decoded("{\"N\":\"12\"}")).isNull();
        assertThat(BYTES.decoded("{\"BOOL\":true}")).isNull();
        assertThat(OneColumn.of(DataType.BYTES, Map.of("dynamodb.onTypeMismatch", "FAIL"))
                        .decoded("{\"N\":\"12\"}"))
                .isEqualTo(ROW_LOST);
    }

    @Test
    void anArrayThatBeginsWithNullLosesTheRowInAJsonColumnAndOursDoesNot() throws Exception {
        assertThat(JSON.naive(new Object[] {null, 1L})).isEqualTo(ROW_LOST);

        assertThat(JSON.decoded("{\"L\":[{\"NULL\":true},{\"N\":\"1\"}]}")).isEqualTo("[null,1]");
        assertThat(JSON.decoded("{\"L\":[]}")).isEqualTo("[]");
    }

    @Test
    void textThatLooksLikeANumberTurnsIntoOneInAJsonColumnAndOursStaysText() throws Exception {
        assertThat(JSON.naive("123")).isEqualTo("123");

        assertThat(JSON.decoded("{\"S\":\"123\"}")).isEqualTo("\"123\"");
        assertThat(JSON.decoded("{\"S\":\"true\"}")).isEqualTo("\"true\"");
        assertThat(JSON.decoded("{\"S\":\"\"}")).isEqualTo("\"\"");
        assertThat(JSON.decoded("{\"S\":\"{not json\"}")).isEqualTo("\"{not json\"");
        assertThat(JSON.decoded("{\"S\":\"say \\\"hi\\\"\"}")).isEqualTo("\"say \\\"hi\\\"\"");
    }

    @Test
    void textThatIsAnObjectOrAnArrayIsThatInAJsonColumn() throws Exception {
        assertThat(JSON.decoded("{\"S\":\"{\\\"a\\\":[1,2]}\"}")).isEqualTo("{\"a\":[1,2]}");
        assertThat(JSON.decoded("{\"S\":\"[]\"}")).isEqualTo("[]");
    }

    @Test
    void pinotWritesTheJsonOfATextAnew() throws Exception {
        assertThat(JSON.decoded("{\"S\":\"{ \\\"a\\\": 1E2, \\\"b\\\": 1.50 }\"}"))
                .isEqualTo("{\"a\":1E+2,\"b\":1.5}");
    }

    @Test
    void jsonThatPinotCannotReadIsAJsonString() throws Exception {
        for (String unreadable : List.of(
                "[".repeat(257) + "]".repeat(257),
                "[" + "1".repeat(1001) + "]",
                "[1e2147483648]",
                "[12e2147483647]",
                "[1.0e-2147483648]",
                "[-0e99999999999]")) {
            assertThat(JSON.decoded("{\"S\":\"" + unreadable + "\"}")).isEqualTo("\"" + unreadable + "\"");
        }
        for (String readable : List.of("[".repeat(256) + "]".repeat(256), "[" + "1".repeat(1000) + "]")) {
            assertThat(JSON.decoded("{\"S\":\"" + readable + "\"}")).isEqualTo(readable);
        }
        assertThat(JSON.decoded("{\"S\":\"[1e-999999999]\"}")).isEqualTo("[1E-999999999]");
    }

    @Test
    void anEscapeOfHalfACharacterInATextStaysAsItIs() throws Exception {
        String half = "{\\\"\\\\ud800\\\":1}";

        assertThat(JSON.naive("{\"\\ud800\":1}")).isEqualTo("{\"?\":1}");
        assertThat(JSON.decoded("{\"S\":\"" + half + "\"}")).isEqualTo("\"" + half + "\"");
    }

    @Test
    void theNumbersOfAJsonColumnAreExactAtAnyDepth() throws Exception {
        assertThat(JSON.decoded("{\"M\":{\"a\":{\"L\":[{\"N\":\"12345678901234567890.123456789012345678\"}]}}}"))
                .isEqualTo("{\"a\":[12345678901234567890.123456789012345678]}");
        assertThat(JSON.decoded("{\"N\":\"9223372036854775808\"}")).isEqualTo("9223372036854775808");
        assertThat(JSON.decoded("{\"NS\":[\"1\",\"0.5\"]}")).isEqualTo("[1,0.5]");
    }

    /** A JSON index reads the JSON of its column again, when a row is indexed and when a segment is built. */
    @Test
    void anMWithANameThatAJsonIndexRefusesIsAJsonStringInAJsonColumn() throws Exception {
        String longest = "n".repeat(50_000);
        String longer = longest + "n";
        String value = "{\"L\":[{\"M\":{\"a\":{\"M\":{\"%s\":{\"N\":\"1.50\"},\"b\":{\"L\":[]}}}}},"
                + "{\"M\":{}},{\"NULL\":true},{\"S\":\"\\\"\"},{\"SS\":[\"x\",\"y\"]}]}";
        String naive = String.valueOf(JSON.naive(Map.of(longer, 1)));
        assertThatThrownBy(() -> JsonUtils.flatten(naive, new JsonIndexConfig()))
                .isInstanceOf(IOException.class);

        String kept = String.valueOf(JSON.decoded(String.format(value, longest)));
        assertThat(kept.replace(longest, "n"))
                .isEqualTo("[{\"a\":{\"n\":1.50,\"b\":[]}},{},null,\"\\\"\",[\"x\",\"y\"]]");
        assertThat(JsonUtils.flatten(kept, new JsonIndexConfig())).isNotEmpty();
        String text = String.valueOf(JSON.decoded(String.format(value, longer)));
        String content = JsonUtils.stringToJsonNode(text).asText();
        assertThat(content).hasSize(kept.length() + 1);
        assertThat(content.replace(longer, "n")).isEqualTo(kept.replace(longest, "n"));
        assertThat(JsonUtils.flatten(text, new JsonIndexConfig())).isNotEmpty();
    }

    @Test
    void theOtherTypesOfAJsonColumnAreWhatJsonHasForThem() throws Exception {
        assertThat(JSON.decoded("{\"BOOL\":false}")).isEqualTo("false");
        assertThat(JSON.decoded("{\"NULL\":true}")).isNull();
        assertThat(JSON.decoded("{\"M\":{\"b\":{\"B\":\"AP8=\"},\"n\":{\"NULL\":true}}}"))
                .isEqualTo("{\"b\":\"AP8=\",\"n\":null}");
        assertThat(JSON.decoded("{\"B\":\"AP8=\"}")).isEqualTo("\"AP8=\"");
    }

    @Test
    void aMapColumnHoldsTheAttributesOfAMap() throws Exception {
        assertThat(MAP.decoded("{\"M\":{\"city\":{\"S\":\"Bonn\"},\"zip\":{\"N\":\"53111\"}}}"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(2)
                .containsEntry("city", "Bonn")
                .hasEntrySatisfying("zip", zip -> assertThat(zip).hasToString("53111"));
        assertThat(MAP.decoded("{\"M\":{}}")).isEqualTo(Collections.emptyMap());
        // This is how Pinot shows a null map.
        assertThat(MAP.naive(null)).isEqualTo(Collections.emptyMap());
        assertThat(MAP.decoded("{\"S\":\"x\"}")).isEqualTo(Collections.emptyMap());
    }
}
