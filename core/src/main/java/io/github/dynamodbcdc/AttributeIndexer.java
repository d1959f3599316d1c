package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Items and attribute values, from bytes to entries of the index. The position decides what a name is: in an item it is
 * an attribute name, in a value a type descriptor.
 */
final class AttributeIndexer {
    /** A record of long strings has fewer names than its length suggests. */
    private static final int MAX_EXPECTED_NAMES = 512;

    private final JsonScanner json;
    private final byte[] data;
    private final RecordIndex index;
    private final Leniencies leniencies;
    private final int maxDepth;
    private final NumberScanner numbers;
    private final NameSet names;
    private int itemDepth;

    AttributeIndexer(JsonScanner json, RecordIndex index, DecodeLimits limits, Leniencies leniencies, NameHash hash) {
        this.json = json;
        this.data = json.data;
        this.index = index;
        this.leniencies = leniencies;
        this.maxDepth = limits.maxAttributeDepth();
        this.numbers = new NumberScanner(json, limits);
        this.names = new NameSet(hash, data, index.base, Math.min((json.end - json.start) / 32, MAX_EXPECTED_NAMES));
    }

    /**
     * Indexes Keys or an image from its opening brace on; its entry is the next one.
     *
     * @param depth how many objects are open around it
     * @return the position behind it
     */
    int item(int p, int depth) {
        itemDepth = depth;
        return members(p, 0, 0);
    }

    /** Indexes a value that stands in no item. */
    int value(int p) {
        return value(p, 1, 0);
    }

    /** Indexes the members of an item or M; {@code level}: that of the M, 0 for an item. */
    private int members(int p, int level, long name) {
        int container = index.open(Descriptors.M, p, name);
        int count = 0;
        p = json.space(p + 1);
        while (json.peek(p) != '}') {
            if (data[p] != '"') {
                throw json.unexpected(p);
            }
            int quote = p;
            int close = json.string(p + 1);
            long member = index.span(quote + 1, close, json.flags);
            checkName(quote, member, container);
            p = json.expect(json.space(close + 1), ':');
            p = json.afterValue(value(p, level + 1, member), '}');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }

    private void checkName(int quote, long name, int owner) {
        if (Span.length(name) > DecodeLimits.MAX_NAME_BYTES
                && JsonText.utf8Length(data, index.base, name) > DecodeLimits.MAX_NAME_BYTES) {
            throw json.fail(Reason.NAME_LIMIT, quote);
        }
        if (!names.add(name, owner)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
    }

    /** Indexes an attribute value from its opening brace on. */
    private int value(int brace, int level, long name) {
        if (json.peek(brace) != '{') {
            throw json.wrongType(brace, null);
        }
        if (level > maxDepth) {
            throw json.fail(Reason.DEPTH_LIMIT, brace, DecodeLimits.HINT);
        }
        if (leniencies.descriptorAliases) {
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
        int quote = p;
        int type;
        if (p + 2 < json.end && data[p + 2] == '"' && data[p + 1] > ' ' && data[p + 1] != '\\' && data[p + 1] != '"') {
            type = Descriptors.single(data[p + 1]);
            p += 2;
        } else {
            p = json.string(p + 1);
            type = Descriptors.find(data, quote + 1, p, json.flags);
        }
        p = json.space(p + 1);
        if (type < 0 && !leniencies.unknownDescriptors) {
            throw unknownType(quote);
        }
        p = json.expect(p, ':');
        p = json.space(type < 0 ? unknown(p, level, name) : content(p, type, level, name));
        if (json.peek(p) == '}') {
            return p + 1;
        }
        p = json.afterValue(p, '}');
        throw data[p] == '"' ? json.fail(Reason.TWO_TYPES, p) : json.unexpected(p);
    }

    private DecodeException unknownType(int quote) {
        return json.fail(
                Reason.UNKNOWN_TYPE,
                quote,
                "the options descriptorAliases and unknownDescriptors accept other spellings and other types");
    }

    private int emptyValue(int brace, int p, long name) {
        if (!leniencies.emptyValueAsMap) {
            throw json.fail(Reason.NO_TYPE, brace, "the option emptyValueAsMap accepts DynamoDB Local's empty maps");
        }
        index.close(index.open(Descriptors.M, brace, name), p, 0);
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
            int type = Descriptors.findAlias(data, quote + 1, close, json.flags);
            p = json.expect(json.space(close + 1), ':');
            empty = false;
            if (json.peek(p) == 'n') {
                p = json.literal(p);
            } else if (found) {
                throw json.fail(Reason.TWO_TYPES, quote);
            } else {
                if (type < 0 && !leniencies.unknownDescriptors) {
                    throw unknownType(quote);
                }
                p = type < 0 ? unknown(p, level, name) : content(p, type, level, name);
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

    /** Indexes what stands behind a type descriptor. */
    private int content(int p, int type, int level, long name) {
        byte b = json.peek(p);
        switch (AttributeType.of(type)) {
            case S:
            case B:
                return b == '"' ? text(p, type, name) : wrong(p, null);
            case N:
                return b == '"' ? text(p, type, name) : bareNumber(p, name);
            case BOOL:
            case NULL:
                return b == 't' || b == 'f' ? literal(p, type, name) : wrong(p, null);
            case SS:
            case NS:
            case BS:
                return b == '[' ? set(p, type, name) : wrong(p, null);
            case L:
                return b == '[' ? list(p, level, name) : wrong(p, null);
            case M:
                return b == '{' ? members(p, level, name) : wrong(p, null);
            default:
                throw new IllegalStateException("no descriptor has this type");
        }
    }

    private int wrong(int p, @Nullable String hint) {
        throw json.wrongType(p, hint);
    }

    private int bareNumber(int p, long name) {
        if (!leniencies.numbersAsJson || !JsonScanner.startsNumber(data[p])) {
            return wrong(p, JsonScanner.startsNumber(data[p]) ? "the option numbersAsJson accepts JSON numbers" : null);
        }
        int close = numbers.scanBare(p);
        index.add(index.span(p, close, Span.type(Descriptors.N)), name);
        return close;
    }

    /** S, N or B, of a value or a member of a set, from its opening quote on. */
    private int text(int quote, int type, long name) {
        int close;
        if (type == Descriptors.S) {
            close = json.string(quote + 1);
        } else if (type == Descriptors.N) {
            close = numbers.scan(quote + 1);
        } else {
            index.hasBinary = true;
            close = Base64Text.scan(json, quote + 1);
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
        int close = json.skip(p, jsonDepth(level));
        index.add(index.span(p, close, Span.type(Descriptors.UNKNOWN)), name);
        return close;
    }

    /** How many objects and arrays are open inside a value: two a level, and those around its item. */
    private int jsonDepth(int level) {
        return itemDepth + 2 * level;
    }

    private int set(int bracket, int type, long name) {
        int container = index.open(type, bracket, name);
        int member = type - Descriptors.SS;
        int count = 0;
        int p = json.space(bracket + 1);
        while (json.peek(p) != ']') {
            if (data[p] != '"') {
                p = type == Descriptors.NS ? bareNumber(p, 0) : wrong(p, null);
            } else {
                p = text(p, member, 0);
            }
            p = json.afterValue(p, ']');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }

    private int list(int bracket, int level, long name) {
        int container = index.open(Descriptors.L, bracket, name);
        int count = 0;
        int p = json.space(bracket + 1);
        while (json.peek(p) != ']') {
            p = json.afterValue(value(p, level + 1, 0), ']');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }
}
