package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Reads an input to its end in large pieces, without looking for records: the cost of unpacking it alone. Divides the
 * input by the number of its records, so that its times are per record.
 */
final class InputOnly implements Iterator<Object> {
    private final InputStream input;
    private final long bytesPerRecord;
    private final byte[] piece = new byte[64 * 1024];
    private int recordsLeft;
    private long ahead;

    /** Creates one for an input that has {@code bytes} bytes after it is unpacked. */
    InputOnly(InputStream input, long bytes, int records) {
        this.input = input;
        this.bytesPerRecord = bytes / records;
        this.recordsLeft = records;
    }

    @Override
    public boolean hasNext() {
        return recordsLeft > 0;
    }

    /** Returns the buffer, after the bytes of one more record have been read, or all of the input for the last. */
    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        recordsLeft--;
        ahead -= bytesPerRecord;
        try {
            for (int read = 0; (ahead < 0 || recordsLeft == 0) && read >= 0; ahead += read) {
                read = input.read(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return piece;
    }
}
