package io.github.dynamodbcdc;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that all calls, readers and threads of one decoder learn together, and the indexers that use them.
 *
 * <p>What is learned is one {@link Snapshot} in one field. A snapshot is complete before another thread can see it,
 * because its fields are final, and nothing changes it afterwards. A thread that learns copies the shapes, changes the
 * copy, and replaces the snapshot with a plain write. If two threads do so at the same time, one write is lost, and its
 * content is learned again from a later record. The counters of {@link #learn} race in the same way. A lost race costs
 * speed and never a result, because {@link Shapes} only predicts.
 */
final class SharedShapes {
    private static final int MAX_LEARNING_INTERVAL = 256;

    final DecodeOptions options;
    final MapNames.Cache mapNames;

    /** Null where shapes are off. */
    private @Nullable Snapshot snapshot;

    private int recordsUntilLearning;
    private int learningInterval = 1;

    private final Indexers indexers = new Indexers();

    /** The system property turns prediction off: the build runs the tests of decoding with it and without it. */
    SharedShapes(DecodeOptions options) {
        this.options = options;
        mapNames = new MapNames.Cache(options.hash);
        boolean predict = !"off".equals(System.getProperty("io.github.dynamodbcdc.shapes"));
        snapshot = predict ? new Snapshot(new Shapes(options.hash), false) : null;
    }

    /** The state that threads share: complete before it is seen, by its final fields, and never changed after. */
    private static final class Snapshot {
        final Shapes shapes;

        /** Whether the shapes learned from a record with a line break, which they may therefore predict. */
        final boolean holdsLineBreak;

        Snapshot(Shapes shapes, boolean holdsLineBreak) {
            this.shapes = shapes;
            this.holdsLineBreak = holdsLineBreak;
        }
    }

    // ------------------------------------------------------------------------------------------ one call, one event

    /**
     * Indexes a record for an event of its own, and learns from it what the snapshot did not predict.
     *
     * @throws DecodeException if it cannot be decoded; it has no stack trace
     */
    RecordIndex index(byte[] array, int offset, int length) {
        int slot = indexers.take();
        RecordIndexer indexer = null;
        boolean reusable = false;
        try {
            Shapes known = shapes();
            indexer = indexers.get(slot, known);
            if (indexer == null) {
                indexer = new RecordIndexer(options, mapNames, known, true, length);
            }
            RecordIndex index = indexer.index(array, offset, length).detached();
            reusable = !indexer.isUnknown() || !learn(array, offset, length);
            return index;
        } catch (DecodeException e) {
            reusable = true;
            throw e;
        } finally {
            indexers.giveBack(slot, reusable && length <= Indexers.MAX_RECORD_BYTES ? indexer : null);
        }
    }

    /** Returns what is known now, which nothing changes; null where shapes are off. */
    @Nullable
    Shapes shapes() {
        Snapshot known = snapshot;
        return known == null ? null : known.shapes;
    }

    /**
     * Reads a record again to learn what the snapshot did not predict. The interval between two such records doubles
     * each time, up to {@link #MAX_LEARNING_INTERVAL}: records whose names are always new would be read twice forever.
     *
     * @return whether this was one of those times
     */
    private boolean learn(byte[] array, int offset, int length) {
        Snapshot known = snapshot;
        if (known == null || --recordsUntilLearning > 0) {
            return false;
        }
        learningInterval = Math.min(learningInterval * 2, MAX_LEARNING_INTERVAL);
        recordsUntilLearning = learningInterval;
        // A snapshot sees too few records to be emptied as a session's shapes are.
        Shapes shapes = known.shapes.isFull() ? new Shapes(options.hash) : known.shapes.copy();
        RecordIndexer learner = new RecordIndexer(options, mapNames, shapes, false, length);
        learner.index(array, offset, length);
        snapshot = new Snapshot(shapes, known.holdsLineBreak || learner.metLineBreak());
        return true;
    }

    /**
     * The indexers that the calls of all threads use in turn. A slot is for one call at a time. A call that finds no
     * slot creates an indexer. The references are weak, because an indexer refers to its last record until it is used
     * again, and no indexer of a long record is kept.
     *
     * <p>Measured: indexing takes 1.35 times as long with a new indexer for each event (TYPICAL; 1.24 SMALL, 1.30
     * TSHUF2), and allocates 3.0 times as many bytes (4.2, 3.0). JDK 17, DecodeBenchmark of a decoder.
     */
    private static final class Indexers {
        private static final int MAX_SLOTS = 128;

        /** The number of slots that a call tries. */
        private static final int TRIALS = 4;

        /** No slot. */
        private static final int NONE = -1;

        /** The distance of the flags of two slots: a cache line, so that threads do not slow each other down. */
        private static final int LINE = 64 / Integer.BYTES;

        /** An indexer with more words than this is not kept. */
        private static final int MAX_KEPT = 1 << 13;

        /** An indexer of a longer record is not kept. */
        static final int MAX_RECORD_BYTES = 1 << 16;

        /** Whether each slot is taken. The flags are apart from the references, whose writes cost a barrier. */
        private final AtomicIntegerArray taken;

        private final @Nullable WeakReference<RecordIndexer>[] indexers;

        @SuppressWarnings({"unchecked", "rawtypes"})
        Indexers() {
            int processors = Runtime.getRuntime().availableProcessors();
            int slots = Math.min(Integer.highestOneBit(processors) * 4, MAX_SLOTS);
            taken = new AtomicIntegerArray(slots * LINE);
            indexers = new WeakReference[slots];
        }

        /** Takes a slot, usually the same one for the same thread; {@link #NONE} if other threads have those tried. */
        int take() {
            int first = System.identityHashCode(Thread.currentThread());
            for (int i = 0; i < TRIALS; i++) {
                int slot = (first + i) & (indexers.length - 1);
                if (taken.compareAndSet(slot * LINE, 0, 1)) {
                    return slot;
                }
            }
            return NONE;
        }

        /** Returns the indexer in a slot that the caller has taken; null if it has none for these shapes. */
        @Nullable
        RecordIndexer get(int slot, @Nullable Shapes shapes) {
            WeakReference<RecordIndexer> reference = slot == NONE ? null : indexers[slot];
            RecordIndexer indexer = reference == null ? null : reference.get();
            return indexer != null && indexer.isOver(shapes) ? indexer : null;
        }

        /** Gives a slot back with the indexer to keep there, which a large one is not; null to keep none. */
        void giveBack(int slot, @Nullable RecordIndexer indexer) {
            if (slot == NONE) {
                return;
            }
            try {
                WeakReference<RecordIndexer> reference = indexers[slot];
                if (indexer == null || indexer.capacity() > MAX_KEPT) {
                    indexers[slot] = null;
                } else if (reference == null || reference.get() != indexer) {
                    indexers[slot] = new WeakReference<>(indexer);
                }
            } finally {
                taken.setRelease(slot * LINE, 0);
            }
        }
    }

    // ----------------------------------------------------------------------------------------- sessions and readers

    /** Returns an indexer that learns by itself, from the first record on. */
    RecordIndexer newSessionIndexer() {
        return new RecordIndexer(options, mapNames, snapshot == null ? null : new Shapes(options.hash), false, 0);
    }

    /** Returns the source of indexers of a new reader, starting from the current snapshot. */
    Learner newLearner() {
        return new Learner();
    }

    /**
     * The indexer of a reader whose events are independent of it. It begins with what the decoder has learned, and
     * teaches the decoder; a reader of many records learns by itself after that.
     */
    final class Learner {
        private static final int RECORDS_BEFORE_LEARNING = 32;

        private RecordIndexer indexer;
        private int records;

        /** Whether the indexer learns by itself, or nothing is learned. */
        private boolean settled;

        /** Whether an indexer before this one met a line break, or the snapshot learned from a record with one. */
        private boolean metLineBreak;

        private Learner() {
            Snapshot known = snapshot;
            indexer = new RecordIndexer(options, mapNames, known == null ? null : known.shapes, true, 0);
            metLineBreak = known != null && known.holdsLineBreak;
            settled = known == null;
        }

        RecordIndexer indexer() {
            return indexer;
        }

        /** Returns whether a line break may be in the last record; false only if there is none. */
        boolean mayHoldLineBreak() {
            return metLineBreak || indexer.metLineBreak();
        }

        /** Learns from the record that was indexed last, and returns the indexer of the next. */
        RecordIndexer indexerAfter(byte[] data, int start, int length) {
            if (settled) {
                return indexer;
            }
            boolean taught = indexer.isUnknown() && learn(data, start, length);
            Snapshot known = snapshot;
            settled = ++records == RECORDS_BEFORE_LEARNING;
            if (known != null && (taught || settled)) {
                metLineBreak |= indexer.metLineBreak() || known.holdsLineBreak;
                Shapes shapes = settled ? known.shapes.copy() : known.shapes;
                indexer = new RecordIndexer(options, mapNames, shapes, !settled, 0);
            }
            return indexer;
        }
    }
}
