package io.github.dynamodbcdc;

/** The content of B, and of a member of BS: validated base64 of the bytes, or of base64 of the bytes. */
final class BinaryText {
    private BinaryText() {}

    static byte[] decode(RecordIndex index, long span, boolean twice) {
        try {
            byte[] once = Base64Text.decode(JsonText.utf8(index.data, index.base, span));
            return twice ? Base64Text.decode(once) : once;
        } catch (IllegalArgumentException e) {
            throw JsonText.changed(); // and not its message, which quotes a character
        }
    }

    static boolean isBase64Inside(RecordIndex index, long span) {
        byte[] once = decode(index, span, false);
        return Base64Text.isValid(once, 0, once.length);
    }

    static int lengthOnce(RecordIndex index, long span) {
        if (!Span.isEscaped(span)) {
            int from = index.base + Span.start(span);
            return Base64Text.decodedLength(index.data, from, from + Span.length(span));
        }
        byte[] text = JsonText.utf8(index.data, index.base, span);
        return Base64Text.decodedLength(text, 0, text.length);
    }

    static int lengthTwice(RecordIndex index, long span) {
        byte[] once = decode(index, span, false);
        return Base64Text.decodedLength(once, 0, once.length);
    }
}
