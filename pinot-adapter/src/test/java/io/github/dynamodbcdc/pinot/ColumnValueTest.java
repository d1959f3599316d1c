package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import example.InferredTable;
import fixture.Change;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value that each type of column gets from each type of attribute. */
class ColumnValueTest {
    private static final String LIST = "{\"L\":[{\"N\":\"1\"}]}";
    private static final String MAP = "{\"M\":{\"a\":{\"N\":\"1\"}}}";

    private static Table column(DataType type) {
        return Table.with("v", type);
    }

    private static @Nullable Object value(DataType type, String attributeValue) {
        return column(type).value(attributeValue);
    }

    private static String n(String text) {
        return "{\"N\":\"" + text + "\"}";
    }

    private static String s(String text) {
        return "{\"S\":\"" + text + "\"}";
    }

    @ParameterizedTest
    @MethodSource("fixture.Columns#types")
    void nullIsNullInEveryColumnWithoutAWarning(DataType type) {
        Table table = column(type).primaryKey("id").and("id", DataType.STRING).init();

        List<String> ofInit = List.copyOf(table.log.warnings());
        assertThat(table.value("{\"NULL\":true}")).isNull();
        assertThat(table.log.warnings()).isEqualTo(ofInit).hasSize(type == DataType.MAP ? 1 : 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"8032, 8032", "8032.0, 8032", "1E3, 1000", "+007, 7", "-0, 0", "0E+99, 0", "-2147483648, -2147483648"})
    void intTakesEveryIntegralNumber(String text, int expected) {
        assertThat(value(DataType.INT, n(text))).isEqualTo(expected);
        assertThat(value(DataType.INT, s(text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "9223372036854775807, 9223372036854775807",
        "-9.223372036854775808E18, -9223372036854775808",
        "1E3, 1000"
    })
    void longTakesEveryIntegralNumber(String text, long expected) {
        assertThat(value(DataType.LONG, n(text))).isEqualTo(expected);
        assertThat(value(DataType.LONG, s(text))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "INT, 1.5, 1",
        "INT, -1.5, -1",
        "INT, 2147483648, 2147483647",
        "INT, -9E125, -2147483648",
        "INT, 1E-130, 0",
        "LONG, 9223372036854775808, 9223372036854775807",
        "LONG, -9E125, -9223372036854775808",
        "LONG, 0.5, 0"
    })
    void onNumberOverflowDecidesAboutANumberThatAnIntegerColumnCannotHold(DataType type, String text, long nearest) {
        for (String attribute : List.of(n(text), s(text))) {
            assertThatThrownBy(() -> value(type, attribute))
                    .isInstanceOf(RowException.class)
                    .hasMessageContaining("dynamodb.onNumberOverflow")
                    .hasMessageNotContaining(text);
            assertThat(column(type).property("onNumberOverflow", "NULL").value(attribute))
                    .isNull();
            Object saturated =
                    column(type).property("onNumberOverflow", "saturate").value(attribute);
            assertThat(saturated).isEqualTo(type == DataType.INT ? (Object) (int) nearest : (Object) nearest);
        }
    }

    @Test
    void primaryKeyComparisonAndTimeColumnsAlwaysFail() {
        Table table = Table.with("k", DataType.INT)
                .and("c", DataType.INT)
                .and("t", DataType.INT)
                .and("v", DataType.INT)
                .primaryKey("k")
                .timeColumn("t")
                .upsert(Mode.FULL, null, "c")
                .property("onNumberOverflow", "SATURATE");

        assertThat(table.value(n("1.5"))).isEqualTo(1);
        assertThat(table.value(LIST)).isNull();
        for (String column : List.of("k", "c", "t")) {
            for (String attribute : List.of(n("1.5"), s("x"), LIST)) {
                assertThatThrownBy(() -> table.row(Change.insert("\"" + column + "\":" + attribute)))
                        .isInstanceOf(RowException.class);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0.1",
                "-97.169068",
                "1E-130",
                "4.9E-324",
                "1.7976931348623157E308",
                "123456789012345678901234567890"
            })
    void doubleIsTheNearest(String text) {
        assertThat(value(DataType.DOUBLE, n(text))).isEqualTo(Double.parseDouble(text));
        assertThat(value(DataType.DOUBLE, s(text))).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0.1",
                "16777217",
                // Rounded to a double first, it would be half way between two floats, and then become the wrong one.
                "1.00000017881393432617187499",
                "1.00000017881393432617187501",
                "1.4E-45",
                "7.006492321624085E-46",
                "7.006492321624086E-46",
                "3.4028235E38",
                "3.40282356779733661637539395458142568447E38",
                "-1E-130"
            })
    void floatIsTheNearestAndNotRoundedTwice(String text) {
        assertThat(value(DataType.FLOAT, n(text))).isEqualTo(Float.parseFloat(text));
        assertThat(value(DataType.FLOAT, s(text))).isEqualTo(Float.parseFloat(text));
    }

    @ParameterizedTest
    @EnumSource(names = {"INT", "LONG", "FLOAT", "DOUBLE", "BIG_DECIMAL", "TIMESTAMP"})
    void aTextBeyondTheLimitsOfANumberIsAMismatchWhateverItsMagnitude(DataType type) {
        String[] beyond = {"1e99999", "1e-99999", "0e99999", "1" + "0".repeat(256), "0".repeat(256) + "1"};
        for (String text : beyond) {
            assertThat(column(type).property("onNumberOverflow", "SATURATE").value(s(text)))
                    .isNull();
            Table failing = column(type).property("onTypeMismatch", "FAIL");
            assertThatThrownBy(() -> failing.value(s(text)))
                    .isInstanceOf(RowException.class)
                    .hasMessageContaining("dynamodb.onTypeMismatch");
            assertThatThrownBy(() -> value(type, n(text))).isInstanceOf(DecodeException.class);
        }
    }

    @Test
    void aTextWithinTheLimitsOfANumberIsThatNumber() {
        String longest = "1" + "0".repeat(255);
        for (String text : new String[] {"1e9999", "1e0000009999", "1e-9999", longest}) {
            assertThat(value(DataType.BIG_DECIMAL, s(text))).isEqualTo(new BigDecimal(text));
        }
        for (String text : new String[] {"1e9999", longest}) {
            assertThat(column(DataType.LONG)
                            .property("onNumberOverflow", "SATURATE")
                            .value(s(text)))
                    .isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "FLOAT, 3.5E38",
        "FLOAT, -9E125",
        "FLOAT, 3.40282356779733661637539395458142568448E38",
        "DOUBLE, 1E400",
        "DOUBLE, -1E400"
    })
    void onNumberOverflowDecidesAboutInfinity(DataType type, String text) {
        boolean negative = text.startsWith("-");
        for (String attribute : List.of(n(text), s(text))) {
            assertThatThrownBy(() -> value(type, attribute)).isInstanceOf(RowException.class);
            assertThat(column(type).property("onNumberOverflow", "NULL").value(attribute))
                    .isNull();
            Object nearest =
                    column(type).property("onNumberOverflow", "SATURATE").value(attribute);
            assertThat(nearest)
                    .isEqualTo(
                            type == DataType.FLOAT
                                    ? (Object) (negative ? -Float.MAX_VALUE : Float.MAX_VALUE)
                                    : (Object) (negative ? -Double.MAX_VALUE : Double.MAX_VALUE));
        }
    }

    @Test
    void bigDecimalKeepsDigitsAndScale() {
        assertThat(value(DataType.BIG_DECIMAL, n("1.50"))).isEqualTo(new BigDecimal("1.50"));
        assertThat(value(DataType.BIG_DECIMAL, s("12345678901234567890123456789012345678")))
                .isEqualTo(new BigDecimal("12345678901234567890123456789012345678"));
    }

    @Test
    void stringTakesTheTextOfN() {
        assertThat(value(DataType.STRING, n("+01.50E2"))).isEqualTo("+01.50E2");
    }

    @Test
    void stringTakesSUnchanged() {
        assertThat(value(DataType.STRING, s("Zürich \\u0041\\n"))).isEqualTo("Zürich A\n");
    }

    @Test
    void stringTakesContainersAsJson() {
        assertThat(value(DataType.STRING, "{\"M\":{\"only\":{\"S\":\"a\\\"b\\\\\\u0001\"}}}"))
                .isEqualTo("{\"only\":\"a\\\"b\\\\\\u0001\"}");
        assertThat(value(DataType.STRING, "{\"L\":[]}")).isEqualTo("[]");
        assertThat(value(
                        DataType.STRING,
                        "{\"L\":[{\"N\":\"+007.50\"},{\"N\":\"-00\"},{\"BOOL\":true},{\"NULL\":true},"
                                + "{\"B\":\"AP8=\"}]}"))
                .isEqualTo("[7.50,-0,true,null,\"AP8=\"]");
        assertThat(value(DataType.STRING, "{\"SS\":[\"b\",\"a\"]}")).isEqualTo("[\"b\",\"a\"]");
        assertThat(value(DataType.STRING, "{\"NS\":[\"1E5\",\"0.10\"]}")).isEqualTo("[1E5,0.10]");
        assertThat(value(DataType.STRING, "{\"BS\":[\"AP8=\",\"\"]}")).isEqualTo("[\"AP8=\",\"\"]");
    }

    @Test
    void stringTakesBinaryAsBase64AndBoolAsItsName() {
        assertThat(value(DataType.STRING, "{\"B\":\"AP8=\"}")).isEqualTo("AP8=");
        assertThat(value(DataType.STRING, "{\"BOOL\":false}")).isEqualTo("false");
    }

    @Test
    void bytesTakesBinaryAndTheUtf8OfS() {
        assertThat(value(DataType.BYTES, "{\"B\":\"AP8=\"}")).isEqualTo(new byte[] {0, -1});
        assertThat(value(DataType.BYTES, s("é"))).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"BOOL\":true} | true",
                "{\"BOOL\":false} | false",
                "{\"N\":\"0.0\"} | false",
                "{\"N\":\"0E99\"} | false",
                "{\"N\":\"0.1\"} | true",
                "{\"S\":\"true\"} | true",
                "{\"S\":\"True\"} | true",
                "{\"S\":\"TRUE\"} | true",
                "{\"S\":\"tRuE\"} | true",
                "{\"S\":\"1\"} | true",
                "{\"S\":\"false\"} | false",
                "{\"S\":\"False\"} | false",
                "{\"S\":\"FALSE\"} | false",
                "{\"S\":\"0\"} | false"
            })
    void booleanTakesBoolWhetherNIsNotZeroAndTheTextsOfPinotsConverter(String attribute, boolean expected) {
        assertThat(value(DataType.BOOLEAN, attribute)).isEqualTo(expected);
        assertThat(multiValue(DataType.BOOLEAN, attribute)).isEqualTo(new Object[] {expected});
        assertThat(multiValue(DataType.BOOLEAN, "{\"L\":[" + attribute + "," + attribute + "]}"))
                .isEqualTo(new Object[] {expected, expected});
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "t", "f", "2", "-1", "01", "1.0", "0.0", " true", "true ", "\\u0000", ""})
    void onTypeMismatchDecidesAboutAnyOtherTextInABooleanColumn(String text) {
        Table table = column(DataType.BOOLEAN);

        assertThat(table.value(s(text))).isNull();
        assertThat(table.log.warnings()).singleElement().asString().contains("'v'", "null");
        assertThat(multiValue(DataType.BOOLEAN, "{\"SS\":[\"" + text + "\",\"TRUE\"]}"))
                .isEqualTo(new Object[] {true});
        assertThatThrownBy(() -> column(DataType.BOOLEAN)
                        .property("onTypeMismatch", "FAIL")
                        .value(s(text)))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("dynamodb.onTypeMismatch");
    }

