package example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pinot.common.response.broker.ResultTable;
import org.jspecify.annotations.Nullable;

/** Formats the result of a query as a text table. */
final class TextTable {
    private static final String INDENT = "    ";
    private static final int MAX_WIDTH = 36;

    private TextTable() {}

    /** Returns a line of column names, a rule, and one line per row; or a remark if there are no rows. */
    static List<String> lines(ResultTable result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(result.getDataSchema().getColumnNames()));
        for (Object[] row : result.getRows()) {
            rows.add(Arrays.stream(row).map(TextTable::cell).toList());
        }
        if (rows.size() == 1) {
            return List.of(INDENT + "(no rows)");
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        lines.add(1, INDENT + "-".repeat(Arrays.stream(widths).sum() + 2 * (widths.length - 1)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String cell(@Nullable Object value) {
        String shown = printable(value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value));
        return shown.length() <= MAX_WIDTH ? shown : shown.substring(0, MAX_WIDTH - 3) + "...";
    }

    /** Replaces control characters, which could move the cursor of the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
