package io.github.dynamodbcdc;

/** Finds line feeds, eight bytes at a time: it is done for every record of a stream of lines. */
final class LineBreaks {
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private LineBreaks() {}

    /** Whether there is one in {@code [from, to)}. */
    static boolean in(byte[] data, int from, int to) {
        int p = from;
        long hits = 0;
        for (int last = to - 4 * Long.BYTES; p <= last && hits == 0; p += 4 * Long.BYTES) {
            hits = (hits(data, p) | hits(data, p + 8) | hits(data, p + 16) | hits(data, p + 24)) & HIGHS;
        }
        return hits != 0 || first(data, p, to) < to;
    }

    /** High bits are set if one of eight bytes is a line feed, and only then. */
    private static long hits(byte[] data, int p) {
        long others = Words.at(data, p) ^ LINE_FEEDS;
        return (others - ONES) & ~others;
    }

    /** The position of the first one in {@code [from, to)}; {@code to} if there is none. */
    static int first(byte[] data, int from, int to) {
        int p = from;
        while (p < to && data[p] != '\n') {
            p++;
        }
        return p;
    }
}
