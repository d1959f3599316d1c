package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Shapes.Opening;
import java.util.Arrays;

/**
 * The first image of a record, for whoever indexes the second: a MODIFY changes a few attributes, and the others stand in
 * both images byte for byte. What is equal to something validated is validated, so its entries are copied. Images are
 * compared in their order as long as that is the same, then by name.
 */
final class OtherImage {
    /** After so many attributes of the second image that are not those of the first, the two are not in the same order. */
    private static final int MAX_MISSES = 3;

    /** Then so many records are not compared in order, but for the last of them. */
    private static final int RECORDS_BETWEEN_TRIALS = 16;

    private static final int SHORT = 64;

    private final RecordIndex index;
    private byte[] data = {};

    private int other;

    /** The attribute that should come next. */
    private int next;

    /** Where the other image ends, as an entry and as its closing brace. */
    private int end;

    private int brace;
    private int misses;
    private int copied;

    /** Up to where the attributes that should come next stand again, as far as {@link #copyAlike} looked. */
    private int equal;

    private boolean byName;

    /** Since when images were in different orders; 0 if the last were not. */
    private int recordsUnlike;

    /** The entries of the other image by the ids of their names, each after the round in which it was noted. */
    private long[] entries = new long[64];

    private int round;

    OtherImage(RecordIndex index) {
        this.index = index;
    }

    void begin(int image, byte[] record) {
        data = record;
        other = image;
        next = image + 1;
        end = index.end(image);
        brace = index.base + Span.start(index.value(end));
        misses = recordsUnlike > 0 ? MAX_MISSES : 0;
        byName = false;
    }

    /** Whether to try if the second image is in the order of the first. */
    boolean mayBeInOrder() {
        if (recordsUnlike % RECORDS_BETWEEN_TRIALS == 0) {
            recordsUnlike = 0;
            return true;
        }
        recordsUnlike++;
        return false;
    }

    /** What is read is no second image. */
    void leave() {
        byName = false;
    }

    /** Whether it makes sense to go on comparing in order. */
    boolean isAlike() {
        return next < end;
    }

    boolean isAtEnd() {
        return next >= end;
    }

    /** How many attributes {@link #copyAlike} copied. */
    int copied() {
        return copied;
    }

    /**
     * Copies the attributes from {@code p} on as long as they are the same as those that should come next.
     *
     * @return the position of the next attribute, or behind the last one; {@code p} if there was none alike
     */
    int copyAlike(int p, int recordEnd) {
        int there = index.attributeStart(next);
        int length = Math.min(recordEnd - p, brace - there);
        int mismatch = Arrays.mismatch(data, p, p + length, data, there, there + length);
        equal = there + (mismatch < 0 ? length : mismatch);
        int to = next;
        int behind = there;
        int attributes = 0;
        while (to < end) {
            int following = index.next(to);
            // Up to the next attribute's quote, so that a comma is known to be followed by one.
            int stop = following == end ? brace : index.attributeStart(following);
            if (following == end ? stop > equal : stop >= equal) {
                break;
            }
            to = following;
            behind = stop;
            attributes++;
        }
        copied = attributes;
        if (attributes > 0) {
            index.addCopyOf(next, to, p - there, Span.SAME);
            next = to;
        }
        return p + behind - there;
    }

    /** Behind {@link #copyAlike}: the content of the attribute at {@code p}, if that begins as the next one, quote and all; else 0. */
    int contentIfAlike(int p) {
        long value = index.value(next);
        int type = Span.type(value);
        int content = contentOf(value);
        int quote = Opening.isQuoted(type) ? 1 : 0;
        boolean alike = content != 0 && content + quote <= equal && type != TypeCodes.UNKNOWN;
        return alike ? p + content - index.attributeStart(next) : 0;
    }

    /** Where a value begins behind its descriptor; 0 if leniencies let it through in an unusual form. */
    private int contentOf(long value) {
        int start = index.base + Span.start(value);
        int type = Span.type(value);
        if (Opening.isQuoted(type)) {
            return data[start - 1] == '"' ? start - 1 : 0;
        }
        return type == TypeCodes.M && (value & Span.TRUE) != 0 ? 0 : start;
    }

    int type() {
        return index.type(next);
    }

    /** The name of the attribute that should come next, for the one that came at {@code p}. */
    long name(int p) {
        return index.name(next) + ((long) (p - index.attributeStart(next)) << Span.BITS);
    }

    void next() {
        next = index.next(next);
    }

    /** Behind an attribute that was not the one expected: perhaps it was removed or added, perhaps nothing is alike. */
    void resynchronise(int entry) {
        long name = index.name(entry);
        if (++misses > MAX_MISSES) {
            next = end;
            recordsUnlike = 1;
        } else if (isNamed(name, next)) {
            next = index.next(next);
        } else if (isNamed(name, index.next(next))) {
            next = index.next(index.next(next));
        }
    }

    private boolean isNamed(long name, int entry) {
        return entry < end && name < 0 && Span.id(name) == Span.id(index.name(entry));
    }

    // ------------------------------------------------------------------------------------------------ by name

    /** Whether {@link #copyValue} can find anything. */
    boolean isKnownByName() {
        return byName;
    }

    /** From here on compares by name, if somebody makes use of it: finding the names takes longer than it saves. */
    void findByName() {
        byName = index.sharesValues;
        if (!byName) {
            return;
        }
        round++;
        for (int entry = other + 1; entry < end; entry = index.next(entry)) {
            int id = Span.id(index.name(entry));
            if (id >= entries.length) {
                entries = Arrays.copyOf(entries, Math.max(id + 1, entries.length * 2));
            }
            entries[id] = (long) round << Integer.SIZE | entry;
        }
    }

    /**
     * Copies the value of the attribute that begins as {@code token}, if the other image's value of that name is the same.
     *
     * @param from the position behind the token
     * @return the position of the value's last byte; 0 if it is not the same
     */
    int copyValue(int from, Opening token, long name, int recordEnd) {
        int id = token.name.id;
        long noted = id < entries.length ? entries[id] : 0;
        int entry = (int) noted;
        if ((int) (noted >>> Integer.SIZE) != round) {
            return 0;
        }
        long value = index.value(entry);
        int type = Span.type(value);
        if (type != token.type) {
            return 0;
        }
        int there = index.base + Span.start(value);
        int length;
        if (Opening.isQuoted(type)) {
            if (data[there - 1] != '"') {
                return 0;
            }
            length = Span.length(value) + 1;
        } else if (RecordIndex.isContainer(type)) {
            int last = index.end(entry);
            if (last == entry) {
                return 0;
            }
            length = Span.start(index.value(last)) - Span.start(value) + 1;
        } else {
            length = Span.length(value);
        }
        if (length > recordEnd - from || !isSame(from, there, length)) {
            return 0;
        }
        int copy = index.size();
        index.addCopyOf(entry, index.next(entry), from - there, Span.SAME);
        index.setName(copy, name);
        return from + length - 1;
    }

    private boolean isSame(int p, int there, int length) {
        if (length > SHORT) {
            return Arrays.equals(data, p, p + length, data, there, there + length);
        }
        int stop = p + length;
        for (; p + Long.BYTES <= stop; p += Long.BYTES, there += Long.BYTES) {
            if (Words.at(data, p) != Words.at(data, there)) {
                return false;
            }
        }
        for (; p < stop; p++, there++) {
            if (data[p] != data[there]) {
                return false;
            }
        }
        return true;
    }
}
