package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.FoundRecord.CarrierObject;
import io.github.dynamodbcdc.Member.Content;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of a carrier: of an element of an envelope, or of an object of its own. Usually the payload is one
 * record, which is decoded here. Anything else is an input of its own, {@link #takeInner}, which the caller reads.
 */
final class CarriedRecords {
    /** The largest array of a session that is allocated with room to spare, in bytes. */
    private static final int MAX_SPARE = 1 << 20;

    /** An array of up to this size is kept forever. */
    private static final int MIN_REUSED = 1 << 16;

    private final StreamScanner scan;
    private final Input input;
    private final RecordDecoder decoder;
    private final boolean tooDeep;
    private final CarrierObject object = new CarrierObject();

    /** Decides what a broken payload is; null if there was none. */
    private @Nullable RecordClassifier classifier;

    /** Scans a payload again. It is not the scanner of the frame, which keeps the position of its fault. */
    private final JsonScanner rescanner = new JsonScanner();

    /** The array into which a session decodes its payloads. */
    private byte[] reused = {};

    private final Retention retention = new Retention();

    /** The failure of the payload that {@link #tryRead} read last, if it is JSON that is too deep; else null. */
    private @Nullable DecodeException deepPayload;

    /** The first eventSourceARN since this was set to null; null if there was none. */
    @Nullable
    String eventSourceArn;

    // out parameters

    /** The payload that was read last, if it is not exactly one record; else null. */
    private @Nullable Input inner;

    /** What carried the payload that was read last. */
    private Carrier carrier = Carrier.USUAL_OF_RECORDS;

    /** The member whose value was that payload. */
    private Member content = Member.CARRIER_DATA;

    /** Creates a reader of carriers; if {@code tooDeep}, it refuses all of them. */
    CarriedRecords(StreamScanner scan, RecordDecoder decoder, boolean tooDeep) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
        this.tooDeep = tooDeep;
    }

    /** Returns the payload that was read last, once, if it is not exactly one record; else null. */
    @Nullable
    Input takeInner() {
        Input taken = inner;
        inner = null;
        return taken;
    }

    /** Returns the place of the payload that was read last, in words. */
    String layer() {
        return carrier.layer(content);
    }

    /**
     * Reads the object at the input's position if it is a carrier, as {@link #read}; returns false if it is none, or if
     * it has a fault. The record reader finds the same fault, with its path; only the levels of a payload are other
     * ones for it, see {@link #betterThan}.
     */
    boolean tryRead(FoundRecord record, @Nullable Carrier usual) {
        deepPayload = null;
        try {
            return read(record, usual);
        } catch (DecodeException e) {
            record.forgetIdentifiers();
            deepPayload = e.reason() == Reason.DEPTH_LIMIT && object.inPayload ? scan.fault(e) : null;
            return false;
        }
    }

    /** Returns the failure of an object that {@link #tryRead} did not read, by what the record reader refused. */
    DecodeException betterThan(DecodeException refusal) {
        DecodeException deep = deepPayload;
        if (deep == null || refusal.reason() != Reason.DEPTH_LIMIT) {
            return refusal;
        }
        return deep.offset() >= input.offset(input.p) ? deep : refusal;
    }

    /**
     * Reads the carrier at the input's position and moves after it.
     *
     * @param record receives the identifiers, and the event or the failure if the payload is one record
     * @param usual what the elements of the envelope usually are; null if nothing is known
     * @return false, and nothing is read, if the object carries nothing or is larger than a carrier can be
     * @throws DecodeException if it is not JSON
     */
    private boolean read(FoundRecord record, @Nullable Carrier usual) {
        inner = null;
        if (input.data[input.p] != '{') {
            return false;
        }
        int most = InPlaceRecords.mostOfCarrier(decoder.limits());
        for (; ; ) {
            try {
                int close = object.read(scan.here(), input.p, record, usual, eventSourceArn == null);
                Carrier found = close < 0 ? null : object.evidence.carrier(usual);
                if (found == null) {
                    record.forgetIdentifiers();
                    return false;
                }
                eventSourceArn = eventSourceArn == null ? object.eventSourceArn : eventSourceArn;
                carrier = found;
                record.carriedBy(carrier);
                record.viaKinesis |= decoder.viaKinesis;
                payload(record);
                input.expect(close - input.p);
                input.p = close;
                return true;
            } catch (NeedMore e) {
                record.forgetIdentifiers(); // the last one may be cut where the window ends
                if (input.available() > most) {
                    return false;
                }
                input.grow(most + 1);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ payloads

    /** Reads the payload of the object into {@code record} or {@link #inner}. */
    private void payload(FoundRecord record) {
        Member payload = carrier.payload(object.evidence);
        content = carrier.content(payload);
        int place = payload == null ? 0 : payload.ofCarrier();
        int from = payload == null ? -1 : object.starts[place];
        int second = object.evidence.secondPayload(carrier);
        if (tooDeep) {
            record.failure = Carrier.tooMany(input.offset(input.p));
        } else if (payload != null && second >= 0) {
            record.failure = carrier.withSecondPayload(payload, input.offset(second));
        } else if (from < 0) {
            record.failure = carrier.withoutPayload(input.offset(input.p));
        }
        if (record.failure != null) {
            return;
        }
        if (input.data[from] == '"') {
            string(record, from + 1, object.ends[place] - 1, object.flags[place]);
        } else if (isJson(input.data[from])) {
            inPlace(record, from, object.ends[place] - from);
        } else {
            record.failure = new DecodeException(Reason.WRONG_TYPE, input.offset(from), "", null);
        }
        if (record.failure != null) {
            record.failure.in(layer());
        }
    }

    /** Reads a string, from after its opening quote to its closing quote: JSON, or else base64 where that is usual. */
    private void string(FoundRecord record, int from, int to, long flags) {
        long quote = input.offset(from - 1);
        boolean isText = content.content == Content.PAYLOAD || StrictBase64.isJsonInstead(input.data, from, to);
        byte[] text = input.data;
        if (isText || (flags & Span.ESCAPED) != 0) {
            text = room(to - from, isText);
            to = JsonText.unescape(input.data, from, to - from, text, 0);
            from = 0;
        }
        if (isText) {
            carried(record, text, from, to);
            return;
        }
        byte[] decoded = room(StrictBase64.Decoding.room(to - from), true);
        int length = StrictBase64.Decoding.decode(text, from, to, decoded);
        if (length < 0) {
            record.failure = new DecodeException(Reason.BAD_BASE64, quote, "", null);
            return;
        }
        carried(record, decoded, 0, length);
    }

    private static boolean isJson(byte first) {
        return first == '{' || first == '[';
    }

    private void carried(FoundRecord record, byte[] data, int from, int to) {
        if (isMore(record, data, from, to, 0)) {
            inner = new Input(data, from, to - from, false);
        }
    }

    private void inPlace(FoundRecord record, int from, int length) {
        if (isMore(record, input.data, from, from + length, input.offset(from))) {
            inner = input.part(from, length);
        }
        input.pin();
    }

    /**
     * Decodes the payload into {@code record} if it is one record, good or bad.
     *
     * @param offset of its first byte, which failures count from
     * @return true if it is something else, and the record is unchanged
     */
    private boolean isMore(FoundRecord record, byte[] data, int from, int to, long offset) {
        boolean before = decoder.viaKinesis;
        decoder.viaKinesis = record.viaKinesis;
        int first = JsonScanner.isByteOrderMark(data, from, to) ? from + JsonScanner.BYTE_ORDER_MARK : from;
        try {
            record.event = decoder.whole(data, first, to - first);
        } catch (DecodeException e) {
            if (isMore(e, data, first, to)) {
                return true;
            }
            record.failure = e.movedBy(offset + first - from);
            if (!record.inKinesisRecord) { // otherwise only its sequence number counts
                RefusedElement.identify(record, rescanner, data, first, to, decoder.memberAliases());
            }
        } finally {
            decoder.viaKinesis = before;
        }
        return false;
    }

    /**
     * Returns whether bytes that are not one record are an array, an envelope, or values one after another or on lines.
     */
    private boolean isMore(DecodeException refusal, byte[] data, int from, int to) {
        rescanner.reset(data, from, to);
        int first = rescanner.space(from);
        if (first == to) {
            return true; // it contains no records
        }
        boolean isJson = isJson(data[first]);
        boolean isNoRecord = refusal.reason() == Reason.NOT_AN_EVENT || refusal.reason() == Reason.RECORD_LIMIT;
        if (isJson && (isNoRecord || data[first] == '[' || holds(first))) {
            return true;
        }
        if (!isJson && InPlaceRecords.isSeparatorOrMark(data, first, to)) {
            return true;
        }
        try {
            int end = end(refusal, data, first, to);
            rescanner.metLineBreak = false;
            int next = rescanner.space(end);
            if (next == to || rescanner.metLineBreak || InPlaceRecords.isSeparated(data, next, to)) {
                return next < to;
            }
            // The rest of the line belongs to one record that is broken, if there is no other line.
            return rescanner.space(Words.lineFeed(data, next, to)) < to;
        } catch (DecodeException e) {
            return false; // the end of the first value is unknown
        }
    }

    /** Returns the position after the record that was refused, however deep it is. */
    private int end(DecodeException refusal, byte[] data, int first, int to) {
        if (refusal.reason() != Reason.DEPTH_LIMIT) {
            return rescanner.skip(first, 0);
        }
        Input value = new Input(data, first, to - first, false);
        new StreamScanner(value).skip();
        return value.p;
    }

    /** Returns whether an envelope or a carrier begins here, by the members before the first fault. */
    private boolean holds(int first) {
        RecordClassifier known =
                classifier == null ? new RecordClassifier(rescanner, decoder.memberAliases()) : classifier;
        classifier = known;
        try {
            return known.classify(first) != Member.Kind.CHANGE && known.holder() != null;
        } catch (DecodeException e) {
            return known.holder() != null;
        }
    }

    /**
     * Returns an array of that many bytes or more.
     *
     * @param mayReuse whether it may be the one that a session uses again and again, because nothing else is in it now
     */
    private byte[] room(int length, boolean mayReuse) {
        if (!decoder.isSession() || !mayReuse) {
            return new byte[length];
        }
        int spare = Math.max(length, Math.min(length * 2, MAX_SPARE));
        int size = reused.length < length ? spare : retention.keep(reused.length, length, MIN_REUSED);
        reused = size == reused.length ? reused : new byte[size];
        return reused;
    }
}
