package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;

/** Type descriptors, from bytes to the ordinal of an {@link AttributeType}. */
@SuppressWarnings("EnumOrdinal") // the index keeps a type in four bits
final class Descriptors {
    static final int S = AttributeType.S.ordinal();
    static final int N = AttributeType.N.ordinal();
    static final int B = AttributeType.B.ordinal();
    static final int BOOL = AttributeType.BOOL.ordinal();
    static final int NULL = AttributeType.NULL.ordinal();
    static final int SS = AttributeType.SS.ordinal();
    static final int NS = AttributeType.NS.ordinal();
    static final int BS = AttributeType.BS.ordinal();
    static final int L = AttributeType.L.ordinal();
    static final int M = AttributeType.M.ordinal();
    static final int UNKNOWN = AttributeType.UNKNOWN.ordinal();

    private static final int LONGEST = 4;

    private Descriptors() {}

    /** The type that a name's content spells, after unescaping; −1 if it is none. */
    static int find(byte[] data, int from, int to, long flags) {
        if ((flags & Span.ESCAPED) != 0) {
            if (to - from > 6 * LONGEST) {
                return -1;
            }
            byte[] name = JsonText.utf8(data, from, Span.of(0, to - from, flags));
            return find(name, 0, name.length, 0);
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
     * The type that a name spells in whatever case, as {@code s}, {@code ss} and {@code bool} of bean serialisers, or as
     * the {@code nul} of the AWS SDK for Java 2.x; −1 if it is none.
     */
    static int findAlias(byte[] data, int from, int to, long flags) {
        if (to - from > 6 * LONGEST) {
            return -1;
        }
        byte[] name = JsonText.utf8(data, from, Span.of(0, to - from, flags));
        String upper = new String(name, US_ASCII).toUpperCase(Locale.ROOT);
        byte[] descriptor = upper.equals("NUL") ? "NULL".getBytes(US_ASCII) : upper.getBytes(US_ASCII);
        return Arrays.equals(name, descriptor)
                ? find(name, 0, name.length, 0)
                : find(descriptor, 0, descriptor.length, 0);
    }
}
