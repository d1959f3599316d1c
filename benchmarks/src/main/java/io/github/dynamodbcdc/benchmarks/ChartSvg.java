package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Formats results as a bar chart: for each task that reads events and each implementation, the ratio to the task's base
 * on TYPICAL and its geometric mean. All bars have one scale, and the fastest implementation of a task is first.
 *
 * <p>The chart has its own background: an image in a page can't know whether the page's theme is light or dark.
 */
final class ChartSvg {
    private static final int WIDTH = 780;
    private static final int MARGIN = 24;
    private static final int LABELS = 190;
    /** Where bars start; the longest one leaves room for its number. */
    private static final int BARS = MARGIN + LABELS;

    private static final int LONGEST = WIDTH - BARS - 150;
    private static final int BAR = 13;
    private static final int GAP = 9;
    private static final ToDoubleFunction<Samples.Sample> NANOS = Samples.Sample::threadNanos;

    private final RatioResults results;
    private final Samples samples;
    private final StringBuilder svg = new StringBuilder();
    private final double longestRatio;
    private int y;

    ChartSvg(RatioResults results) {
        this.results = results;
        samples = results.samples();
        longestRatio = Task.OF_EVENTS.stream()
                .flatMap(task -> bars(task).stream())
                .flatMapToDouble(bar -> Arrays.stream(new double[] {bar.typical(), bar.geomean()}))
                .filter(ratio -> !Double.isNaN(ratio))
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no results for TYPICAL"));
    }

    /** The ratios of an implementation to the base, and its time for a TYPICAL record. */
    private record Bars(Implementation implementation, double typical, double geomean, double nanos) {}

