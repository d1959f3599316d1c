package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a reader reads, in chunks: of a stream a window that moves on, of an array the array itself; after gzip.
 *
 * <pre>
 *   data   [ read before | p … not yet read … end | room for more ]
 * </pre>
 *
 * <p>Asking for {@link #more} keeps the bytes from {@code p} on together: behind {@code end} if there is room, else in
 * another array, to which only they are copied. An array is never written to where it was read, because events refer to
 * it; but for those of a session, whose arrays are used again when its event has gone on to another record.
 */
final class Input implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    /**
     * Chunks grow with the records, so that not every record crosses the end of one, up to this size: larger ones leave
     * the processor's cache before they are decoded, which costs more than to copy what crosses.
     */
    private static final int MAX_CHUNK = 1 << 18;

    private static final int RECORDS_PER_CHUNK = 4;

    private static final int MAX_EXPECTED = 1 << 20;

    /** Less room than this is not worth a read. */
    private static final int MIN_ROOM = 1 << 12;

    byte[] data;

    /** The first byte that was not read, and behind the last one. */
    int p;

    int end;

    /** Nothing can follow {@link #end}. */
    boolean ended;

    /** What is wrong with the gzip data behind {@link #end}; null for nothing. */
    @Nullable
    Reason fault;

    /** How long records are, as far as the reader has seen; one that is very long says nothing of the next. */
    private int expected = 1 << 10;

    /** The offset of {@code data[0]}; negative if the input is a part of an array. */
    private long base;

    private @Nullable InputStream in;
    private final boolean reuses;
    private boolean begun;

    /** What the source threw, perhaps when more was asked for than was needed; told when it is needed, and from then on. */
    private @Nullable RuntimeException failure;

    private boolean failureWasTold;

    private final ClosingBracket closing = new ClosingBracket();

    /** Arrays that can be used again: at once, and when the session's event has gone on. */
    private byte @Nullable [] spare;

    private byte @Nullable [] pinned;
    private byte @Nullable [] spareOncePinnedIsFree;

    /** Of a part of an array. */
    Input(byte[] array, int offset, int length) {
        reuses = false;
        boolean gzip = GzipStream.begins(array, offset, offset + length);
        data = gzip ? new byte[0] : array;
        if (gzip) {
            in = new GzipStream(new byte[0], 0, 0, new ByteArrayInputStream(array, offset, length));
            begun = true;
            return;
        }
        p = offset;
        end = offset + length;
        base = -offset;
        ended = true;
    }

    /** Of a stream. {@code reuses}: an array may be written to again once {@link #unpin} was called. */
    Input(InputStream in, boolean reuses) {
        this.in = in;
        this.reuses = reuses;
        data = new byte[0];
    }

    /** How far from the input's first byte this position is. */
    long offset(int position) {
        return base + position;
    }

    int available() {
        return end - p;
    }

    /** A record was this long. */
    void expect(int recordLength) {
        expected = Math.max(Math.min(recordLength, MAX_EXPECTED), expected - (expected >> 6));
    }

    /** The event shows a record in the present array. */
    void pin() {
        pinned = reuses ? data : null;
    }

    /** The event shows no record any more. */
    void unpin() {
        pinned = null;
        if (spareOncePinnedIsFree != null) {
            spare = spareOncePinnedIsFree;
            spareOncePinnedIsFree = null;
        }
    }

    /**
     * Gets at least one more byte behind {@link #end}, waiting for it; {@link #p} and {@link #end} may move together.
     *
     * @return false if there are none
     * @throws RuntimeException what the source throws, IOExceptions as {@link UncheckedIOException}
     */
    boolean more() {
        boolean more = failure == null && read();
        if (failure != null) {
            failureWasTold = true;
            throw failure;
        }
        return more;
    }

    /** Throws once more what the source threw: nothing behind it can be told. */
    void checkSource() {
        if (failureWasTold && failure != null) {
            throw failure;
        }
    }

    /** Gets so many bytes together, unless there are fewer. */
    void require(int bytes) {
        boolean more = true;
        while (more && available() < bytes) {
            more = more();
        }
    }

    /**
     * Gets so much more that trying again what ran out of bytes costs no more than all tries before; or less, if the value
     * at {@link #p} seems to be whole, because nothing may follow it for long in a stream that is written while it is read.
     *
     * @return false if there are none
     */
    boolean grow() {
        int before = available();
        long wanted = before * 2L;
        while (available() < wanted && more()) {
            if (available() < wanted && closing.isIn(data, p, end, offset(p))) {
                break;
            }
        }
        return available() > before;
    }

    /**
     * Gets what a record of the usual length lacks, so that it is not tried in vain: of what is there already, or if the
     * bytes so far end in the midst of a value, whose rest will not be long. Never throws.
     */
    void prefetch() {
        boolean more = failure == null && !ended && in != null;
        while (more && available() < expected && (endsInMidst() || hasMore())) {
            more = read();
        }
    }

    private boolean hasMore() {
        try {
            return in != null && in.available() > 0;
        } catch (IOException | RuntimeException e) {
            return false; // what is wrong, reading will tell
        }
    }

    private boolean endsInMidst() {
        if (p == end) {
            return false;
        }
        byte last = data[end - 1];
        return last != '}' && last != ']' && !JsonScanner.isSpace(last);
    }

    /** False if there is no more, or the source has failed. */
    private boolean read() {
        if (ended || in == null) {
            return false;
        }
        try {
            return readOnce();
        } catch (GzipStream.Fault e) {
            fault = e.reason;
            ended = true;
            return false;
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) { // streams of network clients have such
            failure = e;
        }
        return false;
    }

    private boolean readOnce() throws IOException {
        if (data.length - end < MIN_ROOM) {
            makeRoom();
        }
        if (in == null) {
            return false;
        }
        int n = in.read(data, end, data.length - end);
        if (n == 0) { // against its contract
            int b = in.read();
            n = b < 0 ? -1 : 1;
            data[end] = (byte) b;
        }
        ended = n < 0;
        end += Math.max(n, 0);
        return begun ? !ended : begin();
    }

    /** What is gzip is known by its first two bytes. */
    private boolean begin() throws IOException {
        if (available() < 2 && !ended) {
            return readOnce();
        }
        begun = true;
        if (in != null && GzipStream.begins(data, p, end)) {
            in = new GzipStream(data.clone(), p, end, in);
            end = p;
            return readOnce();
        }
        return available() > 0;
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not one with equal bytes
    private void makeRoom() {
        int kept = available();
        int chunk = Math.max(CHUNK, Math.min(expected * RECORDS_PER_CHUNK, MAX_CHUNK));
        byte[] next = array((int) Math.max(chunk, Math.min(kept * 2L, Integer.MAX_VALUE - 16)));
        System.arraycopy(data, p, next, 0, kept);
        base += p;
        p = 0;
        end = kept;
        if (reuses && data == pinned) {
            spareOncePinnedIsFree = data;
        } else if (reuses) {
            spare = data;
        }
        data = next;
    }

    private byte[] array(int length) {
        byte[] known = spare;
        if (known != null && known.length >= length) {
            spare = null;
            return known;
        }
        return new byte[length];
    }

    /** Closes the source. */
    @Override
    public void close() {
        ended = true;
        p = end;
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Looks for the end of a value whose bytes come in pieces, at each byte once: so a value can be decoded as soon as it is
     * there, however small the pieces are. A guess: whether the bytes are JSON, the decoder says.
     */
    static final class ClosingBracket {
        /** The offset of the value in the input; −1 for none. */
        private long start = -1;

        private int looked;
        private int depth;
        private boolean inString;
        private boolean found;

        /** Whether the value at {@code p}, whose offset is {@code offset}, ends before {@code end}; tells it once. */
        boolean isIn(byte[] data, int p, int end, long offset) {
            if (offset != start) {
                start = offset;
                looked = 0;
                depth = 0;
                inString = false;
                found = false;
            }
            int at = p + looked;
            while (at < end && !found) {
                byte b = data[at++];
                if (inString) {
                    at += b == '\\' ? 1 : 0;
                    inString = b != '"';
                } else if (b == '"') {
                    inString = true;
                    continue;
                } else if (b == '{' || b == '[') {
                    depth++;
                } else if (b == '}' || b == ']') {
                    depth--;
                } else {
                    continue;
                }
                found = depth <= 0 && !inString;
                if (found) {
                    looked = at - p;
                    return true;
                }
            }
            looked = at - p;
            return false;
        }
    }
}
