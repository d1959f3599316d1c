package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Shapes.Opening;
import org.jspecify.annotations.Nullable;

/** Indexes attribute values: their type descriptors and their content. */
final class ValueIndexer {
    /** The first bytes of an M in a list, as DynamoDB writes it. */
    private static final long MAP = 0x7B3A224D227BL; // {"M":{

    private static final long MAP_MASK = (1L << 48) - 1;

    private static final String IGNORES_NULL =
            "the option descriptorAliases ignores a type descriptor whose value is null";

    private static final int NULL_LENGTH = 4;

    private final JsonScanner json;
    private final RecordIndex index;
    private final NumberScanner numbers;
    private final DecodeOptions options;
    private final int maxDepth;
    private final int maxNumberLength;
    private final AttributeIndexer attributes;

    /** The shapes that learn openings; null to learn nothing. */
    private final @Nullable Shapes shapes;

    private byte[] data = {};
    private int end;
    private int itemDepth;

    // out parameters

    /** The opening of the attribute whose value {@link #value} indexed last; null if it was not learned. */
    @Nullable
    Opening learned;

    ValueIndexer(
            JsonScanner json,
            RecordIndex index,
            NumberScanner numbers,
            DecodeOptions options,
            AttributeIndexer attributes,
            @Nullable Shapes shapes) {
        this.json = json;
        this.index = index;
        this.numbers = numbers;
        this.attributes = attributes;
        this.shapes = shapes;
        this.options = options;
        maxDepth = options.limits.maxAttributeDepth();
        maxNumberLength = options.limits.maxNumberLength();
    }

    /** Prepares for reading the scanner's record. */
    void reset() {
        data = json.data;
        end = json.end;
    }

    /**
     * Begins an item.
     *
     * @param depth the number of objects that enclose it
     */
    void enterItem(int depth) {
        itemDepth = depth;
    }

    /** Returns the position after the closing brace of a value whose content ends at {@code p}. */
    int closing(int p) {
        if (p < end && data[p] == '}') {
            return p + 1;
        }
        p = json.afterValue(p, '}');
        if (data[p] != '}') {
            throw data[p] == '"' ? json.fail(Reason.TWO_TYPES, p, nullSibling(p)) : json.unexpected(p);
        }
        return p + 1;
    }

    /**
     * Indexes an attribute value and sets {@link #learned}.
     *
     * @param brace the position of the opening brace
     * @param known the name of the attribute; null if the name has no id, or the value is not an attribute's
     * @param quote the position of the attribute's first byte
     * @return the position after the value
     */
    int value(int brace, int level, long name, @Nullable KnownName known, int quote) {
        learned = null;
        if (json.peek(brace) != '{') {
            throw json.wrongType(brace, null);
        }
        if (level > maxDepth) {
            throw json.fail(
                    Reason.DEPTH_LIMIT, brace, maxDepth < DecodeLimits.MAX_ATTRIBUTE_DEPTH ? DecodeLimits.HINT : null);
        }
        if (options.descriptorAliases) {
            return valueByAlias(brace, level, name);
        }
        int p = json.space(brace + 1);
        byte b = json.peek(p);
        if (b == '}') {
            return emptyValue(brace, p, name);
        }
        if (b != '"') {
            throw json.unexpected(p);
        }
        int descriptor = p;
        int type;
        if (p + 2 < end && data[p + 2] == '"' && data[p + 1] > ' ' && data[p + 1] != '\\' && data[p + 1] != '"') {
            type = TypeCodes.single(data[p + 1]);
            p += 2;
        } else {
            p = json.string(p + 1);
            type = TypeCodes.find(data, descriptor + 1, p, json.flags);
        }
        p = json.space(p + 1);
        if (type < 0 && !options.unknownDescriptors) {
            throw unknownType(descriptor);
        }
        p = json.expect(p, ':');
        if (type < 0) {
            return closing(unknown(p, level, name));
        }
        Opening opening = known == null || shapes == null ? null : learn(shapes, known, type, quote, p);
        p = closing(content(p, type, level, name, opening));
        learned = opening;
        return p;
    }

    private @Nullable Opening learn(Shapes shapes, KnownName name, int type, int quote, int p) {
        boolean quoted = Opening.isQuoted(type);
        return quoted && json.peek(p) != '"' ? null : shapes.learn(name, type, data, quote, quoted ? p + 1 : p);
    }

