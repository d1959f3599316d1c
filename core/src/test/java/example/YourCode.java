package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the handlers in core/docs expect from their user. They are static because the
 * frameworks create the handlers, and safe for the frameworks' threads.
 */
final class YourCode {
    /** The calls of all methods, for the tests. */
    static final List<String> CALLS = new CopyOnWriteArrayList<>();

    /** The SequenceNumber of the event that the sink refuses. */
    static volatile String refused = "";

    /** The SequenceNumber of the event at which the sink is down. */
    static volatile String down = "";

    private YourCode() {}

    static void reset() {
        CALLS.clear();
        refused = "";
        down = "";
    }

    /** Returns whether the sink accepted the event. */
    static boolean store(ChangeEvent event) {
        String sequenceNumber = String.valueOf(event.sequenceNumber());
        if (sequenceNumber.equals(down)) {
            throw new IllegalStateException("the sink is down");
        }
        boolean accepted = !sequenceNumber.equals(refused);
        CALLS.add((accepted ? "stored " : "refused ") + sequenceNumber);
        return accepted;
    }

    /** Deletes by the key of a Kafka record. */
    static void delete(byte @Nullable [] key) {
        CALLS.add("deleted " + (key == null ? null : new String(key, UTF_8)));
    }

    /** Stores the counts of a window, of one shard. */
    static void report(Instant window, @Nullable String shardId, Map<String, Long> counts) {
        CALLS.add("reported " + window + " " + shardId + " " + counts);
    }

    /** Keeps a record for people to look at. The failure is null if the sink refused the record. */
    static void park(String which, @Nullable DecodeException failure) {
        CALLS.add("parked " + which + " " + (failure == null ? "refused" : failure.reason()));
    }
}
