package reference;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Standard base64 with padding, and nothing else: exactly the texts that an encoder writes. */
final class StrictBase64 {
    private StrictBase64() {}

    static Bytes require(String text) {
        Bytes decoded = decode(text);
        if (decoded == null) {
            throw new ReferenceRefusal("BAD_BASE64", "not standard base64");
        }
        return decoded;
    }

    /** Returns the bytes that {@code inner} encodes, or null if it is not base64. */
    static @Nullable Bytes decode(Bytes inner) {
        return decode(new String(inner.toArray(), StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Bytes decode(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            // The JDK tolerates missing padding and set bits in its place; encoding again reveals both.
            return Base64.getEncoder().encodeToString(decoded).equals(text) ? new Bytes(decoded) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
