package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON around records, one token at a time from the input's position. Bytes that it has passed need not be
 * kept in memory. It is the streaming twin of {@link JsonScanner}.
 */
final class StreamScanner {
    final Input input;
    private final JsonScanner json = new JsonScanner();
    private final Skipper skipper;

    StreamScanner(Input input) {
        this.input = input;
        skipper = new Skipper(input, json);
    }

    /** Returns a scanner over the available bytes; it throws {@link NeedMore} where they end and more may follow. */
    JsonScanner here() {
        return upTo(input.end, !input.ended);
    }

    /** As {@link #here}, up to {@code end}. */
    JsonScanner upTo(int end, boolean mayGrow) {
        json.reset(input.data, input.p, end, mayGrow);
        return json;
    }

    /**
     * Returns a failure whose offset counts from the input's first byte. If a fault of gzip cut off the value, the
     * reason is that fault.
     */
    DecodeException fault(DecodeException e) {
        boolean cut = e.reason() == Reason.END_OF_INPUT && input.fault != null;
        Reason reason = cut && input.fault != null ? input.fault : e.reason();
        return new DecodeException(reason, input.offset(json.start) + e.offset(), "", null);
    }

    /** Forgets the line breaks that occurred so far. */
    void forgetLineBreaks() {
        json.metLineBreak = false;
    }

    /** Returns whether a line break occurred between tokens since {@link #forgetLineBreaks}. */
    boolean metLineBreak() {
        return json.metLineBreak;
    }

    /** Notes whether a line break is in these bytes, which another scanner reads. */
    void noteLineBreaks(int from, int to) {
        json.metLineBreak = json.metLineBreak || Words.lineFeed(input.data, from, to) < to;
    }

    /** Skips white space; returns false if nothing else follows. */
    boolean skipSpace() {
        for (; ; ) {
            byte[] data = input.data;
            int p = input.p;
            int end = input.end;
            while (p < end && JsonScanner.isSpace(data[p])) {
                json.metLineBreak |= data[p] == '\n';
                p++;
            }
            input.p = p;
            if (p < end) {
                return true;
            }
            if (!input.more()) {
                return false;
            }
        }
    }

    /** Skips white space and returns the byte that must follow, at the input's position. */
    byte next() {
        if (!skipSpace()) {
            throw here().unexpected(input.p);
        }
        return input.data[input.p];
    }

    /** Skips white space and {@code expected}. */
    void expect(char expected) {
        if (next() != expected) {
            throw here().unexpected(input.p);
        }
        input.p++;
    }

    /**
     * Moves from the end of a member or an element to the next one.
     *
     * @param close the bracket that ends the object or array
     * @param first whether no member or element was read yet
     * @return false, with the position after {@code close}, if there is none
     */
    boolean nextOf(char close, boolean first) {
        byte b = next();
        if (b == close) {
            input.p++;
            return false;
        }
        if (first) {
            return true;
        }
        expect(',');
        if (next() == close) {
            throw here().unexpected(input.p);
        }
        return true;
    }

    /** Moves from a member's opening quote to its value; returns the name, or null if no known name is that long. */
    @Nullable
    String name() {
        if (next() != '"') {
            throw here().unexpected(input.p);
        }
        String name = text();
        expect(':');
        next();
        return name;
    }

    /** Skips a value. */
    void skip() {
        skipper.value();
    }

    /** Returns the number of levels that were open where the value that was skipped last ended or failed. */
    int openLevels() {
        return skipper.depth;
    }

    /**
     * Moves past a value and returns its text.
     *
     * @return the text of a string, a number, {@code true} or {@code false}; null for null, objects and arrays, and for
     *     texts longer than {@link Envelope#MAX_TEXT}
     */
    @Nullable
    String scalar() {
        byte b = next();
        if (b == '"') {
            return text();
        }
        if (b == '{' || b == '[' || b == 'n') {
            skip();
            return null;
        }
        for (; ; ) {
            try {
                int close = here().skip(input.p, 0);
                if (close < input.end || input.ended) {
                    int p = input.p;
                    input.p = close;
                    boolean cut = close == input.end; // nothing can end an object here
                    return !cut && isKept(p, close) ? JsonText.string(input.data, p, Span.of(0, close - p, 0)) : null;
                }
            } catch (NeedMore e) {
                // More bytes are read below.
            }
            if (input.available() > Envelope.MAX_TEXT) {
                skip();
                return null;
            }
            input.grow();
        }
    }

