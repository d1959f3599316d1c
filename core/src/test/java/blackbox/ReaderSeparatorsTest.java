package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Anything except white space between records is a separate failure and costs no record. */
class ReaderSeparatorsTest {
    private static final String GOOD = Records.change("INSERT", "");

    /** Returns E for each event, the reason for each failure, and an exclamation mark after a terminal one. */
    private static List<String> outcomes(ChangeEventReader reader) {
        List<String> outcomes = new ArrayList<>();
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.result().failure();
            outcomes.add(failure == null ? "E" : failure.reason() + (record.isTerminal() ? "!" : ""));
        }
        return outcomes;
    }

    private static String outcomes(String pattern) {
        byte[] input = Records.json(pattern.replace("E", GOOD.replace('E', '~'))
                .replace("~", "E")
                .replace("<LF>", "\n")
                .replace("<CR>", "\r")
                .replace("<RS>", "\u001e")
                .replace("<BOM>", "\ufeff")
                .replace("<BS>", "\\"));
        List<String> ofArray = outcomes(Records.DECODER.read(input));
        for (int most : new int[] {1, 2, 3, 50}) {
            assertThat(outcomes(Records.DECODER.read(Deliveries.inPieces(input, most, new Random(most)))))
                    .isEqualTo(ofArray);
        }
        assertThat(outcomes(Records.DECODER.newSession().read(new ByteArrayInputStream(input))))
                .isEqualTo(ofArray);
        return String.join(" ", ofArray).replace("UNEXPECTED_BYTE", "U").replace("NOT_AN_EVENT", "N");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            E,<LF>E,<LF>                  ~ E U E U
            E,E                           ~ E U E
            E,E,                          ~ E U E U
            E , E<LF>,E                   ~ E U E U E
            ,E                            ~ U E
            ,<LF>E                        ~ U E
            E<LF>E,<LF>E                  ~ E E U E
            E<LF>,E<LF>,E                 ~ E U E U E
            E,,<LF>,E                     ~ E U U U E
            E<LF>,<LF><LF>,               ~ E U U
            ,                             ~ U
            E;E;<LF>E                     ~ E U E U E
            E|E|<LF>E                     ~ E U E U E
            <RS>E<LF><RS>E<LF>            ~ U E U E
            E<BS>nE<BS>n                        ~ E U E U
            E<BS>r<BS>nE                        ~ E U U E
            E<BS>n<LF>E<BS>n<LF>                ~ E U E U
            E<CR><LF>E,<CR><LF>E          ~ E E U E
            [E,E],[E]                     ~ E E U E
            {'Records':[E]},{'Records':[E]} ~ E U E
            {},{},E                       ~ N U N U E
            E<LF>{},<LF>E                 ~ E N U E
            """)
    void eachSeparatorIsOneFailureAndNoRecordIsLost(String input, String expected) {
        assertThat(outcomes(input)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            E,'eventSource':'x'}E         ~ E U!
            E,x                           ~ E U!
            E<BS>x                           ~ E U!
            E<BS>                            ~ E U!
            E:E                           ~ E U!
            E}E                           ~ E U!
            E<LF>E,'eventSource':'x'}<LF>E ~ E TRAILING_DATA E
            E<LF>E,x<LF>E                 ~ E TRAILING_DATA E
            E<LF>{'a':},<LF>E             ~ E U E
            [E,,E]                        ~ E U!
            [,E]                          ~ U!
            """)
    void dataAfterABrokenRecordIsNotASeparator(String input, String expected) {
        assertThat(outcomes(input)).isEqualTo(expected);
    }

    /** Files may be appended to one another; in an array, a byte order mark is no JSON. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            <BOM>E                        ~ E
            <LF><BOM>E                    ~ E
            E<BOM>E                       ~ E E
            E<LF><BOM>E<LF>               ~ E E
            E<LF> <BOM> E<LF>             ~ E E
            E<LF><BOM><LF>E<LF>           ~ E E
            E,<BOM>E                      ~ E U E
            E<LF>E<BOM>E<LF>E             ~ E E E E
            E<LF><BOM>{'a':<LF><BOM>E     ~ E END_OF_INPUT E
            E<LF><BOM>{'Records':[E,E]}   ~ E E E
            {'Records':[E]}<LF><BOM>{'Records':[E]}<LF> ~ E E
            [E]<BOM>[E]                   ~ E E
            <LF><BOM>{'Records':[E]}      ~ E
            E<LF><BOM>                    ~ E
            <BOM>                         ~ ``
            <BOM><BOM>E                   ~ U!
            E<LF><BOM><BOM>E<LF>E         ~ E U E
            [<BOM>E]                      ~ U!
            [E,<BOM>E]                    ~ E U!
            {'Records':[E,<BOM>E]}        ~ E U!
            {'Records':[<BOM>{'messageId':'1','body':''}]} ~ U!
            E<LF>E,x<BOM>E<LF>E           ~ E TRAILING_DATA E
            """)
    void aByteOrderMarkMayBeBeforeAValueOfTheInputAndNowhereElse(String input, String expected) {
        assertThat(outcomes(input)).isEqualTo(expected);
    }

    @Test
    void theOffsetOfARecordIsAfterItsByteOrderMark() {
        List<SourceRecord> records = Deliveries.read("\ufeff" + GOOD + "\n\ufeff" + GOOD);
        assertThat(records.get(0).offset()).isEqualTo(3);
        assertThat(records.get(1).offset()).isEqualTo(3 + GOOD.length() + 4);
    }

    @Test
    void aSeparatorKeepsTheEnvelopeBeforeIt() {
        ChangeEventReader reader =
                Records.DECODER.read(Records.json("{'Records':[" + GOOD + "],'NextShardIterator':'n'},\n"));
        assertThat(outcomes(reader)).containsExactly("E", "UNEXPECTED_BYTE");
        assertThat(reader.envelope().shape()).isEqualTo(EnvelopeShape.RECORDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 70_000, 200_000})
    void aLongRunOfSeparatorsIsReadOnce(int length) {
        byte[] input = Records.json(GOOD + ",".repeat(length) + GOOD);
        List<String> outcomes = outcomes(Records.DECODER.read(new ByteArrayInputStream(input)));
        assertThat(outcomes)
                .hasSize(length + 2)
                .startsWith("E", "UNEXPECTED_BYTE")
                .endsWith("UNEXPECTED_BYTE", "E");
    }

    @Test
    void theFailureOfASeparatorIsAtItsOffset() {
        SourceRecord separator = Deliveries.read(GOOD + " ,\n" + GOOD).get(1);
        assertThat(separator.offset()).isEqualTo(GOOD.length() + 1);
        assertThat(separator.result().failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.offset()).isEqualTo(GOOD.length() + 1);
            assertThat(failure.path()).isEmpty();
        });
    }

    @Test
    void aLineWithASeparatorIsReadAsSoonAsItsLineBreakArrives() {
        byte[] input = Records.json(GOOD + "\n" + GOOD + ",\n");
        ByteArrayInputStream live = new ByteArrayInputStream(input) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                assertThat(available()).as("nothing more is needed").isPositive();
                return super.read(target, offset, 1);
            }
        };
        List<String> outcomes = new ArrayList<>();
        var records = Records.DECODER.read(live).records().iterator();
        for (int i = 0; i < 3; i++) {
            outcomes.add(records.next().result().event() == null ? "failure" : "event");
        }
        assertThat(outcomes).containsExactly("event", "event", "failure");
    }
}
