package generator;

import java.nio.charset.StandardCharsets;
import reference.ReferenceEvent;

/**
 * Bytes, and what they mean. {@code origin} is what makes it again: the call of {@link Events} with its arguments.
 */
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

    /** An array of its own for each call, which the caller may spoil. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return origin + " " + new String(bytes, StandardCharsets.UTF_8);
    }
}
