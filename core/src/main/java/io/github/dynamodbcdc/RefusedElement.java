package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identifiers of a record that cannot be decoded, because the answer to a batch must name it. In a record
 * within the limits, it searches for {@code dynamodb.SequenceNumber} as far as the record is JSON. It skips a larger
 * or deeper record in pieces, and keeps the identifiers on the way.
 */
final class RefusedElement {
    private final StreamScanner scan;
    private final FoundRecord record;
    private final boolean anyCase;
    private final Carrier.Evidence evidence = new Carrier.Evidence();

    private RefusedElement(StreamScanner scan, FoundRecord record, boolean anyCase) {
        this.scan = scan;
        this.record = record;
        this.anyCase = anyCase;
    }

    // --------------------------------------------------------------------------------------- within the limits

    /**
     * Returns the sequence number of the record at {@code p}; null if it has none.
     *
     * @param to the end of the bytes that belong to the record
     * @param anyCase whether names of members may be in any case
     */
    static @Nullable String sequenceNumber(JsonScanner json, byte[] data, int p, int to, boolean anyCase) {
        json.reset(data, p, to, true);
        try {
            int dynamodb = find(json, p, Names.RECORD, Member.DYNAMODB, anyCase);
            int text = dynamodb < 0 ? -1 : find(json, dynamodb, Names.DYNAMODB, Member.SEQUENCE_NUMBER, anyCase);
            if (text < 0 || json.peek(text) != '"') {
                return null;
            }
            int close = json.string(text + 1);
            return JsonText.string(json.data, text, Span.of(1, close - text - 1, json.flags));
        } catch (NeedMore | DecodeException e) {
            return null; // it is absent, or after bytes that are not JSON
        }
    }

    /** Returns the position of a member's value in the object at {@code brace}; −1 if there is none. */
    private static int find(JsonScanner json, int brace, Names names, Member wanted, boolean anyCase) {
        if (json.peek(brace) != '{') {
            return -1;
        }
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (json.data[p] != '"') {
                return -1;
            }
            int close = json.string(p + 1);
            boolean found = names.find(json.data, p + 1, close, json.flags, anyCase) == wanted;
            p = json.expect(json.space(close + 1), ':');
            if (found) {
                return p;
            }
            p = json.afterValue(json.skip(p, 1), '}');
        }
        return -1;
    }

    // ----------------------------------------------------------------------------------------- over the limits

    /**
     * Skips the value at the input's position and keeps its identifiers in {@code record}.
     *
     * @param usual what the elements of the envelope usually are; null if nothing is known
     * @param anyCase whether names of members may be in any case
     * @throws DecodeException if it is not JSON
     */
    static void skip(StreamScanner scan, FoundRecord record, @Nullable Carrier usual, boolean anyCase) {
        new RefusedElement(scan, record, anyCase).skip(usual);
    }

    private void skip(@Nullable Carrier usual) {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        scan.input.p++;
        boolean ofRecord = false;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            Member member = Names.CARRIER.find(name, false);
            boolean dynamodb = Names.RECORD.find(name, anyCase) == Member.DYNAMODB;
            ofRecord |= dynamodb;
            if (member != null && !evidence.isAdded(member, scan.next())) {
                member = null;
            }
            boolean nested = member != null && (member.content == Content.CARRIER || isOfIdentifiers(member));
            if ((dynamodb || nested) && scan.next() == '{') {
                object(dynamodb);
            } else {
                value(member);
            }
        }
        Carrier carrier = ofRecord ? null : evidence.carrier(usual);
        if (carrier == null) {
            String sequenceNumber = ofRecord ? record.sequenceNumber : null;
            record.forgetIdentifiers();
            record.sequenceNumber = sequenceNumber;
            return;
        }
        record.carrier = carrier;
        record.viaKinesis = carrier.isOfKinesis();
    }

    private static boolean isOfIdentifiers(Member member) {
        return member.content == Content.IDENTIFIERS;
    }

    private void object(boolean dynamodb) {
        scan.input.p++;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            if (dynamodb && Names.DYNAMODB.find(name, anyCase) == Member.SEQUENCE_NUMBER) {
                record.sequenceNumber = scan.scalar();
            } else {
                value(dynamodb ? null : Names.CARRIER.find(name, false));
            }
        }
    }

    private void value(@Nullable Member member) {
        if (member != null && member.content == Content.TEXT) {
            record.keep(member, scan.scalar());
        } else {
            scan.skip();
        }
    }
}
