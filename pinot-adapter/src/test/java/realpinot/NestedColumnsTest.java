package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import fixture.Columns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.ingestion.ComplexTypeConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Columns for attributes inside an M, which Pinot fills by {@code complexTypeConfig}. The decoder passes the whole M,
 * and Pinot converts what is in it.
 */
class NestedColumnsTest {
    private static final String NUMBER = "\"m\":{\"M\":{\"a\":{\"M\":{\"v\":{\"N\":\"%s\"}}}}}";
    private static final String TEXT = "\"m\":{\"M\":{\"a\":{\"M\":{\"v\":{\"S\":\"%s\"}}}}}";

    private static FieldSpec column(String name, DataType type) {
        return type == DataType.MAP ? Columns.map(name) : new DimensionFieldSpec(name, type, true);
    }

    private static ComplexTypeConfig delimiter(@Nullable String delimiter) {
        return new ComplexTypeConfig(null, delimiter, null, null);
    }

    private static TableConfig with(ComplexTypeConfig config, TableConfig table) {
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setComplexTypeConfig(config);
        table.setIngestionConfig(ingestion);
        return table;
    }

    private static PinotTable open(ComplexTypeConfig config, FieldSpec... columns) throws Exception {
        Schema schema = new Schema();
        schema.setSchemaName("t");
        Arrays.stream(columns).forEach(schema::addField);
        return PinotTable.open(with(config, TestTables.append(Map.of())), schema);
    }

    /** Returns what a query returns for a column after one event; or {@link OneColumn#ROW_LOST}. */
    private static @Nullable Object value(FieldSpec column, ComplexTypeConfig config, String attributes)
            throws Exception {
        try (PinotTable table = open(config, column)) {
            Outcome outcome =
                    table.consume(Change.of("INSERT").newImage(attributes).bytes());
            String expression = "\"" + column.getName() + "\"";
            List<Map<String, @Nullable Object>> rows = Rows.of(
                    table,
                    "SELECT "
                            + (column.getDataType() == DataType.TIMESTAMP
                                    ? "CAST(" + expression + " AS LONG)"
                                    : expression)
                            + " AS v FROM t");
            return outcome.kind() == Outcome.Kind.FAILED
                    ? OneColumn.ROW_LOST
                    : rows.get(0).get("v");
        }
    }

    private static @Nullable Object nested(DataType type, String attributes) throws Exception {
        return value(column("m.a.v", type), delimiter(null), attributes);
    }

    @Test
    void pinotAsksForTheWholeAttribute() throws Exception {
        try (PinotTable table = open(delimiter(null), column("m.a.v", DataType.INT), column("m.b", DataType.INT))) {
            assertThat(table.fieldsToRead()).containsExactly("m");
        }
    }

    @Test
    void numbersAreExactOrTheNearestInColumnsThatHoldThem() throws Exception {
        assertThat(nested(DataType.LONG, NUMBER.formatted("9223372036854775807")))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(nested(DataType.LONG, NUMBER.formatted("8032.0"))).isEqualTo(8032L);
        assertThat(nested(DataType.DOUBLE, NUMBER.formatted("0.1"))).isEqualTo(0.1);
        assertThat(nested(DataType.BIG_DECIMAL, NUMBER.formatted("12345678901234567890.5")))
                .isEqualTo("12345678901234567890.5");
        assertThat(nested(DataType.STRING, NUMBER.formatted("0.50"))).isEqualTo("0.50");
    }

