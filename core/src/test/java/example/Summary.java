package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.SourceRecord;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts records, for one line at the end: events by kind, tables, the span of their times, failures by reason. */
final class Summary {
    private final Map<EventName, Long> events = new EnumMap<>(EventName.class);
    private final Map<DecodeException.Reason, Long> failures = new EnumMap<>(DecodeException.Reason.class);
    private final Set<String> tables = new HashSet<>();
    private @Nullable CreationTime earliest;
    private @Nullable CreationTime latest;
    private boolean keys;

    void add(SourceRecord record) {
        DecodeException failure = record.failure();
        if (failure != null) {
            failures.merge(failure.reason(), 1L, Long::sum);
            return;
        }
        ChangeEvent event = record.result().orElseThrow();
        events.merge(event.eventName(), 1L, Long::sum);
        keys |= event.keys().size() > 0;
        String table = event.tableName();
        if (table != null) {
            tables.add(table);
        }
        CreationTime time = event.approximateCreationDateTime();
        if (time != null) {
            earliest = earliest == null || time.compareTo(earliest) < 0 ? time : earliest;
            latest = latest == null || time.compareTo(latest) > 0 ? time : latest;
        }
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** Returns whether there are events, and none has Keys. */
    boolean hasNoKeys() {
        return !events.isEmpty() && !keys;
    }

    boolean isEmpty() {
        return events.isEmpty() && failures.isEmpty();
    }

    /** Returns the line. */
    String of(int inputs) {
        StringJoiner line = new StringJoiner("; ");
        long count = sum(events);
        line.add(count + (count == 1 ? " event" : " events") + byKind(events));
        if (isEmpty()) {
            line.add("no record in the input");
        }
        if (!tables.isEmpty()) {
            line.add(tables.size() + (tables.size() == 1 ? " table" : " tables"));
        }
        if (earliest != null && latest != null) {
            line.add(second(earliest) + " to " + second(latest));
        }
        if (inputs != 1) {
            line.add(inputs + " inputs");
        }
        return line.add(sum(failures) + " failed" + byKind(failures)).toString();
    }

    private static String second(CreationTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String byKind(Map<?, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", ", ": ", ""));
    }
}
