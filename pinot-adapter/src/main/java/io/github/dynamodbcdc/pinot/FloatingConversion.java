package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValueException;
import org.jspecify.annotations.Nullable;

/**
 * FLOAT and DOUBLE: the nearest one to N, or to an S that is a number. Where that is infinite it is up to the column's
 * policy.
 */
final class FloatingConversion extends Conversion {
    /** The bits of a double behind those of a float, and their value half way between two floats. */
    private static final long BEYOND_FLOAT = 0x1FFFFFFFL;

    private static final long HALF_WAY = 0x10000000L;

    private final boolean isDouble;
    private final ColumnPolicy policy;

    FloatingConversion(boolean isDouble, ColumnPolicy policy) {
        this.isDouble = isDouble;
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        if (type == AttributeType.N) {
            double nearest;
            try {
                nearest = value.doubleValue();
            } catch (AttributeValueException infinite) {
                return outOfRange(value.numberText().charAt(0) == '-');
            }
            if (isDouble) {
                return nearest;
            }
            return isRoundedTwice(nearest) ? ofText(value.numberText()) : finite((float) nearest);
        }
        if (type == AttributeType.S) {
            String text = value.stringValue();
            if (NumberGrammar.matches(text)) {
                return ofText(text);
            }
        }
        return policy.mismatch(type);
    }

    /**
     * Whether the float nearest to the double may be another one than the float nearest to the number: half way between
     * two floats, and below the normal ones, where the half ways lie elsewhere.
     */
    private static boolean isRoundedTwice(double value) {
        return (Double.doubleToRawLongBits(value) & BEYOND_FLOAT) == HALF_WAY || Math.abs(value) < Float.MIN_NORMAL;
    }

    private @Nullable Object ofText(String text) {
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
