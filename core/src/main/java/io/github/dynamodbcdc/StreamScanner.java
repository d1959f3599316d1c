package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the JSON around records, token by token at the input's position; what it passes over need not be kept. */
final class StreamScanner {
    final Input input;
    final JsonScanner json = new JsonScanner();
    private final Skipper skipper;

    StreamScanner(Input input) {
        this.input = input;
        skipper = new Skipper(input, json);
    }

    /** Returns the scanner over the bytes that are there; it throws {@link NeedMore} where more may follow. */
    JsonScanner here() {
        json.reset(input.data, input.p, input.end, !input.ended);
        return json;
    }

    /** What went wrong, counted from the input's first byte; faults of gzip are the reason for what they cut off. */
    DecodeException fault(DecodeException e) {
        boolean cut = e.reason() == Reason.END_OF_INPUT && input.fault != null;
        Reason reason = cut && input.fault != null ? input.fault : e.reason();
        return new DecodeException(reason, input.offset(json.start) + e.offset(), "", null);
    }

    /** Passes over white space; false if nothing else follows. */
    boolean skipSpace() {
        for (; ; ) {
            byte[] data = input.data;
            int p = input.p;
            int end = input.end;
            while (p < end && JsonScanner.isSpace(data[p])) {
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

    /** Passes over white space to what must follow, and returns it. */
    byte next() {
        if (!skipSpace()) {
            throw here().unexpected(input.p);
        }
        return input.data[input.p];
    }

    /** Passes over white space and {@code expected}. */
    void expect(char expected) {
        if (next() != expected) {
            throw here().unexpected(input.p);
        }
        input.p++;
    }

    /** From behind a member or an element to the next one; false, and behind {@code close}, if there is none. */
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

    /** From a member's opening quote to its value; the name, or null if it is too long to mean anything. */
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

    /** Passes over a value. */
    void skip() {
        skipper.value();
    }

    /** A string's text, a number's, {@code true} or {@code false}; null for null, objects, arrays and what is very long. */
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
                    String text = JsonText.string(input.data, input.p, Span.of(0, close - input.p, 0));
                    input.p = close;
                    return text;
                }
            } catch (NeedMore e) {
                // It may come below.
            }
            if (input.available() > Envelope.MAX_TEXT) {
                skip();
                return null;
            }
            input.grow();
        }
    }

    private @Nullable String text() {
        for (; ; ) {
            int p = input.p;
            try {
                int close = here().string(p + 1);
                input.p = close + 1;
                return JsonText.string(input.data, p, Span.of(1, close - p - 1, json.flags));
            } catch (NeedMore e) {
                if (input.available() > Envelope.MAX_TEXT) {
                    skip();
                    return null;
                }
                input.grow();
            }
        }
    }

    /**
     * Passes over JSON values of any length in bounded memory, piece by piece where the input's window ends. It validates as
     * {@link JsonScanner} does, but for the limit of nesting: whoever passes over a bad record wants to find its end.
     */
    static final class Skipper {
        /** Deeper than anything but an attack; a bit each. */
        private static final int MAX_DEPTH = 1 << 20;

        /** No character of a string, escaped or not, takes more bytes. */
        private static final int LONGEST_CHARACTER = 12;

        private static final int LONGEST_LITERAL = 5;

        private final Input input;
        private final JsonScanner json;
        private long[] levels = new long[DecodeLimits.MAX_JSON_DEPTH / Long.SIZE + 1];

        Skipper(Input input, JsonScanner json) {
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
}
