package io.github.dynamodbcdc.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures how the time of a session changes with the number of tables, the size of items, the number of names, and the
 * number of threads, beside Jackson's tree. Prints {@link ScalingTable}.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dscaling
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dscaling -Dtasks=index -Drounds=1
 * }</pre>
 *
 * <p>Tasks are {@code full} and {@code index} without that option. Each round has one JVM for an implementation and
 * task that measures all inputs in turn, so their ratios are of one JVM. After that, it has one JVM for each number of
 * threads, with the implementations alternating. Two threads are compared with one by the least elapsed time of their
 * iterations, everything else by the median of the measuring thread's processor time. Results are medians of the
 * rounds.
 */
public final class Scaling {
    static final int POLLUTION_MILLIS = 2500;
    static final List<Implementation> IMPLEMENTATIONS = List.of(Implementation.SESSION, Implementation.JACKSON_TREE);

    private static final List<ScalingInput> INPUTS = List.of(ScalingInput.values());
    private static final int ITERATIONS_OF_THREADS = 30;

    private Scaling() {}

    public static void main(String[] arguments) throws RunnerException {
        Map<String, String> given = RatioOptions.keysAndValues(arguments);
        List<Task> tasks = RatioOptions.constants(Task.class, RatioOptions.take(given, "tasks", "full,index"));
        int rounds = Integer.parseInt(RatioOptions.take(given, "rounds", "3"));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        if (tasks.contains(Task.ROW)) {
            throw new IllegalArgumentException("readers of events make no rows");
        }
        System.out.printf(
                "JDK %s, %d processors%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        ScalingTable table = new ScalingTable();
        for (int round = 0; round < rounds; round++) {
            for (Task task : tasks) {
                measure(task, table);
            }
            System.out.printf("%nAfter round %d of %d:%n%n%s", round + 1, rounds, table.markdown());
        }
    }

    private static void measure(Task task, ScalingTable table) throws RunnerException {
        for (Implementation implementation : IMPLEMENTATIONS) {
            Map<ScalingInput, Double> nanos = new EnumMap<>(ScalingInput.class);
            ScalingBenchmark.fork(implementation, task, INPUTS)
                    .run(INPUTS)
                    .forEach((input, iterations) ->
                            nanos.put(input, Samples.Sample.median(iterations).threadNanos()));
            table.add(task, implementation, nanos);
        }
        Map<Implementation, Double> oneThread = new EnumMap<>(Implementation.class);
        for (Implementation implementation : IMPLEMENTATIONS) {
            oneThread.put(implementation, leastNanos(implementation, task, 1));
        }
        for (Implementation implementation : IMPLEMENTATIONS) {
            double ratio = 2 * oneThread.getOrDefault(implementation, Double.NaN) / leastNanos(implementation, task, 2);
            table.addThreads(task, implementation, ratio);
        }
        System.err.println(task.method() + " measured");
    }

    /** Returns the least elapsed time per record and thread, because the load of others only adds to a time. */
    private static double leastNanos(Implementation implementation, Task task, int threads) throws RunnerException {
        List<ScalingInput> inputs = List.of(ScalingInput.ONE_TABLE);
        return ScalingBenchmark.fork(implementation, task, inputs)
                .threads(threads)
                .iterations(ITERATIONS_OF_THREADS)
                .run(inputs)
                .getOrDefault(ScalingInput.ONE_TABLE, List.of())
                .stream()
                .mapToDouble(Samples.Sample::wallNanos)
                .min()
                .orElseThrow();
    }
}
