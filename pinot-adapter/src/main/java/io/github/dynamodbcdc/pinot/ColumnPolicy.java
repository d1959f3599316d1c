package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.pinot.DecoderOptions.OnNumberOverflow;
import io.github.dynamodbcdc.pinot.DecoderOptions.OnTypeMismatch;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Decides what happens to a value that a column cannot hold: null and a warning, the nearest value, or no row. */
final class ColumnPolicy {
    private static final String UNIT_KEY = DecoderKeys.unitOf("<name>");

    private final String column;
    private final OnTypeMismatch onTypeMismatch;
    private final OnNumberOverflow onNumberOverflow;
    private final SampledWarning becameNull;
    private final SampledWarning many;

    ColumnPolicy(
            String name, DataType type, OnTypeMismatch onTypeMismatch, OnNumberOverflow onNumberOverflow, Logger log) {
        column = "column " + Quoted.of(name) + " of type " + type;
        this.onTypeMismatch = onTypeMismatch;
        this.onNumberOverflow = onNumberOverflow;
        becameNull = SampledWarning.sampled(log, column + " became null: the attribute's value does not fit it");
        many = SampledWarning.sampled(
                log,
                column + " got more than " + MultiValueConversion.MANY + " values in a row: Pinot may refuse the row");
    }

    /** Handles a value whose type has no meaning in the column, or a text that is no value of the column. */
    @Nullable
    Object mismatch(AttributeType found) {
        return mismatch("has no value for this attribute of type " + found, "");
    }

    /**
     * Handles a number whose magnitude is no plausible time: a mismatch whose messages name the option for the unit.
     */
    @Nullable
    Object implausibleTime() {
        return mismatch(
                "accepts this number only with a unit: set " + UNIT_KEY,
                "a number outside the times of the years 1973 to 5138 needs " + UNIT_KEY);
    }

    private @Nullable Object mismatch(String failure, String detail) {
        if (onTypeMismatch == OnTypeMismatch.FAIL) {
            throw failed(failure, DecoderKeys.ON_TYPE_MISMATCH);
        }
        becameNull.occurred(detail);
        return null;
    }

    /**
     * Warns of more members than Pinot is sure to have room for. The members are kept, because there may still be room.
     */
    void many() {
        many.occurred();
    }

    /** Handles a number that is out of the column's range, or has a fraction where the column holds none. */
    @Nullable
    Object overflow(Object nearest) {
        switch (onNumberOverflow) {
            case SATURATE:
                return nearest;
            case NULL:
                becameNull.occurred();
                return null;
            default:
                throw failed("does not hold this number exactly", DecoderKeys.ON_NUMBER_OVERFLOW);
        }
    }

    private RowException failed(String why, String key) {
        return new RowException(column + " " + why + "; see " + key);
    }
}
