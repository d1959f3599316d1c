package io.github.dynamodbcdc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a record: an event or a failure, exactly one of both. Immutable, and a new one for each record. */
public final class DecodeResult {
    private final @Nullable ChangeEvent event;
    private final @Nullable DecodeException failure;

    private DecodeResult(@Nullable ChangeEvent event, @Nullable DecodeException failure) {
        this.event = event;
        this.failure = failure;
    }

    static DecodeResult of(ChangeEvent event) {
        return new DecodeResult(event, null);
    }

    static DecodeResult of(DecodeException failure) {
        return new DecodeResult(null, failure);
    }

    /** The event; null if the record could not be decoded. */
    public @Nullable ChangeEvent event() {
        return event;
    }

    /**
     * Returns why the record could not be decoded; null if it could. The failure has no stack trace until
     * {@link #orElseThrow()} throws it.
     */
    public @Nullable DecodeException failure() {
        return failure;
    }

    /**
     * Returns the event.
     *
     * @throws DecodeException the {@link #failure()}, with the stack trace of this call, if there is no event
     */
    public ChangeEvent orElseThrow() {
        if (event != null) {
            return event;
        }
        throw Objects.requireNonNull(failure).withStackTrace();
    }

    @Override
    public String toString() {
        return "DecodeResult[" + (event != null ? event : failure) + "]";
    }
}
