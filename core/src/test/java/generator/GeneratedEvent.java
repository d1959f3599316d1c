package generator;

import java.nio.charset.StandardCharsets;
import reference.ReferenceEvent;

/** Bytes and their meaning. {@code origin} is the call of {@link Events} that makes the event again. */
public final class GeneratedEvent {
    private final String origin;
    private final ReferenceEvent expected;
    private final byte[] bytes;

    GeneratedEvent(String origin, ReferenceEvent expected, byte[] bytes) {
        this.origin = origin;
        this.expected = expected;
        this.bytes = bytes;
    }

    public String origin() {
        return origin;
    }

    public ReferenceEvent expected() {
        return expected;
    }

    /** Returns a new array, which the caller may change. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return origin + " " + new String(bytes, StandardCharsets.UTF_8);
    }
}
