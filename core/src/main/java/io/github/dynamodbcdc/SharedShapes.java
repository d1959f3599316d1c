package io.github.dynamodbcdc;

import java.util.concurrent.atomic.AtomicReference;
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

    /** An indexer with more words than this is not kept: the next event would keep them too. */
    private static final int MAX_KEPT = 512;

    private final DecodeOptions options;
    final MapNames.Cache mapNames;

    /** Null where shapes are off. */
    private @Nullable Snapshot snapshot;

    private int recordsUntilLearning;
    private int learningInterval = 1;

    /** An indexer that no event refers to; null for none. */
    private final AtomicReference<@Nullable RecordIndexer> unused = new AtomicReference<>();

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

        /** Whether a record that was learned from contained a line break, which the shapes predict since. */
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
        RecordIndexer indexer = unusedOrNew(length);
        RecordIndex index;
        try {
            index = indexer.index(array, offset, length);
        } catch (DecodeException e) {
            keep(indexer);
            throw e;
        }
        index.trim();
        if (indexer.isUnknown()) {
            learn(array, offset, length);
        }
        return index;
    }

    private RecordIndexer unusedOrNew(int expectedLength) {
        Shapes shapes = shapes();
        if (unused.getPlain() != null) {
            RecordIndexer indexer = unused.getAndSet(null);
            if (indexer != null && indexer.isOver(shapes)) {
                return indexer;
            }
        }
        return new RecordIndexer(options, mapNames, shapes, true, expectedLength);
    }

    /** Returns what is known now, which nothing changes; null where shapes are off. */
    @Nullable
    Shapes shapes() {
        Snapshot known = snapshot;
        return known == null ? null : known.shapes;
    }

    /** Keeps an indexer whose record was refused, so that a flood of bad records does not allocate one for each. */
    private void keep(RecordIndexer indexer) {
        if (indexer.capacity() <= MAX_KEPT) {
            indexer.begin(0); // releases the record
            unused.setRelease(indexer);
        }
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

        /** The indexer learns by itself, or there is nothing to learn. */
        private boolean settled;

        /** An indexer before this one met a line break, or the record that taught the snapshot contained one. */
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
