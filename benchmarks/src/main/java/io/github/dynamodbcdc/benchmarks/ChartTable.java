package io.github.dynamodbcdc.benchmarks;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Formats results as a short table for a README, in Markdown: the library's ratios on TYPICAL and their means. */
final class ChartTable {
    private static final String NOTHING = "–";
    private static final ToDoubleFunction<Samples.Sample> NANOS = Samples.Sample::threadNanos;

    private final Samples samples;

    ChartTable(Samples samples) {
        this.samples = samples;
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| task | base | typical: ns | B allocated |");
        table.append(" × base | × fastest peer | geomean: × base | × fastest peer |\n");
        table.append("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (Task task : Task.values()) {
            Samples.Case typical = new Samples.Case(task, Payload.TYPICAL, task.library());
            if (samples.has(typical)) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %,.0f | %,.0f | %s | %s | %s | %s |%n",
                        task.method(),
                        ChartSvg.label(task.base()),
                        samples.median(typical, NANOS),
                        samples.median(typical, Samples.Sample::allocatedBytes),
                        times(samples.timesBase(typical, NANOS)),
                        times(samples.timesFastestPeer(typical, NANOS)),
                        times(samples.geomean(task, task.library(), cell -> samples.timesBase(cell, NANOS))),
                        times(samples.geomean(task, task.library(), cell -> samples.timesFastestPeer(cell, NANOS)))));
            }
        }
        return table.toString();
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? NOTHING : String.format(Locale.ROOT, "%.2f×", ratio);
    }
}
