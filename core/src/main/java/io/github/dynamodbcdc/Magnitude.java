package io.github.dynamodbcdc;

import java.util.Arrays;

/**
 * A whole number of up to 3,072 bits that is made again in the same memory: as many as the comparison of a decimal text
 * with the middle between two doubles can need, 2,670 for 800 digits or 5^1124, and some.
 */
final class Magnitude {
    private static final long MASK = 0xFFFF_FFFFL;
    private static final int FIVE_TO_13 = 1_220_703_125;

    /** The lowest word first; zeros from {@link #length} on. */
    private final int[] words = new int[96];

    private int length;

    void set(long value) {
        Arrays.fill(words, 0, length, 0);
        words[0] = (int) value;
        words[1] = (int) (value >>> 32);
        length = words[1] != 0 ? 2 : words[0] != 0 ? 1 : 0;
    }

    /** Makes it {@code this × factor + more}; both are not negative. */
    void multiplyAndAdd(int factor, int more) {
        long carry = more;
        for (int i = 0; i < length; i++) {
            carry += (words[i] & MASK) * factor;
            words[i] = (int) carry;
            carry >>>= 32;
        }
        if (carry != 0) {
            words[length++] = (int) carry;
        }
    }

    void multiplyByPowerOfFive(int power) {
        for (; power >= 13; power -= 13) {
            multiplyAndAdd(FIVE_TO_13, 0);
        }
        for (; power > 0; power--) {
            multiplyAndAdd(5, 0);
        }
    }

    void shiftLeft(int bits) {
        int whole = bits / 32;
        if (whole > 0 && length > 0) {
            System.arraycopy(words, 0, words, whole, length);
            Arrays.fill(words, 0, whole, 0);
            length += whole;
        }
        int rest = bits % 32;
        multiplyAndAdd(1 << (rest / 2), 0);
        multiplyAndAdd(1 << (rest - rest / 2), 0);
    }

    int compareTo(Magnitude other) {
        if (length != other.length) {
            return Integer.compare(length, other.length);
        }
        for (int i = length - 1; i >= 0; i--) {
            if (words[i] != other.words[i]) {
                return Integer.compareUnsigned(words[i], other.words[i]);
            }
        }
        return 0;
    }
}
