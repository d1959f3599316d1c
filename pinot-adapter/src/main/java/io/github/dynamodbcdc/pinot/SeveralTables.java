package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Warns once if events of several DynamoDB tables fill an upsert table, where items with equal keys share a row.
 * Compares the names of the first events only, because each name is a new String. Not thread-safe.
 */
final class SeveralTables {
    private static final int COMPARED = 10_000;

    private final SampledWarning warning;

    /** How many events are still compared. */
    private int rest;

    private @Nullable String first;

    SeveralTables(DecoderOptions options, TableFacts table, List<EnvelopeColumn> envelope, Logger log) {
        rest = mayBeMixed(options, table, envelope) ? COMPARED : 0;
        warning = SampledWarning.once(
                log,
                "events of several DynamoDB tables fill this upsert table, and items with equal keys share a row: set "
                        + DecoderKeys.TABLES + ", or add tableName to primaryKeyColumns");
    }

    /** Returns whether no setting shows that several tables are wanted, or which of their rows Pinot drops. */
    private static boolean mayBeMixed(DecoderOptions options, TableFacts table, List<EnvelopeColumn> envelope) {
        List<String> key = table.primaryKeyColumns();
        return table.isUpsert()
                && options.tables.isEmpty()
                && table.filter == null
                && !key.isEmpty()
                && key.stream().noneMatch(table::isTransformed)
                && envelope.stream().noneMatch(column -> key.contains(column.name));
    }

    /** Notes an event that became a row. */
    void note(ChangeEvent event) {
        String name = rest > 0 ? event.tableName() : null;
        if (name == null) {
            return;
        }
        rest--;
        if (first == null) {
            first = name;
        } else if (!name.equals(first)) {
            rest = 0;
            warning.occurred();
        }
    }
}
