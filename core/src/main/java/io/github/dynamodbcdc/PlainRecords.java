package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/**
 * Reads records that lie in the input as they are. Each is decoded where it lies, in one pass that finds its end; one that
 * runs out of the window's bytes is tried again when there are twice as many.
 */
final class PlainRecords {
    /** What an object's class can be told from, if it tells at all before its records begin. */
    private static final int LOOK_AHEAD = 1 << 16;

    /** How often a record is tried again because a line ended, and not because its bytes have doubled. */
    private static final int TRIES_BY_LINE = 4;

    private final FrameScanner scan;
    private final Input input;
    private final ReaderDecoder decoder;
    private final int max;

    /** What {@link #kind} saw of an envelope: an array {@code Records}, else one of a Firehose delivery. */
    boolean sawRecords;

    PlainRecords(FrameScanner scan, ReaderDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
    }

    /**
     * Reads the record at the input's position. On success the position is behind it, else where it was.
     *
     * @param mayHoldRecords whether it may be an envelope
     * @return false, and nothing is delivered, if it is an envelope
     */
    boolean read(Delivery delivery, boolean mayHoldRecords) {
        boolean looked = !mayHoldRecords;
        int tries = 0;
        for (; ; ) {
            int length = Math.min(input.available(), max);
            try {
                delivery.event = decoder.first(input.data, input.p, length);
                int end = decoder.end();
                input.expected = Math.max(end - input.p, input.expected - (input.expected >> 6));
                input.p = end;
                input.pin();
                return true;
            } catch (DecodeException e) {
                boolean cut = e.reason() == Reason.END_OF_INPUT;
                if (!looked && (e.reason() == Reason.NOT_AN_EVENT || (cut && length >= LOOK_AHEAD && !input.ended))) {
                    looked = true;
                    if (kind() == RecordKind.ENVELOPE) {
                        return false;
                    }
                }
                if (cut && length < Math.min(input.available(), max)) {
                    continue; // the look ahead got more
                }
                if (cut && length == max && (input.available() > max || input.more())) {
                    delivery.failure = new DecodeException(
                            Reason.RECORD_LIMIT, input.offset(input.p) + max, "", DecodeLimits.HINT);
                    return true;
                }
                if (!cut || input.ended) {
                    delivery.failure = cut && input.fault != null
                            ? new DecodeException(input.fault, input.offset(input.end), "", null)
                            : e.movedBy(input.offset(input.p));
                    return true;
                }
                input.grow(tries++ < TRIES_BY_LINE);
            }
        }
    }

    /**
     * Passes over the record that was refused, and finds its sequence number if the delivery has none.
     *
     * @return false if it is not JSON, so that nobody knows where it ends; the failure is that of the JSON then
     */
    boolean passOver(Delivery delivery, DecodeException refusal) {
        delivery.failure = refusal;
        int close = -1;
        try {
            close = end();
        } catch (DecodeException e) {
            find(delivery, input.end);
            DecodeException fault = scan.fault(e);
            // The same fault met twice: the first time there was a path to it.
            boolean known = fault.offset() == refusal.offset() || refusal.reason() == fault.reason();
            delivery.failure = known ? refusal : fault;
            return false;
        }
        find(delivery, close < 0 ? input.end : close);
        try {
            if (close >= 0) {
                input.p = close;
            } else {
                scan.skip();
            }
            return true;
        } catch (DecodeException e) {
            delivery.failure = scan.fault(e);
            return false;
        }
    }

    /** The end of the value at the input's position; −1 if it is larger than a record, or nested too deep for one. */
    private int end() {
        for (; ; ) {
            try {
                int close = scan.here().skip(input.p, 0);
                if (close < input.end || input.ended) {
                    return close;
                }
                byte last = input.data[close - 1];
                if (last == '}' || last == ']' || last == '"') {
                    return close;
                }
            } catch (DecodeException e) {
                if (e.reason() == Reason.DEPTH_LIMIT) {
                    return -1;
                }
                if (!scan.isCut(e)) {
                    throw e;
                }
            }
            if (input.available() > max) {
                return -1;
            }
            input.grow(false);
        }
    }

    private void find(Delivery delivery, int to) {
        if (delivery.sequenceNumber == null && input.p < to) {
            JsonScanner record = new JsonScanner(); // the other one knows where the fault is
            record.reset(input.data, input.p, to);
            delivery.sequenceNumber = SequenceNumberFinder.find(record);
        }
    }

    /**
     * What the object at the input's position is, by the precedence of its members; of one that is longer than the look
     * ahead, by those of them that can be seen there. UNDECIDED if it is as long as a record can be and has shown nothing.
     */
    RecordKind kind() {
        for (int ahead = LOOK_AHEAD; ; ahead = input.available() * 2) {
            input.require(ahead);
            JsonScanner json = scan.here();
            json.end = Math.min(input.end, input.p + Math.min(Math.max(ahead, LOOK_AHEAD), max));
            RecordClassifier classifier = new RecordClassifier(json);
            try {
                RecordKind kind = classifier.classify(input.p);
                sawRecords = classifier.hasRecords();
                return kind;
            } catch (DecodeException e) {
                RecordKind seen = classifier.kindSoFar();
                sawRecords = classifier.hasRecords();
                boolean whole = json.end == input.end && input.ended;
                if (seen == RecordKind.ENVELOPE
                        || e.reason() != Reason.END_OF_INPUT
                        || whole
                        || input.available() > max) {
                    return seen == RecordKind.NONE ? RecordKind.UNDECIDED : seen;
                }
                if (seen != RecordKind.NONE) {
                    return seen;
                }
            }
        }
    }
}
