package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValueException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Converts to INT and LONG: the exact Integer or Long. {@code 8032.0} and {@code 1E3} are integral. The column's policy
 * decides about a number that has a fraction or is out of range.
 */
final class IntegerConversion extends NumericConversion {
    private final boolean isLong;

    IntegerConversion(boolean isLong, ColumnPolicy policy) {
        super(policy);
        this.isLong = isLong;
    }

    @Override
    @Nullable
    Object ofNumber(AttributeReader value) {
        try {
            return isLong ? (Object) value.longValue() : (Object) value.intValue();
        } catch (AttributeValueException fractionOrOutOfRange) {
            return inexact(value.decimalValue());
        }
    }

    @Override
    @Nullable
    Object ofNumber(String text) {
        BigDecimal number = new BigDecimal(text);
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
