package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to read change records. Every task reads its record to the end, because members may appear in any order, and
 * refuses a truncated record. Not thread-safe.
 */
interface EventReader {
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

    /** Returns every task of this reader. */
    default List<RecordSet.Work> tasks() {
        ProjectedRow row = new ProjectedRow();
        return List.of(
                records -> records.full(this),
                records -> {
                    records.project(this, row);
                    return row;
                },
                records -> records.index(this));
    }
}
