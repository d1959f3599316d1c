package realpinot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.pinot.spi.stream.BytesStreamMessage;
import org.apache.pinot.spi.stream.LongMsgOffset;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.PartitionGroupConsumer;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.StreamConsumerFactory;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;

/** A stream in this JVM, which Pinot reads by its own interfaces. Messages stay invisible until they are released. */
final class MemoryStream implements AutoCloseable {
    /** Pinot creates consumers by the name of their factory's class, so they find the stream by its topic. */
    private static final Map<String, MemoryStream> OPEN = new ConcurrentHashMap<>();

    private static final int BATCH = 500;

    private final String topic;
    private final List<List<byte[]>> partitions;
    private final AtomicIntegerArray released;

    private MemoryStream(String topic, List<List<byte[]>> partitions) {
        this.topic = topic;
        this.partitions = partitions;
        released = new AtomicIntegerArray(partitions.size());
    }

    /** Opens a stream without visible messages. The topic must not be open yet. */
    static MemoryStream open(String topic, List<List<byte[]>> partitions) {
        MemoryStream stream = new MemoryStream(topic, partitions);
        if (OPEN.putIfAbsent(topic, stream) != null) {
            throw new IllegalStateException(topic + " is open");
        }
        return stream;
    }

    int partitions() {
        return partitions.size();
    }

    /** Makes this part of each partition visible. */
    void release(double part) {
        for (int i = 0; i < partitions.size(); i++) {
            released.set(i, (int) (partitions.get(i).size() * part));
        }
    }

    /** Returns the offset after the last visible message. */
    int end(int partition) {
        return released.get(partition);
    }

    @Override
    public void close() {
        OPEN.remove(topic);
    }

    private Batch fetch(int partition, long offset) {
        int from = Math.toIntExact(offset);
        return new Batch(partitions.get(partition), from, Math.min(end(partition), from + BATCH));
    }

    /** The messages from one offset to another. */
    private record Batch(List<byte[]> messages, int from, int to) implements MessageBatch<byte[]> {
        @Override
        public int getMessageCount() {
            return to - from;
        }

        @Override
        public StreamMessage<byte[]> getStreamMessage(int index) {
            int offset = from + index;
            byte[] payload = messages.get(offset);
            StreamMessageMetadata metadata = new StreamMessageMetadata.Builder()
                    .setOffset(new LongMsgOffset(offset), new LongMsgOffset(offset + 1L))
                    .setRecordIngestionTimeMs(System.currentTimeMillis())
                    .setSerializedValueSize(payload.length)
                    .build();
            return new BytesStreamMessage(payload, metadata);
        }

        @Override
        public StreamPartitionMsgOffset getOffsetOfNextBatch() {
            return new LongMsgOffset(to);
        }

        @Override
        public long getSizeInBytes() {
            return messages.subList(from, to).stream()
                    .mapToLong(payload -> payload.length)
                    .sum();
        }
    }

    /** The factory that a table's stream configuration names. */
    public static final class Factory extends StreamConsumerFactory {
        private MemoryStream stream() {
            return Objects.requireNonNull(OPEN.get(_streamConfig.getTopicName()), "the stream is closed");
        }

        @Override
        public PartitionGroupConsumer createPartitionGroupConsumer(
                String clientId, PartitionGroupConsumptionStatus status) {
            return new Consumer(stream(), status.getStreamPartitionGroupId());
        }

        @Override
        public StreamMetadataProvider createPartitionMetadataProvider(String clientId, int partition) {
            return new Metadata(stream(), partition);
        }

        @Override
        public StreamMetadataProvider createStreamMetadataProvider(String clientId) {
            return new Metadata(stream(), 0);
        }
    }

    private record Consumer(MemoryStream stream, int partition) implements PartitionGroupConsumer {
        @Override
        public MessageBatch<byte[]> fetchMessages(StreamPartitionMsgOffset startOffset, int timeoutMs) {
            return stream.fetch(partition, ((LongMsgOffset) startOffset).getOffset());
        }

        @Override
        public void close() {}
    }

    private record Metadata(MemoryStream stream, int partition) implements StreamMetadataProvider {
        @Override
        public int fetchPartitionCount(long timeoutMillis) {
            return stream.partitions();
        }

        @Override
        public StreamPartitionMsgOffset fetchStreamPartitionOffset(OffsetCriteria criteria, long timeoutMillis) {
            return new LongMsgOffset(criteria.isLargest() ? stream.end(partition) : 0);
        }

        @Override
        public boolean supportsOffsetLag() {
            return false;
        }

        @Override
        public void close() {}
    }
}
