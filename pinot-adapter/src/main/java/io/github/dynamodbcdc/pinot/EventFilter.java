package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.EventName;
import java.util.Set;
import org.slf4j.Logger;

/** Which events become rows, by {@code dynamodb.tables} and {@code dynamodb.events}. */
final class EventFilter {
    /** Empty: all. */
    private final Set<String> tables;

    private final Set<EventName> events;
    private final SampledWarning unknown;

    EventFilter(Set<String> tables, Set<EventName> events, Logger log) {
        this.tables = tables;
        this.events = events;
        unknown = SampledWarning.sampled(
                log,
                "an event was skipped because its eventName is none of INSERT, MODIFY and REMOVE; to take such events, name"
                        + " UNKNOWN in " + DecoderKeys.EVENTS);
    }

    boolean admits(ChangeEvent event) {
        if (!tables.isEmpty()) {
            String table = event.tableName();
            if (table == null || !tables.contains(table)) {
                return false;
            }
        }
        EventName name = event.eventName();
        if (events.contains(name)) {
            return true;
        }
        if (name == EventName.UNKNOWN) {
            unknown.occurred();
        }
        return false;
    }
}