    @Test
    void pinotWrapsAndTruncatesIntegersAndConvertsTheRestInItsOwnWay() throws Exception {
        assertThat(nested(DataType.INT, NUMBER.formatted("3000000000"))).isEqualTo(-1_294_967_296);
        assertThat(nested(DataType.LONG, NUMBER.formatted("9223372036854775808")))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(nested(DataType.LONG, NUMBER.formatted("1.9"))).isEqualTo(1L);
        assertThat(nested(DataType.TIMESTAMP, NUMBER.formatted("1719039879"))).isEqualTo(1_719_039_879L);
        assertThat(nested(DataType.BOOLEAN, TEXT.formatted("yes"))).isEqualTo(false);
        assertThat(nested(DataType.STRING, TEXT.formatted("AP8=").replace("\"S\"", "\"B\"")))
                .isEqualTo("00ff");
        for (DataType type : List.of(DataType.INT, DataType.LONG, DataType.DOUBLE, DataType.BIG_DECIMAL)) {
            assertThat(nested(type, TEXT.formatted("twelve"))).isEqualTo(OneColumn.ROW_LOST);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"m\":{\"M\":{\"a\":{\"M\":{}}}}",
                "\"m\":{\"M\":{\"a\":{\"S\":\"text\"}}}",
                "\"m\":{\"M\":{}}",
                "\"m\":{\"S\":\"text\"}",
                "\"m\":{\"NULL\":true}",
                "\"other\":{\"S\":\"text\"}"
            })
    void aPathThatLeadsNowhereIsNull(String attributes) throws Exception {
        assertThat(nested(DataType.INT, attributes)).isNull();
    }

    @Test
    void aListOfScalarsIsAMultiValueAndAListOfMapsIsJson() throws Exception {
        DimensionFieldSpec numbers = new DimensionFieldSpec("m.v", DataType.LONG, false);
        assertThat((long[]) value(numbers, delimiter(null), "\"m\":{\"M\":{\"v\":{\"NS\":[\"1\",\"2\"]}}}"))
                .containsExactly(1, 2);
        String maps = "\"m\":{\"M\":{\"a\":{\"M\":{\"v\":{\"L\":[{\"M\":{\"b\":{\"N\":\"1\"}}}]}}}}}";
        assertThat(nested(DataType.JSON, maps)).isEqualTo("[{\"b\":1}]");
        assertThat(nested(DataType.STRING, maps)).isEqualTo("[{\"b\":1}]");
    }

