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
    private final boolean frozen;
    private final RecordIndex index;
    private JsonScanner json = new JsonScanner();
    private AttributeIndexer attributes;
    private RecordMembers members;
    private RecordClassifier classifier;
    private final BinaryRule binaryRule;
    private @Nullable Shapes shapes;
    private @Nullable DecodePath path;
    private AttributeNames.@Nullable Ordinals ordinals;

    /** Whether more may follow the record, and where it ended. */
    private boolean more;

    private int end;

    /** Who is indexing a record, by {@link #caller}; 0 for nobody. A plain field, which detects most misuse. */
    private int user;

    /** An earlier record was not indexed to its end, or two threads were at work: what was kept cannot be trusted. */
    private boolean broken;

    /** Whether an envelope of Kinesis or Firehose carries the records: evidence of how their binary is encoded. */
    boolean carried;

    /** Whether a reader asks: what holds records where a record belongs is not read by reading it again. */
    boolean reading;

    /**
     * @param shapes what to predict from, and to learn if it is not frozen; null to do without
     * @param expectedLength of a record, in bytes
     */
    RecordIndexer(ChangeEventDecoder decoder, @Nullable Shapes shapes, boolean frozen, int expectedLength) {
        this.decoder = decoder;
        // Names of a table of its own, as a session has them, would not be found among those of another table.
        MapNames.Cache mapNames = shapes == null || frozen ? decoder.mapNames : new MapNames.Cache(decoder.hash);
        index = new RecordIndex(mapNames, decoder.projection, expectedLength);
        index.sharesValues = frozen; // a session finds out
        this.shapes = shapes;
        this.frozen = frozen;
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        binaryRule = new BinaryRule(index, decoder.binaryEncoding);
    }

    /** The index that each record is put into. */
    RecordIndex lastIndex() {
        return index;
    }

    /** Whether it predicts from these shapes, and no others. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot
    boolean isOver(@Nullable Shapes snapshot) {
        return shapes == snapshot;
    }

    /** How many words it keeps for the next record. */
    int capacity() {
        return index.capacity() + attributes.capacity();
    }

    /** Shows no record, and refuses one of {@code length} bytes if that is over the limit. */
    void begin(int length) {
        int me = enter();
        try {
            index.reset(NOTHING, 0, 0);
            decoder.limits.checkRecord(length);
        } finally {
            leave(me);
        }
    }

    /** Indexes a record; the index that is returned is always the same. */
    RecordIndex index(byte[] data, int start, int length) {
        return indexRecord(data, start, length, false, false);
    }

    /**
     * Indexes the record that these bytes begin with, whatever follows it; {@link #end} returns where it ends.
     *
     * @throws NeedMore if the bytes end in the middle of the record and {@code mayGrow}
     */
    RecordIndex indexFirst(byte[] data, int start, int length, boolean mayGrow) {
        indexRecord(data, start, length, true, mayGrow);
        index.length = end - start;
        return index;
    }

    // ---------------------------------------------------------------------------------------------- confinement

    /** Which thread this is; never 0. An identity hash, because storing a reference costs a barrier for each record. */
    private static int caller() {
        return System.identityHashCode(Thread.currentThread()) | Integer.MIN_VALUE;
    }

    /**
     * Begins to work on a record. If the work on an earlier one was torn off (by a StackOverflowError, an
     * OutOfMemoryError, or another thread), everything that was kept from earlier records is given up first.
     *
     * @throws IllegalStateException if another thread is at work
     */
    private int enter() {
        int me = caller();
        int before = user;
        if (before != 0 && before != me) {
            broken = true;
            throw sharedByThreads(null);
        }
        if (broken || before != 0) {
            renew();
        }
        user = me;
        return me;
    }

    /** Ends the work on a record that succeeded, or failed for its bytes. */
    private void leave(int me) {
        if (user != me) {
            broken = true;
            throw sharedByThreads(null);
        }
        user = 0;
    }

    /** Ends the work on a record that was torn off. */
    private void tornOff(int me, Throwable cause) {
        broken = true;
        if (user != me) {
            throw sharedByThreads(cause);
        }
        user = 0;
    }

    private static IllegalStateException sharedByThreads(@Nullable Throwable cause) {
        return new IllegalStateException(
                "a DecodeSession or a reader is used by two threads at once; make one for each thread", cause);
    }

    /** Gives up everything that was kept from earlier records, except the index object, which views refer to. */
    private void renew() {
        index.renew(shapes == null || frozen ? decoder.mapNames : new MapNames.Cache(decoder.hash));
        json = new JsonScanner();
        json.metLineBreak = true; // not known any more
        ordinals = null;
        shapes = shapes == null || frozen ? shapes : new Shapes(decoder.hash);
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        path = null;
        broken = false;
    }

    private DecodePath path() {
        DecodePath made = path == null ? new DecodePath(json, decoder.leniencies) : path;
        path = made;
        return made;
    }

    private AttributeIndexer newAttributes() {
        return new AttributeIndexer(json, index, new NumberScanner(json, decoder.limits), decoder, shapes, frozen);
    }

    private RecordMembers newMembers() {
        return new RecordMembers(json, index, attributes, decoder.leniencies, shapes, frozen);
    }

    private RecordClassifier newClassifier() {
        return new RecordClassifier(json, decoder.leniencies.memberAliases);
    }

    // --------------------------------------------------------------------------------------------------- reading

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

    private RecordIndex indexRecord(byte[] data, int start, int length, boolean first, boolean mayGrow) {
        int me = enter();
        try {
            more = first;
            index.reset(data, start, length);
            decoder.limits.checkRecord(length);
            json.reset(data, start, start + length, mayGrow);
            readRecord();
        } catch (NeedMore e) {
            index.clear();
            leave(me);
            throw e;
        } catch (DecodeException e) {
            index.clear(); // nothing of a bad record can be seen
            if (length <= decoder.limits.maxRecordBytes()) {
                e.at(path().at(start + (int) e.offset()));
            }
            leave(me);
            throw e;
        } catch (RuntimeException | Error e) {
            tornOff(me, e);
            throw e;
        }
        leave(me);
        return index;
    }

    private void readRecord() {
        if (shapes != null && !frozen) {
            shapes.beginRecord();
        }
        Preamble.refuseForeign(json);
        int p = json.space(Preamble.afterByteOrderMark(json));
        if (json.peek(p) != '{') {
            throw noObject(p);
        }
        read(p);
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
    private AttributeNames.@Nullable Ordinals ordinals(Projection projection) {
        AttributeNames wanted = projection.attributes;
        if (wanted == null || shapes == null || frozen) {
            return null;
        }
        AttributeNames.Ordinals known = ordinals;
        if (known == null || known.table != index.names) {
            known = new AttributeNames.Ordinals(wanted, index.names);
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
            if (json.mayGrow && json.end - p < Mistakes.TEXT_LENGTH) {
                throw NeedMore.BYTES; // the failure must not depend on the pieces that the input comes in
            }
            return json.fail(Reason.UNEXPECTED_BYTE, p, Mistakes.text(json, p));
        }
        endOfRecord(json.skip(p, 0));
        return json.fail(Reason.NOT_AN_EVENT, p, first == '[' ? holdsRecords() : Mistakes.string(json, p));
    }

    private @Nullable String holdsRecords() {
        return more || reading ? null : "read(…) reads what holds records";
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
        int keys = index.open(TypeCodes.M, brace, 0);
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
