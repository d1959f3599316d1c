package io.github.dynamodbcdc.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs {@link DecodeBenchmark} and {@link RowBenchmark}, and prints tables of ratios, in Markdown.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios -Dquick
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dratios -Dpayloads=typical,tshuf -Dtasks=full,row -Drounds=5
 * }</pre>
 *
 * <p>All of it takes hours, {@code quick} a few minutes. The JVM is that of JAVA_HOME. Further filters and settings:
 * {@code -Dimplementations=decode,jackson_tree} (each task takes of them those that can do it), {@code -Dpollution=0}
 * (milliseconds that a JVM lives through all payloads and tasks before it measures one; 0 for a JVM that has seen
 * nothing else), {@code -Dclock=wall} (the time that passes instead of the measuring thread's processor time, which
 * varies less where others use the machine, and leaves out what garbage collection costs; the tables have the geometric
 * mean of both).
 *
 * <p>Each round measures every combination once, in a JVM of its own, and the implementations of one row right after
 * each other, in another order each round: what the machine does meanwhile, it does to all of them. A fork counts as
 * the median of its iterations, a cell as the median of its forks, and the tables are printed after each round. A fork
 * that was still busy compiling when it measured is repeated, twice at most.
 */
public final class Ratios {
    private static final int ATTEMPTS = 3;

    private final RatioOptions options;
    private final Samples samples = new Samples();
    private int forksDone;

    private Ratios(RatioOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws RunnerException {
        new Ratios(RatioOptions.parse(arguments)).run();
    }

    private void run() throws RunnerException {
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %d processors, %s time, %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.clock().name().toLowerCase(Locale.ROOT),
                options.pollutionMillis() == 0
                        ? "each JVM has seen one payload and task"
                        : "each JVM has seen all payloads and tasks for " + options.pollutionMillis() + " ms");
        for (int round = 0; round < options.rounds(); round++) {
            for (Payload payload : options.payloads()) {
                for (Task task : options.tasks()) {
                    measureRow(round, payload, task);
                }
            }
            System.out.printf("%nAfter round %d of %d:%n", round + 1, options.rounds());
            for (Task task : options.tasks()) {
                System.out.println();
                System.out.print(new RatioTable(task, options, samples).markdown());
            }
        }
    }

    private void measureRow(int round, Payload payload, Task task) throws RunnerException {
        List<Implementation> order = new ArrayList<>(options.implementations(task));
        Collections.rotate(order, round);
        for (Implementation implementation : order) {
            Case measured = new Case(task, payload, implementation);
            Sample sample = measure(measured);
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

    private Sample measure(Case measured) throws RunnerException {
        Fork fork = new Fork(measured, options);
        Sample sample = fork.run();
        for (int attempt = 1; attempt < ATTEMPTS && !fork.isSettled(); attempt++) {
            sample = fork.run();
        }
        return sample;
    }
}
