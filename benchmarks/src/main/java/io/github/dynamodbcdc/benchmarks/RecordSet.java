package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;

/** A set of records, as arrays or as buffers, with a current record; the first record follows the last. */
final class RecordSet {
    /** A task on the current record of a set. */
    interface Work {
        Object run(RecordSet records) throws Exception;
    }

    private final byte[][] arrays;
    private final ByteBuffer @Nullable [] buffers;
    private int current;

    RecordSet(byte[][] arrays) {
        this(arrays, null);
    }

    RecordSet(byte[][] arrays, ByteBuffer @Nullable [] buffers) {
        this.arrays = arrays;
        this.buffers = buffers;
    }

    int size() {
        return arrays.length;
    }

    double meanBytes() {
        return Arrays.stream(arrays).mapToInt(array -> array.length).average().orElseThrow();
    }

    /** Moves to the next record and returns its length. */
    int next() {
        int next = current + 1;
        current = next == arrays.length ? 0 : next;
        return arrays[current].length;
    }

    /** Returns the bytes of the current record. */
    byte[] bytes() {
        return arrays[current];
    }

    EventReader.PlainEvent full(EventReader reader) throws Exception {
        return buffers == null ? reader.full(arrays[current]) : reader.full(buffers[current]);
    }

    void project(EventReader reader, ProjectedRow row) throws Exception {
        row.clear();
        if (buffers == null) {
            reader.project(arrays[current], row);
        } else {
            reader.project(buffers[current], row);
        }
    }

    Object index(EventReader reader) throws Exception {
        return buffers == null ? reader.index(arrays[current]) : reader.index(buffers[current]);
    }

    /** Returns the reader's row. Copies buffers, because Pinot's decoders take arrays and its consumers copy too. */
    GenericRow row(RowReader reader) throws Exception {
        return reader.row(buffers == null ? arrays[current] : copy(buffers[current]));
    }

    static byte[] copy(ByteBuffer record) {
        byte[] copy = new byte[record.remaining()];
        record.get(record.position(), copy);
        return copy;
    }
}
