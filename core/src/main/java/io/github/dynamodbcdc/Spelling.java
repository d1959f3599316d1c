package io.github.dynamodbcdc;

/** Bytes that stood in an earlier record, in words, to find whether they stand again. */
final class Spelling {
    final int length;

    /** The bytes, eight to a word; of the last word those that count. */
    private final long[] words;

    private final long lastMask;

    /** A private copy of the bytes in {@code [from, to)}. */
    Spelling(byte[] data, int from, int to) {
        length = to - from;
        words = new long[(length + 7) / 8];
        for (int i = 0; i < words.length; i++) {
            words[i] = Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
        }
        lastMask = mask(length - (words.length - 1) * 8);
    }

    /** Of a word, the bytes that count: 1 to 8. */
    static long mask(int bytes) {
        return bytes == 8 ? -1L : (1L << (bytes * 8)) - 1;
    }

    /** Whether these bytes stand at {@code p}; false as well where they end too near to {@code end} to look. */
    boolean isAt(byte[] data, int p, int end) {
        int last = words.length - 1;
        if (p + words.length * 8 > end) {
            return false;
        }
        for (int i = 0; i < last; i++, p += 8) {
            if (Words.at(data, p) != words[i]) {
                return false;
            }
        }
        return ((Words.at(data, p) ^ words[last]) & lastMask) == 0;
    }
}
