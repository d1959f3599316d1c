package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Compares with the JDK's decoder, with and without escapes, at positions other than 0. */
class NestedBase64Test {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

    /** Returns the padding that is found in the base64 of this inner text. */
    private static int padding(byte[] inner) {
        String outer = Base64.getEncoder().encodeToString(inner);
        int plain = padding(outer, false);
        assertThat(padding(outer.replace("/", "\\/").replace("=", "\\u003d"), true))
                .isEqualTo(plain);
        if (plain != NestedBase64.NOT) {
            assertThat(paddingOfEnd(outer, false)).isEqualTo(plain);
            assertThat(paddingOfEnd(outer.replace("A", "\\u0041"), true)).isEqualTo(plain);
        }
        return plain;
    }

    private static int padding(String outer, boolean escaped) {
        byte[] data = ("{\"" + outer + "\"}").getBytes(ISO_8859_1);
        return NestedBase64.padding(data, 2, data.length - 2, escaped);
    }

    private static int paddingOfEnd(String outer, boolean escaped) {
        byte[] data = ("{\"" + outer + "\"}").getBytes(ISO_8859_1);
        return NestedBase64.paddingOfEnd(data, 2, data.length - 2, escaped);
    }

    private static int expected(byte[] inner) {
        String text = new String(inner, ISO_8859_1);
        try {
            String again =
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(inner));
            return again.equals(text) ? text.length() - text.replace("=", "").length() : NestedBase64.NOT;
        } catch (IllegalArgumentException e) {
            return NestedBase64.NOT;
        }
    }

    @Property
    void base64OfBase64IsDetected(@ForAll @Size(max = 200) byte[] bytes) {
        byte[] inner = Base64.getEncoder().encode(bytes);
        assertThat(padding(inner)).isEqualTo(expected(inner)).isNotEqualTo(NestedBase64.NOT);
    }

    @Property
    void arbitraryBytesAreJudgedLikeTheJdkDoes(@ForAll @Size(max = 40) byte[] bytes) {
        assertThat(padding(bytes)).isEqualTo(expected(bytes));
    }

    @Test
    void oneByteOutsideTheAlphabetIsFoundAtAnyPlaceOfAnyLength() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 4; length <= 48; length += 4) {
            for (int place = 0; place < length; place++) {
                for (int b = 0; b < 256; b++) {
                    byte[] inner = base64(random, length);
                    inner[place] = (byte) b;
                    assertThat(padding(inner))
                            .as("%d at %d of %d", b, place, length)
                            .isEqualTo(expected(inner));
                }
            }
        }
    }

    private static byte[] base64(SplittableRandom random, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ALPHABET.charAt(random.nextInt(64));
        }
        return text;
    }

    @Test
    void aWrongEndIsNotBase64() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            byte[] text = base64(random, random.nextInt(0, 40));
            for (int last = text.length - 1; last >= Math.max(0, text.length - 3); last--) {
                text[last] = (byte) ALPHABET.charAt(random.nextInt(40, 65));
            }
            assertThat(padding(text)).isEqualTo(expected(text));
        }
    }
}