    /** Moves past an object and returns its bytes; null if it is too long or too deep to be kept. */
    byte @Nullable [] object() {
        for (; ; ) {
            try {
                int close = here().skip(input.p, 0);
                int p = input.p;
                input.p = close;
                return isKept(p, close) ? Arrays.copyOfRange(input.data, p, close) : null;
            } catch (NeedMore e) {
                if (input.available() > Envelope.MAX_TEXT) {
                    skip();
                    return null;
                }
                input.grow();
            } catch (DecodeException e) {
                if (e.reason() != Reason.DEPTH_LIMIT) {
                    throw e;
                }
                skip();
                return null;
            }
        }
    }

    private @Nullable String text() {
        for (; ; ) {
            int p = input.p;
            try {
                int close = here().string(p + 1);
                input.p = close + 1;
                return isKept(p, close) ? JsonText.string(input.data, p, Span.of(1, close - p - 1, json.flags)) : null;
            } catch (NeedMore e) {
                if (input.available() > Envelope.MAX_TEXT) {
                    skip();
                    return null;
                }
                input.grow();
            }
        }
    }

    /** Returns whether a value is short enough to be kept, which must not depend on how much of it is available. */
    private static boolean isKept(int p, int close) {
        return close - p <= Envelope.MAX_TEXT;
    }

    /**
     * Skips JSON values of any length in bounded memory, in pieces where the window of the input ends. It validates
     * like {@link JsonScanner}, except for the nesting limit, because a caller that skips a bad record needs to find
     * its end.
     */
    private static final class Skipper {
        /** A nesting that only an attack exceeds; each level takes one bit. */
        private static final int MAX_DEPTH = 1 << 20;

        private static final int LONGEST_LITERAL = 5;

        private final Input input;
        private final JsonScanner json;

        /** One bit for each open level, set if the level is an object. */
        private long[] levels = new long[DecodeLimits.MAX_JSON_DEPTH / Long.SIZE + 1];

        /** The number of open levels of a value that is skipped in pieces. */
        private int depth;

        Skipper(Input input, JsonScanner json) {
            this.input = input;
            this.json = json;
        }

        /** Skips the value that begins at the input's position. */
        void value() {
            json.reset(input.data, input.p, input.end, !input.ended);
            try {
                int close = json.skip(input.p, 0);
                // A number that reaches the end of the window may have more digits.
                if (close < input.end || input.ended || !JsonScanner.startsNumber(input.data[input.p])) {
                    input.p = close;
                    return;
                }
            } catch (NeedMore e) {
                // The value is longer than the window.
            } catch (DecodeException e) {
                if (e.reason() != Reason.DEPTH_LIMIT) {
                    throw e;
                }
            }
            piecewise();
        }

        private void piecewise() {
            depth = 0;
            for (; ; ) {
                byte b = peek();
                if (b == '{' || b == '[') {
                    depth++;
                    open(b == '{');
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

        private void open(boolean object) {
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

        /** Skips the name of a member and the colon after it, if the level is an object. */
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
                json.reset(input.data, input.p, input.end, !input.ended);
                int p = input.p;
                try {
                    for (; json.peek(p) != '"'; p = json.character(p)) {
                        // It is validated.
                    }
                    input.p = p + 1;
                    return;
                } catch (NeedMore e) {
                    input.p = p;
                    input.more(); // if there is none, the next attempt fails
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

        /** Skips white space and returns the byte that must follow. */
        private byte space() {
            while (JsonScanner.isSpace(peek())) {
                json.metLineBreak |= input.data[input.p] == '\n';
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
}
