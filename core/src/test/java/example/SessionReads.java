package example;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Java code of docs/sessions.md. */
final class SessionReads {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private SessionReads() {}

    // sessions.md: a buffer that is filled again
    static void readFrames(InputStream source, Consumer<Map<String, @Nullable Object>> sink) throws IOException {
        byte[] buffer = new byte[1 << 16]; // filled again for each record, here with records of one byte of length
        for (int length = source.read(); length >= 0; length = source.read()) {
            source.readNBytes(buffer, 0, length);
            ChangeEvent event = DECODER.decode(buffer, 0, length); // a view of the buffer until it is filled again
            sink.accept(event.keys().toMap()); // plain values do not refer to it; event.copy() does not either
        }
    }
    // sessions.md: end

    // sessions.md: a session and its cursor
    static final AttributeNames NAMES = AttributeNames.of("bikes", "name"); // ordinals 0 and 1

    static long bikesAndTextLengths(DecodeSession session, List<byte[]> records, byte[] buffer) {
        long sum = 0;
        for (byte[] record : records) {
            ChangeEvent event = session.decode(record); // always the same object, which now shows this record
            Item image = event.newImage();
            if (image == null) {
                continue;
            }
            AttributeReader reader = image.reader();
            for (int ordinal = reader.next(NAMES); ordinal >= 0; ordinal = reader.next(NAMES)) { // skips all others
                if (ordinal == 0) {
                    sum += reader.longValue();
                } else {
                    sum += reader.copyUtf8To(buffer, 0); // creates no String
                }
            }
        }
        return sum;
    }
    // sessions.md: end

    // sessions.md: nested values
    static long unlockPrices(Item image) {
        long sum = 0;
        AttributeReader reader = image.reader();
        while (reader.next(TARIFF) >= 0) {
            reader.enter(); // an M, an L or a set; anything else is WRONG_TYPE
            while (reader.next(UNLOCK) >= 0) {
                sum += reader.longValue();
            }
            reader.leave(); // from anywhere inside
        }
        return sum;
    }

    private static final AttributeNames TARIFF = AttributeNames.of("tariff");
    private static final AttributeNames UNLOCK = AttributeNames.of("unlock");
    // sessions.md: end

    // sessions.md: a session for each thread
    static long inParallel(ExecutorService threads, List<List<byte[]>> shards)
            throws InterruptedException, ExecutionException {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (List<byte[]> shard : shards) {
            tasks.add(() -> {
                DecodeSession session = DECODER.newSession(); // of the thread that runs this task
                return bikesAndTextLengths(session, shard, new byte[1 << 10]);
            });
        }
        long sum = 0;
        for (Future<Long> part : threads.invokeAll(tasks)) {
            sum += part.get();
        }
        return sum;
    }
    // sessions.md: end

    // sessions.md: to another thread
    static void handOver(InputStream input, BlockingQueue<ChangeEvent> queue) throws InterruptedException {
        DecodeSession session = DECODER.newSession();
        try (ChangeEventReader reader = session.read(input)) {
            for (ChangeEvent event : reader) { // the same object each time
                if (event.eventName() == EventName.REMOVE) { // the few that another thread needs
                    queue.put(event.copy()); // a value: owns its bytes, and any thread may read it
                }
            }
        }
    }
    // sessions.md: end
}
