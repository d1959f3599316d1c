package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValueException;
import org.jspecify.annotations.Nullable;

/**
 * Converts to FLOAT and DOUBLE: the nearest one. The column's policy decides about a number whose nearest is infinite.
 */
final class FloatingConversion extends NumericConversion {
    /** The bits of a double that a float lacks, and their value half way between two floats. */
    private static final long BEYOND_FLOAT = 0x1FFFFFFFL;

    private static final long HALF_WAY = 0x10000000L;

    private final boolean isDouble;

    FloatingConversion(boolean isDouble, ColumnPolicy policy) {
        super(policy);
        this.isDouble = isDouble;
    }

    @Override
    @Nullable
    Object ofNumber(AttributeReader value) {
        double nearest;
        try {
            nearest = value.doubleValue();
        } catch (AttributeValueException infinite) {
            return outOfRange(value.numberText().charAt(0) == '-');
        }
        if (isDouble) {
            return nearest;
        }
        return isRoundedTwice(nearest) ? ofNumber(value.numberText()) : finite((float) nearest);
    }

    /**
     * Returns whether the float nearest to the double may differ from the float nearest to the number. That is possible
     * half way between two floats, and among subnormal floats, whose half ways lie elsewhere.
     */
    private static boolean isRoundedTwice(double value) {
        return (Double.doubleToRawLongBits(value) & BEYOND_FLOAT) == HALF_WAY || Math.abs(value) < Float.MIN_NORMAL;
    }

    @Override
    @Nullable
    Object ofNumber(String text) {
        if (!isDouble) {
            return finite(Float.parseFloat(text));
        }
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? outOfRange(value < 0) : (Object) value;
    }

    private @Nullable Object finite(float value) {
        return Float.isInfinite(value) ? outOfRange(value < 0) : (Object) value;
    }

    private @Nullable Object outOfRange(boolean negative) {
        if (isDouble) {
            return policy.overflow(negative ? -Double.MAX_VALUE : Double.MAX_VALUE);
        }
        return policy.overflow(negative ? -Float.MAX_VALUE : Float.MAX_VALUE);
    }
}
