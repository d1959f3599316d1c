package io.github.dynamodbcdc;

/**
 * The numbers by which the index represents types, and their type descriptors. The numbers are the ordinals of {@link
 * AttributeType}, as constants for switch statements.
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

    /** Returns the type whose descriptor is in {@code [from, to)}, after unescaping; −1 if there is none. */
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

    /** Returns the type of a one-letter descriptor; −1 if there is none. */
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
     * Returns the type whose descriptor is in {@code [from, to)} in any case, such as {@code s}, {@code sS} and {@code
     * bool} of bean serializers. It also accepts {@code nul} of the AWS SDK for Java 2.x and {@code nULLValue} of 1.x.
     * Returns −1 if there is none.
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
