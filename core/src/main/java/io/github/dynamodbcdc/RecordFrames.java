package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.RecordClassifier.Holder;
import java.util.Arrays;
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
 * <p>{@link #next} only moves to the beginning of a record, so a session's event still shows the record before.
 * {@link #read} decodes it.
 */
final class RecordFrames {
    /** A length that no brace with a known name reaches. */
    private static final int LONG_BEGINNING = 64;

    private final Input input;
    private final RecordDecoder decoder;
    private final StreamScanner scan;
    private final InPlaceRecords inPlace;
    private final Base64Records base64;
    private final TopLevelRecords topLevel;

    private State state = State.BEGIN;
    private Envelope envelope = new Envelope(EnvelopeShape.BARE);
    private @Nullable EnvelopeReader members;

    /** Whether no element of the current array was read yet. */
    private boolean firstElement;

    /** Whether the last element of {@code Records} carried its record in base64. */
    private boolean lastWasBase64;

    /**
     * The bytes of the last record that began as only records do, from its brace to the end of its first name. The next
     * record usually begins with the same bytes.
     */
    private byte[] beginning = {};

    /** Whether {@link #next} has found a record, or a failure to report in place of one. */
    private boolean ready;

    /** The failure to report in place of a record; null for none. */
    private @Nullable DecodeException pending;

    private boolean pendingIsTerminal;

    RecordFrames(Input input, RecordDecoder decoder) {
        this.input = input;
        this.decoder = decoder;
        scan = new StreamScanner(input);
        inPlace = new InPlaceRecords(scan, decoder);
        base64 = new Base64Records(scan, decoder);
        topLevel = new TopLevelRecords(scan, inPlace, decoder);
    }

    Envelope envelope() {
        return envelope;
    }

    /** Moves to the next record, or to a failure in place of it; returns false if there is neither. */
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
                    topLevel.skipByteOrderMark();
                    state = State.TOP;
                    break;
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
            topLevel.endLines();
            envelope = new Envelope(EnvelopeShape.ARRAY);
            input.p++;
            firstElement = true;
            state = State.ARRAY;
            return true;
        }
        Holder holder = b == '{' && !beginsAsRecord() ? inPlace.holder() : null;
        if (holder != null) {
            enterEnvelope(holder);
            return true;
        }
        if (envelope.shape() != EnvelopeShape.BARE && !topLevel.isAtSeparator()) {
            envelope = new Envelope(EnvelopeShape.BARE);
        }
        return false;
    }

    private void enterEnvelope(Holder holder) {
        topLevel.endLines();
        base64.eventSourceArn = null;
        lastWasBase64 = false;
        envelope = new Envelope(holder.shape);
        members = new EnvelopeReader(scan, envelope, holder.member, decoder.memberAliases());
        input.p++;
        state = State.ENVELOPE;
    }

    /** Returns whether the first member of the object is one that records begin with and envelopes do not. */
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
                    return true; // {} or not JSON: the decoder reports it
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
                    return false; // no known member has such a long name
                }
                input.grow();
            } catch (DecodeException e) {
                return true; // the decoder reports it
            }
        }
    }

    private static boolean isOfRecord(Member.Kind kind) {
        return kind != Member.Kind.ENVELOPE && kind != Member.Kind.NONE;
    }

    /** Moves to the next array of records, or after the envelope; returns false if there is a failure to report. */
    private boolean nextArray() {
        EnvelopeReader reader = members;
        if (reader != null && reader.next()) {
            firstElement = true;
            state = State.RECORDS;
            return true;
        }
        state = State.TOP;
        members = null;
        if (reader == null || reader.lateDynamodb() < 0) {
            return true;
        }
        String hint = "the records in it were already read";
        fail(new DecodeException(Reason.NOT_AN_EVENT, reader.lateDynamodb(), "", hint), false);
        return false;
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
            state = State.END;
        }
    }

    private void readNext(FoundRecord record) {
        input.checkSource();
        input.unpin();
        for (Holder holder = readRecord(record); holder != null; holder = readRecord(record)) {
            // It began like a record but is an envelope.
            long offset = input.offset(input.p);
            enterEnvelope(holder);
            ready = false;
            if (!next()) {
                record.failure = new DecodeException(Reason.NOT_AN_EVENT, offset, "", "it contains no records");
                return;
            }
        }
    }

    /** Reads the record or failure that was found; returns null, or the array of records if it is an envelope. */
    private @Nullable Holder readRecord(FoundRecord record) {
        ready = false;
        record.reset(input.offset(input.p));
        DecodeException failure = pending;
        if (failure != null) {
            pending = null;
            record.failure = failure;
            record.terminal = pendingIsTerminal;
            return null;
        }
        try {
            if (state == State.TOP) {
                return topLevel.read(record);
            }
            input.prefetch();
            element(record);
        } catch (DecodeException e) {
            record.terminate(scan.fault(e));
        }
        return null;
    }

    private void element(FoundRecord record) {
        if (state == State.RECORDS && members != null && readBase64(record)) {
            return;
        }
        inPlace.read(record, false);
        DecodeException refusal = record.failure;
        if (refusal == null) {
            lastWasBase64 = false;
            return;
        }
        // An element that is not a record may carry one in base64, even after elements that did not.
        boolean notARecord = refusal.reason() == Reason.NOT_AN_EVENT || refusal.reason() == Reason.RECORD_LIMIT;
        boolean mayBeBase64 = state == State.RECORDS && notARecord && !lastWasBase64;
        if (mayBeBase64) {
            record.failure = null;
            if (readAsKinesis(record)) {
                return;
            }
        }
        record.terminal = inPlace.passOver(record, refusal, true) == InPlaceRecords.Passed.NOT_JSON;
    }

    private boolean readBase64(FoundRecord record) {
        if (envelope.shape().isFirehose()) {
            return base64.read(record, true);
        }
        return lastWasBase64 && readAsKinesis(record);
    }

    private boolean readAsKinesis(FoundRecord record) {
        lastWasBase64 = base64.read(record, false);
        if (lastWasBase64 && envelope.shape() == EnvelopeShape.RECORDS) {
            envelope.become(EnvelopeShape.LAMBDA_KINESIS);
            envelope.putIfAbsent(Member.ENVELOPE_EVENT_SOURCE_ARN, base64.eventSourceArn);
        }
        return lastWasBase64;
    }

    private enum State {
        BEGIN,
        TOP,
        ARRAY,
        ENVELOPE,
        RECORDS,
        END
    }
}
