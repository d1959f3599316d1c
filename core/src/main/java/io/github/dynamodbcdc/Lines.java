package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The line at the input's position. A value can be confined to its line, so that a fault in it costs no other line; one
 * over a limit can be skipped in it. What follows the line is read only if the value is not complete there: it is cut
 * off, or it has more lines.
 */
final class Lines {
    /**
     * The longest line to which an array or envelope is confined, and the most bytes after a line that decide whether
     * its value has more lines. Much more than a scanner reads ahead of its position.
     */
    private static final int LONG = 1 << 20;

    private final Input input;

    /** Decides whether the value that is confined continues after its line. */
    private final BooleanSupplier continues;

    private final BooleanSupplier atEnd = this::pass;

    private final JsonScanner scanner = new JsonScanner();

    /** The offset before which there is no line break. Thus a line of many values is searched only once. */
    private long searchedTo;

    /** The offset of the value that is confined. */
    private long valueOffset;

    /** The length of its line. */
    private int valueLine;

    /** The longest line to which a value is confined whose line break is expected. */
    private final int longest;

    /** The offset of the value that continues after its line; −1 if no line was passed. */
    private long passed = -1;

    /** The offset of the last fault that a value had after its line. */
    private long brokenUpTo = -1;

    /** The number of bytes that were examined after the lines of broken values. */
    private long examined;

    // The state of the input before it was confined.
    private int end;
    private boolean ended;
    private @Nullable Reason fault;

    /** The offset of the end of the line, in which a value is skipped; the maximum if it is unknown. */
    private long lineEnd;

    /** The bytes after that line, or from its beginning. */
    private Ahead ahead;

