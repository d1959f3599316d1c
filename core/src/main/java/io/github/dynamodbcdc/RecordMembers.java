package io.github.dynamodbcdc;

import io.github.dynamodbcdc.CreationTimeParser.Form;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.Member.Scope;
import io.github.dynamodbcdc.Shapes.MemberOpening;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a record's members, from bytes to the index. It is told what the record is, or finds out by the members
 * on the way: then what it read stands only if they all agree ({@link #agreedKind}).
 */
final class RecordMembers {
    private static final Member[] TOP = Arrays.stream(Member.values())
            .filter(member -> member.scope == Scope.RECORD)
            .toArray(Member[]::new);

    private static final long EXPORT = Arrays.stream(TOP)
            .filter(member -> member.kind == Member.Kind.INCREMENTAL_EXPORT || member.kind == Member.Kind.FULL_EXPORT)
            .mapToLong(RecordMembers::bit)
            .sum();

    private static final EventName[] EVENT_NAMES = {EventName.INSERT, EventName.MODIFY, EventName.REMOVE};

    private final JsonScanner json;
    private final RecordIndex index;
    private final AttributeIndexer attributes;
    private final @Nullable Shapes shapes;
    private final boolean frozen;
    private final boolean aliases;

    private byte[] data = {};

    /** The members read so far, a bit each. */
    private long seen;

    private Member.Kind kind = Member.Kind.UNDECIDED;

    /** The opening brace of the dynamodb member; −1 if there is none. */
    private int dynamodbBrace;

    private int metadataBrace;

    /** What the name that was read last means; null for nothing. */
    private @Nullable Member member;

    /** The content or literal of the time; 0 if there is none. */
    private long timeSpan;

    private Form timeForm = Form.NUMBER;
    private int timePosition;

    RecordMembers(
            JsonScanner json,
            RecordIndex index,
            AttributeIndexer attributes,
            DecodeOptions options,
            @Nullable Shapes shapes,
            boolean frozen) {
        aliases = options.memberAliases;
        this.shapes = shapes;
        this.frozen = frozen;
        this.json = json;
        this.index = index;
        this.attributes = attributes;
    }

    /** Begins a reading of the scanner's record as this kind. */
    void reset(Member.Kind as) {
        data = json.data;
        attributes.reset();
        kind = as;
        seen = 0;
        dynamodbBrace = -1;
        metadataBrace = -1;
        timeSpan = 0;
    }

    /** What the record is: what this reading was told, or {@code dynamodb} made it, else UNDECIDED. */
    Member.Kind kind() {
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

    /** The first byte of the time's value, which is its quote if it has one. */
    int timePosition() {
        return timePosition;
    }

    Form timeForm() {
        return timeForm;
    }

    /** The kind that all members agree on and one of them makes certain; NONE if there is no such kind. */
    Member.Kind agreedKind() {
        if (kind != Member.Kind.UNDECIDED) {
            return kind;
        }
        Member.Kind agreed = Member.Kind.NONE;
        for (Member member : TOP) {
            if ((seen & bit(member)) == 0) {
                continue;
            }
            if (agreed != Member.Kind.NONE && member.kind != agreed) {
                return Member.Kind.NONE;
            }
            agreed = member.kind;
        }
        boolean told = (seen & (bit(Member.EXPORT_KEYS) | bit(Member.EXPORT_ITEM))) != 0;
        return told ? agreed : Member.Kind.NONE;
    }

    @SuppressWarnings("EnumOrdinal") // an EnumSet of one long
    private static long bit(Member member) {
        return 1L << member.ordinal();
    }

    /** Reads the record from its opening brace on and returns the position after it. */
    int read(int brace) {
        return object(brace, 1, Names.RECORD);
    }

    /**
     * Reads the members of the record or of an object in it.
     *
     * @param depth how many objects are open, with this one
     */
    private int object(int brace, int depth, Names names) {
        int p = json.space(brace + 1);
        Member previous = null;
        while (json.peek(p) != '}') {
            p = name(p, names, previous);
            previous = member;
            p = json.afterValue(previous == null ? json.skip(p, depth) : value(previous, p, depth), '}');
        }
        return p + 1;
    }

    /**
     * Reads the name of a member and finds what it means in a record of this kind, which is {@link #member} then.
     *
     * @param previous the member before; null for none, or one that means nothing
     * @return the position of its value
     */
    private int name(int quote, Names names, @Nullable Member previous) {
        MemberOpening expected = shapes == null ? null : shapes.memberAfter(names.scope, previous);
        if (expected != null && expected.bytes.isAt(data, quote, json.end)) {
            member = accept(expected.member, quote);
            return json.space(quote + expected.bytes.length);
        }
        if (json.peek(quote) != '"') {
            throw json.unexpected(quote);
        }
        int close = json.string(quote + 1);
        Member found = names.find(data, quote + 1, close, json.flags, aliases);
        member = found == null ? null : accept(found, quote);
        int p = json.expect(json.space(close + 1), ':');
        if (found != null && shapes != null && !frozen) {
            shapes.learn(names.scope, previous, found, data, quote, p, json.end);
        }
        return p;
    }

    /** The member under its usual name; null if it means nothing in a record of this kind. */
    private @Nullable Member accept(Member found, int quote) {
        if (!means(found)) {
            return null;
        }
        Member usual = found.usual();
        long bit = bit(usual);
        if ((seen & bit) != 0) {
            throw json.fail(Reason.DUPLICATE_FIELD, quote);
        }
        seen |= bit;
        if (found == Member.DYNAMODB && kind == Member.Kind.UNDECIDED) {
            decideForChange(quote);
        }
        return usual;
    }

    private boolean means(Member member) {
        return kind == Member.Kind.UNDECIDED || member.kind == kind || member.kind == Member.Kind.UNDECIDED;
    }

    /** {@code dynamodb} beats all others; what was read as part of an export must be read again. */
    private void decideForChange(int quote) {
        if ((seen & EXPORT) != 0) {
            throw json.fail(Reason.NOT_AN_EVENT, quote);
        }
        kind = Member.Kind.CHANGE;
    }

    /** Reads the value of a member. Null is the same as no such member. */
    private int value(Member member, int p, int depth) {
        byte b = json.peek(p);
        if (b == 'n') {
            return json.literal(p);
        }
        switch (member.content) {
            case TEXT:
                return text(member, p, b);
            case TEXT_OR_NUMBER:
                return JsonScanner.startsNumber(b) ? number(member, p) : text(member, p, b);
            case EVENT_NAME:
                p = text(member, p, b);
                index.eventName = eventName(index.textSpan(member));
                return p;
            case TIME:
                return time(p, Form.TEXT);
            case WRITE_TIME:
                return writeTime(p, b);
            case SIZE:
                int close = json.skip(p, depth);
                readSizeBytes(p, close);
                return close;
            case RECORDS:
            case SKIPPED:
                return json.skip(p, depth);
            default:
                if (b != '{') {
                    throw json.wrongType(p, null);
                }
                return member.isItem() ? item(member.content, p, depth) : objectIn(member.content, p, depth + 1);
        }
    }

    private int objectIn(Content content, int brace, int depth) {
        switch (content) {
            case DYNAMODB:
                dynamodbBrace = brace;
                return object(brace, depth, Names.DYNAMODB);
            case METADATA:
                metadataBrace = brace;
                return object(brace, depth, Names.METADATA);
            default:
                index.setText(Member.USER_IDENTITY, index.span(brace, brace + 1, 0));
                return object(brace, depth, Names.USER_IDENTITY);
        }
    }

    private int text(Member member, int p, byte first) {
        if (first != '"') {
            throw json.wrongType(p, null);
        }
        int close = json.string(p + 1);
        index.setText(member, index.span(p + 1, close, json.flags));
        return close + 1;
    }

    private EventName eventName(long span) {
        for (EventName name : EVENT_NAMES) {
            if (JsonText.is(data, json.start, span, name.name())) {
                return name;
            }
        }
        return EventName.UNKNOWN;
    }

    private int number(Member member, int p) {
        int close = json.number(p);
        index.setText(member, index.span(p, close, 0));
        return close;
    }

    /** Reads Keys, an image or an Item from its opening brace on. An image without attributes is absent. */
    private int item(Content content, int p, int depth) {
        int entry = index.size();
        switch (content) {
            case KEYS:
                index.keys = entry;
                return attributes.item(p, depth, true, -1);
            case OLD_IMAGE:
                p = attributes.item(p, depth, false, index.newImage);
                index.oldImage = imageAt(entry);
                return p;
            default:
                p = attributes.item(p, depth, false, index.oldImage);
                index.newImage = imageAt(entry);
                return p;
        }
    }

    /** Returns the image at {@code entry}; −1, and the entry is gone, if it has no attributes. */
    private int imageAt(int entry) {
        if (index.count(entry) > 0) {
            return entry;
        }
        index.truncate(entry);
        return -1;
    }

    private void readSizeBytes(int p, int close) {
        index.hasSizeBytes = NumberConversion.isShortInteger(data, p, close);
        if (index.hasSizeBytes) {
            index.sizeBytes = NumberConversion.shortLong(data, p, close);
        } else {
            Long size = NumberConversion.integerOrNull(data, p, close);
            index.hasSizeBytes = size != null;
            index.sizeBytes = size == null ? 0 : size;
        }
    }

    /** Reads a time that is a JSON number, or a string in the grammar of {@code quotedForm}. */
    private int time(int p, Form quotedForm) {
        byte b = data[p];
        boolean quoted = b == '"';
        if (!quoted && !JsonScanner.startsNumber(b)) {
            throw json.wrongType(p, null);
        }
        timeForm = quoted ? quotedForm : Form.NUMBER;
        timePosition = p;
        int from = quoted ? p + 1 : p;
        int close = quoted ? json.string(from) : json.number(from);
        timeSpan = index.span(from, close, quoted ? json.flags : 0);
        return quoted ? close + 1 : close;
    }

    /** Reads the attribute value of a number, as DynamoDB writes it, or a number or its text, as others do. */
    private int writeTime(int p, byte b) {
        if (b != '{') {
            return time(p, Form.N);
        }
        int entry = index.size();
        int close = attributes.value(p);
        if (index.type(entry) != TypeCodes.N) {
            return wrong(p);
        }
        timeSpan = index.value(entry);
        timeForm = Form.N;
        timePosition = json.start + Span.start(timeSpan) - (data[json.start + Span.start(timeSpan) - 1] == '"' ? 1 : 0);
        index.truncate(entry);
        return close;
    }

    private int wrong(int p) {
        throw json.wrongType(p, null);
    }
}
