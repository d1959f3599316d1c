package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a record's members, from bytes to the index. It is told what the record is, or finds out by the members
 * on the way: then what it read stands only if they all agree ({@link #agreedKind}).
 */
final class RecordMembers {
    private final JsonScanner json;
    private final byte[] data;
    private final AttributeIndexer attributes;
    private final Set<Member> seen = EnumSet.noneOf(Member.class);

    final RecordIndex index;

    private RecordKind kind;

    /** The opening brace of the dynamodb member; −1 if there is none. */
    private int dynamodbBrace = -1;

    private int metadataBrace = -1;

    /** The closing quote of the member's name that was read last. */
    private int nameEnd;

    /** The content or literal of the time, 0 if there is none, and whether it stood in quotes. */
    private long timeSpan;

    private boolean timeQuoted;

    RecordMembers(ChangeEventDecoder decoder, JsonScanner json, RecordKind kind) {
        this.json = json;
        this.data = json.data;
        this.kind = kind;
        index = new RecordIndex(data, json.start, json.end - json.start, decoder.mapNames);
        attributes = new AttributeIndexer(json, index, decoder.limits, decoder.leniencies, decoder.hash);
    }

    /** What the record is: what this reading was told, or {@code dynamodb} made it, else UNDECIDED. */
    RecordKind kind() {
        return kind;
    }

    /** The opening brace of the Metadata; −1 if there is none. */
    int metadataBrace() {
        return metadataBrace;
    }

    int dynamodbBrace() {
        return dynamodbBrace;
    }

    long timeSpan() {
        return timeSpan;
    }

    boolean timeQuoted() {
        return timeQuoted;
    }

    /** The kind that all members agree on and one of them makes certain; NONE if there is no such kind. */
    RecordKind agreedKind() {
        if (kind != RecordKind.UNDECIDED) {
            return kind;
        }
        RecordKind agreed = RecordKind.NONE;
        for (Member member : seen) {
            RecordKind of = RecordKind.of(member);
            if (agreed != RecordKind.NONE && of != agreed) {
                return RecordKind.NONE;
            }
            agreed = of;
        }
        boolean told = seen.contains(Member.EXPORT_KEYS) || seen.contains(Member.EXPORT_ITEM);
        return told ? agreed : RecordKind.NONE;
    }

    /** Reads the record from its opening brace on and returns the position behind it. */
    int read(int brace) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            Member member = nameAt(p, MemberNames.RECORD);
            p = valueAfterName();
            p = json.afterValue(member == null ? json.skip(p, 1) : member(member, p), '}');
        }
        return p + 1;
    }

    /** The member whose name begins at {@code quote}, if it means something in a record of this kind. */
    private @Nullable Member nameAt(int quote, MemberNames names) {
        nameEnd = json.string(quote + 1);
        Member member = names.find(data, quote + 1, nameEnd, json.flags);
        if (member == null || !means(member)) {
            return null;
        }
        if (!seen.add(spelling(member))) {
            throw json.fail(Reason.DUPLICATE_FIELD, quote);
        }
        if (member == Member.DYNAMODB && kind == RecordKind.UNDECIDED) {
            decideForChange(quote);
        }
        return spelling(member);
    }

    /** From the name that {@link #nameAt} read last to its value. */
    private int valueAfterName() {
        return json.expect(json.space(nameEnd + 1), ':');
    }

    private boolean means(Member member) {
        return member.scope != Member.Scope.RECORD || kind == RecordKind.UNDECIDED || RecordKind.of(member) == kind;
    }

    /** {@code dynamodb} beats all others; what was read as part of an export must be read again. */
    private void decideForChange(int quote) {
        for (Member member : seen) {
            RecordKind of = RecordKind.of(member);
            if (of == RecordKind.INCREMENTAL_EXPORT || of == RecordKind.FULL_EXPORT) {
                throw json.fail(Reason.NOT_AN_EVENT, quote);
            }
        }
        kind = RecordKind.CHANGE;
    }

    private static Member spelling(Member member) {
        switch (member) {
            case IDENTITY_TYPE_CAPITAL:
                return Member.IDENTITY_TYPE;
            case IDENTITY_PRINCIPAL_ID_CAPITAL:
                return Member.IDENTITY_PRINCIPAL_ID;
            default:
                return member;
        }
    }

    private int member(Member member, int p) {
        byte b = json.peek(p);
        switch (member) {
            case RECORDS:
            case FIREHOSE_RECORDS:
            case REQUEST_ID:
            case INVOCATION_ID:
                return json.skip(p, 1);
            case EVENT_VERSION:
                return JsonScanner.startsNumber(b) ? number(member, p) : textOrNull(member, p);
            case EVENT_NAME:
                p = textOrNull(member, p);
                index.readEventName();
                return p;
            default:
        }
        if (!isObject(member)) {
            return textOrNull(member, p);
        }
        if (b == 'n') {
            return json.literal(p);
        }
        if (b != '{') {
            throw json.wrongType(p, null);
        }
        switch (member) {
            case USER_IDENTITY:
                return userIdentity(p);
            case DYNAMODB:
                return dynamodb(p);
            case EXPORT_METADATA:
                return metadata(p);
            default:
                return item(member, p, 1);
        }
    }

    private static boolean isObject(Member member) {
        switch (member) {
            case USER_IDENTITY:
            case DYNAMODB:
            case EXPORT_METADATA:
            case EXPORT_KEYS:
            case EXPORT_NEW_IMAGE:
            case EXPORT_OLD_IMAGE:
            case EXPORT_ITEM:
            case KEYS:
            case NEW_IMAGE:
            case OLD_IMAGE:
                return true;
            default:
                return false;
        }
    }

    private int textOrNull(Member member, int p) {
        byte b = json.peek(p);
        if (b == 'n') {
            return json.literal(p);
        }
        if (b != '"') {
            throw json.wrongType(p, null);
        }
        int close = json.string(p + 1);
        index.setText(member, index.span(p + 1, close, json.flags));
        return close + 1;
    }

    private int number(Member member, int p) {
        int close = json.number(p);
        index.setText(member, index.span(p, close, 0));
        return close;
    }

    /** Keys, an image or an Item, which is there and an object. */
    private int item(Member member, int p, int depth) {
        int entry = index.size();
        switch (member) {
            case KEYS:
            case EXPORT_KEYS:
                index.keys = entry;
                break;
            case OLD_IMAGE:
            case EXPORT_OLD_IMAGE:
                index.oldImage = entry;
                break;
            default:
                index.newImage = entry;
        }
        return attributes.item(p, depth);
    }

    private int userIdentity(int brace) {
        index.setText(Member.USER_IDENTITY, index.span(brace, brace + 1, 0));
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            Member member = nameAt(p, MemberNames.USER_IDENTITY);
            p = valueAfterName();
            p = json.afterValue(member == null ? json.skip(p, 2) : textOrNull(member, p), '}');
        }
        return p + 1;
    }

    // ------------------------------------------------------------------------------------- members of dynamodb

    private int dynamodb(int brace) {
        dynamodbBrace = brace;
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            Member member = nameAt(p, MemberNames.DYNAMODB);
            p = valueAfterName();
            p = json.afterValue(member == null ? json.skip(p, 2) : ofDynamodb(member, p), '}');
        }
        return p + 1;
    }

    private int ofDynamodb(Member member, int p) {
        byte b = json.peek(p);
        if (b == 'n') {
            return json.literal(p);
        }
        switch (member) {
            case KEYS:
            case NEW_IMAGE:
            case OLD_IMAGE:
                if (b != '{') {
                    throw json.wrongType(p, null);
                }
                return item(member, p, 2);
            case SIZE_BYTES:
                int close = json.skip(p, 2);
                index.sizeBytes = NumberConversion.integerOrNull(data, p, close);
                return close;
            case APPROXIMATE_CREATION_DATE_TIME:
                return time(p);
            default:
                return textOrNull(member, p);
        }
    }

    private int time(int p) {
        byte b = data[p];
        timeQuoted = b == '"';
        if (!timeQuoted && !JsonScanner.startsNumber(b)) {
            throw json.wrongType(p, null);
        }
        int from = timeQuoted ? p + 1 : p;
        int close = timeQuoted ? json.string(from) : json.number(from);
        timeSpan = index.span(from, close, timeQuoted ? json.flags : 0);
        return timeQuoted ? close + 1 : close;
    }

    private int metadata(int brace) {
        metadataBrace = brace;
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            Member member = nameAt(p, MemberNames.METADATA);
            p = valueAfterName();
            p = json.afterValue(member == null ? json.skip(p, 2) : writeTimestamp(p), '}');
        }
        return p + 1;
    }

    /** A number, or as DynamoDB writes it the attribute value of a number. */
    private int writeTimestamp(int p) {
        byte b = json.peek(p);
        if (b == 'n') {
            return json.literal(p);
        }
        if (b != '{') {
            return JsonScanner.startsNumber(b) ? time(p) : wrong(p);
        }
        int entry = index.size();
        int close = attributes.value(p);
        if (index.type(entry) != Descriptors.N) {
            return wrong(p);
        }
        timeSpan = index.value(entry);
        index.truncate(entry);
        return close;
    }

    private int wrong(int p) {
        throw json.wrongType(p, null);
    }
}
