package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.RecordClassifier.Holder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of an input begin and end: the state between one record and the next.
 *
 * <pre>
 *          ┌──── a record, read ◀────┐
 *          ▼                         │
 *   TOP ───┬─ a record ──────────────┤
 *          ├─ [ ───────────▶ ARRAY ──┤ each element; TOP behind ]
 *          └─ { of records ▶ ENVELOPE ▶ RECORDS ┘ each element; ENVELOPE behind ]; TOP behind }
 * </pre>
 *
 * <p>{@link #next} only goes to where a record begins, so that a session's event still shows the last one;
 * {@link #read} decodes it.
 */
final class RecordFrames {
    private enum State {
        BEGIN,
        TOP,
        ARRAY,
        ENVELOPE,
        RECORDS,
        END
    }

    /** Longer than a brace and a name that means something. */
    private static final int LONG_BEGINNING = 64;

    private final Input input;
    private final RecordDecoder decoder;
    private final StreamScanner scan;
    private final InPlaceRecords plain;
    private final Base64Records carried;
    private final TopLevelRecords bare;

    private State state = State.BEGIN;
    private Envelope envelope = new Envelope(EnvelopeShape.BARE);
    private @Nullable EnvelopeReader members;

    /** In an array: no element was read yet. */
    private boolean firstElement;

    /** In {@code Records}: the last element carried its record. */
    private boolean lastWasCarried;

    /** What the last such record began with, from its brace to the end of the first name: the next will, as a rule. */
    private byte[] beginning = {};

    /** {@link #next} has found a record, or a failure to report in place of one. */
    private boolean ready;

    private @Nullable DecodeException pending;
    private boolean pendingIsTerminal;

    RecordFrames(Input input, RecordDecoder decoder) {
        this.input = input;
        this.decoder = decoder;
        scan = new StreamScanner(input);
        plain = new InPlaceRecords(scan, decoder);
        carried = new Base64Records(scan, decoder);
        bare = new TopLevelRecords(scan, plain, decoder);
    }

    Envelope envelope() {
        return envelope;
    }

    /** Goes on to the next record, or to what is wrong in place of it; false if there is none. */
    boolean next() {
        input.checkSource();
        if (!ready) {
            try {
                ready = toRecord();
            } catch (DecodeException e) {
                fail(scan.fault(e), true);
            }
        }
        return ready;
    }

    private void fail(DecodeException failure, boolean terminal) {
        ready = true;
        pending = failure;
        pendingIsTerminal = terminal;
    }

    private boolean toRecord() {
        for (; ; ) {
            switch (state) {
                case BEGIN:
                    bare.skipByteOrderMark();
                    state = State.TOP;
                    break;
                case TOP:
                    if (!bare.next()) {
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

    /** Nothing follows, or what follows cannot be unpacked. */
    private boolean atEnd() {
        state = State.END;
        Reason fault = input.fault;
        if (fault == null) {
            return false;
        }
        fail(new DecodeException(fault, input.offset(input.end), "", null), true);
        return true;
    }

    /** Goes into the value at the top that holds records; false if it is none, but a record or something else. */
    private boolean enter() {
        byte b = input.data[input.p];
        if (b == '[') {
            bare.endLines();
            envelope = new Envelope(EnvelopeShape.ARRAY);
            input.p++;
            firstElement = true;
            state = State.ARRAY;
            return true;
        }
        Holder holder = b == '{' && !beginsAsRecord() ? plain.holder() : null;
        if (holder != null) {
            enterEnvelope(holder);
            return true;
        }
        if (envelope.shape() != EnvelopeShape.BARE && !bare.isAtSeparator()) {
            envelope = new Envelope(EnvelopeShape.BARE);
        }
        return false;
    }

    private void enterEnvelope(Holder holder) {
        bare.endLines();
        carried.eventSourceArn = null;
        lastWasCarried = false;
        envelope = new Envelope(holder == Holder.FIREHOSE ? EnvelopeShape.FIREHOSE_HTTP : EnvelopeShape.RECORDS);
        members = new EnvelopeReader(scan, envelope, holder.member, decoder.memberAliases());
        input.p++;
        state = State.ENVELOPE;
    }

    /** Whether the first member of the object is one that records begin with, and envelopes don't. */
    private boolean beginsAsRecord() {
        int known = beginning.length;
        if (known > 0
                && input.available() >= known
                && Arrays.equals(beginning, 0, known, input.data, input.p, input.p + known)) {
            return true;
        }
        for (; ; ) {
            JsonScanner json = scan.here();
            try {
                int quote = json.space(input.p + 1);
                if (json.peek(quote) != '"') {
                    return true; // {} or not JSON: for the decoder to say
                }
                int close = json.string(quote + 1);
                Member first = Names.RECORD.find(json.data, quote + 1, close, json.flags);
                if (first == null || first == Member.EVENT_SOURCE_ARN || !isOfRecord(first.kind)) {
                    return false;
                }
                if (close - input.p < LONG_BEGINNING) {
                    beginning = Arrays.copyOfRange(input.data, input.p, close + 1);
                }
                return true;
            } catch (NeedMore e) {
                if (input.available() > InPlaceRecords.LOOK_AHEAD) {
                    return false; // no member that means something has such a name
                }
                input.grow();
            } catch (DecodeException e) {
                return true; // for the decoder to say
            }
        }
    }

    private static boolean isOfRecord(Member.Kind kind) {
        return kind != Member.Kind.ENVELOPE && kind != Member.Kind.NONE;
    }

    /** Goes on to the next array of records; false if there is something to report. */
    private boolean nextArray() {
        EnvelopeReader walked = members;
        if (walked != null && walked.next()) {
            firstElement = true;
            state = State.RECORDS;
            return true;
        }
        state = State.TOP;
        members = null;
        if (walked == null || walked.late() < 0) {
            return true;
        }
        fail(new DecodeException(Reason.NOT_AN_EVENT, walked.late(), "", "records in it were read before"), false);
        return false;
    }

    /** Reads the record that {@link #next} found. */
    void read(FoundRecord delivery) {
        boolean settled = false;
        try {
            readNext(delivery);
            settled = delivery.failure == null;
        } finally {
            // Also if the source fails: the memory of the last record may hold other bytes by now.
            if (!settled && decoder.isSession()) {
                decoder.forget();
            }
        }
        if (delivery.terminal) {
            state = State.END;
        }
    }

    private void readNext(FoundRecord delivery) {
        input.checkSource();
        input.unpin();
        for (Holder holder = readRecord(delivery); holder != null; holder = readRecord(delivery)) {
            // It began as a record does, and yet holds records.
            long offset = input.offset(input.p);
            enterEnvelope(holder);
            ready = false;
            if (!next()) {
                delivery.failure = new DecodeException(Reason.NOT_AN_EVENT, offset, "", "it holds no records");
                return;
            }
        }
    }

    /** Reads what was found; returns null, or the array of records in it if it is an envelope. */
    private @Nullable Holder readRecord(FoundRecord delivery) {
        ready = false;
        delivery.reset(input.offset(input.p));
        DecodeException failure = pending;
        if (failure != null) {
            pending = null;
            delivery.failure = failure;
            delivery.terminal = pendingIsTerminal;
            return null;
        }
        try {
            if (state == State.TOP) {
                return bare.read(delivery);
            }
            input.prefetch();
            element(delivery);
        } catch (DecodeException e) {
            delivery.terminate(scan.fault(e));
        }
        return null;
    }

    private void element(FoundRecord delivery) {
        if (state == State.RECORDS && members != null && readCarried(delivery)) {
            return;
        }
        plain.read(delivery, false);
        DecodeException refusal = delivery.failure;
        if (refusal == null) {
            lastWasCarried = false;
            return;
        }
        // What is no record may be one that is carried, after others that are not.
        boolean tellsNothing = refusal.reason() == Reason.NOT_AN_EVENT || refusal.reason() == Reason.RECORD_LIMIT;
        boolean mayBeCarried = state == State.RECORDS && tellsNothing && !lastWasCarried;
        if (mayBeCarried) {
            delivery.failure = null;
            if (readAsKinesis(delivery)) {
                return;
            }
        }
        delivery.terminal = plain.passOver(delivery, refusal, true) == InPlaceRecords.Passed.NOT_JSON;
    }

    private boolean readCarried(FoundRecord delivery) {
        EnvelopeShape shape = envelope.shape();
        if (shape == EnvelopeShape.FIREHOSE_HTTP || shape == EnvelopeShape.FIREHOSE_TRANSFORM) {
            return carried.read(delivery, true);
        }
        return lastWasCarried && readAsKinesis(delivery);
    }

    private boolean readAsKinesis(FoundRecord delivery) {
        lastWasCarried = carried.read(delivery, false);
        if (lastWasCarried && envelope.shape() == EnvelopeShape.RECORDS) {
            envelope.become(EnvelopeShape.LAMBDA_KINESIS);
            envelope.putIfAbsent(Member.ENVELOPE_EVENT_SOURCE_ARN, carried.eventSourceArn);
        }
        return lastWasCarried;
    }
}
