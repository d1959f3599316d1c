package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.InPlaceRecords.Passed;
import io.github.dynamodbcdc.RecordClassifier.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that follow one another at the top of the input, with or without white space between them.
 *
 * <p>A line break delimits them, so that a broken record costs its line alone, once the input has proved that it does:
 * the first value is on one line and a line break follows it, and no value after it goes on past the end of its line.
 *
 * <p>A separator between records is a failure of its own, and costs no record. It is one only where a line break, a
 * record or the end of the input follows it, so that a record that ended too early is not taken for one with a comma
 * after it.
 */
final class TopLevelRecords {
    /** More separators together than this are not looked at as one. */
    private static final int LONG_RUN = 1 << 16;

    private static final byte RECORD_SEPARATOR = 0x1E;

    private final StreamScanner scan;
    private final Input input;
    private final InPlaceRecords plain;
    private final RecordDecoder decoder;
    private final int max;

    /** The offset of the line break that was looked for last: a line of many bad values is gone through once. */
    private long lineEnd = -1;

    /** Separators before this offset were found to be such: a run of many is gone through once. */
    private long separatedTo = -1;

    /** How many values were read, as long as it matters. */
    private int values;

    /** Lines delimit records; or will, if a line break follows the first. */
    private boolean lines = true;

    /** A line break followed the first value. */
    private boolean broke;

    TopLevelRecords(StreamScanner scan, InPlaceRecords plain, RecordDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.plain = plain;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
    }

    /** Goes on to the next value or separator; false at the end of the input. */
    boolean next() {
        if (values != 1 || !lines || broke) {
            return scan.skipSpace();
        }
        do {
            for (; input.p < input.end && JsonScanner.isSpace(input.data[input.p]); input.p++) {
                broke |= input.data[input.p] == '\n';
            }
        } while (input.p == input.end && input.more());
        lines = broke || isAtSeparator(); // after which the line break may come
        return input.p < input.end;
    }

    /** Whether a separator is at the input's position, and not the rest of a broken record. */
    boolean isAtSeparator() {
        if (separator(0) == 0) {
            return false;
        }
        if (input.offset(input.p) < separatedTo) {
            return true;
        }
        int run = separators(0, LONG_RUN);
        if (run < 0) {
            return false;
        }
        separatedTo = input.offset(input.p + run);
        return true;
    }

    /** How many bytes the separator takes that is {@code i} bytes after the input's position; 0 if there is none. */
    private int separator(int i) {
        if (!has(i)) {
            return 0;
        }
        switch (input.data[input.p + i]) {
            case ',':
            case ';':
            case '|':
            case RECORD_SEPARATOR:
                return 1;
            case '\\':
                byte letter = has(i + 1) ? input.data[input.p + i + 1] : 0;
                return letter == 'n' || letter == 'r' || letter == 't' ? 2 : 0;
            default:
                return 0;
        }
    }

    private boolean has(int i) {
        input.require(i + 1);
        return i < input.available();
    }

    /**
     * Passes over separators and white space, from {@code i} bytes after the input's position to the next line or
     * record or the end of the input, but not over more than {@code most} bytes.
     *
     * @return how far after the input's position that is; −1 if something else follows
     */
    private int separators(int i, int most) {
        for (int from = i; i - from <= most && has(i); ) {
            byte b = input.data[input.p + i];
            if (b == '\n' || b == '{' || b == '[') {
                return i;
            }
            int length = JsonScanner.isSpace(b) ? 1 : separator(i);
            if (length == 0) {
                return -1;
            }
            i += length;
        }
        return i;
    }

    /** Whether a byte order mark begins here, where nothing was read before; it is passed over. */
    void skipByteOrderMark() {
        input.require(3);
        input.p = scan.here().afterByteOrderMark();
    }

    /** A value was met that holds records: what breaks it cannot be told from what follows it by a line. */
    void endLines() {
        lines = false;
    }

