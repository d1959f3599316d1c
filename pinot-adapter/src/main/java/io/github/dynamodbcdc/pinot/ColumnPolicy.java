package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeType;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Decides what becomes of a value that a column cannot hold: null and a warning, the nearest value, or no row. */
final class ColumnPolicy {
    private static final String UNIT_KEY = DecoderKeys.unitOf("<name>");

    private final String column;
    private final Policy onTypeMismatch;
    private final Policy onNumberOverflow;
    private final SampledWarning warning;
    private final SampledWarning many;

    /**
     * @param onTypeMismatch NULL or FAIL
     * @param onNumberOverflow FAIL, NULL or SATURATE
     */
    ColumnPolicy(String name, DataType type, Policy onTypeMismatch, Policy onNumberOverflow, Logger log) {
        column = "column " + Quoted.of(name) + " of type " + type;
        this.onTypeMismatch = onTypeMismatch;
        this.onNumberOverflow = onNumberOverflow;
        warning = SampledWarning.sampled(log, column + " became null: the attribute's value does not fit it");
        many = SampledWarning.sampled(
                log,
                column + " got more than " + MultiValueConversion.MANY + " values in a row: Pinot may refuse the row");
    }

    /** A value of a type that has no meaning in the column, or a text that is none of its values. */
    @Nullable
    Object mismatch(AttributeType found) {
        return orNull(
                onTypeMismatch, "has no value for this attribute of type " + found, DecoderKeys.ON_TYPE_MISMATCH, "");
    }

    /** A number whose magnitude is no plausible time: a mismatch whose messages name the option for the unit. */
    @Nullable
    Object implausibleTime() {
        return orNull(
                onTypeMismatch,
                "takes this number only with a unit: set " + UNIT_KEY,
                DecoderKeys.ON_TYPE_MISMATCH,
                "a number that is no time in the years 1973 to 5138 needs " + UNIT_KEY);
    }

    /** More members than Pinot is sure to have room for; it may still have it, so that they are kept. */
    void many() {
        many.occurred();
    }

    /** A number that is out of the column's range, or has a fraction where the column holds none. */
    @Nullable
    Object overflow(Object nearest) {
        if (onNumberOverflow == Policy.SATURATE) {
            return nearest;
        }
        return orNull(onNumberOverflow, "does not hold this number exactly", DecoderKeys.ON_NUMBER_OVERFLOW, "");
    }

    private @Nullable Object orNull(Policy policy, String why, String key, String detail) {
        if (policy == Policy.FAIL) {
            throw new RowException(column + " " + why + "; see " + key);
        }
        warning.occurred(detail);
        return null;
    }
}
