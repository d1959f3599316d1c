package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Shapes.Opening;
import org.jspecify.annotations.Nullable;

/** Attribute values, from bytes to entries of the index: their type descriptors, and what stands behind these. */
final class ValueIndexer {
    /** How a member of a list begins that is an M with attributes, as DynamoDB writes it. */
    private static final long MAP = 0x7B3A224D227BL; // {"M":{

    private static final String IGNORES_NULL = "the option descriptorAliases ignores a type descriptor that is null";

    private static final long MAP_MASK = (1L << 48) - 1;

    private final JsonScanner json;
    private final RecordIndex index;
    private final NumberScanner numbers;
    private final DecodeOptions options;
    private final int maxDepth;
    private final AttributeIndexer attributes;
    /** To learn from; null to learn nothing. */
    private final @Nullable Shapes shapes;

    private byte[] data = {};
    private int end;
    private int itemDepth;

    /** How the attribute that was read last by {@link #value} began, if that was learned. */
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
    }

    /** Begins a reading of the scanner's record. */
    void reset() {
        data = json.data;
        end = json.end;
    }

    /** {@code depth}: how many objects are open around the item whose values are next. */
    void enterItem(int depth) {
        itemDepth = depth;
    }

    /** From behind a value's content to behind the brace that closes it; nothing else may stand there. */
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
     * Indexes an attribute value from its opening brace on.
     *
     * @param known its attribute's name, if that has an id
     * @param quote where its attribute begins, if it is one's
     * @return the position behind it
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
        Opening token = known == null || shapes == null ? null : learn(shapes, known, type, quote, p);
        p = closing(content(p, type, level, name, token));
        learned = token;
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
                    "the option emptyValueAsMap reads it as the empty map or list of DynamoDB Local, always as a map");
        }
        index.mark(index.open(TypeCodes.M, brace, name), Span.TRUE);
        return p + 1;
    }

    /** A value whose descriptors may be in any case, and may stand beside others that are null. */
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
     * Indexes what stands behind a type descriptor.
     *
     * @param opener how its attribute began, if that is known
     * @return the position behind it
     */
    int content(int p, int type, int level, long name, @Nullable Opening opener) {
        byte b = json.peek(p);
        if (b <= ' ') { // behind the same beginning there may be more white space
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
                throw new IllegalStateException("no descriptor has this type");
        }
    }

    /** Returns the option that ignores the descriptor at {@code quote}; null if its value is not null. */
    private @Nullable String nullSibling(int quote) {
        int p = json.expect(json.space(json.string(quote + 1) + 1), ':');
        return isNull(p) ? IGNORES_NULL : null;
    }

    /** Refuses the content at {@code p}; an option ignores a descriptor that is null, if another one follows it. */
    private int wrongContent(int p) {
        boolean nullSibling = isNull(p) && json.space(p + 4) < end && data[json.space(p + 4)] == ',';
        return wrong(p, nullSibling ? IGNORES_NULL : null);
    }

    /** Returns whether null follows the colon at {@code p}, without judging what else may be there. */
    private boolean isNullAfter(int p) {
        return p < end && data[p] == ':' && isNull(json.space(p + 1));
    }

    private boolean isNull(int p) {
        return end - p > 4 && data[p] == 'n' && data[p + 1] == 'u' && data[p + 2] == 'l' && data[p + 3] == 'l';
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

    /** S, N or B, of a value or a member of a set, from its opening quote on. */
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

    /** How many objects and arrays are open inside a value: two a level, and those around its item. */
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
            p = json.afterValue(p, ']');
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
