package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.pinot.DecoderOptions.OnMissingPrimaryKey;
import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.slf4j.Logger;

/**
 * Looks after the primary key: a row without it gets Pinot's default value for a key and meets other rows of that key, and
 * Keys that are not the primary key make two items one row or one item two.
 */
final class KeyCheck {
    private static final int MAX_SHOWN = 80;

    /** Those that must not be null: without the ones that a transform fills. */
    private final String[] required;
    /** How many columns of the primary key are attributes; −1 if Keys are not compared with them. */
    private final int attributes;

    private final OnMissingPrimaryKey onMissing;
    private final SampledWarning missing;
    private final SampledWarning differs;

    /**
     * @param required the columns that must not be null
     * @param attributes how many of the primary key's columns are attributes; −1 if a transform makes others of them
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
                "an event's Keys are not the " + shown + ": in an upsert table, name the item's keys there, or rows of"
                        + " different items meet");
    }

    /**
     * Compares the Keys of an event with the primary key.
     *
     * @param keys how many attributes Keys have; 0 tells nothing, as of a full export
     * @param matching how many of them are columns of the primary key
     */
    void compare(int keys, int matching) {
        if (attributes > 0 && keys > 0 && (keys != attributes || matching != attributes)) {
            differs.occurred();
        }
    }

    /**
     * Whether the row is to be given to Pinot.
     *
     * @throws RowException if it lacks a column of the primary key and the policy is FAIL
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
