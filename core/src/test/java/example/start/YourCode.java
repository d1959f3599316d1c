// consumers.md: what you write
package example.start;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the consumers call. It prints; write to your sink instead. */
final class YourCode {
    private YourCode() {}

    /** Returns whether your sink accepted the event. */
    static boolean store(ChangeEvent event) {
        if (event.keys().size() == 0) { // all items would be one
            throw new IllegalStateException("an event without Keys: a full export needs Builder.keyAttributes");
        }
        System.out.println("store " + event.eventName() + " " + event.keys().toMap());
        return true;
    }

    /** Keeps a reference to a record for people to look at. The failure is null if the event was refused. */
    static void park(String which, @Nullable DecodeException failure) {
        String why = failure == null ? "refused" : failure.getMessage() + " " + failure.path(); // no value, no name
        System.out.println("park " + which + ": " + why);
    }

    /** Deletes by the key of a Kafka record, which the producer chose. */
    static void delete(byte @Nullable [] key) {
        System.out.println("delete " + Arrays.toString(key));
    }
}
// consumers.md: end
