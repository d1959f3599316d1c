package io.github.dynamodbcdc;

/**
 * Decides what a record is when the first look at it was misled: members of several kinds, or a fault in a member
 * that may mean nothing. Precedence, not order, decides: {@code dynamodb}, an array {@code Records}, an array
 * {@code records} of a Firehose delivery, {@code Keys}, {@code Item}.
 */
final class RecordClassifier {
    private final JsonScanner json;
    private final boolean aliases;
    private byte[] data = {};

    /** The members of a record that are there, a bit each. */
    private long members;

    /** Whether there is an array {@code records} of a Firehose delivery, and an empty one. */
    private boolean firehoseRecords;

    private boolean emptyRecords;

    /** Whether an array {@code records} has an element that is a change record, as bean serializers write it. */
    private boolean beanRecords;

    private int end;

    /** {@code aliases}: whether names of members may be in any case. */
    RecordClassifier(JsonScanner json, boolean aliases) {
        this.json = json;
        this.aliases = aliases;
    }

    /**
     * The kind of the record whose opening brace is at {@code brace}. JSON up to the member that decides is validated;
     * if none does before, all of it up to {@link #end}.
     */
    RecordKind classify(int brace) {
        data = json.data;
        members = 0;
        firehoseRecords = false;
        beanRecords = false;
        emptyRecords = false;
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int close = json.string(p + 1);
            Member member = MemberNames.RECORD.find(data, p + 1, close, json.flags, aliases);
            if (member == Member.DYNAMODB) {
                return RecordKind.CHANGE;
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
        if (RecordKind.of(member) == RecordKind.ENVELOPE && json.peek(value) != '[') {
            return;
        }
        members |= bit(member);
        if (member == Member.FIREHOSE_RECORDS) {
            noteRecords(json.space(value + 1));
        }
    }

    /** The position behind the record, if all of it was read. */
    int end() {
        return end;
    }

    /** Returns whether an array of records was met, and not one of a Firehose delivery. */
    boolean hasRecords() {
        return has(Member.RECORDS) || beanRecords;
    }

    /** Returns the name of the array that makes an envelope of the record. */
    String arrayName() {
        return has(Member.RECORDS) ? Member.RECORDS.wireName : Member.FIREHOSE_RECORDS.wireName;
    }

    private boolean has(Member member) {
        return (members & bit(member)) != 0;
    }

    @SuppressWarnings("EnumOrdinal") // an EnumSet of one long
    private static long bit(Member member) {
        return 1L << member.ordinal();
    }

    /** What the members that were read, or begun, make of the record. */
    RecordKind kindSoFar() {
        if (hasRecords() || isFirehose()) {
            return RecordKind.ENVELOPE;
        }
        if (has(Member.EXPORT_KEYS)) {
            return RecordKind.INCREMENTAL_EXPORT;
        }
        return has(Member.EXPORT_ITEM) ? RecordKind.FULL_EXPORT : RecordKind.NONE;
    }

    private boolean isFirehose() {
        boolean hasId = has(Member.REQUEST_ID) || has(Member.INVOCATION_ID);
        return firehoseRecords || (emptyRecords && hasId);
    }

    /**
     * Looks for an object with {@code data} or {@code kafkaRecordValue} in an array, from after its bracket on. The
     * name alone decides, so that the value need not be there: it may be larger than what can be looked at.
     */
    private void noteRecords(int p) {
        emptyRecords |= json.peek(p) == ']';
        while (json.peek(p) != ']') {
            p = json.peek(p) == '{' ? lookForData(p) : json.skip(p, 2);
            if (firehoseRecords || beanRecords) {
                return;
            }
            p = json.afterValue(p, ']');
        }
    }

    /** Returns the position after the object, or in it if the name of a carried record was met. */
    private int lookForData(int brace) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int close = json.string(p + 1);
            long name = Span.of(p + 1 - json.start, close - p - 1, json.flags);
            firehoseRecords = JsonText.is(data, json.start, name, "data")
                    || JsonText.is(data, json.start, name, "kafkaRecordValue");
            beanRecords = aliases
                    && !firehoseRecords
                    && MemberNames.RECORD.find(data, p + 1, close, json.flags, true) == Member.DYNAMODB;
            if (firehoseRecords || beanRecords) {
                return p;
            }
            p = json.afterValue(json.skip(json.expect(json.space(close + 1), ':'), 3), '}');
        }
        return p + 1;
    }
}
