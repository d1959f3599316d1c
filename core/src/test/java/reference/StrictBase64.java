package reference;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Standard base64 with padding and nothing else: exactly the texts that an encoder writes. */
final class StrictBase64 {
    private StrictBase64() {}

    static Bytes require(String text) {
        Bytes decoded = decode(text);
        if (decoded == null) {
            throw new ReferenceRefusal("BAD_BASE64", "not standard base64");
        }
        return decoded;
    }

    /** The bytes that the base64 text in {@code inner} stands for, or null when it is none. */
    static @Nullable Bytes decode(Bytes inner) {
        return decode(new String(inner.toArray(), StandardCharsets.ISO_8859_1));
    }

    private static @Nullable Bytes decode(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            // The JDK forgives missing padding and set bits under it; encoding again shows both.
            return Base64.getEncoder().encodeToString(decoded).equals(text) ? new Bytes(decoded) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
