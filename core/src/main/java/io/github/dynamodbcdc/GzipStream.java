package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip (RFC 1952), one member or several after another. Unlike the JDK's stream it tells faults of the data from
 * those of the source, and goes on to the next member without asking the source whether anything is available.
 */
final class GzipStream extends InputStream {
    private static final int BUFFER = 1 << 15;

    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    /** The data is not gzip, or ends too early. */
    static final class Fault extends IOException {
        private static final long serialVersionUID = 1L;

        final Reason reason;

        Fault(Reason reason) {
            super(reason.text);
            this.reason = reason;
        }
    }

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    /** Packed bytes that neither the inflater nor anything else has taken. */
    private byte[] buffer;

    private int from;
    private int to;

    private boolean inMember;
    private boolean ended;

    /** The fault in the data after what was unpacked last; null for none. */
    private @Nullable Fault fault;

    /** Of the packed bytes {@code [from, to)} of the buffer and all of the stream behind them. */
    GzipStream(byte[] buffer, int from, int to, InputStream in) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.in = in;
    }

    /** Whether gzip begins there. */
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

    /** Unpacks; what was unpacked before a fault counts, and the fault is thrown by the next read. */
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
        return ended ? 0 : inMember && !inflater.needsInput() ? 1 : to - from + in.available();
    }

    /** Reads a member's header; false if there is no further member. */
    private boolean beginMember() throws IOException {
        if (from == to && !fill()) {
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

    /** Checks what follows a member's data: the checksum and the length of what it unpacked to. */
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

    /** Reads packed bytes; false if there are none. */
    private boolean fill() throws IOException {
        if (buffer.length < BUFFER) {
            buffer = new byte[BUFFER];
        }
        int n = in.read(buffer, 0, buffer.length);
        if (n == 0) { // against its contract
            int b = in.read();
            n = b < 0 ? -1 : 1;
            buffer[0] = (byte) b;
        }
        from = 0;
        to = Math.max(n, 0);
        return n > 0;
    }

    /** What is wrong; nothing can be unpacked after it. */
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
}
