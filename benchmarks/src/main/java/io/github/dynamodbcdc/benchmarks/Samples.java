package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The samples of all forks. */
final class Samples {
    /** The combination that a fork measures. */
    record Case(Task task, Payload payload, Implementation implementation) {
        /** Returns the same task and payload for another implementation. */
        Case of(Implementation other) {
            return new Case(task, payload, other);
        }
    }

    /** The result of one iteration, or of one fork: medians of its iterations. All numbers are per record. */
    record Sample(double wallNanos, double threadNanos, double allocatedBytes) {
        /** Returns the result of a fork with these iterations. */
        static Sample median(List<Sample> iterations) {
            return new Sample(
                    median(iterations, Sample::wallNanos),
                    median(iterations, Sample::threadNanos),
                    median(iterations, Sample::allocatedBytes));
        }

        private static double median(List<Sample> iterations, ToDoubleFunction<Sample> value) {
            return Samples.median(iterations.stream().mapToDouble(value).toArray());
        }
    }

    private final Map<Case, List<Sample>> samples = new HashMap<>();

    void add(Case measured, Sample sample) {
        samples.computeIfAbsent(measured, key -> new ArrayList<>()).add(sample);
    }

    boolean has(Case measured) {
        return samples.containsKey(measured);
    }

    /** Returns what was measured, in declaration order of tasks, payloads and implementations. */
    List<Case> cases() {
        return samples.keySet().stream()
                .sorted(Comparator.comparing(Case::task)
                        .thenComparing(Case::payload)
                        .thenComparing(Case::implementation))
                .toList();
    }

    int forks(Case measured) {
        return samples.getOrDefault(measured, List.of()).size();
    }

    /** Returns how many times faster the case is than the base of its task; NaN if one of them was not measured. */
    double timesBase(Case measured, ToDoubleFunction<Sample> value) {
        Case base = measured.of(measured.task().base());
        return median(base, value) / median(measured, value);
    }

    /** Returns how many times faster the case is than the fastest peer; NaN if one of them was not measured. */
    double timesFastestPeer(Case measured, ToDoubleFunction<Sample> value) {
        return fastestPeer(measured, value)
                .map(peer -> median(measured.of(peer), value) / median(measured, value))
                .orElse(Double.NaN);
    }

    /** Returns the geometric mean of an implementation's ratios over the measured payloads of the means. */
    double geomean(Task task, Implementation implementation, ToDoubleFunction<Case> ratio) {
        return RatioTable.geomean(RatioTargets.MEAN.stream()
                .map(payload -> new Case(task, payload, implementation))
                .mapToDouble(ratio)
                .toArray());
    }

    /** Returns the fastest peer that was measured on the task and payload of the case. */
    Optional<Implementation> fastestPeer(Case measured, ToDoubleFunction<Sample> value) {
        return Arrays.stream(Implementation.values())
                .filter(Implementation::isPeer)
                .filter(peer -> has(measured.of(peer)))
                .min(Comparator.comparingDouble(peer -> median(measured.of(peer), value)));
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
