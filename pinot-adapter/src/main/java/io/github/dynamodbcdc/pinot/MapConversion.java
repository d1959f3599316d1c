package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** MAP: M. */
final class MapConversion extends Conversion {
    private final ColumnPolicy policy;

    MapConversion(ColumnPolicy policy) {
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        return type == AttributeType.M ? NestedValues.FOR_JSON.map(value) : policy.mismatch(type);
    }
}
