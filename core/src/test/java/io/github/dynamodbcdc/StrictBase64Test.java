package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64Test {
    @Property
    void outputOfTheJdkEncoderIsValidAndDecodesToTheSameBytes(@ForAll @Size(max = 100) byte[] bytes) {
        byte[] text = Base64.getEncoder().encode(bytes);
        assertThat(isWhole(text)).isTrue();
        assertThat(StrictBase64.decodedLength(text, 0, text.length)).isEqualTo(bytes.length);
        assertThat(StrictBase64.decode(text, 0, text.length)).isEqualTo(bytes);
        String content = new String(text, UTF_8);
        assertThat(scan(content)).isEqualTo(content.length());
        assertThat(scan(content.replace("/", "\\/").replace("=", "\\u003D"))).isNotNegative();
    }

    @Property
    void aTextInsideAnArrayDecodesAlone(@ForAll @Size(max = 300) byte[] bytes, @ForAll @IntRange(max = 9) int before) {
        byte[] text = Base64.getEncoder().encode(bytes);
        byte[] around = new byte[before + text.length + 3];
        Arrays.fill(around, (byte) 'x');
        System.arraycopy(text, 0, around, before, text.length);

        assertThat(StrictBase64.decode(around, before, before + text.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "Q=", "QQ=", "QQQ", "Q*==", "====="})
    void aTextThatWasChangedSinceIsAnIllegalStateAtAnyLength(String end) {
        for (int groups : new int[] {0, 1, 10, 100}) {
            byte[] text = ("QUFB".repeat(groups) + end).getBytes(UTF_8);
            assertThatThrownBy(() -> StrictBase64.decode(text, 0, text.length))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Property
    void aCarriedRecordDecodesToTheBytesThatTheJdkEncoded(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 9) int before, @ForAll boolean spare) {
        byte[] text = Base64.getEncoder().encode(bytes);
        byte[] around = new byte[before + text.length + 3];
        System.arraycopy(text, 0, around, before, text.length);
        byte[] target = new byte[StrictBase64.Decoding.room(text.length) + (spare ? 50 : 0)];
        int length = StrictBase64.Decoding.decode(around, before, before + text.length, target);
        assertThat(Arrays.copyOf(target, length)).isEqualTo(bytes);
    }

    @Property
    void aCarriedRecordWithAnyOtherByteInItIsRefused(
            @ForAll @Size(min = 1, max = 120) byte[] bytes, @ForAll @IntRange(max = 159) int at, @ForAll byte other) {
        byte[] text = Base64.getEncoder().encode(bytes);
        int position = at % text.length;
        text[position] = other;
        byte[] target = new byte[StrictBase64.Decoding.room(text.length)];
        boolean valid = isCanonical(new String(text, ISO_8859_1));
        assertThat(StrictBase64.Decoding.decode(text, 0, text.length, target) >= 0)
                .isEqualTo(valid);
    }

    @Property(tries = 20_000)
    void onlyTextsThatTheJdkWouldWriteAreValid(@ForAll("texts") String text) {
        byte[] ascii = text.getBytes(UTF_8);
        boolean valid = isCanonical(text);
        assertThat(isWhole(ascii)).isEqualTo(valid);
        assertThat(scan(text) >= 0).isEqualTo(valid);
    }

    /** Validates a text one character at a time. */
    private static boolean isWhole(byte[] text) {
        int state = StrictBase64.BEGIN;
        for (int i = 0; i < text.length && state != StrictBase64.WRONG; i++) {
            state = StrictBase64.next(state, text[i]);
        }
        return state != StrictBase64.WRONG && StrictBase64.isWhole(state);
    }

    private static boolean isCanonical(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(Base64.getDecoder().decode(text))
                    .equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Tests each byte at each place of a word, because no lane may affect its neighbors. */
    @Test
    void aByteOutsideTheAlphabetIsFoundAtAnyPlace() {
        for (int b = 0; b < 256; b++) {
            boolean inAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(b) >= 0;
            if (b == '"' || b == '\\' || b < ' ' || b > 0x7F) {
                continue; // not a plain ASCII character in JSON
            }
            for (int place = 0; place < 16; place++) {
                StringBuilder text = new StringBuilder("Zz09+/AaZz09+/Aa");
                text.setCharAt(place, (char) b);
                boolean valid = inAlphabet || isCanonical(text.toString());
                assertThat(scan(text.toString())).as("%d at %d", b, place).isEqualTo(valid ? 16 : -1);
            }
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('A', 'Q', 'g', 'w', '9', '+', '/', '=', '=', '-', '_', ' ', '\u00e9')
                .ofMaxLength(9)
                .withoutEdgeCases();
    }

    /** Returns the offset of the closing quote from the content; −1 for BAD_BASE64. */
    private static int scan(String content) {
        byte[] record = ("\"" + content + "\"").getBytes(UTF_8);
        try {
            return StrictBase64.scan(Decoded.scanner(record, 0, record.length), 1) - 1;
        } catch (DecodeException e) {
            assertThat(e.reason()).isEqualTo(Reason.BAD_BASE64);
            return -1;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAA",
                "AA=",
                "A===",
                "====",
                "=",
                "AAAA=",
                "AA==AA==",
                "AA=A",
                "AB==",
                "AAB=",
                "AA-_",
                "A A=",
                "AAAA\\n",
                "\\nAAAA",
                "AA\\r\\n==",
                "AAAA====",
                "\\u0041",
                "AA\\u003d",
                "AA\\u00e9=",
                "AA\\u0000="
            })
    void anythingButStandardBase64WithPaddingIsRefused(String content) {
        assertThat(scan(content)).isNegative();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "AA-A, BAD_BASE64, 3",
                "AB==, BAD_BASE64, 3",
                "AAA, BAD_BASE64, 4",
                "AA=A, BAD_BASE64, 4",
                "AA\\q=, BAD_ESCAPE, 3",
                "AA\\ud800, LONE_SURROGATE, 3",
                "AA\u0001A, CONTROL_CHARACTER, 3",
                "AA\u00e9A, BAD_BASE64, 3",
            })
    void theFaultIsReportedAtItsOffsetAndInvalidJsonAsSuch(String content, Reason reason, int offset) {
        byte[] record = ("\"" + content + "\"").getBytes(UTF_8);
        JsonScanner json = Decoded.scanner(record, 0, record.length);
        DecodeException refusal = null;
        try {
            StrictBase64.scan(json, 1);
        } catch (DecodeException e) {
            refusal = e;
        }
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.offset()).isEqualTo(offset);
    }
}
