package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;

/**
 * Passes over JSON values of any length in bounded memory, piece by piece where the input's window ends. It validates as
 * {@link JsonScanner} does, but for the limit of nesting: whoever passes over a bad record wants to find its end.
 */
final class StreamSkipper {
    /** Deeper than anything but an attack; a bit each. */
    private static final int MAX_DEPTH = 1 << 20;

    /** No character of a string, escaped or not, takes more bytes. */
    private static final int LONGEST_CHARACTER = 12;

    private static final int LONGEST_LITERAL = 5;

    private final Input input;
    private final JsonScanner json;
    private long[] levels = new long[DecodeLimits.MAX_JSON_DEPTH / Long.SIZE + 1];

    StreamSkipper(Input input, JsonScanner json) {
        this.input = input;
        this.json = json;
    }

    /** Passes over the value that begins at the input's position. */
    void value() {
        json.reset(input.data, input.p, input.end, !input.ended);
        try {
            int close = json.skip(input.p, 0);
            // A number is as long as its digits go on, which may be behind the window.
            if (close < input.end || input.ended || !JsonScanner.startsNumber(input.data[input.p])) {
                input.p = close;
                return;
            }
        } catch (NeedMore e) {
            // It is longer than the window.
        } catch (DecodeException e) {
            if (e.reason() != Reason.DEPTH_LIMIT) {
                throw e;
            }
        }
        piecewise();
    }

    private void piecewise() {
        int depth = 0;
        for (; ; ) {
            byte b = peek();
            if (b == '{' || b == '[') {
                open(++depth, b == '{');
                input.p++;
                if (space() != (b == '{' ? '}' : ']')) {
                    name(b == '{');
                    continue;
                }
                input.p++;
                depth--;
            } else {
                scalar(b);
            }
            for (; ; ) {
                if (depth == 0) {
                    return;
                }
                boolean object = (levels[depth >>> 6] & 1L << depth) != 0;
                byte next = space();
                if (next == ',') {
                    input.p++;
                    space();
                    name(object);
                    break;
                }
                if (next != (object ? '}' : ']')) {
                    throw unexpected();
                }
                input.p++;
                depth--;
            }
        }
    }

    private void open(int depth, boolean object) {
        if (depth > MAX_DEPTH) {
            reset();
            throw json.fail(Reason.DEPTH_LIMIT, input.p);
        }
        if (depth >>> 6 >= levels.length) {
            levels = Arrays.copyOf(levels, levels.length * 2);
        }
        if (object) {
            levels[depth >>> 6] |= 1L << depth;
        } else {
            levels[depth >>> 6] &= ~(1L << depth);
        }
    }

    /** The name of a member and the colon behind it, if there is one. */
    private void name(boolean object) {
        if (!object) {
            return;
        }
        if (peek() != '"') {
            throw unexpected();
        }
        string();
        if (space() != ':') {
            throw unexpected();
        }
        input.p++;
        space();
    }

    private void scalar(byte b) {
        if (b == '"') {
            string();
        } else if (b == 't' || b == 'f' || b == 'n') {
            input.require(LONGEST_LITERAL);
            reset();
            input.p = json.literal(input.p);
        } else if (JsonScanner.startsNumber(b)) {
            number();
        } else {
            throw unexpected();
        }
    }

    private void string() {
        input.p++;
        for (; ; ) {
            input.require(LONGEST_CHARACTER);
            reset();
            int safe = input.ended ? input.end : input.end - LONGEST_CHARACTER;
            int p = input.p;
            do {
                if (json.peek(p) == '"') {
                    input.p = p + 1;
                    return;
                }
                p = json.character(p);
            } while (p <= safe && p < input.end);
            input.p = p;
            if (p == input.end && !input.more()) {
                throw unexpected();
            }
        }
    }

    private void number() {
        if (peek() == '-') {
            input.p++;
        }
        if (peek() == '0') {
            input.p++;
        } else {
            digits();
        }
        if (is('.')) {
            input.p++;
            digits();
        }
        if (is('e') || is('E')) {
            input.p++;
            if (peek() == '+' || peek() == '-') {
                input.p++;
            }
            digits();
        }
    }

    private void digits() {
        if (!JsonScanner.isDigit(peek())) {
            throw unexpected();
        }
        while ((input.p < input.end || input.more()) && JsonScanner.isDigit(input.data[input.p])) {
            input.p++;
        }
    }

    private boolean is(char c) {
        return (input.p < input.end || input.more()) && input.data[input.p] == c;
    }

    private byte peek() {
        if (input.p >= input.end && !input.more()) {
            throw unexpected();
        }
        return input.data[input.p];
    }

    /** Passes over white space; the byte behind it, which must be there. */
    private byte space() {
        while (JsonScanner.isSpace(peek())) {
            input.p++;
        }
        return input.data[input.p];
    }

    private void reset() {
        json.reset(input.data, input.p, input.end);
    }

    private DecodeException unexpected() {
        reset();
        return json.unexpected(input.p);
    }
}
