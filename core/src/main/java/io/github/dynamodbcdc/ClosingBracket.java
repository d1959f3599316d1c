package io.github.dynamodbcdc;

/**
 * Looks for the end of a value whose bytes come in pieces, at each byte once: so a value can be decoded as soon as it is
 * there, however small the pieces are. A guess: whether the bytes are JSON, the decoder says.
 */
final class ClosingBracket {
    /** The offset of the value in the input; −1 for none. */
    private long start = -1;

    private int looked;
    private int depth;
    private boolean inString;
    private boolean found;

    /** Whether the value at {@code p}, whose offset is {@code offset}, ends before {@code end}; tells it once. */
    boolean isIn(byte[] data, int p, int end, long offset) {
        if (offset != start) {
            start = offset;
            looked = 0;
            depth = 0;
            inString = false;
            found = false;
        }
        int at = p + looked;
        while (at < end && !found) {
            byte b = data[at++];
            if (inString) {
                at += b == '\\' ? 1 : 0;
                inString = b != '"';
            } else if (b == '"') {
                inString = true;
                continue;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            } else {
                continue;
            }
            found = depth <= 0 && !inString;
            if (found) {
                looked = at - p;
                return true;
            }
        }
        looked = at - p;
        return false;
    }
}
