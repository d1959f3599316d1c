package io.github.dynamodbcdc.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a reader on every payload and task in turn before one is measured, as in a real process. The compiler then knows
 * more than the one case that is measured, and so does whatever the reader learns from records. A decoder measured
 * without this is a quarter to a half faster than in production.
 */
final class Pollution {
    /** For one payload and task before the next one. Bounded in bytes too: long records would take all the time. */
    private static final int RECORDS_PER_TURN = 16;

    private static final int BYTES_PER_TURN = 80 * 1024;
    private static final int PATIENCE = 6;

    private final List<RecordSet.Work> tasks;

    Pollution(List<RecordSet.Work> tasks) {
        this.tasks = tasks;
    }

    /**
     * Runs for at least the given time and until the compiler is idle, at most six times as long.
     *
     * @return the number of rounds; a round is one turn of every payload and task
     */
    int run(Duration duration) throws Exception {
        List<RecordSet> sets =
                Arrays.stream(Payload.values()).map(Payload::records).toList();
        CompilerLoad compiler = new CompilerLoad();
        long start = System.nanoTime();
        long least = duration.toNanos();
        int rounds = 0;
        for (long elapsed = 0;
                elapsed < least || (elapsed < PATIENCE * least && compiler.isBusy());
                elapsed = System.nanoTime() - start) {
            for (RecordSet records : sets) {
                for (RecordSet.Work task : tasks) {
                    turn(records, task);
                }
            }
            rounds++;
        }
        return rounds;
    }

    private static void turn(RecordSet records, RecordSet.Work task) throws Exception {
        int bytes = 0;
        for (int i = 0; i < RECORDS_PER_TURN && bytes < BYTES_PER_TURN; i++) {
            bytes += records.next();
            task.run(records);
        }
    }

    /** Detects when the just-in-time compiler is idle, which takes many times longer on a shared machine. */
    static final class CompilerLoad {
        /** Long enough for a large method to be finished in between, because only finished ones count. */
        private static final long WINDOW_MILLIS = 1000;

        private static final long BUSY_MILLIS = 100;

        private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        private long windowStart = System.nanoTime();
        private long compiledBefore = compilation.getTotalCompilationTime();
        private boolean busy = true;

        /** Returns whether it compiled for more than a tenth of the last second; true during the first second. */
        boolean isBusy() {
            long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - windowStart);
            if (elapsed >= WINDOW_MILLIS) {
                long compiled = compilation.getTotalCompilationTime();
                busy = (compiled - compiledBefore) * WINDOW_MILLIS > BUSY_MILLIS * elapsed;
                compiledBefore = compiled;
                windowStart = System.nanoTime();
            }
            return busy;
        }
    }
}