    String svg() {
        y = MARGIN + 14;
        text(MARGIN, 18, "start", "#1f2328", "bold", "How many times faster than Jackson");
        y += 20;
        text(MARGIN, 12, "start", "#59636e", "normal", "Ratio of processor time per record; a longer bar is faster.");
        y += 12;
        legend();
        for (Task task : Task.OF_EVENTS) {
            panel(task);
        }
        y += 8;
        for (String key : List.of("JDK", "machine", "profile")) {
            text(
                    MARGIN,
                    11,
                    "start",
                    "#59636e",
                    "normal",
                    key + ": " + results.notes().getOrDefault(key, "unknown"));
            y += 15;
        }
        int height = y + MARGIN - 12;
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " role=\"img\" font-family=\"'Segoe UI', Helvetica, Arial, sans-serif\">%n"
                                + "<title>How many times faster than Jackson</title>%n"
                                + "<rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#ffffff\""
                                + " stroke=\"#d1d9e0\"/>%n",
                        WIDTH,
                        height,
                        WIDTH,
                        height,
                        WIDTH - 1,
                        height - 1)
                + svg
                + "</svg>\n";
    }

    private void legend() {
        rectangle(MARGIN, 12, "#0969da", "");
        rectangle(MARGIN + 14, 12, "#59636e", "");
        y += 11;
        text(MARGIN + 32, 12, "start", "#1f2328", "normal", "typical: 22 attributes, both images, 2.3 KB");
        y -= 11;
        rectangle(MARGIN + 312, 12, "#80ccff", "");
        rectangle(MARGIN + 326, 12, "#afb8c1", "");
        y += 11;
        text(MARGIN + 344, 12, "start", "#1f2328", "normal", geomeanLegend());
        y += 18;
    }

    private String geomeanLegend() {
        long payloads = measured();
        return "geometric mean of " + payloads + (payloads == 1 ? " payload" : " payloads");
    }

    private long measured() {
        return RatioTargets.MEAN.stream()
                .filter(payload -> samples.has(new Samples.Case(Task.FULL, payload, Task.FULL.library())))
                .count();
    }

    private void panel(Task task) {
        List<Bars> bars = bars(task);
        if (bars.isEmpty()) {
            return;
        }
        y += 24;
        text(MARGIN, 14, "start", "#1f2328", "bold", title(task));
        y += 10;
        for (Bars bar : bars) {
            boolean library = !bar.implementation().isPeer();
            y += BAR + 4;
            text(BARS - 8, 12, "end", "#1f2328", library ? "bold" : "normal", label(bar.implementation()));
            y -= BAR + 4;
            bar(
                    bar.typical(),
                    library ? "#0969da" : "#59636e",
                    String.format(Locale.ROOT, "%.2f× · %,.0f ns", bar.typical(), bar.nanos()));
            bar(bar.geomean(), library ? "#80ccff" : "#afb8c1", String.format(Locale.ROOT, "%.2f×", bar.geomean()));
            y += GAP;
        }
    }

    private void bar(double ratio, String colour, String number) {
        if (!Double.isNaN(ratio)) {
            double length = LONGEST * ratio / longestRatio;
            rectangle(BARS, length, colour, String.format(Locale.ROOT, " data-ratio=\"%.4f\"", ratio));
            y += BAR - 3;
            text(BARS + length + 6, 11, "start", "#1f2328", "normal", number);
            y -= BAR - 3;
        }
        y += BAR;
    }

    private List<Bars> bars(Task task) {
        List<Bars> bars = new ArrayList<>();
        for (Implementation implementation : Implementation.values()) {
            Samples.Case typical = new Samples.Case(task, Payload.TYPICAL, implementation);
            // Without prediction, a session is no alternative for a user: it shows where the speed comes from.
            if (samples.has(typical) && implementation != Implementation.SESSION_UNPREDICTED) {
                bars.add(new Bars(
                        implementation,
                        samples.timesBase(typical, NANOS),
                        samples.geomean(task, implementation, cell -> samples.timesBase(cell, NANOS)),
                        samples.median(typical, NANOS)));
            }
        }
        bars.sort(Comparator.comparingDouble(Bars::typical).reversed());
        return bars;
    }

    static String title(Task task) {
        return switch (task) {
            case FULL -> "Full: keys and both images as maps; 1× is a Jackson tree";
            case PROJECTION -> "Projection: five attributes of the new image; 1× is a Jackson tree";
            case INDEX -> "Index: pass over the whole record, read no value; 1× is Jackson's token walk";
            case ROW -> "Row: a Pinot row; 1× is Pinot's JSON decoder";
        };
    }

    /** Returns a readable name. The compiler refuses an implementation without one. */
    static String label(Implementation implementation) {
        return switch (implementation) {
            case JACKSON_TREE -> "Jackson tree";
            case JACKSON_STREAM -> "Jackson streaming";
            case FASTJSON2 -> "fastjson2 (not strict)";
            case FASTJSON2_MAP -> "fastjson2 map (not strict)";
            case DSL_JSON -> "DSL-JSON (not strict)";
            case JSONITER -> "jsoniter (not strict)";
            case GSON -> "Gson streaming";
            case AWS_JSON_UTILS -> "AWS SDK's JSON tree";
            case AWS_LAMBDA_EVENTS -> "aws-lambda-java-events";
            case AWS_ENHANCED_DOCUMENT -> "AWS enhanced document";
            case AWS_STREAMS_ADAPTER -> "Streams Kinesis adapter";
            case SIMDJSON -> "simdjson-java";
            case DECODE -> "dynamodb-cdc decode";
            case SESSION -> "dynamodb-cdc session";
            case SESSION_UNPREDICTED -> "session, no prediction";
            case PINOT_JSON -> "Pinot's JSON decoder";
            case PINOT_ADAPTER -> "dynamodb-cdc Pinot decoder";
        };
    }

    private void rectangle(double x, double width, String colour, String attributes) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"%s/>%n",
                x,
                y,
                width,
                BAR - 1,
                colour,
                attributes));
    }

    private void text(double x, int size, String anchor, String colour, String weight, String content) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\""
                        + " font-weight=\"%s\">%s</text>%n",
                x,
                y,
                size,
                anchor,
                colour,
                weight,
                content.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
