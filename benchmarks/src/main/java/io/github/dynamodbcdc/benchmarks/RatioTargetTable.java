package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Formats the ratios of one task beside their targets, as Markdown: of the library's fastest way to do the task, to the
 * task's base and to the fastest peer of each payload. A ratio that misses its target has a mark.
 */
final class RatioTargetTable {
    private static final String NOTHING = "–";
    private static final String MISSED = " ✗";

    private final Task task;
    private final Samples samples;
    private final RatioTargets targets;
    private final RatioOptions.Clock clock;

    RatioTargetTable(Task task, Samples samples, RatioTargets targets, RatioOptions.Clock clock) {
        this.task = task;
        this.samples = samples;
        this.targets = targets;
        this.clock = clock;
    }

    /** Returns the table; empty if the library was not measured. */
    String markdown() {
        List<Payload> payloads = List.of(Payload.values()).stream()
                .filter(payload -> samples.has(library(payload)))
                .toList();
        if (payloads.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| %s: %s | ns | × %s | target | × fastest peer | peer | target |%n"
                        + "| --- | ---: | ---: | ---: | ---: | --- | ---: |%n",
                task.method(),
                task.library(),
                task.base()));
        for (Payload payload : payloads) {
            Samples.Case cell = library(payload);
            table.append(row(
                    payload.name(),
                    String.format(Locale.ROOT, "%,.0f", samples.median(cell, clock::nanos)),
                    ratio(samples.timesBase(cell, clock::nanos), targets.of(task, RatioTargets.Against.BASE, payload)),
                    ratio(
                            samples.timesFastestPeer(cell, clock::nanos),
                            targets.of(task, RatioTargets.Against.PEER, payload)),
                    samples.fastestPeer(cell, clock::nanos).map(Enum::name).orElse(NOTHING)));
        }
        long mean = payloads.stream().filter(RatioTargets.MEAN::contains).count();
        table.append(row(
                mean == RatioTargets.MEAN.size() ? "geomean" : "geomean of " + mean + " of " + RatioTargets.MEAN.size(),
                "",
                ratio(geomean(samples::timesBase), targets.ofGeomean(task, RatioTargets.Against.BASE)),
                ratio(geomean(samples::timesFastestPeer), targets.ofGeomean(task, RatioTargets.Against.PEER)),
                ""));
        return table.toString();
    }

    private Samples.Case library(Payload payload) {
        return new Samples.Case(task, payload, task.library());
    }

    private double geomean(ToDoubleBiFunction<Samples.Case, ToDoubleFunction<Samples.Sample>> ratio) {
        return samples.geomean(task, task.library(), cell -> ratio.applyAsDouble(cell, clock::nanos));
    }

    private static String row(String first, String nanos, Cells base, Cells peer, String peerName) {
        return "| " + first + " | " + nanos + " | " + base.ratio() + " | " + base.target() + " | " + peer.ratio()
                + " | " + peerName + " | " + peer.target() + " |\n";
    }

    private static Cells ratio(double ratio, double target) {
        String text = Double.isNaN(ratio) ? NOTHING : String.format(Locale.ROOT, "%.2f×", ratio);
        return new Cells(
                ratio < target ? text + MISSED : text,
                Double.isNaN(target) ? NOTHING : String.format(Locale.ROOT, "%.1f×", target));
    }

    private record Cells(String ratio, String target) {}
}
