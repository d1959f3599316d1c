package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/**
 * BOOLEAN: BOOL as it is, N as whether it is not 0, and the texts that Pinot's own converter knows: {@code true} and
 * {@code false} in any case, {@code 1} and {@code 0}. Pinot converts any other text to false; here it is a mismatch.
 */
final class BooleanConversion extends Conversion {
    private final ColumnPolicy policy;

    BooleanConversion(ColumnPolicy policy) {
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        switch (type) {
            case BOOL:
                return value.booleanValue();
            case N:
                return value.decimalValue().signum() != 0;
            case S:
                return ofText(value.stringValue());
            default:
                return policy.mismatch(type);
        }
    }

    private @Nullable Object ofText(String text) {
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        return text.equalsIgnoreCase("false") || text.equals("0") ? (Object) false : policy.mismatch(AttributeType.S);
    }
}
