package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.EventName;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Looks at an upsert table's configuration once, and says what of it loses or mixes up rows. Most is Pinot's to allow, and
 * warned of; an order of rows that is none is refused.
 */
final class UpsertAdvice {
    private final DecoderOptions options;
    private final TableFacts table;
    private final Map<String, EnvelopeColumn> envelope;
    private final Logger log;

    /** @param envelope the columns that are filled from the event, by name */
    UpsertAdvice(DecoderOptions options, TableFacts table, Map<String, EnvelopeColumn> envelope, Logger log) {
        this.options = options;
        this.table = table;
        this.envelope = envelope;
        this.log = log;
    }

    /** @throws IllegalArgumentException if the comparison column does not sort as time does */
    void give() {
        String delete = options.deleteColumn;
        if (delete != null
                && envelope.containsKey(delete)
                && table.hasSchema()
                && !delete.equals(table.deleteRecordColumn)) {
            log.warn(
                    "no row will be deleted by column {}: upsertConfig.deleteRecordColumn does not name it",
                    Quoted.of(delete));
        }
        if (!table.isUpsert()) {
            return;
        }
        if (table.isPartialUpsert()) {
            log.warn("upsert mode PARTIAL keeps the last value of an attribute that was removed from its item, because"
                    + " NewImage is the whole item and has no sign of it: take mode FULL");
        }
        if (options.image != DecoderOptions.Image.NEW) {
            log.warn(
                    "{}={} in an upsert table: rows will not show the items as they are",
                    DecoderKeys.IMAGE,
                    options.image);
        }
        adviseOnOrder();
        adviseOnDeletes();
    }

    private void adviseOnOrder() {
        if (table.comparisonColumns.size() > 1) {
            log.warn(
                    "upsertConfig.comparisonColumns names several columns: Pinot compares by one of them in each row; name"
                            + " only the one with the time of the change");
        }
        for (String column : table.comparisonColumns) {
            EnvelopeColumn filled = envelope.get(column);
            ChangeTime time = filled == null ? null : filled.time();
            if (time != null) {
                adviseOnTime(column, time);
            } else if (!table.isTransformed(column)) {
                log.warn(
                        "comparison column {} has not the time of the change, so that older events may win: set {} to a LONG"
                                + " column, and compare by that",
                        Quoted.of(column),
                        DecoderKeys.TIME_COLUMN);
            }
        }
    }

    private void adviseOnTime(String column, ChangeTime time) {
        if (!time.isOrdered()) {
            throw new IllegalArgumentException("comparison column " + Quoted.of(column)
                    + " has a SIMPLE_DATE_FORMAT that does not sort as time does: take a LONG column");
        }
        if (time.isCoarserThanMicros()) {
            log.info(
                    "comparison column {} has {}: of two changes of an item with the same value, the one that arrives later"
                            + " wins; microseconds in a LONG column are finer",
                    Quoted.of(column),
                    time);
        }
    }

    private void adviseOnDeletes() {
        if (!options.events.contains(EventName.REMOVE)) {
            return;
        }
        @Nullable String deletes = table.deleteRecordColumn;
        if (deletes == null) {
            log.warn(
                    "REMOVE deletes no row, because upsertConfig has no deleteRecordColumn: name a BOOLEAN column there and in"
                            + " {}, or leave REMOVE out of {}",
                    DecoderKeys.DELETE_COLUMN,
                    DecoderKeys.EVENTS);
        } else if (!envelope.containsKey(deletes) && !table.isTransformed(deletes)) {
            log.warn(
                    "REMOVE deletes no row, because upsertConfig.deleteRecordColumn {} is filled from an attribute: set {} to"
                            + " it",
                    Quoted.of(deletes),
                    DecoderKeys.DELETE_COLUMN);
        }
    }
}
