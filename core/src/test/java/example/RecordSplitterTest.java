package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecordSplitterTest {
    private static final List<String> BROKEN =
            List.of("{\"a\":{", "{\"a\":\"x", "{\"a\":\"x\\", "{\"a\":", "{\"a\":1}}", "}", "no", "\"{");

    @Test
    void aFileOfWhiteSpaceHoldsNoRecord() {
        assertEquals(List.of(), split(""));
        assertEquals(List.of(), split(" \t\r\n\n  "));
        assertEquals(List.of(), split("\uFEFF"));
    }

    @Test
    void recordsStandOnePerLineWhateverTheLineBreaksAndBlankLines() {
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), split("{\"a\":1}\n{\"b\":2}"));
        assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), split("\r\n{\"a\":1}\r\n\r\n  {\"b\":2} \r\n\n"));
    }

    @Test
    void recordsMayFollowEachOtherWithoutSeparator() {
        assertEquals(List.of("{\"a\":1}", "{\"b\":{}}", "{}"), split("{\"a\":1}{\"b\":{}} {}"));
        assertEquals(List.of("{}", "{}", "{}", "{}"), split("{}{}\n{}{}\n"));
    }

    @Test
    void aRecordMayGoOverSeveralLines() {
        String pretty = "{\n  \"a\": [\n    {\"b\": 1}\n  ]\n}";
        assertEquals(List.of(pretty, pretty), split(pretty + "\n" + pretty + "\n"));
        assertEquals(List.of(pretty, "{}"), split(pretty + "{}"));
    }

    @Test
    void bracesQuotesAndEscapesInStringsAreText() {
        String record = "{\"}{\":\"a\\\"}{[\",\"b\":\"\\\\\",\"c\":\"\\u007D]\"}";
        assertEquals(List.of(record, record), split(record + record));
        assertEquals(List.of(record, record), split(record + "\n" + record));
    }

    @Test
    void aByteOrderMarkBelongsToNoRecord() {
        assertEquals(List.of("{}", "{}"), split("\uFEFF{}\n{}"));
    }

    @Test
    void anArrayIsCutOutWhole() {
        assertEquals(List.of("[{},{}]", "{}"), split("[{},{}]\n{}"));
    }

    @Test
    void inALineDelimitedFileABrokenRecordCostsItsLineAlone() {
        for (String broken : BROKEN) {
            assertEquals(List.of("{}", broken, "{}"), split("{}\n" + broken + "\n{}\n"), broken);
        }
    }

    @Test
    void aBrokenFirstLineCostsItsLineAloneWhenTheSecondHoldsARecord() {
        for (String broken : BROKEN) {
            assertEquals(List.of(broken, "{\"b\":2}", "{}"), split(broken + "\n{\"b\":2}\n{}\n"), broken);
        }
    }

    @Test
    void whatStandsBehindARecordOnItsLineBelongsToIt() {
        assertEquals(List.of("{},", "{},", "{}"), split("{},\n{},\n{}\n"));
        assertEquals(List.of("{}", "{} x", "{}"), split("{}\n{} x\n{}"));
    }

    @Test
    void withoutLinesARecordThatIsNeverClosedTakesTheRest() {
        assertEquals(List.of("{}", "{\"a\":{}\n{}\n"), split("{}{\"a\":{}\n{}\n"));
        assertEquals(List.of("{\n  \"a\": [\n{}\n"), split("{\n  \"a\": [\n{}\n"));
    }

    @Test
    void withoutLinesAStringThatALineBreakEndsCostsUpToTheNextLineThatBeginsARecord() {
        String pretty = "{\n  \"a\": 1\n}";
        String broken = "{\n  \"a\": \"x\n}";
        assertEquals(List.of(pretty, broken, pretty), split(pretty + "\n" + broken + "\n" + pretty));
    }

    private static List<String> split(String text) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        return RecordSplitter.split(file).stream()
                .map(slice -> new String(file, slice.offset(), slice.length(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }
}