    @Test
    void ifEveryListBecomesJsonAMultiValueColumnHasOneMember() throws Exception {
        ComplexTypeConfig all =
                new ComplexTypeConfig(null, null, ComplexTypeConfig.CollectionNotUnnestedToJson.ALL, null);
        DimensionFieldSpec texts = new DimensionFieldSpec("tags", DataType.STRING, false);
        String tags = "\"tags\":{\"SS\":[\"a\",\"b\"]}";

        assertThat((String[]) value(texts, delimiter(null), tags)).containsExactly("a", "b");
        assertThat((String[]) value(texts, all, tags)).containsExactly("[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @CsvSource({"JSON, '{\"a\":{\"v\":5.50}}'", "STRING, '{\"a\":{\"v\":5.50}}'"})
    void aColumnOfTheWholeAttributeStaysAsItIs(DataType type, String expected) throws Exception {
        assertThat(value(column("m", type), delimiter(null), NUMBER.formatted("5.50")))
                .isEqualTo(expected);
    }

    /** Pinot takes the parts from the value of the whole attribute. */
    @ParameterizedTest
    @EnumSource(names = {"JSON", "MAP"})
    void binaryOfAPartIsTheSameBesideAColumnOfTheWholeAttribute(DataType whole) throws Exception {
        String attributes = "\"m\":{\"M\":{\"b\":{\"B\":\"ABCD\"},\"t\":{\"B\":\"AP8=\"},\"s\":{\"BS\":[\"AQI=\"]},"
                + "\"l\":{\"L\":[{\"B\":\"AP8=\"},{\"N\":\"1\"}]}}}";
        FieldSpec bytes = column("m.b", DataType.BYTES);
        FieldSpec text = column("m.t", DataType.STRING);
        FieldSpec texts = new DimensionFieldSpec("m.s", DataType.STRING, false);
        for (FieldSpec[] columns : new FieldSpec[][] {{bytes, text, texts}, {bytes, text, texts, column("m", whole)}}) {
            try (PinotTable table = open(delimiter(null), columns)) {
                table.consume(Change.of("INSERT").newImage(attributes).bytes());
                Map<String, @Nullable Object> row = Rows.of(
                                table, "SELECT \"m.b\" AS b, \"m.t\" AS t, \"m.s\" AS s FROM t")
                        .get(0);
                assertThat(row).containsEntry("b", "001083").containsEntry("t", "00ff");
                assertThat((String[]) row.get("s")).containsExactly("0102");
                if (columns.length == 4) {
                    assertThat(String.valueOf(
                                    Rows.of(table, "SELECT m FROM t").get(0).get("m")))
                            .contains("ABCD", "AP8=", "AQI=");
                }
            }
        }
    }

    /** Pinot refuses a long name, so the whole becomes a JSON string, and has no parts. */
    @Test
    void binaryBesideALongNameIsBase64InTheTextOfTheWhole() throws Exception {
        String name = "n".repeat(50_001);
        String attributes = "\"m\":{\"M\":{\"b\":{\"B\":\"ABCD\"},\"" + name + "\":{\"BS\":[\"AP8=\"]}}}";
        try (PinotTable table = open(delimiter(null), column("m", DataType.JSON), column("m.b", DataType.BYTES))) {
            assertThat(table.consume(Change.of("INSERT").newImage(attributes).bytes()))
                    .isEqualTo(Outcome.INDEXED);
            Map<String, @Nullable Object> row =
                    Rows.of(table, "SELECT m, \"m.b\" AS b FROM t").get(0);

            assertThat(String.valueOf(row.get("m"))).contains("\\\"b\\\":\\\"ABCD\\\"", "[\\\"AP8=\\\"]");
            assertThat(row.get("b")).isNull();
        }
    }

    /** Pinot fails for an array that begins with null. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"NULL\":true},{\"S\":\"x\"} | [null,\"x\"]",
                "{\"S\":\"x\"},{\"NULL\":true} | [\"x\",null]",
                "{\"NULL\":true},{\"N\":\"1\"} | [null,1]",
                "{\"NULL\":true} | [null]",
                "{\"NULL\":true},{\"M\":{\"z\":{\"N\":\"1\"},\"a\":{\"N\":\"2\"}}} | [null,{\"z\":1,\"a\":2}]"
            })
    void aListThatBeginsWithNullIsTheSameBesideAColumnOfTheWholeAttribute(String list, String expected)
            throws Exception {
        String attributes = "\"m\":{\"M\":{\"v\":{\"L\":[" + list + "]}}}";
        FieldSpec part = column("m.v", DataType.JSON);
        assertThat(value(part, delimiter(null), attributes)).isEqualTo(expected);
        try (PinotTable table = open(delimiter(null), part, column("m", DataType.JSON))) {
            table.consume(Change.of("INSERT").newImage(attributes).bytes());

            assertThat(Rows.of(table, "SELECT \"m.v\" AS v FROM t").get(0)).containsEntry("v", expected);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STRING", "BYTES", "INT"})
    void aColumnOfTheWholeAttributeThatIsNoObjectEmptiesThoseOfItsParts(DataType whole) throws Exception {
        try (PinotTable table = open(delimiter(null), column("m", whole), column("m.a.v", DataType.INT))) {
            table.consume(Change.of("INSERT").newImage(NUMBER.formatted("5")).bytes());

            assertThat(Rows.of(table, "SELECT \"m.a.v\" AS v FROM t").get(0).get("v"))
                    .isNull();
        }
    }

    @Test
    void anAttributeWhoseNameContainsTheDelimiterNeedsAnotherDelimiter() throws Exception {
        String dotted = "\"a.b\":{\"N\":\"5\"}";

        assertThat(value(column("a.b", DataType.INT), delimiter(null), dotted)).isNull();
        assertThat(value(column("a.b", DataType.INT), delimiter("__"), dotted)).isEqualTo(5);
        assertThat(value(column("m__a__v", DataType.INT), delimiter("__"), NUMBER.formatted("6")))
                .isEqualTo(6);
    }

    @Test
    void aNameInsideAMapThatContainsTheDelimiterIsReadAsAPathUnlessThePathHasAValue() throws Exception {
        String dotted = "\"a.v\":{\"N\":\"5\"}";
        String path = "\"a\":{\"M\":{\"v\":{\"N\":\"6\"}}}";

        assertThat(nested(DataType.INT, "\"m\":{\"M\":{" + dotted + "}}")).isEqualTo(5);
        assertThat(nested(DataType.INT, "\"m\":{\"M\":{" + dotted + "," + path + "}}"))
                .isEqualTo(6);
        assertThat(nested(DataType.INT, "\"m\":{\"M\":{" + path + "," + dotted + "}}"))
                .isEqualTo(6);
    }

    @Test
    void aRenamedPrefixIsAnAttributeThatPinotDoesNotAskFor() throws Exception {
        ComplexTypeConfig renamed = new ComplexTypeConfig(null, null, null, Map.of("m.a.", "of_"));

        assertThat(value(column("of_v", DataType.INT), renamed, NUMBER.formatted("5")))
                .isNull();
    }

    /** Pinot asks for {@code cdc} and {@code old} then, which are attributes. */
    @Test
    void columnsOfTheEventAndOfOldImageMayContainTheDelimiter() throws Exception {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("m_v", DataType.INT)
                .addSingleValueDimension("old_v", DataType.INT)
                .addSingleValueDimension("old_m_v", DataType.INT)
                .addSingleValueDimension("cdc_eventName", DataType.STRING)
                .addDateTime("cdc_ApproximateCreationDateTime", DataType.LONG, "EPOCH|SECONDS", "1:SECONDS")
                .build();
        TableConfig config = with(
                delimiter("_"),
                TestTables.append(Map.of("dynamodb.envelopePrefix", "cdc_", "dynamodb.oldImagePrefix", "old_")));
        try (PinotTable table = PinotTable.open(config, schema)) {
            assertThat(table.fieldsToRead()).containsExactlyInAnyOrder("id", "m", "old", "cdc");
            table.consume(Change.of("MODIFY")
                    .newImage("\"v\":{\"N\":\"2\"},\"m\":{\"M\":{\"v\":{\"N\":\"4\"}}}")
                    .oldImage("\"v\":{\"N\":\"1\"},\"m_v\":{\"N\":\"3\"}")
                    .bytes());

            assertThat(Rows.of(
                            table,
                            "SELECT m_v, old_v, old_m_v, cdc_eventName, cdc_ApproximateCreationDateTime AS at FROM t"))
                    .containsExactly(Map.of(
                            "m_v", 4, "old_v", 1, "old_m_v", 3, "cdc_eventName", "MODIFY", "at", 1_719_039_879L));
        }
    }

    /** Pinot asks for {@code old_m} then, which is an M of OldImage. */
    @Test
    void aPartOfAnMOfOldImageFillsTheColumnOfItsPath() throws Exception {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("old_m.v", DataType.INT)
                .build();
        TableConfig config = with(delimiter(null), TestTables.append(Map.of("dynamodb.oldImagePrefix", "old_")));
        try (PinotTable table = PinotTable.open(config, schema)) {
            table.consume(Change.of("MODIFY")
                    .newImage("")
                    .oldImage("\"m\":{\"M\":{\"v\":{\"N\":\"4\"}}}")
                    .bytes());

            assertThat(Rows.of(table, "SELECT \"old_m.v\" AS v FROM t")).containsExactly(Map.of("v", 4));
        }
    }

    @Test
    void unnestingMakesARowOfEachMember() throws Exception {
        ComplexTypeConfig unnested = new ComplexTypeConfig(List.of("m"), null, null, null);
        try (PinotTable table = open(unnested, column("m.v", DataType.INT))) {
            table.consume(Change.of("INSERT")
                    .newImage("\"m\":{\"L\":[{\"M\":{\"v\":{\"N\":\"1\"}}},{\"M\":{\"v\":{\"N\":\"2\"}}}]}")
                    .bytes());

            assertThat(Rows.of(table, "SELECT \"m.v\" AS v FROM t ORDER BY \"m.v\""))
                    .containsExactly(Map.of("v", 1), Map.of("v", 2));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "STRING | {'SS':['a','b']} | a, b",
                "STRING | {'L':[{'N':'1.10'},{'BOOL':true},{'L':[{'N':'2'}]},{'B':'AQI='}]} | 1.10, true, [2], AQI=",
                "STRING | {'S':'alone'} | alone",
                "STRING | {'L':[{'NULL':true},{'S':'b'},{'M':{'x':{'N':'1'}}},{'NULL':true}]} | b, {\"x\":1}",
                "STRING | {'L':[]} | null",
                "INT | {'L':[{'NULL':true}]} | null",
                "INT | {'L':[{'S':'text'},{'N':'5'}]} | 5",
                "INT | {'NS':['1','2']} | 1, 2",
                "INT | {'L':[{'N':'1'},{'S':'2'}]} | 1, 2",
                "LONG | {'L':[{'N':'9007199254740993'},{'N':'-1'}]} | 9007199254740993, -1",
                "DOUBLE | {'NS':['1.5','2']} | 1.5, 2.0",
                "BOOLEAN | {'L':[{'BOOL':true},{'N':'0'}]} | true, false",
                "TIMESTAMP | {'L':[{'N':'1700000000'},{'S':'1970-01-01T00:00:01Z'}]} | 1700000000000, 1000",
                "JSON | {'L':[{'S':'123'},{'L':[{'N':'1'}]},{'S':'{bad'}]} | \"123\", [1], \"{bad\"",
                "JSON | {'L':[{'B':'AQI='}]} | \"AQI=\"",
                "JSON | {'L':[{'BOOL':true},{'N':'1.10'}]} | true, 1.10",
                "JSON | {'NS':['12345678901234567890']} | 12345678901234567890",
                "JSON | {'S':'123'} | \"123\"",
                "JSON | {'L':[{'S':'[1, 2]'},{'S':'[3'}]} | [1,2], \"[3\"",
                "BYTES | {'BS':['AQ==','Ag==']} | 01, 02"
            })
    void unnestingGivesEachMemberToTheAttributesOwnColumn(DataType type, String value, String rows) throws Exception {
        assertThat(unnested(new DimensionFieldSpec("l", type, true), value.replace('\'', '"')))
                .isEqualTo(rows);
    }

    @Test
    void unnestingGivesEachMemberToAMultiValueColumnAlone() throws Exception {
        assertThat(unnested(new DimensionFieldSpec("l", DataType.STRING, false), "{\"SS\":[\"a\",\"b\"]}"))
                .isEqualTo("[a], [b]");
        assertThat(unnested(
                        new DimensionFieldSpec("l", DataType.LONG, false),
                        "{\"L\":[{\"L\":[{\"N\":\"1\"},{\"N\":\"2\"}]},{\"NS\":[\"3\",\"4\"]},{\"N\":\"5\"}]}"))
                .isEqualTo("[1, 2], [3, 4], [5]");
    }

    private static String unnested(FieldSpec column, String value) throws Exception {
        boolean isTime = column.getDataType() == DataType.TIMESTAMP;
        try (PinotTable table = open(new ComplexTypeConfig(List.of("l"), null, null, null), column)) {
            table.consume(Change.of("INSERT").newImage("\"l\":" + value).bytes());
            return Rows.of(table, "SELECT " + (isTime ? "CAST(l AS LONG)" : "l") + " AS v FROM t").stream()
                    .map(row -> row.get("v"))
                    .map(v -> v instanceof long[] longs
                            ? Arrays.stream(longs).boxed().toArray()
                            : v)
                    .map(v -> v instanceof Object[] members ? Arrays.toString(members) : String.valueOf(v))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Pinot itself gives the whole list to the rows whose member is an M. */
    @Test
    void unnestingGivesThePartsOfAMemberToTheirColumnsIfTheWholeIsAJsonColumn() throws Exception {
        String list = "\"l\":{\"L\":[{\"M\":{\"x\":{\"N\":\"5\"}}},{\"N\":\"7\"},{\"S\":\"8\"}]}";
        assertThat(unnestedWithParts(DataType.JSON, list))
                .containsExactly("[{\"x\":5},7,\"8\"] 5", "7 null", "\"8\" null");
        assertThat(unnestedWithParts(DataType.STRING, list)).containsExactly("{\"x\":5} null", "7 null", "8 null");
        assertThat(unnestedWithParts(DataType.INT, list)).containsExactly("7 null", "8 null");
        assertThat(unnestedWithParts(DataType.MAP, list)).containsExactly("{} null"); // Pinot's null
    }

    @Test
    void anMWithANameThatPinotsParserRefusesIsTextInTheRowOfAMember() throws Exception {
        String name = "n".repeat(50_001);
        String member = "{\"M\":{\"" + name + "\":{\"N\":\"1\"}}}";
        assertThat(unnested(column("l", DataType.JSON), "{\"L\":[" + member + ",{\"N\":\"2\"}]}"))
                .isEqualTo("\"{\\\"" + name + "\\\":1}\", 2");
    }

    @Test
    void nullMembersHaveNoRowsAlsoWithoutAColumnOfTheWhole() throws Exception {
        ComplexTypeConfig unnested = new ComplexTypeConfig(List.of("l"), null, null, null);
        String list = "\"l\":{\"L\":[{\"NULL\":true},{\"M\":{\"x\":{\"N\":\"1\"}}},{\"NULL\":true}]}";
        try (PinotTable table = open(unnested, column("l.x", DataType.INT))) {
            table.consume(Change.of("INSERT").newImage(list).bytes());
            assertThat(Rows.of(table, "SELECT \"l.x\" AS x FROM t")).containsExactly(Map.of("x", 1));
        }
    }

    private static List<String> unnestedWithParts(DataType whole, String attribute) throws Exception {
        ComplexTypeConfig unnested = new ComplexTypeConfig(List.of("l"), null, null, null);
        try (PinotTable table = open(unnested, column("l", whole), column("l.x", DataType.INT))) {
            table.consume(Change.of("INSERT").newImage(attribute).bytes());
            return Rows.of(table, "SELECT l, \"l.x\" FROM t").stream()
                    .map(row -> row.get("l") + " " + row.get("l.x"))
                    .collect(Collectors.toList());
        }
    }

    @Test
    void aValueOfOldImageThatPinotCannotConvertLosesTheDeleteUnlessOldImageIsLeftOut() throws Exception {
        assertThat(afterRemove(Map.of())).hasSize(1);
        assertThat(afterRemove(Map.of("dynamodb.fillFromOldImage", "false"))).isEmpty();
    }

    /** Returns the rows after an INSERT and a REMOVE whose OldImage has a text for a number. */
    private static List<Map<String, @Nullable Object>> afterRemove(Map<String, String> properties) throws Exception {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("m.a.v", DataType.INT)
                .addSingleValueDimension("gone", DataType.BOOLEAN)
                .addDateTime("at", DataType.LONG, "EPOCH|MICROSECONDS", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"))
                .build();
        Map<String, String> all = new HashMap<>(properties);
        all.put("dynamodb.timeColumnName", "at");
        all.put("dynamodb.deleteColumnName", "gone");
        try (PinotTable table = PinotTable.open(with(delimiter(null), TestTables.upsert("at", "gone", all)), schema)) {
            table.consume(Change.of("INSERT").newImage(NUMBER.formatted("5")).bytes());
            table.consume(Change.of("REMOVE").oldImage(TEXT.formatted("five")).bytes());
            return Rows.of(table, "SELECT id FROM t");
        }
    }
}
