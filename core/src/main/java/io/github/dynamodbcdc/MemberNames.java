package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The members that mean something in one kind of object, found by the bytes of their names. */
final class MemberNames {
    static final MemberNames RECORD = new MemberNames(Member.Scope.RECORD);
    static final MemberNames DYNAMODB = new MemberNames(Member.Scope.DYNAMODB);
    static final MemberNames USER_IDENTITY = new MemberNames(Member.Scope.USER_IDENTITY);
    static final MemberNames METADATA = new MemberNames(Member.Scope.METADATA);

    final Member.Scope scope;

    /** By the length of the name, so that a name is compared with few. */
    private final Member[][] members;

    private final byte[][][] names;

    private MemberNames(Member.Scope scope) {
        this.scope = scope;
        Member[] all = Arrays.stream(Member.values())
                .filter(member -> member.scope == scope)
                .toArray(Member[]::new);
        int longest = Arrays.stream(all)
                .mapToInt(member -> member.wireName.length())
                .max()
                .orElse(0);
        members = new Member[longest + 1][];
        names = new byte[longest + 1][][];
        for (int i = 0; i <= longest; i++) {
            int length = i;
            members[i] = Arrays.stream(all)
                    .filter(member -> member.wireName.length() == length)
                    .toArray(Member[]::new);
            names[i] = Arrays.stream(members[i])
                    .map(member -> member.wireName.getBytes(US_ASCII))
                    .toArray(byte[][]::new);
        }
    }

    /**
     * Returns the member that a name's content spells, after unescaping; null if there is none.
     *
     * @param anyCase whether a name that differs in its case only is a member as well
     */
    @Nullable
    Member find(byte[] data, int from, int to, long flags, boolean anyCase) {
        Member member = find(data, from, to, flags);
        return member != null || !anyCase ? member : findInAnyCase(data, from, to);
    }

    private @Nullable Member findInAnyCase(byte[] data, int from, int to) {
        for (Member[] ofOneLength : members) {
            for (Member member : ofOneLength) {
                if (JsonText.isInAnyCase(data, from, to, member.wireName)) {
                    return member;
                }
            }
        }
        return null;
    }

    /** Returns the member that a name's content spells, after unescaping; null if there is none. */
    @Nullable
    Member find(byte[] data, int from, int to, long flags) {
        if ((flags & Span.ESCAPED) != 0) {
            return findEscaped(data, from, Span.of(0, to - from, flags));
        }
        int length = to - from;
        if (length >= members.length) {
            return null;
        }
        byte[][] candidates = names[length];
        for (int i = 0; i < candidates.length; i++) {
            if (Arrays.equals(candidates[i], 0, length, data, from, to)) {
                return members[length][i];
            }
        }
        return null;
    }

    private @Nullable Member findEscaped(byte[] data, int from, long name) {
        if (Span.length(name) > 6 * members.length) {
            return null;
        }
        int length = JsonText.utf8Length(data, from, name);
        if (length < members.length) {
            for (Member member : members[length]) {
                if (JsonText.is(data, from, name, member.wireName)) {
                    return member;
                }
            }
        }
        return null;
    }
}
