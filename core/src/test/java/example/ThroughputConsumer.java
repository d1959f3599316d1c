package example;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.util.EnumMap;
import java.util.Map;

/** The Java code of docs/performance.md. */
final class ThroughputConsumer {
    // performance.md: a consumer of many events
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create(); // one for the process
    private static final AttributeNames NAMES = AttributeNames.of("bikes");

    private final DecodeSession session = DECODER.newSession(); // one for each consumer, which has one thread
    private long bikes;
    private long latestMicros = Long.MIN_VALUE;
    private final Map<DecodeException.Reason, Integer> refused = new EnumMap<>(DecodeException.Reason.class);

    void accept(byte[] record) {
        DecodeResult result = session.tryDecode(record);
        DecodeException failure = result.failure(); // without a stack trace
        if (failure != null) {
            refused.merge(failure.reason(), 1, Integer::sum);
            return;
        }
        ChangeEvent event = result.orElseThrow();
        latestMicros = Math.max(latestMicros, event.creationEpochMicros(Long.MIN_VALUE)); // creates no object
        Item image = event.newImage();
        if (image != null) {
            AttributeReader reader = image.reader();
            if (reader.next(NAMES) >= 0) {
                bikes += reader.longValue(); // creates no object
            }
        }
    }
    // performance.md: end

    /** Returns what was counted: bikes, the latest time, and the refused records by reason. */
    String counts() {
        return bikes + " " + latestMicros + " " + refused;
    }
}
