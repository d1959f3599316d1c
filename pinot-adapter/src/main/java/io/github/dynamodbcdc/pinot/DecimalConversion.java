package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** BIG_DECIMAL: the digits and the scale of N, or of an S that is a number. */
final class DecimalConversion extends Conversion {
    private final ColumnPolicy policy;

    DecimalConversion(ColumnPolicy policy) {
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        if (type == AttributeType.N) {
            return value.decimalValue();
        }
        if (type == AttributeType.S) {
            String text = value.stringValue();
            if (NumberGrammar.matches(text)) {
                return new BigDecimal(text);
            }
        }
        return policy.mismatch(type);
    }
}
