package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Items and attribute values, from bytes to entries of the index. The position decides what a name is: in an item it is
 * an attribute name, in a value a type descriptor.
 */
final class AttributeIndexer {
    /** After so many attributes of the second image that are not those of the first, the two are not alike. */
    private static final int MAX_TWIN_MISSES = 3;

    private final JsonScanner json;
    private final RecordIndex index;
    private final Leniencies leniencies;
    private final int maxDepth;
    private final NumberScanner numbers;
    private final @Nullable Shapes shapes;
    private final boolean frozen;
    /** The names of the open items and maps: those with an id, and those without. */
    private final IdSet ids = new IdSet();

    private final NameSet names;

    private byte[] data = {};
    private int itemDepth;
    private boolean inKeys;

    /** How the attribute that was read last began, if that was learned. */
    private @Nullable Token learned;

    /** Where the content of the attribute that {@link #find} found begins. */
    private int contentAt;

    /** How many attributes there were that frozen shapes did not know. */
    private int unknown;

    /** The attribute of the other image that should come next; −1 if that is not tried. */
    private int twin;

    /** Where the other image ends, as an entry and as its closing brace. */
    private int twinEnd;

    private int twinBrace;
    private int twinMisses;

    /** How many attributes {@link #twins} indexed. */
    private int copied;

    AttributeIndexer(
            JsonScanner json,
            RecordIndex index,
            NumberScanner numbers,
            ChangeEventDecoder decoder,
            @Nullable Shapes shapes,
            boolean frozen) {
        this.json = json;
        this.index = index;
        this.numbers = numbers;
        this.leniencies = decoder.leniencies;
        this.maxDepth = decoder.limits.maxAttributeDepth();
        this.shapes = shapes;
        this.frozen = frozen;
        this.names = new NameSet(decoder.hash);
    }

    /** Begins a reading of the scanner's record. */
    void reset() {
        data = json.data;
        names.reset(data, json.start);
        unknown = 0;
    }

    int unknown() {
        return unknown;
    }

    /**
     * Indexes Keys or an image from its opening brace on; its entry is the next one.
     *
     * @param depth how many objects are open around it
     * @param other the entry of the other image, which may be alike; −1 for none
     * @return the position behind it
     */
    int item(int p, int depth, boolean keys, int other) {
        itemDepth = depth;
        inKeys = keys;
        twin = -1;
        if (other >= 0 && shapes != null && !leniencies.descriptorAliases && index.count(other) > 0) {
            twin = other + 1;
            twinEnd = index.end(other);
            twinBrace = index.base + Span.start(index.value(twinEnd));
            twinMisses = 0;
        }
        return members(p, 0, 0, null);
    }

    /** Indexes a value that stands in no item. */
    int value(int p) {
        return value(p, 1, 0, null, p, p);
    }

