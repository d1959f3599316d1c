package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/**
 * Reads records that lie in the input as they are. Each is decoded where it lies, in one pass that finds its end; one that
 * runs out of the window's bytes is tried again when there are twice as many.
 */
final class PlainRecords {
    /** What an object's class can be told from, if it tells at all before its records begin. */
    private static final int LOOK_AHEAD = 1 << 16;

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
        for (; ; ) {
            int length = Math.min(input.available(), max);
            try {
                ChangeEvent event = decoder.first(input.data, input.p, length);
                int recordLength = decoder.end() - input.p;
                if (!looked && recordLength > LOOK_AHEAD && kind() == RecordKind.ENVELOPE) {
                    return false;
                }
                delivery.event = event;
                input.expect(recordLength);
                input.p += recordLength;
                input.pin();
                return true;
            } catch (DecodeException e) {
                boolean cut = e.reason() == Reason.END_OF_INPUT;
                if (!looked && (e.reason() == Reason.NOT_AN_EVENT || length >= LOOK_AHEAD)) {
                    looked = true;
                    if (kind() == RecordKind.ENVELOPE) {
                        return false;
                    }
                }
                if (cut && length < Math.min(input.available(), max)) {
                    continue; // the look ahead got more
                }
                if (cut && length == max && (input.available() > max || input.more())) {
                    delivery.failure = tooLong();
                    return true;
                }
                if (!cut || input.ended) {
                    delivery.failure = cut && input.fault != null
                            ? new DecodeException(input.fault, input.offset(input.end), "", null)
                            : e.movedBy(input.offset(input.p));
                    return true;
                }
                input.grow();
            }
        }
    }

    /** The record at the input's position is larger than the limit. */
    DecodeException tooLong() {
        return new DecodeException(Reason.RECORD_LIMIT, input.offset(input.p) + max, "", DecodeLimits.HINT);
    }

    /**
     * Passes over the record that was refused, and finds its sequence number if the delivery has none.
     *
     * @return false if it is not JSON, so that nobody knows where it ends; the failure is that of the JSON then
     */
    boolean passOver(Delivery delivery, DecodeException refusal) {
        delivery.failure = refusal;
        try {
            int close = end();
            if (close < 0 || close - input.p > max) {
                skip(delivery, refusal);
                return true;
            }
            findSequenceNumber(delivery, close);
            input.p = close;
            return true;
        } catch (DecodeException e) {
            findSequenceNumber(delivery, input.end);
            DecodeException fault = scan.fault(e);
            // The same fault met twice: the first time there was a path to it.
            boolean known = fault.offset() == refusal.offset() || refusal.reason() == fault.reason();
            delivery.failure = known ? refusal : fault;
            return false;
        }
    }

    private void skip(Delivery delivery, DecodeException refusal) {
        new ElementSkipper(scan, delivery).skip();
        if (delivery.carried && refusal.reason() == Reason.RECORD_LIMIT) {
            delivery.failure = new DecodeException(Reason.RECORD_LIMIT, max, "", DecodeLimits.HINT);
        }
    }

    /**
     * The end of the value at the input's position, which is where it was; −1 if it is larger than a record, or nested too
     * deep for one.
     *
     * @throws DecodeException if it is not JSON
     */
    int end() {
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
            input.grow();
        }
    }

    /** Looks for the sequence number from the input's position to {@code to}, if the delivery has none. */
    void findSequenceNumber(Delivery delivery, int to) {
        if (delivery.sequenceNumber == null && input.p < to) {
            JsonScanner record = new JsonScanner(); // the other one knows where the fault is
            record.reset(input.data, input.p, to);
            delivery.sequenceNumber = SequenceNumberFinder.find(record);
        }
    }

    /**
     * What the object at the input's position is, by the precedence of its members; of one that is longer than the look
     * ahead, by those of them that can be seen there, and only if there are none by those behind. UNDECIDED if it is as
     * long as a record can be and has shown nothing. The same whatever pieces the input comes in.
     */
    RecordKind kind() {
        int ahead = Math.min(LOOK_AHEAD, max);
        for (; ; ) {
            JsonScanner json = scan.here();
            json.end = Math.min(input.end, input.p + ahead);
            RecordClassifier classifier = new RecordClassifier(json, decoder.aliases());
            boolean cut;
            try {
                RecordKind kind = classifier.classify(input.p);
                sawRecords = classifier.hasRecords();
                return kind;
            } catch (DecodeException e) {
                cut = e.reason() == Reason.END_OF_INPUT;
            }
            if (cut && input.available() < ahead && input.grow()) {
                continue;
            }
            RecordKind seen = classifier.kindSoFar();
            sawRecords = classifier.hasRecords();
            if (seen != RecordKind.NONE) {
                return seen;
            }
            if (!cut || ahead == max || input.available() < ahead) {
                return RecordKind.UNDECIDED;
            }
            ahead = Math.min(ahead * 2, max);
        }
    }
}