    /**
     * @param most the most bytes of a value
     * @param continues is asked once for each value that is confined, if more bytes are needed; if it returns true, the
     *     input is released
     */
    Lines(Input input, int most, BooleanSupplier continues) {
        this.input = input;
        this.continues = continues;
        longest = Math.max(most, LONG);
        input.atGrow = this::confineArrived;
        ahead = new Ahead(input, 0, false, false);
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

    // ------------------------------------------------------------------------------- values that are not kept

    /**
     * Returns the line of this length, and what follows, as an input to skip a value in. It does not move this one.
     *
     * @param slides whether the value is known to have more lines, however many
     */
    Input ahead(int length, boolean slides) {
        long here = input.offset(input.p);
        lineEnd = here + length;
        ahead = new Ahead(input, slides || mayExamine(here) ? length + LONG : length, slides, false);
        return new Input(ahead, false).from(here);
    }

    /** As {@link #ahead}, for a line of any length: it moves this input to the end of the line. */
    Input restAndAhead() {
        long here = input.offset(input.p);
        lineEnd = Long.MAX_VALUE;
        boolean mayHaveMoreLines = mayExamine(here);
        ahead = new Ahead(input, mayHaveMoreLines ? LONG : 0, mayHaveMoreLines, false);
        return new Input(new SequenceInputStream(new Rest(), ahead), false).from(here);
    }

    /** Moves after the value that was skipped; returns whether it ended after its line. */
    boolean passTo(Input skipped) {
        long offset = skipped.offset(skipped.p);
        input.p += (int) Math.max(offset - input.offset(input.p), 0);
        return offset > lineEnd;
    }

    /** Notes why a value was not skipped; returns whether it is cut off, and not longer than what decides. */
    boolean noteFailure(DecodeException failure, Input skipped) {
        boolean isBroken = !ahead.slides || !ahead.isLonger;
        if (isBroken) { // the failure may be one before the fault
            noteFault(Math.max(failure.offset(), skipped.offset(skipped.p)), lineEnd);
        }
        return isBroken;
    }

    /** Returns whether a part of the next line was skipped before this failure. The position is before that line. */
    boolean isInNext(DecodeException failure) {
        long before = failure.offset() - lineEnd;
        for (int i = 0; i < before && i < input.available(); i++) {
            if (!JsonScanner.isSpace(input.data[input.p + i])) {
                return true;
            }
        }
        return false;
    }

    // -------------------------------------------------------------------------------------------- confinement

    /**
     * Confines the input to the line until {@link #release}, if the line has a line break and is not too long. Waits
     * for the line break.
     */
    void confine() {
        int length = input.atLineEnd == null ? length(LONG) : LONG + 1;
        if (length <= LONG && length < input.available()) {
            confineFirst(length);
        }
    }

    /**
     * Confines the input to the line as {@link #confine} as soon as more bytes of a value are wanted and the line break
     * has arrived. Thus a value that is cut off costs no other line, and no more than the next byte is waited for.
     */
    void expectBreak() {
        input.isLine = input.offset(input.p) != passed;
    }

    /**
     * Confines the input to the line if its line break is expected and has arrived.
     *
     * @return whether it is confined now and was not before
     */
    boolean confineArrived() {
        if (input.atLineEnd != null || !input.isLine) {
            return false;
        }
        long here = input.offset(input.p);
        int from = (int) Math.min(Math.max(searchedTo - here, 0), input.available());
        int length = Words.lineFeed(input.data, input.p + from, input.end) - input.p;
        searchedTo = here + length;
        if (length > longest || length == input.available()) {
            return false;
        }
        confineFirst(length);
        return true;
    }

    private void confineFirst(int length) {
        valueOffset = input.offset(input.p);
        valueLine = length;
        confineTo(length);
    }

    /** Returns whether the value that is confined is known to be cut off where its line ends. */
    boolean isCut() {
        return input.atLineEnd != null && input.ended;
    }

    /** Returns whether a value on a line before is cut off, and would contain this one. */
    boolean followsCutLine() {
        return input.offset(input.p) < brokenUpTo;
    }

    private void confineTo(int length) {
        end = input.end;
        ended = input.ended;
        fault = input.fault;
        input.end = input.p + length;
        input.ended = false;
        input.fault = null;
        input.atLineEnd = atEnd;
    }

    private boolean pass() {
        if (input.ended) {
            return false;
        }
        int rest = input.available();
        release();
        if (continues.getAsBoolean()) {
            passed = valueOffset;
            return true;
        }
        confineTo(rest);
        input.ended = true;
        return false;
    }

    /** Undoes {@link #confine} and {@link #expectBreak}. */
    void release() {
        input.isLine = false;
        if (input.atLineEnd != null) {
            input.atLineEnd = null;
            input.end = end;
            input.ended = ended;
            input.fault = fault;
        }
    }

    /**
     * Returns whether the value that was confined is not JSON with the lines after it either. One that is longer than
     * what is examined counts as JSON, unless it is deeper than a record can be.
     */
    boolean isCutOff() {
        if (!mayExamine(valueOffset)) {
            return true;
        }
        int read = (int) (input.offset(input.p) - valueOffset);
        input.p -= read; // while it was confined, nothing was read from the source
        boolean isCutOff = isCutOffHere();
        input.p += read;
        return isCutOff;
    }

    /** As {@link #isCutOff}, for the value at the input's position. Looks at available bytes before it copies any. */
    private boolean isCutOffHere() {
        int most = valueLine + LONG;
        scanner.reset(input.data, input.p, input.p + Math.min(input.available(), most), true);
        try {
            return scanner.skip(input.p, 0) - input.p <= valueLine; // such as a number, which a line break ends
        } catch (NeedMore e) {
            return isCutOffAhead(most);
        } catch (DecodeException e) {
            if (e.reason() == Reason.DEPTH_LIMIT) {
                return isCutOffAhead(most);
            }
            noteFault(valueOffset + e.offset(), valueOffset + valueLine);
            return true;
        }
    }

    private boolean isCutOffAhead(int most) {
        Ahead bytes = new Ahead(input, most, false, true);
        StreamScanner ofAhead = new StreamScanner(new Input(bytes, false).from(valueOffset));
        try {
            ofAhead.skip();
            return ofAhead.input.offset(ofAhead.input.p) <= valueOffset + valueLine;
        } catch (DecodeException e) {
            // Lines that are cut off are nested in one another: a value so deep is none.
            if (input.hasFailed()) {
                return false; // the rest is not known: records in it are returned, and then the failure is thrown
            }
            boolean isBroken = !bytes.isLonger || ofAhead.openLevels() > DecodeLimits.MAX_JSON_DEPTH;
            if (isBroken) {
                noteFault(ofAhead.fault(e).offset(), valueOffset + valueLine);
            }
            return isBroken;
        }
    }

    /**
     * Returns whether the lines after a value may be examined. In a value that is broken, they are so long as all that
     * was examined is not much more than the input: each of many lines that are cut off would be continued by all
     * others.
     */
    private boolean mayExamine(long offset) {
        return offset >= brokenUpTo || examined <= 2 * offset + LONG;
    }

    private void noteFault(long offset, long endOfLine) {
        brokenUpTo = Math.max(brokenUpTo, offset);
        examined += Math.max(offset - endOfLine, 0);
    }

    // ------------------------------------------------------------------------------------------------ streams

    /** The bytes to the end of the line as a stream, which moves the input. */
    private final class Rest extends InputStream {
        @Override
        public int read(byte[] target, int offset, int length) {
            if (input.p == input.end && !input.moreQuietly()) {
                return -1;
            }
            int from = input.p;
            int to = Words.lineFeed(input.data, from, from + Math.min(input.available(), length));
            if (to == from) {
                lineEnd = input.offset(to);
                return -1;
            }
            System.arraycopy(input.data, from, target, offset, to - from);
            input.p = to;
            return to - from;
        }

        @Override
        public int read() throws IOException {
            return readOne(this);
        }
    }

    /**
     * The next bytes as a stream. It moves the input only after the bytes that decide, and keeps the last ones. If the
     * source fails, its failure is thrown, or the stream ends.
     */
    private static final class Ahead extends InputStream {
        private final Input input;

        /** How many bytes decide. */
        private final int most;

        /** Whether it goes on after them. */
        private final boolean slides;

        /** The number of bytes from the input's position that were handed out. */
        private int at;

        /** Whether more bytes were needed than decide. */
        private boolean isLonger;

        /** Whether it ends where the source fails. */
        private final boolean isQuiet;

        Ahead(Input input, int most, boolean slides, boolean isQuiet) {
            this.input = input;
            this.most = most;
            this.slides = slides;
            this.isQuiet = isQuiet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws GzipStream.Fault {
            if (at == most && !isLonger) {
                isLonger = true;
                at = Math.min(most, LONG);
                input.p += slides ? most - at : 0;
            }
            if ((isLonger && !slides) || (at == input.available() && !(isQuiet ? input.moreQuietly() : input.more()))) {
                if (input.fault != null) {
                    throw new GzipStream.Fault(input.fault);
                }
                return -1;
            }
            int count = Math.min(input.available() - at, length);
            count = isLonger ? count : Math.min(count, most - at);
            System.arraycopy(input.data, input.p + at, target, offset, count);
            if (isLonger) {
                input.p += count;
            } else {
                at += count;
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            return readOne(this);
        }
    }

    private static int readOne(InputStream in) throws IOException {
        byte[] one = new byte[1];
        return in.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
}
