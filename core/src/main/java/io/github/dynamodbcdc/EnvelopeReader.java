package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an envelope from one array of records to the next, and keeps the other members in the
 * {@link Envelope}. The caller reads the elements of each array one by one, because an array may be larger than memory.
 */
final class EnvelopeReader {
    private final StreamScanner scan;
    private final Envelope envelope;
    private final String records;
    private final boolean anyCase;
    private boolean first = true;

    /** The offset of a member {@code dynamodb} after records that were already read; −1 if there is none. */
    private long lateDynamodb = -1;

    /**
     * Creates a reader of an envelope. The first call of {@link #next} begins after the envelope's opening brace.
     *
     * @param records the member that contains the arrays of records
     * @param anyCase whether its name may be in any case
     */
    EnvelopeReader(StreamScanner scan, Envelope envelope, Member records, boolean anyCase) {
        this.scan = scan;
        this.envelope = envelope;
        this.records = records.wireName;
        this.anyCase = anyCase;
    }

    /** Moves into the next array of records; if there is none, moves after the envelope and returns false. */
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
                lateDynamodb = offset;
            }
            value(member);
        }
        return false;
    }

    private boolean isOfRecords(@Nullable String name) {
        return anyCase ? records.equalsIgnoreCase(name) : records.equals(name);
    }

    /**
     * Returns the offset of the member {@code dynamodb}, which makes the object a change record; −1 if there is none.
     * Such an object is longer than the look-ahead, and a part of it was read as an envelope.
     */
    long lateDynamodb() {
        return lateDynamodb;
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
