package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The numbers in a file of benchmarks/results, formatted as the pages show them. */
final class RecordedResults {
    /** The payloads of the means: KCL has the records of TYPICAL. */
    static final List<String> PAYLOADS = List.of(
            "SEED", "SMALL", "TYPICAL", "TSHUF", "TSHUF2", "SPARSE", "INSERT", "WIDE", "DEEP", "UNICODE", "LARGE");

    private static final List<String> PEERS =
            List.of("JACKSON_TREE", "JACKSON_STREAM", "FASTJSON2", "DSL_JSON", "PINOT_JSON");

    private final Map<List<String>, double[]> cells = new HashMap<>();

    private RecordedResults() {}

    static RecordedResults of(String file) throws IOException {
        RecordedResults results = new RecordedResults();
        for (String line : Files.readAllLines(ReadmeTest.ROOT.resolve("benchmarks/results/" + file), UTF_8)) {
            String[] columns = line.split("\t", -1);
            if (columns.length > 5 && !columns[0].equals("task")) {
                double[] numbers = {Double.parseDouble(columns[3]), Double.parseDouble(columns[5])};
                results.cells.put(List.of(columns[0], columns[1], columns[2]), numbers);
            }
        }
        return results;
    }

    private double[] cell(String task, String payload, String implementation) {
        List<String> key = List.of(task, payload, implementation);
        return Objects.requireNonNull(cells.get(key), key::toString);
    }

    double nanosOf(String task, String payload, String implementation) {
        return cell(task, payload, implementation)[0];
    }

    String nanos(String task, String payload, String implementation) {
        return String.format(Locale.ROOT, "%,.0f", nanosOf(task, payload, implementation));
    }

    String bytes(String task, String payload, String implementation) {
        return String.format(Locale.ROOT, "%,.0f", cell(task, payload, implementation)[1]);
    }

    /** Returns how many times faster than the base of the task the library is. */
    double timesBase(String task, String payload) {
        String base = task.equals("ROW") ? "PINOT_JSON" : task.equals("INDEX") ? "JACKSON_STREAM" : "JACKSON_TREE";
        return nanosOf(task, payload, base) / nanosOf(task, payload, library(task));
    }

    /** Returns how many times faster than the fastest peer the library is. */
    double timesFastestPeer(String task, String payload) {
        double fastest = PEERS.stream()
                .filter(peer -> cells.containsKey(List.of(task, payload, peer)))
                .mapToDouble(peer -> nanosOf(task, payload, peer))
                .min()
                .orElseThrow();
        return fastest / nanosOf(task, payload, library(task));
    }

    private static String library(String task) {
        return task.equals("ROW") ? "PINOT_ADAPTER" : "SESSION";
    }

    /** Returns the geometric mean over the payloads. */
    static double mean(ToDoubleFunction<String> ratio) {
        return Math.exp(PAYLOADS.stream()
                .mapToDouble(payload -> Math.log(ratio.applyAsDouble(payload)))
                .average()
                .orElseThrow());
    }

    static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f×", ratio);
    }
}
