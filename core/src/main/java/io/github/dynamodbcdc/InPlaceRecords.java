package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.FoundRecord.CarrierObject;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.RecordClassifier.RecordHolder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are in the input as plain JSON. Each is decoded in place, in one pass that also finds its end. If
 * the window ends inside the record, it is decoded again when twice as many bytes are available.
 */
final class InPlaceRecords {
    /** The number of bytes of an object that usually decide whether it is a record or an envelope. */
    private static final int LOOK_AHEAD = 1 << 16;

    /** The most bytes of a carrier without its payload. */
    private static final int REST_OF_CARRIER = 1 << 16;

    /** The most base64 bytes for 3 bytes: 4 characters, and 4 more for writers that escape every slash. */
    private static final int BASE64_OF_THREE = 8;

    /** A carrier of this size is read whatever the limit of a record, because it may carry many. Lambda's have 6 MB. */
    private static final int USUAL_MOST = 1 << 24;

    /** A beginning of this length has white space or escapes, and is not kept. */
    private static final int LONG_BEGINNING = 64;

    private static final byte RECORD_SEPARATOR = 0x1E;

    private final StreamScanner scan;
    private final Input input;
    private final RecordDecoder decoder;
    private final int max;

    /** Scans a value again. It is not the scanner of the frame, which keeps the position of its fault. */
    private final JsonScanner rescanner = new JsonScanner();

    private final RecordClassifier classifier;

    /** The members of a carrier that was refused; null if there was none. */
    private @Nullable CarrierObject object;

    /** Whether the object that {@link #holder} examined last is longer than the look-ahead. */
    private boolean isLarge;

    /**
     * The bytes of the last record that began as only records do, from its brace to the end of its first name. The next
     * record usually begins with the same bytes.
     */
    private byte[] beginning = {};

    InPlaceRecords(StreamScanner scan, RecordDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
        max = decoder.limits().maxRecordBytes();
        classifier = new RecordClassifier(rescanner, decoder.memberAliases());
    }

