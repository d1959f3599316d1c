package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.pinot.DecoderOptions.OnMissingPrimaryKey;
import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.slf4j.Logger;

/**
 * Checks the primary key of rows. Pinot stores its default value for a missing key, so such rows overwrite each other.
 * Where Keys and the primary key differ, two items can share a row, or one item can have two.
 */
final class KeyCheck {
    private static final int MAX_SHOWN = 80;

    /** The columns that must not be null: those of the primary key that no transform fills. */
    private final String[] required;
    /** The number of primary-key columns that are attributes; −1 if Keys are not compared with them. */
    private final int attributes;

    private final OnMissingPrimaryKey onMissing;
    private final SampledWarning missing;
    private final SampledWarning differs;

    /**
     * @param required the columns of the primary key that must not be null
     * @param attributes the number of primary-key columns that are attributes; −1 if a transform derives some of them
     */
    KeyCheck(
            List<String> primaryKey, List<String> required, int attributes, OnMissingPrimaryKey onMissing, Logger log) {
        this.required = required.toArray(new String[0]);
        this.attributes = attributes;
        this.onMissing = onMissing;
        String all = String.join(", ", primaryKey);
        String shown =
                "primaryKeyColumns (" + (all.length() <= MAX_SHOWN ? all : all.substring(0, MAX_SHOWN) + "…") + ")";
        missing = SampledWarning.once(
                log,
                "an event lacks one of the " + shown
                        + (onMissing == OnMissingPrimaryKey.SKIP
                                ? " and was skipped"
                                : ": Pinot stores its default value")
                        + "; see "
                        + DecoderKeys.ON_MISSING_PRIMARY_KEY);
        differs = SampledWarning.once(
                log,
                "an event's Keys are not the " + shown
                        + ": in an upsert table, name the item's keys there, or different items share a row");
    }

    /**
     * Compares the Keys of an event with the primary key, and warns if they differ.
     *
     * @param keys the number of attributes in Keys; 0, as in a full export, is not compared
     * @param matching the number of those that are columns of the primary key
     */
    void compare(int keys, int matching) {
        if (attributes > 0 && keys > 0 && (keys != attributes || matching != attributes)) {
            differs.occurred();
        }
    }

    /**
     * Returns whether Pinot gets the row.
     *
     * @throws RowException if the row lacks a column of the primary key and the policy is FAIL
     */
    boolean admits(GenericRow row) {
        for (String column : required) {
            if (row.getValue(column) == null) {
                if (onMissing == OnMissingPrimaryKey.FAIL) {
                    throw new RowException("the event lacks the primary-key column " + Quoted.of(column) + "; see "
                            + DecoderKeys.ON_MISSING_PRIMARY_KEY);
                }
                missing.occurred();
                return onMissing == OnMissingPrimaryKey.EMIT;
            }
        }
        return true;
    }
}
