package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.RecordClassifier.RecordHolder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the records of an input begin and end. It keeps the state between one record and the next.
 *
 * <pre>
 *          ┌──── a record, read ◀────┐
 *          ▼                         │
 *   TOP ───┬─ a record ──────────────┤
 *          ├─ [ ───────────▶ ARRAY ──┤ each element; TOP after ]
 *          └─ { of records ▶ ENVELOPE ▶ RECORDS ┘ each element; ENVELOPE after ]; TOP after }
 * </pre>
 *
 * <p>A fault in an array or envelope on a line also leads to TOP, at the end of that line.
 *
 * <p>{@link #next} only moves to the beginning of a record, so a session's event still shows the record before.
 * {@link #read} decodes it.
 */
final class RecordFrames {
    private static final String NO_RECORDS = "it contains no records";

    private final Input input;
    private final RecordDecoder decoder;
    private final StreamScanner scan;
    private final InPlaceRecords inPlace;
    private final CarriedRecords carried;
    private final TopLevelRecords topLevel;

    /** The number of carriers around the input. */
    private final int layers;

    /** Whether Kinesis or Firehose is one of them. */
    private final boolean viaKinesis;

    private State state = State.TOP;
    private Envelope envelope = new Envelope(EnvelopeShape.BARE);
    private @Nullable EnvelopeReader members;

    /** Whether no element of the current array was read yet. */
    private boolean firstElement;

    /** What holds the records of the current envelope; null if there is no envelope. */
    private @Nullable RecordHolder holder;

    /** Whether the envelope has the eventSourceARN of its elements. */
    private boolean keptArn;

    /** Whether the last element was a carrier, and the next one probably is. */
    private boolean lastWasCarrier;

    /** Whether the next value at the top is a carrier that is read as a whole. */
    private boolean carrierIsNext;

    /** The payload whose records are read now; null if no carrier is open. */
    private @Nullable Payload payload;

    /** Whether {@link #next} has found a record, or a failure to report in place of one. */
    private boolean ready;

    /** The failure to report in place of a record; null for none. */
    private @Nullable DecodeException pending;

    private boolean pendingIsTerminal;

    /** Where the current envelope begins, or the last one. */
    private long envelopeOffset;

    /** Whether the payload of the current large carrier was refused as a whole. */
    private boolean refusedPayload;

    RecordFrames(Input input, RecordDecoder decoder) {
        this(input, decoder, 0, false);
    }

    /** Creates the frames of a payload, which is itself an input. */
    private RecordFrames(Input input, RecordDecoder decoder, int layers, boolean viaKinesis) {
        this.input = input;
        this.decoder = decoder;
        this.layers = layers;
        this.viaKinesis = viaKinesis;
        scan = new StreamScanner(input);
        inPlace = new InPlaceRecords(scan, decoder);
        carried = new CarriedRecords(scan, decoder, layers == Carrier.MAX_LAYERS);
        topLevel = new TopLevelRecords(scan, inPlace, carried, decoder);
    }

    Envelope envelope() {
        return envelope;
    }

    /** Moves to the next record, or to a failure in place of it; returns false if there is neither. */
    boolean next() {
        checkSource();
        if (!ready) {
            try {
                ready = toRecord();
            } catch (DecodeException e) {
                fail(scan.fault(e), true);
            }
        }
        return ready;
    }

    /** Throws the source's failure again, unless records of an open payload were read before it, which come first. */
    private void checkSource() {
        if (payload == null) {
            input.checkSource();
        }
    }

    private void fail(DecodeException failure, boolean terminal) {
        ready = true;
        pending = failure;
        pendingIsTerminal = terminal;
    }

    private boolean toRecord() {
        for (; ; ) {
            Payload open = payload;
            if (open != null && (open.frames.next() || endPayload(open))) {
                return true;
            }
            switch (state) {
                case TOP:
                    if (!topLevel.next()) {
                        return atEnd();
                    }
                    if (!enter()) {
                        return true;
                    }
                    break;
                case ARRAY:
                case RECORDS:
                    if (scan.nextOf(']', firstElement)) {
                        firstElement = false;
                        return true;
                    }
                    state = state == State.ARRAY ? State.TOP : State.ENVELOPE;
                    break;
                case ENVELOPE:
                    if (nextArray()) {
                        break;
                    }
                    return true;
                default:
                    return false;
            }
        }
    }

    /** Ends the input; returns whether there is a failure to report, because the rest cannot be unpacked. */
    private boolean atEnd() {
        state = State.END;
        Reason fault = input.fault;
        if (fault == null) {
            return false;
        }
        fail(new DecodeException(fault, input.offset(input.end), "", null), true);
        return true;
    }

    /** Enters a top-level value that contains records; returns false if it is a record or something else. */
    private boolean enter() {
        byte b = input.data[input.p];
        if (b == '[') {
            beginElements(null);
            envelope = new Envelope(EnvelopeShape.ARRAY);
            input.p++;
            firstElement = true;
            state = State.ARRAY;
            return true;
        }
        carrierIsNext = false;
        RecordHolder found = null;
        if (b == '{') {
            boolean beginsAsRecord = inPlace.beginsAsRecord();
            topLevel.enterObject(beginsAsRecord);
            found = beginsAsRecord ? null : inPlace.holder();
        }
        carrierIsNext = found == RecordHolder.CARRIER && inPlace.largeCarrier() == null;
        if (found != null && !carrierIsNext) {
            enterEnvelope(found);
            return true;
        }
        if (envelope.shape() != EnvelopeShape.BARE && !topLevel.isAtSeparator()) {
            envelope = new Envelope(EnvelopeShape.BARE);
        }
        return false;
    }

    private void enterEnvelope(RecordHolder found) {
        beginElements(found);
        Carrier carrier = found == RecordHolder.CARRIER ? inPlace.largeCarrier() : null;
        envelope = new Envelope(carrier == null ? found.shape : carrier.shape);
        members = new EnvelopeReader(scan, envelope, found, carrier, decoder.memberAliases());
        envelopeOffset = input.offset(input.p);
        refusedPayload = false;
        input.p++;
        state = State.ENVELOPE;
    }

    /**
     * Forgets the elements of the previous array or envelope.
     *
     * @param next what holds the next elements; null for an array at the top
     */
    private void beginElements(@Nullable RecordHolder next) {
        topLevel.enterHolder();
        carried.eventSourceArn = null;
        keptArn = false;
        lastWasCarrier = false;
        holder = next;
    }

    /** Moves to the next array of records, or after the envelope; returns false if there is a failure to report. */
    private boolean nextArray() {
        EnvelopeReader reader = members;
        if (reader != null && reader.next()) {
            if (holder == RecordHolder.CARRIER) {
                refusedPayload = !openStream(reader.payload());
                return !refusedPayload;
            }
            firstElement = true;
            state = State.RECORDS;
            return true;
        }
        state = State.TOP;
        members = null;
        Carrier empty = reader == null ? null : reader.emptyCarrier();
        if (empty != null) {
            fail(empty.withoutPayload(envelopeOffset), false);
            return false;
        }
        DecodeException late = reader == null || refusedPayload ? null : reader.lateFailure();
        if (late != null) {
            fail(late, false);
        }
        return late == null;
    }

    /** Reads the record that {@link #next} found. */
    void read(FoundRecord record) {
        boolean succeeded = false;
        try {
            readNext(record);
            succeeded = record.failure == null;
        } finally {
            // Also if the source fails, because the memory of the last record may already contain other bytes.
            if (!succeeded && decoder.isSession()) {
                decoder.forget();
            }
        }
        if (record.terminal) {
            payload = null;
            record.terminal = !topLevel.skipRestOfHolder(); // lines after it can be read
            state = record.terminal ? State.END : State.TOP;
        }
    }

    private void readNext(FoundRecord record) {
        checkSource();
        input.unpin();
        Payload open = payload;
        if (open != null && pending == null) {
            ready = false;
            open.read(record, input);
            envelope.contain(open.envelope());
            return;
        }
        for (RecordHolder found = readRecord(record); found != null; found = readRecord(record)) {
            // It began like a record but is an envelope.
            long offset = input.offset(input.p);
            enterEnvelope(found);
            ready = false;
            if (!next()) {
                record.failure = new DecodeException(Reason.NOT_AN_EVENT, offset, "", NO_RECORDS);
                return;
            }
            if (payload != null) {
                readNext(record);
                return;
            }
        }
    }

    /** Reads the record or failure that was found; returns null, or what holds the records if it is an envelope. */
    private @Nullable RecordHolder readRecord(FoundRecord record) {
        ready = false;
        decoder.viaKinesis = viaKinesis;
        record.reset(input.offset(input.p));
        record.inArray = state == State.ARRAY && layers == 0;
        DecodeException failure = pending;
        if (failure != null) {
            pending = null;
            record.failure = failure;
            record.terminal = pendingIsTerminal;
            // It concerns a carrier as a whole, or is between records, where no record begins.
            boolean between = pendingIsTerminal && (state != State.ENVELOPE || holder != RecordHolder.CARRIER);
            record.offset = between ? failure.offset() : envelopeOffset;
            return null;
        }
        RecordHolder found = null;
        try {
            if (state == State.TOP) {
                found = topLevel.read(record, carrierIsNext);
            } else {
                input.prefetch();
                element(record);
            }
        } catch (DecodeException e) {
            record.terminate(scan.fault(e));
        }
        if (found == null) {
            carried(record);
        }
        return found;
    }

    private void element(FoundRecord record) {
        Carrier usual = state == State.RECORDS && holder != null ? holder.usual : null;
        boolean certain = usual != null && usual.hasEnvelope();
        boolean carrierIsLikely = lastWasCarrier || certain;
        lastWasCarrier = carrierIsLikely && carried.tryRead(record, usual);
        if (lastWasCarrier) {
            return;
        }
        inPlace.read(record, false, null);
        DecodeException refusal = record.failure;
        if (refusal == null) {
            topLevel.noteLineBreaksSince(record.offset);
            return;
        }
        // An element that is not a record may carry one, even after elements that did not.
        boolean notARecord = refusal.reason() == Reason.NOT_AN_EVENT || refusal.reason() == Reason.RECORD_LIMIT;
        boolean tooDeep = refusal.reason() == Reason.DEPTH_LIMIT; // levels around a payload do not count
        if ((notARecord || tooDeep) && !carrierIsLikely) {
            record.failure = null;
            lastWasCarrier = carried.tryRead(record, usual);
            if (lastWasCarrier) {
                return;
            }
        }
        lastWasCarrier = carrierIsLikely && (notARecord || tooDeep);
        DecodeException failure = carried.betterThan(refusal);
        record.terminal = inPlace.passOver(record, failure, usual, true) == InPlaceRecords.Passed.NOT_JSON;
    }

    /** Completes a record that a carrier carried: its envelope, and its payload if that is more than one record. */
    private void carried(FoundRecord record) {
        Carrier carrier = record.carrier;
        if (carrier == null) {
            return;
        }
        if (state == State.TOP) {
            envelope = new Envelope(carrier.shape);
            envelope.putIfAbsent(Member.ENVELOPE_EVENT_SOURCE_ARN, carried.eventSourceArn);
            carried.eventSourceArn = null;
            keptArn = true;
        } else if (envelope.shape() == EnvelopeShape.RECORDS || envelope.shape() == EnvelopeShape.ARRAY) {
            envelope.become(carrier.shape);
        }
        if (!keptArn && carried.eventSourceArn != null) {
            envelope.putIfAbsent(Member.ENVELOPE_EVENT_SOURCE_ARN, carried.eventSourceArn);
            keptArn = true;
        }
        envelope.contain(null);
        Input inner = carried.takeInner();
        if (inner == null) {
            return;
        }
        Payload open = new Payload(inner, record, carried.layer(), null);
        if (open.frames.next()) {
            payload = open;
            open.read(record, input);
            envelope.contain(open.envelope());
        } else {
            record.failure = open.noRecords();
        }
    }

    /** Opens the payload of a large carrier, at the input's position; returns false if there is a failure to report. */
    private boolean openStream(@Nullable Member member) {
        Carrier carrier = Objects.requireNonNull(inPlace.largeCarrier());
        String layer = carrier.layer(carrier.content(member));
        long offset = input.offset(input.p);
        byte first = scan.next();
        if (layers == Carrier.MAX_LAYERS) {
            scan.skip();
            fail(Carrier.tooMany(envelopeOffset), false);
            return false;
        }
        if (first != '"' && first != '{' && first != '[') {
            scan.skip();
            fail(new DecodeException(Reason.WRONG_TYPE, offset, "", null).in(layer), false);
            return false;
        }
        FoundRecord outer = new FoundRecord(true);
        outer.reset(envelopeOffset);
        outer.carrier = carrier;
        CarriedStream stream = new CarriedStream(scan);
        Input in = new Input(stream, decoder.isSession());
        payload = new Payload(stream.isText() ? in : in.from(offset), outer, layer, stream);
        return true;
    }

    /** Ends a payload; returns whether there is a failure to report. */
    private boolean endPayload(Payload ended) {
        payload = null;
        CarriedStream stream = ended.stream;
        if (stream == null) {
            return false;
        }
        stream.end();
        DecodeException fault = stream.fault();
        if (fault != null) {
            fail(fault, true);
        } else if (!ended.hasRecords) {
            refusedPayload = true;
            fail(ended.noRecords(), false);
        }
        return ready;
    }

    /** The payload of a carrier, which is an input of its own. */
    private final class Payload {
        final RecordFrames frames;
        final @Nullable CarriedStream stream;
        private final FoundRecord outer = new FoundRecord(true);
        private final String layer;

        /** Whether a record, good or bad, was read. */
        private boolean hasRecords;

        Payload(Input in, FoundRecord carrier, String layer, @Nullable CarriedStream stream) {
            frames = new RecordFrames(in, decoder, layers + 1, viaKinesis || carrier.viaKinesis);
            this.stream = stream;
            this.layer = layer;
            outer.in(carrier);
        }

        /** Reads the next record, which has the identifiers of the carrier too. */
        void read(FoundRecord record, Input around) {
            hasRecords = true;
            frames.read(record);
            around.pin(); // the record may be in its window
            DecodeException failure = record.failure;
            if (failure != null) {
                failure.in(layer);
            }
            record.in(outer);
            DecodeException fault = stream == null ? null : stream.fault();
            if (record.terminal && fault != null && failure != null && failure.reason() == Reason.END_OF_INPUT) {
                record.terminate(fault); // the record is cut off because its carrier is
                return;
            }
            // In a string, base64 or an object that was validated, the end of the payload is known.
            record.terminal &= stream != null && !stream.isText();
        }

        DecodeException noRecords() {
            return new DecodeException(Reason.NOT_AN_EVENT, outer.offset, "", NO_RECORDS).in(layer);
        }

        /** Returns the envelope in the payload; null if there is none. */
        @Nullable
        Envelope envelope() {
            Envelope inside = frames.envelope();
            return inside.shape() == EnvelopeShape.BARE ? null : inside;
        }
    }

    private enum State {
        TOP,
        ARRAY,
        ENVELOPE,
        RECORDS,
        END
    }
}
