package io.github.dynamodbcdc;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a large carrier as a stream, so that it needs no more memory than its records: the content of a JSON
 * string, unescaped, or an object or array as it is.
 */
final class CarriedStream extends InputStream {
    private static final int PIECE = 1 << 13;

    /** The most bytes that a character of a string takes, escaped or not. */
    private static final int LONGEST_CHARACTER = 12;

    private final StreamScanner scan;
    private final Input outer;
    private final boolean isText;
    private final byte[] piece = new byte[PIECE];
    private int at;
    private int pieceEnd;

    /** Whether the end of the payload was read, or a fault. */
    private boolean ended;

    /** The fault in the outer JSON that ends the payload, with its offset in the outer input; null for none. */
    private @Nullable DecodeException fault;

    /** The number of objects and arrays that are open, in a payload that is no string. */
    private int depth;

    /** Whether the position is in a string of a payload that is no string. */
    private boolean inString;

    /** Whether the next byte of that string is escaped. */
    private boolean escaped;

    /** Begins to read the payload at the position of the scanner's input, which moves with the stream. */
    CarriedStream(StreamScanner scan) {
        this.scan = scan;
        outer = scan.input;
        isText = scan.next() == '"';
        outer.p += isText ? 1 : 0;
    }

    /** Returns whether the payload is a string, whose end is known whatever is in it. */
    boolean isText() {
        return isText;
    }

    /** Returns the fault in the outer JSON that ends the payload; null if there is none, or it was not reached. */
    @Nullable
    DecodeException fault() {
        return fault;
    }

    /** Moves to the end of the payload, or to the fault that is before it. */
    void end() {
        while (!ended) {
            fill();
        }
    }

    @Override
    public int read() {
        return hasMore() ? piece[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, pieceEnd - at);
        System.arraycopy(piece, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public int available() {
        return pieceEnd - at;
    }

    private boolean hasMore() {
        while (at == pieceEnd && !ended) {
            fill();
        }
        return at < pieceEnd;
    }

    private void fill() {
        at = 0;
        pieceEnd = 0;
        try {
            if (isText) {
                text();
            } else {
                value();
            }
        } catch (DecodeException e) {
            fault = scan.fault(e);
            ended = true;
        }
    }

    /** Unescapes the next characters of the string. */
    private void text() {
        JsonScanner json = scan.here();
        int from = outer.p;
        int last = from + PIECE - LONGEST_CHARACTER;
        int p = from;
        try {
            do {
                if (json.peek(p) == '"') {
                    ended = true;
                    break;
                }
                p = json.character(p);
            } while (p <= last);
        } catch (NeedMore e) {
            if (p == from) {
                outer.more(); // if there is none, the next attempt fails
                return;
            }
        } catch (DecodeException e) {
            if (p == from) {
                throw e; // the characters before the fault were read
            }
        }
        pieceEnd = JsonText.unescape(outer.data, from, p - from, piece, 0);
        outer.p = ended ? p + 1 : p;
    }

    /** Copies the next bytes of the value. Only brackets and strings are examined: the reader validates the JSON. */
    private void value() {
        if (outer.p == outer.end && !outer.more()) {
            throw scan.here().unexpected(outer.p);
        }
        int from = outer.p;
        int to = Math.min(outer.end, from + PIECE);
        int p = from;
        while (p < to && !ended) {
            byte b = outer.data[p++];
            if (inString) {
                inString = escaped || b != '"';
                escaped = !escaped && b == '\\';
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
                ended = depth == 0;
            }
        }
        scan.noteLineBreaks(from, p);
        System.arraycopy(outer.data, from, piece, 0, p - from);
        pieceEnd = p - from;
        outer.p = p;
    }
}
