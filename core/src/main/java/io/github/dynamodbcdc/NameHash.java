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

    private final long first;
    private final long second;

    NameHash() {
        SplittableRandom random = new SplittableRandom();
        first = random.nextLong();
        second = random.nextLong() | 1;
    }

    long of(byte[] data, int from, int to, long seed) {
        long hash = mix(seed ^ (to - from), second);
        int p = from;
        for (; p <= to - Long.BYTES; p += Long.BYTES) {
            hash = mix((long) LONG.get(data, p) ^ first, hash ^ second);
        }
        if (p < to) {
            hash = mix(tail(data, p, to) ^ first, hash ^ second);
        }
        return hash;
    }

    private static long tail(byte[] data, int p, int to) {
        long word = 0;
        for (; p < to; p++) {
            word = (word << 8) | (data[p] & 0xFF);
        }
        return word;
    }

    private static long mix(long a, long b) {
        return (a * b) ^ Math.multiplyHigh(a, b);
    }
}
