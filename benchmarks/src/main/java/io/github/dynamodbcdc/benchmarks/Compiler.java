package io.github.dynamodbcdc.benchmarks;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Detects when the just-in-time compiler is idle. On a shared machine that takes many times longer.
 */
final class Compiler {
    /** Long enough for a large method to be finished in between, since only finished ones count. */
    private static final long WINDOW_MILLIS = 1000;

    private static final long BUSY_MILLIS = 100;

    private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    private long windowStart = System.nanoTime();
    private long compiledBefore = compilation.getTotalCompilationTime();
    private boolean busy = true;

    /** Whether it compiled for more than a tenth of the latest second; true during the first one. */
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
