package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.InPlaceRecords.Passed;
import io.github.dynamodbcdc.RecordClassifier.RecordHolder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that follow one another at the top level of the input, with or without white space between them.
 *
 * <p>Once the input has proved to consist of lines, a line break delimits values, and a broken record costs only its
 * own line. A value that is not complete on its line is confined to it, so that one that is cut off costs the rest of
 * that line. The proof is that the first value is on one line, that a line break follows it, and that no later value
 * continues past the end of its line.
 *
 * <p>A separator between records is reported as a failure and costs no record. It must be followed by a line break, a
 * record or the end of the input. Otherwise a record that ended too early could look like a record and a comma.
 */
final class TopLevelRecords {
    /** The most bytes of a run of separators that are examined together. */
    private static final int LONG_RUN = 1 << 16;

    private static final byte FIRST_OF_BYTE_ORDER_MARK = (byte) 0xEF;

    private final StreamScanner scan;
    private final Input input;
    private final InPlaceRecords inPlace;
    private final CarriedRecords carried;
    private final RecordDecoder decoder;
    private final int max;
    private final Lines line;

    /** The offset up to which separators were confirmed. Thus a long run of them is examined only once. */
    private long separatedTo = -1;

    /** The number of values that were read: 0, 1, or 2 for more. */
    private int values;

    /** Whether lines delimit records, or will do so if a line break follows the first record. */
    private boolean lines = true;

    /** Whether a line break followed the first value. */
    private boolean firstEndedLine;

    /** Whether the elements of an array or envelope are read now. */
    private boolean inHolder;

    TopLevelRecords(StreamScanner scan, InPlaceRecords inPlace, CarriedRecords carried, RecordDecoder decoder) {
        this.carried = carried;
        this.scan = scan;
        this.input = scan.input;
        this.inPlace = inPlace;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
        line = new Lines(input, max, this::passLine);
    }

    /** Moves to the next value or separator; returns false at the end of the input. */
    boolean next() {
        if (inHolder) {
            leaveHolder();
        }
        return skipSpace() && (!skipByteOrderMark() || scan.skipSpace());
    }

    /** Skips white space, and finds out whether a line break is in it after the first value; false at the end. */
    private boolean skipSpace() {
        if (values != 1 || !lines || firstEndedLine) {
            return scan.skipSpace();
        }
        do {
            for (; input.p < input.end && JsonScanner.isSpace(input.data[input.p]); input.p++) {
                firstEndedLine |= input.data[input.p] == '\n';
            }
        } while (input.p == input.end && input.more());
        lines = firstEndedLine || isAtSeparator(); // the line break may follow the separator
        return input.p < input.end;
    }

    /** Returns whether a separator, and not the rest of a broken record, is at the input's position. */
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

    /** Returns the length of the separator {@code i} bytes after the input's position; 0 if there is none. */
    private int separator(int i) {
        if (!has(i)) {
            return 0;
        }
        byte first = input.data[input.p + i];
        return InPlaceRecords.separator(first, first == '\\' && has(i + 1) ? input.data[input.p + i + 1] : 0);
    }

    private boolean has(int i) {
        input.require(i + 1);
        return i < input.available();
    }