    @Test
    void jsonTakesContainersWithExactNumbers() {
        assertThat(value(
                        DataType.JSON,
                        "{\"M\":{\"n\":{\"N\":\"12345678901234567890.10\"},\"i\":{\"N\":\"7.0\"},"
                                + "\"b\":{\"B\":\"AP8=\"}}}"))
                .isEqualTo(Map.of("n", new BigDecimal("12345678901234567890.10"), "i", 7L, "b", "AP8="));
        assertThat(value(DataType.JSON, "{\"L\":[{\"NULL\":true},{\"N\":\"1\"},{\"L\":[]}]}"))
                .isEqualTo(Arrays.asList(null, 1L, List.of()));
        assertThat(value(DataType.JSON, "{\"NS\":[\"1\",\"0.5\"]}")).isEqualTo(List.of(1L, new BigDecimal("0.5")));
    }

    @Test
    void jsonTakesScalars() {
        assertThat(value(DataType.JSON, n("8032"))).isEqualTo(8032L);
        assertThat(value(DataType.JSON, n("0.10"))).isEqualTo(new BigDecimal("0.10"));
        assertThat(value(DataType.JSON, "{\"BOOL\":true}")).isEqualTo(true);
        assertThat(value(DataType.JSON, "{\"B\":\"AP8=\"}")).isEqualTo("\"AP8=\"");
    }

