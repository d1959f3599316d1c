package realpinot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.common.response.broker.ResultTable;
import org.jspecify.annotations.Nullable;

/** The answer to a query as one map from column to value for each row. */
final class Rows {
    private Rows() {}

    /** The rows that a SELECT finds, NULL where a column was null. */
    static List<Map<String, @Nullable Object>> of(PinotTable table, String select) {
        return of(table.query("SET enableNullHandling = true; " + select));
    }

    /** The same of every row that was indexed, whatever upsert made of it since. */
    static List<Map<String, @Nullable Object>> history(PinotTable table, String select) {
        return of(table, "SET skipUpsert = true; " + select);
    }

    static List<Map<String, @Nullable Object>> of(ResultTable result) {
        String[] columns = result.getDataSchema().getColumnNames();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Object[] values : result.getRows()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], values[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
