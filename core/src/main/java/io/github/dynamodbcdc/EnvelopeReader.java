package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.RecordClassifier.RecordHolder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an envelope from one array of records to the next, and keeps the other members in the
 * {@link Envelope}. The caller reads the elements of each array one by one, because an array may be larger than memory.
 */
final class EnvelopeReader {
    private final StreamScanner scan;
    private final Envelope envelope;
    private final RecordHolder holder;
    private final boolean anyCase;

    /** What the object carries records as; null if it contains them in arrays. */
    private final @Nullable Carrier carrier;

    private boolean first = true;

    /** Whether the position is in the object of Kafka's triggers, between its arrays. */
    private boolean inGroups;

    /** The payload of the carrier; null if none was found. */
    private @Nullable Member payload;

    /** The failure of a member that came after records that were already read; null if there is none. */
    private @Nullable DecodeException lateFailure;

    /**
     * Creates a reader of an envelope. The first call of {@link #next} begins after the envelope's opening brace.
     *
     * @param holder the arrays of records that it contains
     * @param carrier what the object carries records as, if the holder is CARRIER; else null
     * @param anyCase whether the names of the members that decide what the object is may be in any case
     */
    EnvelopeReader(
            StreamScanner scan, Envelope envelope, RecordHolder holder, @Nullable Carrier carrier, boolean anyCase) {
        this.scan = scan;
        this.envelope = envelope;
        this.holder = holder;
        this.carrier = carrier;
        this.anyCase = anyCase;
    }

    /**
     * Moves into the next array of records, or to the payload of a carrier; if there is none, moves after the envelope
     * and returns false.
     */
    boolean next() {
        if (inGroups && nextGroup(false)) {
            return true;
        }
        while (scan.nextOf('}', first)) {
            first = false;
            long offset = scan.input.offset(scan.input.p);
            String name = scan.name();
            byte b = scan.next();
            boolean holds = b == '[' || (b == '{' && holder == RecordHolder.KAFKA);
            if (carrier == null && holds && is(holder.member, name)) {
                scan.input.p++;
                if (b == '[' || nextGroup(true)) {
                    return true;
                }
                continue;
            }
            Member found = carrier == null || b == 'n' ? null : Names.CARRIER.find(name, false);
            if (carrier != null && found != null && carrier.isPayload(found)) {
                if (payload == null) {
                    payload = found;
                    return true;
                }
                lateFailure = lateFailure == null ? carrier.withSecondPayload(payload, offset) : lateFailure;
            }
            if (is(Member.LATE_DYNAMODB, name)) {
                String hint = "the records in it were already read";
                lateFailure = new DecodeException(Reason.NOT_AN_EVENT, offset, "", hint);
            }
            // The envelope of a carrier has no members.
            value(carrier == null ? Names.ENVELOPE.find(name, false) : null);
        }
        return false;
    }

    /** Returns whether this is the name of a member that decides what the object is. */
    private boolean is(Member member, @Nullable String name) {
        return anyCase ? member.wireName.equalsIgnoreCase(name) : member.wireName.equals(name);
    }

    /** Enters the next array of the object of arrays; returns false, with the position after the object, if it ends. */
    private boolean nextGroup(boolean isFirst) {
        for (boolean at = isFirst; scan.nextOf('}', at); at = false) {
            scan.name();
            if (scan.next() == '[') {
                scan.input.p++;
                inGroups = true;
                return true;
            }
            scan.skip();
        }
        inGroups = false;
        return false;
    }

    /** Returns the carrier if it ended without a payload; else null. */
    @Nullable
    Carrier emptyCarrier() {
        return payload == null ? carrier : null;
    }

    /**
     * Returns the failure of an object whose records were read before a member that makes them doubtful; null if there
     * is none. A member {@code dynamodb} makes it a change record. With a second payload, it is unknown which counts.
     * Such an object is longer than the look-ahead.
     */
    @Nullable
    DecodeException lateFailure() {
        return lateFailure;
    }

    /** Returns the payload of the carrier; null if none was found so far. */
    @Nullable
    Member payload() {
        return payload;
    }

    private void value(@Nullable Member member) {
        if (member == null) {
            scan.skip();
            return;
        }
        switch (member.content) {
            case TEXT:
                envelope.put(member, scan.scalar());
                if (member == Member.ENVELOPE_INVOCATION_ID) {
                    becomeTransform();
                }
                break;
            case WINDOW:
                window();
                break;
            case STATE:
                if (scan.next() == '{') {
                    envelope.putState(scan.object());
                    break;
                }
                scan.skip();
                break;
            default:
                scan.skip();
        }
    }

    private void becomeTransform() {
        if (envelope.shape() == EnvelopeShape.FIREHOSE_HTTP && envelope.invocationId() != null) {
            envelope.become(EnvelopeShape.FIREHOSE_TRANSFORM);
        }
    }

    private void window() {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        scan.input.p++;
        for (boolean isFirst = true; scan.nextOf('}', isFirst); isFirst = false) {
            String name = scan.name();
            String value = scan.scalar();
            Member bound = Names.WINDOW.find(name, false);
            if (bound != null) {
                envelope.put(bound, value);
            }
        }
    }
}
