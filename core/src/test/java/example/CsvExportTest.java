package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.FullDisk;
import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide's CSV, from files of full and incremental exports. */
class CsvExportTest {
    private static final String FULL = """
            {"Item":{"id":{"N":"1"},"name":{"S":"a, \\"b\\""},"note":{"S":"two\\nlines"},"tags":{"SS":["x","y"]}}}
            {"Item":{"id":{"N":"2"},"name":{"S":""},"note":{"NULL":true},"photo":{"B":"AP8="}}}
            {"Item":{"id":{"N":"3.10"},"name":{"S":"\\u00e9"}}}
            """;

    private static final String INCREMENTAL = """
            {"Metadata":{"WriteTimestampMicros":{"N":"1741939512000001"}},"Keys":{"id":{"N":"1"}},\
            "NewImage":{"id":{"N":"1"},"name":{"S":"a"}}}
            {"Metadata":{"WriteTimestampMicros":{"N":"1741939512000002"}},"Keys":{"id":{"N":"2"}},\
            "OldImage":{"id":{"N":"2"},"name":{"S":"b"}}}
            """;

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static String csv(byte[] export, String... columns) throws IOException {
        StringBuilder csv = new StringBuilder();
        CsvExport.write(new ByteArrayInputStream(export), List.of(columns), csv);
        return csv.toString();
    }

    private static String csv(String export, String... columns) throws IOException {
        return csv(export.getBytes(UTF_8), columns);
    }

    @Test
    void aFullExportIsALineForEachItemWithGzipOrNot() throws IOException {
        String expected = """
                id,name,note,tags,photo
                1,"a, ""b""\","two
                lines","[""x"",""y""]",
                2,"",,,AP8=
                3.10,\u00e9,,,
                """.replace("\n", "\r\n").replace("two\r\n", "two\n");
        String[] columns = {"id", "name", "note", "tags", "photo"};
        assertThat(csv(FULL, columns)).isEqualTo(expected);
        assertThat(csv(Deliveries.gzip(FULL.getBytes(UTF_8)), columns)).isEqualTo(expected);
    }

    @Test
    void anIncrementalExportHasDeletionsAndTimes() throws IOException {
        assertThat(csv(INCREMENTAL, "id", "name", "_deleted", "_ts_us", "_old")).isEqualTo("""
                        id,name,_deleted,_ts_us,_old
                        1,a,false,1741939512000001,
                        2,,true,1741939512000002,"{""id"":2,""name"":""b""}"
                        """.replace("\n", "\r\n"));
    }

    @Test
    void aBadLineIsParkedAndCostsItselfAlone() throws IOException {
        assertThat(csv(FULL.replace("\"N\":\"2\"", "\"N\":\"two\""), "id")).isEqualTo("id\r\n1\r\n3.10\r\n");
        assertThat(YourCode.CALLS).containsExactly("parked byte " + (FULL.indexOf('\n') + 1) + " BAD_NUMBER");
    }

    @Test
    void aTruncatedFileFails() {
        byte[] packed = Deliveries.gzip(FULL.getBytes(UTF_8));
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);
        assertThatThrownBy(() -> csv(cut, "id")).isInstanceOf(DecodeException.class);
    }

    @Test
    void columnsNamedWithSeparatorsAreQuotedToo() throws IOException {
        assertThat(csv("{\"Item\":{\"a,b\":{\"N\":\"1\"}}}", "a,b")).isEqualTo("\"a,b\"\r\n1\r\n");
    }

    @Test
    void realLinesAreWritten() throws IOException {
        int lines = 0;
        for (Path file : Samples.files("export")) {
            lines += (int) csv(Files.readAllBytes(file), "pk", "_deleted")
                            .lines()
                            .count()
                    - 1;
        }
        assertThat(lines).isGreaterThan(5);
    }

    @Test
    void anExportWithoutAnEndIsWrittenUntilTheDiskIsFull() {
        InputStream export = Deliveries.endless(FULL.getBytes(UTF_8));
        Appendable disk = new OutputStreamWriter(new FullDisk(), UTF_8);
        assertThatThrownBy(() -> CsvExport.write(export, List.of("id", "name"), disk))
                .hasMessage("the disk is full");
    }
}
