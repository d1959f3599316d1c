package example;

import static example.RecordedResults.mean;
import static example.RecordedResults.times;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code of docs/performance.md, and its numbers, which are those of benchmarks/results and benchmarks/README.md. */
class PerformancePageTest {
    private static final List<String> TASKS = List.of("FULL", "PROJECTION", "INDEX");
    private static final List<String> PAYLOADS =
            Stream.concat(RecordedResults.PAYLOADS.stream(), Stream.of("KCL")).toList();

    private static RecordedResults results(int jdk) throws IOException {
        return RecordedResults.of("ratios-jdk" + jdk + ".tsv");
    }

    private static String text(String file) throws IOException {
        return Files.readString(ReadmeTest.ROOT.resolve(file), UTF_8);
    }

    private static String page() throws IOException {
        return text("core/docs/performance.md");
    }

    @ParameterizedTest
    @CsvSource({"17, A session on JDK 17", "25, The same on JDK 25:"})
    void theRatiosAreThoseOfTheRecordedResults(int jdk, String before) throws IOException {
        RecordedResults results = results(jdk);
        List<List<String>> expected = new ArrayList<>();
        for (String payload : PAYLOADS) {
            List<String> row = new ArrayList<>(List.of(payload));
            for (String task : TASKS) {
                row.add(results.nanos(task, payload, "SESSION"));
                row.add(times(results.timesBase(task, payload)));
                row.add(times(results.timesFastestPeer(task, payload)));
            }
            expected.add(row);
        }
        assertThat(PageTable.after("performance.md", before)).isEqualTo(expected);
    }

    @Test
    void theMeansAreThoseOfTheRecordedResults() throws IOException {
        List<List<String>> expected = new ArrayList<>();
        for (String task : List.of("FULL", "PROJECTION", "INDEX", "ROW")) {
            List<String> row = new ArrayList<>(List.of(task.toLowerCase(Locale.ROOT)));
            for (int jdk : new int[] {17, 25}) {
                RecordedResults results = results(jdk);
                row.add(times(mean(payload -> results.timesBase(task, payload))));
                row.add(times(mean(payload -> results.timesFastestPeer(task, payload))));
            }
            expected.add(row);
        }
        assertThat(PageTable.of("performance.md", "Ratios")).isEqualTo(expected);
    }

    @Test
    void theBytesAreThoseOfTheRecordedResults() throws IOException {
        RecordedResults results = results(17);
        List<List<String>> expected = new ArrayList<>();
        for (String payload : PAYLOADS) {
            List<String> row = new ArrayList<>(List.of(payload));
            for (String task : List.of("FULL", "PROJECTION")) {
                for (String implementation : List.of("SESSION", "DECODE", "JACKSON_TREE", "FASTJSON2")) {
                    row.add(results.bytes(task, payload, implementation));
                }
            }
            expected.add(row);
            assertThat(results.bytes("INDEX", payload, "SESSION")).isEqualTo("0");
        }
        assertThat(PageTable.of("performance.md", "Memory per event")).isEqualTo(expected);
    }

    @Test
    void theRangesOfTheTextAreThoseOfTheRecordedResults() throws IOException {
        RecordedResults results = results(17);
        assertThat(page()).contains(range(results, "DECODE", "%.2f") + " times as long, because its events own");
        assertThat(page())
                .contains("Without any prediction, a session takes " + range(results, "SESSION_UNPREDICTED", "%.1f")
                        + " times as long.");
        for (int jdk : new int[] {17, 25}) {
            for (String payload : List.of("UNICODE", "LARGE")) {
                assertThat(results(jdk).timesFastestPeer("PROJECTION", payload)).isBetween(0.44, 0.56);
            }
        }
        assertThat(page().replaceAll("\\s+", " "))
                .contains("the index of UNICODE is " + ofPeer(results, "INDEX", "UNICODE")
                        + " times as fast as the fastest peer on JDK 17, and that of LARGE "
                        + ofPeer(results, "INDEX", "LARGE") + " times.");
        assertThat(text("benchmarks/README.md").replaceAll("\\s+", " "))
                .contains(
                        "The index of `LARGE` is " + ofPeer(results, "INDEX", "LARGE")
                                + " times as fast, and that of `UNICODE` " + ofPeer(results, "INDEX", "UNICODE"),
                        "`SEED`: " + shortRecords(results) + " times as fast as the fastest peer.",
                        "`decode` takes " + range(results, "DECODE", "%.2f") + " times as long as a session");
        assertThat(text("CHANGELOG.md").replaceAll("\\s+", " "))
                .contains("and " + range(results, "DECODE", "%.2f") + " times as long as in a session");
        assertThat(page())
                .contains(
                        "five attributes with a cursor take " + results.nanos("PROJECTION", "TYPICAL", "SESSION"),
                        "the maps " + results.nanos("FULL", "TYPICAL", "SESSION") + " ns and "
                                + results.bytes("FULL", "TYPICAL", "SESSION") + " bytes");
    }

