package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.FullDisk;
import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reference.SharedData;

/** The README's JSON lines, from files of full and incremental exports. */
class JsonLinesTest {
    private static final String FULL = """
            {"Item":{"id":{"N":"1"},"name":{"S":"a\\nb"},"tags":{"SS":["x","y"]},"at":{"M":{"lat":{"N":"50.10"}}}}}
            {"Item":{"id":{"N":"2"},"note":{"NULL":true},"photo":{"B":"AP8="}}}
            """;

    private final Store store = Store.connect();

    @BeforeEach
    void clear() {
        store.clear();
    }

    private static String lines(byte[] export) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        JsonLines.write(new ByteArrayInputStream(export), lines);
        return lines.toString(UTF_8);
    }

    private static String lines(String export) throws IOException {
        return lines(export.getBytes(UTF_8));
    }

    @Test
    void aFullExportIsALineForEachItemWithGzipOrNot() throws IOException {
        String expected = """
                {"id":1,"name":"a\\nb","tags":["x","y"],"at":{"lat":50.10}}
                {"id":2,"note":null,"photo":"AP8="}
                """;
        assertThat(lines(FULL)).isEqualTo(expected);
        assertThat(lines(Deliveries.gzip(FULL.getBytes(UTF_8)))).isEqualTo(expected);
    }

    @Test
    void anIncrementalExportHasDeletionsAndTimes() throws IOException {
        assertThat(lines("""
                {"Metadata":{"WriteTimestampMicros":{"N":"1741939512000001"}},"Keys":{"id":{"N":"1"}},\
                "NewImage":{"id":{"N":"1"},"name":{"S":"a"}}}
                {"Metadata":{"WriteTimestampMicros":{"N":"1741939512000002"}},"Keys":{"id":{"N":"2"}},\
                "OldImage":{"id":{"N":"2"},"name":{"S":"b"}}}
                """)).isEqualTo("""
                {"id":1,"name":"a","_deleted":false,"_ts_us":1741939512000001}
                {"id":2,"_deleted":true,"_ts_us":1741939512000002}
                """);
    }

    @Test
    void theLinesOfAnotherFileFollow() throws IOException {
        AtomicInteger closed = new AtomicInteger();
        ByteArrayOutputStream lines = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        JsonLines.write(new ByteArrayInputStream(FULL.getBytes(UTF_8)), lines);
        JsonLines.write(new ByteArrayInputStream(new byte[0]), lines);
        JsonLines.write(new ByteArrayInputStream(FULL.getBytes(UTF_8)), lines);
        assertThat(lines.toString(UTF_8)).isEqualTo(lines(FULL) + lines(FULL));
        assertThat(closed).hasValue(0);
    }

    @Test
    void aBadLineIsParkedAndCostsItselfAlone() throws IOException {
        assertThat(lines(FULL.replace("\"N\":\"1\"", "\"N\":\"one\""))).startsWith("{\"id\":2,");
        assertThat(store.parked).containsOnlyKeys("byte 0");
    }

    @Test
    void aTruncatedFileFails() {
        byte[] packed = Deliveries.gzip(FULL.getBytes(UTF_8));
        byte[] cut = Arrays.copyOf(packed, packed.length - 9);
        assertThatThrownBy(() -> lines(cut)).isInstanceOf(DecodeException.class);
    }

    @Test
    void realLinesAreWritten() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.requireOrSkip("events", "samples", "export"))) {
            long written = 0;
            for (Path file : files.toList()) {
                written += lines(Files.readAllBytes(file)).lines().count();
            }
            assertThat(written).isGreaterThan(5);
        }
    }

    @Test
    void anExportWithoutAnEndIsWrittenUntilTheDiskIsFull() {
        InputStream export = Deliveries.endless(FULL.getBytes(UTF_8));
        assertThatThrownBy(() -> JsonLines.write(export, new FullDisk())).hasMessage("the disk is full");
    }
}
