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
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter of Pinot on an attribute does to the rows of an upsert table. */
class FilterTest {
    private static final String ARCHIVED = "strcmp(status, 'archived') = 0";
    /** 2024-06-22T07:04:39.869591Z in microseconds. */
    private static final long T = 1_719_039_879_869_591L;

    private static PinotTable open(String filter) throws Exception {
        TableConfig config = TestTables.upsert(
                "changed_at",
                "deleted",
                Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted"));
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setFilterConfig(new FilterConfig(filter));
        config.setIngestionConfig(ingestion);
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("id", DataType.STRING)
                .addSingleValueDimension("status", DataType.STRING)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
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
        try (PinotTable table = open(filter)) {
            for (String id : List.of("archived", "deleted", "other")) {
                assertThat(table.consume(Change.kinesis("INSERT", id)
                                .at(T)
                                .newImage(status("new"))
                                .bytes()))
                        .isEqualTo(Outcome.INDEXED);
            }
            assertThat(table.consume(Change.kinesis("MODIFY", "archived")
                            .at(T + 1)
                            .newImage(status("archived"))
                            .bytes()))
                    .isEqualTo(Outcome.SKIPPED);
            table.consume(Change.kinesis("REMOVE", "deleted")
                    .at(T + 1)
                    .oldImage(status("archived"))
                    .bytes());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deleted = false AND " + ARCHIVED,
                "\"deleted\" = false AND (" + ARCHIVED + " OR strcmp(status, 'x') = 0)",
                "NOT deleted AND (" + ARCHIVED + ")"
            })
    void aFilterThatIsFalseForDeletesLosesUpdatesOnly(String filter) throws Exception {
        assertThat(rows(filter)).containsExactly(row("archived"), row("other"));
    }

    /** Pinot compares numbers and booleans with =, but fails for texts. */
    @Test
    void aTextIsNotComparedByTheEqualsSign() throws Exception {
        try (PinotTable table = open("deleted = false AND status = 'archived'")) {
            assertThat(table.consume(Change.kinesis("INSERT", "a")
                                    .at(T)
                                    .newImage(status("new"))
                                    .bytes())
                            .kind())
                    .isEqualTo(Outcome.Kind.FAILED);
        }
    }
}
