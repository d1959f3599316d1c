package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a reader: each into an event of its own, or all into the event of a session.
 *
 * <p>Events of their own come out of one indexer, whose index is copied at the size that the record took. It begins with
 * what the decoder has learned; a reader of many records learns on by itself.
 */
final class RecordDecoder {
    private static final int RECORDS_BEFORE_LEARNING = 32;

    private final ChangeEventDecoder decoder;
    private RecordIndexer indexer;

    /** The session's event; null to make one for each record. */
    private final @Nullable ChangeEvent window;

    /** The indexer learns by itself, or nothing is to be learned. */
    private boolean settled;

    private int records;
    private int end;

    /** A line break was met by an indexer before this one, or by whoever taught it. */
    private boolean metLineBreak;

    RecordDecoder(ChangeEventDecoder decoder) {
        this.decoder = decoder;
        window = null;
        ChangeEventDecoder.Snapshot known = decoder.known();
        indexer = new RecordIndexer(decoder, known == null ? null : known.shapes, true, 0);
        metLineBreak = known != null && known.holdsLineBreak;
        settled = known == null;
    }

    RecordDecoder(ChangeEventDecoder decoder, RecordIndexer indexer, ChangeEvent window) {
        this.decoder = decoder;
        this.indexer = indexer;
        this.window = window;
        settled = true;
    }

    DecodeLimits limits() {
        return decoder.limits;
    }

    /** Returns whether names of members may be in any case. */
    boolean aliases() {
        return decoder.leniencies.memberAliases;
    }

    /** Whether events are one event, the session's. */
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

    /** Whether a line break may be in the last record; never false if one is. */
    boolean mayHoldLineBreak() {
        return metLineBreak || indexer.metLineBreak();
    }

    /** The position behind the record. */
    int end() {
        return end;
    }

    /** The event of the record that these bytes are. */
    ChangeEvent whole(byte[] data, int start, int length, boolean carried) {
        RecordIndexer used = indexer;
        used.carried = carried;
        used.reading = true;
        try {
            used.index(data, start, length);
            return event(data, start, length);
        } finally {
            used.carried = false; // it may be a session's, which goes on to other records
            used.reading = false;
        }
    }

    /** No event shows a record any more, as after a decode that failed. */
    void forget() {
        indexer.begin(0);
    }

    private ChangeEvent event(byte[] data, int start, int length) {
        if (window != null) {
            return window;
        }
        ChangeEvent event = new ChangeEvent(indexer.lastIndex().detached());
        if (!settled) {
            learn(data, start, length);
        }
        return event;
    }

    private void learn(byte[] data, int start, int length) {
        boolean taught = indexer.unknown() > 0 && decoder.teach(data, start, length);
        ChangeEventDecoder.Snapshot known = decoder.known();
        settled = ++records == RECORDS_BEFORE_LEARNING;
        if (known != null && (taught || settled)) {
            metLineBreak |= indexer.metLineBreak() || known.holdsLineBreak;
            Shapes shapes = settled ? known.shapes.copy() : known.shapes;
            indexer = new RecordIndexer(decoder, shapes, !settled, 0);
        }
    }
}
