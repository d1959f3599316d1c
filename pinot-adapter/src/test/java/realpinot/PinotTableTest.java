package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.junit.jupiter.api.Test;

/** Shows that the table in this JVM behaves as Pinot: what it keeps, hides and refuses. */
class PinotTableTest {
    private static final Schema SCHEMA = new Schema.SchemaBuilder()
            .setSchemaName("t")
            .addSingleValueDimension("id", DataType.STRING)
            .addSingleValueDimension("v", DataType.INT)
            .addSingleValueDimension("at", DataType.LONG)
            .addSingleValueDimension("gone", DataType.BOOLEAN)
            .setPrimaryKeyColumns(List.of("id"))
            .build();
    private static final TableConfig UPSERT = TestTables.upsert("at", "gone", Map.of());
    private static final String ALL = "SELECT id, v FROM t ORDER BY id, v";

    @Test
    void withoutUpsertEveryRowStays() throws Exception {
        try (PinotTable table = PinotTable.open(TestTables.append(Map.of()), SCHEMA)) {
            table.consumeRow(Map.of("id", "a", "v", 1));
            table.consumeRow(Map.of("id", "a", "v", 2));

            assertThat(Rows.of(table, ALL)).containsExactly(Map.of("id", "a", "v", 1), Map.of("id", "a", "v", 2));
        }
    }

    @Test
    void withUpsertTheGreatestComparisonValueIsSeenAndTheHistoryWithSkipUpsert() throws Exception {
        try (PinotTable table = PinotTable.open(UPSERT, SCHEMA)) {
            table.consumeRow(Map.of("id", "a", "v", 2, "at", 20L, "gone", false));
            table.consumeRow(Map.of("id", "a", "v", 1, "at", 10L, "gone", false));

            assertThat(Rows.of(table, ALL)).containsExactly(Map.of("id", "a", "v", 2));
            assertThat(Rows.history(table, ALL)).containsExactly(Map.of("id", "a", "v", 1), Map.of("id", "a", "v", 2));
        }
    }

    @Test
    void aDeletedRowIsHiddenUntilALaterOneArrives() throws Exception {
        try (PinotTable table = PinotTable.open(UPSERT, SCHEMA)) {
            table.consumeRow(Map.of("id", "a", "v", 1, "at", 10L, "gone", false));
            table.consumeRow(Map.of("id", "a", "v", 1, "at", 20L, "gone", true));
            assertThat(Rows.of(table, ALL)).isEmpty();

            table.consumeRow(Map.of("id", "a", "v", 3, "at", 30L, "gone", false));
            assertThat(Rows.of(table, ALL)).containsExactly(Map.of("id", "a", "v", 3));
        }
    }

    @Test
    void aPayloadThatDoesNotDecodeAndAValueThatDoesNotConvertAreFailuresAndCostTheirRow() throws Exception {
        try (PinotTable table = PinotTable.open(TestTables.append(Map.of()), SCHEMA)) {
            assertThat(table.consume("{".getBytes(UTF_8)).kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(table.consumeRow(Map.of("id", "a", "v", "one")).kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(table.consume(new byte[0]).kind()).isEqualTo(Outcome.Kind.SKIPPED);
            assertThat(Rows.of(table, ALL)).isEmpty();
        }
    }

    @Test
    void theDecoderReceivesTheColumnsOfTheSchema() throws Exception {
        try (PinotTable table = PinotTable.open(UPSERT, SCHEMA)) {
            assertThat(table.fieldsToRead()).containsExactlyInAnyOrder("id", "v", "at", "gone");
        }
    }

    @Test
    void aQueryThatPinotCannotAnswerIsRefused() throws Exception {
        try (PinotTable table = PinotTable.open(UPSERT, SCHEMA)) {
            assertThatThrownBy(() -> table.query("SELECT nonsense( FROM t")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> table.query("SELECT other FROM t")).isInstanceOf(RuntimeException.class);
        }
    }
}
