package io.github.dynamodbcdc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time: the first byte is the lowest of the word. */
final class Words {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Words() {}

    /** The eight bytes at {@code p}. */
    static long at(byte[] data, int p) {
        return (long) LONG.get(data, p);
    }

    /** The four bytes at {@code p}. */
    static int four(byte[] data, int p) {
        return (int) INT.get(data, p);
    }

    /** The bytes in {@code [from, to)}, at most eight, with zeros behind them; 0 if there are none. */
    static long upTo(byte[] data, int from, int to) {
        long word = 0;
        for (int p = to - 1; p >= from; p--) {
            word = (word << 8) | (data[p] & 0xFF);
        }
        return word;
    }

    /** Keeps the lowest {@code bytes} of a word, of which there are 0 to 7. */
    static long lowest(long word, int bytes) {
        return word & ((1L << (bytes << 3)) - 1);
    }

    /**
     * A bit set for each byte of a word that ends plain text in JSON: a quote, a backslash, a control character, a byte
     * over 0x7F. A bit above the lowest that is set may be a carry; the lowest never is.
     */
    static long special(long word) {
        long quote = word ^ 0x2222222222222222L;
        long backslash = word ^ 0x5C5C5C5C5C5C5C5CL;
        return (((quote - ONES) & ~quote)
                        | ((backslash - ONES) & ~backslash)
                        | ((word - 0x2020202020202020L) & ~word)
                        | word)
                & HIGH_BITS;
    }

    /** As {@link #special}, a bit for each byte that is not a digit. */
    static long notDigit(long word) {
        long digit = word ^ 0x3030303030303030L;
        return (digit | (digit + 0x7676767676767676L)) & HIGH_BITS;
    }

    /** The first byte from {@code p} on that {@link #special} finds, or one that is too near to the end for a word. */
    static int plainEnd(byte[] data, int p, int end) {
        int last = end - Long.BYTES;
        while (p <= last) {
            long special = special(at(data, p));
            if (special != 0) {
                return p + place(special);
            }
            p += Long.BYTES;
        }
        return p;
    }

    /** The place of the lowest byte that {@link #special} or {@link #notDigit} has set. */
    static int place(long special) {
        return Long.numberOfTrailingZeros(special) >>> 3;
    }

    // -------------------------------------------------------------------------------------------- line feeds

    /** Returns whether a line feed is in {@code [from, to)}. Runs for every record of a stream of lines. */
    static boolean hasLineFeed(byte[] data, int from, int to) {
        int p = from;
        long hits = 0;
        for (int last = to - 4 * Long.BYTES; p <= last && hits == 0; p += 4 * Long.BYTES) {
            hits = (lineFeed(data, p) | lineFeed(data, p + 8) | lineFeed(data, p + 16) | lineFeed(data, p + 24))
                    & HIGH_BITS;
        }
        return hits != 0 || lineFeed(data, p, to) < to;
    }

    /** High bits are set if one of the eight bytes at {@code p} is a line feed, and only then. */
    private static long lineFeed(byte[] data, int p) {
        long others = at(data, p) ^ 0x0A0A0A0A0A0A0A0AL;
        return (others - ONES) & ~others;
    }

    /** Returns the position of the first line feed in {@code [from, to)}; {@code to} if there is none. */
    static int lineFeed(byte[] data, int from, int to) {
        int p = from;
        while (p < to && data[p] != '\n') {
            p++;
        }
        return p;
    }
}
