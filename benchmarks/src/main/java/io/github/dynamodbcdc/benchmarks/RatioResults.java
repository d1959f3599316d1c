package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The medians of a run in a file of tab-separated values, below comments that describe the run. The comments have the
 * form {@code # key: value}.
 */
record RatioResults(Map<String, String> notes, Samples samples) {
    private static final String COLUMNS = "task\tpayload\timplementation\tthread_ns\twall_ns\tbytes\tforks";

    /** Writes the file, and creates its folder. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        notes.forEach((key, value) -> lines.add("# " + key + ": " + value));
        lines.add(COLUMNS);
        for (Samples.Case measured : samples.cases()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%s\t%.1f\t%.1f\t%.1f\t%d",
                    measured.task(),
                    measured.payload(),
                    measured.implementation(),
                    samples.median(measured, Samples.Sample::threadNanos),
                    samples.median(measured, Samples.Sample::wallNanos),
                    samples.median(measured, Samples.Sample::allocatedBytes),
                    samples.forks(measured)));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, lines);
    }

    /**
     * Reads a file that {@link #write} wrote. The median of a case counts as its only sample.
     *
     * @throws IllegalArgumentException if a line is malformed
     */
    static RatioResults read(Path file) throws IOException {
        Map<String, String> notes = new TreeMap<>();
        Samples samples = new Samples();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    notes.put(
                            line.substring(1, colon).trim(),
                            line.substring(colon + 1).trim());
                }
            } else if (!line.equals(COLUMNS)) {
                add(samples, file, line);
            }
        }
        return new RatioResults(notes, samples);
    }

    private static void add(Samples samples, Path file, String line) {
        String[] fields = line.split("\t", -1);
        try {
            samples.add(
                    new Samples.Case(
                            Task.valueOf(fields[0]), Payload.valueOf(fields[1]), Implementation.valueOf(fields[2])),
                    new Samples.Sample(
                            Double.parseDouble(fields[4]),
                            Double.parseDouble(fields[3]),
                            Double.parseDouble(fields[5])));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(file + ": malformed line: " + line, e);
        }
    }
}
