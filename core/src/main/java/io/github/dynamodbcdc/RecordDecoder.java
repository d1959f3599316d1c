package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a reader: each into an event of its own, or all into the event of a session. Events of their
 * own come from one indexer, whose index is copied at the size that the record needed.
 */
final class RecordDecoder {
    private final DecodeOptions options;
    private RecordIndexer indexer;

    /** The event of the session; null where each record has an event of its own. */
    private final @Nullable ChangeEvent window;

    /** Where events are their own: gives the indexer of the next record. A session's indexer learns by itself. */
    private final SharedShapes.@Nullable Learner learner;

    private int end;

    RecordDecoder(DecodeOptions options, SharedShapes shared) {
        this.options = options;
        learner = shared.newLearner();
        indexer = learner.indexer();
        window = null;
    }

    RecordDecoder(DecodeOptions options, RecordIndexer indexer, ChangeEvent window) {
        this.options = options;
        this.indexer = indexer;
        this.window = window;
        learner = null;
    }

    DecodeLimits limits() {
        return options.limits;
    }

    /** Returns whether names of members may be in any case. */
    boolean memberAliases() {
        return options.memberAliases;
    }

    /** Returns whether all records show in one event, the session's. */
    boolean isSession() {
        return window != null;
    }

    /**
     * Returns the event of the record that these bytes begin with; {@link #end} returns where it ends.
     *
     * @throws NeedMore if the bytes end in the middle of the record and {@code mayGrow}
     */
    ChangeEvent first(byte[] data, int start, int length, boolean mayGrow) {
        indexer.indexFirst(data, start, length, mayGrow);
        end = indexer.end();
        return event(data, start, end - start);
    }

    /** Returns the position after the record that {@link #first} decoded. */
    int end() {
        return end;
    }

    /** Returns whether a line break may be in the last record; false only if there is none. */
    boolean mayHoldLineBreak() {
        return learner == null ? indexer.metLineBreak() : learner.mayHoldLineBreak();
    }

    /** Returns the event of the record that these bytes are. */
    ChangeEvent whole(byte[] data, int start, int length, boolean carried) {
        RecordIndexer used = indexer;
        used.carried = carried;
        used.reading = true;
        try {
            used.index(data, start, length);
            return event(data, start, length);
        } finally {
            used.carried = false; // the indexer may be a session's, which decodes other records too
            used.reading = false;
        }
    }

    /** Makes no event show a record, as after a decode that failed. */
    void forget() {
        indexer.begin(0);
    }

    private ChangeEvent event(byte[] data, int start, int length) {
        if (window != null) {
            return window;
        }
        ChangeEvent event = new ChangeEvent(indexer.lastIndex().detached());
        if (learner != null) {
            indexer = learner.indexerAfter(data, start, length);
        }
        return event;
    }
}