    /**
     * Reads the record at the input's position. On success the position moves after it; otherwise it stays.
     *
     * @param record receives the event or the failure
     * @param mayHoldRecords whether it may be an envelope
     * @param line the line to which the input is confined if the record is not complete; null if lines delimit nothing
     * @return null; if it is an envelope or a carrier, what holds its records, and nothing was read
     */
    @Nullable
    RecordHolder read(FoundRecord record, boolean mayHoldRecords, @Nullable Lines line) {
        boolean looked = !mayHoldRecords;
        RecordHolder holder;
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
                record.event = event;
                input.expect(recordLength);
                input.p += recordLength;
                input.pin();
                return null;
            } catch (NeedMore e) {
                if (line != null && line.confineArrived()) {
                    continue;
                }
                boolean over = length == max && (input.available() > max || input.more());
                if (!looked && (over || length >= LOOK_AHEAD)) {
                    looked = true;
                    holder = holder();
                    if (holder != null) {
                        return holder;
                    }
                }
                if (over) {
                    record.failure = tooLong();
                    return null;
                }
                if (length == Math.min(input.available(), max)) { // otherwise the look-ahead already read more
                    input.grow(max + 1);
                }
            } catch (DecodeException e) {
                if (line != null && line.confineArrived() && e.offset() >= input.available()) {
                    continue; // the fault is after the line
                }
                holder = looked ? null : holder();
                if (holder != null) {
                    return holder;
                }
                record.failure = e.reason() == Reason.END_OF_INPUT && input.fault != null
                        ? new DecodeException(input.fault, input.offset(input.end), "", null)
                        : e.movedBy(input.offset(input.p));
                return null;
            }
        }
    }

    /** Returns the length of the separator that begins with these bytes; 0 if there is none. */
    static int separator(byte first, byte second) {
        switch (first) {
            case ',':
            case ';':
            case '|':
            case RECORD_SEPARATOR:
                return 1;
            case '\\':
                return second == 'n' || second == 'r' || second == 't' ? 2 : 0;
            default:
                return 0;
        }
    }

    /** Returns the length of the separator at {@code p}; 0 if there is none. */
    static int separator(byte[] data, int p, int to) {
        return separator(data[p], p + 1 < to ? data[p + 1] : 0);
    }

    static boolean isSeparatorOrMark(byte[] data, int p, int to) {
        return separator(data, p, to) > 0 || JsonScanner.isByteOrderMark(data, p, to);
    }

    /** Returns whether only separators and white space are before the next record, or before the end. */
    static boolean isSeparated(byte[] data, int from, int to) {
        for (int p = from; p < to; ) {
            byte b = data[p];
            if (b == '{' || b == '[' || JsonScanner.isByteOrderMark(data, p, to)) {
                return true;
            }
            int length = JsonScanner.isSpace(b) ? 1 : separator(data, p, to);
            if (length == 0) {
                return false;
            }
            p += length;
        }
        return true;
    }

    /** Returns the failure of a record at the input's position that is larger than the limit. */
    DecodeException tooLong() {
        return new DecodeException(
                Reason.RECORD_LIMIT,
                input.offset(input.p) + max,
                "",
                decoder.limits().recordHint());
    }

    /**
     * Skips the record that was refused, and finds identifiers that {@code record} does not have.
     *
     * @param usual what the elements of the envelope usually are; null if nothing is known
     * @param atAnyLength whether to skip also a record that is too long to keep in memory
     */
    Passed passOver(FoundRecord record, DecodeException refusal, @Nullable Carrier usual, boolean atAnyLength) {
        record.failure = refusal;
        int close;
        try {
            close = end();
        } catch (DecodeException e) {
            int fault = input.p + (int) e.offset();
            identify(record, Math.min(fault + 1, input.end), usual); // it may be the first byte of a payload
            return notJson(scan, record, refusal, e);
        }
        boolean withinReach = close >= 0 && close - input.p <= max;
        if (!withinReach) {
            // Also if it has arrived: the outcome must not depend on how much has.
            return atAnyLength ? skip(scan, record, refusal, usual) : Passed.OUT_OF_REACH;
        }
        // It is no carrier, which would have been read.
        RefusedElement.identify(record, rescanner, input.data, input.p, close, decoder.memberAliases());
        input.p = close;
        return Passed.OVER;
    }

    private static Passed notJson(
            StreamScanner scanner, FoundRecord record, DecodeException refusal, DecodeException jsonFailure) {
        DecodeException fault = scanner.fault(jsonFailure);
        // If both are the same fault, the refusal is better because it has a path.
        boolean known = fault.offset() == refusal.offset() || refusal.reason() == fault.reason();
        record.failure = known ? refusal : fault;
        return Passed.NOT_JSON;
    }

    /**
     * Skips the record at the scanner's position, which may be too long to keep in memory, and keeps its identifiers.
     *
     * @param usual what the elements of the envelope usually are; null if nothing is known
     */
    Passed skip(StreamScanner scanner, FoundRecord record, DecodeException refusal, @Nullable Carrier usual) {
        record.failure = refusal;
        RefusedElement skipped;
        try {
            skipped = RefusedElement.skip(scanner, record, usual, decoder.memberAliases());
        } catch (DecodeException e) {
            return notJson(scanner, record, refusal, e);
        }
        Carrier carrier = record.carrier;
        Member content = skipped.content;
        if (carrier != null && content != null && refusal.reason() == Reason.RECORD_LIMIT) {
            record.failure = new DecodeException(
                            Reason.RECORD_LIMIT,
                            skipped.start + max,
                            "",
                            decoder.limits().recordHint())
                    .in(carrier.layer(content));
        }
        return Passed.OVER;
    }

    /**
     * Finds the end of the value at the input's position, which stays where it is.
     *
     * @return the position after the value; −1 if it is larger or deeper than a record can be
     * @throws DecodeException if it is not JSON
     */
    int end() {
        for (; ; ) {
            // Also if more has arrived: a fault after these bytes is not found here.
            int to = (int) Math.min(input.end, input.p + max + 1L);
            boolean mayGrow = to < input.end || !input.ended;
            try {
                int close = scan.upTo(to, mayGrow).skip(input.p, 0);
                if (close < to || !mayGrow) {
                    return close;
                }
                if (!JsonScanner.startsNumber(input.data[input.p])) {
                    return close; // only a number may go on
                }
            } catch (NeedMore e) {
                // More bytes are read below.
            } catch (DecodeException e) {
                if (e.reason() == Reason.DEPTH_LIMIT) {
                    return -1;
                }
                throw e;
            }
            if (input.available() > max) {
                return -1;
            }
            input.grow(max + 1);
        }
    }

    /**
     * Finds what carried a record that was refused, and its identifiers.
     *
     * @param to the position up to which the input is searched
     * @param usual what the elements of the envelope usually are; null if nothing is known
     */
    void identify(FoundRecord record, int to, @Nullable Carrier usual) {
        int from = input.p;
        CarrierObject known = object == null ? new CarrierObject() : object;
        object = known;
        boolean anyCase = decoder.memberAliases();
        boolean mayBeChange = anyCase && (usual == null || !usual.hasEnvelope());
        if ((mayBeChange && isChange(from, to)) || !known.identify(record, rescanner, input.data, from, to, usual)) {
            RefusedElement.identify(record, rescanner, input.data, from, to, anyCase);
        }
    }

    /** Returns whether there is a member dynamodb in any case, so that the object carries nothing. */
    private boolean isChange(int from, int to) {
        rescanner.reset(input.data, from, to, true);
        try {
            return rescanner.peek(from) == '{' && classifier.classify(from) == Member.Kind.CHANGE;
        } catch (NeedMore | DecodeException e) {
            return false;
        }
    }

    /**
     * Returns the most bytes that a carrier can have whose one record is not larger than the limit; or more, if the
     * limit is small, because a carrier may carry many records.
     */
    static int mostOfCarrier(DecodeLimits limits) {
        long most = limits.maxRecordBytes() / 3L * BASE64_OF_THREE + REST_OF_CARRIER;
        return (int) Math.min(Math.max(most, USUAL_MOST), Integer.MAX_VALUE / 2);
    }

    /** Returns whether the first member of the object here is one that records begin with and envelopes do not. */
    boolean beginsAsRecord() {
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
                boolean ofBoth = first == Member.EVENT_SOURCE || first == Member.EVENT_SOURCE_ARN;
                if (first == null || ofBoth || !isOfRecord(first.kind)) {
                    return false;
                }
                if (close - input.p < LONG_BEGINNING) {
                    beginning = Arrays.copyOfRange(input.data, input.p, close + 1);
                }
                return true;
            } catch (NeedMore e) {
                if (input.available() > LOOK_AHEAD) {
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

    /**
     * Returns what makes the object at the input's position an envelope; null if the precedence of its members makes it
     * something else. If the object is longer than the look-ahead, the members in the look-ahead decide. If they decide
     * nothing, the members that follow do, up to {@link #mostOfCarrier}. The result does not depend on the pieces in
     * which the input arrives.
     *
     * <p>CARRIER means that the object itself carries records; {@link #largeCarrier} returns it if it is large.
     */
    @Nullable
    RecordHolder holder() {
        int ahead = LOOK_AHEAD;
        int most = mostOfCarrier(decoder.limits());
        for (; ; ) {
            int length = Math.min(input.available(), ahead);
            boolean cut = false;
            try {
                rescanner.reset(input.data, input.p, input.p + length, length < input.available() || !input.ended);
                isLarge = ahead > LOOK_AHEAD;
                return classifier.classify(input.p) == Member.Kind.CHANGE ? null : classifier.holder();
            } catch (NeedMore e) {
                cut = true;
            } catch (DecodeException e) {
                // The members before the fault count.
            }
            if (cut && input.available() < ahead && input.grow(ahead)) {
                continue;
            }
            boolean decided = classifier.isDecided();
            isLarge = cut && input.available() >= ahead;
            if (decided || !cut || ahead == most || input.available() < ahead) {
                return classifier.holder();
            }
            ahead = Math.min(ahead * 2, most);
        }
    }

    /**
     * Returns what the object that {@link #holder} examined last carries records as; null if it is none or short enough
     * to be read as a whole.
     */
    @Nullable
    Carrier largeCarrier() {
        Carrier carrier = classifier.carrier();
        return carrier != null && carrier.isBatch() && isLarge ? carrier : null;
    }

    /** The outcome of skipping a record that was refused. */
    enum Passed {
        /** The record is JSON, and the position is after it. */
        OVER,
        /** The record is larger or deeper than a record can be, and the position is still before it. */
        OUT_OF_REACH,
        /** The record is not JSON, so its end is unknown. The failure is then that of the JSON. */
        NOT_JSON
    }
}
