package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Shapes.Opening;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of items and maps, from bytes to entries of the index.
 *
 * <p>This is the hot file: most of what an event costs is the loop of {@link #attributes}, and it is written for speed,
 * not to be read. What goes in and what comes out:
 *
 * <pre>
 *   "venue":{"S":"Town hall"},"seats":{"N":"120"}}
 *   ^ p           ^ from    ^ close   one word compared, and p is at the next name
 *   |--- Opening ---|         |-----|
 *
 *   index, two words an entry (see {@link RecordIndex}):
 *     value  S, start and length of  Town hall      name  id of  venue, its offset
 *            N, start and length of  120                  id of  seats, its offset
 * </pre>
 *
 * <p>Each trick, and how much longer indexing takes without it (22 attributes in both images, JDK 17; in parentheses
 * with a random order in each image, where that is more):
 *
 * <ul>
 *   <li>Prediction: after an attribute comes the one that came after it before. It is compared with the bytes, eight at
 *       a time, name and type descriptor in one: 2.7 times (1.5).
 *   <li>A token that was not predicted is found by the eight bytes after the quote, before the end of its name is
 *       known: (1.2 times).
 *   <li>The bytes after a value are compared as one word: 1.12 times.
 *   <li>Ids of names are given in the order in which they come, so that rising ids prove names distinct, and the set of
 *       them is only filled for an item in another order: 1.06 times.
 *   <li>The second image is compared with the first, by order or by name ({@link OtherImage}): 1.2 times. What is equal
 *       need not be made twice for a map either: (1.3 times, decoding into maps).
 * </ul>
 *
 * <p>An entry is two words: one cannot hold a name and the offset, length and type of a value in a record of 256 MiB.
 * A third word costs 3 to 10 %. A narrower index for short records would gain no more than that, and be a second index.
 */
final class AttributeIndexer {
    /** Larger than any id: the names that were read are in {@link #ids}. */
    private static final int STAMPED = Integer.MAX_VALUE;

    /** The bytes after a value, as DynamoDB writes them, if another attribute follows. */
    private static final int NEXT_ATTRIBUTE = '}' | ',' << 8 | '"' << 16;

    private final JsonScanner json;
    private final RecordIndex index;
    private final ValueIndexer values;
    private final OtherImage twin;
    private final int maxNumberLength;
    private final boolean predicts;
    private final int maxDepth;
    private final @Nullable Shapes shapes;
    private final boolean frozen;
    /** The names of the open items and maps: those with an id, and those without. */
    private final DistinctNames.Ids ids = new DistinctNames.Ids();

    private final DistinctNames names;

    private byte[] data = {};
    private int end;
    private boolean inKeys;

    /** How many attributes there were that frozen shapes did not know. */
    private int unknown;

    AttributeIndexer(
            JsonScanner json,
            RecordIndex index,
            NumberScanner numbers,
            DecodeOptions options,
            @Nullable Shapes shapes,
            boolean frozen) {
        this.json = json;
        this.index = index;
        values = new ValueIndexer(json, index, numbers, options, this, frozen ? null : shapes);
        twin = new OtherImage(index);
        maxDepth = options.limits.maxAttributeDepth();
        maxNumberLength = options.limits.maxNumberLength();
        predicts = shapes != null && !options.descriptorAliases;
        this.shapes = shapes;
        this.frozen = frozen;
        names = new DistinctNames(options.hash);
    }

    /** Begins a reading of the scanner's record. */
    void reset() {
        data = json.data;
        end = json.end;
        names.reset(data, json.start);
        values.reset();
        unknown = 0;
    }

    int unknown() {
        return unknown;
    }

    int capacity() {
        return names.capacity();
    }

    /**
     * Indexes Keys or an image from its opening brace on; its entry is the next one.
     *
     * @param depth how many objects are open around it
     * @param other the entry of the other image, which may be alike; −1 for none
     * @return the position behind it
     */
    int item(int p, int depth, boolean keys, int other) {
        values.enterItem(depth);
        inKeys = keys;
        if (predicts && other >= 0 && index.count(other) > 0) {
            twin.begin(other, data);
            if (twin.mayBeInOrder()) {
                return imageLike(p);
            }
            twin.findByName();
        } else {
            twin.leave();
        }
        return members(p, 0, 0, null);
    }

    /** Indexes a value that is not in an item. */
    int value(int p) {
        values.enterItem(1); // only the record encloses it
        return values.value(p, 1, 0, null, p);
    }

    /**
     * Indexes the members of an item or M.
     *
     * @param level that of the M, 0 for an item
     * @param opener how the attribute began whose value the M is, or the list with the M in it
     */
    int members(int p, int level, long name, @Nullable Opening opener) {
        int container = index.open(TypeCodes.M, p, name);
        p = json.space(p + 1);
        if (json.peek(p) == '}') {
            return p + 1;
        }
        return attributes(p, container, level, opener, 0, 0);
    }

