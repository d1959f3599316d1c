// consumers.md: a Kafka consumer
package example;

import static example.YourCode.delete;
import static example.YourCode.park;
import static example.YourCode.store;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeResult;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Stores the changes of a topic. */
final class TopicConsumer {
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private TopicConsumer() {}

    static void run(Consumer<byte[], byte[]> consumer) { // with ByteArrayDeserializer and enable.auto.commit=false
        try (consumer) { // after an exception nothing is committed, and the next consumer reads the batch again
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    byte[] value = record.value();
                    if (value == null) {
                        delete(record.key()); // a tombstone: compaction may have removed the REMOVE before it
                        continue;
                    }
                    DecodeResult result = DECODER.tryDecode(value);
                    ChangeEvent event = result.event();
                    if (event == null || !store(event)) {
                        park(record.topic() + " " + record.partition() + " " + record.offset(), result.failure());
                    }
                }
                consumer.commitSync(); // once per batch
            }
        } catch (WakeupException e) {
            // consumer.wakeup(), from another thread, ends the loop
        }
    }
}
// consumers.md: end
