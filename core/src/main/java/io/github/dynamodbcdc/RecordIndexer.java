package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One record, from bytes to its index: what it is, its members, and what can only be said at its end.
 *
 * <p>It reads on the assumption that the first members tell what the record is. If they don't, or if a member is
 * malformed that may turn out to mean nothing, {@link RecordClassifier} decides and the record is read once more.
 */
final class RecordIndexer {
    private static final byte[] NOTHING = {};

    private final ChangeEventDecoder decoder;
    private final JsonScanner json = new JsonScanner();
    private final RecordIndex index;
    private final AttributeIndexer attributes;
    private final RecordMembers members;
    private final RecordClassifier classifier;
    private final BinaryRule binaryRule;
    private final @Nullable Shapes shapes;
    private final boolean frozen;
    private @Nullable NameOrdinals ordinals;

    /** Whether more may follow the record, and where it ended. */
    private boolean more;

    private int end;

    /** Whether an envelope of Kinesis or Firehose carries the records: evidence of how their binary is encoded. */
    boolean carried;

    /**
     * @param shapes what to predict from, and to learn if it is not frozen; null to do without
     * @param expectedLength of a record, in bytes
     */
    RecordIndexer(ChangeEventDecoder decoder, @Nullable Shapes shapes, boolean frozen, int expectedLength) {
        this.decoder = decoder;
        // Names of a table of its own, as a session has them, would not be found among those of another table.
        MapNamesCache mapNames = shapes == null || frozen ? decoder.mapNames : new MapNamesCache(decoder.hash);
        index = new RecordIndex(mapNames, decoder.projection, expectedLength);
        index.sharesValues = frozen; // a session finds out
        this.shapes = shapes;
        this.frozen = frozen;
        attributes =
                new AttributeIndexer(json, index, new NumberScanner(json, decoder.limits), decoder, shapes, frozen);
        members = new RecordMembers(json, index, attributes, decoder.leniencies, shapes, frozen);
        classifier = new RecordClassifier(json, decoder.leniencies.memberAliases);
        binaryRule = new BinaryRule(index, decoder.binaryEncoding);
    }

    /** The index that each record is put into. */
    RecordIndex lastIndex() {
        return index;
    }

    /** How many words it keeps for the next record. */
    int capacity() {
        return index.capacity() + attributes.capacity();
    }

    /** Shows no record, and refuses one of so many bytes if that is over the limit. */
    void begin(int length) {
        index.reset(NOTHING, 0, 0);
        decoder.limits.checkRecord(length);
    }

    /** Indexes a record; the index that is returned is always the same. */
    RecordIndex index(byte[] data, int start, int length) {
        more = false;
        return indexRecord(data, start, length);
    }

    /** Indexes the record that these bytes begin with, whatever follows it; {@link #end} tells where it ends. */
    RecordIndex indexFirst(byte[] data, int start, int length) {
        more = true;
        indexRecord(data, start, length);
        index.length = end - start;
        return index;
    }

    /** The position behind the last record that was indexed. */
    int end() {
        return end;
    }

    private void endOfRecord(int p) {
        end = p;
        if (!more) {
            json.endOfRecord(p);
        }
    }

    private RecordIndex indexRecord(byte[] data, int start, int length) {
        begin(length);
        json.reset(data, start, start + length);
        index.reset(data, start, length);
        if (shapes != null && !frozen) {
            shapes.beginRecord();
        }
        Framing.refuseForeign(json);
        int p = json.space(Framing.afterByteOrderMark(json));
        if (json.peek(p) != '{') {
            throw noObject(p);
        }
        try {
            read(p);
        } catch (DecodeException e) {
            index.clear(); // nothing of a bad record can be seen
            throw e;
        }
        return index;
    }

    private void read(int brace) {
        if (!firstReading(brace)) {
            secondReading(brace);
        }
        if (shapes != null) {
            index.names = shapes.names();
        }
        finish(brace);
        if (decoder.projection != null) {
            index.project(decoder.projection, ordinals(decoder.projection));
        }
    }

    /** What the wanted attributes are among the names of the table; looked up again when that is another. */
    @SuppressWarnings("ReferenceEquality") // the same table, not one with equal names
    private @Nullable NameOrdinals ordinals(Projection projection) {
        AttributeNames wanted = projection.attributes;
        if (wanted == null || shapes == null || frozen) {
            return null;
        }
        NameOrdinals known = ordinals;
        if (known == null || known.table != index.names) {
            known = new NameOrdinals(wanted, index.names);
            ordinals = known;
        }
        return known;
    }

    /** Whether a line break was met in any record that was read here; one that was foreseen is not met. */
    boolean metLineBreak() {
        return json.metLineBreak;
    }

    /** How many attributes of the last record frozen shapes did not know. */
    int unknown() {
        return attributes.unknown();
    }

    /** Returns why the value at {@code p} is no record: it is not an object, or not JSON at all. */
    private DecodeException noObject(int p) {
        byte first = json.data[p];
        if (!JsonScanner.startsValue(first)) {
            return json.fail(Reason.UNEXPECTED_BYTE, p, Mistakes.text(json, p));
        }
        endOfRecord(json.skip(p, 0));
        return json.fail(Reason.NOT_AN_EVENT, p, first == '[' ? holdsRecords() : Mistakes.string(json, p));
    }

