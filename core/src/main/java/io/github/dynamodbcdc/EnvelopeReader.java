package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Walks through the members of an envelope, from one array of records to the next, and keeps what the others say. An
 * array is left to the caller, element by element: it may be larger than memory.
 */
final class EnvelopeReader {
    private final StreamScanner scan;
    private final Envelope envelope;
    private final String records;
    private final boolean aliases;
    private boolean first = true;

    /** The {@code dynamodb} behind records that were read already; −1 for none. */
    private long late = -1;

    /** {@code records}: the name of the arrays of records. */
    EnvelopeReader(StreamScanner scan, Envelope envelope, String records, boolean aliases) {
        this.scan = scan;
        this.envelope = envelope;
        this.records = records;
        this.aliases = aliases;
    }

    /** Goes on to the next array of records, and into it; false, and behind the envelope, if there is none. */
    boolean next() {
        while (scan.nextOf('}', first)) {
            first = false;
            long offset = scan.input.offset(scan.input.p);
            String name = scan.name();
            if (isOfRecords(name) && scan.next() == '[') {
                scan.input.p++;
                return true;
            }
            if (Member.DYNAMODB.wireName.equals(name)) {
                late = offset;
            }
            member(name);
        }
        return false;
    }

    private boolean isOfRecords(@Nullable String name) {
        return aliases ? records.equalsIgnoreCase(name) : records.equals(name);
    }

    /**
     * Where {@code dynamodb} stood, which makes the value a change record: −1 if it did not. It is longer than a look
     * ahead goes, and part of it was taken for an envelope.
     */
    long late() {
        return late;
    }

    private void member(@Nullable String name) {
        if (name == null) {
            scan.skip();
            return;
        }
        switch (name) {
            case "requestId":
            case "timestamp":
            case "deliveryStreamArn":
            case "sourceKinesisStreamArn":
            case "region":
            case "eventSourceARN":
            case "NextShardIterator":
            case "shardId":
            case "isFinalInvokeForWindow":
            case "isWindowTerminatedEarly":
                envelope.put(name, scan.scalar());
                break;
            case "invocationId":
                envelope.put(name, scan.scalar());
                becomeTransform();
                break;
            case "window":
                object(false);
                break;
            case "state":
                object(true);
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

    private void object(boolean state) {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        scan.input.p++;
        for (boolean isFirst = true; scan.nextOf('}', isFirst); isFirst = false) {
            String name = scan.name();
            String value = scan.scalar();
            if (name == null) {
                continue;
            }
            if (state) {
                envelope.putState(name, value);
            } else if (name.equals("start") || name.equals("end")) {
                envelope.put(name, value);
            }
        }
    }
}
