package engines;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/** Fails the job once, at the first element after a complete checkpoint. */
final class FailOnce<T> extends RichMapFunction<T, T> implements CheckpointListener {
    private static final long serialVersionUID = 1L;

    private static final AtomicBoolean CHECKPOINTED = new AtomicBoolean();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    static void reset() {
        CHECKPOINTED.set(false);
        FAILED.set(false);
    }

    static boolean hasFailed() {
        return FAILED.get();
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        CHECKPOINTED.set(true);
    }

    @Override
    public T map(T element) {
        if (CHECKPOINTED.get() && FAILED.compareAndSet(false, true)) {
            throw new IllegalStateException("a failure for the test");
        }
        return element;
    }
}
