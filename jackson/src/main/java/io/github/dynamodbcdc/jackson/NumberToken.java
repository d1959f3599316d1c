package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The current N of a parser, in the types that Jackson requests: exact or refused, except for double and float. */
final class NumberToken {
    private static final int LONG_BITS = 63;
    private static final int INT_BITS = 31;
    private static final int LONG_DIGITS = 19;

    /** An integral number of at most this many characters, without an exponent, fits a long and needs no object. */
    private static final int SHORT_LENGTH = 18;

    /**
     * DynamoDB's numbers are below 1E126. A larger number that is written with an exponent is not an integer token,
     * because a few characters would be expanded to thousands of digits.
     */
    private static final int MAX_INTEGER_DIGITS = 126;

    /** Jackson refuses to write a number without an exponent if its scale is larger. */
    private static final int MAX_PLAIN_SCALE = 9_999;

    /** The parser that exceptions refer to; null if none of the methods that refuse numbers is called. */
    private final @Nullable JsonParser parser;

    private final AttributeReader reader;
    private final byte[] text = new byte[SHORT_LENGTH];
    private boolean integral;
    /** Whether {@link #value} is the current number. */
    private boolean small;

    private long value;

    // The current number, created on demand.
    private @Nullable BigDecimal decimal;
    private @Nullable BigInteger integer;

    NumberToken(@Nullable JsonParser parser, AttributeReader reader) {
        this.parser = parser;
        this.reader = reader;
    }

    /** Makes the reader's current value the current number, and returns its token. */
    JsonToken read() {
        decimal = null;
        integer = null;
        small = false;
        integral = reader.integral() && (readSmall() || isShort(decimalValue()));
        return integral ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    private boolean readSmall() {
        int length = reader.utf8Length();
        small = length <= SHORT_LENGTH && !hasExponent(length);
        if (small) {
            value = reader.longValue();
        }
        return small;
    }

    private boolean hasExponent(int length) {
        reader.copyUtf8To(text, 0);
        for (int i = 0; i < length; i++) {
            if (text[i] == 'E' || text[i] == 'e') {
                return true;
            }
        }
        return false;
    }

    private static boolean isShort(BigDecimal number) {
        return number.signum() == 0
                || number.scale() == 0
                || (long) number.precision() - number.scale() <= MAX_INTEGER_DIGITS;
    }

    private BigInteger integer(Class<?> asked) throws UnfitValueException {
        if (!integral) {
            throw new UnfitValueException(
                    parser,
                    asked,
                    "asked for " + asked.getSimpleName() + ", found a number with a fraction, or too large");
        }
        if (integer == null) {
            integer = decimalValue().toBigInteger();
        }
        return integer;
    }

    long longValue() throws UnfitValueException {
        if (small) {
            return value;
        }
        if (integer(long.class).bitLength() > LONG_BITS) {
            throw UnfitValueException.outOfRange(parser, long.class);
        }
        return integer(long.class).longValue();
    }

    int intValue() throws UnfitValueException {
        if (small ? value != (int) value : integer(int.class).bitLength() > INT_BITS) {
            throw UnfitValueException.outOfRange(parser, int.class);
        }
        return (int) longValue();
    }

    byte byteValue() throws UnfitValueException {
        return (byte) within(Byte.MIN_VALUE, Byte.MAX_VALUE, byte.class);
    }

    short shortValue() throws UnfitValueException {
        return (short) within(Short.MIN_VALUE, Short.MAX_VALUE, short.class);
    }

    private long within(int least, int most, Class<?> asked) throws UnfitValueException {
        if (!small && integer(asked).bitLength() > LONG_BITS) {
            throw UnfitValueException.outOfRange(parser, asked);
        }
        long value = longValue();
        if (value < least || value > most) {
            throw UnfitValueException.outOfRange(parser, asked);
        }
        return value;
    }

    int truncatedInt() throws UnfitValueException {
        return truncated(INT_BITS, int.class).intValue();
    }

    long truncatedLong() throws UnfitValueException {
        return truncated(LONG_BITS, long.class).longValue();
    }

    private BigInteger truncated(int bits, Class<?> asked) throws UnfitValueException {
        BigDecimal number = decimalValue();
        // Checks the size first, because a few characters can represent thousands of digits.
        boolean large = (long) number.precision() - number.scale() > LONG_DIGITS;
        BigInteger whole = large ? BigInteger.ZERO : number.toBigInteger();
        if (large || whole.bitLength() > bits) {
            throw UnfitValueException.outOfRange(parser, asked);
        }
        return whole;
    }

    BigInteger bigIntegerValue() throws UnfitValueException {
        return integer(BigInteger.class);
    }

    BigDecimal decimalValue() {
        if (decimal == null) {
            decimal = reader.decimalValue();
        }
        return decimal;
    }

    double doubleValue() throws UnfitValueException {
        try {
            return reader.doubleValue();
        } catch (AttributeValueException e) {
            throw UnfitValueException.outOfRange(parser, double.class);
        }
    }

    float floatValue() throws UnfitValueException {
        // Not converted from the double, which would round twice.
        float value = Float.parseFloat(reader.numberText());
        if (Float.isInfinite(value)) {
            throw UnfitValueException.outOfRange(parser, float.class);
        }
        return value;
    }

    /**
     * Returns the narrowest type, but never double: Jackson keeps this type in Object and JsonNode, with every digit.
     */
    NumberType type() throws UnfitValueException {
        if (!integral) {
            return NumberType.BIG_DECIMAL;
        }
        if (small) {
            return value == (int) value ? NumberType.INT : NumberType.LONG;
        }
        int bits = integer(BigInteger.class).bitLength();
        return bits <= INT_BITS ? NumberType.INT : bits <= LONG_BITS ? NumberType.LONG : NumberType.BIG_INTEGER;
    }

    /** Returns the number in the type of {@link #type()}. */
    Number value() throws UnfitValueException {
        switch (type()) {
            case INT:
                return intValue();
            case LONG:
                return longValue();
            case BIG_INTEGER:
                return bigIntegerValue();
            default:
                return decimalValue();
        }
    }

    /** Returns the delivered text, without a plus and leading zeros, which JSON does not allow. */
    String text() {
        String delivered = reader.numberText();
        if (small && delivered.indexOf('.') < 0) {
            return Long.toString(value);
        }
        int first = delivered.charAt(0) == '-' ? 1 : 0;
        boolean zero = delivered.charAt(first) == '0' && delivered.length() > first + 1;
        boolean json = delivered.charAt(0) != '+' && !(zero && Character.isDigit(delivered.charAt(first + 1)));
        return json ? delivered : decimalValue().toString();
    }

    /** Returns whether Jackson writes the number without an exponent if the mapper is configured to. */
    static boolean hasPlainText(BigDecimal number) {
        return Math.abs((long) number.scale()) <= MAX_PLAIN_SCALE;
    }
}
