package io.github.dynamodbcdc;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Finds the double nearest to {@code w × 10^q}, ties to even, with two multiplications and without an object. The
 * algorithm is from Daniel Lemire, "Number Parsing at a Gigabyte per Second" (2021). Noble Mushtak and he proved that
 * it needs no fallback ("Fast Number Parsing Without Fallback", 2023).
 *
 * <p>Measured: reading 50 numbers of 17 digits takes 2.4 times as long with {@code Double.parseDouble}, which also
 * creates objects. JDK 17, an AttributeReader.
 */
final class NearestDouble {
    /** Below this power, 64 bits times it are nearer to 0 than to the smallest double. */
    private static final int SMALLEST_POWER = -342;

    /** Above this power, the result is infinite. */
    private static final int LARGEST_POWER = 308;

    /**
     * The powers for which a product can be the middle between two doubles: others have too many bits in 5^q or 5^-q.
     */
    private static final int SMALLEST_TIE = -4;

    private static final int LARGEST_TIE = 23;

    private static final int MANTISSA_BITS = 52;
    private static final long INFINITY = 0x7FFL << MANTISSA_BITS;

    /** The bits of a product that do not change the result unless all of them are set. */
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
                // 5^27 is the last that fits a word: up to there a quotient can be exact and must not be too small.
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

    /** Returns the bits of the double nearest to {@code w × 10^q}, where {@code w} is unsigned. */
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
        // Rounding up to the next power of two adds one to the exponent, as required.
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

    /** Returns the exponent of two of a 64-bit product's highest bit: q times the binary logarithm of 10, floored. */
    private static int binaryExponent(int q) {
        return ((217706 * q) >> 16) + 63;
    }

    /** Returns the high word of an unsigned product. */
    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /**
     * Compares a decimal text with the middle between two neighbouring doubles, exactly. That decides the nearest
     * double of a number with more digits than a word holds. Reuses its memory.
     */
    static final class MiddleComparison {
        /**
         * The middle between two doubles has at most 767 digits: digits after that many can only make a number larger.
         */
        private static final int DECISIVE_DIGITS = 800;

        private static final int CHUNK_DIGITS = 9;

        private static final long IMPLICIT_BIT = 1L << MANTISSA_BITS;

        /** The exponent of the last bit of a subnormal double. */
        private static final int SMALLEST_EXPONENT = -1074;

        private final Magnitude number = new Magnitude();
        private final Magnitude middle = new Magnitude();

        /**
         * Returns whether the number without its sign is below (negative), at (0) or above (positive) the middle.
         *
         * @param start where the text of the number begins, which may contain escapes
         * @param count how many digits it has from the first to the last that is not 0
         * @param exponent the exponent of the last of them
         * @param bits the double below the middle
         */
        int compare(byte[] text, int start, int end, int count, long exponent, long bits) {
            int digits = Math.min(count, DECISIVE_DIGITS);
            int tens = (int) (exponent + count - digits);
            readDigits(digits, text, start, end);
            int biased = (int) (bits >>> MANTISSA_BITS);
            long mantissa = (bits & (IMPLICIT_BIT - 1)) | (biased == 0 ? 0 : IMPLICIT_BIT);
            middle.set(2 * mantissa + 1);
            int twos = SMALLEST_EXPONENT - 1 + Math.max(biased - 1, 0);
            // Multiply both sides until they are whole, and divide both by their common powers of two.
            number.multiplyByPowerOfFive(Math.max(tens, 0));
            middle.multiplyByPowerOfFive(Math.max(-tens, 0));
            twos -= tens;
            middle.shiftLeft(Math.max(twos, 0));
            number.shiftLeft(Math.max(-twos, 0));
            int order = number.compareTo(middle);
            return order == 0 && digits < count ? 1 : order;
        }

        /** Reads that many digits, from the first one that is not 0. */
        private void readDigits(int digits, byte[] text, int start, int end) {
            number.set(0);
            int chunk = 0;
            int factor = 1;
            int read = 0;
            int inChunk = 0;
            for (int p = start; p < end && read < digits; p += JsonText.width(text, p, end)) {
                byte c = JsonText.ascii(text, p, end);
                if (!JsonScanner.isDigit(c) || (c == '0' && read == 0)) {
                    continue;
                }
                chunk = chunk * 10 + (c - '0');
                factor *= 10;
                read++;
                if (++inChunk == CHUNK_DIGITS) {
                    number.multiplyAndAdd(factor, chunk);
                    chunk = 0;
                    factor = 1;
                    inChunk = 0;
                }
            }
            number.multiplyAndAdd(factor, chunk);
        }
    }

    /**
     * A whole number of up to 3,072 bits, computed again and again in the same memory. A comparison with the middle
     * between two doubles needs at most 2,670 bits, for 800 digits or 5^1124.
     */
    private static final class Magnitude {
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
}
