package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** Converts attribute values to the values of one column. */
abstract class Conversion {
    /**
     * Converts the current value of a reader.
     *
     * @return the column's value; null for NULL, for a type descriptor that DynamoDB does not have, and where the
     *     column's policy says so
     * @throws RowException if the column's policy refuses the value
     */
    final @Nullable Object of(AttributeReader value) {
        AttributeType type = value.type();
        return type == AttributeType.NULL || type == AttributeType.UNKNOWN ? null : convert(value, type);
    }

    /** Converts as {@link #of} does, a value that is neither NULL nor UNKNOWN. */
    abstract @Nullable Object convert(AttributeReader value, AttributeType type);
}