    /**
     * Indexes the members of an item or M.
     *
     * @param level that of the M, 0 for an item
     * @param opener how the attribute began whose value the M is
     */
    private int members(int p, int level, long name, @Nullable Token opener) {
        int container = index.open(Descriptors.M, p, name);
        boolean predict = shapes != null && level < maxDepth && !leniencies.descriptorAliases;
        if (shapes != null) {
            ids.open(level, frozen ? shapes.count() : Shapes.MAX_NAMES);
        }
        Token previous = null;
        Token expected = predict ? first(opener, level) : null;
        int count = 0;
        p = json.space(p + 1);
        while (json.peek(p) != '}') {
            if (twin >= 0 && level == 0) {
                int behind = twins(p, container);
                if (behind > p) {
                    count += copied;
                    previous = null;
                    expected = null;
                    p = behind;
                    continue;
                }
            }
            int entry = index.size();
            Token token = expected;
            int content;
            if (token != null && token.spelling.isAt(data, p, json.end)) {
                content = p + token.spelling.length;
            } else {
                token = shapes != null && predict ? find(shapes, p) : null;
                content = contentAt;
            }
            int q;
            if (token != null) {
                if (!ids.add(level, token.name.id)) {
                    throw json.fail(Reason.DUPLICATE_NAME, p);
                }
                q = content(content, token.type, level + 1, index.nameWord(p + 1, token.name), token);
                q = closeValue(q);
            } else {
                q = attribute(p, level, container);
                token = learned;
            }
            if (token != expected && predict && !frozen && (previous != null || count == 0)) {
                link(previous, token, opener, level);
            }
            if (twin >= 0 && level == 0) {
                resynchronise(entry);
            }
            previous = token;
            expected = token == null ? null : inKeys ? token.nextInKeys : token.next;
            p = json.afterValue(q, '}');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }

    /**
     * Indexes the attributes from {@code p} on as those of the other image, as long as they are the same: whole stretches
     * that are equal byte for byte need no second reading, and of an attribute that differs in its value the beginning
     * doesn't.
     *
     * @return the position of the next attribute, or of the closing brace; {@code p} if there was none alike
     */
    private int twins(int p, int container) {
        int there = index.attributeStart(twin);
        int same = matching(p, there);
        copied = 0;
        while (twin < twinEnd) {
            int next = index.next(twin);
            // Up to the next attribute's quote, so that a comma is known to be followed by one.
            int length = (next == twinEnd ? twinBrace : index.attributeStart(next) + 1) - there;
            if (length > same) {
                return twinOfOtherValue(p, there, same, container);
            }
            addName(p, container, index.name(twin) + ((long) (p - there) << Span.BITS));
            int copy = index.size();
            index.addCopyOf(twin, p - there);
            index.mark(copy, Span.SAME);
            copied++;
            twin = next;
            if (next == twinEnd) {
                twin = -1;
                return json.afterValue(p + length, '}');
            }
            p += length - 1;
            there += length - 1;
            same -= length - 1;
        }
        return p;
    }

    /** How many bytes from {@code p} on are those of the other image from {@code there} on. */
    private int matching(int p, int there) {
        int length = Math.min(json.end - p, twinBrace - there);
        int mismatch = Arrays.mismatch(data, p, p + length, data, there, there + length);
        return mismatch < 0 ? length : mismatch;
    }

    private int twinOfOtherValue(int p, int there, int same, int container) {
        long value = index.value(twin);
        int type = Span.type(value);
        int content = index.base + Span.start(value) - (type <= Descriptors.B ? 1 : 0);
        // Leniencies let through an M without its descriptor and an N without its quotes.
        boolean usual =
                type <= Descriptors.B ? data[content] == '"' : (value & Span.TRUE) == 0 || type != Descriptors.M;
        if (content - there > same || type == Descriptors.UNKNOWN || !usual) {
            return p;
        }
        long name = index.name(twin) + ((long) (p - there) << Span.BITS);
        addName(p, container, name);
        int q = closeValue(content(p + content - there, type, 1, name, null));
        copied++;
        twin = index.next(twin);
        if (twin == twinEnd) {
            twin = -1;
        }
        return json.afterValue(q, '}');
    }

    private void addName(int quote, int container, long name) {
        if (name < 0 ? !ids.add(0, Span.id(name)) : !names.add(name, container)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
    }

    /** Behind an attribute that was not the one expected: perhaps it was removed or added, perhaps nothing is alike. */
    private void resynchronise(int entry) {
        long name = index.name(entry);
        if (++twinMisses > MAX_TWIN_MISSES) {
            twin = -1;
        } else if (isTwin(name, twin)) {
            twin = index.next(twin);
        } else if (isTwin(name, index.next(twin))) {
            twin = index.next(index.next(twin));
        }
        if (twin >= twinEnd) {
            twin = -1;
        }
    }

    private boolean isTwin(long name, int other) {
        return other < twinEnd && name < 0 && Span.id(name) == Span.id(index.name(other));
    }

    private @Nullable Token first(@Nullable Token opener, int level) {
        if (level > 0) {
            return opener == null ? null : opener.first;
        }
        return shapes == null ? null : inKeys ? shapes.firstInKeys : shapes.firstInImage;
    }

    /** Learns that {@code token} came behind {@code previous}, or as the first. */
    private void link(@Nullable Token previous, @Nullable Token token, @Nullable Token opener, int level) {
        if (previous != null) {
            if (inKeys) {
                previous.nextInKeys = token;
            } else {
                previous.next = token;
            }
        } else if (level > 0) {
            if (opener != null) {
                opener.first = token;
            }
        } else if (shapes != null && inKeys) {
            shapes.firstInKeys = token;
        } else if (shapes != null) {
            shapes.firstInImage = token;
        }
    }

    /** How the attribute at {@code p} begins, if an earlier one began so. */
    private @Nullable Token find(Shapes shapes, int p) {
        if (data[p] != '"') {
            return null;
        }
        int from = p + 1;
        if (from + 16 > json.end) {
            return null;
        }
        // Most names have up to sixteen bytes: their end, their hash and the comparison come from the same two words.
        long first = Words.at(data, from);
        long second = 0;
        long special = Words.special(first);
        int length;
        if (special != 0) {
            length = Words.place(special);
            first = Words.lowest(first, length);
        } else {
            second = Words.at(data, from + 8);
            special = Words.special(second);
            if (special == 0) {
                return findLong(shapes, from);
            }
            int rest = Words.place(special);
            second = Words.lowest(second, rest);
            length = 8 + rest;
        }
        int close = from + length;
        if (data[close] != '"') {
            return findLong(shapes, from);
        }
        Name name = shapes.findShort(first, second, length);
        return name == null ? null : found(shapes.tokenAt(name, data, close, json.end), close);
    }

    private @Nullable Token findLong(Shapes shapes, int from) {
        int close = json.string(from);
        if ((json.flags & Span.ESCAPED) != 0) {
            return null;
        }
        Name name = shapes.find(data, from, close);
        return name == null ? null : found(shapes.tokenAt(name, data, close, json.end), close);
    }

    private @Nullable Token found(@Nullable Token token, int close) {
        if (token != null) {
            contentAt = close + token.tailLength;
        }
        return token;
    }

    /** Indexes an attribute that nothing is known of, from its quote to behind its value. */
    private int attribute(int quote, int level, int container) {
        if (data[quote] != '"') {
            throw json.unexpected(quote);
        }
        int close = json.string(quote + 1);
        long span = index.span(quote + 1, close, json.flags);
        if (Span.length(span) > DecodeLimits.MAX_NAME_BYTES
                && JsonText.utf8Length(data, index.base, span) > DecodeLimits.MAX_NAME_BYTES) {
            throw json.fail(Reason.NAME_LIMIT, quote);
        }
        Name name = shapes == null ? null : nameOf(shapes, span);
        if (name != null ? !ids.add(level, name.id) : !names.add(span, container)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
        int p = json.expect(json.space(close + 1), ':');
        return value(p, level + 1, name != null ? index.nameWord(quote + 1, name) : span, name, quote, close);
    }

    private @Nullable Name nameOf(Shapes shapes, long span) {
        byte[] utf8 = data;
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        if (Span.isEscaped(span)) {
            utf8 = JsonText.utf8(data, index.base, span);
            from = 0;
            to = utf8.length;
        }
        return frozen ? shapes.find(utf8, from, to) : shapes.learn(utf8, from, to);
    }

    /** The brace that closes an attribute value, and nothing before it. */
    private int closeValue(int p) {
        if (p < json.end && data[p] == '}') {
            return p + 1;
        }
        p = json.afterValue(p, '}');
        if (data[p] != '}') {
            throw data[p] == '"' ? json.fail(Reason.TWO_TYPES, p) : json.unexpected(p);
        }
        return p + 1;
    }

    /**
     * Indexes an attribute value from its opening brace on.
     *
     * @param known its attribute's name, if that has an id
     * @param quote where its attribute begins, if it is one's
     * @param close the closing quote of the attribute's name
     */
    private int value(int brace, int level, long name, @Nullable Name known, int quote, int close) {
        learned = null;
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
        int descriptor = p;
        int type;
        if (p + 2 < json.end && data[p + 2] == '"' && data[p + 1] > ' ' && data[p + 1] != '\\' && data[p + 1] != '"') {
            type = Descriptors.single(data[p + 1]);
            p += 2;
        } else {
            p = json.string(p + 1);
            type = Descriptors.find(data, descriptor + 1, p, json.flags);
        }
        p = json.space(p + 1);
        if (type < 0 && !leniencies.unknownDescriptors) {
            throw unknownType(descriptor);
        }
        p = json.expect(p, ':');
        if (type < 0) {
            return closeValue(unknown(p, level, name));
        }
        Token token = null;
        if (known != null && shapes != null) {
            token = frozen ? null : shapes.learn(known, type, data, quote, close, p);
        }
        unknown += token == null && quote != brace ? 1 : 0;
        p = closeValue(content(p, type, level, name, token));
        learned = token;
        return p;
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
        int container = index.open(Descriptors.M, brace, name);
        index.close(container, p, 0);
        index.mark(container, Span.TRUE);
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

    /** Indexes what stands behind a type descriptor. */
    private int content(int p, int type, int level, long name, @Nullable Token token) {
        byte b = json.peek(p);
        if (b <= ' ') { // behind the same beginning there may be more white space
            p = json.space(p);
            b = json.peek(p);
        }
        switch (type) {
            case Descriptors.S:
            case Descriptors.B:
                return b == '"' ? text(p, type, name) : wrong(p, null);
            case Descriptors.N:
                return b == '"' ? text(p, type, name) : bareNumber(p, name);
            case Descriptors.BOOL:
            case Descriptors.NULL:
                return b == 't' || b == 'f' ? literal(p, type, name) : wrong(p, null);
            case Descriptors.SS:
            case Descriptors.NS:
            case Descriptors.BS:
                return b == '[' ? set(p, type, name) : wrong(p, null);
            case Descriptors.L:
                return b == '[' ? list(p, level, name) : wrong(p, null);
            case Descriptors.M:
                return b == '{' ? members(p, level, name, token) : wrong(p, null);
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
            p = json.afterValue(value(p, level + 1, 0, null, p, p), ']');
            count++;
        }
        index.close(container, p, count);
        return p + 1;
    }
}
