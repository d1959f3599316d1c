package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.pinot.common.response.broker.ResultTable;
import org.apache.pinot.common.utils.DataSchema;
import org.apache.pinot.common.utils.DataSchema.ColumnDataType;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final String UUID = "4a60c849-d475-4ad5-adbc-776cbf7ca5df";

    /** Returns the lines of one row, whose columns are called a, b and so on. */
    private static List<String> lines(int repeated, int terminal, Object... row) {
        String[] names = new String[row.length];
        Arrays.setAll(names, i -> String.valueOf((char) ('a' + i)));
        ColumnDataType[] types =
                Collections.nCopies(row.length, ColumnDataType.STRING).toArray(ColumnDataType[]::new);
        List<Object[]> rows = Collections.singletonList(row);
        return TextTable.lines(new ResultTable(new DataSchema(names, types), rows), repeated, terminal);
    }

    @Test
    void aLongCellIsCutOnlyAsMuchAsTheTerminalRequires() {
        assertThat(lines(1, 80, "1", UUID)).last().isEqualTo("    1  " + UUID);
        assertThat(lines(1, 40, "1", UUID)).last().isEqualTo("    1  " + UUID.substring(0, 30) + "...");
    }

    @Test
    void columnsThatDoNotFitFollowInBlocksThatRepeatTheKey() {
        assertThat(lines(1, 40, "key", "1".repeat(20), "2".repeat(20)))
                .containsExactly(
                        "    a    b",
                        "    -------------------------",
                        "    key  " + "1".repeat(20),
                        "",
                        "    a    c",
                        "    -------------------------",
                        "    key  " + "2".repeat(20));
    }

    @Test
    void aKeyThatTakesMostOfTheLineIsReplacedByTheNumberOfTheRow() {
        assertThat(lines(1, 50, UUID, "1".repeat(20), "2".repeat(20)))
                .contains("    row  a", "    row  b", "    row  c", "    1    " + UUID, "    1    " + "2".repeat(20));
    }

    @Test
    void arraysShowTheirMembersAndNoCharacterIsHalved() {
        assertThat(lines(0, 100, new int[] {1, 2}, new String[] {"x"})).last().isEqualTo("    [1, 2]  [x]");
        assertThat(lines(0, 22, "😀".repeat(30))).last().isEqualTo("    " + "😀".repeat(15) + "...");
    }

    @Test
    void aTerminalOfAnyWidthIsServed() {
        for (int terminal = 1; terminal < 60; terminal++) {
            assertThat(lines(1, terminal, UUID, UUID, "z")).isNotEmpty();
        }
    }
}