    /**
     * Reads the record at the input's position, and is after it or its line then; a separator is read as a bad record.
     *
     * @return null; if it is an envelope, its array of records, and nothing is delivered
     */
    @Nullable
    Holder read(FoundRecord delivery) {
        input.prefetch();
        long offset = input.offset(input.p);
        if (isAtSeparator()) {
            delivery.failure = new DecodeException(
                    Reason.UNEXPECTED_BYTE, offset, "", "only white space separates records; the next one is read");
            input.p += separator(0);
            return null;
        }
        Holder holder = plain.read(delivery, input.data[input.p] == '{');
        if (holder != null) {
            return holder;
        }
        boolean proved = lines && values > 0;
        DecodeException refusal = delivery.failure;
        Passed passed = refusal == null ? Passed.OVER : plain.passOver(delivery, refusal, !proved);
        if (refusal != null && passed == Passed.OUT_OF_REACH) {
            longLine(delivery, refusal);
        } else if (passed == Passed.OVER) {
            count(offset, refusal == null);
            if (proved && lines && !endsItsLine(offset)) {
                line(delivery);
            }
        } else if (proved) {
            line(delivery);
        } else {
            delivery.terminal = true;
        }
        return null;
    }

    /**
     * Passes over a value that is larger or deeper than a record can be, if it ends on its line. If it is not JSON, the
     * lines after it are still read.
     */
    private void longLine(FoundRecord delivery, DecodeException refusal) {
        int length = lineLength();
        if (length <= max) {
            Input line = new Input(input.data, input.p, length);
            try {
                new StreamScanner.Skipper(line, new JsonScanner()).value();
                delivery.failure = refusal;
                input.p = line.p;
                return;
            } catch (DecodeException e) {
                // It is not JSON, which it is refused for below.
            }
        }
        line(delivery);
    }

    /** A value was read that began at this offset. */
    private void count(long offset, boolean isRecord) {
        values = Math.min(values + 1, 2);
        if (lines && !(isRecord && !decoder.mayHoldLineBreak())) {
            long length = input.offset(input.p) - offset;
            int from = (int) (input.p - length);
            // What was let go on the way was too long for a record, and is not looked at again.
            lines = from >= 0 && Words.lineFeed(input.data, from, input.p) == input.p;
        }
    }

    /**
     * Whether nothing but separators follows the value that began at this offset, up to the next line or the next
     * value. If not, the position is where the value began: the line is one broken record.
     */
    private boolean endsItsLine(long offset) {
        int length = (int) (input.offset(input.p) - offset);
        input.p -= length;
        // White space as long as a record is not kept to be read as a part of one.
        boolean ends = separators(length, max) >= 0;
        input.p += ends ? length : 0;
        return ends;
    }

    /** The broken record is the rest of its line, and refused for what is wrong with that. */
    private void line(FoundRecord delivery) {
        delivery.event = null;
        delivery.sequenceNumber = null; // it may be of another line
        int length = lineLength();
        if (length > max) {
            delivery.failure = plain.tooLong();
            skipLine();
            return;
        }
        int close = input.p + length;
        try {
            delivery.event = decoder.whole(input.data, input.p, length, false);
            delivery.failure = null;
            input.pin();
        } catch (DecodeException e) {
            delivery.failure = e.movedBy(input.offset(input.p));
            plain.findSequenceNumber(delivery, close);
        }
        input.p = close;
        DecodeException failure = delivery.failure;
        if (failure == null || close < input.end || input.more()) {
            return;
        }
        boolean cut = failure.reason() == Reason.END_OF_INPUT;
        delivery.terminal = cut || input.fault == null;
        if (cut && input.fault != null) {
            delivery.failure = new DecodeException(input.fault, input.offset(input.end), "", null);
        }
    }

    /** How long the line is that begins here, as far as it is not longer than a record can be. */
    private int lineLength() {
        long here = input.offset(input.p);
        if (here <= lineEnd && lineEnd - here <= max) {
            return (int) (lineEnd - here);
        }
        int looked = 0;
        for (; ; ) {
            int to = Words.lineFeed(input.data, input.p + looked, input.end);
            looked = to - input.p;
            if (to < input.end || looked > max || !input.more()) {
                lineEnd = looked > max ? -1 : here + looked;
                return looked;
            }
        }
    }

    private void skipLine() {
        do {
            input.p = Words.lineFeed(input.data, input.p, input.end);
        } while (input.p == input.end && input.more());
    }
}