    @Test
    void jsonTakesATextThatIsAnObjectOrArrayAndQuotesAnyOther() {
        assertThat(value(DataType.JSON, s("{\\\"a\\\":[1]}"))).isEqualTo("{\"a\":[1]}");
        assertThat(value(DataType.JSON, s("[]"))).isEqualTo("[]");
        assertThat(value(DataType.JSON, s("123"))).isEqualTo("\"123\"");
        assertThat(value(DataType.JSON, s("true"))).isEqualTo("\"true\"");
        assertThat(value(DataType.JSON, s("{a}"))).isEqualTo("\"{a}\"");
        assertThat(value(DataType.JSON, s("\\\"q\\\""))).isEqualTo("\"\\\"q\\\"\"");
    }

    @Test
    void mapTakesM() {
        assertThat(value(DataType.MAP, "{\"M\":{\"a\":{\"N\":\"1\"},\"b\":{\"NULL\":true}}}"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnly(entry("a", 1L), entry("b", null));
    }

    @Test
    void mapLacksMembersWithWhoseNamesPinotBuildsNoSegment() {
        String attribute = "{\"M\":{\"__typename\":{\"S\":\"T\"},\"a_b\":{\"M\":{\"c__d\":{\"N\":\"1\"}}}}}";
        Table table = column(DataType.MAP).init();

        assertThat(table.value(attribute)).isEqualTo(Map.of("a_b", Map.of("c__d", 1L)));
        assertThat(table.log.warnings()).last().asString().contains("'v'", "__").doesNotContain("typename");
        assertThat(value(DataType.JSON, attribute)).asString().contains("__typename");
        assertThatThrownBy(() ->
                        column(DataType.MAP).property("onTypeMismatch", "FAIL").value(attribute))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("holds no member with __ in its name");
    }

    @Test
    void aMultiValueColumnTakesTheMembersOfListsAndSets() {
        assertThat(multiValue(DataType.LONG, "{\"NS\":[\"1E2\",\"2\"]}")).isEqualTo(new Object[] {100L, 2L});
        assertThat(multiValue(DataType.INT, "{\"L\":[{\"N\":\"1\"},{\"S\":\"2\"}]}"))
                .isEqualTo(new Object[] {1, 2});
        assertThat(multiValue(DataType.STRING, "{\"SS\":[\"b\",\"a\"]}")).isEqualTo(new Object[] {"b", "a"});
        assertThat(multiValue(DataType.STRING, "{\"L\":[{\"L\":[{\"N\":\"1\"}]},{\"N\":\"2\"}]}"))
                .isEqualTo(new Object[] {"[1]", "2"});
        assertThat(multiValue(DataType.BYTES, "{\"BS\":[\"AP8=\"]}")).isEqualTo(new Object[] {new byte[] {0, -1}});
    }

    @Test
    void inAMultiValueColumnAScalarIsOneMember() {
        assertThat(multiValue(DataType.LONG, n("5"))).isEqualTo(new Object[] {5L});
        assertThat(multiValue(DataType.STRING, MAP)).isEqualTo(new Object[] {"{\"a\":1}"});
    }

    @Test
    void aMultiValueColumnLeavesOutNullsAndIsNullWithoutAMember() {
        assertThat(multiValue(DataType.LONG, "{\"L\":[{\"NULL\":true},{\"N\":\"1\"},{\"S\":\"x\"}]}"))
                .isEqualTo(new Object[] {1L});
        assertThat(multiValue(DataType.LONG, "{\"L\":[]}")).isNull();
        assertThat(multiValue(DataType.LONG, "{\"L\":[{\"NULL\":true}]}")).isNull();
    }

    @Test
    void aMemberThatDoesNotFitIsLeftOutAndTheWarningSaysSo() {
        Table table = new Table().multiValue("v", DataType.INT).property("onNumberOverflow", "NULL");

        assertThat(table.value("{\"NS\":[\"1\",\"2.5\",\"3000000000\",\"4\"]}")).isEqualTo(new Object[] {1, 4});
        assertThat(table.value("{\"L\":[{\"BOOL\":true}]}")).isNull();
        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("column 'v'", "a member that was left out")
                .doesNotContain("null");
        Table saturating = new Table().multiValue("v", DataType.INT).property("onNumberOverflow", "SATURATE");
        assertThat(saturating.value("{\"NS\":[\"1\",\"2.5\",\"3000000000\"]}"))
                .isEqualTo(new Object[] {1, 2, Integer.MAX_VALUE});
        Table failing = new Table().multiValue("v", DataType.INT).property("onTypeMismatch", "FAIL");
        assertThatThrownBy(() -> failing.value("{\"L\":[{\"N\":\"1\"},{\"BOOL\":true}]}"))
                .isInstanceOf(RowException.class);
    }

    @Test
    void moreThanAThousandMembersAreKeptWithAWarning() {
        Table table = new Table().multiValue("v", DataType.LONG);
        String thousand =
                IntStream.range(0, 1000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

        assertThat((Object[]) table.value("{\"NS\":[" + thousand + "]}")).hasSize(1000);
        assertThat(table.log.warnings()).isEmpty();
        assertThat((Object[]) table.value("{\"NS\":[" + thousand + ",\"1000\"]}"))
                .hasSize(1001);
        assertThat(table.log.warnings()).singleElement().asString().contains("'v'", "1000");
    }

    @Test
    void theTableThatFollowsFromALongListCausesNoWarning() throws IOException {
        for (int size : new int[] {MultiValueConversion.MANY, MultiValueConversion.MANY + 1}) {
            String event = Change.insert("\"v\":{\"L\":["
                    + IntStream.range(0, size)
                            .mapToObj(i -> "{\"N\":\"" + i + "\"}")
                            .collect(Collectors.joining(","))
                    + "]}");
            InferredTable inferred = InferredTable.of("", List.of());
            inferred.add(ChangeEventDecoder.create().decode(event.getBytes(StandardCharsets.UTF_8)));
            Table table = new Table().and(Schema.fromString(inferred.schema()).getFieldSpecFor("v"));

            assertThat(table.row(event).get("v")).isNotNull();
            assertThat(table.log.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"BYTES", "BIG_DECIMAL"})
    void aMultiValueColumnThatPinotDoesNotStoreGivesAWarningAtInit(DataType type) {
        Table table = new Table().multiValue("v", type).init();

        assertThat(table.log.warnings()).singleElement().asString().contains("'v'", type.name(), "STRING");
    }

    private static @Nullable Object multiValue(DataType type, String attributeValue) {
        return new Table().multiValue("v", type).value(attributeValue);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "INT | " + LIST,
                "LONG | " + MAP,
                "DOUBLE | {\"B\":\"AP8=\"}",
                "FLOAT | {\"BOOL\":true}",
                "BIG_DECIMAL | {\"SS\":[\"1\"]}",
                "LONG | {\"S\":\"8032 \"}",
                "LONG | {\"S\":\"\"}",
                "DOUBLE | {\"S\":\"NaN\"}",
                "DOUBLE | {\"S\":\"0x1p3\"}",
                "BIG_DECIMAL | {\"S\":\"1E99999\"}",
                "BYTES | {\"N\":\"1\"}",
                "BOOLEAN | " + LIST,
                "TIMESTAMP | {\"BOOL\":true}",
                "MAP | " + LIST
            })
    void onTypeMismatchDecidesAboutAnyOtherMismatch(DataType type, String attribute) {
        Table table = column(type);

        assertThat(table.value(attribute)).isNull();
        assertThat(table.log.warnings())
                .filteredOn(warning -> !warning.contains("in a MAP column"))
                .singleElement()
                .asString()
                .contains("'v'", "null");
        assertThatThrownBy(() -> column(type).property("onTypeMismatch", "FAIL").value(attribute))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("'v'")
                .hasMessageContaining("dynamodb.onTypeMismatch");
    }

    @Test
    void whatBecomesNullIsLoggedAtOccurrences1And10And100() {
        Table table = column(DataType.LONG);

        for (int i = 0; i < 150; i++) {
            table.value(s("secret" + i));
        }

        assertThat(table.log.warnings())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("'v'").doesNotContain("secret"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("(occurrence 1)"),
                        line -> assertThat(line).endsWith("(occurrence 10)"),
                        line -> assertThat(line).endsWith("(occurrence 100)"));
    }

    @Test
    void aTypeDescriptorThatDynamoDbDoesNotHaveIsNullUnderItsLeniency() {
        Table table = column(DataType.STRING).property("leniencies", "unknownDescriptors");

        assertThat(table.value("{\"X\":1}")).isNull();
        assertThat(table.value("{\"L\":[{\"X\":1},{\"N\":\"2\"}]}")).isEqualTo("[2]");
    }
}
