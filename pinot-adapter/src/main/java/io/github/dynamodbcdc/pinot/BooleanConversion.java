package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** BOOLEAN: BOOL, whether N is another number than 0, and S only where it is {@code true} or {@code false}. */
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
                String text = value.stringValue();
                return text.equals("true") || text.equals("false")
                        ? (Object) text.equals("true")
                        : policy.mismatch(type);
            default:
                return policy.mismatch(type);
        }
    }
}
