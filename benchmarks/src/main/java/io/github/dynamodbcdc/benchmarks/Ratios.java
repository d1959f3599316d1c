package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs {@link DecodeBenchmark} and {@link RowBenchmark}, and prints tables of ratios, in Markdown: all of them, and
 * those of the library beside the targets in {@code targets.properties}.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios -Dquick
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios -Dpayloads=typical,tshuf -Dtasks=full,row -Drounds=5
 * }</pre>
 *
 * <p>The full run takes hours, {@code quick} a few minutes, {@code record} about 25 minutes. It uses the JVM of
 * JAVA_HOME. Further filters and settings:
 *
 * <ul>
 *   <li>{@code -Drecord}: a JVM measures not one combination, but all payloads and tasks of one implementation in turn.
 *       Most of a full run is for starting JVMs and warming them up. Implementations are then measured some minutes
 *       apart, so the machine should be idle.
 *   <li>{@code -Dimplementations=decode,jackson_tree}: each task runs those of them that can do it. Without this
 *       option, JACKSON_TREE, JACKSON_STREAM, FASTJSON2 and DSL_JSON are the peers that read events. {@code all} adds
 *       the other peers, which more than double the time of a run. Those that the JDK cannot run are listed and not
 *       measured.
 *   <li>{@code -Dpollution=0}: the milliseconds for which a JVM runs all payloads and tasks before it measures one; 0
 *       for a JVM that has run nothing else.
 *   <li>{@code -Dresults=results/ratios-jdk17.tsv}: the file for the medians, in the module's folder; by default in
 *       {@code target}. {@link Chart} reads it.
 *   <li>{@code -Dclock=wall}: elapsed time instead of the measuring thread's processor time. Processor time varies less
 *       on a shared machine, and excludes the cost of garbage collection. The tables have the geometric means of both.
 * </ul>
 *
 * <p>Each round measures every combination once. Without {@code record}, each has its own JVM, and the implementations
 * of one table row are measured right after each other, in a different order each round, so other load on the machine
 * affects all of them. A fork that was still busy compiling when it measured is repeated, at most twice. The result of
 * a fork is the median of its iterations, that of a cell the median of its forks. The tables are printed after each
 * round.
 */
public final class Ratios {
    private static final int ATTEMPTS = 3;

    private final RatioOptions options;
    private final Samples samples = new Samples();
    private final RatioTargets targets = new RatioTargets(PropertyFile.read(Path.of("targets.properties")));
    private int forksDone;

    private Ratios(RatioOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        new Ratios(RatioOptions.parse(arguments)).run();
    }

    private void run() throws IOException, RunnerException {
        Map<String, String> notes = notes();
        notes.forEach((key, value) -> System.out.println(key + ": " + value));
        if (!options.unavailable().isEmpty()) {
            System.out.println("Not measured, because this JDK cannot run them: " + options.unavailable());
        }
        for (int round = 0; round < options.rounds(); round++) {
            if (options.inTurn()) {
                measureInTurn(round);
            } else {
                for (Payload payload : options.payloads()) {
                    for (Task task : options.tasks()) {
                        measureRow(round, payload, task);
                    }
                }
            }
            System.out.printf("%nAfter round %d of %d:%n", round + 1, options.rounds());
            for (Task task : options.tasks()) {
                System.out.println();
                System.out.print(new RatioTable(task, options, samples).markdown());
            }
            System.out.println();
            System.out.print(targets());
            new RatioResults(notes, samples).write(options.results());
            System.out.printf("%nWrote %s%n", options.results());
        }
    }

    private String targets() {
        StringBuilder tables = new StringBuilder("Beside the targets; ✗ marks a ratio that misses its target:\n");
        for (Task task : options.tasks()) {
            tables.append('\n').append(new RatioTargetTable(task, samples, targets, options.clock()).markdown());
        }
        return tables.toString();
    }

    /** Returns what a reader of the numbers has to know. */
    private Map<String, String> notes() throws IOException {
        Map<String, String> notes = new TreeMap<>();
        notes.put("JDK", Runtime.version().toString());
        notes.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + processor() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        notes.put("clock", options.clock().name().toLowerCase(Locale.ROOT) + " time in the tables");
        notes.put(
                "profile",
                (options.pollutionMillis() == 0
                                ? "each JVM ran nothing before"
                                : "each JVM ran all payloads and tasks for " + options.pollutionMillis() + " ms")
                        + (options.inTurn() ? ", then measured them in turn" : ", then measured one"));
        notes.put("command", "./mvnw -q -pl benchmarks -am package -DskipTests -Dratios" + options.commandLine());
        return notes;
    }

    /** Returns the processor's model, where the system reports it. */
    private static String processor() throws IOException {
        Path description = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(description)) {
            return "unknown model";
        }
        return Files.readAllLines(description).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown model");
    }

    private void measureRow(int round, Payload payload, Task task) throws RunnerException {
        List<Implementation> order = new ArrayList<>(options.implementations(task));
        Collections.rotate(order, round);
        for (Implementation implementation : order) {
            Samples.Case measured = new Samples.Case(task, payload, implementation);
            Samples.Sample sample = measure(measured);
            samples.add(measured, sample);
            forksDone++;
            System.err.printf(
                    Locale.ROOT,
                    "%d/%d %s %s %s: %,.0f ns, thread %,.0f ns, %,.1f B%n",
                    forksDone,
                    options.forks(),
                    task.method(),
                    payload,
                    implementation,
                    sample.wallNanos(),
                    sample.threadNanos(),
                    sample.allocatedBytes());
        }
    }

    /** Measures all payloads and tasks of each implementation, in one JVM for each. */
    private void measureInTurn(int round) throws RunnerException {
        List<Implementation> order = new ArrayList<>(options.implementations());
        Collections.rotate(order, round);
        for (Implementation implementation : order) {
            List<Workload> workloads = options.workloads(implementation);
            if (!workloads.isEmpty()) {
                long start = System.nanoTime();
                WorkloadsBenchmark.run(implementation, workloads, options.pollutionMillis(), List.of())
                        .forEach((workload, iterations) -> samples.add(
                                new Samples.Case(workload.task(), workload.payload(), implementation),
                                Samples.Sample.median(iterations)));
                forksDone++;
                System.err.printf(
                        "%d/%d %s: %d cells in %d s%n",
                        forksDone,
                        options.forks(),
                        implementation,
                        workloads.size(),
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
            }
        }
    }

    private Samples.Sample measure(Samples.Case measured) throws RunnerException {
        RatioFork fork = new RatioFork(measured, options);
        Samples.Sample sample = fork.run();
        for (int attempt = 1; attempt < ATTEMPTS && !fork.isSettled(); attempt++) {
            sample = fork.run();
        }
        return sample;
    }

    /** Returns the result of a profiler in one iteration. */
    static double secondary(IterationResult iteration, String label) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label)
                .getScore();
    }
}
