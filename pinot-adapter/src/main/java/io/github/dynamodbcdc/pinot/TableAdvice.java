package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.EventName;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Checks a table's configuration once, and reports settings that lose or mix up the rows of current items. Pinot allows
 * most of them, so they cause warnings. A comparison column that does not sort by time is refused.
 */
final class TableAdvice {
    private final DecoderOptions options;
    private final TableFacts table;
    private final Map<String, EnvelopeColumn> envelope;
    private final Logger log;

    /** @param envelope the columns that the event itself fills, by name */
    TableAdvice(DecoderOptions options, TableFacts table, Map<String, EnvelopeColumn> envelope, Logger log) {
        this.options = options;
        this.table = table;
        this.envelope = envelope;
        this.log = log;
    }

    /**
     * Logs the advice.
     *
     * @throws IllegalArgumentException if the comparison column does not sort by time, or sorts the snapshot time after
     *     changes
     */
    void give() {
        adviseOnParts();
        adviseOnLists();
        table.jsonIndexed.forEach(this::adviseOnJsonIndex);
        adviseOnTimeColumn();
        boolean isRowOfMember =
                hasRowOfEachChange() && table.primaryKeyColumns().stream().anyMatch(this::isOfMember);
        if (table.mergesRows() && !table.unnested.isEmpty() && !isRowOfMember) {
            log.warn("fieldsToUnnest makes several rows of one event: Pinot keeps one of those with the same primary"
                    + " key, and a REMOVE does not delete the others; use a table without upsert or dedup");
        }
        if (mayKeepFirstChanges()) {
            log.warn("dedupConfig keeps only the first change of each primary key: if that is the key of the item, use"
                    + " upsertConfig for a table of current items, or add eventID to primaryKeyColumns for a table of"
                    + " all changes");
            return;
        }
        if (!table.isUpsert()) {
            return;
        }
        if (table.isPartialUpsert()) {
            log.warn("upsert mode PARTIAL keeps the last value of an attribute that was removed from its item, because"
                    + " NewImage, the whole item, does not mention it: use mode FULL");
        }
        adviseOnKey();
        adviseOnOrder();
        if (hasRowOfEachChange()) {
            return;
        }
        if (options.image != DecoderOptions.Image.NEW) {
            log.warn("{}={} in an upsert table: rows do not show the current items", DecoderKeys.IMAGE, options.image);
        }
        adviseOnDeletes();
        if (table.filter != null) {
            new FilterAdvice(options, table, envelope.keySet(), log).give(table.filter);
        }
        if (options.events.contains(EventName.MODIFY) || options.events.contains(EventName.REMOVE)) {
            new RetentionAdvice(table, envelope, log).give();
        }
    }

    /** Pinot takes the columns of an attribute's parts from the value that the column of the whole attribute gets. */
    private void adviseOnParts() {
        for (String whole : table.wholes) {
            FieldSpec spec = table.column(whole);
            boolean isMap = spec != null && spec.getDataType() == DataType.MAP && !table.unnested.contains(whole);
            boolean holdsObject =
                    spec == null || (spec.isSingleValueField() && (isMap || spec.getDataType() == DataType.JSON));
            if (isLeftToTransform(whole)) {
                log.warn(
                        "columns of the parts of {} are null, because its transform fills it, and Pinot takes them from"
                                + " an attribute of its name: remove the transform, or set {}=KEEP",
                        Quoted.of(whole),
                        DecoderKeys.TRANSFORMED_COLUMNS);
            } else if (!holdsObject && !envelope.containsKey(whole)) { // a column of the event has no parts
                log.warn(
                        "columns of the parts of {} are null, because Pinot takes them from its value: make it a JSON"
                                + " column",
                        Quoted.of(whole));
            }
        }
    }

    private void adviseOnLists() {
        for (String column : table.writesListsAsJson ? table.columns() : List.<String>of()) {
            FieldSpec spec = table.column(column);
            boolean holdsNoText = spec != null && !spec.isSingleValueField() && spec.getDataType() != DataType.STRING;
            boolean isOfAttribute = !isLeftToTransform(column) && !envelope.containsKey(column);
            if (holdsNoText && isOfAttribute && !table.unnested.contains(column)) {
                log.warn(
                        "column {}: collectionNotUnnestedToJson ALL makes a text of each list, which this column does"
                                + " not hold, so Pinot drops the rows, or stores false: make it a STRING or JSON"
                                + " column",
                        Quoted.of(column));
            }
        }
    }