    private DecodeException unknownType(int quote) {
        int close = json.string(quote + 1);
        boolean alias = !options.descriptorAliases
                && TypeCodes.findAlias(data, quote + 1, close) >= 0
                && !isNullAfter(json.space(close + 1));
        return json.fail(
                Reason.UNKNOWN_TYPE,
                quote,
                alias
                        ? "the option descriptorAliases reads this spelling"
                        : "the option unknownDescriptors accepts other types");
    }

    private int emptyValue(int brace, int p, long name) {
        if (!options.emptyValueAsMap) {
            throw json.fail(
                    Reason.NO_TYPE,
                    brace,
                    "the option emptyValueAsMap reads the empty maps and lists of DynamoDB Local, both as maps");
        }
        index.mark(index.open(TypeCodes.M, brace, name), Span.TRUE);
        return p + 1;
    }

    /** Indexes a value whose descriptor may be in any case, and may have siblings whose value is null. */
    private int valueByAlias(int brace, int level, long name) {
        boolean found = false;
        boolean empty = true;
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int quote = p;
            int close = json.string(p + 1);
            int type = TypeCodes.findAlias(data, quote + 1, close);
            p = json.expect(json.space(close + 1), ':');
            empty = false;
            if (json.peek(p) == 'n') {
                p = json.literal(p);
            } else if (found) {
                throw json.fail(Reason.TWO_TYPES, quote);
            } else {
                if (type < 0 && !options.unknownDescriptors) {
                    throw unknownType(quote);
                }
                p = type < 0 ? unknown(p, level, name) : content(p, type, level, name, null);
                found = true;
            }
            p = json.afterValue(p, '}');
        }
        if (empty) {
            return emptyValue(brace, p, name);
        }
        if (!found) {
            throw json.fail(Reason.NO_TYPE, brace);
        }
        return p + 1;
    }

    /**
     * Indexes the content of an S, of an N that consists of digits with at most a minus and a decimal point, or of a
     * BOOL or NULL.
     *
     * @param p the position of the content, after the opening quote if it has one
     * @return the position of the last byte, which is the closing quote if it has one; 0 if nothing was indexed
     */
    int usualContent(int p, int type, long name) {
        if (type == TypeCodes.S) {
            int close = json.string(p);
            index.add(index.span(p, close, json.flags), name); // the type is 0
            return close;
        }
        if (type == TypeCodes.N) {
            int close = NumberScanner.plainEnd(data, p, end, maxNumberLength);
            if (close != 0) {
                index.add(index.span(p, close, Span.type(type)), name);
            }
            return close;
        }
        if ((type == TypeCodes.BOOL || type == TypeCodes.NULL) && end - p > 5) {
            int four = Words.four(data, p);
            if (four == JsonScanner.TRUE) {
                index.add(index.span(p, p + 4, Span.type(type) | Span.TRUE), name);
                return p + 3;
            }
            if (four == JsonScanner.FALS && data[p + 4] == 'e') {
                index.add(index.span(p, p + 5, Span.type(type)), name);
                return p + 4;
            }
        }
        return 0;
    }

    /**
     * Indexes the content after a type descriptor and its colon.
     *
     * @param opener the opening of the attribute; null if it is not known
     * @return the position after the content
     */
    int content(int p, int type, int level, long name, @Nullable Opening opener) {
        byte b = json.peek(p);
        if (b <= ' ') { // a known opening may be followed by white space
            p = json.space(p);
            b = json.peek(p);
        }
        switch (type) {
            case TypeCodes.S:
            case TypeCodes.B:
                return b == '"' ? text(p, type, name) : wrongContent(p);
            case TypeCodes.N:
                return b == '"' ? text(p, type, name) : b == 'n' ? wrongContent(p) : bareNumber(p, name);
            case TypeCodes.BOOL:
            case TypeCodes.NULL:
                return b == 't' || b == 'f' ? literal(p, type, name) : wrongContent(p);
            case TypeCodes.SS:
            case TypeCodes.NS:
            case TypeCodes.BS:
                return b == '[' ? set(p, type, name) : wrongContent(p);
            case TypeCodes.L:
                return b == '[' ? list(p, level, name, opener) : wrongContent(p);
            case TypeCodes.M:
                return b == '{' ? attributes.members(p, level, name, opener) : wrongContent(p);
            default:
                throw new IllegalStateException("not the type of a descriptor");
        }
    }

    /** Returns a hint that names the option that ignores the descriptor at {@code quote}; null if it would not. */
    private @Nullable String nullSibling(int quote) {
        return isNullAfter(json.space(json.string(quote + 1) + 1)) ? IGNORES_NULL : null;
    }

    /** Throws for the content at {@code p}, with a hint if it is null and another descriptor follows. */
    private int wrongContent(int p) {
        int next = isNull(p) ? json.space(p + NULL_LENGTH) : -1;
        return wrong(p, next >= 0 && isAt(next, ',') ? IGNORES_NULL : null);
    }

    /** Returns whether there is a colon at {@code p} and null after it. Any other bytes are no failure. */
    private boolean isNullAfter(int p) {
        return isAt(p, ':') && isNull(json.space(p + 1));
    }

    private boolean isNull(int p) {
        return isAt(p, 'n') && isAt(p + 1, 'u') && isAt(p + 2, 'l') && isAt(p + 3, 'l');
    }

    /** Returns whether the byte is at {@code p}. A hint must not depend on how the input is divided into pieces. */
    private boolean isAt(int p, char b) {
        if (p >= end && json.mayGrow) {
            throw NeedMore.BYTES;
        }
        return p < end && data[p] == b;
    }

    private int wrong(int p, @Nullable String hint) {
        throw json.wrongType(p, hint);
    }

    private int bareNumber(int p, long name) {
        if (!options.numbersAsJson || !JsonScanner.startsNumber(data[p])) {
            return wrong(p, JsonScanner.startsNumber(data[p]) ? "the option numbersAsJson accepts JSON numbers" : null);
        }
        int close = numbers.scanBare(p);
        index.add(index.span(p, close, Span.type(TypeCodes.N)), name);
        return close;
    }

    /** Indexes the string of an S, N or B, or of a member of a set, and returns the position after it. */
    private int text(int quote, int type, long name) {
        int close;
        if (type == TypeCodes.S) {
            close = json.string(quote + 1);
        } else if (type == TypeCodes.N) {
            close = numbers.scan(quote + 1);
        } else {
            index.hasBinary = true;
            close = StrictBase64.scan(json, quote + 1);
        }
        index.add(index.span(quote + 1, close, Span.type(type) | json.flags), name);
        return close + 1;
    }

    private int literal(int p, int type, long name) {
        int close = json.literal(p);
        index.add(index.span(p, close, Span.type(type) | (data[p] == 't' ? Span.TRUE : 0)), name);
        return close;
    }

    private int unknown(int p, int level, long name) {
        index.hasUnknown = true;
        int close = json.skip(p, jsonDepth(level));
        index.add(index.span(p, close, Span.type(TypeCodes.UNKNOWN)), name);
        return close;
    }

    /** Returns the number of open objects and arrays inside a value: two a level, and those that enclose the item. */
    private int jsonDepth(int level) {
        return itemDepth + 2 * level;
    }

    private int set(int bracket, int type, long name) {
        int container = index.open(type, bracket, name);
        int member = type - TypeCodes.SS;
        int count = 0;
        int p = json.space(bracket + 1);
        while (json.peek(p) != ']') {
            if (data[p] != '"') {
                p = type == TypeCodes.NS ? bareNumber(p, 0) : wrong(p, null);
            } else {
                p = text(p, member, 0);
            }
            p = p + 1 < end && data[p] == ',' && data[p + 1] == '"' ? p + 1 : json.afterValue(p, ']');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }

    private int list(int bracket, int level, long name, @Nullable Opening opener) {
        int container = index.open(TypeCodes.L, bracket, name);
        int count = 0;
        int p = json.space(bracket + 1);
        while (json.peek(p) != ']') {
            p = json.afterValue(member(p, level + 1, opener), ']');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }

    private int member(int brace, int level, @Nullable Opening opener) {
        boolean map = opener != null
                && level <= maxDepth
                && end - brace >= Long.BYTES
                && (Words.at(data, brace) & MAP_MASK) == MAP;
        return map ? closing(attributes.members(brace + 5, level, 0, opener)) : value(brace, level, 0, null, brace);
    }
}
