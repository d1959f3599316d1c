package realpinot;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of one message. A server reports it only in its log and metrics.
 *
 * @param kind the kind of outcome
 * @param failure the cause if the kind is FAILED; otherwise null
 */
public record Outcome(Kind kind, @Nullable Exception failure) {
    /** The kinds of outcome. */
    public enum Kind {
        /** A row was indexed; with upsert it may be older than the one that queries show. */
        INDEXED,
        /** The decoder skipped the message, or a filter of the table dropped the row. */
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
