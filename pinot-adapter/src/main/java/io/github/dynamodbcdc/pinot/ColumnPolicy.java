package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.pinot.DecoderOptions.OnNumberOverflow;
import io.github.dynamodbcdc.pinot.DecoderOptions.OnTypeMismatch;
import org.apache.pinot.spi.data.FieldSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Decides what happens to a value, of an attribute or of the event itself, that a column cannot hold: null and a
 * warning, the nearest value, or no row. In a multi-value column, it decides about each member; null leaves one out.
 */
final class ColumnPolicy {
    private static final String UNIT_KEY = DecoderKeys.unitOf("<name>");

    private final String column;
    /** Whether a value that the column cannot hold always fails. */
    final boolean exact;

    private final OnTypeMismatch onTypeMismatch;
    private final OnNumberOverflow onNumberOverflow;
    private final SampledWarning leftOut;
    private final SampledWarning many;
    private final SampledWarning unfitName;

    /** The warning for a REMOVE that proceeds without a value that does not fit; null if such a REMOVE must fail. */
    final @Nullable SampledWarning expendable;

    /**
     * @param spec the column of the schema; null if its type is unknown, so that every value fits
     * @param exact whether any other value, including null, would change the row's identity or order: then no option
     *     applies, and such a value always fails
     */
    ColumnPolicy(String name, @Nullable FieldSpec spec, boolean exact, DecoderOptions options, Logger log) {
        column = "column " + Quoted.of(name) + (spec == null ? "" : " of type " + spec.getDataType());
        this.exact = exact;
        onTypeMismatch = exact ? OnTypeMismatch.FAIL : options.onTypeMismatch;
        onNumberOverflow = exact ? OnNumberOverflow.FAIL : options.onNumberOverflow;
        leftOut = SampledWarning.sampled(
                log,
                spec == null || spec.isSingleValueField()
                        ? column + " became null: the value does not fit it"
                        : column + " lacks a member that was left out: the member does not fit it");
        expendable = exact
                ? null
                : SampledWarning.sampled(
                        log, column + " became null in a REMOVE, to keep the delete: the value does not fit it");
        many = SampledWarning.sampled(
                log,
                column + " got more than " + MultiValueConversion.MANY + " values in a row: Pinot may refuse the row");
        unfitName = SampledWarning.sampled(
                log,
                column + " lacks a member that was left out: its name contains __, with which Pinot builds no segment");
    }

    /** Handles a value whose type has no meaning in the column, or a text that is no value of the column. */
    @Nullable
    Object mismatch(AttributeType found) {
        return mismatch("has no value for this attribute of type " + found);
    }

    /**
     * Handles a value of the event itself that is no value of the column.
     *
     * @param failure what the column lacks, without a value from the event
     */
    @Nullable
    Object mismatch(String failure) {
        return mismatch(failure, "");
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
        leftOut.occurred(detail);
        return null;
    }

    /**
     * Warns of more members than Pinot is sure to have room for. The members are kept, because there may still be room.
     */
    void many() {
        many.occurred();
    }

    /** Handles members of a MAP column that are left out, because Pinot builds no segment of their names. */
    void unfitNames() {
        if (onTypeMismatch == OnTypeMismatch.FAIL) {
            throw failed("holds no member with __ in its name", DecoderKeys.ON_TYPE_MISMATCH);
        }
        unfitName.occurred();
    }

    /** Handles a number that is out of the column's range, or has a fraction where the column holds none. */
    @Nullable
    Object overflow(Object nearest) {
        switch (onNumberOverflow) {
            case SATURATE:
                return nearest;
            case NULL:
                leftOut.occurred();
                return null;
            default:
                throw failed("does not hold this number exactly", DecoderKeys.ON_NUMBER_OVERFLOW);
        }
    }

    private RowException failed(String why, String key) {
        return new RowException(column + " " + why + "; "
                + (exact ? key + " does not apply to key, comparison and time columns" : "see " + key));
    }
}