    private @Nullable String holdsRecords() {
        return more ? null : "read(…) reads what holds records";
    }

    /** Whether the record could be read, and as the only thing that it can be. */
    private boolean firstReading(int brace) {
        members.reset(RecordKind.UNDECIDED);
        int close;
        try {
            close = members.read(brace);
        } catch (DecodeException e) {
            if (members.kind() == RecordKind.CHANGE) {
                throw e;
            }
            return false;
        }
        if (members.agreedKind() == RecordKind.NONE) {
            return false;
        }
        endOfRecord(close);
        return true;
    }

    private void secondReading(int brace) {
        RecordKind kind = classifier.classify(brace);
        if (kind == RecordKind.NONE || kind == RecordKind.ENVELOPE) {
            endOfRecord(classifier.end());
            throw json.fail(
                    Reason.NOT_AN_EVENT,
                    brace,
                    kind == RecordKind.ENVELOPE
                            ? holdsRecords()
                            : Mistakes.object(json, brace, decoder.leniencies.memberAliases));
        }
        index.clear();
        members.reset(kind);
        endOfRecord(members.read(brace));
    }

    private void finish(int recordBrace) {
        RecordKind kind = members.agreedKind();
        long timeSpan = members.timeSpan();
        switch (kind) {
            case CHANGE:
                require(members.dynamodbBrace() >= 0, Member.DYNAMODB, recordBrace);
                if (index.keys < 0) {
                    int brace = members.dynamodbBrace();
                    throw missing(Member.KEYS, brace, Mistakes.keys(json, brace, decoder.leniencies.memberAliases));
                }
                break;
            case INCREMENTAL_EXPORT:
                require(index.keys >= 0, Member.EXPORT_KEYS, recordBrace);
                if (members.metadataBrace() < 0) {
                    throw missing(Member.EXPORT_METADATA, recordBrace, Mistakes.line(json, recordBrace));
                }
                require(timeSpan != 0, Member.WRITE_TIMESTAMP_MICROS, members.metadataBrace());
                index.export = true;
                index.eventName = index.newImage < 0
                        ? EventName.REMOVE
                        : index.oldImage < 0 ? EventName.INSERT : EventName.MODIFY;
                break;
            default:
                require(index.newImage >= 0, Member.EXPORT_ITEM, recordBrace);
                index.export = true;
                index.eventName = EventName.INSERT;
                takeKeysFromItem();
        }
        int badBase64 = binaryRule.refused();
        if (timeSpan != 0) {
            index.hasTime = parseTime(timeSpan, kind, decoder.leniencies.timesWithoutOffsetAsUtc);
            boolean bad = !index.hasTime;
            int position = members.timePosition();
            if (bad && (badBase64 < 0 || position - json.start < badBase64)) {
                throw json.fail(Reason.BAD_TIME, position, timeHint(timeSpan, kind));
            }
        }
        if (badBase64 >= 0) {
            String hint = "the options binaryEncoding AUTO and SINGLE decode it once";
            throw json.fail(Reason.BAD_BASE64, json.start + badBase64, hint);
        }
        if (index.hasBinary) {
            index.binaryEncoding = binaryRule.decide(carried);
        }
    }

    private boolean parseTime(long span, RecordKind kind, boolean utc) {
        return CreationTimeParser.parse(index, span, members.timeForm(), statedUnit(kind), decoder.timePrecision, utc);
    }

    private @Nullable String timeHint(long span, RecordKind kind) {
        return !decoder.leniencies.timesWithoutOffsetAsUtc && parseTime(span, kind, true)
                ? "the option timesWithoutOffsetAsUtc reads a time without an offset"
                : null;
    }

    /** {@code lacking}: the opening brace of the object that should have the member. */
    private void require(boolean there, Member member, int lacking) {
        if (!there) {
            throw missing(member, lacking, null);
        }
    }

    private DecodeException missing(Member member, int lacking, @Nullable String hint) {
        return json.fail(Reason.MISSING_FIELD, lacking, hint == null ? member.wireName : member.wireName + "; " + hint);
    }

    private @Nullable TimePrecision statedUnit(RecordKind kind) {
        if (kind == RecordKind.INCREMENTAL_EXPORT) {
            return TimePrecision.MICROSECOND;
        }
        long span = index.textSpan(Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION);
        return span == 0 ? null : TimePrecision.named(index.data, index.base, span);
    }

    /** A full export has no Keys: they are the attributes of the item that the caller named. */
    private void takeKeysFromItem() {
        int item = index.newImage;
        int brace = json.start + Span.start(index.value(item));
        int keys = index.open(Descriptors.M, brace, 0);
        int count = 0;
        for (int i = 0; i < decoder.keyAttributes.size(); i++) { // without an iterator
            int attribute = index.find(item, decoder.keyAttributes.get(i));
            if (attribute < 0) {
                throw json.fail(Reason.MISSING_FIELD, brace, "an attribute that the option keyAttributes names");
            }
            index.addCopyOf(attribute, index.next(attribute), 0, 0);
            count++;
        }
        index.close(keys, brace, count);
        index.keys = keys;
    }
}
