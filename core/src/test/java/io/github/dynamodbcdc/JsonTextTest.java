package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final int BASE = 3;

    /** Among them, the first and last code points of each length in UTF-8, and one with every bit of the first byte. */
    private static final int[] SAMPLES = {
        'a', 'Z', '"', '\\', '/', '\n', 0, 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x1F600, 0x40000, 0x10FFFF
    };

    /** Generates texts with all lengths of UTF-8 sequences and escapes, without unpaired surrogates. */
    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, SAMPLES.length - 1)
                .map(kind -> SAMPLES[kind])
                .list()
                .ofMaxSize(30)
                .map(codePoints -> codePoints.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .withoutEdgeCases();
    }

    @Property
    void aTextIsTheSameInEverySpelling(@ForAll("texts") String text, @ForAll long seed) throws IOException {
        String spelling = spelled(text, new Random(seed));
        byte[] data = ("pre" + spelling + "yy").getBytes(UTF_8);
        long span = span(data, spelling);

        assertThat(jackson(spelling)).isEqualTo(text);
        assertThat(JsonText.string(data, BASE, span)).isEqualTo(text);
        assertThat(JsonText.utf8(data, BASE, span)).isEqualTo(text.getBytes(UTF_8));
        assertThat(JsonText.utf8Length(data, BASE, span)).isEqualTo(text.getBytes(UTF_8).length);
        assertThat(JsonText.verbatim(data, BASE, span)).isEqualTo(spelling);
        assertThat(JsonText.is(data, BASE, span, text)).isTrue();
        assertThat(JsonText.is(data, BASE, span, text + "a")).isFalse();
        if (!text.isEmpty()) {
            assertThat(JsonText.is(data, BASE, span, text.substring(1))).isFalse();
            assertThat(JsonText.is(data, BASE, span, "b" + text.substring(1))).isFalse();
        }
    }

    @Property
    void aContentIsATextOnlyIfItIsThatTextUnescaped(
            @ForAll("texts") String left, @ForAll("texts") String right, @ForAll long seed, @ForAll boolean equal) {
        Random random = new Random(seed);
        String other = equal ? left : right;
        String one = spelled(left, random);
        byte[] data = ("pre" + one).getBytes(UTF_8);
        long span = span(data, one);
        assertThat(JsonText.is(data, BASE, span, left)).isTrue();
        assertThat(JsonText.is(data, BASE, span, other)).isEqualTo(left.equals(other));
        assertThat(JsonText.is(data, BASE, span, left + "x")).isFalse();
        if (!left.isEmpty()) {
            assertThat(JsonText.is(data, BASE, span, left.substring(1))).isFalse();
            assertThat(JsonText.is(data, BASE, span, left.substring(0, left.length() - 1)))
                    .isFalse();
        }
    }

    private static long span(byte[] data, String spelling) {
        int length = spelling.getBytes(UTF_8).length;
        assertThat(data.length).isGreaterThanOrEqualTo(BASE + length);
        return Span.of(0, length, flags(spelling));
    }

    private static long flags(String spelling) {
        return (spelling.indexOf('\\') >= 0 ? Span.ESCAPED : 0)
                | (spelling.chars().anyMatch(c -> c > 0x7F) ? Span.NON_ASCII : 0);
    }

    /** Returns the content of a JSON string, with the escapes that are required and random others. */
    private static String spelled(String text, Random random) {
        StringBuilder content = new StringBuilder();
        boolean plain = random.nextBoolean();
        text.codePoints().forEach(c -> {
            if (c < ' ' || (!plain && random.nextInt(3) == 0)) {
                for (char unit : Character.toChars(c)) {
                    content.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
                }
            } else if (c == '"' || c == '\\' || (c == '/' && !plain)) {
                content.append('\\').appendCodePoint(c);
            } else {
                content.appendCodePoint(c);
            }
        });
        return content.toString();
    }

    private static String jackson(String content) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(("\"" + content + "\"").getBytes(UTF_8))) {
            json.nextToken();
            return json.getText();
        }
    }

    @Test
    void everyEscapeOfTheBasicPlaneIsItsCharacter() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (!Character.isSurrogate((char) c)) {
                byte[] data = String.format("pre\\u%04x", c).getBytes(UTF_8);
                long span = Span.of(0, 6, Span.ESCAPED);
                String text = String.valueOf((char) c);
                if (!JsonText.string(data, BASE, span).equals(text)
                        || JsonText.utf8Length(data, BASE, span) != text.getBytes(UTF_8).length
                        || !Arrays.equals(JsonText.utf8(data, BASE, span), text.getBytes(UTF_8))) {
                    throw new AssertionError("U+" + Integer.toHexString(c));
                }
            }
        }
    }

    @Test
    void aCharacterOfAnyWidthIsReadAtAnyDistanceFromTheEnd() throws IOException {
        String[] spellings = {"a", "\u00e9", "\u65e5", "\ud83d\ude00", "\\n", "\\u00e9", "\\ud83d\\ude00"};
        for (String before : spellings) {
            for (String character : spellings) {
                for (String after : spellings) {
                    for (int distance = 0; distance < 10; distance++) {
                        String spelling = before + character.repeat(1 + distance % 3) + after.repeat(distance);
                        byte[] data = ("pre" + spelling + "\"").getBytes(UTF_8);
                        assertThat(JsonText.string(data, BASE, span(data, spelling)))
                                .isEqualTo(jackson(spelling));
                    }
                }
            }
        }
    }

    @Test
    void bytesAfterTheContentAreNotReadIfItWasChanged() {
        byte[] content = "a\u00e9\u65e5\ud83d\ude00\\u00e9\\n\u65e5\u65e5".getBytes(UTF_8);
        for (int length = 0; length <= content.length; length++) {
            for (int at = 0; at < length; at++) {
                for (byte changed : new byte[] {'\\', 'u', (byte) 0x80, (byte) 0xC3, (byte) 0xE6, (byte) 0xF0}) {
                    byte[] one = Arrays.copyOf(content, length);
                    one[at] = changed;
                    byte[] other = Arrays.copyOf(one, length + 8);
                    Arrays.fill(other, length, other.length, (byte) 'b');
                    assertThat(textOfFirst(other, length)).isEqualTo(textOfFirst(one, length));
                }
            }
        }
    }

    /** Returns the text of a content that was changed after it was validated; null if the change was detected. */
    private static @Nullable String textOfFirst(byte[] data, int length) {
        try {
            return JsonText.string(data, 0, Span.of(0, length, Span.ESCAPED | Span.NON_ASCII));
        } catch (IllegalStateException e) {
            return null;
        }
    }

    @Test
    void onlyHexadecimalDigitsHaveAValue() {
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            int expected = b < 0 ? -1 : Character.digit((char) b, 16);
            assertThat(JsonText.hex((byte) b)).isEqualTo(expected);
        }
    }
}
