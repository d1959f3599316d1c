package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** Converts N, and an S that is a number, which counts as that N. Any other type is a mismatch. */
abstract class NumericConversion extends Conversion {
    final ColumnPolicy policy;

    NumericConversion(ColumnPolicy policy) {
        this.policy = policy;
    }

    @Override
    final @Nullable Object convert(AttributeReader value, AttributeType type) {
        if (type == AttributeType.N) {
            return ofNumber(value);
        }
        if (type == AttributeType.S) {
            String text = value.stringValue();
            return NumberGrammar.matches(text) ? ofNumber(text) : ofOtherText(text);
        }
        return policy.mismatch(type);
    }

    /** Converts the current value, an N. */
    abstract @Nullable Object ofNumber(AttributeReader value);

    /** Converts a text that matches {@link NumberGrammar}. */
    abstract @Nullable Object ofNumber(String text);

    /** Converts a text that is no number: a mismatch, unless the column has texts of its own. */
    @Nullable
    Object ofOtherText(String text) {
        return policy.mismatch(AttributeType.S);
    }
}
