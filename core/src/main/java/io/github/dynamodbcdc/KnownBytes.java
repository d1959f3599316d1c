package io.github.dynamodbcdc;

/** Bytes that stood in an earlier record, in words, to find whether they stand again. */
final class KnownBytes {
    final int length;

    /** The first eight bytes and the last eight, which overlap if there are fewer than sixteen. */
    private final long first;

    private final long last;

    /** Where the last eight begin; 0 if there are no eight, and then only those in the mask count. */
    private final int lastOffset;

    private final long mask;

    /** How many bytes are looked at. */
    private final int room;

    /** The bytes, eight to a word; of the last word those that count. */
    private final long[] words;

    /** A private copy of the bytes in {@code [from, to)}, of which there is at least one. */
    KnownBytes(byte[] data, int from, int to) {
        length = to - from;
        words = new long[(length + 7) / 8];
        for (int i = 0; i < words.length; i++) {
            words[i] = Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
        }
        room = Math.max(length, Long.BYTES);
        lastOffset = room - Long.BYTES;
        first = words[0];
        last = Words.upTo(data, from + lastOffset, to);
        mask = length >= Long.BYTES ? -1 : (1L << (length * 8)) - 1;
    }

    /** Whether these bytes stand at {@code p}; false as well where they end too near to {@code end} to look. */
    boolean isAt(byte[] data, int p, int end) {
        if (end - p < room) {
            return false;
        }
        long difference = (Words.at(data, p) ^ first) | (Words.at(data, p + lastOffset) ^ last);
        return (difference & mask) == 0 && (length <= 2 * Long.BYTES || isBetween(data, p));
    }

    /** Whether these are the bytes in {@code [from, to)}. */
    boolean is(byte[] data, int from, int to) {
        boolean same = to - from == length;
        for (int i = 0; same && i < words.length; i++) {
            same = words[i] == Words.upTo(data, from + i * 8, Math.min(from + i * 8 + 8, to));
        }
        return same;
    }

    /** Whether the words between the first and the last are there. */
    private boolean isBetween(byte[] data, int p) {
        for (int i = 1, offset = Long.BYTES; offset < lastOffset; i++, offset += Long.BYTES) {
            if (Words.at(data, p + offset) != words[i]) {
                return false;
            }
        }
        return true;
    }
}
