package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Shapes.Opening;
import org.jspecify.annotations.Nullable;

/**
 * Indexes the attributes of items and maps: those that {@link AttributeRun} leaves, and the second image of a record.
 *
 * <p>This is a hot file. Its input and output:
 *
 * <pre>
 *   "venue":{"S":"Town hall"},"seats":{"N":"120"}}
 *   |--- Opening ---|
 *
 *   index, two words an entry (see {@link RecordIndex}):
 *     value  S, start and length of  Town hall      name  id of  venue, its offset
 *            N, start and length of  120                  id of  seats, its offset
 * </pre>
 *
 * <p>Measured: how much longer indexing takes without each optimization (22 attributes in both images, JDK 17; in
 * parentheses with a random order in each image, where given):
 *
 * <ul>
 *   <li>Prediction: an attribute is expected to be followed by the same attribute as last time. The expected name and
 *       type descriptor are compared with the bytes together, eight bytes at a time: 2.5 times (2.3); see
 *       {@link Shapes}.
 *   <li>An opening that was not predicted is looked up by the eight bytes after its quote, before the end of its name
 *       is known: (1.2 times).
 *   <li>Names receive ascending ids in the order of their first occurrence, so ascending ids prove that names are
 *       distinct. The set of ids is filled only for an item in another order: 1.06 times.
 *   <li>The second image is compared with the first, by order or by name: 1.3 times; see {@link OtherImage}.
 * </ul>
 *
 * <p>An entry is two words. One word cannot hold a name and the offset, length and type of a value in a record of 256
 * MiB. A third word costs 3 to 10 %. A narrower index for short records would gain no more than that, and it would be a
 * second index.
 */
final class AttributeIndexer {
    /** In place of the highest id, and larger than any: all names so far are in {@link #ids} or {@link #names}. */
    static final int COLLECTED = Integer.MAX_VALUE;

    /** The bytes between a value and the next attribute's name, as DynamoDB writes them. */
    static final int NEXT_ATTRIBUTE = '}' | ',' << 8 | '"' << 16;

    private final JsonScanner json;
    private final RecordIndex index;
    private final ValueIndexer values;
    private final OtherImage otherImage;
    private final boolean predicts;
    private final @Nullable AttributeRun run;
    private final int maxDepth;
    private final @Nullable Shapes shapes;
    private final boolean frozen;

    /** The names of the open items and maps that have an id. */
    private final DistinctNames.Ids ids = new DistinctNames.Ids();

    /** The names of the open items and maps that have no id. */
    private final DistinctNames names;

    private byte[] data = {};
    private int end;
    private boolean inKeys;

    /** The number of attributes that frozen shapes did not know. */
    private int unknown;

    /** The buffer in which a name with escapes is unescaped. */
    private byte[] unescaped = {};

