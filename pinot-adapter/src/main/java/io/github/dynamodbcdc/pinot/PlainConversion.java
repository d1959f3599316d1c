package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/**
 * A column of which no type is known: what Pinot's own conversions take best. Never Integer, BigInteger or a primitive
 * array, of which they lose rows.
 */
final class PlainConversion extends Conversion {
    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        return NestedValues.FOR_ANY_COLUMN.of(value);
    }
}