    private static String ofPeer(RecordedResults results, String task, String payload) {
        return String.format(Locale.ROOT, "%.2f", results.timesFastestPeer(task, payload));
    }

    /** Returns the range of the ratios to the fastest peer of records that are short or in independent orders. */
    private static String shortRecords(RecordedResults results) {
        List<String> ratios = TASKS.stream()
                .flatMap(task -> Stream.of("TSHUF2", "SMALL", "SEED").map(payload -> ofPeer(results, task, payload)))
                .sorted()
                .toList();
        return ratios.get(0) + " to " + ratios.get(ratios.size() - 1);
    }

    private static String range(RecordedResults results, String implementation, String format) {
        double[] ratios = TASKS.stream()
                .flatMapToDouble(task -> PAYLOADS.stream()
                        .mapToDouble(payload -> results.nanosOf(task, payload, implementation)
                                / results.nanosOf(task, payload, "SESSION")))
                .toArray();
        return String.format(
                Locale.ROOT,
                format + " to " + format,
                DoubleStream.of(ratios).min().orElseThrow(),
                DoubleStream.of(ratios).max().orElseThrow());
    }

    @Test
    void theMethodIsThatOfTheBenchmarks() throws IOException {
        String method = text("benchmarks/README.md").replaceAll("\\s+", " ");
        String page = page().replaceAll("\\s+", " ");
        for (List<String> row : PageTable.of("performance.md", "Measure it yourself")) {
            assertThat(method).contains(row.get(1));
        }
        for (String claim : List.of(
                "about ±15 %",
                "128 different records (`LARGE` 10)",
                "a quarter to a half faster",
                "about two seconds after the start of the process",
                "as fast as fastjson2, which does not validate what it skips")) {
            assertThat(method).contains(claim);
            assertThat(page).contains(claim.replace("`", "").replace("as fast as fastjson2", "as long as fastjson2's"));
        }
        for (int jdk : new int[] {17, 25}) {
            String results = text("benchmarks/results/ratios-jdk" + jdk + ".tsv");
            assertThat(results).contains("# machine: 2 processors, AMD EPYC");
            String forks = jdk == 17 ? "\t3" : "\t2"; // "medians of three JVMs on JDK 17 and of two on JDK 25"
            assertThat(results.lines().filter(line -> line.matches("[A-Z].*")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(forks));
        }
    }

    @Test
    void aConsumerOfManyEventsCountsGoodAndBadOnes() {
        ThroughputConsumer consumer = new ThroughputConsumer();
        Samples.resource("events.jsonl").lines().forEach(line -> consumer.accept(line.getBytes(UTF_8)));
        consumer.accept("{".getBytes(UTF_8));
        consumer.accept("{}".getBytes(UTF_8));
        consumer.accept("[".getBytes(UTF_8));
        assertThat(consumer.counts()).isEqualTo("18 1741939512000000 {END_OF_INPUT=2, NOT_AN_EVENT=1}");
    }

    @Test
    void aReturnedFailureHasNoStackTraceAndAThrownOneHas() {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        byte[] bad = "{".getBytes(UTF_8);
        assertThat(Objects.requireNonNull(decoder.tryDecode(bad).failure()).getStackTrace())
                .isEmpty();
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> decoder.decode(bad))
                .satisfies(e -> assertThat(e.getStackTrace()).isNotEmpty());
    }
}