    /** Out parameter: the position after the attribute that {@link #attribute} indexed last. */
    private int afterAttribute;

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
        otherImage = new OtherImage(index);
        maxDepth = options.limits.maxAttributeDepth();
        predicts = shapes != null && !options.descriptorAliases;
        run = AttributeRun.of(json, index, ids, options.limits.maxNumberLength());
        this.shapes = shapes;
        this.frozen = frozen;
        names = new DistinctNames(options.hash);
    }

    /** Prepares for reading the scanner's record. */
    void reset() {
        data = json.data;
        end = json.end;
        names.reset(data, json.start);
        values.reset();
        unknown = 0;
    }

    /** Returns the number of attributes of the record that frozen shapes did not know. */
    int unknown() {
        return unknown;
    }

    /** Returns the number of slots in the table of names. */
    int capacity() {
        return names.capacity();
    }

    /**
     * Indexes Keys or an image. Its entry is the next one of the index.
     *
     * @param p the position of the opening brace
     * @param depth the number of objects that enclose it
     * @param other the entry of the other image, which is probably similar; −1 for none
     * @return the position after it
     */
    int item(int p, int depth, boolean keys, int other) {
        values.enterItem(depth);
        inKeys = keys;
        if (predicts && other >= 0 && index.count(other) > 0) {
            otherImage.begin(other, data);
            if (otherImage.mayBeInOrder()) {
                return imageLike(p);
            }
            otherImage.findByName();
        } else {
            otherImage.leave();
        }
        return members(p, 0, 0, null);
    }

    /** Indexes a value that is not in an item, and returns the position after it. */
    int value(int p) {
        values.enterItem(1); // only the record encloses it
        return values.value(p, 1, 0, null, p);
    }

    /**
     * Indexes the members of an item or M.
     *
     * @param p the position of the opening brace
     * @param level the nesting level of the M; 0 for an item
     * @param opener the opening of the attribute whose value is the M, or the list that contains the M
     * @return the position after the closing brace
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
     * @param count the number of attributes before it
     * @param highest the highest id of a name, if all ids so far were ascending and thus distinct; otherwise
     *     {@link #COLLECTED}
     * @return the position after the closing brace
     */
    private int attributes(int p, int container, int level, @Nullable Opening opener, int count, int highest) {
        boolean known = predicts && level < maxDepth;
        boolean keys = inKeys;
        boolean shared = level == 0 && otherImage.isKnownByName();
        AttributeRun run = keys || shared ? null : this.run;
        Opening previous = null;
        Opening expected = known && count == 0 ? first(opener, level) : null;
        while (true) {
            Opening opening = expected;
            if (opening == null || !opening.isAt(data, p, end)) {
                opening = known ? find(p) : null;
                if (opening != null && !frozen && (previous != null || count == 0)) {
                    link(previous, opening, opener, level);
                }
            } else if (run != null && opening.type <= TypeCodes.NULL) { // a run after a search is too short to pay
                p = run.index(p, opening, highest, level);
                count += run.length;
                if (run.endsItem) {
                    index.close(container, p - 1, count);
                    return p;
                }
                highest = run.highest;
                previous = run.length > 0 ? run.last : previous;
                opening = run.matched;
                if (opening == null) {
                    expected = null; // look it up
                    continue;
                }
            }
            int q;
            if (opening != null) {
                int id = opening.id;
                highest = id > highest ? id : addId(id, highest, p, level, container);
                long name = index.nameWord(p + 1, id);
                int last = shared ? otherImage.copyValue(p + opening.length, opening, name, end) : 0;
                if (last == 0) {
                    last = values.usualContent(p + opening.length, opening.type, name);
                }
                if (last == 0) {
                    last = values.content(p + opening.valueOffset, opening.type, level + 1, name, opening) - 1;
                }
                if (last + 4 <= end && Words.four(data, last) >>> 8 == NEXT_ATTRIBUTE) {
                    p = last + 3;
                    count++;
                    previous = opening;
                    expected = keys ? opening.nextInKeys : opening.next;
                    continue;
                }
                q = values.closing(last + 1);
            } else {
                highest = attribute(p, level, container, highest);
                q = afterAttribute;
                opening = values.learned;
                if (known && !frozen && (previous != null || count == 0)) {
                    link(previous, opening, opener, level);
                }
            }
            count++;
            previous = opening;
            expected = opening == null ? null : keys ? opening.nextInKeys : opening.next;
            p = json.afterValue(q, '}');
            if (data[p] == '}') {
                index.close(container, p, count);
                return p + 1;
            }
        }
    }

    /** Indexes the second image of a record without reading again the bytes that are equal in the other image. */
    private int imageLike(int p) {
        int container = index.open(TypeCodes.M, p, 0);
        p = json.space(p + 1);
        if (json.peek(p) == '}') {
            return p + 1;
        }
        boolean pure = true; // all names are in the other image in the same order, and therefore distinct
        int count = 0;
        do {
            int entry = index.size();
            int q = otherImage.copyAlike(p, end);
            count += otherImage.copied();
            if (q > p) {
                if (!pure) {
                    addNames(entry, container);
                }
                p = q;
                if (otherImage.isAtEnd()) {
                    p = json.afterValue(p, '}');
                    if (data[p] == '}') {
                        index.close(container, p, count);
                        return p + 1;
                    }
                    break;
                }
                entry = index.size();
            }
            int content = otherImage.contentIfAlike(p);
            if (content == 0) {
                if (pure) {
                    collectNames(0, container);
                    pure = false;
                }
                q = attributeOfImage(p, container);
                otherImage.resynchronise(entry);
            } else {
                long name = otherImage.name(p);
                if (!pure) {
                    addName(name, container, p);
                }
                int type = otherImage.type();
                otherImage.next();
                int close = values.usualContent(Opening.isQuoted(type) ? content + 1 : content, type, name);
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
        } while (otherImage.isAlike());
        if (pure) {
            collectNames(0, container);
        }
        otherImage.findByName();
        return attributes(p, container, 0, null, count, COLLECTED);
    }

    /** Indexes an attribute of an image whose names so far are collected, and returns the position after it. */
    private int attributeOfImage(int p, int container) {
        Opening opening = find(p);
        if (opening == null) {
            attribute(p, 0, container, COLLECTED);
            return afterAttribute;
        }
        addId(opening.id, COLLECTED, p, 0, container);
        long name = index.nameWord(p + 1, opening.id);
        return values.closing(values.content(p + opening.valueOffset, opening.type, 1, name, opening));
    }

    // ------------------------------------------------------------------------------------------------- names

    /** Adds an id that is not higher than all earlier ones, and returns {@link #COLLECTED}. */
    private int addId(int id, int highest, int quote, int level, int container) {
        if (highest != COLLECTED) {
            collectNames(level, container);
        }
        if (!ids.add(level, id)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
        return COLLECTED;
    }

    /** Adds the names of all attributes so far, which are known to be distinct. */
    private void collectNames(int level, int container) {
        ids.open(level);
        for (int entry = container + 1; entry < index.size(); entry = index.next(entry)) {
            long name = index.name(entry);
            if (name < 0) {
                ids.add(level, Span.id(name));
            } else {
                names.add(name, container); // it may be in the table already
            }
        }
    }

    private void addName(long name, int container, int quote) {
        if (name < 0 ? !ids.add(0, Span.id(name)) : !names.add(name, container)) {
            throw json.fail(Reason.DUPLICATE_NAME, quote);
        }
    }

    /** Adds the names of the attributes from {@code entry} to the end of the index. */
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

    /** Learns that {@code opening} followed {@code previous}, or came first if that is null. */
    private void link(@Nullable Opening previous, @Nullable Opening opening, @Nullable Opening opener, int level) {
        if (previous != null) {
            if (inKeys) {
                previous.nextInKeys = opening;
            } else {
                previous.follow(opening);
            }
        } else if (level > 0) {
            if (opener != null) {
                opener.first = opening;
            }
        } else if (shapes != null && inKeys) {
            shapes.firstInKeys = opening;
        } else if (shapes != null) {
            shapes.firstInImage = opening;
        }
    }

    /** Returns the opening of the attribute at {@code p}; null if it is not known. */
    private @Nullable Opening find(int p) {
        if (end - p < 1 + Long.BYTES || shapes == null) {
            return null;
        }
        Opening opening = shapes.startingWith(Words.at(data, p + 1));
        return opening != null && opening.isAt(data, p, end) ? opening : findByName(shapes, p);
    }

    private @Nullable Opening findByName(Shapes shapes, int p) {
        int from = p + 1;
        if (data[p] != '"' || from + 16 > end) {
            return null;
        }
        // Most names have at most sixteen bytes: finding their end, hashing and comparing use the same two words.
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
        return name == null ? null : shapes.openingAt(name, data, p, end);
    }

    private @Nullable Opening findLong(Shapes shapes, int p) {
        int close = json.string(p + 1);
        if ((json.flags & Span.ESCAPED) != 0) {
            return null;
        }
        KnownName name = shapes.find(data, p + 1, close);
        return name == null ? null : shapes.openingAt(name, data, p, end);
    }

    // ------------------------------------------------------------------------------------ without prediction

    /**
     * Indexes an attribute whose opening is not known, and sets {@link #afterAttribute}.
     *
     * @param quote the position of the opening quote of its name
     * @return the highest id, including this attribute's
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
        afterAttribute =
                values.value(p, level + 1, name != null ? index.nameWord(quote + 1, name.id) : span, name, quote);
        unknown += values.learned == null ? 1 : 0;
        return highest;
    }

    /** Returns the known name of these bytes, which is learned unless shapes are frozen; null if there is none. */
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
