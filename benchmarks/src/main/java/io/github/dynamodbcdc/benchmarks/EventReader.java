package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One way to read change records. Every task reads its record to the end, because members may come in any order, and
 * refuses one that is cut off. Not thread-safe.
 */
interface EventReader {
    /** Keys and both images as plain maps. */
    PlainEvent full(byte[] record) throws Exception;

    /** The attributes of {@link Projection} from the new image, into a row that has been cleared. */
    void project(byte[] record, Projection row) throws Exception;

    /** As little as this implementation can do to have been over the whole record; returns what came of it. */
    Object index(byte[] record) throws Exception;

    /** An implementation that knows arrays only has to copy what a read-only buffer holds. */
    default PlainEvent full(ByteBuffer record) throws Exception {
        return full(Records.copy(record));
    }

    default void project(ByteBuffer record, Projection row) throws Exception {
        project(Records.copy(record), row);
    }

    default Object index(ByteBuffer record) throws Exception {
        return index(Records.copy(record));
    }

    /** Every task that it can do. */
    default List<Work> tasks() {
        Projection row = new Projection();
        return List.of(
                records -> records.full(this),
                records -> {
                    records.project(this, row);
                    return row;
                },
                records -> records.index(this));
    }
}
