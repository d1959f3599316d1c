package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip (RFC 1952) of one or more members. Unlike the JDK's stream, it distinguishes faults of the data from
 * those of the source, and continues with the next member without asking the source whether anything is available.
 * After the last member it accepts zeros, with which some writers fill a block, as the program gzip does.
 */
final class GzipStream extends InputStream {
    private static final int BUFFER = 1 << 15;

    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    /** A buffer whose bytes in {@code [from, to)} are packed and were not yet given to the inflater. */
    private byte[] buffer;

    private int from;
    private int to;

    private boolean inMember;
    private boolean ended;

    /** The fault in the data after the bytes that were unpacked last; null for none. */
    private @Nullable Fault fault;

    /** Creates a stream that unpacks the bytes {@code [from, to)} of the buffer and then those of the stream. */
    GzipStream(byte[] buffer, int from, int to, InputStream in) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.in = in;
    }

    /** Returns whether the bytes {@code [from, to)} begin as gzip does. */
    static boolean begins(byte[] data, int from, int to) {
        return to - from >= 2 && (data[from] & 0xFF) == 0x1F && (data[from + 1] & 0xFF) == 0x8B;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (fault != null) {
            throw fault;
        }
        while (!ended && length > 0) {
            if (!inMember && !beginMember()) {
                return -1;
            }
            int n = inflate(target, offset, length);
            if (n > 0) {
                crc.update(target, offset, n);
                return n;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw fault(Reason.BAD_GZIP);
            } else {
                if (from == to && !fill()) {
                    throw fault(Reason.END_OF_INPUT);
                }
                inflater.setInput(buffer, from, to - from);
                from = to;
            }
        }
        return ended ? -1 : 0;
    }

    /** Unpacks bytes. Those unpacked before a fault are returned, and the next read throws the fault. */
    private int inflate(byte[] target, int offset, int length) throws Fault {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            int unpacked = (int) (inflater.getBytesWritten() - before);
            Fault found = fault(Reason.BAD_GZIP);
            if (unpacked == 0) {
                throw found;
            }
            fault = found;
            return unpacked;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int available() throws IOException {
        if (ended || (inMember && inflater.finished())) {
            return 0; // a trailer and a header follow, which may not have arrived
        }
        return inMember && !inflater.needsInput() ? 1 : to - from + in.available();
    }

    /** Reads a member's header; returns false if there is no further member. */
    private boolean beginMember() throws IOException {
        if (from == to && !fill()) {
            end();
            return false;
        }
        if (buffer[from] == 0) { // never in the first member, which was seen to begin as gzip does
            skipPadding();
            end();
            return false;
        }
        crc.reset();
        if (next() != 0x1F || next() != 0x8B || next() != DEFLATE) {
            throw fault(Reason.BAD_GZIP);
        }
        int flags = next();
        if (flags > 2 * COMMENT - 1) {
            throw fault(Reason.BAD_GZIP); // RFC 1952: reserved bits must give an error
        }
        skip(6); // modification time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            skip(next16());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            int computed = (int) crc.getValue() & 0xFFFF;
            if (next16() != computed) {
                throw fault(Reason.BAD_GZIP);
            }
        }
        crc.reset();
        inflater.reset();
        inMember = true;
        return true;
    }

    /** Skips zeros to the end of the data. */
    private void skipPadding() throws IOException {
        while (from < to || fill()) {
            if (buffer[from++] != 0) {
                throw fault(Reason.BAD_GZIP);
            }
        }
    }

    /** Checks the trailer of a member: the checksum and the length of its unpacked data. */
    private void endMember() throws IOException {
        from = to - inflater.getRemaining();
        long length = inflater.getBytesWritten() & 0xFFFFFFFFL;
        long checksum = crc.getValue();
        if (next32() != checksum || next32() != length) {
            throw fault(Reason.BAD_GZIP);
        }
        inMember = false;
    }

    private long next32() throws IOException {
        return next16() | (long) next16() << 16;
    }

    private int next16() throws IOException {
        return next() | next() << 8;
    }

    private int next() throws IOException {
        if (from == to && !fill()) {
            throw fault(Reason.END_OF_INPUT);
        }
        crc.update(buffer[from]);
        return buffer[from++] & 0xFF;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int b;
        do {
            b = next();
        } while (b != 0);
    }

    /** Reads packed bytes; returns false if there are none. */
    private boolean fill() throws IOException {
        if (buffer.length < BUFFER) {
            buffer = new byte[BUFFER];
        }
        int n = in.read(buffer, 0, buffer.length);
        if (n == 0) { // violates the contract of InputStream
            int b = in.read();
            n = b < 0 ? -1 : 1;
            buffer[0] = (byte) b;
        }
        from = 0;
        to = Math.max(n, 0);
        return n > 0;
    }

    /** Returns the fault to throw; nothing can be unpacked after it. */
    private Fault fault(Reason reason) {
        end();
        return new Fault(reason);
    }

    private void end() {
        ended = true;
        inflater.end();
    }

    @Override
    public void close() throws IOException {
        end();
        in.close();
    }

    /** Signals that the data is not gzip, or ends too early. */
    static final class Fault extends IOException {
        private static final long serialVersionUID = 1L;

        final Reason reason;

        Fault(Reason reason) {
            super(reason.text);
            this.reason = reason;
        }
    }
}
