package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Passes over an element that is larger than memory is given to, or nested too deep, piece by piece, and keeps by what
 * names it is known: the answer to a batch must name it all the same.
 */
final class ElementSkipper {
    private final StreamScanner scan;
    private final FoundRecord delivery;
    private final boolean aliases;

    ElementSkipper(StreamScanner scan, FoundRecord delivery, boolean aliases) {
        this.aliases = aliases;
        this.scan = scan;
        this.delivery = delivery;
    }

    /**
     * Passes over the value at the input's position.
     *
     * @throws DecodeException if it is not JSON
     */
    void skip() {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        scan.input.p++;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            String sequenceNumber = sequenceNumberIn(name);
            if (sequenceNumber != null && scan.next() == '{') {
                object(sequenceNumber);
            } else {
                member(name);
            }
        }
    }

    /** What the sequence number is called in the member of this name; null if there is none in it. */
    private @Nullable String sequenceNumberIn(@Nullable String name) {
        if (is(Member.DYNAMODB.wireName, name)) {
            return Member.SEQUENCE_NUMBER.wireName;
        }
        return "kinesis".equals(name) || "kinesisRecordMetadata".equals(name) ? "sequenceNumber" : null;
    }

    private boolean is(String member, @Nullable String name) {
        return aliases ? member.equalsIgnoreCase(name) : member.equals(name);
    }

    private void object(String sequenceNumber) {
        scan.input.p++;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            if (is(sequenceNumber, name)) {
                delivery.sequenceNumber = scan.scalar();
            } else {
                member(name);
            }
        }
    }

    private void member(@Nullable String name) {
        switch (name == null ? "" : name) {
            case "partitionKey":
                delivery.partitionKey = scan.scalar();
                break;
            case "approximateArrivalTimestamp":
                delivery.arrival = scan.scalar();
                break;
            case "recordId":
                delivery.recordId = scan.scalar();
                break;
            case "data":
            case "kafkaRecordValue":
                delivery.carried |= scan.next() == '"';
                scan.skip();
                break;
            default:
                scan.skip();
        }
    }
}
