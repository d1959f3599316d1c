package io.github.dynamodbcdc;

/** The content of B, and of a member of BS: validated base64 of the bytes, or of base64 of the bytes. */
final class BinaryText {
    private BinaryText() {}

    static byte[] decode(RecordIndex index, long span, boolean twice) {
        try {
            byte[] once = StrictBase64.decode(JsonText.utf8(index.data, index.base, span));
            return twice ? StrictBase64.decode(once) : once;
        } catch (IllegalArgumentException e) {
            throw JsonText.changed(); // and not its message, which quotes a character
        }
    }

    static boolean isBase64Inside(RecordIndex index, long span) {
        int from = index.base + Span.start(span);
        return NestedBase64.padding(index.data, from, from + Span.length(span), Span.isEscaped(span))
                != NestedBase64.NOT;
    }

    static int lengthOnce(RecordIndex index, long span) {
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        return Span.isEscaped(span)
                ? lengthByCharacter(index.data, from, to)
                : StrictBase64.decodedLength(index.data, from, to);
    }

    private static int lengthByCharacter(byte[] data, int from, int to) {
        int bits = 0;
        for (int p = from; p < to; p += JsonText.width(data, p, to)) {
            bits += JsonText.ascii(data, p, to) == '=' ? 0 : 6;
        }
        return bits / 8;
    }

    /** Of what is base64 inside. */
    static int lengthTwice(RecordIndex index, long span) {
        int from = index.base + Span.start(span);
        int padding = NestedBase64.paddingOfEnd(index.data, from, from + Span.length(span), Span.isEscaped(span));
        return lengthOnce(index, span) / 4 * 3 - Math.max(padding, 0);
    }
}
