package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Shapes.Opening;
import org.jspecify.annotations.Nullable;

/**
 * Indexes attributes that follow each other as in an earlier record, with short scalars as DynamoDB writes them. This
 * is the hottest loop: most attributes of most records are indexed here, and all others by {@link AttributeIndexer}.
 *
 * <pre>
 *   "seats":{"N":"120"},"open":{"BOOL":true}}
 *   ^ p          ^from ^ close: one word compared, and p is at the next name
 *   |-- Opening -|
 * </pre>
 *
 * <p>The loop is written for speed, not for readability. It keeps the position in a register, calls no method in the
 * usual case, and writes an entry only after everything about it was checked, so it can stop at any attribute.
 *
 * <p>Measured: indexing takes 1.25 times as long without it (WIDE; 1.0 TYPICAL, INSERT and SMALL, whose runs are
 * short), and 1.05 times without the second candidate for the next attribute (TYPICAL, INSERT, SPARSE). JDK 17,
 * DecodeBenchmark of a session. No gain: runs that begin after a search, runs in Keys, sets in runs, expecting the
 * length that a value had last time, and choosing between the two words of a text without a branch.
 */
final class AttributeRun {
    /** The bytes between a value and the next attribute's name, after the quote that ends the value. */
    private static final int NEXT = '"' | AttributeIndexer.NEXT_ATTRIBUTE << 8;

    /** The bytes between a value and the closing brace of its item or map, and that brace. */
    private static final int END = '}' | '}' << 8;

    private static final int QUOTE_END = '"' | END << 8;
    private static final int QUOTE_END_MASK = 0xFFFFFF;

    // A word is shifted until the bytes to compare are its highest ones.

    private static final long TRUE_NEXT = (long) JsonScanner.TRUE << 8 | (long) AttributeIndexer.NEXT_ATTRIBUTE << 40;
    private static final long TRUE_END = (long) JsonScanner.TRUE << 16 | (long) END << 48;
    private static final long FALSE = JsonScanner.FALS | (long) 'e' << 32;
    private static final long FALSE_NEXT = FALSE | (long) AttributeIndexer.NEXT_ATTRIBUTE << 40;
    private static final long FALSE_END = FALSE << 8 | (long) END << 48;

    /** The number of bytes after an opening that are read without a look at the record's end. */
    private static final int ROOM = 4 * Long.BYTES;

    /** The characters of a number that are read without a look at the limit: two words, a point and a word. */
    private static final int SHORT_NUMBER = 3 * Long.BYTES + 1;

    private final JsonScanner json;
    private final RecordIndex index;
    private final DistinctNames.Ids ids;
    private final int maxNumberLength;

    // out parameters

    /** The number of attributes that were indexed. */
    int length;

    /** The highest id of a name after them, or {@link AttributeIndexer#COLLECTED}. */
    int highest;

    /** The opening of the last of them; meaningless if there are none. */
    @Nullable
    Opening last;

    /** The opening of the attribute after them; null if it is not the one that followed last time. */
    @Nullable
    Opening matched;

    /** Whether the item ends after them. */
    boolean endsItem;

    private AttributeRun(JsonScanner json, RecordIndex index, DistinctNames.Ids ids, int maxNumberLength) {
        this.json = json;
        this.index = index;
        this.ids = ids;
        this.maxNumberLength = maxNumberLength;
    }

    /** Returns a new instance; null if numbers may be limited to fewer digits than are read at once. */
    static @Nullable AttributeRun of(JsonScanner json, RecordIndex index, DistinctNames.Ids ids, int maxNumberLength) {
        return maxNumberLength < SHORT_NUMBER ? null : new AttributeRun(json, index, ids, maxNumberLength);
    }

