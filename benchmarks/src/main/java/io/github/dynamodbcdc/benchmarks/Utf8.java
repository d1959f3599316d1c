package io.github.dynamodbcdc.benchmarks;

/** Encodes characters into a buffer without making a String of them. */
final class Utf8 {
    private Utf8() {}

    /** Returns how many bytes were written; {@code chars} is sound UTF-16. */
    static int encode(char[] chars, int offset, int length, byte[] target) {
        int end = offset + length;
        int i = offset;
        int written = 0;
        while (i < end && chars[i] < 0x80) {
            target[written++] = (byte) chars[i++];
        }
        while (i < end) {
            char c = chars[i++];
            if (c < 0x80) {
                target[written++] = (byte) c;
            } else if (c < 0x800) {
                target[written++] = (byte) (0xC0 | (c >> 6));
                target[written++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isSurrogate(c)) {
                int codePoint = Character.toCodePoint(c, chars[i++]);
                target[written++] = (byte) (0xF0 | (codePoint >> 18));
                target[written++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                target[written++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                target[written++] = (byte) (0x80 | (codePoint & 0x3F));
            } else {
                target[written++] = (byte) (0xE0 | (c >> 12));
                target[written++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                target[written++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return written;
    }
}
