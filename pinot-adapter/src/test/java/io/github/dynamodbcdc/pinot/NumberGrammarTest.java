package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeLimits;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of type S counts as a number exactly if core accepts the same text as N. */
class NumberGrammarTest {
    private static final int TEXTS = 20_000;
    private static final ChangeEventDecoder CORE = ChangeEventDecoder.create();

    private static void assertAsInCore(String text) {
        String event = Change.insert("\"v\":{\"N\":\"" + text + "\"}");
        boolean accepted = CORE.tryDecode(event.getBytes(UTF_8)).event() != null;
        assertThat(NumberGrammar.matches(text)).as(text).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-0", "+007", "1.", ".5", "1.5", "1e5", "1E+05", "1E", "--1", "1 ", " 1", "NaN", "0x1"})
    void theGrammarIsThatOfN(String text) {
        assertAsInCore(text);
    }

    @Test
    void randomTextsMatchIfCoreAcceptsThemAsN() {
        Random random = new Random(20240622);
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(10), 0, 16).forEach(c -> text.append("0011223456+-.eE9".charAt(c)));
            assertAsInCore(text.toString());
        }
    }

    @Test
    void theLimitsAreCoresDefaults() {
        int length = DecodeLimits.defaults().maxNumberLength();
        int digits = DecodeLimits.defaults().maxExponentDigits();

        for (String longest :
                new String[] {"1".repeat(length), "1E" + "9".repeat(digits), "1E-000" + "9".repeat(digits)}) {
            assertThat(NumberGrammar.matches(longest)).isTrue();
            assertThat(NumberGrammar.matches(longest + "1")).isFalse();
            assertAsInCore(longest);
            assertAsInCore(longest + "1");
        }
    }
}
