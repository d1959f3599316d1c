package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays and envelopes on lines: a broken one costs its own line. */
class ReaderLinesTest {
    private static final String GOOD = "{'dynamodb':{'Keys':{'k':{'S':'a'}}}}";

    /** More than what decides what an object is. */
    private static final int LONG = 1 << 17;

    private static final String QUEUE =
            "{'messageId':'m','receiptHandle':'r','body':'" + GOOD.replace("'", "\\'") + "','eventSource':'aws:sqs'}";

    /**
     * Replaces R by a good record, W by one with a wrong value, X by one that is not JSON, Q by a message of a queue, L
     * by a long member.
     */
    private static byte[] input(String pattern) {
        return Records.json(pattern.replace("<LF>", "\n")
                .replace("<CR>", "\r")
                .replace("R", "\0")
                .replace("W", "{'dynamodb':{'Keys':{'k':{'N':'x'}}}}")
                .replace("X", "{'dynamodb':True}")
                .replace("\0ecords", "Records")
                .replace("Q", QUEUE)
                .replace("L", "'pad':'" + "x".repeat(LONG) + "'")
                .replace("\0", GOOD));
    }

    private static List<String> outcomes(ChangeEventReader reader) {
        List<String> outcomes = new ArrayList<>();
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.failure();
            String reason = failure == null ? "R" : String.valueOf(failure.reason());
            outcomes.add(reason + (record.isTerminal() ? "!" : ""));
        }
        return outcomes;
    }

    /** Returns the outcomes in short, after checking that every source gives the same ones. */
    private static String outcomes(byte[] input) {
        List<String> ofArray = outcomes(Records.DECODER.read(input));
        for (int most : new int[] {1, 2, 50, 5_000}) {
            assertThat(outcomes(Records.DECODER.read(Deliveries.inPieces(input, most, new Random(most)))))
                    .isEqualTo(ofArray);
        }
        assertThat(outcomes(Records.DECODER.newSession().read(new ByteArrayInputStream(input))))
                .isEqualTo(ofArray);
        assertThat(outcomes(Records.DECODER.read(Deliveries.gzip(input)))).isEqualTo(ofArray);
        return String.join(" ", ofArray).replace("UNEXPECTED_BYTE", "U").replace("END_OF_INPUT", "END");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            [R]<LF>X<LF>R<LF>                             ~ R U R
            []<LF>R<LF>X<LF>R<LF>                         ~ R U R
            [R]<CR><LF>X<CR><LF>R                         ~ R U R
            {'Records':[R,R]}<LF>X<LF>R                   ~ R R U R
            R<LF>{'Records':[R]}<LF>X<LF>R<LF>            ~ R R U R
            R<LF>{'Records':[R,X,R]}<LF>R<LF>             ~ R R U R
            R<LF>[R,W,R<LF>R<LF>                          ~ R R BAD_NUMBER R END R
            R<LF>[R,<LF>[R]<LF>R                          ~ R R END R R
            R<LF>[<LF>R                                   ~ R END R
            R<LF>{'Records':[R,{'dynamodb':<LF>R<LF>R     ~ R R END R R
            R<LF>{'Records':[R}<LF>{'Records':[R]}<LF>R   ~ R R U R R
            R<LF>{'Records':[R]<LF>R<LF>                  ~ R R END R
            R<LF>{'Records':[R],'x':!}<LF>R<LF>           ~ R R U R
            R<LF>{'requestId':'1','records':[{'data':'e30=<LF>R ~ R END R
            {'Records':[Q]}<LF>{'Records':[Q,{'messageId':<LF>{'Records':[Q]}<LF> ~ R R END R
            {'Records':[R]}<LF>{'Records':[X]}<LF>{'Records':[R]}<LF> ~ R U R
            [R]<LF>[R]garbage<LF>[R]<LF>                  ~ R R U R
            [R]<LF>[R] [R] X R<LF>[R]<LF>                 ~ R R R U R
            [R]<LF>[R]<LF>[R,X                            ~ R R R U!
            [R]<LF>[R]<LF>[R,                             ~ R R R END!
            """)
    void aBrokenArrayOrEnvelopeCostsTheRestOfItsLine(String pattern, String expected) {
        assertThat(outcomes(input(pattern))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            [R,<LF>R]<LF>X<LF>R             ~ R R U!
            [R<LF>]<LF>X<LF>R               ~ R U!
            [<LF>]<LF>R<LF>X<LF>R           ~ R U!
            [{<LF>'dynamodb':{'Keys':{}}}]<LF>X<LF>R     ~ R U!
            {'Records':<LF>[R]}<LF>X<LF>R   ~ R U!
            {'Records':[R],<LF>'x':1}<LF>X<LF>R     ~ R U!
            {'Records':[R],'x':[<LF>1]}<LF>X<LF>R   ~ R U!
            {'Records':[{'messageId':'m',<LF>'body':''}]}<LF>X<LF>R ~ END U!
            [R]<LF>[R,<LF>R]<LF>X<LF>R      ~ R R R U!
            [R]<LF>{'Records':[R]<LF>}<LF>X<LF>R ~ R R U!
            R[R]<LF>X<LF>R                  ~ R R U!
            [R]R<LF>X<LF>R                  ~ R R U!
            [R,X]<LF>R                      ~ R U!
            """)
    void linesDoNotDelimitAfterAValueOnSeveralLines(String pattern, String expected) {
        assertThat(outcomes(input(pattern))).isEqualTo(expected);
    }

    /** An event of EventBridge of that size is read in pieces, and an envelope is longer than a window. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {'detail-type':'t','source':'s',L,'detail':R}<LF>X<LF>R          ~ R U R
            R<LF>{'detail-type':'t','source':'s',L,'detail':[R,X]}<LF>X<LF>R ~ R R U U R
            {'detail-type':'t','source':'s',L,'detail':[R,<LF>R]}<LF>X<LF>R  ~ R R U!
            {'Records':[R,{L,'dynamodb':{'Keys':{}}},R],L}<LF>X<LF>R         ~ R R R U R
            R<LF>{'Records':[R,{L,'dynamodb':{'Keys':{}}},X],L}<LF>X<LF>R    ~ R R R U U R
            R<LF>[R,{L,<LF>'dynamodb':{'Keys':{}}},X]<LF>R                   ~ R R END TRAILING_DATA R
            """)
    void soDoesALongOne(String pattern, String expected) {
        assertThat(outcomes(input(pattern))).isEqualTo(expected);
    }

    /** Its end is searched in the input, which is not kept. */
    @ParameterizedTest
    @ValueSource(strings = {"X", "R"})
    void anEnvelopeThatIsLongerThanARecordCanBeIsOnALineToo(String last) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(input("R<LF>{'Records':["));
        byte[] element = input("{L,'dynamodb':{'Keys':{}}},");
        int count = (17 << 20) / element.length;
        for (int i = 0; i < count; i++) {
            input.writeBytes(element);
        }
        input.writeBytes(input(last + "]}<LF>R<LF>X<LF>R"));
        List<String> expected = new ArrayList<>(List.of("R"));
        for (int i = 0; i < count; i++) {
            expected.add("R");
        }
        expected.addAll(List.of(last.equals("X") ? "UNEXPECTED_BYTE" : "R", "R", "UNEXPECTED_BYTE", "R"));
        byte[] bytes = input.toByteArray();
        assertThat(outcomes(Records.DECODER.read(bytes))).isEqualTo(expected);
        assertThat(outcomes(Records.DECODER.newSession().read(new ByteArrayInputStream(bytes))))
                .isEqualTo(expected);
    }

    @Test
    void theFailureOfABrokenLineIsAtItsFaultAndTheNextLineIsWhereItIs() {
        String text = new String(input("R<LF>[R,X,R]<LF>R"), UTF_8);
        List<SourceRecord> records = Deliveries.read(text.getBytes(StandardCharsets.UTF_8));
        DecodeException failure = records.get(2).failure();
        assertThat(failure).isNotNull();
        assertThat(failure.offset()).isEqualTo(text.indexOf("True"));
        assertThat(records.get(3).offset()).isEqualTo(text.lastIndexOf('\n') + 1);
    }
}
