package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValueException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * INT and LONG: the exact Integer or Long of N, or of an S that is a number. {@code 8032.0} and {@code 1E3} are integral;
 * what has a fraction or is out of range is up to the column's policy.
 */
final class IntegerConversion extends Conversion {
    private final boolean isLong;
    private final ColumnPolicy policy;

    IntegerConversion(boolean isLong, ColumnPolicy policy) {
        this.isLong = isLong;
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        if (type == AttributeType.N) {
            try {
                return isLong ? (Object) value.longValue() : (Object) value.intValue();
            } catch (AttributeValueException fractionOrOutOfRange) {
                return inexact(value.decimalValue());
            }
        }
        if (type == AttributeType.S) {
            String text = value.stringValue();
            if (NumberGrammar.matches(text)) {
                return exact(new BigDecimal(text));
            }
        }
        return policy.mismatch(type);
    }

    private @Nullable Object exact(BigDecimal number) {
        if (number.signum() == 0 || (NumberGrammar.fitsLong(number) && NumberGrammar.isIntegral(number))) {
            long exact = NumberGrammar.longValue(number);
            if (isLong) {
                return exact;
            }
            if (exact == (int) exact) {
                return (int) exact;
            }
        }
        return inexact(number);
    }

    private @Nullable Object inexact(BigDecimal number) {
        long end = number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        long nearest = NumberGrammar.fitsLong(number) ? NumberGrammar.longValue(number) : end;
        if (isLong) {
            return policy.overflow(nearest);
        }
        return policy.overflow((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, nearest)));
    }
}
