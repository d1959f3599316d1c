package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/** Reads the JSON around records, token by token at the input's position; what it passes over need not be kept. */
final class StreamScanner {
    /** A longer text around records is passed over: what anybody wants of an envelope is shorter. */
    static final int MAX_TEXT = 1 << 22;

    final Input input;
    final JsonScanner json = new JsonScanner();
    private final StreamSkipper skipper;

    StreamScanner(Input input) {
        this.input = input;
        skipper = new StreamSkipper(input, json);
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
            if (input.available() > MAX_TEXT) {
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
                if (input.available() > MAX_TEXT) {
                    skip();
                    return null;
                }
                input.grow();
            }
        }
    }
}
