package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.util.Base64;

/**
 * Writes attribute values as plain JSON: N as a number with its own digits, B as base64, sets as arrays in the order of
 * the record. Not thread-safe, because it reuses one buffer.
 */
final class JsonWriter {
    /** A buffer that a large value made longer than this is not kept. */
    private static final int MAX_KEPT = 1 << 16;

    private StringBuilder out = new StringBuilder();

    /** Returns the JSON of a reader's current value. */
    String write(AttributeReader value) {
        out.setLength(0);
        append(value, value.type());
        String json = out.toString();
        if (out.capacity() > MAX_KEPT) {
            out = new StringBuilder();
        }
        return json;
    }

    private void append(AttributeReader value, AttributeType type) {
        switch (type) {
            case S:
                appendQuoted(out, value.stringValue());
                break;
            case N:
                appendNumber(value.numberText());
                break;
            case B:
                out.append('"')
                        .append(Base64.getEncoder().encodeToString(value.bytesValue()))
                        .append('"');
                break;
            case BOOL:
                out.append(value.booleanValue());
                break;
            case M:
                appendMembers(value, '{', '}', true);
                break;
            case L:
            case SS:
            case NS:
            case BS:
                appendMembers(value, '[', ']', false);
                break;
            default:
                out.append("null");
        }
    }

    private void appendMembers(AttributeReader value, char open, char close, boolean named) {
        out.append(open);
        value.enter();
        boolean first = true;
        while (value.next()) {
            AttributeType type = value.type();
            if (type == AttributeType.UNKNOWN) {
                continue;
            }
            if (!first) {
                out.append(',');
            }
            first = false;
            if (named) {
                appendQuoted(out, value.name());
                out.append(':');
            }
            append(value, type);
        }
        value.leave();
        out.append(close);
    }

    /** Appends a number without the plus and the leading zeros that N allows and JSON does not. */
    private void appendNumber(String text) {
        int p = 0;
        if (text.charAt(0) == '-' || text.charAt(0) == '+') {
            p = 1;
        }
        if (text.charAt(0) == '-') {
            out.append('-');
        }
        while (p + 1 < text.length() && text.charAt(p) == '0' && isDigit(text.charAt(p + 1))) {
            p++;
        }
        out.append(text, p, text.length());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns a text as a JSON string. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        appendQuoted(json, text);
        return json.toString();
    }

    private static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, done, i);
            done = i + 1;
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        out.append(text, done, text.length()).append('"');
    }
}
