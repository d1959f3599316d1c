package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** How the values of attributes become those of one column. */
abstract class Conversion {
    /**
     * The current value of a reader as the column's; null for NULL, for a type descriptor that DynamoDB does not have,
     * and where the column's policy says so.
     */
    final @Nullable Object of(AttributeReader value) {
        AttributeType type = value.type();
        return type == AttributeType.NULL || type == AttributeType.UNKNOWN ? null : convert(value, type);
    }

    /** As {@link #of}, of a value that is neither NULL nor UNKNOWN. */
    abstract @Nullable Object convert(AttributeReader value, AttributeType type);
}
