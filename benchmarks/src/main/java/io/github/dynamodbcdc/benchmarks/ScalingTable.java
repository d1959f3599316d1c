package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Formats what {@link Scaling} measures as Markdown. A figure that misses its target has a mark. */
final class ScalingTable {
    /** What is compared, and what the library is to reach. */
    enum Figure {
        FORTY_TABLES("time per record: forty tables / one table", "at most 1.3") {
            @Override
            boolean isReached(double library, double peer) {
                return library <= 1.3;
            }
        },
        GROWTH("time per byte: 300 KB / 1 KB", "at most 1") {
            @Override
            boolean isReached(double library, double peer) {
                return library <= 1;
            }
        },
        MANY_NAMES("ns per byte: 75,000 names", "") {
            @Override
            boolean isReached(double library, double peer) {
                return true;
            }
        },
        TWO_THREADS("records per second: two threads / one", "1.6 where the peer reaches it") {
            @Override
            boolean isReached(double library, double peer) {
                return library >= 1.6 || peer < 1.6;
            }
        };

        private final String title;
        private final String target;

        Figure(String title, String target) {
            this.title = title;
            this.target = target;
        }

        abstract boolean isReached(double library, double peer);
    }

    private record Cell(Task task, Figure figure, Implementation implementation) {}

    private final Map<Cell, List<Double>> rounds = new HashMap<>();
    private final Map<ScalingInput, Double> bytes = new EnumMap<>(ScalingInput.class);

    /** Adds a round: nanoseconds per record of each input. */
    void add(Task task, Implementation implementation, Map<ScalingInput, Double> nanos) {
        ToDoubleFunction<ScalingInput> perByte = input -> nanos.getOrDefault(input, Double.NaN)
                / bytes.computeIfAbsent(input, key -> key.records().meanBytes());
        add(
                new Cell(task, Figure.FORTY_TABLES, implementation),
                nanos.getOrDefault(ScalingInput.FORTY_TABLES, Double.NaN)
                        / nanos.getOrDefault(ScalingInput.ONE_TABLE, Double.NaN));
        add(
                new Cell(task, Figure.GROWTH, implementation),
                perByte.applyAsDouble(ScalingInput.THREE_HUNDRED_KILOBYTES)
                        / perByte.applyAsDouble(ScalingInput.KILOBYTE));
        add(new Cell(task, Figure.MANY_NAMES, implementation), perByte.applyAsDouble(ScalingInput.MANY_NAMES));
    }

    /** Adds a round: how many times as many records two threads read in the same time. */
    void addThreads(Task task, Implementation implementation, double ratio) {
        add(new Cell(task, Figure.TWO_THREADS, implementation), ratio);
    }

    private void add(Cell cell, double value) {
        rounds.computeIfAbsent(cell, key -> new ArrayList<>()).add(value);
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| figure | task |");
        Scaling.IMPLEMENTATIONS.forEach(
                implementation -> table.append(' ').append(implementation).append(" |"));
        table.append(" target |\n| --- | --- | ---: | ---: | --- |\n");
        for (Figure figure : Figure.values()) {
            for (Task task : Task.OF_EVENTS) {
                double library = median(new Cell(task, figure, Implementation.SESSION));
                double peer = median(new Cell(task, figure, Implementation.JACKSON_TREE));
                if (!Double.isNaN(library)) {
                    table.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.2f%s | %.2f | %s |%n",
                            figure.title,
                            task.method(),
                            library,
                            figure.isReached(library, peer) ? "" : " ✗",
                            peer,
                            figure.target));
                }
            }
        }
        return table.toString();
    }

    private double median(Cell cell) {
        return Samples.median(rounds.getOrDefault(cell, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
