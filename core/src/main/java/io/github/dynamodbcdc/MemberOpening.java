package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** How a member of the envelope began in an earlier record, from the quote of its name to its value. */
final class MemberOpening {
    final KnownBytes spelling;
    final Member member;

    /** Another way that the same member began. */
    final @Nullable MemberOpening sibling;

    MemberOpening(Member member, byte[] data, int from, int to, @Nullable MemberOpening sibling) {
        spelling = new KnownBytes(data, from, to);
        this.member = member;
        this.sibling = sibling;
    }
}
