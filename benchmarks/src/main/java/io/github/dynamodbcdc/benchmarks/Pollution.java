package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a reader live through what it does in a real process: every payload and all of its tasks, mixed, before
 * anything is measured. The compiler then knows more than the one case that is measured, and so does whatever the
 * reader has learnt. A decoder measured fresh is a quarter to a half faster than the one that users have.
 */
final class Pollution {
    /** Of one payload and task before the next one has its turn. Bounded, or long records would take all the time. */
    private static final int RECORDS_PER_TURN = 16;

    private static final int BYTES_PER_TURN = 80 * 1024;
    private static final int PATIENCE = 6;

    private final List<Work> tasks;

    Pollution(List<Work> tasks) {
        this.tasks = tasks;
    }

    /**
     * Runs for at least the time asked for and until the compiler is idle, but for no more than six times as long.
     *
     * @return how many times all payloads and tasks had their turn
     */
    int run(Duration duration) throws Exception {
        List<Records> sets =
                Arrays.stream(Payload.values()).map(Payload::records).toList();
        Compiler compiler = new Compiler();
        long start = System.nanoTime();
        long least = duration.toNanos();
        int rounds = 0;
        for (long elapsed = 0;
                elapsed < least || (elapsed < PATIENCE * least && compiler.isBusy());
                elapsed = System.nanoTime() - start) {
            for (Records records : sets) {
                for (Work task : tasks) {
                    turn(records, task);
                }
            }
            rounds++;
        }
        return rounds;
    }

    private static void turn(Records records, Work task) throws Exception {
        int bytes = 0;
        for (int i = 0; i < RECORDS_PER_TURN && bytes < BYTES_PER_TURN; i++) {
            bytes += records.next();
            task.run(records);
        }
    }
}
