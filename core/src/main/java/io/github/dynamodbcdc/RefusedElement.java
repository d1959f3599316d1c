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

    /**
     * The SequenceNumber of dynamodb, which a member of a carrier with a similar name is not. Of repeated members the
     * first counts, as within the limits.
     */
    private @Nullable String sequenceNumber;

    /** The eventID, if it is that of a record; the first one too. */
    private @Nullable String eventId;

    private boolean eventIdIsKnown;

    /** Whether the object has a member dynamodb, as only records have. */
    private boolean ofRecord;

    /** The offset of each value that can be a payload and is JSON as it is; 0 for strings and absent ones. */
    private final long[] starts = new long[Member.PAYLOADS];

    /** The member that carries the record; null if the element is no carrier. */
    @Nullable
    Member content;

    /** The offset from which the failure of the carried record counts: that of its first byte in JSON, else 0. */
    long start;

    private RefusedElement(StreamScanner scan, FoundRecord record, boolean anyCase) {
        this.scan = scan;
        this.record = record;
        this.anyCase = anyCase;
    }

    // --------------------------------------------------------------------------------------- within the limits

    /**
     * Finds the sequence number of the record at {@code p} if {@code record} has none, and in an array its event id.
     *
     * @param to the end of the bytes that belong to the record
     * @param anyCase whether names of members may be in any case
     */
    static void identify(FoundRecord record, JsonScanner json, byte[] data, int p, int to, boolean anyCase) {
        if (p >= to) {
            return;
        }
        json.reset(data, p, to, true);
        int brace = json.space(p);
        if (record.sequenceNumber == null) {
            record.sequenceNumber = text(json, brace, anyCase, Member.DYNAMODB, Member.SEQUENCE_NUMBER);
        }
        if (record.inArray && record.eventId == null) {
            record.eventId = text(json, brace, anyCase, Member.EVENT_ID, null);
        }
    }

    /** Returns the text of a member, or of a member of the object that it is; null if there is none, or too long. */
    private static @Nullable String text(
            JsonScanner json, int brace, boolean anyCase, Member outer, @Nullable Member inner) {
        try {
            int text = find(json, brace, Names.RECORD, outer, anyCase);
            if (text >= 0 && inner != null) {
                text = find(json, text, Names.DYNAMODB, inner, anyCase);
            }
            if (text < 0 || json.peek(text) != '"') {
                return null;
            }
            int close = json.string(text + 1);
            return close - text > Envelope.MAX_TEXT
                    ? null
                    : JsonText.string(json.data, text, Span.of(1, close - text - 1, json.flags));
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
     * @return the element, with {@link #content} and {@link #start} of what it carries
     * @throws DecodeException if it is not JSON
     */
    static RefusedElement skip(StreamScanner scan, FoundRecord record, @Nullable Carrier usual, boolean anyCase) {
        RefusedElement element = new RefusedElement(scan, record, anyCase);
        element.skip(usual);
        return element;
    }

    private void skip(@Nullable Carrier usual) {
        if (scan.next() != '{') {
            scan.skip();
            return;
        }
        try {
            members();
        } catch (DecodeException e) {
            conclude(usual, true); // by the members before the fault
            throw e;
        }
        conclude(usual, false);
    }

    private void conclude(@Nullable Carrier usual, boolean isBroken) {
        boolean certain = usual != null && usual.hasEnvelope();
        Carrier carrier = ofRecord && !certain ? null : evidence.carrier(usual);
        if (carrier == null) {
            keepOnlyOfRecord((ofRecord || isBroken) && record.inArray);
            return;
        }
        record.carriedBy(carrier);
        Member payload = carrier.payload(evidence);
        content = carrier.content(payload);
        start = payload == null ? 0 : starts[payload.ofCarrier()];
    }

    private void keepOnlyOfRecord(boolean withEventId) {
        record.forgetIdentifiers();
        record.sequenceNumber = sequenceNumber;
        record.eventId = withEventId ? eventId : null;
    }

    private void members() {
        scan.input.p++;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            Member member = Names.CARRIER.find(name, false);
            Member ofName = Names.RECORD.find(name, anyCase);
            boolean dynamodb = ofName == Member.DYNAMODB && !ofRecord;
            ofRecord |= dynamodb;
            if (member != null && !evidence.isAdded(member, scan.next())) {
                member = null;
            }
            if (ofName == Member.EVENT_ID && !eventIdIsKnown) {
                eventId(member);
                continue;
            }
            if (member == Member.CARRIER_EVENT_SOURCE) {
                evidence.addSource(scan.scalar());
                continue;
            }
            boolean isObject = scan.next() == '{';
            Content kind = member == null ? Content.SKIPPED : member.content;
            if (member != null && kind != Content.CARRIER && member.ofCarrier() < Member.PAYLOADS) {
                start(member);
            }
            boolean nested = kind == Content.CARRIER || kind == Content.IDENTIFIERS;
            if ((dynamodb || nested) && isObject) {
                object(dynamodb, kind == Content.CARRIER ? member : null);
            } else {
                value(member);
            }
        }
    }

    private void eventId(@Nullable Member member) {
        eventIdIsKnown = true;
        boolean isString = scan.next() == '"';
        String text = scan.scalar();
        eventId = isString ? text : null;
        if (member != null) {
            record.keep(member, text);
        }
    }

    /** Skips an object; {@code carrier} is its member if the payload is in it. */
    private void object(boolean dynamodb, @Nullable Member carrier) {
        scan.input.p++;
        boolean isKnown = false;
        for (boolean first = true; scan.nextOf('}', first); first = false) {
            String name = scan.name();
            if (dynamodb && !isKnown && Names.DYNAMODB.find(name, anyCase) == Member.SEQUENCE_NUMBER) {
                isKnown = true;
                boolean isString = scan.next() == '"';
                String text = scan.scalar();
                sequenceNumber = isString ? text : null;
            } else {
                Member member = dynamodb ? null : Names.CARRIER.find(name, false);
                if (carrier != null && member == Carrier.inside(carrier)) {
                    start(carrier);
                }
                value(member);
            }
        }
    }

    /** Notes where the value at the position begins if it can be a payload that is JSON as it is. */
    private void start(Member payload) {
        byte first = scan.next();
        int place = payload.ofCarrier();
        if ((first == '{' || first == '[') && starts[place] == 0) {
            starts[place] = scan.input.offset(scan.input.p);
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
