package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.FieldSpec.MaxLengthExceedStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that Pinot would not store whole fails the row, where a part of it would change the row's identity. */
class LengthCheckTest {
    private static final String HINT = "set a larger one in the schema";

    private static FieldSpec column(
            String name, DataType type, @Nullable Integer maxLength, @Nullable MaxLengthExceedStrategy strategy) {
        FieldSpec column = new DimensionFieldSpec(name, type, true);
        if (maxLength != null) {
            column.setMaxLength(maxLength);
        }
        column.setMaxLengthExceedStrategy(strategy);
        return column;
    }

    private static Table keyed(DataType type, @Nullable Integer maxLength, @Nullable MaxLengthExceedStrategy strategy) {
        return new Table()
                .and(column("pk", type, maxLength, strategy))
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("pk")
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");
    }

    private static List<String> changes(String key) {
        String keys = "\"pk\":" + key;
        return List.of(
                Change.of("INSERT").keys(keys).newImage("").json(),
                Change.of("MODIFY").keys(keys).newImage("").json(),
                Change.of("REMOVE").keys(keys).json());
    }

    private static void assertFails(Table table, String key, String... words) {
        for (String change : changes(key)) {
            assertThatThrownBy(() -> table.row(change))
                    .isInstanceOf(RowException.class)
                    .hasMessageContaining("column 'pk'")
                    .hasMessageContainingAll(words);
        }
    }

    private static void assertPasses(Table table, String key, Object value) {
        for (String change : changes(key)) {
            assertThat(table.row(change)).containsEntry("pk", value);
        }
    }

    private static String s(String text) {
        return "{\"S\":\"" + text + "\"}";
    }

    @Test
    void aTextOfMoreThan512CharactersFailsTheRowOfAKeyWithoutMaxLength() {
        String longest = "\uD83D\uDE00".repeat(256);

        assertPasses(keyed(DataType.STRING, null, null), s(longest), longest);
        assertFails(keyed(DataType.STRING, null, null), s(longest + "x"), "maxLength, which is 512;", HINT);
    }

    @ParameterizedTest
    @EnumSource(MaxLengthExceedStrategy.class)
    void maxLengthIsTheSchemasAndOnlyNoActionLetsALongerTextPass(MaxLengthExceedStrategy strategy) {
        Table table = keyed(DataType.STRING, 4, strategy);

        assertPasses(table, s("four"), "four");
        if (strategy == MaxLengthExceedStrategy.NO_ACTION) {
            assertPasses(table, s("fifth"), "fifth");
        } else {
            assertFails(table, s("fifth"), "maxLength, which is 4;");
        }
        assertPasses(keyed(DataType.STRING, 2048, strategy), s("k".repeat(2048)), "k".repeat(2048));
    }

    @ParameterizedTest
    @EnumSource(MaxLengthExceedStrategy.class)
    void aTextWithANulFailsTheRowOfAKeyUnderEachStrategy(MaxLengthExceedStrategy strategy) {
        for (String text : List.of("a\\u0000b", "\\u0000", "a\\u0000")) {
            assertFails(keyed(DataType.STRING, null, strategy), s(text), "U+0000", "a BYTES column in a new table");
        }
        assertFails(keyed(DataType.STRING, null, null), s("a\\u0000b"), "U+0000");
        assertPasses(keyed(DataType.BYTES, null, null), s("a\\u0000b"), new byte[] {'a', 0, 'b'});
    }

    @Test
    void aTextIsAlwaysAJsonStringInAJsonColumnOfAKeyThatMergesRows() {
        String array = "[1.0]";
        assertPasses(keyed(DataType.JSON, null, null), s(array), "\"[1.0]\"");
        assertPasses(keyed(DataType.JSON, null, null), s("a\\u0000b"), "\"a\\u0000b\"");

        Table dedup = new Table().and("pk", DataType.JSON).primaryKey("pk").dedup();
        assertPasses(dedup, s(array), "\"[1.0]\"");
        Table append = new Table().and("pk", DataType.JSON).primaryKey("pk");
        assertPasses(append, s(array), array);
    }

