package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The ratios that the library is to reach. A key of the file is TASK.AGAINST.PAYLOAD, for example {@code
 * full.base.typical}. AGAINST is {@code base} for the task's base, or {@code peer} for the fastest peer. In place of a
 * payload, {@code geomean} is the geometric mean over {@link #MEAN}, and {@code other} every payload without its own
 * target.
 */
final class RatioTargets {
    /** The payloads of the geometric means. KCL is missing, because its records are those of TYPICAL. */
    static final List<Payload> MEAN = Arrays.stream(Payload.values())
            .filter(payload -> payload != Payload.KCL)
            .toList();

    private static final String GEOMEAN = "geomean";
    private static final String OTHER = "other";

    private final Map<String, Double> targets;

    /**
     * Takes the targets of a file.
     *
     * @throws IllegalArgumentException if a key is unknown
     */
    RatioTargets(PropertyFile file) {
        targets = file.numbers();
        List<String> known = keys();
        for (String key : targets.keySet()) {
            if (!known.contains(key)) {
                throw file.failure(
                        "unknown key " + key + "; expected TASK.AGAINST.PAYLOAD, for example " + known.get(0));
            }
        }
    }

    /** What a ratio compares the library with. */
    enum Against {
        BASE,
        PEER
    }

    /** Returns the target for a payload; NaN if there is none. */
    double of(Task task, Against against, Payload payload) {
        double own = target(task, against, lowerCase(payload));
        return Double.isNaN(own) ? target(task, against, OTHER) : own;
    }

    /** Returns the target for the geometric mean; NaN if there is none. */
    double ofGeomean(Task task, Against against) {
        return target(task, against, GEOMEAN);
    }

    private double target(Task task, Against against, String last) {
        return targets.getOrDefault(key(task, against, last), Double.NaN);
    }

    private static List<String> keys() {
        List<String> lasts = Arrays.stream(Payload.values())
                .map(RatioTargets::lowerCase)
                .collect(Collectors.toCollection(ArrayList::new));
        lasts.add(GEOMEAN);
        lasts.add(OTHER);
        List<String> keys = new ArrayList<>();
        for (Task task : Task.values()) {
            for (Against against : Against.values()) {
                lasts.forEach(last -> keys.add(key(task, against, last)));
            }
        }
        return keys;
    }

    private static String key(Task task, Against against, String last) {
        return task.method() + "." + lowerCase(against) + "." + last;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
