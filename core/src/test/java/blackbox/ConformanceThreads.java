package blackbox;

import java.util.concurrent.atomic.AtomicReference;

/** Runs a test where recursion over the input would not survive. */
final class ConformanceThreads {
    /** Half of the usual size. The deepest nesting that limits allow, 120, takes up to 300 KiB, as compiled by C1. */
    private static final int SMALL_STACK = 512 << 10;

    private ConformanceThreads() {}

    static void onSmallStack(Runnable test) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, test, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join();
        if (thrown.get() != null) {
            throw new AssertionError("on a stack of " + SMALL_STACK + " bytes", thrown.get());
        }
    }
}
