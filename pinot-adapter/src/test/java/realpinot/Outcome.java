package realpinot;

import org.jspecify.annotations.Nullable;

/**
 * What became of one message. A server tells this only in its log and metrics.
 *
 * @param kind what happened
 * @param failure why, when the kind is FAILED; null otherwise
 */
public record Outcome(Kind kind, @Nullable Exception failure) {
    /** The end of a message. */
    public enum Kind {
        /** A row was indexed; with upsert it may be older than the one that queries show. */
        INDEXED,
        /** The decoder passed the message over, or a filter of the table dropped the row. */
        SKIPPED,
        /** No row: the decoder, a transform or the index threw, or the decoder returned null. */
        FAILED
    }

    static final Outcome INDEXED = new Outcome(Kind.INDEXED, null);
    static final Outcome SKIPPED = new Outcome(Kind.SKIPPED, null);

    static Outcome failed(Exception failure) {
        return new Outcome(Kind.FAILED, failure);
    }
}
