package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the members of an envelope, from one array of records to the next, and keeps the others in the
 * {@link Envelope}. It leaves an array to the caller, element by element: the array may be larger than memory.
 */
final class EnvelopeReader {
    private final StreamScanner scan;
    private final Envelope envelope;
    private final String records;
    private final boolean anyCase;
    private boolean first = true;

    /** The offset of {@code dynamodb} after records that were read already; −1 if there is none. */
    private long late = -1;

    /** {@code records}: the name of the arrays of records; {@code anyCase}: whether it may be in any case. */
    EnvelopeReader(StreamScanner scan, Envelope envelope, Member records, boolean anyCase) {
        this.scan = scan;
        this.envelope = envelope;
        this.records = records.wireName;
        this.anyCase = anyCase;
    }

    /** Moves into the next array of records; returns false, after the envelope, if there is none. */
    boolean next() {
        while (scan.nextOf('}', first)) {
            first = false;
            long offset = scan.input.offset(scan.input.p);
            String name = scan.name();
            if (isOfRecords(name) && scan.next() == '[') {
                scan.input.p++;
                return true;
            }
            Member member = Names.ENVELOPE.find(name, false);
            if (member == Member.LATE_DYNAMODB) {
                late = offset;
            }
            value(member);
        }
        return false;
    }

    private boolean isOfRecords(@Nullable String name) {
        return anyCase ? records.equalsIgnoreCase(name) : records.equals(name);
    }

    /**
     * Returns the offset of {@code dynamodb}, which makes a change record of the object; −1 if there is none. The
     * object is longer than the look-ahead then, and a part of it was read as an envelope.
     */
    long late() {
        return late;
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
            case STATE:
                object(member);
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

    private void object(Member member) {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        scan.input.p++;
        for (boolean isFirst = true; scan.nextOf('}', isFirst); isFirst = false) {
            String name = scan.name();
            String value = scan.scalar();
            if (member == Member.STATE && name != null) {
                envelope.putState(name, value);
                continue;
            }
            Member bound = Names.WINDOW.find(name, false);
            if (bound != null) {
                envelope.put(bound, value);
            }
        }
    }
}
