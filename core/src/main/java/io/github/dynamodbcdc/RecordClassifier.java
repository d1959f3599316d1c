package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an object is by all its members: where the first look at a record was misled by members of several kinds
 * or by a fault in a member that may mean nothing, and where a reader finds an object that may be an envelope.
 * Precedence decides, not order: {@code dynamodb}, an array {@code Records}, an array {@code records} of a Firehose
 * delivery, {@code Keys}, {@code Item}.
 */
final class RecordClassifier {
    /** The arrays that make an envelope of an object. */
    enum Holder {
        /** {@code Records}. */
        RECORDS(Member.RECORDS),
        /** {@code records} with change records, as serializers of Java beans write it. */
        BEAN_RECORDS(Member.FIREHOSE_RECORDS),
        /** {@code records} of a delivery of Firehose, whose elements carry their records. */
        FIREHOSE(Member.FIREHOSE_RECORDS);

        final Member member;

        Holder(Member member) {
            this.member = member;
        }
    }

    private final JsonScanner json;
    private final boolean anyCase;
    private byte[] data = {};

    /** The members that the object has, a bit each. */
    private long members;

    /** What an array {@code records} was found to be; null for neither, or if there is none. */
    private @Nullable Holder elements;

    private boolean emptyRecords;

    private int end;

    /** {@code anyCase}: whether names of members may be in any case. */
    RecordClassifier(JsonScanner json, boolean anyCase) {
        this.json = json;
        this.anyCase = anyCase;
    }

    /**
     * Returns the kind of the object whose opening brace is at {@code brace}. JSON is validated up to the member that
     * decides; if no member decides, the whole object is, up to {@link #end}.
     */
    Member.Kind classify(int brace) {
        data = json.data;
        members = 0;
        elements = null;
        emptyRecords = false;
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
            p = json.expect(json.space(close + 1), ':');
            if (member != null) {
                note(member, p);
            }
            p = json.afterValue(json.skip(p, 1), '}');
        }
        end = p + 1;
        return kindSoFar();
    }

    private void note(Member member, int value) {
        if (member.content == Content.RECORDS && json.peek(value) != '[') {
            return;
        }
        members |= bit(member);
        if (member == Member.FIREHOSE_RECORDS) {
            noteElements(json.space(value + 1));
        }
    }

    /** Returns the position after the object, if all of it was read. */
    int end() {
        return end;
    }

    /** Returns the array that makes an envelope of the object, as far as it was read; null if there is none. */
    @Nullable
    Holder holder() {
        if (has(Member.RECORDS)) {
            return Holder.RECORDS;
        }
        boolean hasId = has(Member.REQUEST_ID) || has(Member.INVOCATION_ID);
        return elements == null && emptyRecords && hasId ? Holder.FIREHOSE : elements;
    }

    private boolean has(Member member) {
        return (members & bit(member)) != 0;
    }

    @SuppressWarnings("EnumOrdinal") // an EnumSet of one long
    private static long bit(Member member) {
        return 1L << member.ordinal();
    }

    /** Returns the kind by the members that were read, or begun. */
    Member.Kind kindSoFar() {
        if (holder() != null) {
            return Member.Kind.ENVELOPE;
        }
        if (has(Member.EXPORT_KEYS)) {
            return Member.Kind.INCREMENTAL_EXPORT;
        }
        return has(Member.EXPORT_ITEM) ? Member.Kind.FULL_EXPORT : Member.Kind.NONE;
    }

    /**
     * Looks in an array {@code records}, from after its bracket on, for an object that carries a record or is one. The
     * name alone decides: the value may be larger than what can be looked at.
     */
    private void noteElements(int p) {
        emptyRecords |= json.peek(p) == ']';
        while (json.peek(p) != ']') {
            p = json.peek(p) == '{' ? element(p) : json.skip(p, 2);
            if (elements != null) {
                return;
            }
            p = json.afterValue(p, ']');
        }
    }

    /** Returns the position after the object, or in it if the name was found. */
    private int element(int brace) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int close = json.string(p + 1);
            Member carrier = Names.CARRIER.find(data, p + 1, close, json.flags);
            if (carrier != null && carrier.content == Content.BASE64) {
                elements = Holder.FIREHOSE;
                return p;
            }
            if (anyCase && Names.RECORD.find(data, p + 1, close, json.flags, true) == Member.DYNAMODB) {
                elements = Holder.BEAN_RECORDS;
                return p;
            }
            p = json.afterValue(json.skip(json.expect(json.space(close + 1), ':'), 3), '}');
        }
        return p + 1;
    }
}
