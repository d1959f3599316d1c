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

    /** How many values were read, as long as it matters. */
    private int values;

    /** Lines delimit records; or will, if a line break follows the first. */
    private boolean lines = true;

    BareRecords(FrameScanner scan, PlainRecords plain, ReaderDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.plain = plain;
        this.decoder = decoder;
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
        if (refusal == null || plain.passOver(delivery, refusal)) {
            count(offset);
            if (proved && lines && !endsItsLine(offset)) {
                line(delivery);
            }
        } else if (proved && input.fault == null) {
            line(delivery);
        } else {
            delivery.terminal = true;
        }
        return true;
    }

    /** A value was read that began at this offset. */
    private void count(long offset) {
        values = Math.min(values + 1, 2);
        if (lines) {
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
        for (int i = length; ; i++) {
            if (input.p + i == input.end && !input.more()) {
                input.p += length;
                return true;
            }
            byte b = input.data[input.p + i];
            if (b == '\n' || b == '{' || b == '[') {
                input.p += length;
                return true;
            }
            if (!JsonScanner.isSpace(b)) {
                return false;
            }
        }
    }

    /** The broken record is the rest of its line, and refused for what is wrong with that. */
    private void line(Delivery delivery) {
        delivery.event = null;
        int max = decoder.limits().maxRecordBytes();
        int length = lineLength(max);
        if (length > max) {
            delivery.failure =
                    new DecodeException(Reason.RECORD_LIMIT, input.offset(input.p) + max, "", DecodeLimits.HINT);
            skipLine();
            return;
        }
        try {
            delivery.event = decoder.whole(input.data, input.p, length, false);
            delivery.failure = null;
            input.pin();
        } catch (DecodeException e) {
            delivery.failure = e.movedBy(input.offset(input.p));
        }
        input.p += length;
        delivery.terminal = input.p == input.end && delivery.failure != null && !input.more();
    }

    /** How long the line is that begins here, as far as it is not longer than {@code max}. */
    private int lineLength(int max) {
        int looked = 0;
        for (; ; ) {
            int to = LineBreaks.first(input.data, input.p + looked, input.end);
            looked = to - input.p;
            if (to < input.end || looked > max || !input.more()) {
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
