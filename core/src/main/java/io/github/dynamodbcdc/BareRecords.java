package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/**
 * Reads records that stand one after another at the top of the input, with or without white space between them.
 *
 * <p>A line break delimits them, so that a broken record costs its line alone, once the input has proved that it does: the
 * first value stands on one line and a line break follows it, and no value after it goes on past the end of its line.
 */
final class BareRecords {
    private final FrameScanner scan;
    private final Input input;
    private final PlainRecords plain;
    private final ReaderDecoder decoder;
    private final int max;

    /** The offset of the line break that was looked for last: a line of many bad values is gone through once. */
    private long lineEnd = -1;

    /** How many values were read, as long as it matters. */
    private int values;

    /** Lines delimit records; or will, if a line break follows the first. */
    private boolean lines = true;

    BareRecords(FrameScanner scan, PlainRecords plain, ReaderDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.plain = plain;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
    }

    /** Goes on to the next value; false at the end of the input. */
    boolean next() {
        if (values != 1 || !lines) {
            return scan.skipSpace();
        }
        boolean broken = false;
        do {
            for (; input.p < input.end && JsonScanner.isSpace(input.data[input.p]); input.p++) {
                broken |= input.data[input.p] == '\n';
            }
        } while (input.p == input.end && input.more());
        lines = broken;
        return input.p < input.end;
    }

    /** Whether a byte order mark begins here, where nothing was read before; it is passed over. */
    void skipByteOrderMark() {
        input.require(3);
        input.p = Framing.afterByteOrderMark(scan.here());
    }

    /** A value was met that holds records: what breaks it cannot be told from what follows it by a line. */
    void endLines() {
        lines = false;
    }

    /**
     * Reads the record at the input's position, and is behind it or its line then.
     *
     * @return false, and nothing is delivered, if it is an envelope
     */
    boolean read(Delivery delivery) {
        input.prefetch();
        long offset = input.offset(input.p);
        if (!plain.read(delivery, input.data[input.p] == '{')) {
            return false;
        }
        boolean proved = lines && values > 0;
        DecodeException refusal = delivery.failure;
        if (proved && refusal != null && !isWithinReach()) {
            longLine(delivery, refusal);
        } else if (refusal == null || plain.passOver(delivery, refusal)) {
            count(offset, refusal == null);
            if (proved && lines && !endsItsLine(offset)) {
                line(delivery);
            }
        } else if (proved) {
            line(delivery);
        } else {
            delivery.terminal = true;
        }
        return true;
    }

    /** Whether the end of the value can be told, or that it has none, without letting go of where it began. */
    private boolean isWithinReach() {
        try {
            return plain.end() >= 0;
        } catch (DecodeException e) {
            return true;
        }
    }

    /**
     * A value larger or deeper than a record can be. If it ends on its line it is passed over; what is not JSON must not
     * cost the lines behind it.
     */
    private void longLine(Delivery delivery, DecodeException refusal) {
        int length = lineLength();
        if (length <= max) {
            Input line = new Input(input.data, input.p, length);
            try {
                new StreamSkipper(line, new JsonScanner()).value();
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
            lines = from >= 0 && !LineBreaks.in(input.data, from, input.p);
        }
    }

    /**
     * Whether nothing stands between the value that began at this offset and the next line, or the next value. If not, the
     * position is where the value began: the line is one broken record.
     */
    private boolean endsItsLine(long offset) {
        int length = (int) (input.offset(input.p) - offset);
        input.p -= length;
        boolean ends = true;
        // White space as long as a record is not kept to be read as a part of one.
        for (int i = length; i - length <= max; i++) {
            if (input.p + i == input.end && !input.more()) {
                break;
            }
            byte b = input.data[input.p + i];
            if (!JsonScanner.isSpace(b) || b == '\n') {
                ends = b == '\n' || b == '{' || b == '[';
                break;
            }
        }
        input.p += ends ? length : 0;
        return ends;
    }

    /** The broken record is the rest of its line, and refused for what is wrong with that. */
    private void line(Delivery delivery) {
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
            int to = LineBreaks.first(input.data, input.p + looked, input.end);
            looked = to - input.p;
            if (to < input.end || looked > max || !input.more()) {
                lineEnd = looked > max ? -1 : here + looked;
                return looked;
            }
        }
    }

    private void skipLine() {
        do {
            input.p = LineBreaks.first(input.data, input.p, input.end);
        } while (input.p == input.end && input.more());
    }
}
