package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** How a member of the envelope began in an earlier record, from the quote of its name to its value. */
final class MemberToken {
    final Spelling spelling;
    final Member member;

    /** Another way that the same member began. */
    final @Nullable MemberToken sibling;

    MemberToken(Member member, byte[] data, int from, int to, @Nullable MemberToken sibling) {
        spelling = new Spelling(data, from, to);
        this.member = member;
        this.sibling = sibling;
    }
}
