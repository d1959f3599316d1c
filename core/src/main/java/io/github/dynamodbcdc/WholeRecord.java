package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Completes the index after the whole record was read. It requires members, determines what an export line did to its
 * item, parses the time, whose unit may follow it in the record, and decides how binary is encoded, which depends on
 * the sizes of all values. Any other fault of the record takes precedence over the faults found here.
 */
final class WholeRecord {
    private final DecodeOptions options;
    private final JsonScanner json;
    private final RecordIndex index;
    private final RecordMembers members;
    private final BinaryRule binaryRule;

    WholeRecord(DecodeOptions options, JsonScanner json, RecordIndex index, RecordMembers members) {
        this.options = options;
        this.json = json;
        this.index = index;
        this.members = members;
        binaryRule = new BinaryRule(index, options.binaryEncoding);
    }

    /**
     * Completes the index of the record.
     *
     * @param recordBrace the position of the record's opening brace
     * @param carried whether an envelope of Kinesis or Firehose carries it, which indicates how its binary is encoded
     */
    void finish(int recordBrace, boolean carried) {
        Member.Kind kind = members.agreedKind();
        long timeSpan = members.timeSpan();
        switch (kind) {
            case CHANGE:
                require(members.dynamodbBrace() >= 0, Member.DYNAMODB, recordBrace);
                if (index.keys < 0) {
                    int brace = members.dynamodbBrace();
                    throw missing(Member.KEYS, brace, Mistakes.keys(json, brace, options.memberAliases));
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
            index.hasTime = parseTime(timeSpan, kind, options.timesWithoutOffsetAsUtc);
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

    private boolean parseTime(long span, Member.Kind kind, boolean utc) {
        return CreationTimeParser.parse(
                index.data,
                index.base,
                span,
                members.timeForm(),
                statedUnit(kind),
                kind == Member.Kind.INCREMENTAL_EXPORT ? null : options.timePrecision,
                utc,
                index.time);
    }

    private @Nullable String timeHint(long span, Member.Kind kind) {
        return !options.timesWithoutOffsetAsUtc && parseTime(span, kind, true)
                ? "the option timesWithoutOffsetAsUtc reads a time without an offset"
                : null;
    }

    /**
     * Throws if a required member is absent.
     *
     * @param brace the position of the opening brace of the object that should have the member
     */
    private void require(boolean present, Member member, int brace) {
        if (!present) {
            throw missing(member, brace, null);
        }
    }

    private DecodeException missing(Member member, int brace, @Nullable String hint) {
        return json.fail(
                Reason.MISSING_FIELD,
                brace,
                hint == null ? member.wireName : member.wireName + DecodeException.AFTER_MEMBER + hint);
    }

    private @Nullable TimePrecision statedUnit(Member.Kind kind) {
        return kind == Member.Kind.INCREMENTAL_EXPORT ? TimePrecision.MICROSECOND : index.statedUnit;
    }

    /** Copies the key attributes, which the caller has named, to Keys: a full export has no Keys. */
    private void takeKeysFromItem() {
        int item = index.newImage;
        int brace = json.start + Span.start(index.value(item));
        int keys = index.open(TypeCodes.M, brace, 0);
        int count = 0;
        for (String name : options.keyAttributes) {
            int attribute = index.find(item, name);
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
