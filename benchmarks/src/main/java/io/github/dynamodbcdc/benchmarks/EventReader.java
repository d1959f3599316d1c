package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to read change records. Every task reads its record to the end, because members may appear in any order, and
 * refuses a truncated record. Not thread-safe.
 */
interface EventReader extends TaskReader {
    /** The result that every implementation has to produce. */
    record PlainEvent(
            Map<String, @Nullable Object> keys,
            @Nullable Map<String, @Nullable Object> newImage,
            @Nullable Map<String, @Nullable Object> oldImage) {}

    /** Returns Keys and both images as plain maps. */
    PlainEvent full(byte[] record) throws Exception;

    /** Copies the attributes of {@link ProjectedRow} from the new image into a cleared row. */
    void project(byte[] record, ProjectedRow row) throws Exception;

    /** Passes over the whole record with the least work that this implementation allows; returns the result of that. */
    Object index(byte[] record) throws Exception;

    /** Copies the buffer's content; overridden by implementations that read buffers. */
    default PlainEvent full(ByteBuffer record) throws Exception {
        return full(RecordSet.copy(record));
    }

    default void project(ByteBuffer record, ProjectedRow row) throws Exception {
        project(RecordSet.copy(record), row);
    }

    default Object index(ByteBuffer record) throws Exception {
        return index(RecordSet.copy(record));
    }

    @Override
    default RecordSet.Work work(Task task) {
        ProjectedRow row = new ProjectedRow();
        return switch (task) {
            case FULL -> records -> records.full(this);
            case PROJECTION ->
                records -> {
                    records.project(this, row);
                    return row;
                };
            case INDEX -> records -> records.index(this);
            case ROW -> throw new IllegalArgumentException("readers of events make no rows");
        };
    }

    @Override
    default List<RecordSet.Work> tasks() {
        return Task.OF_EVENTS.stream().map(this::work).toList();
    }
}
