package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line at the input's position. An array or envelope can be confined to its line, so that a fault in it costs no
 * other line. What follows the line is read only if the value is not complete there: it is cut off, or it has more
 * lines.
 */
final class Lines {
    /** The longest line to which a value is confined, and the most bytes that decide whether it has more lines. */
    private static final int LONG = 1 << 20;

    private final Input input;

    /** The offset before which there is no line break. Thus a line of many values is searched only once. */
    private long searchedTo;

    /** The offset of the value that is confined. */
    private long valueOffset;

    /** The offset of the last fault that a value had after its line. */
    private long brokenUpTo = -1;

    // The state of the input before it was confined.
    private int end;
    private boolean ended;
    private @Nullable Reason fault;

    Lines(Input input) {
        this.input = input;
    }

    /**
     * Returns the length of the line from the input's position; more than {@code most} if it is longer than that. If
     * the source fails, the line ends there.
     */
    int length(int most) {
        long here = input.offset(input.p);
        int looked = (int) Math.min(Math.max(searchedTo - here, 0), input.available());
        for (; ; ) {
            int limit = (int) Math.min(input.end, input.p + most + 1L);
            int to = Words.lineFeed(input.data, Math.min(input.p + looked, limit), limit);
            looked = to - input.p;
            if (to < limit || looked > most || !input.moreQuietly()) {
                searchedTo = here + looked;
                return looked;
            }
        }
    }

    /** Moves to the end of the line. */
    void skip() {
        do {
            input.p = Words.lineFeed(input.data, input.p, input.end);
        } while (input.p == input.end && input.moreQuietly());
    }

    /** Returns the rest of the line as a stream, which moves the input. */
    InputStream rest() {
        return new Rest(input);
    }

    // -------------------------------------------------------------------------------------------- confinement

    /**
     * Confines the input to the line until {@link #release}, if the line has a line break and is not too long.
     *
     * @param continues is asked once, if more bytes are needed; if it returns true, the input is released
     */
    void confine(BooleanSupplier continues) {
        int length = length(LONG);
        if (length <= LONG && length < input.available()) {
            valueOffset = input.offset(input.p);
            confine(length, () -> pass(continues));
        }
    }

    private void confine(int length, BooleanSupplier atEnd) {
        end = input.end;
        ended = input.ended;
        fault = input.fault;
        input.end = input.p + length;
        input.ended = false;
        input.fault = null;
        input.atLineEnd = atEnd;
    }

    private boolean pass(BooleanSupplier continues) {
        boolean decided = input.ended;
        int rest = input.available();
        BooleanSupplier atEnd = input.atLineEnd;
        release();
        boolean passed = !decided && continues.getAsBoolean();
        if (!passed && atEnd != null) {
            confine(rest, atEnd);
            input.ended = true;
        }
        return passed;
    }

    /** Undoes {@link #confine}. */
    void release() {
        if (input.atLineEnd != null) {
            input.atLineEnd = null;
            input.end = end;
            input.ended = ended;
            input.fault = fault;
        }
    }

    /**
     * Returns whether the value that was confined is not JSON with the lines after it. A value that is longer than what
     * is examined counts as JSON.
     */
    boolean isBroken() {
        if (valueOffset < brokenUpTo) {
            return true; // the value before it did not end, and neither does this one
        }
        int read = (int) (input.offset(input.p) - valueOffset);
        input.p -= read; // while it was confined, nothing was read from the source
        Ahead ahead = new Ahead(input);
        StreamScanner ofAhead = new StreamScanner(new Input(ahead, false).from(valueOffset));
        boolean isBroken = false;
        try {
            ofAhead.skip();
        } catch (DecodeException e) {
            brokenUpTo = ofAhead.fault(e).offset();
            isBroken = !ahead.isLonger;
        }
        input.p += read;
        return isBroken;
    }

    // ------------------------------------------------------------------------------------------------ streams

    private static final class Rest extends InputStream {
        private final Input input;

        Rest(Input input) {
            this.input = input;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (input.p == input.end && !input.moreQuietly()) {
                return -1;
            }
            int from = input.p;
            int to = Words.lineFeed(input.data, from, from + Math.min(input.available(), length));
            System.arraycopy(input.data, from, target, offset, to - from);
            input.p = to;
            return to == from ? -1 : to - from;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }

    /** The next bytes as a stream, which does not move the input: as many as are examined at most. */
    private static final class Ahead extends InputStream {
        private final Input input;
        private int at;

        /** Whether more bytes were needed than are examined. */
        private boolean isLonger;

        Ahead(Input input) {
            this.input = input;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            isLonger |= at == LONG;
            if (isLonger || (at == input.available() && !input.moreQuietly())) {
                return -1;
            }
            int count = Math.min(Math.min(input.available(), LONG) - at, length);
            System.arraycopy(input.data, input.p + at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }
}
