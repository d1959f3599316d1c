package io.github.dynamodbcdc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How an attribute began in an earlier record, byte for byte from the quote of its name to its content:
 * <code>"venue":{"S":"</code>. Where the same bytes stand again they mean the same and need no second check.
 */
final class Token {
    final Spelling spelling;
    final Name name;
    final int type;

    /** The bytes from the name's closing quote on, and if there are up to eight, in a word. */
    private final byte[] tailBytes;

    final int tailLength;
    private final long tail;
    private final long tailMask;

    /** Another way that the same name began. */
    @Nullable
    Token sibling;

    /** The tokens that followed last, in an item or map and in Keys; and the first inside, if this one opens a map. */
    @Nullable
    Token next;

    @Nullable
    Token nextInKeys;

    @Nullable
    Token first;

    /** Of the bytes in {@code [from, to)}, in which the closing quote of the name is at {@code close}. */
    Token(Name name, int type, byte[] data, int from, int close, int to) {
        spelling = new Spelling(data, from, to);
        this.name = name;
        this.type = type;
        tailLength = to - close;
        tailBytes = Arrays.copyOfRange(data, close, to);
        tail = tailLength > 8 ? 0 : Words.upTo(data, close, to);
        tailMask = tailLength > 8 ? 0 : Spelling.mask(tailLength);
    }

    private Token(Token other) {
        spelling = other.spelling;
        name = other.name;
        type = other.type;
        tailBytes = other.tailBytes;
        tail = other.tail;
        tailMask = other.tailMask;
        tailLength = other.tailLength;
    }

    /** The same bytes without what followed. */
    Token copy() {
        return new Token(this);
    }

    /** Whether the bytes behind the name stand at {@code close}, where an equal name has its closing quote. */
    boolean continuesAt(byte[] data, int close, int end) {
        if (tailLength <= 8 && close + 8 <= end) {
            return ((Words.at(data, close) ^ tail) & tailMask) == 0;
        }
        return close + tailLength <= end && Arrays.equals(tailBytes, 0, tailLength, data, close, close + tailLength);
    }
}