    /** The decoder checks the values that it passes, and Pinot fills some time columns by itself. */
    private void adviseOnTimeColumn() {
        FieldSpec spec = table.timeColumn == null ? null : table.column(table.timeColumn);
        if (spec == null || table.buildsAnyTime || !Conversions.mayBeOutOfFormat(spec)) {
            return;
        }
        String column = spec.getName();
        boolean isPart = table.delimiter != null && column.contains(table.delimiter) && !options.isOld(column);
        boolean isLeft = isLeftToTransform(column) && !envelope.containsKey(column);
        if (isPart || isLeft) { // Pinot puts a part into a column of the event, too
            log.warn(
                    "segmentsConfig.timeColumnName {} is filled by {}: Pinot builds no segment that has a value which"
                            + " is not in its format; make it a LONG column, or set continueOnError",
                    Quoted.of(column),
                    isPart ? "a part of an attribute" : "its transform");
        }
    }

    /** Pinot builds no segment with a JSON index over a text that is no JSON. */
    private void adviseOnJsonIndex(String column) {
        FieldSpec spec = table.column(column);
        if (spec != null && spec.getDataType() == DataType.STRING && !isLeftToTransform(column)) {
            log.warn(
                    "column {}: with its JSON index, Pinot builds no segment that has a text which is no JSON: make it"
                            + " a JSON column",
                    Quoted.of(column));
        } else if (spec != null && TableFacts.isCut(spec)) {
            log.warn(
                    "column {}: Pinot cuts its JSON at {} characters, and then builds no segment with its JSON index:"
                            + " set maxLengthExceedStrategy to NO_ACTION",
                    Quoted.of(column),
                    TableFacts.maxLength(spec));
        }
    }

    /** Returns whether a column can differ in the rows of one event. */
    private boolean isOfMember(String column) {
        String separator = table.delimiter == null ? "" : table.delimiter;
        return table.unnested.stream().anyMatch(path -> column.equals(path) || column.startsWith(path + separator));
    }

    /**
     * Returns whether Pinot drops every row whose key it has seen, the table wants more than first changes, and the key
     * may be that of the item. An attribute of the key can differ by the change too, which only the user knows.
     */
    private boolean mayKeepFirstChanges() {
        List<String> key = table.primaryKeyColumns();
        boolean onlyFirst = options.events.equals(EnumSet.of(EventName.INSERT));
        return table.isDedup && !onlyFirst && !key.isEmpty() && key.stream().noneMatch(this::mayDifferByChange);
    }

    private boolean mayDifferByChange(String column) {
        EnvelopeField field = field(column);
        return field == null ? isLeftToTransform(column) : field.differsByChange();
    }

    /** Returns whether no change replaces an earlier one, because the key differs in each. */
    private boolean hasRowOfEachChange() {
        for (String column : table.primaryKeyColumns()) {
            EnvelopeField field = field(column);
            if (field != null && field.differsByChange()) {
                return true;
            }
        }
        return false;
    }

    private void adviseOnKey() {
        boolean deletes = table.deleteRecordColumn != null && options.events.contains(EventName.REMOVE);
        for (String column : table.primaryKeyColumns()) {
            EnvelopeField field = field(column);
            if (field != null && field.mayDifferByChange() && deletes) {
                log.warn(
                        "primary-key column {} differs in changes of one item, so a REMOVE does not delete its rows:"
                                + " name the keys of the item alone, or no deleteRecordColumn",
                        Quoted.of(column));
            }
            boolean isAttribute = !envelope.containsKey(column) && !isLeftToTransform(column);
            if (isAttribute && table.delimiter != null && column.contains(table.delimiter)) {
                log.warn(
                        "no key of an item fills primary-key column {}, because its name contains the delimiter of"
                                + " complexTypeConfig: set another delimiter",
                        Quoted.of(column));
            }
        }
    }

    private boolean isLeftToTransform(String column) {
        return table.isTransformed(column) && !options.keepTransformed;
    }

    /** Returns the field of the event that fills a column by its name; null if something else does. */
    private @Nullable EnvelopeField field(String column) {
        return envelope.containsKey(column) ? options.field(column) : null;
    }

