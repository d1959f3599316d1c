package io.github.dynamodbcdc;

/** How a member of the envelope began in an earlier record, from the quote of its name to its value. */
final class MemberToken {
    final Spelling spelling;
    final Member member;

    MemberToken(Member member, byte[] data, int from, int to) {
        spelling = new Spelling(data, from, to);
        this.member = member;
    }
}
