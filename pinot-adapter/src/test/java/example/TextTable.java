package example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pinot.common.response.broker.ResultTable;
import org.jspecify.annotations.Nullable;

/**
 * Formats the result of a query as a text table that fits a terminal. Long cells are cut. If the columns still do not
 * fit beside each other, they are grouped in blocks, and each block begins with the same columns, or with the number of
 * the row where those would take too much room.
 */
final class TextTable {
    private static final String INDENT = "    ";
    private static final String CUT = "...";
    private static final int GAP = 2;
    private static final int MAX_CELL = 36;
    private static final int MIN_CELL = 16;
    private static final int MAX_REPEATED_PART = 2;

    private final List<List<String>> rows;
    private final int width;

    private TextTable(List<List<String>> rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    /**
     * Returns a line of column names, a rule, and one line per row; or a remark if there are no rows.
     *
     * @param repeated how many of the first columns begin each block
     * @param terminal how many characters a line may have
     */
    static List<String> lines(ResultTable result, int repeated, int terminal) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Arrays.stream(result.getDataSchema().getColumnNames())
                .map(TextTable::printable)
                .toList());
        for (Object[] row : result.getRows()) {
            rows.add(Arrays.stream(row).map(TextTable::text).toList());
        }
        if (rows.size() == 1) {
            return List.of(INDENT + "(no rows)");
        }
        return new TextTable(rows, terminal - INDENT.length()).lines(repeated);
    }

    private List<String> lines(int repeated) {
        List<Integer> all = columns(0, rows.get(0).size());
        for (int max = MAX_CELL; max >= MIN_CELL; max--) {
            if (widthOf(all, max) <= width) {
                return block(all, max);
            }
        }
        int repeatable = Math.min(repeated, all.size() - 1);
        return widthOf(all.subList(0, repeatable), MAX_CELL) <= width / MAX_REPEATED_PART
                ? blocks(repeatable)
                : numbered().blocks(1);
    }

    private TextTable numbered() {
        List<List<String>> numbered = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = new ArrayList<>(List.of(i == 0 ? "row" : String.valueOf(i)));
            row.addAll(rows.get(i));
            numbered.add(row);
        }
        return new TextTable(numbered, width);
    }

    private List<String> blocks(int repeated) {
        List<String> lines = new ArrayList<>();
        List<Integer> block = columns(0, repeated);
        for (int column : columns(repeated, rows.get(0).size())) {
            block.add(column);
            if (block.size() > repeated + 1 && widthOf(block, MAX_CELL) > width) {
                lines.addAll(block(block.subList(0, block.size() - 1), MAX_CELL));
                lines.add("");
                block = columns(0, repeated);
                block.add(column);
            }
        }
        lines.addAll(block(block, MAX_CELL));
        return lines;
    }

    private static List<Integer> columns(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).boxed().toList());
    }

    private int widthOf(List<Integer> columns, int max) {
        return columns.stream().mapToInt(column -> cellWidth(column, max) + GAP).sum() - GAP;
    }

    private int cellWidth(int column, int max) {
        return rows.stream()
                .mapToInt(row -> Math.min(max, length(row.get(column))))
                .max()
                .orElse(0);
    }

    private List<String> block(List<Integer> columns, int max) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int column : columns) {
                String cell = cut(row.get(column), max);
                line.append(cell).append(" ".repeat(cellWidth(column, max) - length(cell) + GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(1, INDENT + "-".repeat(widthOf(columns, max)));
        return lines;
    }

    private static String cut(String cell, int max) {
        return length(cell) <= max ? cell : cell.substring(0, cell.offsetByCodePoints(0, max - CUT.length())) + CUT;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String text(@Nullable Object value) {
        boolean isArray = value != null && value.getClass().isArray();
        String text = isArray ? Arrays.deepToString(new Object[] {value}) : String.valueOf(value);
        return printable(isArray ? text.substring(1, text.length() - 1) : text);
    }

    /** Replaces control characters, which could move the cursor of the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
