package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws the results that {@link Ratios} wrote as a bar chart in SVG, and prints a table of them in Markdown.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dchart
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dchart -Dresults=target/ratios-jdk25.tsv -Dsvg=target/ratios.svg
 * }</pre>
 *
 * <p>Without options, it reads {@code results/ratios-jdk17.tsv} and writes {@code results/ratios.svg}.
 */
public final class Chart {
    private Chart() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = RatioOptions.keysAndValues(arguments);
        Path results = Path.of(RatioOptions.take(given, "results", "results/ratios-jdk17.tsv"));
        Path svg = Path.of(RatioOptions.take(given, "svg", "results/ratios.svg"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        if (!Files.isRegularFile(results)) {
            throw new IllegalArgumentException(results + ": no such file; Ratios writes it with -Dresults=" + results);
        }
        RatioResults read = RatioResults.read(results);
        Files.writeString(svg, new ChartSvg(read).svg());
        System.out.print(new ChartTable(read.samples()).markdown());
        System.out.println();
        new TreeMap<>(read.notes()).forEach((key, value) -> System.out.println(key + ": " + value));
        System.out.println("Wrote " + svg);
    }
}
