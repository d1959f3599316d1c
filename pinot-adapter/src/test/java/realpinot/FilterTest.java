package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.ingestion.FilterConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter of Pinot on an attribute does to the rows of an upsert table. */
class FilterTest {
    private static final String ARCHIVED = "strcmp(status, 'archived') = 0";
    /** 2024-06-22T07:04:39.869591Z in microseconds. */
    private static final long T = 1_719_039_879_869_591L;

    private static PinotTable open(String filter, DataType deleteType, boolean fillFromOldImage) throws Exception {
        TableConfig config = TestTables.upsert(
                "changed_at",
                "deleted",
                Map.of(
                        "dynamodb.timeColumnName",
                        "changed_at",
                        "dynamodb.deleteColumnName",
                        "deleted",
                        "dynamodb.fillFromOldImage",
                        Boolean.toString(fillFromOldImage),
                        "dynamodb.oldImagePrefix",
                        "old_"));
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setFilterConfig(new FilterConfig(filter));
        config.setIngestionConfig(ingestion);
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("status", DataType.STRING)
                .addSingleValueDimension("deleted", deleteType)
                .addSingleValueDimension("isTimeToLiveDelete", deleteType)
                .addDateTime("changed_at", DataType.LONG, "1:MICROSECONDS:EPOCH", "1:MICROSECONDS")
                .setPrimaryKeyColumns(List.of("id"))
                .build();
        return PinotTable.open(config, schema);
    }

    private static String status(String status) {
        return "\"status\":{\"S\":\"" + status + "\"}";
    }

    /** Returns the rows after one item is archived, one is deleted while it is archived, and one is neither. */
    private static List<Map<String, @Nullable Object>> rows(String filter) throws Exception {
        return rows(filter, DataType.BOOLEAN, true);
    }

    private static List<Map<String, @Nullable Object>> rows(
            String filter, DataType deleteType, boolean fillFromOldImage) throws Exception {
        try (PinotTable table = open(filter, deleteType, fillFromOldImage)) {
            for (String id : List.of("archived", "deleted", "other")) {
                assertThat(table.consume(Change.kinesis("INSERT", id)
                                .at(T)
                                .newImage(status("new"))
                                .bytes()))
                        .isEqualTo(Outcome.INDEXED);
            }
            for (Change change : List.of(
                    Change.kinesis("MODIFY", "archived").newImage(status("archived")),
                    Change.kinesis("REMOVE", "deleted").oldImage(status("archived")))) {
                assertThat(table.consume(change.at(T + 1).bytes())).isIn(Outcome.INDEXED, Outcome.SKIPPED);
            }
            return Rows.of(table, "SELECT id, status FROM t ORDER BY id");
        }
    }

    private static Map<String, Object> row(String id) {
        return Map.of("id", id, "status", "new");
    }

