package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a reader, each into a new event or all into the event of a session. New events come from one
 * indexer, whose index is copied at the size that the record needed.
 */
final class RecordDecoder {
    private final DecodeOptions options;
    private RecordIndexer indexer;

    /** The event of the session; null if each record has a new event. */
    private final @Nullable ChangeEvent window;

    /** Provides the indexer of the next record; null for a session, whose indexer learns by itself. */
    private final SharedShapes.@Nullable Learner learner;

    /** Whether Kinesis or Firehose carried the records that are decoded next. The caller sets it before it decodes. */
    boolean viaKinesis;

    // out parameters

    /** The position after the record that {@link #first} decoded. */
    private int end;

    /** Creates a decoder that returns a new event for each record. */
    RecordDecoder(DecodeOptions options, SharedShapes shared) {
        this.options = options;
        learner = shared.newLearner();
        indexer = learner.indexer();
        window = null;
    }

    /** Creates the decoder of a session, which shows each record in the same event. */
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

    /** Returns whether all records are shown in one event, that of a session. */
    boolean isSession() {
        return window != null;
    }

    /**
     * Decodes the record at the beginning of these bytes. {@link #end} then returns the position after it.
     *
     * @param mayGrow whether more bytes may follow
     * @throws NeedMore if the bytes end in the middle of the record and {@code mayGrow}
     */
    ChangeEvent first(byte[] data, int start, int length, boolean mayGrow) {
        giveBack();
        RecordIndexer used = indexer;
        used.carried = viaKinesis;
        try {
            used.indexFirst(data, start, length, mayGrow);
        } finally {
            used.carried = false; // the indexer may belong to a session that also decodes other records
        }
        end = used.end();
        return event(data, start, end - start);
    }

    /** Returns the position after the record that {@link #first} decoded. */
    int end() {
        return end;
    }

    /** Returns whether the last record may contain a line break; false only if it contains none. */
    boolean mayHoldLineBreak() {
        return learner == null ? indexer.metLineBreak() : learner.mayHoldLineBreak();
    }

    /** Decodes a record that consists of exactly these bytes. */
    ChangeEvent whole(byte[] data, int start, int length) {
        RecordIndexer used = indexer;
        used.carried = viaKinesis;
        used.reading = true;
        try {
            giveBack();
            used.index(data, start, length);
            return event(data, start, length);
        } finally {
            used.carried = false;
            used.reading = false;
        }
    }

    /** Makes the session's event show no record, as after a failed decode. */
    void forget() {
        indexer.begin(0);
    }

    private void giveBack() {
        if (window != null) {
            indexer.giveBack();
        }
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
