package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The tables of the pages in core/docs. */
final class PageTable {
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

    private PageTable() {}

    /** Returns the rows of the first table of a section, without its heading. */
    static List<List<String>> of(String page, String section) throws IOException {
        return after(page, "## " + section);
    }

    /** Returns the rows of the first table after a line that begins with this text. */
    static List<List<String>> after(String page, String text) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean isAfter = false;
        for (String line :
                Files.readAllLines(ReadmeTest.ROOT.resolve("core/docs").resolve(page), UTF_8)) {
            isAfter |= line.startsWith(text);
            if (isAfter && line.startsWith("|")) {
                rows.add(cells(line));
            } else if (!rows.isEmpty()) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new AssertionError("no table after " + text);
        }
        return rows.subList(2, rows.size());
    }

    /** Returns the row of each check. A check's name is how the first cell of its row begins. */
    static <T> Map<List<String>, T> match(String page, String section, Map<String, T> checks) throws IOException {
        Map<List<String>, T> found = new LinkedHashMap<>();
        for (List<String> row : of(page, section)) {
            for (Map.Entry<String, T> check : checks.entrySet()) {
                if (row.get(0).startsWith(check.getKey())) {
                    found.put(row, check.getValue());
                }
            }
            assertThat(found).as("the check of " + row).containsKey(row);
        }
        assertThat(found).as("the rows of all checks").hasSameSizeAs(checks);
        return found;
    }

    /** Returns the cells of a row. */
    static List<String> cells(String line) {
        return CELL_END.splitAsStream(line.substring(1)).map(String::strip).toList();
    }
}
