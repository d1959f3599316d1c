package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * How an attribute began in an earlier record, byte for byte from the quote of its name to its content:
 * <code>"venue":{"S":"</code>. Where the same bytes stand again they mean the same and need no second check.
 */
final class Token {
    final Spelling spelling;

    /** Of the spelling. */
    final int length;

    final Name name;
    final int type;

    /** How many of the bytes are before the value: not the opening quote that S, N and B have. */
    final int valueOffset;

    /** Another way that the same name began. */
    @Nullable
    Token sibling;

    /** The tokens that followed last, in an item or map and in Keys; and the first in a map that this one opens, or in one of a list. */
    @Nullable
    Token next;

    @Nullable
    Token nextInKeys;

    @Nullable
    Token first;

    /** Of the bytes in {@code [from, to)}. */
    Token(Name name, int type, byte[] data, int from, int to) {
        spelling = new Spelling(data, from, to);
        length = to - from;
        this.name = name;
        this.type = type;
        valueOffset = length - (isQuoted(type) ? 1 : 0);
    }

    private Token(Token other) {
        spelling = other.spelling;
        length = other.length;
        name = other.name;
        type = other.type;
        valueOffset = other.valueOffset;
    }

    /** Whether the content of this type stands in quotes, of which the first belongs to the token. */
    static boolean isQuoted(int type) {
        return type <= Descriptors.B;
    }

    /** The same bytes without what followed. */
    Token copy() {
        return new Token(this);
    }
}
