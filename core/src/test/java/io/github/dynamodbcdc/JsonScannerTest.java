package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import generator.Mutations;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    // ------------------------------------------------------------------------------------------------ strings

    /** A byte sequence in a string, and the expected flags or failure. */
    enum Special {
        QUOTE("", 0, null, 0),
        ESCAPE("\\n", Span.ESCAPED, null, 0),
        ESCAPED_QUOTE("\\\"", Span.ESCAPED, null, 0),
        ESCAPED_BACKSLASH("\\\\", Span.ESCAPED, null, 0),
        UNICODE_ESCAPE("\\u00E9", Span.ESCAPED, null, 0),
        SURROGATE_PAIR("\\ud83d\\uDE00", Span.ESCAPED, null, 0),
        TWO_BYTES("\u00e9", Span.NON_ASCII, null, 0),
        THREE_BYTES("\u65e5", Span.NON_ASCII, null, 0),
        FOUR_BYTES("\ud83d\ude00", Span.NON_ASCII, null, 0),
        MIXED("\u00e9\\t", Span.NON_ASCII | Span.ESCAPED, null, 0),
        DELETE("\u007f", 0, null, 0),
        CONTROL("\u001f", 0, Reason.CONTROL_CHARACTER, 0),
        NUL("\u0000", 0, Reason.CONTROL_CHARACTER, 0),
        BAD_ESCAPE("\\x", 0, Reason.BAD_ESCAPE, 0),
        BAD_HEX("\\u00g0", 0, Reason.BAD_ESCAPE, 0),
        LONE_HIGH("\\ud800-", 0, Reason.LONE_SURROGATE, 0),
        LONE_LOW("\\udc00", 0, Reason.LONE_SURROGATE, 0),
        HIGH_HIGH("\\ud800\\ud800", 0, Reason.LONE_SURROGATE, 0),
        CONTINUATION("\u0080", 0, Reason.BAD_UTF8, 0),
        OVERLONG("\u00c0\u0080", 0, Reason.BAD_UTF8, 0),
        SURROGATE_BYTES("\u00ed\u00a0\u0080", 0, Reason.BAD_UTF8, 0),
        TOO_LARGE("\u00f4\u0090\u0080\u0080", 0, Reason.BAD_UTF8, 0),
        TRUNCATED_SEQUENCE("\u00e6\u0097-", 0, Reason.BAD_UTF8, 0),
        SECOND_FAULTY("ok\u00ff", 0, Reason.BAD_UTF8, 2);

        private final String text;
        final long flags;
        final @Nullable Reason reason;
        final int faultAt;

        Special(String text, long flags, @Nullable Reason reason, int faultAt) {
            this.text = text;
            this.flags = flags;
            this.reason = reason;
            this.faultAt = faultAt;
        }

        /** Returns the bytes of the text; those that are not valid UTF-8 are written as Latin-1. */
        byte[] bytes() {
            return text.getBytes(reason == Reason.BAD_UTF8 ? ISO_8859_1 : UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(Special.class)
    void specialBytesAreFoundAtEveryPositionInAWord(Special special) {
        for (int before = 0; before <= 40; before++) {
            for (int after = 0; after <= 9; after++) {
                assertScanned(special, before, after, 0);
                assertScanned(special, before, after, 5);
            }
        }
    }

    /**
     * Scans {@code before} plain characters, the special sequence, and {@code after} plain characters. The closing
     * quote is the last byte of the input.
     */
    private static void assertScanned(Special special, int before, int after, int start) {
        byte[] bytes = special.bytes();
        int quote = start + before + bytes.length + after;
        byte[] data = new byte[quote + 1 + start];
        Arrays.fill(data, (byte) 'a');
        // Quotes beyond the end would hide a scanner that reads too far.
        Arrays.fill(data, quote + 1, data.length, (byte) '"');
        System.arraycopy(bytes, 0, data, start + before, bytes.length);
        data[quote] = '"';
        JsonScanner json = Decoded.scanner(data, start, quote + 1);
        String expected = special.reason == null
                ? "closed at " + quote + ", flags " + special.flags
                : special.reason + " at " + (before + special.faultAt);
        assertThat(outcome(json)).isEqualTo(expected);
        if (special.reason == null) {
            JsonScanner unclosed = Decoded.scanner(data, start, quote);
            assertThat(outcome(unclosed)).isEqualTo("END_OF_INPUT at " + (quote - start));
        }
    }

    private static String outcome(JsonScanner json) {
        try {
            return "closed at " + json.string(json.start) + ", flags " + json.flags;
        } catch (DecodeException e) {
            return e.reason() + " at " + e.offset();
        }
    }

    // ----------------------------------------------------------------------------------------------- skipping

    static final List<String> SOUND = List.of(
            "0",
            "-0",
            "1",
            "-12.50",
            "1e5",
            "1E+5",
            "0.1e-07",
            "true",
            "false",
            "null",
            "''",
            "'a\\u00e9\\n\\/'",
            "[]",
            "{}",
            "[1,[2,[3]],{'a':[{}]}]",
            "{'a':{'b':{'a':null}},'a':1,'':'\u65e5'}",
            " [ 1 , { 'a' : [ ] } ] ",
            "\t{\r\n'x' :-1}\n",
            "[[[[[[]]]],{}],{'a':[]}]",
            "1234567890123456789012345678901234567890e999999999");

    @ParameterizedTest
    @FieldSource("SOUND")
    void skipAcceptsExactlyTheJsonThatJacksonAccepts(String sound) {
        byte[] text = Decoded.json(sound);
        assertThat(skips(text)).isTrue();
        assertThat(isJson(text)).isTrue();
        Mutations.sampleOfEdits(text, 200, text.length).forEach(JsonScannerTest::assertSameVerdict);
    }

    private static void assertSameVerdict(byte[] text) {
        if (skips(text) != isJson(text)) {
            throw new AssertionError("differs: " + new String(text, ISO_8859_1));
        }
    }

    @Test
    void skipAgreesWithJacksonAfterEveryChangeOfOneByte() {
        byte[] text = Decoded.json("{'a\\u00e9':[-1.5e+3,true,{'':null},'\u65e5\\ud83d\\ude00/'],'b':{}}");
        int sound = 0;
        for (byte[] changed : Mutations.singleByteChanges(text)) {
            assertSameVerdict(changed);
            sound += skips(changed) ? 1 : 0;
        }
        assertThat(sound).isGreaterThan(500);
        for (byte[] prefix : Mutations.truncations(text)) {
            assertThat(skips(prefix)).isFalse();
        }
    }

    private static boolean skips(byte[] text) {
        JsonScanner json = Decoded.scanner(text, 0, text.length);
        try {
            json.endOfRecord(json.skip(json.space(0), 0), null);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static boolean isJson(byte[] text) {
        if (!isUnicode(text)) {
            return false;
        }
        try (JsonParser json = new JsonFactory().createParser(text)) {
            int depth = 0;
            do {
                JsonToken token = json.nextToken();
                if (token == null || (!token.isNumeric() && hasLoneSurrogate(json.getText()))) {
                    return false;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0);
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isUnicode(byte[] text) {
        // Jackson treats a byte order mark and NUL bytes as signs of other encodings; here they are not JSON.
        boolean hasMark = text.length > 0 && (text[0] & 0xFF) >= 0xEF;
        boolean hasNul = new String(text, ISO_8859_1).indexOf(0) >= 0;
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return !hasMark && !hasNul;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static DecodeException refusal(ThrowingCallable call) {
        DecodeException refusal = catchThrowableOfType(DecodeException.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{'a':", "[{'a':["})
    void theNestingLimitIsReportedWhereTheLevelOpens(String open) {
        byte[] text = Decoded.json(open.repeat(1000));
        JsonScanner json = Decoded.scanner(text, 0, text.length);
        for (int around : new int[] {0, 1, 200}) {
            DecodeException refusal = refusal(() -> json.skip(0, around));
            assertThat(refusal.reason()).isEqualTo(Reason.DEPTH_LIMIT);
            long levels = new String(text, 0, (int) refusal.offset(), UTF_8)
                    .chars()
                    .filter(c -> c == '[' || c == '{')
                    .count();
            assertThat(levels + around).isEqualTo(DecodeLimits.MAX_JSON_DEPTH);
        }
    }

    @Test
    void nestingUpToTheLimitIsSkipped() {
        String text = "[".repeat(128) + "{'a':".repeat(128) + "1" + "}".repeat(128) + "]".repeat(128);
        assertThat(skips(Decoded.json(text))).isTrue();
        assertThat(skips(Decoded.json("[" + text + "]"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|END_OF_INPUT|0",
                "[1,]|UNEXPECTED_BYTE|3",
                "[1 2]|UNEXPECTED_BYTE|3",
                "{'a' 1}|UNEXPECTED_BYTE|5",
                "{'a':1,}|UNEXPECTED_BYTE|7",
                "{a:1}|UNEXPECTED_BYTE|1",
                "[1|END_OF_INPUT|2",
                "01|TRAILING_DATA|1",
                "-|END_OF_INPUT|1",
                "-x|UNEXPECTED_BYTE|1",
                "1.|END_OF_INPUT|2",
                "1.e5|UNEXPECTED_BYTE|2",
                "1e|END_OF_INPUT|2",
                "1e+|END_OF_INPUT|3",
                "+1|UNEXPECTED_BYTE|0",
                "tru|END_OF_INPUT|3",
                "trux|BAD_LITERAL|0",
                "[nul]|BAD_LITERAL|1",
                "truex|TRAILING_DATA|4",
                "'a|END_OF_INPUT|2",
                "'\\u12|END_OF_INPUT|5",
                "'\\ud800|END_OF_INPUT|7",
                "[1]]|TRAILING_DATA|3",
                "\u00a01|UNEXPECTED_BYTE|0",
            })
    void theFaultIsReportedAtItsOffset(String text, Reason reason, int offset) {
        byte[] data = Decoded.json(text);
        JsonScanner json = Decoded.scanner(data, 0, data.length);
        DecodeException refusal = refusal(() -> json.endOfRecord(json.skip(0, 0), null));
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.offset()).isEqualTo(offset);
    }
}
