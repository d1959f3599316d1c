package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.RecordClassifier.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that lie in the input as they are. Each is decoded where it lies, in one pass that finds its end; one
 * that runs out of the window's bytes is tried again when there are twice as many.
 */
final class InPlaceRecords {
    /** What an object's class can be told from, if it tells at all before its records begin. */
    static final int LOOK_AHEAD = 1 << 16;

    private final StreamScanner scan;
    private final Input input;
    private final RecordDecoder decoder;
    private final int max;

    /** Looks at a value again; the scanner of the frame keeps where its fault is. */
    private final JsonScanner sound = new JsonScanner();

    private final RecordClassifier classifier;

    InPlaceRecords(StreamScanner scan, RecordDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
        classifier = new RecordClassifier(sound, decoder.memberAliases());
    }

    /**
     * Reads the record at the input's position. On success the position is behind it, else where it was.
     *
     * @param mayHoldRecords whether it may be an envelope
     * @return null; if it is an envelope, its array of records, and nothing is delivered
     */
    @Nullable
    Holder read(FoundRecord delivery, boolean mayHoldRecords) {
        boolean looked = !mayHoldRecords;
        Holder holder;
        for (; ; ) {
            int length = Math.min(input.available(), max);
            boolean mayGrow = length < input.available() || !input.ended;
            try {
                ChangeEvent event = decoder.first(input.data, input.p, length, mayGrow);
                int recordLength = decoder.end() - input.p;
                holder = looked || recordLength <= LOOK_AHEAD ? null : holder();
                if (holder != null) {
                    return holder;
                }
                delivery.event = event;
                input.expect(recordLength);
                input.p += recordLength;
                input.pin();
                return null;
            } catch (NeedMore e) {
                boolean over = length == max && (input.available() > max || input.more());
                if (!looked && (over || length >= LOOK_AHEAD)) {
                    looked = true;
                    holder = holder();
                    if (holder != null) {
                        return holder;
                    }
                }
                if (over) {
                    delivery.failure = tooLong();
                    return null;
                }
                if (length == Math.min(input.available(), max)) { // else the look ahead got more
                    input.grow();
                }
            } catch (DecodeException e) {
                if (!looked && (e.reason() == Reason.NOT_AN_EVENT || length >= LOOK_AHEAD)) {
                    holder = holder();
                    if (holder != null) {
                        return holder;
                    }
                }
                delivery.failure = e.reason() == Reason.END_OF_INPUT && input.fault != null
                        ? new DecodeException(input.fault, input.offset(input.end), "", null)
                        : e.movedBy(input.offset(input.p));
                return null;
            }
        }
    }

    /** The record at the input's position is larger than the limit. */
    DecodeException tooLong() {
        return new DecodeException(
                Reason.RECORD_LIMIT,
                input.offset(input.p) + max,
                "",
                decoder.limits().recordHint());
    }

    /** What became of a record that was refused. */
    enum Passed {
        /** It is JSON, and the position is after it. */
        OVER,
        /** It is larger or deeper than a record can be, and was left where it is. */
        OUT_OF_REACH,
        /** It is not JSON, so that nobody knows where it ends. The failure is that of the JSON then. */
        NOT_JSON
    }

    /**
     * Passes over the record that was refused, and finds its sequence number if the delivery has none.
     *
     * @param atAnyLength also over one that must be let go piece by piece
     */
    Passed passOver(FoundRecord delivery, DecodeException refusal, boolean atAnyLength) {
        delivery.failure = refusal;
        int close;
        try {
            close = end();
        } catch (DecodeException e) {
            findSequenceNumber(delivery, input.p + (int) e.offset());
            return notJson(delivery, refusal, e);
        }
        boolean withinReach = close >= 0 && close - input.p <= max;
        if (!withinReach) {
            return close < 0 && !atAnyLength ? Passed.OUT_OF_REACH : skip(delivery, refusal);
        }
        findSequenceNumber(delivery, close);
        input.p = close;
        return Passed.OVER;
    }

    private Passed notJson(FoundRecord delivery, DecodeException refusal, DecodeException found) {
        DecodeException fault = scan.fault(found);
        // The same fault met twice: the first time there was a path to it.
        boolean known = fault.offset() == refusal.offset() || refusal.reason() == fault.reason();
        delivery.failure = known ? refusal : fault;
        return Passed.NOT_JSON;
    }

    private Passed skip(FoundRecord delivery, DecodeException refusal) {
        try {
            RefusedElement.skip(scan, delivery, decoder.memberAliases());
        } catch (DecodeException e) {
            return notJson(delivery, refusal, e);
        }
        if (delivery.carried && refusal.reason() == Reason.RECORD_LIMIT) {
            delivery.failure = new DecodeException(
                    Reason.RECORD_LIMIT, max, "", decoder.limits().recordHint());
        }
        return Passed.OVER;
    }

    /**
     * The end of the value at the input's position, which is where it was; −1 if it is larger than a record, or nested
     * too deep for one.
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
            } catch (NeedMore e) {
                // It may come below.
            } catch (DecodeException e) {
                if (e.reason() == Reason.DEPTH_LIMIT) {
                    return -1;
                }
                throw e;
            }
            if (input.available() > max) {
                return -1;
            }
            input.grow();
        }
    }

    /** Looks for the sequence number from the input's position to {@code to}, if the delivery has none. */
    void findSequenceNumber(FoundRecord delivery, int to) {
        if (delivery.sequenceNumber == null && input.p < to) {
            delivery.sequenceNumber =
                    RefusedElement.sequenceNumber(sound, input.data, input.p, to, decoder.memberAliases());
        }
    }

    /**
     * Returns the array of records that makes an envelope of the object at the input's position; null if the object is
     * something else, by the precedence of its members. Of an object longer than the look-ahead, the members in the
     * look-ahead decide; if they decide nothing, those that follow do, up to the size of an envelope with one element.
     * The result does not depend on the pieces in which the input arrives.
     */
    @Nullable
    Holder holder() {
        int ahead = LOOK_AHEAD;
        int most = Math.max(LOOK_AHEAD, Base64Records.mostOfElement(decoder.limits()));
        for (; ; ) {
            int length = Math.min(input.available(), ahead);
            boolean cut = false;
            try {
                sound.reset(input.data, input.p, input.p + length, length < input.available() || !input.ended);
                return classifier.classify(input.p) == Member.Kind.CHANGE ? null : classifier.holder();
            } catch (NeedMore e) {
                cut = true;
            } catch (DecodeException e) {
                // The members before the fault count.
            }
            if (cut && input.available() < ahead && input.grow()) {
                continue;
            }
            boolean decided = classifier.kindSoFar() != Member.Kind.NONE;
            if (decided || !cut || ahead == most || input.available() < ahead) {
                return classifier.holder();
            }
            ahead = Math.min(ahead * 2, most);
        }
    }
}