    /**
     * Indexes attributes as long as the opening is the expected one, the content is a scalar in its usual form, and
     * another attribute or the end of the item follows at once. Sets the out parameters.
     *
     * @param p the position of an attribute
     * @param opening the opening that is there
     * @param highestId the highest id of a name so far, or {@link AttributeIndexer#COLLECTED}
     * @param level the nesting level of the map that contains the attributes; 0 for an item
     * @return the position of the first attribute that was not indexed; if there is none, the position after the item
     */
    int index(int p, Opening opening, int highestId, int level) {
        byte[] data = json.data;
        int base = index.base;
        int stop = json.end - ROOM;
        long[] words = index.words;
        long[] collected = ids.of(level);
        int first = index.size * 2;
        int at = first;
        int top = highestId;
        Opening matched = opening;
        Opening previous = opening;
        while (true) {
            int from = p + matched.length;
            if (from > stop || at >= words.length - 1) {
                break;
            }
            int id = matched.id;
            int slot = id >>> 6;
            // Before the content, because a name that occurs twice is the first fault.
            if (id <= top
                    && (top != AttributeIndexer.COLLECTED
                            || slot >= collected.length
                            || (collected[slot] & 1L << id) != 0)) {
                break;
            }
            int type = matched.type;
            long word = Words.at(data, from);
            long flags = Span.type(type);
            int close;
            if (type <= TypeCodes.N) {
                close = type == TypeCodes.S ? textEnd(data, from, word) : numberEnd(data, from, word);
                int after = Words.four(data, close);
                if (after != NEXT || (close == from && type == TypeCodes.N)) {
                    close = type == TypeCodes.S ? json.string(close) : numberEnd(from);
                    if (close == 0 || close > stop) {
                        break;
                    }
                    after = Words.four(data, close);
                    if (after != NEXT) {
                        if ((after & QUOTE_END_MASK) != QUOTE_END) {
                            break;
                        }
                        stop = -1;
                    }
                    flags |= json.flags;
                }
            } else if (type == TypeCodes.BOOL || type == TypeCodes.NULL) {
                if (word << 8 == TRUE_NEXT) {
                    close = from + 4;
                    flags |= Span.TRUE;
                } else if (word == FALSE_NEXT) {
                    close = from + 5;
                } else if (word << 16 == TRUE_END) {
                    close = from + 4;
                    flags |= Span.TRUE;
                    stop = -1;
                } else if (word << 8 == FALSE_END) {
                    close = from + 5;
                    stop = -1;
                } else {
                    break;
                }
            } else {
                break;
            }
            if (id > top) {
                top = id;
            } else {
                collected[slot] |= 1L << id;
            }
            words[at] = Span.of(from - base, close - from, flags);
            words[at + 1] = matched.nameWord + ((long) (p + 1 - base) << Span.BITS);
            at += 2;
            p = close + (type <= TypeCodes.N ? 3 : 2);
            previous = matched;
            matched = previous.next;
            if (matched == null || p + matched.length > stop || !matched.isWithin(data, p)) {
                matched = previous.otherNext;
                if (matched == null || p + matched.length > stop || !matched.isWithin(data, p)) {
                    matched = null;
                    break;
                }
            }
        }
        index.size = at / 2;
        length = (at - first) / 2;
        highest = top;
        last = previous;
        this.matched = matched;
        endsItem = at > first && stop < 0;
        return p;
    }

    /**
     * Returns the position of the first of sixteen bytes that is not plain text; of the next byte if there is none. The
     * second word is read before it is known to be needed: lengths are hard to predict.
     */
    private static int textEnd(byte[] data, int from, long word) {
        int plain = Words.place(Words.special(word));
        int more = Words.place(Words.special(Words.at(data, from + Long.BYTES)));
        return from + plain + (plain < Long.BYTES ? 0 : more);
    }

    /** Returns the position after up to sixteen digits, or after those, a point and up to eight digits. */
    private static int numberEnd(byte[] data, int from, long word) {
        int end = from + Words.place(Words.notDigit(word));
        if (end == from + Long.BYTES) {
            end += Words.place(Words.notDigit(Words.at(data, end)));
        }
        if (data[end] == '.' && end > from) {
            int digits = Words.place(Words.notDigit(Words.at(data, end + 1)));
            return digits == 0 ? from : end + 1 + digits;
        }
        return end;
    }

    /**
     * Returns the position of the closing quote of a number with at most a minus and a decimal point; 0 for another.
     */
    private int numberEnd(int from) {
        json.flags = 0;
        return NumberScanner.plainEnd(json.data, from, json.end, maxNumberLength);
    }
}
