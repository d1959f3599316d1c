package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Shapes.Opening;
import java.util.Arrays;

/**
 * The first image of a record, while the second is indexed. A MODIFY changes a few attributes, and the others occur in
 * both images byte for byte. Bytes that are equal to validated bytes are valid too, so their entries are copied. The
 * images are compared in order as long as their attributes have the same order, and by name after that.
 *
 * <p>Measured: indexing takes 1.3 times as long without it (TYPICAL; 1.4 WIDE), decoding into maps 1.21 times (1.52).
 * JDK 17, DecodeBenchmark of a session. No gain: leaving the entries of equal attributes out, which is less than 3 %.
 */
final class OtherImage {
    /** With more unexpected attributes in the second image, the two are not in the same order. */
    private static final int MAX_MISSES = 3;

    /** After images in different orders, only one of this many records is compared in order. */
    private static final int RECORDS_BETWEEN_TRIALS = 16;

    /** Values of up to this many bytes are compared without a call of {@link Arrays#equals}. */
    private static final int SHORT = 64;

    private final RecordIndex index;
    private byte[] data = {};

    private int other;

    /** The entry of the expected attribute. */
    private int next;

    /** The entry at which the other image ends. */
    private int end;

    /** The position of the other image's closing brace. */
    private int brace;

    private int misses;

    /** The position in the other image up to which {@link #copyAlike} found equal bytes. */
    private int equal;

    private boolean byName;

    /** The number of records since images were last found in different orders; 0 if the last images were not. */
    private int recordsUnlike;

    /** The other image's entries by the ids of their names: the round in the high half, the entry in the low half. */
    private long[] entries = new long[64];

    private int round;

    // out parameters

    /** The number of attributes that {@link #copyAlike} copied last. */
    private int copied;

    OtherImage(RecordIndex index) {
        this.index = index;
    }

    /** Begins the comparison with the image whose entry is {@code image}. */
    void begin(int image, byte[] record) {
        data = record;
        other = image;
        next = image + 1;
        end = index.end(image);
        brace = index.base + Span.start(index.value(end));
        misses = recordsUnlike > 0 ? MAX_MISSES : 0;
        byName = false;
    }

    /** Returns whether to compare in order: always, unless the images of recent records were in different orders. */
    boolean mayBeInOrder() {
        if (recordsUnlike % RECORDS_BETWEEN_TRIALS == 0) {
            recordsUnlike = 0;
            return true;
        }
        recordsUnlike++;
        return false;
    }

    /** Ends the comparison: the next item is not a second image. */
    void leave() {
        byName = false;
    }

    /** Returns whether to continue comparing in order. */
    boolean isAlike() {
        return next < end;
    }

    /** Returns whether the other image has no further attribute. */
    boolean isAtEnd() {
        return next >= end;
    }

    /** Returns the number of attributes that {@link #copyAlike} copied last. */
    int copied() {
        return copied;
    }

    /**
     * Copies the attributes from {@code p} on as long as they equal the expected ones, and sets {@link #copied}.
     *
     * @return the position of the next attribute, or the position after the last one; {@code p} if none was equal
     */
    int copyAlike(int p, int recordEnd) {
        int there = index.attributeStart(next);
        int length = Math.min(recordEnd - p, brace - there);
        int mismatch = Arrays.mismatch(data, p, p + length, data, there, there + length);
        equal = there + (mismatch < 0 ? length : mismatch);
        int to = next;
        int after = there;
        int attributes = 0;
        while (to < end) {
            int following = index.next(to);
            // The comparison includes the next attribute's quote, which proves that one follows the comma.
            int stop = following == end ? brace : index.attributeStart(following);
            if (following == end ? stop > equal : stop >= equal) {
                break;
            }
            to = following;
            after = stop;
            attributes++;
        }
        copied = attributes;
        if (attributes > 0) {
            index.addCopyOf(next, to, p - there, Span.SAME);
            next = to;
        }
        return p + after - there;
    }

    /**
     * Returns the position of the content of the attribute at {@code p}, if it begins like the expected one, including
     * the content's quote; otherwise 0. Call {@link #copyAlike} before.
     */
    int contentIfAlike(int p) {
        long value = index.value(next);
        int type = Span.type(value);
        int content = contentOf(value);
        int quote = Opening.isQuoted(type) ? 1 : 0;
        boolean alike = content != 0 && content + quote <= equal && type != TypeCodes.UNKNOWN;
        return alike ? p + content - index.attributeStart(next) : 0;
    }

    /** Returns the position of the content after the descriptor; 0 for a form that only leniencies accept. */
    private int contentOf(long value) {
        int start = index.base + Span.start(value);
        int type = Span.type(value);
        if (Opening.isQuoted(type)) {
            return data[start - 1] == '"' ? start - 1 : 0;
        }
        return type == TypeCodes.M && (value & Span.TRUE) != 0 ? 0 : start;
    }

    /** Returns the type of the expected attribute. */
    int type() {
        return index.type(next);
    }

    /** Returns the name of the expected attribute, for the attribute at {@code p}. */
    long name(int p) {
        return index.name(next) + ((long) (p - index.attributeStart(next)) << Span.BITS);
    }

    /** Moves to the next attribute. */
    void next() {
        next = index.next(next);
    }

    /**
     * Moves on after an attribute that was not the expected one: perhaps one was removed or added, perhaps the images
     * have nothing in common.
     *
     * @param entry the entry of the attribute in the second image
     */
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

    /** Returns whether {@link #copyValue} can find anything. */
    boolean isKnownByName() {
        return byName;
    }

    /** Compares by name from here on, if the caller uses equal values; otherwise finding the names would not pay. */
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
     * Copies the value after {@code opening}, if the other image's value of the same name is equal.
     *
     * @param from the position after the opening
     * @return the position of the value's last byte; 0 if the values differ
     */
    int copyValue(int from, Opening opening, long name, int recordEnd) {
        int id = opening.id;
        long noted = id < entries.length ? entries[id] : 0;
        int entry = (int) noted;
        if ((int) (noted >>> Integer.SIZE) != round) {
            return 0;
        }
        long value = index.value(entry);
        int type = Span.type(value);
        if (type != opening.type) {
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
