package io.github.dynamodbcdc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of decoding a record: an event or a failure, exactly one of them. Immutable; each record has a new one,
 * but the event of a {@link DecodeSession} is the session's.
 */
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

    /** {@return the event; null if the record could not be decoded} */
    public @Nullable ChangeEvent event() {
        return event;
    }

    /**
     * {@return why the record could not be decoded; null if it could} The failure has no stack trace until
     * {@link #orElseThrow()} throws it.
     */
    public @Nullable DecodeException failure() {
        return failure;
    }

    /**
     * {@return the event}
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
