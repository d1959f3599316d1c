package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * How an attribute began in an earlier record, byte for byte from the quote of its name to its content:
 * <code>"venue":{"S":"</code>. Where the same bytes stand again they mean the same and need no second check.
 */
final class Opening {
    final KnownBytes spelling;

    /** Of the spelling. */
    final int length;

    final KnownName name;
    final int type;

    /** How many of the bytes are before the value: not the opening quote that S, N and B have. */
    final int valueOffset;

    /** Another way that the same name began. */
    @Nullable
    Opening sibling;

    /** The tokens that followed last, in an item or map and in Keys; and the first in a map that this one opens, or in one of a list. */
    @Nullable
    Opening next;

    @Nullable
    Opening nextInKeys;

    @Nullable
    Opening first;

    /** Of the bytes in {@code [from, to)}. */
    Opening(KnownName name, int type, byte[] data, int from, int to) {
        spelling = new KnownBytes(data, from, to);
        length = to - from;
        this.name = name;
        this.type = type;
        valueOffset = length - (isQuoted(type) ? 1 : 0);
    }

    private Opening(Opening other) {
        spelling = other.spelling;
        length = other.length;
        name = other.name;
        type = other.type;
        valueOffset = other.valueOffset;
    }

    /** Whether the content of this type stands in quotes, of which the first belongs to the token. */
    static boolean isQuoted(int type) {
        return type <= TypeCodes.B;
    }

    /** The same bytes without what followed. */
    Opening copy() {
        return new Opening(this);
    }
}
