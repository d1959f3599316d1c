package io.github.dynamodbcdc;

import java.math.BigInteger;

/**
 * The double nearest to {@code w × 10^q}, ties to even, in two multiplications and without an object: the algorithm of
 * Daniel Lemire, "Number Parsing at a Gigabyte per Second" (2021), which Noble Mushtak and he proved to need no fallback
 * ("Fast Number Parsing Without Fallback", 2023).
 */
final class NearestDouble {
    /** Below, 64 bits times the power are nearer to 0 than to the smallest double; above, infinite. */
    private static final int SMALLEST_POWER = -342;

    private static final int LARGEST_POWER = 308;

    /** Where a product can lie in the middle between two doubles: elsewhere 5^q or its divisor has too many bits. */
    private static final int SMALLEST_TIE = -4;

    private static final int LARGEST_TIE = 23;

    static final int MANTISSA_BITS = 52;
    static final long INFINITY = 0x7FFL << MANTISSA_BITS;

    /** The bits of a product that decide nothing, if they aren't all set. */
    private static final long UNDECIDED = -1L >>> (MANTISSA_BITS + 3);

    /** The 128 highest bits of 5^q, the high word first; for negative q, of its reciprocal. */
    private static final long[] POWERS_OF_FIVE = powersOfFive();

    private NearestDouble() {}

    private static long[] powersOfFive() {
        long[] powers = new long[2 * (LARGEST_POWER - SMALLEST_POWER + 1)];
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int q = 0; q <= -SMALLEST_POWER; q++) {
            int bits = power.bitLength();
            if (q <= LARGEST_POWER) {
                put(powers, q, power.shiftLeft(Math.max(128 - bits, 0)).shiftRight(Math.max(bits - 128, 0)));
            }
            if (q > 0) {
                BigInteger reciprocal = BigInteger.ONE.shiftLeft(bits + 127).divide(power);
                // 5^27 is the last that fits a word: up to there a quotient can be exact, and must not come out below.
                put(powers, -q, q <= 27 ? reciprocal.add(BigInteger.ONE) : reciprocal);
            }
            power = power.multiply(five);
        }
        return powers;
    }

    private static void put(long[] powers, int q, BigInteger bits) {
        powers[2 * (q - SMALLEST_POWER)] = bits.shiftRight(Long.SIZE).longValue();
        powers[2 * (q - SMALLEST_POWER) + 1] = bits.longValue();
    }

    /** The bits of the double nearest to {@code w × 10^q}, where {@code w} is unsigned. */
    static long bits(long w, long q) {
        if (w == 0 || q < SMALLEST_POWER) {
            return 0;
        }
        if (q > LARGEST_POWER) {
            return INFINITY;
        }
        int power = (int) q;
        int zeros = Long.numberOfLeadingZeros(w);
        long normal = w << zeros;
        int entry = 2 * (power - SMALLEST_POWER);
        long high = multiplyHigh(normal, POWERS_OF_FIVE[entry]);
        long low = normal * POWERS_OF_FIVE[entry];
        if ((high & UNDECIDED) == UNDECIDED) {
            long more = multiplyHigh(normal, POWERS_OF_FIVE[entry + 1]);
            low += more;
            if (Long.compareUnsigned(more, low) > 0) {
                high++;
            }
        }
        return round(high, low, power, zeros);
    }

    private static long round(long high, long low, int q, int zeros) {
        int upper = (int) (high >>> 63);
        int shift = upper + Long.SIZE - MANTISSA_BITS - 3;
        long mantissa = high >>> shift; // one bit more than a double has
        int exponent = binaryExponent(q) + upper - zeros + 1023;
        if (exponent <= 0) {
            return subnormal(mantissa, 1 - exponent);
        }
        boolean mayTie = Long.compareUnsigned(low, 1) <= 0 && q >= SMALLEST_TIE && q <= LARGEST_TIE;
        if (mayTie && (mantissa & 3) == 1 && mantissa << shift == high) {
            mantissa--; // to even, which is down
        }
        mantissa = (mantissa + (mantissa & 1)) >>> 1;
        // Rounding up to the next power of two adds one to the exponent, as it should.
        long bits = mantissa + ((long) (exponent - 1) << MANTISSA_BITS);
        return Long.compareUnsigned(bits, INFINITY) >= 0 ? INFINITY : bits;
    }

    private static long subnormal(long mantissa, int shift) {
        if (shift >= Long.SIZE) {
            return 0;
        }
        mantissa >>>= shift;
        // The smallest normal double follows the largest subnormal one: its bits are the same sum.
        return (mantissa + (mantissa & 1)) >>> 1;
    }

    /** The exponent of two of a 64-bit product's highest bit: q times the binary logarithm of 10, floored. */
    private static int binaryExponent(int q) {
        return ((217706 * q) >> 16) + 63;
    }

    /** The high word of an unsigned product. */
    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