    @Test
    void aFilterOnAnAttributeLosesUpdatesAndDeletes() throws Exception {
        assertThat(rows(ARCHIVED)).containsExactly(row("archived"), row("deleted"), row("other"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("filtersThatKeepDeletes")
    void aFilterThatIsFalseForDeletesLosesUpdatesOnly(DataType deleteType, String filter) throws Exception {
        assertThat(rows(filter, deleteType, true)).containsExactly(row("archived"), row("other"));
    }

    private static List<Arguments> filtersThatKeepDeletes() {
        List<String> comparisons = List.of(
                "deleted = false AND " + ARCHIVED,
                "\"deleted\" = false AND (" + ARCHIVED + " OR strcmp(status, 'x') = 0)",
                "deleted = 0 AND " + ARCHIVED,
                "0 = deleted AND " + ARCHIVED,
                "deleted != true AND " + ARCHIVED,
                "1 <> deleted AND " + ARCHIVED,
                "(deleted) = false AND " + ARCHIVED,
                "NOT (deleted = true) AND " + ARCHIVED,
                ARCHIVED + " AND deleted = false");
        List<String> texts = List.of(
                "strcmp(\"deleted\", 'false') = 0 AND (" + ARCHIVED + ")",
                "strcmp(deleted, 'true') != 0 AND " + ARCHIVED,
                ARCHIVED + " AND strcmp(deleted, 'false') = 0");
        List<String> truths = List.of(
                "NOT deleted AND (" + ARCHIVED + ")",
                "NOT (deleted) AND " + ARCHIVED,
                "isTimeToLiveDelete OR (deleted = false AND " + ARCHIVED + ")");
        Map<DataType, List<List<String>>> filters = Map.of(
                DataType.BOOLEAN,
                List.of(comparisons, texts, truths),
                DataType.STRING,
                List.of(texts),
                DataType.INT,
                List.of(comparisons),
                DataType.LONG,
                List.of(comparisons),
                DataType.DOUBLE,
                List.of(comparisons),
                DataType.BIG_DECIMAL,
                List.of(comparisons));
        return filters.entrySet().stream()
                .flatMap(type -> type.getValue().stream()
                        .flatMap(List::stream)
                        .map(filter -> Arguments.of(type.getKey(), filter)))
                .toList();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "STRING, deleted = false",
                "STRING, 0 = deleted",
                "STRING, deleted != true",
                "STRING, NOT deleted",
                "STRING, deleted",
                "STRING, deleted = 'false'",
                "INT, NOT deleted",
                "INT, (deleted)",
                "INT, deleted = 'false'",
                "LONG, NOT deleted",
                "LONG, deleted = 'false'",
                "DOUBLE, NOT (deleted)",
                "BIG_DECIMAL, NOT deleted",
                "BOOLEAN, 'false' = deleted"
            })
    void aConditionThatDoesNotSuitTheTypeFailsEveryRow(DataType deleteType, String condition) throws Exception {
        assertThat(consumed(condition + " AND " + ARCHIVED, deleteType).kind()).isEqualTo(Outcome.Kind.FAILED);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "BOOLEAN, isTimeToLiveDelete = 1, INDEXED",
                "INT, (isTimeToLiveDelete) = true, INDEXED",
                "INT, isTimeToLiveDelete, INDEXED",
                "STRING, (isTimeToLiveDelete), INDEXED",
                "STRING, `strcmp(isTimeToLiveDelete, 'true') = 0`, INDEXED",
                "STRING, isTimeToLiveDelete = 1, FAILED"
            })
    void aFilterOfDeletesByTimeToLiveSuitsTheType(DataType type, String filter, Outcome.Kind kind) throws Exception {
        assertThat(consumed(filter, type).kind()).isEqualTo(kind);
    }

    private static Outcome consumed(String filter, DataType deleteType) throws Exception {
        try (PinotTable table = open(filter, deleteType, true)) {
            return table.consume(
                    Change.kinesis("INSERT", "a").at(T).newImage(status("new")).bytes());
        }
    }

    /** Without OldImage, a REMOVE has no attributes beyond its keys, and most conditions on null are not true. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ARCHIVED,
                "strcmp(status, 'new') != 0",
                "NOT strcmp(status, 'new') = 0",
                "length(status) > 3",
                "startsWith(status, 'arch') OR strcmp(lower(status), 'x') = 0",
                "strcmp(id, 'x') = 0 OR strcmp(upper(status), 'ARCHIVED') = 0"
            })
    void withoutOldImageAFilterOnAnAttributeKeepsDeletes(String filter) throws Exception {
        assertThat(rows(filter, DataType.BOOLEAN, false)).containsExactly(row("archived"), row("other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ARCHIVED + " OR status IS NULL",
                "strcmp(coalesce(status, 'archived'), 'archived') = 0",
                ARCHIVED + " OR deleted"
            })
    void aFilterThatIsTrueForNullOrForDeletesLosesDeletesWithoutOldImageToo(String filter) throws Exception {
        assertThat(rows(filter, DataType.BOOLEAN, false))
                .containsExactly(row("archived"), row("deleted"), row("other"));
    }

    /** OldImage fills the columns of its prefix even where it does not fill those of attributes. */
    @Test
    void aFilterOnAColumnOfOldImageLosesDeletesWithoutOldImageToo() throws Exception {
        assertThat(rows("strcmp(old_status, 'archived') = 0", DataType.BOOLEAN, false))
                .contains(row("deleted"));
    }

    /** Pinot compares with = only what it can read as a number or a boolean; a key and tableName are texts too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deleted = false AND status = 'archived'",
                "status = 'new'",
                "id = 'a'",
                "id != 'b'",
                "tableName = 'stock'",
                "tableName <> 'orders'"
            })
    void aTextIsNotComparedByTheEqualsSign(String filter) throws Exception {
        Outcome outcome = consumed(filter, DataType.BOOLEAN);
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(outcome.failure()).hasMessageContaining("Caught exception while executing filter function");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`strcmp(id, 'a') = 0`, SKIPPED",
                "`strcmp(id, 'b') = 0`, INDEXED",
                "`strcmp(tableName, 'stock') = 0`, SKIPPED",
                "`strcmp(tableName, 'stock') != 0`, INDEXED"
            })
    void aKeyAndTheNameOfTheTableAreComparedByStrcmp(String filter, Outcome.Kind kind) throws Exception {
        assertThat(consumed(filter, DataType.BOOLEAN).kind()).isEqualTo(kind);
    }
}
