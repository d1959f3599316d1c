package io.github.dynamodbcdc;

/**
 * Type descriptors, from bytes to the numbers that the index keeps types as: the ordinals of {@link AttributeType}, as
 * constants to switch on.
 */
final class TypeCodes {
    static final int S = 0;
    static final int N = 1;
    static final int B = 2;
    static final int BOOL = 3;
    static final int NULL = 4;
    static final int SS = 5;
    static final int NS = 6;
    static final int BS = 7;
    static final int L = 8;
    static final int M = 9;
    static final int UNKNOWN = 10;

    private static final int LONGEST = 4;

    private TypeCodes() {}

    /** The type that a name's content spells, after unescaping; −1 if it is none. */
    static int find(byte[] data, int from, int to, long flags) {
        if ((flags & Span.ESCAPED) != 0) {
            if (to - from > 6 * LONGEST) {
                return -1;
            }
            for (int type = S; type < UNKNOWN; type++) {
                if (JsonText.is(
                        data,
                        from,
                        Span.of(0, to - from, flags),
                        AttributeType.of(type).name())) {
                    return type;
                }
            }
            return -1;
        }
        int length = to - from;
        if (length == 1) {
            return single(data[from]);
        }
        if (length == 2 && data[from + 1] == 'S') {
            switch (data[from]) {
                case 'S':
                    return SS;
                case 'N':
                    return NS;
                case 'B':
                    return BS;
                default:
                    return -1;
            }
        }
        if (length == LONGEST) {
            return spells(data, from, "BOOL") ? BOOL : spells(data, from, "NULL") ? NULL : -1;
        }
        return -1;
    }

    /** The type of a descriptor of one letter. */
    static int single(byte letter) {
        switch (letter) {
            case 'S':
                return S;
            case 'N':
                return N;
            case 'B':
                return B;
            case 'L':
                return L;
            case 'M':
                return M;
            default:
                return -1;
        }
    }

    private static boolean spells(byte[] data, int from, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (data[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the type that a name spells in any case, as the {@code s}, {@code sS} and {@code bool} of bean serializers;
     * or as the {@code nul} of the AWS SDK for Java 2.x or the {@code nULLValue} of 1.x; −1 if it is none.
     */
    static int findAlias(byte[] data, int from, int to) {
        for (int type = S; type < UNKNOWN; type++) {
            if (JsonText.isInAnyCase(data, from, to, AttributeType.of(type).name())) {
                return type;
            }
        }
        return JsonText.isInAnyCase(data, from, to, "NUL") || JsonText.isInAnyCase(data, from, to, "NULLVALUE")
                ? NULL
                : -1;
    }
}
