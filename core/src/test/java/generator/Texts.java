package generator;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts, number texts and binary that are likely to expose mistakes of a parser. */
final class Texts {
    private static final String[] ODD_NAMES = {
        "",
        "S",
        "N",
        "B",
        "M",
        "L",
        "NULL",
        "BOOL",
        "SS",
        "Keys",
        "NewImage",
        "dynamodb",
        "a.b",
        "a[0]",
        "\"",
        "\\",
        "\\\"",
        "/",
        " ",
        "\u0000",
        "\n",
        "\u007f",
        "é",
        "日本",
        "😀",
        "a😀b",
        "\uFEFF",
        "\u2028",
        "aws:rep:updatetime",
        "Aa",
        "BB",
        "AaAa",
        "BBBB",
        "{",
        "}:"
    };
    private static final String[] WORDS = {
        "order", "customer", "meetup", "Zürich", "price", "a/b", "status", "line\nbreak", "tab\t", "\"quoted\"",
        "back\\slash", "東京", "Ελλάδα", "🎉", "\u001f", "\b\f", "null", "true", "{\"S\":\"x\"}", "</script>"
    };
    private static final String[] ODD_NUMBERS = {
        "0",
        "-0",
        "+0",
        "0.0",
        "-0.00",
        "0e0",
        "0E-9999",
        "00",
        "1",
        "-1",
        "+1",
        "01",
        "-007",
        "1.0",
        "1.50",
        "10",
        "1e2",
        "1E+2",
        "1e-2",
        "12e0001",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9007199254740993",
        "99999999999999999999999999999999999999",
        "9.9999999999999999999999999999999999999E+125",
        "1E-130",
        "-1E-130",
        "1e9999",
        "-1e-9999",
        "1.7976931348623157e308",
        "1.7976931348623159e308",
        "4.9e-324",
        "2.4e-324",
        "0.1",
        "123456789.987654321",
        "+0001.2300e+0010"
    };

    private Texts() {}

    static String name(Chance chance, boolean wild) {
        if (wild && chance.oneIn(4)) {
            return chance.of(ODD_NAMES);
        }
        return wild && chance.oneIn(4) ? text(chance, 8) : word(chance, chance.between(1, 12));
    }

    static String string(Chance chance) {
        return switch (chance.between(0, 9)) {
            case 0 -> "";
            case 1, 2 -> text(chance, 24);
            case 3, 4 ->
                chance.listOf(chance.between(1, 4), () -> chance.of(WORDS)).stream()
                        .collect(Collectors.joining(" "));
            case 5 -> chance.oneIn(20) ? text(chance, 3_000) : text(chance, 70);
            default -> word(chance, chance.between(1, 40));
        };
    }

    static String word(Chance chance, int length) {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:";
        return chance.listOf(length, () -> letters.charAt(chance.between(0, letters.length() - 1))).stream()
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** Code points that take one to four bytes, control characters among them. */
    static String text(Chance chance, int maxLength) {
        int[] codePoints = IntStream.range(0, chance.between(0, maxLength))
                .map(i -> codePoint(chance))
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static int codePoint(Chance chance) {
        return switch (chance.between(0, 9)) {
            case 0 -> chance.between(0x00, 0x1F);
            case 1, 2 -> chance.between(0x80, 0x7FF);
            case 3 -> chance.between(0x800, 0xD7FF);
            case 4 -> chance.between(0xE000, 0xFFFF);
            case 5 -> chance.between(0x10000, 0x10FFFF);
            default -> chance.between(0x20, 0x7F);
        };
    }

    static String number(Chance chance) {
        return switch (chance.between(0, 9)) {
            case 0, 1 -> chance.of(ODD_NUMBERS);
            case 2 -> anyNumber(chance);
            case 3 -> digits(chance, chance.between(1, 38)) + "." + digits(chance, chance.between(1, 38));
            case 4 -> "-" + chance.between(0, 99) + "." + digits(chance, 2);
            case 5 -> String.valueOf(chance.between(Long.MIN_VALUE, Long.MAX_VALUE - 1));
            default -> String.valueOf(chance.between(0, 100_000));
        };
    }

    private static String anyNumber(Chance chance) {
        String fraction = chance.oneIn(2) ? "." + digits(chance, chance.between(1, 60)) : "";
        String exponent = chance.oneIn(2)
                ? chance.of("e", "E")
                        + chance.of("", "+", "-")
                        + "0".repeat(chance.between(0, 3))
                        + digits(chance, chance.between(1, 4))
                : "";
        return chance.of("", "+", "-")
                + "0".repeat(chance.oneIn(3) ? chance.between(1, 5) : 0)
                + digits(chance, chance.oneIn(10) ? 150 : chance.between(1, 20))
                + fraction
                + exponent;
    }

    static String digits(Chance chance, int count) {
        return chance.listOf(count, () -> String.valueOf(chance.between(0, 9))).stream()
                .collect(Collectors.joining());
    }

    static byte[] binary(Chance chance) {
        return switch (chance.between(0, 5)) {
            case 0 -> new byte[0];
            // Bytes that are base64 text themselves, so that both encodings look possible.
            case 1 -> chance.of("SGVsbG8=", "AAAA", "AQID", "YQ==", "abcd").getBytes(StandardCharsets.US_ASCII);
            case 2 -> string(chance).getBytes(StandardCharsets.UTF_8);
            default -> chance.bytes(chance.between(1, 24));
        };
    }
}
