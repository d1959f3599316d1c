package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Determines the kind of an object from all its members. It is used in two cases: if the first reading of a record
 * found members of several kinds or of none, or a fault in a member that may have no meaning; and if a reader finds an
 * object that may be an envelope. The members' precedence decides, and not their order: {@code dynamodb}, an array
 * {@code Records}, {@code records} whose elements carry records (Firehose, Kafka) or, under memberAliases, are records,
 * {@code Keys}, {@code Item}, and last the payload of a {@link Carrier}.
 */
final class RecordClassifier {
    private final JsonScanner json;
    private final boolean anyCase;
    private byte[] data = {};

    /** The members of the object, one bit each. */
    private long members;

    /** The meaning of an array {@code records}, by its elements; null if it has none. */
    private @Nullable RecordHolder elements;

    /** The kind of export by members that are null, which count only if nothing else does; NONE if there are none. */
    private Member.Kind kindByNull = Member.Kind.NONE;

    private boolean emptyRecords;
    private boolean emptyGroups;

    private final Carrier.Evidence evidence = new Carrier.Evidence();

    // out parameters

    /** The position after the object, if all of it was read. */
    private int end;

    /**
     * Creates a classifier.
     *
     * @param anyCase whether names of members may be in any case
     */
    RecordClassifier(JsonScanner json, boolean anyCase) {
        this.json = json;
        this.anyCase = anyCase;
    }