    /**
     * Indexes attributes up to the closing brace of their item or M.
     *
     * @param p the position of an attribute
     * @param count how many there were before
     * @param highest the highest id of a name, if all ids were rising: then they are distinct; else {@link #STAMPED}
     */
    private int attributes(int p, int container, int level, @Nullable Opening opener, int count, int highest) {
        byte[] data = this.data;
        int end = this.end;
        boolean keys = inKeys;
        boolean known = predicts && level < maxDepth;
        boolean shared = level == 0 && twin.isKnownByName();
        Opening previous = null;
        Opening expected = known && count == 0 ? first(opener, level) : null;
        while (true) {
            Opening token = expected;
            if (token == null || !token.spelling.isAt(data, p, end)) {
                token = known ? find(p) : null;
                if (token != null && !frozen && (previous != null || count == 0)) {
                    link(previous, token, opener, level);
                }
            }
            int q;
            if (token != null) {
                int id = token.name.id;
                highest = id > highest ? id : addId(id, highest, p, level, container);
                long name = index.nameWord(p + 1, token.name);
                int from = p + token.length;
                int close = shared ? twin.copyValue(from, token, name, end) : 0;
                if (close == 0) {
                    close = usualContent(from, token.type, name);
                }
                if (close == 0) {
                    q = values.closing(values.content(p + token.valueOffset, token.type, level + 1, name, token));
                } else if (close + 4 <= end && Words.four(data, close) >>> 8 == NEXT_ATTRIBUTE) {
                    p = close + 3;
                    count++;
                    previous = token;
                    expected = keys ? token.nextInKeys : token.next;
                    continue;
                } else {
                    q = values.closing(close + 1);
                }
            } else {
                highest = attribute(p, level, container, highest);
                q = afterAttribute;
                token = values.learned;
                if (known && !frozen && (previous != null || count == 0)) {
                    link(previous, token, opener, level);
                }
            }
            count++;
            previous = token;
            expected = token == null ? null : keys ? token.nextInKeys : token.next;
            p = json.afterValue(q, '}');
            if (data[p] == '}') {
                index.close(container, p, count);
                return p + 1;
            }
        }
    }

    /**
     * Indexes the content of an S, or of an N of nothing but digits with a sign and a point.
     *
     * @param p the position behind the opening quote
     * @return the closing quote; 0 if nothing was indexed
     */
    private int usualContent(int p, int type, long name) {
        int close;
        if (type == TypeCodes.S) {
            close = json.string(p);
            index.add(index.span(p, close, json.flags), name); // the type is 0
            return close;
        }
        if (type == TypeCodes.N) {
            close = NumberScanner.plainEnd(data, p, end, maxNumberLength);
            if (close != 0) {
                index.add(index.span(p, close, Span.type(TypeCodes.N)), name);
            }
            return close;
        }
        return 0;
    }

    /** Where {@link #attribute} ended. */
    private int afterAttribute;

    /**
     * Indexes the second image of a record: what stands in it as in the other one need not be read again.
     */
    private int imageLike(int p) {
        int container = index.open(TypeCodes.M, p, 0);
        p = json.space(p + 1);
        if (json.peek(p) == '}') {
            return p + 1;
        }
        boolean pure = true; // all names are those of the other image in its order, and so they are distinct
        int count = 0;
        do {
            int entry = index.size();
            int q = twin.copyAlike(p, end);
            count += twin.copied();
            if (q > p) {
                if (!pure) {
                    addNames(entry, container);
                }
                p = q;
                if (twin.isAtEnd()) {
                    p = json.afterValue(p, '}');
                    if (data[p] == '}') {
                        index.close(container, p, count);
                        return p + 1;
                    }
                    break;
                }
                entry = index.size();
            }
            int content = twin.contentIfAlike(p);
            if (content == 0) {
                if (pure) {
                    stamp(0, container);
                    pure = false;
                }
                q = attributeOfImage(p, container);
                twin.resynchronise(entry);
            } else {
                long name = twin.name(p);
                if (!pure) {
                    addName(name, container, p);
                }
                int type = twin.type();
                twin.next();
                int close = usualContent(content + 1, type, name);
                if (close != 0 && close + 4 <= end && Words.four(data, close) >>> 8 == NEXT_ATTRIBUTE) {
                    p = close + 3;
                    count++;
                    continue;
                }
                q = values.closing(close != 0 ? close + 1 : values.content(content, type, 1, name, null));
            }
            count++;
            p = json.afterValue(q, '}');
            if (data[p] == '}') {
                index.close(container, p, count);
                return p + 1;
            }
        } while (twin.isAlike());
        if (pure) {
            stamp(0, container);
        }
        twin.findByName();
        return attributes(p, container, 0, null, count, STAMPED);
    }

