package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;

/** A set of records, as arrays or as buffers, gone through in turn and over again. */
final class Records {
    private final byte[][] arrays;
    private final ByteBuffer @Nullable [] buffers;
    private int current;

    Records(byte[][] arrays) {
        this(arrays, null);
    }

    Records(byte[][] arrays, ByteBuffer @Nullable [] buffers) {
        this.arrays = arrays;
        this.buffers = buffers;
    }

    int size() {
        return arrays.length;
    }

    double meanBytes() {
        return Arrays.stream(arrays).mapToInt(array -> array.length).average().orElseThrow();
    }

    /** Goes on to the next record; returns its length. */
    int next() {
        int next = current + 1;
        current = next == arrays.length ? 0 : next;
        return arrays[current].length;
    }

    /** The bytes of the current record. */
    byte[] bytes() {
        return arrays[current];
    }

    PlainEvent full(EventReader reader) throws Exception {
        return buffers == null ? reader.full(arrays[current]) : reader.full(buffers[current]);
    }

    void project(EventReader reader, Projection row) throws Exception {
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

    /** Pinot's decoders take arrays: its consumers copy what a client library hands out as a buffer. */
    GenericRow row(RowReader reader) throws Exception {
        return reader.row(buffers == null ? arrays[current] : copy(buffers[current]));
    }

    static byte[] copy(ByteBuffer record) {
        byte[] copy = new byte[record.remaining()];
        record.get(record.position(), copy);
        return copy;
    }
}