    /**
     * Returns the kind of the object whose opening brace is at {@code brace}. The JSON is validated up to the member
     * that decides. If no member decides, the whole object is validated, up to {@link #end}.
     */
    Member.Kind classify(int brace) {
        data = json.data;
        members = 0;
        elements = null;
        kindByNull = Member.Kind.NONE;
        emptyRecords = false;
        emptyGroups = false;
        evidence.reset();
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int close = json.string(p + 1);
            Member member = Names.RECORD.find(data, p + 1, close, json.flags, anyCase);
            if (member == Member.DYNAMODB) {
                return Member.Kind.CHANGE;
            }
            Member ofCarrier = Names.CARRIER.find(data, p + 1, close, json.flags);
            p = json.expect(json.space(close + 1), ':');
            if (member != null) {
                note(member, p);
            }
            if (ofCarrier != null) {
                evidence.add(ofCarrier, json, p);
            }
            // The levels around a payload do not count.
            boolean isPayload = ofCarrier != null && ofCarrier.content == Content.PAYLOAD;
            p = json.afterValue(json.skip(p, isPayload ? 0 : 1), '}');
        }
        end = p + 1;
        return kind();
    }

    private void note(Member member, int value) {
        if (member.content == Content.RECORDS && json.peek(value) != '[') {
            if (member == Member.FIREHOSE_RECORDS && json.peek(value) == '{') {
                noteGroups(json.space(value + 1));
            }
            return;
        }
        if ((member == Member.EXPORT_KEYS || member == Member.EXPORT_ITEM) && json.peek(value) == 'n') {
            kindByNull = member == Member.EXPORT_KEYS || kindByNull == Member.Kind.NONE ? member.kind : kindByNull;
            return;
        }
        members |= member.bit();
        if (member == Member.FIREHOSE_RECORDS) {
            noteElements(json.space(value + 1));
        }
    }

    /** Returns the position after the object, if all of it was read. */
    int end() {
        return end;
    }

    /** Returns what makes the object an envelope, as far as it was read; null if nothing does. */
    @Nullable
    RecordHolder holder() {
        if (has(Member.RECORDS)) {
            return RecordHolder.RECORDS;
        }
        if (elements != null) {
            return elements;
        }
        if (emptyRecords && (has(Member.REQUEST_ID) || has(Member.INVOCATION_ID))) {
            return RecordHolder.FIREHOSE;
        }
        if (emptyGroups && has(Member.EVENT_SOURCE)) {
            return RecordHolder.KAFKA;
        }
        return isExport() || evidence.carrier(null) == null ? null : RecordHolder.CARRIER;
    }

    /** Returns whether the members that were read decide what the object is, unless {@code dynamodb} follows. */
    boolean isDecided() {
        return isExport() || holder() != null;
    }

    /** Returns what the object carries records as, as far as it was read; null if it does not. */
    @Nullable
    Carrier carrier() {
        return evidence.carrier(null);
    }

    private boolean has(Member member) {
        return (members & member.bit()) != 0;
    }

    private boolean isExport() {
        return has(Member.EXPORT_KEYS) || has(Member.EXPORT_ITEM);
    }

    private Member.Kind kind() {
        if (holder() != null) {
            return Member.Kind.ENVELOPE;
        }
        if (has(Member.EXPORT_KEYS)) {
            return Member.Kind.INCREMENTAL_EXPORT;
        }
        return has(Member.EXPORT_ITEM) ? Member.Kind.FULL_EXPORT : kindByNull;
    }

    /**
     * Searches an array {@code records} for an object that carries a record or is one. The name of a member decides
     * without its value, which may be larger than the window.
     *
     * @param p the position after the array's bracket
     */
    private void noteElements(int p) {
        emptyRecords |= json.peek(p) == ']';
        while (json.peek(p) != ']') {
            p = json.peek(p) == '{' ? element(p, RecordHolder.FIREHOSE) : json.skip(p, 2);
            if (elements != null) {
                return;
            }
            p = json.afterValue(p, ']');
        }
    }

    /** Examines the first element in the first member of an object {@code records}, which Kafka's triggers have. */
    private void noteGroups(int p) {
        emptyGroups = json.peek(p) == '}';
        if (json.peek(p) != '"') {
            return;
        }
        int group = json.expect(json.space(json.string(p + 1) + 1), ':');
        if (json.peek(group) == '[') {
            int first = json.space(group + 1);
            emptyGroups = json.peek(first) == ']';
            if (json.peek(first) == '{') {
                element(first, RecordHolder.KAFKA);
            }
        }
    }

    /** Searches an element, and returns the position after it, or a position in it if {@link #elements} was set. */
    private int element(int brace, RecordHolder expected) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int close = json.string(p + 1);
            Member carrier = Names.CARRIER.find(data, p + 1, close, json.flags);
            if (carrier != null && expected.usual != null && expected.usual.isShownBy(carrier)) {
                elements = expected;
                return p;
            }
            if (anyCase
                    && expected == RecordHolder.FIREHOSE
                    && Names.RECORD.find(data, p + 1, close, json.flags, true) == Member.DYNAMODB) {
                elements = RecordHolder.BEAN_RECORDS;
                return p;
            }
            p = json.afterValue(json.skip(json.expect(json.space(close + 1), ':'), 3), '}');
        }
        return p + 1;
    }

    /** What makes an object an envelope of records: an array in it, or its payload. */
    enum RecordHolder {
        /** {@code Records}. */
        RECORDS(Member.RECORDS, EnvelopeShape.RECORDS, Carrier.USUAL_OF_RECORDS),
        /** {@code records} with change records, as serializers of Java beans write it. */
        BEAN_RECORDS(Member.FIREHOSE_RECORDS, EnvelopeShape.RECORDS, null),
        /** {@code records} of a Firehose delivery, whose elements carry the records in base64. */
        FIREHOSE(Member.FIREHOSE_RECORDS, EnvelopeShape.FIREHOSE_HTTP, Carrier.FIREHOSE),
        /** {@code records} of Lambda's Kafka triggers: an object with an array for each partition of a topic. */
        KAFKA(Member.FIREHOSE_RECORDS, EnvelopeShape.LAMBDA_KAFKA, Carrier.LAMBDA_KAFKA),
        /** None: the object itself carries records, as a {@link Carrier} defines. */
        CARRIER(Member.RECORDS, EnvelopeShape.BARE, null);

        /** The member whose value has the records; for CARRIER a placeholder that nothing reads. */
        final Member member;

        /** The shape of the envelope, as far as the array shows it; for CARRIER a placeholder that nothing reads. */
        final EnvelopeShape shape;

        /** The carrier that an element is if its payload is the only evidence; null if that proves nothing. */
        final @Nullable Carrier usual;

        RecordHolder(Member member, EnvelopeShape shape, @Nullable Carrier usual) {
            this.member = member;
            this.shape = shape;
            this.usual = usual;
        }
    }
}