    @Test
    void theHintNamesTheLengthsOfKeysForColumnsOfKeysOnly() {
        assertFails(keyed(DataType.STRING, 3, null), s("four"), "2048 for a key, or 2732 for a key of type B");
        assertPasses(keyed(DataType.STRING, 2732, null), b(2048), base64(2048));
        assertFails(keyed(DataType.STRING, 2731, null), b(2048), "in the schema, such as 2732 for a key of type B");
        assertThatThrownBy(() -> keyed(DataType.STRING, 2732, null)
                        .row(changes(s("k".repeat(2733))).get(0)))
                .hasMessageEndingWith("set a larger one in the schema");
        assertThatThrownBy(() -> keyed(DataType.BYTES, 3, MaxLengthExceedStrategy.ERROR)
                        .row(changes(s("four")).get(0)))
                .hasMessageEndingWith("such as 2048 for a key");
        Table compared = new Table()
                .and("pk", DataType.STRING)
                .and(column("rank", DataType.STRING, 3, null))
                .primaryKey("pk")
                .upsert(Mode.FULL, null, "rank");
        assertThatThrownBy(() -> compared.row(Change.of("INSERT")
                        .keys("\"pk\":" + s("k"))
                        .newImage("\"rank\":" + s("four"))
                        .json()))
                .hasMessageEndingWith(HINT);
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    private static String b(int bytes) {
        return "{\"B\":\"" + base64(bytes) + "\"}";
    }

    @Test
    void inATableThatMergesNoRowsKeysAreLeftToPinot() {
        Table append = new Table().and(column("pk", DataType.STRING, 3, null)).primaryKey("pk");
        assertPasses(append, s("four"), "four");

        Table dedup = new Table()
                .and(column("pk", DataType.STRING, 3, null))
                .primaryKey("pk")
                .dedup();
        assertFails(dedup, s("four"), "maxLength, which is 3;");
    }

    @Test
    void theTextsOfOtherTypesCountToo() {
        assertFails(keyed(DataType.STRING, 3, null), "{\"N\":\"1234\"}", "maxLength, which is 3;");
        assertFails(keyed(DataType.STRING, 3, null), "{\"B\":\"AAA=\"}", "maxLength, which is 3;");
    }

    @ParameterizedTest
    @EnumSource(
            value = MaxLengthExceedStrategy.class,
            names = {"TRIM_LENGTH", "SUBSTITUTE_DEFAULT_VALUE", "ERROR"})
    void bytesAndJsonHaveALimitOnlyIfTheSchemaSaysWhatHappensBeyondIt(MaxLengthExceedStrategy strategy) {
        assertPasses(keyed(DataType.BYTES, 3, null), s("four"), new byte[] {'f', 'o', 'u', 'r'});
        assertPasses(keyed(DataType.JSON, 5, null), s("four"), "\"four\"");

        assertFails(keyed(DataType.BYTES, 3, strategy), s("four"), "maxLength, which is 3;");
        assertFails(keyed(DataType.JSON, 5, strategy), s("four"), "maxLength, which is 5;");
        assertFails(keyed(DataType.BYTES, null, strategy), s("x".repeat(513)), "maxLength, which is 512;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventID", "tableName", "SequenceNumber"})
    void aFieldOfTheEventThatIsAKeyIsCheckedToo(String column) {
        Table table = new Table()
                .and(column(column, DataType.STRING, 3, null))
                .and("id", DataType.STRING)
                .primaryKey("id", column)
                .dedup();
        String event = "{\"eventName\":\"INSERT\",\"eventID\":\"%s\",\"tableName\":\"%s\",\"dynamodb\":{\"Keys\":{"
                + Change.ID + "},\"SequenceNumber\":\"%s\",\"NewImage\":{" + Change.ID + "}}}";

        assertThat(table.row(String.format(event, "123", "123", "123"))).containsEntry(column, "123");
        assertThatThrownBy(() -> table.row(String.format(event, "1234", "1234", "1234")))
                .isInstanceOf(RowException.class)
                .hasMessageContainingAll("'" + column + "'", "maxLength, which is 3;");
    }

    @Test
    void comparisonColumnsAndTheTablesTimeColumnAreCheckedToo() {
        for (boolean upsert : List.of(true, false)) {
            Table table = new Table()
                    .and("id", DataType.STRING)
                    .and(column("rank", DataType.STRING, 26, null))
                    .primaryKey("id");
            Table comparing = upsert ? table.upsert(Mode.FULL, null, "rank") : table.timeColumn("rank");
            assertThatThrownBy(() -> comparing.row(Change.insert("\"rank\":" + s("x".repeat(27)))))
                    .isInstanceOf(RowException.class)
                    .hasMessageContainingAll("'rank'", "maxLength, which is 26;");
        }
    }

    private static FieldSpec time(@Nullable String format, int maxLength) {
        FieldSpec column = format == null
                ? new DimensionFieldSpec("at", DataType.STRING, true)
                : new DateTimeFieldSpec("at", DataType.STRING, format, "1:MILLISECONDS");
        column.setMaxLength(maxLength);
        return column;
    }

    private static Table timed(@Nullable String format, int maxLength) {
        return new Table()
                .and("id", DataType.STRING)
                .and(time(format, maxLength))
                .primaryKey("id")
                .property("timeColumnName", "at");
    }

    private static Map<@Nullable String, Integer> timeLengths() {
        Map<@Nullable String, Integer> lengths = new HashMap<>();
        lengths.put(null, "2038-01-01T22:44:55.987654Z".length());
        lengths.put("1:MICROSECONDS:EPOCH", "2145998695987654".length());
        lengths.put("1:SECONDS:EPOCH", "2145998695".length());
        lengths.put("SIMPLE_DATE_FORMAT|yyyy-MM-dd'T'HH:mm:ss.SSS", "2038-01-01T22:44:55.987".length());
        return lengths;
    }

    @Test
    void aTextColumnThatIsTooShortForATimeIsRefusedAtInit() {
        timeLengths().forEach((format, length) -> {
            assertThat(timed(format, length)
                            .timeColumn("at")
                            .row(Change.insert(""))
                            .get("at"))
                    .asString()
                    .hasSize(length);
            timed(format, length).upsert(Mode.FULL, null, "at").init();
            for (Table table : List.of(
                    timed(format, length - 1).timeColumn("at"),
                    timed(format, length - 1).upsert(Mode.FULL, null, "at"))) {
                assertThatThrownBy(table::init)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("'at'", "set maxLength to " + length + " or more");
            }
            timed(format, length - 1).init(); // neither a comparison column nor the table's time column
        });
        assertThatThrownBy(() -> timed("SIMPLE_DATE_FORMAT|EEEE d MMMM yyyy", 10)
                        .timeColumn("at")
                        .init())
                .hasMessageContaining("set maxLength to " + "Wednesday 22 September 2038".length() + " or more");
    }

    @Test
    void otherColumnsAreLeftToPinot() {
        Table table = new Table()
                .and("id", DataType.STRING)
                .and(column("v", DataType.STRING, 3, MaxLengthExceedStrategy.ERROR))
                .primaryKey("id");

        assertThat(table.value(s("long\\u0000text"))).isEqualTo("long\0text");
    }
}
