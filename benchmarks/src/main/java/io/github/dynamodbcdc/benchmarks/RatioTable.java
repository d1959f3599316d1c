package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/**
 * Formats the samples of one task as Markdown: a table of times and ratios, and one of throughput and allocation. A
 * ratio is how many times faster an implementation is than the task's base. For this library, a second ratio after the
 * slash is how many times faster it is than the fastest peer that was measured.
 */
final class RatioTable {
    private static final String NOTHING = "–";

    private final Task task;
    private final RatioOptions options;
    private final Samples samples;
    private final List<Implementation> implementations;

    RatioTable(Task task, RatioOptions options, Samples samples) {
        this.task = task;
        this.options = options;
        this.samples = samples;
        implementations = options.implementations(task);
    }

    String markdown() {
        return times() + "\n" + volumes();
    }

    private String times() {
        StringBuilder table = header(task.method() + ": ns per record · × " + task.base() + " / × fastest peer");
        for (Payload payload : options.payloads()) {
            StringJoiner row = row(payload.name());
            for (Implementation implementation : implementations) {
                row.add(time(payload, implementation));
            }
            table.append(row).append('\n');
        }
        for (RatioOptions.Clock clock : RatioOptions.Clock.values()) {
            StringJoiner row = row("geomean, " + clock.name().toLowerCase(Locale.ROOT) + " time");
            for (Implementation implementation : implementations) {
                row.add(geomeans(implementation, clock));
            }
            table.append(row).append('\n');
        }
        StringJoiner spreads = row("slowest / fastest fork");
        for (Implementation implementation : implementations) {
            spreads.add(hundredths(worstSpread(implementation)));
        }
        return table.append(spreads).append('\n').toString();
    }

    private String volumes() {
        StringBuilder table = header(task.method() + ": MB/s · bytes allocated per record");
        for (Payload payload : options.payloads()) {
            double bytes = payload.records().meanBytes();
            StringJoiner row = row(payload.name() + " (" + whole(bytes) + " B)");
            for (Implementation implementation : implementations) {
                Samples.Case cell = new Samples.Case(task, payload, implementation);
                row.add(
                        samples.has(cell)
                                ? whole(bytes * 1000 / nanos(cell)) + " · " + whole(allocated(cell))
                                : NOTHING);
            }
            table.append(row).append('\n');
        }
        return table.toString();
    }

    private StringBuilder header(String corner) {
        StringJoiner names = row(corner);
        StringJoiner rule = row("---");
        for (Implementation implementation : implementations) {
            names.add(implementation.name());
            rule.add("---:");
        }
        return new StringBuilder().append(names).append('\n').append(rule).append('\n');
    }

    private String time(Payload payload, Implementation implementation) {
        Samples.Case cell = new Samples.Case(task, payload, implementation);
        if (!samples.has(cell)) {
            return NOTHING;
        }
        ToDoubleFunction<Samples.Sample> value = options.clock()::nanos;
        return whole(nanos(cell))
                + " · "
                + ratios(implementation, samples.timesBase(cell, value), samples.timesFastestPeer(cell, value));
    }

    /** Returns the means over the measured payloads of {@link RatioTargets#MEAN}. */
    private String geomeans(Implementation implementation, RatioOptions.Clock clock) {
        List<Samples.Case> cells = options.payloads().stream()
                .filter(RatioTargets.MEAN::contains)
                .map(payload -> new Samples.Case(task, payload, implementation))
                .toList();
        return ratios(
                implementation,
                geomean(cells.stream()
                        .mapToDouble(cell -> samples.timesBase(cell, clock::nanos))
                        .toArray()),
                geomean(cells.stream()
                        .mapToDouble(cell -> samples.timesFastestPeer(cell, clock::nanos))
                        .toArray()));
    }

    private static String ratios(Implementation implementation, double timesBase, double timesFastestPeer) {
        return implementation.isPeer() ? times(timesBase) : times(timesBase) + " / " + times(timesFastestPeer);
    }

    private double worstSpread(Implementation implementation) {
        return options.payloads().stream()
                .mapToDouble(payload ->
                        samples.spread(new Samples.Case(task, payload, implementation), options.clock()::nanos))
                .filter(spread -> !Double.isNaN(spread))
                .max()
                .orElse(Double.NaN);
    }

    private double nanos(Samples.Case cell) {
        return samples.median(cell, options.clock()::nanos);
    }

    private double allocated(Samples.Case cell) {
        return samples.median(cell, Samples.Sample::allocatedBytes);
    }

    private static StringJoiner row(String first) {
        return new StringJoiner(" | ", "| ", " |").add(first);
    }

    /** Returns the geometric mean of the values that are numbers; NaN if there are none. */
    static double geomean(double... values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += Math.log(value);
                count++;
            }
        }
        return count == 0 ? Double.NaN : Math.exp(sum / count);
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String hundredths(double value) {
        return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String times(double ratio) {
        return Double.isNaN(ratio) ? NOTHING : hundredths(ratio) + "×";
    }
}
