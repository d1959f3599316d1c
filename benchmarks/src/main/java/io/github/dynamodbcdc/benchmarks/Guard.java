package io.github.dynamodbcdc.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Fails if the library becomes much slower than its baselines, or if a session allocates. Runs within three minutes.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dguard
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dguard=measure
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dguard -Dguard.implementation=SESSION_UNPREDICTED
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dguard -Dguard.jvmArgs=-Dio.github.dynamodbcdc.shapes=off
 * }</pre>
 *
 * <p>{@code guard.properties} has the rows to measure, and for each row a floor: the lowest accepted ratio of the
 * baseline's time to that of a session, or of the Pinot decoder for {@code row}. Baselines are {@link Task#base}.
 * Projection and index must also allocate less than a byte per record, counted on the measuring thread. {@code measure}
 * prints the ratios and suggests floors 35 % below them. The last two commands show that the guard fails for a slow
 * decoder: they measure one without prediction, as an implementation and by an argument of the forked JVMs.
 *
 * <p>Each implementation has one JVM ({@link InTurnFork}) with ten iterations for each row. A row's time is the least
 * of its iterations, in processor time of the measuring thread: machines that build are shared, and the load of others
 * only adds to a time. Rows that fail are measured a second time in new JVMs, and the better ratio counts, because a
 * JVM can be slow by an unlucky order of compilations. {@code measure} takes the median ratio of three rounds.
 */
public final class Guard {
    static final Path FLOORS = Path.of("guard.properties");

    private static final int ROUNDS_TO_MEASURE = 3;
    private static final int POLLUTION_MILLIS = 2500;

    private final GuardOptions options;
    private final SortedMap<Workload, Double> floors;

    private Guard(GuardOptions options) {
        this.options = options;
        floors = GuardFloors.of(PropertyFile.read(FLOORS));
    }

    public static void main(String[] arguments) throws RunnerException {
        // Another user's benchmark must not fail the build; processor time and ratios hold beside it.
        System.setProperty("jmh.ignoreLock", "true");
        if (!new Guard(GuardOptions.parse(arguments)).run()) {
            System.exit(1);
        }
    }

    private boolean run() throws RunnerException {
        long start = System.nanoTime();
        GuardVerdict verdict = new GuardVerdict(floors);
        boolean passed = options.mode() == GuardOptions.Mode.MEASURE ? measure(verdict) : check(verdict);
        System.out.printf(
                Locale.ROOT,
                "Performance guard: %s after %d s; JDK %s, %d processors, thread time%n%s",
                passed ? "passed" : "FAILED",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                verdict.markdown(options::library));
        if (options.mode() == GuardOptions.Mode.MEASURE) {
            System.out.printf("Suggested floors:%n%s", verdict.suggestedFloors());
        } else if (!passed) {
            System.out.printf("%s has the floors; benchmarks/README.md describes how to change them.%n", FLOORS);
        }
        return passed;
    }

    /** Returns whether all rows pass, at the first or second attempt. */
    private boolean check(GuardVerdict verdict) throws RunnerException {
        measure(floors.keySet()).forEach(verdict::add);
        if (!verdict.failed().isEmpty()) {
            System.out.printf(
                    "Performance guard: second attempt for %s%n",
                    verdict.failed().stream().map(Workload::key).toList());
            measure(verdict.failed()).forEach(verdict::add);
        }
        return verdict.failed().isEmpty();
    }

    private boolean measure(GuardVerdict verdict) throws RunnerException {
        SortedMap<Workload, List<GuardVerdict.Measured>> rounds = new TreeMap<>();
        for (int round = 0; round < ROUNDS_TO_MEASURE; round++) {
            measure(floors.keySet())
                    .forEach((row, measured) -> rounds.computeIfAbsent(row, key -> new ArrayList<>())
                            .add(measured));
        }
        rounds.forEach((row, measured) -> verdict.add(row, GuardVerdict.Measured.median(measured)));
        return true;
    }

    private SortedMap<Workload, GuardVerdict.Measured> measure(Collection<Workload> rows) throws RunnerException {
        Map<Implementation, List<Workload>> work = new EnumMap<>(Implementation.class);
        for (Workload row : rows) {
            work.computeIfAbsent(row.task().base(), key -> new ArrayList<>()).add(row);
            work.computeIfAbsent(options.library(row.task()), key -> new ArrayList<>())
                    .add(row);
        }
        Map<Implementation, Map<Workload, List<Samples.Sample>>> samples = new EnumMap<>(Implementation.class);
        for (Map.Entry<Implementation, List<Workload>> entry : work.entrySet()) {
            samples.put(
                    entry.getKey(),
                    WorkloadsBenchmark.run(entry.getKey(), entry.getValue(), POLLUTION_MILLIS, options.jvmArgs()));
        }
        SortedMap<Workload, GuardVerdict.Measured> measured = new TreeMap<>();
        for (Workload row : rows) {
            measured.put(
                    row,
                    GuardVerdict.Measured.of(
                            samples(samples, row.task().base(), row),
                            samples(samples, options.library(row.task()), row)));
        }
        return measured;
    }

    private static List<Samples.Sample> samples(
            Map<Implementation, Map<Workload, List<Samples.Sample>>> samples,
            Implementation implementation,
            Workload row) {
        List<Samples.Sample> iterations =
                samples.getOrDefault(implementation, Map.of()).get(row);
        if (iterations == null) {
            throw new IllegalStateException("not measured: " + implementation + " " + row.key());
        }
        return iterations;
    }
}
