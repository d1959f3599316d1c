package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.dynamodbcdc.CreationTimeParser.Form;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Literals.Literal;
import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.Member.Scope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a record into the index. The kind of the record is given, or undecided: then the result is valid
 * only if all members agree on a kind ({@link #agreedKind}).
 */
final class RecordMembers {
    private static final Member[] TOP = Arrays.stream(Member.values())
            .filter(member -> member.scope == Scope.RECORD)
            .toArray(Member[]::new);

    private static final long EXPORT = Arrays.stream(TOP)
            .filter(member -> member.kind == Member.Kind.INCREMENTAL_EXPORT || member.kind == Member.Kind.FULL_EXPORT)
            .mapToLong(Member::bit)
            .sum();

    private static final EventName[] EVENT_NAMES = {EventName.INSERT, EventName.MODIFY, EventName.REMOVE};

    private static final TimePrecision[] UNITS = TimePrecision.values();

    /** The names of events with the quote after them, as words of seven bytes. */
    private static final long[] EVENT_WORDS = Arrays.stream(EVENT_NAMES)
            .mapToLong(name -> Words.upTo((name.name() + '"').getBytes(US_ASCII), 0, 7))
            .toArray();

    private final JsonScanner json;
    private final RecordIndex index;
    private final AttributeIndexer attributes;
    private final @Nullable Literals literals;
    private final boolean frozen;
    private final boolean aliases;

    private byte[] data = {};

    /** The members that were read so far, one bit each. */
    private long seen;

    private Member.Kind kind = Member.Kind.UNDECIDED;

    /** What is read, to learn from it; null if nothing is learned. */
    private final Literals.@Nullable Notes notes;

    // out parameters

    /** Whether frozen shapes did not know how the members of this change record follow each other. */
    private boolean unknown;

    /** The member whose name {@link #name} read last; null if it has no meaning. */
    private @Nullable Member member;

    /** The position of the opening brace of the dynamodb member; −1 if there is none. */
    private int dynamodbBrace;

    /** The position of the opening brace of Metadata; −1 if there is none. */
    private int metadataBrace;

    /** The span of the time's content or literal; 0 if there is no time. */
    private long timeSpan;

    private Form timeForm = Form.NUMBER;

    /** The position of the time's value, which is its quote if it has one. */
    private int timePosition;

    RecordMembers(
            JsonScanner json,
            RecordIndex index,
            AttributeIndexer attributes,
            DecodeOptions options,
            @Nullable Shapes shapes,
            boolean frozen) {
        aliases = options.memberAliases;
        literals = shapes == null ? null : shapes.literals;
        notes = shapes == null || frozen ? null : new Literals.Notes();
        this.frozen = frozen;
        this.json = json;
        this.index = index;
        this.attributes = attributes;
    }

    /** Prepares for reading the scanner's record as this kind. */
    void reset(Member.Kind as) {
        data = json.data;
        attributes.reset();
        kind = as;
        seen = 0;
        if (notes != null) {
            notes.end();
        }
        unknown = false;
        dynamodbBrace = -1;
        metadataBrace = -1;
        timeSpan = 0;
    }

    /** Returns the kind that was given, or CHANGE if {@code dynamodb} was read; otherwise UNDECIDED. */
    Member.Kind kind() {
        return kind;
    }

    /** Returns whether frozen shapes did not know how the members of this change record follow each other. */
    boolean isUnknown() {
        return unknown;
    }

    /** Returns the position of the opening brace of Metadata; −1 if there is none. */
    int metadataBrace() {
        return metadataBrace;
    }

    /** Returns the position of the opening brace of the dynamodb member; −1 if there is none. */
    int dynamodbBrace() {
        return dynamodbBrace;
    }

    /** Returns the span of the time's content or literal; 0 if there is no time. */
    long timeSpan() {
        return timeSpan;
    }

    /** Returns the position of the time's value, which is its quote if it has one. */
    int timePosition() {
        return timePosition;
    }

    Form timeForm() {
        return timeForm;
    }

    /** Returns the kind on which all members agree and which one of them proves; NONE if there is no such kind. */
    Member.Kind agreedKind() {
        if (kind != Member.Kind.UNDECIDED) {
            return kind;
        }
        Member.Kind agreed = Member.Kind.NONE;
        for (Member member : TOP) {
            if ((seen & member.bit()) == 0) {
                continue;
            }
            if (agreed != Member.Kind.NONE && member.kind != agreed) {
                return Member.Kind.NONE;
            }
            agreed = member.kind;
        }
        boolean proven = (seen & (Member.EXPORT_KEYS.bit() | Member.EXPORT_ITEM.bit())) != 0;
        return proven ? agreed : Member.Kind.NONE;
    }

    /** Reads the record whose opening brace is at {@code brace}, and returns the position after it. */
    int read(int brace) {
        int p = brace + 1;
        Member after = null;
        if (literals != null && kind == Member.Kind.UNDECIDED) {
            Literal before = null;
            Literal literal;
            while ((literal = literals.find(before, data, p, json.end, frozen)) != null && take(literal, p)) {
                p += literal.length;
                after = literal.next;
                if (after == null) {
                    return p;
                }
                p = value(after, json.space(p), literal.depth);
                before = literal;
            }
            if (notes != null && literals.isLearning()) {
                return learn(literals, notes, p, after);
            }
        }
        p = rest(p, after);
        unknown = frozen && kind == Member.Kind.CHANGE;
        return p;
    }

    /** Reads what these bytes mean; returns false if they mean something else in this record. */
    private boolean take(Literal literal, int p) {
        boolean change = (literal.seen & Member.DYNAMODB.bit()) != 0;
        if ((seen & literal.seen) != 0 || (change && (seen & EXPORT) != 0)) {
            return false;
        }
        seen |= literal.seen;
        literal.putValues(index, p);
        if (change) {
            kind = Member.Kind.CHANGE;
            dynamodbBrace = literal.dynamodb < 0 ? -1 : p + literal.dynamodb;
        }
        return true;
    }

    /**
     * Reads the members from {@code p} to the end of the record.
     *
     * @param after the member whose value ends at {@code p}; null at the start of the record
     * @return the position after the record
     */
    private int rest(int p, @Nullable Member after) {
        if (after == null) {
            return members(json.space(p), 1, Names.RECORD);
        }
        if (after.scope == Scope.DYNAMODB) {
            p = members(json.afterValue(p, '}'), 2, Names.DYNAMODB);
        }
        return members(json.afterValue(p, '}'), 1, Names.RECORD);
    }

    /**
     * Reads the members of the record or of an object in it.
     *
     * @param p the position of a member or of the closing brace
     * @param depth the number of open objects, including this one
     * @return the position after the object
     */
    private int members(int p, int depth, Names names) {
        while (json.peek(p) != '}') {
            p = name(p, names);
            Member read = member;
            int value = p;
            boolean entered = read == Member.DYNAMODB && json.peek(p) == '{';
            if (entered && notes != null) {
                notes.add(read, p, p + 1);
            }
            p = read == null ? json.skip(p, depth) : value(read, p, depth);
            if (!entered && notes != null && (names == Names.RECORD || names == Names.DYNAMODB)) {
                notes.add(read, value, p);
            }
            p = json.afterValue(p, '}');
        }
        return p + 1;
    }

    /**
     * Reads the name of a member and sets {@link #member} to its meaning in a record of this kind.
     *
     * @return the position of its value
     */
    private int name(int quote, Names names) {
        if (json.peek(quote) != '"') {
            throw json.unexpected(quote);
        }
        int close = json.string(quote + 1);
        Member found = names.find(data, quote + 1, close, json.flags, aliases);
        member = found == null ? null : accept(found, quote);
        return json.expect(json.space(close + 1), ':');
    }

    // ---------------------------------------------------------------------------------------------- prediction

    /** Reads the members from {@code p} on as {@link #rest} does, and learns the literals between them. */
    private int learn(Literals literals, Literals.Notes notes, int p, @Nullable Member after) {
        notes.begin();
        int end = rest(p, after);
        notes.end();
        if (kind == Member.Kind.CHANGE) {
            notes.learn(literals, index, p, after, end);
        }
        return end;
    }

    // ------------------------------------------------------------------------------------------------- members

    /** Returns the member under its usual name; null if it has no meaning in a record of this kind. */
    private @Nullable Member accept(Member found, int quote) {
        if (!hasMeaning(found)) {
            return null;
        }
        Member usual = found.usual();
        long bit = usual.bit();
        if ((seen & bit) != 0) {
            throw json.fail(Reason.DUPLICATE_FIELD, quote);
        }
        seen |= bit;
        if (found == Member.DYNAMODB && kind == Member.Kind.UNDECIDED) {
            decideForChange(quote);
        }
        return usual;
    }

    private boolean hasMeaning(Member member) {
        return kind == Member.Kind.UNDECIDED || member.kind == kind || member.kind == Member.Kind.UNDECIDED;
    }

    /**
     * Decides for a change record, because {@code dynamodb} takes precedence. Members of an export require a reread.
     */
    private void decideForChange(int quote) {
        if ((seen & EXPORT) != 0) {
            throw json.fail(Reason.NOT_AN_EVENT, quote);
        }
        kind = Member.Kind.CHANGE;
    }

    /** Reads the value of a member and returns the position after it. Null counts as an absent member. */
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
                int after = text(member, p, b);
                index.eventName = eventName(p, index.textSpan(member));
                return after;
            case UNIT:
                int end = text(member, p, b);
                index.statedUnit = unit(index.textSpan(member));
                return end;
            case TIME:
                return time(p, Form.TEXT);
            case WRITE_TIME:
                return writeTime(p, b);
            case SIZE:
                int close = JsonScanner.startsNumber(b) ? json.number(p) : json.skip(p, depth);
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
                return members(json.space(brace + 1), depth, Names.DYNAMODB);
            case METADATA:
                metadataBrace = brace;
                return members(json.space(brace + 1), depth, Names.METADATA);
            default:
                index.setText(Member.USER_IDENTITY, index.span(brace, brace + 1, 0));
                return members(json.space(brace + 1), depth, Names.USER_IDENTITY);
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

    private EventName eventName(int p, long span) {
        if (json.end - p > Long.BYTES) {
            long word = Words.lowest(Words.at(data, p + 1), 7);
            for (int i = 0; i < EVENT_NAMES.length; i++) {
                if (word == EVENT_WORDS[i]) {
                    return EVENT_NAMES[i];
                }
            }
        }
        for (EventName name : EVENT_NAMES) {
            if (JsonText.is(data, json.start, span, name.name())) {
                return name;
            }
        }
        return EventName.UNKNOWN;
    }

    private @Nullable TimePrecision unit(long span) {
        for (TimePrecision unit : UNITS) {
            if (JsonText.is(data, json.start, span, unit.name())) {
                return unit;
            }
        }
        return null;
    }

    private int number(Member member, int p) {
        int close = json.number(p);
        index.setText(member, index.span(p, close, 0));
        return close;
    }

    /** Reads Keys, an image or an Item. An image without attributes counts as absent. */
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

    /** Returns {@code entry}, which is an image; removes it and returns −1 if it has no attributes. */
    private int imageAt(int entry) {
        if (index.count(entry) > 0) {
            return entry;
        }
        index.truncate(entry);
        return -1;
    }

    private void readSizeBytes(int p, int close) {
        index.sizeBytes = NumberConversion.shortInteger(data, p, close);
        index.hasSizeBytes = index.sizeBytes >= 0;
        if (!index.hasSizeBytes) {
            Long size = NumberConversion.integerOrNull(data, p, close);
            index.hasSizeBytes = size != null;
            index.sizeBytes = size == null ? 0 : size;
        }
    }

    /** Reads a time: a JSON number, or a string in the grammar of {@code quotedForm}. */
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

    /** Reads a time: an N, as DynamoDB writes it, or a JSON number or its text, as other programs write it. */
    private int writeTime(int p, byte b) {
        if (b != '{') {
            return time(p, Form.N);
        }
        int entry = index.size();
        int close = attributes.value(p);
        if (index.type(entry) != TypeCodes.N) {
            throw json.wrongType(p, null);
        }
        timeSpan = index.value(entry);
        timeForm = Form.N;
        timePosition = json.start + Span.start(timeSpan) - (data[json.start + Span.start(timeSpan) - 1] == '"' ? 1 : 0);
        index.truncate(entry);
        return close;
    }
}
