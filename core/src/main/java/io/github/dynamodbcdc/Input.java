package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The input of a reader, after gzip: a window that moves over a stream in chunks, or an array itself.
 *
 * <pre>
 *   data   [ read before | p … not yet read … end | room for more ]
 * </pre>
 *
 * <p>{@link #more} keeps the bytes from {@code p} contiguous: it reads to {@code end} if there is room, or else copies
 * them to another array and reads there. It never overwrites bytes that were read, because events refer to them. The
 * exception is a session: its arrays are reused once its event shows another record.
 */
final class Input implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    /**
     * The largest chunk. Chunks grow with the records, because otherwise every long record would cross the end of one.
     * Larger chunks would leave the processor's cache before they are decoded, which costs more than copying the bytes
     * of a record that crosses.
     */
    private static final int MAX_CHUNK = 1 << 18;

    /**
     * The minimum size of a session's chunks of unpacked gzip, after the first: zlib copies 32 KiB to its own window
     * for each chunk. Measured: reading takes 1.04 times as long with the usual size (TYPICAL; 1.03 SMALL, 1.02
     * INSERT). JDK 17, lines. No gain for a decoder's reader, whose chunks are new memory; no gain from larger ones.
     */
    private static final int GZIP_CHUNK = 1 << 18;

    private static final int RECORDS_PER_CHUNK = 4;

    /** An array that is used again has at most this many times the size of a chunk. */
    private static final int SPARE_PER_CHUNK = 4;

    /** No record is expected to be longer. */
    private static final int MAX_EXPECTED = 1 << 20;

    /** A value that is longer grows by half of its length only. */
    private static final int LONG = 1 << 24;

    /** Less room than this is not worth a read. */
    private static final int MIN_ROOM = 1 << 12;

    byte[] data;

    /** The position of the next byte to read. */
    int p;

    /** The position after the last byte. */
    int end;

    /** Whether nothing can follow {@link #end}. */
    boolean ended;

    /** The fault in the gzip data after {@link #end}; null for none. */
    @Nullable
    Reason fault;

    /** The expected length of a record: that of the longest so far, up to a limit, less 1/64 for each record since. */
    private int expected = 1 << 10;

    /** The length of the last record. If as much is available, the next one is probably complete. */
    private int last = expected;

    /** The offset of {@code data[0]} in the input; negative if the input is a part of an array. */
    private long base;

    private @Nullable InputStream in;
    private final boolean reuses;
    private boolean begun;

    /**
     * The failure of the source, which may occur when more bytes are requested than needed. It is thrown when the bytes
     * are needed, and on every call after that.
     */
    private @Nullable RuntimeException failure;

    private boolean failureWasThrown;

    /** Decides whether more bytes follow a line to which {@link Lines} has confined the input; null if it has not. */
    @Nullable
    BooleanSupplier atLineEnd;

    /** Whether a line break ends the value at {@link #p}. */
    boolean isLine;

    /**
     * Is asked when more bytes of a value are wanted that a line break ends; returns whether {@link Lines} has just
     * confined the input to its line, which has arrived. Null if nothing is read line by line.
     */
    @Nullable
    BooleanSupplier atGrow;

    /** How much of the value at {@link #p} is wanted at most, if less is available. */
    private int most;

    private final ClosingBracket closing = new ClosingBracket();

    /** An array that can be reused now. */
    private byte @Nullable [] spare;

    /** The array whose bytes the session's event shows. */
    private byte @Nullable [] pinned;

    /** An array that can be reused once the session's event shows no record in it. */
    private byte @Nullable [] spareOncePinnedIsFree;

    /**
     * Creates an input over a part of an array.
     *
     * @param reuses whether an array of unpacked bytes may be overwritten after {@link #unpin}
     */
    Input(byte[] array, int offset, int length, boolean reuses) {
        this.reuses = reuses;
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

    /**
     * Creates an input over a stream.
     *
     * @param reuses whether an array may be overwritten after {@link #unpin}
     */
    Input(InputStream in, boolean reuses) {
        this.in = in;
        this.reuses = reuses;
        data = new byte[0];
    }

    /** Counts offsets from this one, because the input is a part of another, and not gzip; returns the input. */
    Input from(long offset) {
        base = offset;
        begun = true;
        return this;
    }

    /** Returns an input over a part of the current array, with the same offsets. */
    Input part(int from, int length) {
        Input part = new Input(data, from, length, reuses);
        part.base = base;
        return part;
    }

    /** Returns the offset of a position from the input's first byte. */
    long offset(int position) {
        return base + position;
    }

    int available() {
        return end - p;
    }

    /** Learns from the length of a record how long the next one may be. */
    void expect(int recordLength) {
        expected = Math.max(Math.min(recordLength, MAX_EXPECTED), expected - (expected >> 6));
        last = recordLength;
    }

    /** Keeps the current array from being reused, because the event shows a record in it. */
    void pin() {
        pinned = reuses ? data : null;
    }

    /** Allows all arrays to be reused, because the event no longer shows a record. */
    void unpin() {
        pinned = null;
        if (spareOncePinnedIsFree != null) {
            spare = spareOncePinnedIsFree;
            spareOncePinnedIsFree = null;
        }
    }

    /**
     * Reads at least one more byte to {@link #end}, and waits for it. {@link #p} and {@link #end} may move together.
     *
     * @return false if the input has no more bytes
     * @throws RuntimeException if the source throws one; {@link UncheckedIOException} if it throws an IOException
     */
    boolean more() {
        if (atLineEnd != null) {
            return atLineEnd.getAsBoolean();
        }
        boolean more = failure == null && read();
        if (failure != null) {
            failureWasThrown = true;
            throw failure;
        }
        return more;
    }

    /** Throws the failure of the source again, because nothing after it can be read. */
    void checkSource() {
        if (failureWasThrown && failure != null) {
            throw failure;
        }
    }

    /** Returns whether the source has failed, which is thrown when more bytes are needed. */
    boolean hasFailed() {
        return failure != null;
    }

    /** As {@link #more}, but returns false if the source fails, which is thrown when the bytes are needed. */
    boolean moreQuietly() {
        return failure == null && read();
    }

    /** Reads until at least that many bytes are available, or the input ends. */
    void require(int bytes) {
        boolean more = true;
        while (more && available() < bytes) {
            more = more();
        }
    }

    /**
     * Reads until twice as many bytes are available: decoding again then costs no more than all attempts before. Stops
     * earlier if the value at {@link #p} seems complete, because a stream that is still being written may pause after
     * it, or if its line is.
     *
     * @return false if the input has no more bytes
     */
    boolean grow() {
        return grow(Integer.MAX_VALUE);
    }

    /** As {@link #grow()}, but reads at most {@code most} bytes if less are available, because no more are needed. */
    boolean grow(int most) {
        if (isLineComplete()) {
            return true;
        }
        int before = available();
        long wanted = before < most ? Math.min(before * 2L, most) : before * 2L;
        this.most = most;
        while (available() < wanted && more()) {
            if (available() < wanted && closing.isIn(data, p, end, offset(p))) {
                break;
            }
            if (isLineComplete()) {
                return true;
            }
        }
        return available() > before;
    }

    private boolean isLineComplete() {
        return isLine && atGrow != null && atGrow.getAsBoolean();
    }

    /**
     * Reads up to the usual length of a record, which avoids an attempt to decode an incomplete one. Reads bytes that
     * the source already has, and waits only for the rest of an object or array that seems incomplete. Never throws.
     */
    void prefetch() {
        boolean more = failure == null && !ended && in != null && atLineEnd == null;
        while (more && available() < expected && (hasMore() || (available() < last && isIncomplete()))) {
            more = read();
        }
    }

    private boolean hasMore() {
        try {
            return in != null && in.available() > 0;
        } catch (IOException | RuntimeException e) {
            return false; // the next read will report it
        }
    }

    /** Returns whether an object or array begins here that seems not to end in the window, nor on a line in it. */
    private boolean isIncomplete() {
        if (p == end || (data[p] != '{' && data[p] != '[')) {
            return false;
        }
        return !closing.isIn(data, p, end, offset(p)) && !closing.found && !isLineComplete();
    }

    /** Returns whether bytes were read; false if the input has no more or the source failed. */
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
        } catch (RuntimeException e) { // streams of network clients throw them
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
        if (n == 0) { // violates the contract of InputStream
            int b = in.read();
            n = b < 0 ? -1 : 1;
            data[end] = (byte) b;
        }
        ended = n < 0;
        end += Math.max(n, 0);
        return begun ? !ended : begin();
    }

    /** Detects gzip by the first two bytes; returns whether there are bytes to read. */
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
        boolean continuesGzip = reuses && in instanceof GzipStream && data.length > 0;
        int least = continuesGzip ? GZIP_CHUNK : CHUNK;
        int chunk = Math.max(least, Math.min(expected * RECORDS_PER_CHUNK, MAX_CHUNK));
        // Long values get less room, because both arrays are in memory while they are copied.
        long room = kept < LONG ? kept * 2L : kept + kept / 2L;
        room = kept < most ? Math.min(room, (long) most + MIN_ROOM) : room;
        byte[] next = array((int) Math.max(chunk, Math.min(room, Integer.MAX_VALUE - 16)));
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
        // After a record much longer than the expected ones, its arrays are released.
        int longest = Math.max(MAX_CHUNK, expected * RECORDS_PER_CHUNK) * SPARE_PER_CHUNK;
        if (known != null && known.length >= length && known.length <= Math.max(length, longest)) {
            spare = null;
            return known;
        }
        return new byte[length];
    }

    /** Closes the source. */
    @Override
    public void close() {
        atLineEnd = null;
        isLine = false;
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
     * Searches for the end of a value that arrives in pieces, and reads each byte once. A value can thus be decoded as
     * soon as its last byte arrives, however small the pieces are. The result is a guess: only the decoder validates
     * the JSON.
     */
    static final class ClosingBracket {
        /** The offset of the value in the input; −1 for none. */
        private long start = -1;

        /** The number of bytes of the value that were searched. */
        private int searched;

        private int depth;
        private boolean inString;
        private boolean found;

        /**
         * Returns whether the value at {@code p} ends before {@code end}; true only once for each value.
         *
         * @param offset the offset of the value in the input
         */
        boolean isIn(byte[] data, int p, int end, long offset) {
            if (offset != start) {
                start = offset;
                searched = 0;
                depth = 0;
                inString = false;
                found = false;
            }
            int at = p + searched;
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
                    searched = at - p;
                    return true;
                }
            }
            searched = at - p;
            return false;
        }
    }
}
