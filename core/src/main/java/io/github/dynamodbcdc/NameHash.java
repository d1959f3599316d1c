package io.github.dynamodbcdc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * A hash of attribute names that nobody can aim at: all bytes count, and two secrets of each decoder decide how. Each
 * word goes through a 128-bit product, so that no difference between two words can be cancelled by the next.
 */
final class NameHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final long secret;
    private final long other;

    NameHash() {
        SplittableRandom random = new SplittableRandom();
        secret = random.nextLong();
        other = random.nextLong();
    }

    /** The hash of the bytes in {@code [from, to)}; other seeds make other hashes. */
    long of(byte[] data, int from, int to, long seed) {
        int p = from;
        long hash = seed;
        while (to - p > 2 * Long.BYTES) {
            hash = mix((long) LONG.get(data, p) ^ secret, hash ^ other);
            p += Long.BYTES;
        }
        int middle = Math.min(p + Long.BYTES, to);
        long last = word(data, middle, to) ^ other;
        return fold(mix(word(data, p, middle) ^ secret, last + (hash ^ (to - from)) * FACTOR));
    }

    /** At most eight bytes, with zeros behind them. */
    private static long word(byte[] data, int from, int to) {
        long word = 0;
        for (int p = to - 1; p >= from; p--) {
            word = (word << 8) | (data[p] & 0xFF);
        }
        return word;
    }

    /** A product's low bits may be all alike: the high ones are not. */
    private static long fold(long hash) {
        return hash ^ (hash >>> 32);
    }

    private static long mix(long a, long b) {
        return (a * b) ^ Math.multiplyHigh(a, b);
    }
}
