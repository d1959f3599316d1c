package io.github.dynamodbcdc.pinot;

import java.util.BitSet;

/**
 * Decides whether a text is a JSON object or array (RFC 8259) that Pinot stores without a loss. Its parser fails on
 * long names, long numbers, large exponents and deep nesting, which would lose the row. Pinot stores the escape of a
 * surrogate without its other half as a question mark.
 */
final class JsonGrammar {
    /** The length in characters of the longest name that Pinot's parser accepts. */
    static final int MAX_NAME = 50_000;

    private static final int MAX_DEPTH = 256;
    private static final int MAX_NUMBER = 1000;

    /**
     * The digits of an exponent after leading zeros. The parser fails if the exponent less the digits of the fraction
     * exceeds an int, and on what it wrote itself if the exponent of the first digit does. With nine digits, neither
     * occurs in a number of any length that it accepts.
     */
    private static final int MAX_EXPONENT_DIGITS = 9;

    private final String text;
    private int p;
    private boolean bad;

    private JsonGrammar(String text) {
        this.text = text;
    }

    static boolean isObjectOrArray(String text) {
        return new JsonGrammar(text).isContainer();
    }

    private boolean isContainer() {
        skipSpace();
        if (peek() != '{' && peek() != '[') {
            return false;
        }
        BitSet objects = new BitSet();
        int depth = 0;
        do {
            // At a value.
            skipSpace();
            char c = peek();
            if (c == '{' || c == '[') {
                p++;
                objects.set(depth++, c == '{');
                if (depth > MAX_DEPTH) {
                    return false;
                }
                skipSpace();
                if (peek() != (c == '{' ? '}' : ']')) {
                    nameIf(c == '{');
                    continue;
                }
            } else {
                scalar(c);
            }
            // After a value, or at the end of an empty container.
            depth = close(objects, depth);
        } while (!bad && depth > 0);
        skipSpace();
        return !bad && p == text.length();
    }

    /** Skips the ends of containers, and the comma before the next value. Returns the remaining depth. */
    private int close(BitSet objects, int depth) {
        int open = depth;
        while (open > 0 && !bad) {
            boolean object = objects.get(open - 1);
            skipSpace();
            if (peek() == ',') {
                p++;
                skipSpace();
                nameIf(object);
                return open;
            }
            expect(object ? '}' : ']');
            open--;
        }
        return open;
    }

    private void nameIf(boolean object) {
        if (object) {
            int length = string(); // before the next line reads bad, which this sets
            bad |= length > MAX_NAME;
            skipSpace();
            expect(':');
        }
    }

    private void scalar(char c) {
        if (c == '"') {
            string();
        } else if (c == '-' || isDigit(c)) {
            number();
        } else {
            String literal = c == 't' ? "true" : c == 'f' ? "false" : "null";
            bad |= !text.startsWith(literal, p);
            p += literal.length();
        }
    }

    /** Skips a string, and returns its number of characters. */
    private int string() {
        expect('"');
        int length = 0;
        boolean isHalf = false;
        for (; !bad && peek() != '"'; length++) {
            char c = peek();
            p++;
            char escaped = c == '\\' ? escape() : 0;
            bad |= c < ' ' || Character.isLowSurrogate(escaped) != isHalf; // also at the end of the text
            isHalf = Character.isHighSurrogate(escaped);
        }
        bad |= isHalf;
        p++;
        return length;
    }

    /** Skips an escape after its backslash. Returns the character of a number, and any other as it is written. */
    private char escape() {
        char c = peek();
        p++;
        if (c != 'u') {
            bad |= "\"\\/bfnrt".indexOf(c) < 0;
            return c;
        }
        int unit = 0;
        for (int i = 0; i < 4; i++, p++) {
            int digit = Character.digit(peek(), 16);
            bad |= digit < 0 || peek() > 'f';
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private void number() {
        int from = p;
        if (peek() == '-') {
            p++;
        }
        if (peek() == '0') {
            p++;
        } else {
            digits();
        }
        if (peek() == '.') {
            p++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            p++;
            if (peek() == '-' || peek() == '+') {
                p++;
            }
            exponent();
        }
        bad |= p - from > MAX_NUMBER;
    }

    private void exponent() {
        int from = p;
        digits();
        while (from < p && text.charAt(from) == '0') {
            from++;
        }
        bad |= p - from > MAX_EXPONENT_DIGITS;
    }

    private void digits() {
        bad |= !isDigit(peek());
        while (isDigit(peek())) {
            p++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            p++;
        }
    }

    private void expect(char c) {
        bad |= peek() != c;
        p++;
    }

    /** Returns the next character; at the end NUL, which JSON never contains. */
    private char peek() {
        return p < text.length() ? text.charAt(p) : 0;
    }
}
