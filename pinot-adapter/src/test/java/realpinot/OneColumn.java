package realpinot;

import fixture.Change;
import fixture.Columns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a query returns for a column {@code v} after one row, whose value comes directly or through the decoder.
 */
final class OneColumn {
    /** Returned instead of a value if Pinot dropped the row. */
    static final Object ROW_LOST = "the row was lost";

    private final Schema schema;
    private final TableConfig config;
    private final String expression;

    private OneColumn(Schema schema, TableConfig config, String expression) {
        this.schema = schema;
        this.config = config;
        this.expression = expression;
    }

    static OneColumn of(DataType type) {
        return of(type, Map.of());
    }

    /** Returns the column of a decoder with these properties. */
    static OneColumn of(DataType type, Map<String, String> properties) {
        return of(type == DataType.MAP ? Columns.map("v") : new DimensionFieldSpec("v", type, true), properties);
    }

    /** Returns a column {@code v} with settings besides its type. */
    static OneColumn of(FieldSpec column, Map<String, String> properties) {
        Schema schema = new Schema();
        schema.setSchemaName("t");
        schema.addField(column);
        // Otherwise a TIMESTAMP is shown in the server's time zone.
        String expression = column.getDataType() == DataType.TIMESTAMP ? "CAST(v AS LONG)" : "v";
        return new OneColumn(schema, TestTables.append(properties), expression);
    }

    static OneColumn multiValue(DataType type) {
        return multiValue(type, TestTables.append(Map.of()));
    }

    static OneColumn multiValue(DataType type, TableConfig config) {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addMultiValueDimension("v", type)
                .build();
        return new OneColumn(schema, config, "v");
    }

    /** Returns what a query returns for this value from a decoder that knows no schema; or {@link #ROW_LOST}. */
    @Nullable
    Object naive(@Nullable Object value) throws Exception {
        try (PinotTable table = PinotTable.open(config, schema)) {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("v", value);
            return shown(table, table.consumeRow(row));
        }
    }

    /** Returns what a query returns for an attribute value in NewImage of an INSERT; or {@link #ROW_LOST}. */
    @Nullable
    Object decoded(String attributeValue) throws Exception {
        try (PinotTable table = PinotTable.open(config, schema)) {
            return shown(
                    table,
                    table.consume(Change.of("INSERT")
                            .newImage("\"v\":" + attributeValue)
                            .bytes()));
        }
    }

    private @Nullable Object shown(PinotTable table, Outcome outcome) {
        List<Map<String, @Nullable Object>> rows = Rows.of(table, "SELECT " + expression + " AS v FROM t");
        boolean isLost = outcome.kind() == Outcome.Kind.FAILED;
        if (rows.size() != (isLost ? 0 : 1)) {
            throw new AssertionError(outcome + " and " + rows.size() + " rows");
        }
        return isLost ? ROW_LOST : rows.get(0).get("v");
    }
}