    private void adviseOnOrder() {
        if (table.comparisonColumns.size() > 1) {
            log.warn("upsertConfig.comparisonColumns names several columns, and Pinot compares by one of them in each"
                    + " row: name only the one that holds the time of the change");
        }
        for (String column : table.comparisonColumns) {
            EnvelopeColumn filled = envelope.get(column);
            ChangeTime time = filled == null ? null : filled.time();
            if (time != null) {
                adviseOnTime(column, time);
            } else if (filled != null && filled.isSequence) {
                adviseOnSequence(column);
            } else if (isLeftToTransform(column)) {
                log.info(
                        "comparison column {} is filled by its transform: where that is null, as on a REMOVE without"
                                + " its inputs, Pinot compares a default value, and the event may lose",
                        Quoted.of(column));
            } else {
                log.warn(
                        "comparison column {} does not hold the time of the change, so older events may win: set {}"
                                + " to a LONG column, and compare by that column",
                        Quoted.of(column),
                        DecoderKeys.TIME_COLUMN);
            }
        }
    }

    private void adviseOnTime(String column, ChangeTime time) {
        if (!time.isOrdered()) {
            throw new IllegalArgumentException("comparison column " + Quoted.of(column)
                    + " has a format that does not sort by time: use a LONG column");
        }
        if (options.snapshotTime != null && !time.isBeforeChanges(options.snapshotTime)) {
            throw new IllegalArgumentException("comparison column " + Quoted.of(column) + " sorts the time of "
                    + DecoderKeys.SNAPSHOT_TIME + " after changes: use a LONG column");
        }
        if (time.isCoarserThanMicros()) {
            log.info(
                    "comparison column {} holds {}: of two changes of an item with the same value, the later"
                            + " arrival wins; microseconds in a LONG column are finer",
                    Quoted.of(column),
                    time);
        }
    }

    private void adviseOnSequence(String column) {
        if (table.holdsDecimals(column)) {
            log.info(
                    "comparison column {} holds the SequenceNumber: every event must come from the stream of one"
                            + " DynamoDB table",
                    Quoted.of(column));
        } else {
            log.warn(
                    "comparison column {} compares the SequenceNumber as text, so older events may win: make it a"
                            + " BIG_DECIMAL column",
                    Quoted.of(column));
        }
    }

    private void adviseOnDeletes() {
        if (!options.events.contains(EventName.REMOVE)) {
            return;
        }
        @Nullable String deletes = table.deleteRecordColumn;
        if (deletes == null) {
            log.warn(
                    "REMOVE deletes no row, because upsertConfig has no deleteRecordColumn: name a BOOLEAN column there"
                            + " and in {}, or remove REMOVE from {}",
                    DecoderKeys.DELETE_COLUMN,
                    DecoderKeys.EVENTS);
        } else if (!envelope.containsKey(deletes) && !table.isTransformed(deletes)) {
            adviseOnUnfilled(deletes);
        } else if (!deletes.equals(options.deleteColumn)) {
            adviseOnDeletesBy(deletes, field(deletes));
        }
    }

    private void adviseOnUnfilled(String deletes) {
        if (table.column(deletes) != null) {
            log.warn(
                    "REMOVE deletes no row, because an attribute fills upsertConfig.deleteRecordColumn {}: set {}"
                            + " to that column",
                    Quoted.of(deletes),
                    DecoderKeys.DELETE_COLUMN);
        } else if (!deletes.equals(options.deleteColumn)) { // which has its own warning
            log.warn(
                    "REMOVE deletes no row, because the schema lacks upsertConfig.deleteRecordColumn {}: add a BOOLEAN"
                            + " column, and set {} to it",
                    Quoted.of(deletes),
                    DecoderKeys.DELETE_COLUMN);
        }
    }

    private void adviseOnDeletesBy(String column, @Nullable EnvelopeField field) {
        if (field != null && field.kind == EnvelopeField.Kind.FLAG) {
            log.warn(
                    "a REMOVE deletes its row only if it is one by Time to Live, because"
                            + " upsertConfig.deleteRecordColumn is {}: set {} to a column of its own",
                    Quoted.of(column),
                    DecoderKeys.DELETE_COLUMN);
        } else if (field != null) {
            log.warn(
                    "REMOVE deletes no row, because another field of the event fills upsertConfig.deleteRecordColumn"
                            + " {}: set {} to a column of its own",
                    Quoted.of(column),
                    DecoderKeys.DELETE_COLUMN);
        } else if (options.deleteColumn != null && envelope.containsKey(options.deleteColumn)) {
            log.warn(
                    "column {} deletes no row: upsertConfig.deleteRecordColumn does not name it",
                    Quoted.of(options.deleteColumn));
        }
    }
}
