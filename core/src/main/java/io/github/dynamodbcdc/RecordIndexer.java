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
    private final ChangeEventDecoder decoder;
    private final JsonScanner json;

    RecordIndexer(ChangeEventDecoder decoder, byte[] data, int start, int end) {
        this.decoder = decoder;
        json = new JsonScanner(data, start, end);
    }

    RecordIndex index() {
        int limit = decoder.limits.maxRecordBytes();
        if (json.end - json.start > limit) {
            throw new DecodeException(Reason.RECORD_LIMIT, limit, "", DecodeLimits.HINT);
        }
        Framing.refuseForeign(json);
        int p = json.space(Framing.afterByteOrderMark(json));
        if (json.peek(p) != '{') {
            json.endOfRecord(json.skip(p, 0));
            throw notAnEvent(p, json.data[p] == '[');
        }
        RecordMembers members = firstReading(p);
        return finish(members != null ? members : secondReading(p), p);
    }

    private DecodeException notAnEvent(int p, boolean holdsRecords) {
        return json.fail(Reason.NOT_AN_EVENT, p, holdsRecords ? "read(…) reads what holds records" : null);
    }

    /** The record as the only thing that it can be; null if that must be found out first. */
    private @Nullable RecordMembers firstReading(int brace) {
        RecordMembers members = new RecordMembers(decoder, json, RecordKind.UNDECIDED);
        int end;
        try {
            end = members.read(brace);
        } catch (DecodeException e) {
            if (members.kind() == RecordKind.CHANGE) {
                throw e;
            }
            return null;
        }
        if (members.agreedKind() == RecordKind.NONE) {
            return null;
        }
        json.endOfRecord(end);
        return members;
    }

    private RecordMembers secondReading(int brace) {
        RecordKind kind = new RecordClassifier(json).classify(brace);
        if (kind == RecordKind.NONE || kind == RecordKind.ENVELOPE) {
            throw notAnEvent(brace, kind == RecordKind.ENVELOPE);
        }
        RecordMembers members = new RecordMembers(decoder, json, kind);
        json.endOfRecord(members.read(brace));
        return members;
    }

    /** What only the whole record can show. The faults it finds give way to all others, so it comes last. */
    private RecordIndex finish(RecordMembers members, int recordBrace) {
        RecordIndex index = members.index;
        RecordKind kind = members.agreedKind();
        long timeSpan = members.timeSpan();
        switch (kind) {
            case CHANGE:
                require(members.dynamodbBrace() >= 0, recordBrace);
                require(index.keys >= 0, members.dynamodbBrace());
                break;
            case INCREMENTAL_EXPORT:
                require(index.keys >= 0, recordBrace);
                require(timeSpan != 0, members.metadataBrace() >= 0 ? members.metadataBrace() : recordBrace);
                index.export = true;
                index.eventName = index.newImage < 0
                        ? EventName.REMOVE
                        : index.oldImage < 0 ? EventName.INSERT : EventName.MODIFY;
                break;
            default:
                require(index.newImage >= 0, recordBrace);
                index.export = true;
                index.eventName = EventName.INSERT;
                takeKeysFromItem(index);
        }
        int badBase64 = decoder.binaryEncoding == BinaryEncoding.DOUBLE ? BinaryRule.notTwice(index) : -1;
        if (timeSpan != 0) {
            index.time = new CreationTimeParser(statedUnit(index, kind), decoder.timePrecision)
                    .parse(json.data, json.start, timeSpan, members.timeQuoted());
            boolean bad = index.time == null;
            int offset = Span.start(timeSpan) - (members.timeQuoted() ? 1 : 0);
            if (bad && (badBase64 < 0 || offset < badBase64)) {
                throw json.fail(Reason.BAD_TIME, json.start + offset);
            }
        }
        if (badBase64 >= 0) {
            String hint = "the options binaryEncoding AUTO and SINGLE decode it once";
            throw json.fail(Reason.BAD_BASE64, json.start + badBase64, hint);
        }
        if (index.hasBinary) {
            index.binaryEncoding = BinaryRule.decide(index, decoder.binaryEncoding);
        }
        return index;
    }

    private void require(boolean there, int lacking) {
        if (!there) {
            throw json.fail(Reason.MISSING_FIELD, lacking);
        }
    }

    private static @Nullable TimePrecision statedUnit(RecordIndex index, RecordKind kind) {
        return kind == RecordKind.INCREMENTAL_EXPORT
                ? TimePrecision.MICROSECOND
                : TimePrecision.named(index.text(Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION));
    }

    /** A full export has no Keys: they are the attributes of the item that the caller named. */
    private void takeKeysFromItem(RecordIndex index) {
        int item = index.newImage;
        int brace = json.start + Span.start(index.value(item));
        int keys = index.open(Descriptors.M, brace, 0);
        int count = 0;
        for (String name : decoder.keyAttributes) {
            int attribute = index.find(item, name);
            require(attribute >= 0, brace);
            index.addCopyOf(attribute);
            count++;
        }
        index.close(keys, brace, count);
        index.keys = keys;
    }
}
