package realpinot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pinot.common.response.broker.ResultTable;
import org.jspecify.annotations.Nullable;

/** Converts the result of a query to one map per row, from column to value, or to one text per row. */
final class Rows {
    private Rows() {}

    /** Returns the rows of a SELECT, with null where a column was null. */
    static List<Map<String, @Nullable Object>> of(PinotTable table, String select) {
        return of(table.query("SET enableNullHandling = true; " + select));
    }

    /** Returns the same for every row that was indexed, even if upsert has replaced it since. */
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

    /** Returns the values of each row with a blank between them. */
    static List<String> texts(ResultTable result) {
        return result.getRows().stream()
                .map(values -> Stream.of(values).map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }
}