    /**
     * Finds the end of a run of separators and white space: the next line, record or end of the input, or a position
     * more than {@code most} bytes later. The input's position stays where it is.
     *
     * @param i where the run begins, in bytes after the input's position
     * @return where it ends, in bytes after the input's position; −1 if anything else follows
     */
    private int separators(int i, int most) {
        for (int from = i; i - from <= most && has(i); ) {
            byte b = input.data[input.p + i];
            if (b == '\n' || b == '{' || b == '[' || isByteOrderMark(i)) {
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

    /** Skips a byte order mark, as files have it that were appended to one another; returns whether there is one. */
    private boolean skipByteOrderMark() {
        if (!isByteOrderMark(0)) {
            return false;
        }
        input.p += JsonScanner.BYTE_ORDER_MARK;
        return true;
    }

    private boolean isByteOrderMark(int i) {
        // A value may be shorter than a mark, and more may follow only later.
        return input.data[input.p + i] == FIRST_OF_BYTE_ORDER_MARK
                && has(i + 2)
                && JsonScanner.isByteOrderMark(input.data, input.p + i, input.end);
    }

    // ------------------------------------------------------------------------------------- arrays and envelopes

    /**
     * Begins to read an array or envelope at the input's position. If lines delimit values, it is confined to its line.
     */
    void enterHolder() {
        inHolder = true;
        scan.forgetLineBreaks();
        if (lines && values > 0) {
            line.confine();
        }
    }

    /**
     * Begins to read an object at the input's position. If lines delimit values, it is confined to its line when that
     * has arrived, unless it begins as records do and is probably complete.
     */
    void enterObject(boolean beginsAsRecord) {
        if (lines && values > 0 && (!beginsAsRecord || line.followsCutLine())) {
            line.expectBreak();
            line.confineArrived();
        }
    }

    /** Decides where the value that is confined ends; returns whether it continues on the next line. */
    private boolean passLine() {
        lines = line.isCutOff();
        return !lines;
    }

    /** Notes whether a line break is in the element that began at this offset and was read. */
    void noteLineBreaksSince(long offset) {
        if (lines && !scan.metLineBreak() && decoder.mayHoldLineBreak()) {
            scan.noteLineBreaks(input.p - (int) (input.offset(input.p) - offset), input.p);
        }
    }

    private void leaveHolder() {
        inHolder = false;
        line.release();
        values = Math.min(values + 1, 2);
        lines &= !scan.metLineBreak(); // it may have had line breaks anywhere
    }

    /**
     * Skips the rest of the line after a fault in an array or envelope.
     *
     * @return false, if lines do not delimit values, or nothing follows the line
     */
    boolean skipRestOfHolder() {
        if (!inHolder || !lines || values == 0 || scan.metLineBreak()) {
            return false;
        }
        leaveHolder();
        line.skip();
        return input.p < input.end || !input.ended;
    }

    // -------------------------------------------------------------------------------------------------- records

    /**
     * Reads the record at the input's position and moves after it, or after its line. A separator counts as a bad
     * record.
     *
     * @param carrier whether the value is known to be a carrier that is read as a whole
     * @return null; if it is an envelope or a large carrier, what holds its records, and nothing was read
     */
    @Nullable
    RecordHolder read(FoundRecord record, boolean carrier) {
        scan.forgetLineBreaks();
        long offset = input.offset(input.p);
        if (isAtSeparator()) {
            record.failure = new DecodeException(
                    Reason.UNEXPECTED_BYTE, offset, "", "only white space may separate records; reading continues");
            input.p += separator(0);
            return null;
        }
        boolean provedLines = lines && values > 0;
        Lines confining = provedLines ? line : null;
        if (provedLines) {
            line.expectBreak();
        }
        input.prefetch();
        RecordHolder holder =
                carrier ? RecordHolder.CARRIER : inPlace.read(record, input.data[input.p] == '{', confining);
        boolean read = false;
        if (holder == RecordHolder.CARRIER && inPlace.largeCarrier() == null) {
            record.failure = null;
            read = carried.tryRead(record, null);
            if (!read) { // it is broken, or too long, or turns out to be something else
                inPlace.read(record, false, confining);
                read = record.failure == null;
            }
        } else if (holder != null) {
            return holder;
        }
        DecodeException refusal = read || record.failure == null ? null : carried.betterThan(record.failure);
        Passed passed = refusal == null ? Passed.OVER : passOver(record, refusal);
        line.release();
        if (passed == Passed.OVER) {
            count(offset, refusal == null && !read);
            if (provedLines && lines && !endsItsLine(offset)) {
                readAsLine(record);
            }
        } else if (provedLines && lines) {
            readAsLine(record);
        } else {
            record.terminal = true;
        }
        return null;
    }

    /** Moves after a value that was refused, if it is JSON on its line, or lines do not delimit values. */
    private Passed passOver(FoundRecord record, DecodeException refusal) {
        if (line.isCut()) {
            return Passed.NOT_JSON;
        }
        boolean isLine = lines && values > 0;
        if (isLine) {
            line.confineArrived();
        }
        Passed passed = inPlace.passOver(record, refusal, null, !isLine);
        line.release();
        return passed == Passed.OUT_OF_REACH ? passOutOfReach(record, refusal) : passed;
    }

    /**
     * Skips a value that is larger or deeper than a record can be, and keeps its identifiers. If it has several lines,
     * lines do not delimit values any more.
     *
     * @return OUT_OF_REACH, with the position still before the value, if its line is longer than a record can be;
     *     NOT_JSON if it is JSON neither on its line nor with the lines after it
     */
    private Passed passOutOfReach(FoundRecord record, DecodeException refusal) {
        int length = line.length(max);
        if (length > max) {
            return Passed.OUT_OF_REACH;
        }
        StreamScanner ahead = new StreamScanner(line.ahead(length, !lines));
        Passed passed = inPlace.skip(ahead, record, refusal, null);
        lines &= passed == Passed.OVER ? !line.passTo(ahead.input) : line.noteFailure(fault(record), ahead.input);
        return passed;
    }

    /** Counts the value that was read from this offset, and checks that it has no line break inside. */
    private void count(long offset, boolean isRecord) {
        values = Math.min(values + 1, 2);
        if (lines && !(isRecord && !decoder.mayHoldLineBreak())) {
            long from = input.p - (input.offset(input.p) - offset);
            // If its beginning has left the window, the scanner skipped it in pieces.
            lines = from < 0 ? !scan.metLineBreak() : Words.lineFeed(input.data, (int) from, input.p) == input.p;
        }
    }

    /**
     * Returns whether only separators follow the value that began at this offset, up to the next line or value. If not,
     * moves back to the beginning of the value, because the line is one broken record.
     */
    private boolean endsItsLine(long offset) {
        int length = (int) (input.offset(input.p) - offset);
        input.p -= length;
        // White space as long as a record ends the search, because it need not be kept in memory.
        boolean ends = separators(length, max) >= 0;
        input.p += ends ? length : 0;
        return ends;
    }

    /** Reads the rest of the line as one record; if it is broken, the failure is that of the whole line. */
    private void readAsLine(FoundRecord record) {
        record.event = null;
        record.forgetIdentifiers(); // they may belong to another line
        carried.takeInner();
        int length = line.length(max);
        if (length > max) {
            longLine(record);
            return;
        }
        int close = input.p + length;
        try {
            record.event = decoder.whole(input.data, input.p, length);
            record.failure = null;
            input.pin();
        } catch (DecodeException e) {
            record.failure = e.movedBy(input.offset(input.p));
            inPlace.identify(record, close, null);
        }
        input.p = close;
        DecodeException failure = record.failure;
        if (failure == null || close < input.end || input.more()) {
            return;
        }
        record.terminal = true; // the input may be cut there
        if (input.fault != null) {
            record.failure = new DecodeException(input.fault, input.offset(input.end), "", null);
        }
    }

    /**
     * Skips the line here, which is longer than a record can be, and the lines after it if the value is JSON only with
     * them. Finds the identifiers of its record as far as it is JSON.
     */
    private void longLine(FoundRecord record) {
        DecodeException tooLong = inPlace.tooLong();
        StreamScanner ahead = new StreamScanner(line.restAndAhead());
        boolean isJson = inPlace.skip(ahead, record, tooLong, null) == Passed.OVER;
        lines = isJson ? !line.passTo(ahead.input) : line.noteFailure(fault(record), ahead.input);
        if (!lines) {
            record.terminal = !isJson;
            return;
        }
        if (!isJson) {
            if (line.isInNext(fault(record))) {
                record.forgetIdentifiers(); // they may be those of the next line
            }
            record.failure = tooLong;
        }
        boolean isWhole = isJson && hasOnlySeparators(ahead.input);
        line.skip();
        record.terminal = !isWhole && input.p == input.end && input.ended && input.fault == null;
    }

    private static DecodeException fault(FoundRecord record) {
        return Objects.requireNonNull(record.failure);
    }

    /** Returns whether only separators and white space are before the next line break. */
    private static boolean hasOnlySeparators(Input rest) {
        for (rest.require(1); rest.available() > 0 && rest.data[rest.p] != '\n'; rest.require(1)) {
            rest.require(2);
            byte b = rest.data[rest.p];
            int length = JsonScanner.isSpace(b) ? 1 : InPlaceRecords.separator(rest.data, rest.p, rest.end);
            if (length == 0) {
                return false;
            }
            rest.p += length;
        }
        return true;
    }
}
