package example;

import io.github.dynamodbcdc.AttributeValue;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Formats an attribute value as one line for people to read. */
final class ValueText {
    private ValueText() {}

    static String of(AttributeValue value) {
        return switch (value.type()) {
            case S -> quote(value.asString());
            case N -> value.numberText();
            case B -> describe(value.asBytes());
            case BOOL -> String.valueOf(value.asBoolean());
            case NULL -> "null";
            case SS -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                value.asStringSet().forEach(member -> members.add(quote(member)));
                yield members.toString();
            }
            case NS -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                value.asNumberSet().forEach(member -> members.add(member.toString()));
                yield members.toString();
            }
            case BS -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                value.asBinarySet().forEach(member -> members.add(describe(bytes(member))));
                yield members.toString();
            }
            case L -> {
                StringJoiner elements = new StringJoiner(", ", "[", "]");
                value.asList().forEach(element -> elements.add(of(element)));
                yield elements.toString();
            }
            case M -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                value.asItem().forEach((name, member) -> members.add(escape(name) + ": " + of(member)));
                yield members.toString();
            }
            case UNKNOWN -> value.toString();
        };
    }

    private static String quote(String text) {
        return '"' + escape(text) + '"';
    }

    /** Keeps a value from breaking the line or reaching the terminal's control codes. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || isLineBreak(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isLineBreak(char c) {
        return c == '\u2028' || c == '\u2029';
    }

    /** Returns the number of bytes, and their text or else their hexadecimal digits. */
    private static String describe(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b < ' ' || b > '~') {
                return size(bytes) + " 0x" + HexFormat.of().formatHex(bytes);
            }
            text.append((char) b);
        }
        return bytes.length == 0 ? size(bytes) : size(bytes) + " " + quote(text.toString());
    }

    private static String size(byte[] bytes) {
        return bytes.length == 1 ? "1 byte" : bytes.length + " bytes";
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes); // a set returns new buffers
        return bytes;
    }
}
