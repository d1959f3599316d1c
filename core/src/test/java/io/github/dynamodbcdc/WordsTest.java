package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static byte[] surrounded(int before, String text, int after) {
        return ("7".repeat(before) + text + "7".repeat(after)).getBytes(ISO_8859_1);
    }

    @Property
    void digitsAreTheirNumberWhateverIsAround(
            @ForAll @NumericChars @StringLength(min = 1, max = 18) String digits,
            @ForAll @IntRange(max = 9) int before,
            @ForAll @IntRange(max = 9) int after) {
        byte[] data = surrounded(before, digits, after);
        assertThat(Words.digits(data, before, before + digits.length())).isEqualTo(Long.parseLong(digits));
    }

    @Test
    void digitsAreReadAtEveryPlaceOfTheArrayAndUpToItsEnd() {
        for (int before = 0; before < 10; before++) {
            for (int length = 1; length <= 18; length++) {
                String digits = "987654321012345678".substring(0, length);
                assertThat(Words.digits(surrounded(before, digits, 0), before, before + length))
                        .isEqualTo(Long.parseLong(digits));
            }
        }
    }

    @Property
    void anyOtherByteIsNoNumber(
            @ForAll @NumericChars @StringLength(min = 1, max = 18) String digits,
            @ForAll byte other,
            @ForAll @IntRange(max = 17) int at,
            @ForAll @IntRange(max = 9) int before) {
        byte[] data = surrounded(before, digits, before);
        data[before + at % digits.length()] = other;
        boolean digit = other >= '0' && other <= '9';
        assertThat(Words.digits(data, before, before + digits.length()) >= 0).isEqualTo(digit);
    }

    @Property
    void theFirstLineFeedIsFoundWhateverBytesAreAround(
            @ForAll @Size(max = 40) byte[] bytes,
            @ForAll @IntRange(max = 40) int first,
            @ForAll @IntRange(max = 40) int second,
            @ForAll @IntRange(max = 9) int before,
            @ForAll @IntRange(max = 9) int after) {
        byte[] data = new byte[before + bytes.length + after];
        Arrays.fill(data, (byte) '\n'); // outside the range
        System.arraycopy(bytes, 0, data, before, bytes.length);
        int to = before + bytes.length;
        for (int at : new int[] {first, second}) {
            if (at < bytes.length) {
                data[before + at] = '\n';
            }
        }
        assertThat(Words.lineFeed(data, before, to)).isEqualTo(firstLineFeed(data, before, to));
    }

    @Test
    void aByteOneBitFromALineFeedIsNone() {
        for (int bit = 0; bit < 8; bit++) {
            byte[] data = new byte[24];
            Arrays.fill(data, (byte) ('\n' ^ 1 << bit));
            assertThat(Words.lineFeed(data, 0, data.length)).isEqualTo(data.length);
            data[17] = '\n';
            assertThat(Words.lineFeed(data, 1, data.length)).isEqualTo(17);
        }
    }

    private static int firstLineFeed(byte[] data, int from, int to) {
        int p = from;
        while (p < to && data[p] != '\n') {
            p++;
        }
        return p;
    }
}
