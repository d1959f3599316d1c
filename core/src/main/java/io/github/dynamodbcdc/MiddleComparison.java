package io.github.dynamodbcdc;

/**
 * Compares a decimal text with the middle between two neighbouring doubles, exactly: what {@link NearestDouble} cannot
 * tell of a number with more digits than a word holds. Uses the same memory again.
 */
final class MiddleComparison {
    /** The middle between two doubles has at most 767 digits: what follows so many can only make a number larger. */
    private static final int DECISIVE_DIGITS = 800;

    private static final int CHUNK_DIGITS = 9;

    private static final long IMPLICIT_BIT = 1L << NearestDouble.MANTISSA_BITS;

    /** The exponent of the last bit of a subnormal double. */
    private static final int SMALLEST_EXPONENT = -1074;

    private final Magnitude number = new Magnitude();
    private final Magnitude middle = new Magnitude();

    /**
     * Whether the number without its sign is below (negative), in (0) or above (positive) the middle.
     *
     * @param start where the text of the number begins, which may have escapes
     * @param count how many digits it has from the first to the last that is not 0
     * @param exponent the exponent of the last of them
     * @param bits the double below the middle
     */
    int compare(byte[] text, int start, int end, int count, long exponent, long bits) {
        int digits = Math.min(count, DECISIVE_DIGITS);
        int tens = (int) (exponent + count - digits);
        readDigits(digits, text, start, end);
        int biased = (int) (bits >>> NearestDouble.MANTISSA_BITS);
        long mantissa = (bits & (IMPLICIT_BIT - 1)) | (biased == 0 ? 0 : IMPLICIT_BIT);
        middle.set(2 * mantissa + 1);
        int twos = SMALLEST_EXPONENT - 1 + Math.max(biased - 1, 0);
        // Both sides are multiplied by what makes them whole, and divided by the twos that they share.
        number.multiplyByPowerOfFive(Math.max(tens, 0));
        middle.multiplyByPowerOfFive(Math.max(-tens, 0));
        twos -= tens;
        middle.shiftLeft(Math.max(twos, 0));
        number.shiftLeft(Math.max(-twos, 0));
        int order = number.compareTo(middle);
        return order == 0 && digits < count ? 1 : order;
    }

    /** Reads the first so many digits, beginning with one that is not 0. */
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
