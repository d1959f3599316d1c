package blackbox;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Assumptions;

/**
 * What a thread allocates: {@code com.sun.management.ThreadMXBean}, through a method handle, because the module under test
 * does not read the modules of management. Exact, so that calling it makes no object.
 */
final class AllocatedBytes {
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 40;

    private static final MethodHandle OF_THREAD = ofThread();

    private AllocatedBytes() {}

    private static MethodHandle ofThread() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            Object bean = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return lookup.findVirtual(type, "getThreadAllocatedBytes", MethodType.methodType(long.class, long.class))
                    .bindTo(type.cast(bean));
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Assumptions.abort("this JVM does not count what a thread allocates: " + e.getClass());
        }
    }

    /** The bytes that the calling thread allocated in the quietest of several rounds. */
    @SuppressWarnings("deprecation") // Thread.threadId() came with 19
    static long ofQuietestRound(Runnable round) {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round.run();
        }
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least > 0; i++) {
            long before = now(thread);
            round.run();
            least = Math.min(least, now(thread) - before);
        }
        return least;
    }

    private static long now(long thread) {
        try {
            return (long) OF_THREAD.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