    /** Indexes an attribute of an image whose names so far are stamped. */
    private int attributeOfImage(int p, int container) {
        Opening token = find(p);
        if (token == null) {
            attribute(p, 0, container, STAMPED);
            return afterAttribute;
        }
        addId(token.name.id, STAMPED, p, 0, container);
        long name = index.nameWord(p + 1, token.name);
        return values.closing(values.content(p + token.valueOffset, token.type, 1, name, token));
    }

    // ------------------------------------------------------------------------------------------------- names

    /** Adds an id that is not higher than all before, and returns STAMPED. */
    private int addId(int id, int highest, int quote, int level, int container) {
        if (highest != STAMPED) {
            stamp(level, container);
        }
        if (!ids.add(level, id)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
        return STAMPED;
    }

    /** Adds the names of all attributes so far, which are distinct. */
    private void stamp(int level, int container) {
        ids.open(level);
        for (int entry = container + 1; entry < index.size(); entry = index.next(entry)) {
            long name = index.name(entry);
            if (name < 0) {
                ids.add(level, Span.id(name));
            } else {
                names.add(name, container); // again, or now
            }
        }
    }

    private void addName(long name, int container, int quote) {
        if (name < 0 ? !ids.add(0, Span.id(name)) : !names.add(name, container)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
    }

    /** Adds the names of the attributes from {@code entry} on. */
    private void addNames(int entry, int container) {
        for (; entry < index.size(); entry = index.next(entry)) {
            addName(index.name(entry), container, index.attributeStart(entry));
        }
    }

    // -------------------------------------------------------------------------------------------- prediction

    private @Nullable Opening first(@Nullable Opening opener, int level) {
        if (level > 0) {
            return opener == null ? null : opener.first;
        }
        return shapes == null ? null : inKeys ? shapes.firstInKeys : shapes.firstInImage;
    }

    /** Learns that {@code token} came behind {@code previous}, or as the first. */
    private void link(@Nullable Opening previous, @Nullable Opening token, @Nullable Opening opener, int level) {
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
    private @Nullable Opening find(int p) {
        if (end - p < 1 + Long.BYTES || shapes == null) {
            return null;
        }
        Opening token = shapes.startingWith(Words.at(data, p + 1));
        return token != null && token.spelling.isAt(data, p, end) ? token : findByName(shapes, p);
    }

    private @Nullable Opening findByName(Shapes shapes, int p) {
        if (data[p] != '"') {
            return null;
        }
        int from = p + 1;
        if (from + 16 > end) {
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
                return findLong(shapes, p);
            }
            int rest = Words.place(special);
            second = Words.lowest(second, rest);
            length = 8 + rest;
        }
        if (data[from + length] != '"') {
            return findLong(shapes, p);
        }
        KnownName name = shapes.findShort(first, second, length);
        return name == null ? null : shapes.tokenAt(name, data, p, end);
    }

    private @Nullable Opening findLong(Shapes shapes, int p) {
        int close = json.string(p + 1);
        if ((json.flags & Span.ESCAPED) != 0) {
            return null;
        }
        KnownName name = shapes.find(data, p + 1, close);
        return name == null ? null : shapes.tokenAt(name, data, p, end);
    }

    // ---------------------------------------------------------------------------------------- without it

    /**
     * Indexes an attribute that nothing is known of, from its quote to behind its value, which is
     * {@link #afterAttribute} then.
     *
     * @return the highest id after it
     */
    private int attribute(int quote, int level, int container, int highest) {
        if (json.peek(quote) != '"') {
            throw json.unexpected(quote);
        }
        int close = json.string(quote + 1);
        long span = index.span(quote + 1, close, json.flags);
        if (Span.length(span) > DecodeLimits.MAX_NAME_BYTES
                && JsonText.utf8Length(data, index.base, span) > DecodeLimits.MAX_NAME_BYTES) {
            throw json.fail(Reason.NAME_LIMIT, quote);
        }
        KnownName name = shapes == null ? null : nameOf(shapes, span);
        if (name != null) {
            highest = name.id > highest ? name.id : addId(name.id, highest, quote, level, container);
        } else if (!names.add(span, container)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
        int p = json.expect(json.space(close + 1), ':');
        afterAttribute = values.value(p, level + 1, name != null ? index.nameWord(quote + 1, name) : span, name, quote);
        unknown += values.learned == null ? 1 : 0;
        return highest;
    }

    /** Where a name with escapes is unescaped. */
    private byte[] unescaped = {};

    private @Nullable KnownName nameOf(Shapes shapes, long span) {
        byte[] utf8 = data;
        int from = index.base + Span.start(span);
        int to = from + Span.length(span);
        if (Span.isEscaped(span)) {
            if (to - from > Shapes.MAX_ESCAPED_NAME_BYTES) {
                return null;
            }
            if (unescaped.length < to - from) {
                unescaped = new byte[to - from];
            }
            utf8 = unescaped;
            to = JsonText.unescape(data, from, to - from, utf8, 0);
            from = 0;
        }
        return frozen ? shapes.find(utf8, from, to) : shapes.learn(utf8, from, to);
    }
}
