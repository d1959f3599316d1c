package io.github.dynamodbcdc.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Compares measured rows with their floors. A row that was measured again counts with its better ratio and its smaller
 * allocation.
 */
final class GuardVerdict {
    /**
     * The bytes per record from which a row counts as allocating. Less than one object for every sixteen records:
     * reading the clocks, and growing to a record that is larger than all before, are not work per record.
     */
    static final double ALLOCATION_LIMIT = 1;

    /** The share of a measured ratio that is suggested as its floor. */
    private static final double SHARE = 0.65;

    private final Map<Workload, Double> floors;
    private final SortedMap<Workload, Measured> measured = new TreeMap<>();

    GuardVerdict(Map<Workload, Double> floors) {
        this.floors = floors;
    }

    /** What was measured of one row: times in nanoseconds per record, and the library's bytes per record. */
    record Measured(double baseNanos, double nanos, double allocatedBytes) {
        double ratio() {
            return baseNanos / nanos;
        }

        /** Returns the least thread times of the iterations, and the library's median of bytes. */
        static Measured of(List<Samples.Sample> base, List<Samples.Sample> library) {
            return new Measured(
                    leastNanos(base),
                    leastNanos(library),
                    Samples.median(library.stream()
                            .mapToDouble(Samples.Sample::allocatedBytes)
                            .toArray()));
        }

        private static double leastNanos(List<Samples.Sample> iterations) {
            return iterations.stream()
                    .mapToDouble(Samples.Sample::threadNanos)
                    .min()
                    .orElseThrow();
        }

        /** Returns the one with the median ratio of an odd number of attempts, with the largest allocation of them. */
        static Measured median(List<Measured> attempts) {
            Measured middle = attempts.stream()
                    .sorted(Comparator.comparingDouble(Measured::ratio))
                    .toList()
                    .get(attempts.size() / 2);
            double allocated = attempts.stream()
                    .mapToDouble(Measured::allocatedBytes)
                    .max()
                    .orElseThrow();
            return new Measured(middle.baseNanos, middle.nanos, allocated);
        }

        private Measured orBetter(Measured other) {
            Measured faster = ratio() >= other.ratio() ? this : other;
            return new Measured(faster.baseNanos, faster.nanos, Math.min(allocatedBytes, other.allocatedBytes));
        }
    }

    /** Adds one attempt of a row. */
    void add(Workload row, Measured attempt) {
        measured.merge(row, attempt, Measured::orBetter);
    }

    /** Returns the rows that are below their floor, that allocate, or that were not measured. */
    List<Workload> failed() {
        return floors.keySet().stream().filter(row -> !passes(row)).sorted().toList();
    }

    private boolean passes(Workload row) {
        return isFastEnough(row) && allocatesLittle(row);
    }

    private boolean isFastEnough(Workload row) {
        Measured result = measured.get(row);
        Double floor = floors.get(row);
        return result != null && floor != null && result.ratio() >= floor;
    }

    private boolean allocatesLittle(Workload row) {
        Measured result = measured.get(row);
        return !row.mustNotAllocate() || (result != null && result.allocatedBytes() < ALLOCATION_LIMIT);
    }

    /**
     * Returns a Markdown table of what was measured, the floors and the verdicts.
     *
     * @param library the implementation that did a task
     */
    String markdown(Function<Task, Implementation> library) {
        StringBuilder table = new StringBuilder()
                .append("| row | base | ns | library | ns | ratio | floor | B/record | verdict |\n")
                .append("| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |\n");
        for (Map.Entry<Workload, Measured> entry : measured.entrySet()) {
            Workload row = entry.getKey();
            Measured result = entry.getValue();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %s | %,.0f | %.2f | %.2f | %,.2f | %s |%n",
                    row.key(),
                    row.task().base(),
                    result.baseNanos(),
                    library.apply(row.task()),
                    result.nanos(),
                    result.ratio(),
                    floors.getOrDefault(row, Double.NaN),
                    result.allocatedBytes(),
                    verdict(row)));
        }
        return table.toString();
    }

    private String verdict(Workload row) {
        if (passes(row)) {
            return "passed";
        }
        String speed = isFastEnough(row) ? "" : "BELOW THE FLOOR";
        String allocation = allocatesLittle(row) ? "" : "ALLOCATES";
        return speed.isEmpty() || allocation.isEmpty() ? speed + allocation : speed + ", " + allocation;
    }

    /** Returns the lines of a floors file with floors 35 % below what was measured. */
    String suggestedFloors() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<Workload, Measured> entry : measured.entrySet()) {
            lines.append(String.format(
                    Locale.ROOT,
                    "%s=%.2f%n",
                    entry.getKey().key(),
                    SHARE * entry.getValue().ratio()));
        }
        return lines.toString();
    }
}
