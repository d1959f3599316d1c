package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The samples of all forks. */
final class Samples {
    /** The combination that a fork measures. */
    record Case(Task task, Payload payload, Implementation implementation) {}

    /** The result of one fork, per record: medians of its iterations. */
    record Sample(double wallNanos, double threadNanos, double allocatedBytes) {}

    private final Map<Case, List<Sample>> samples = new HashMap<>();

    void add(Case measured, Sample sample) {
        samples.computeIfAbsent(measured, key -> new ArrayList<>()).add(sample);
    }

    boolean has(Case measured) {
        return samples.containsKey(measured);
    }

    /** Returns the median of the forks; NaN if there are none. */
    double median(Case measured, ToDoubleFunction<Sample> value) {
        return median(values(measured, value));
    }

    /** Returns the slowest fork as a multiple of the fastest; NaN if there are none. */
    double spread(Case measured, ToDoubleFunction<Sample> value) {
        double[] sorted = values(measured, value);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1] / sorted[0];
    }

    private double[] values(Case measured, ToDoubleFunction<Sample> value) {
        return samples.getOrDefault(measured, List.of()).stream()
                .mapToDouble(value)
                .sorted()
                .toArray();
    }

    /** Returns the median of the values; NaN if there are none. */
    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
