package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            R<LF>[R,<LF>R                                 ~ R R END R
            R<LF>[R,<LF>[R,<LF>[R,<LF>R<LF>R              ~ R R END R END R END R R
            R<LF>[R,<LF>[R,<LF>                           ~ R R END R END
            R<LF>[<LF>[<LF>R<LF>R                         ~ R END END R R
            R<LF>[[R],[R,[<LF>R                           ~ R NOT_AN_EVENT END R
            R<LF>5<LF>X<LF>R                              ~ R NOT_AN_EVENT U R
            R<LF>-1.5e3<CR><LF>R<LF>X<LF>R                ~ R NOT_AN_EVENT R U R
            R<LF>null<LF>"a"<LF>X<LF>R                    ~ R NOT_AN_EVENT NOT_AN_EVENT U R
            R<LF>5<LF><LF>6<LF>7<LF>{'a':<LF>R            ~ R NOT_AN_EVENT NOT_AN_EVENT NOT_AN_EVENT END R
            R<LF>{'a':[1,<LF>{<LF>'dynamodb':{'Keys':{}}}<LF>R   ~ R END R R
            R<LF>{'a':[1,<LF>{'a':[1,<LF>[R,<LF>R]<LF>R   ~ R END END R R R
            R<LF>{'body':[R,<LF>{'messageId':'m','body':[R,<LF>Q<LF>R ~ R END END R R
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
            {'Records':[{'messageId':'m',<LF>'body':''}]}<LF>X<LF>R ~ NOT_AN_EVENT U!
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

    @ParameterizedTest
    @ValueSource(strings = {"R<LF>[R,~<LF>R<LF>R", "R<LF>~<LF>R<LF>R", "R<LF>{'Records':[R,~<LF>R<LF>R"})
    void oneThatIsCutDeeperThanARecordCanBeCostsItsLineToo(String frame) {
        for (int levels : new int[] {5, 200, 255, 256, 257, 300, 5_000}) {
            String expected = frame.contains("R,") ? "R R END R R" : "R END R R";
            assertThat(outcomes(input(frame.replace("~", "[".repeat(levels))))).isEqualTo(expected);
            assertThat(outcomes(input(frame.replace("~", "[[R],".repeat(levels)))))
                    .startsWith("R ")
                    .endsWith(" END R R");
            String lines = frame.replace("~<LF>", "[<LF>".repeat(levels));
            assertThat(outcomes(input(lines))).startsWith("R ").endsWith(" END R R");
        }
    }

    /** What is examined does not depend on the limit of a record, nor on what has arrived. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R<LF>[<LF>R,<LF>R,<LF>X]<LF>R<LF>",
                "R<LF>[R,<LF>{'z':'~'}{'Records':[R]}<LF>R",
                "R<LF>[R][R][R]{'z':'~'}[R,X<LF>R",
                "R<LF>[R,{'z':'~'},X]<LF>R",
                "R<LF>{'Records':[R,{'z':'~'},<LF>R",
                "R<LF>{'z':'~'},<LF>R",
                "R<LF>R,{'z':'~'},"
            })
    void everySourceHasTheSameOutcomeWhateverTheLimit(String pattern) {
        byte[] input = input(pattern.replace("~", "z".repeat(900)));
        for (int limit : new int[] {60, 120, 500, 2_000}) {
            ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                    .limits(DecodeLimits.defaults().withMaxRecordBytes(limit))
                    .build();
            List<String> ofArray = outcomes(decoder.read(input));
            assertThat(ofArray.get(ofArray.size() - 1)).as(pattern).isIn("R", "RECORD_LIMIT", "UNEXPECTED_BYTE");
            for (int most : new int[] {1, 37, 200}) {
                assertThat(outcomes(decoder.read(Deliveries.inPieces(input, most, new Random(most)))))
                        .isEqualTo(ofArray);
            }
            assertThat(outcomes(decoder.read(Deliveries.gzip(input)))).isEqualTo(ofArray);
        }
    }

    @Test
    void aFaultBeyondWhatIsExaminedHasOneOutcomeFromEverySource() {
        for (int size : new int[] {(1 << 20) - 100, 1 << 20, (1 << 20) + 100}) {
            String pad = "{'pad':'" + "x".repeat(size) + "'}";
            byte[] input = input("R<LF>[R,<LF>" + pad + ",X]<LF>R<LF>");
            List<String> ofArray = outcomes(Records.DECODER.read(input));
            for (int most : new int[] {1_000, 100_000, 1 << 20}) {
                assertThat(outcomes(Records.DECODER.read(Deliveries.inPieces(input, most, new Random(most)))))
                        .isEqualTo(ofArray);
            }
        }
    }

    /** A line that has arrived is read, and so are those after one that is cut, before the source's failure comes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R<LF>[R,R]<LF>",
                "R<LF>[R,R]",
                "R<LF>[R,R,<LF>",
                "R<LF>[R,<LF>R<LF>",
                "R<LF>[R,X<LF>R<LF>",
                "R<LF>[R,X,R,",
                "R<LF>{'Records':[R,R]}",
                "R<LF>{'Records':[R,R]}<LF>R<LF>{"
            })
    void theRecordsBeforeAFailureOfTheSourceAreRead(String pattern) {
        byte[] input = input(pattern);
        List<String> expected = outcomes(Records.DECODER.read(input));
        long events = expected.stream().filter("R"::equals).count();
        for (int most : new int[] {1, 50, 5_000}) {
            InputStream source = Deliveries.thenReset(Deliveries.inPieces(input, most, new Random(most)));
            List<String> read = new ArrayList<>();
            assertThatThrownBy(() -> Records.DECODER
                            .read(source)
                            .records()
                            .forEach(record -> read.add(record.failure() == null ? "R" : "bad")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(read.stream().filter("R"::equals).count()).as("%s", read).isEqualTo(events);
            if (expected.contains("UNEXPECTED_BYTE")) {
                assertThat(read).contains("bad");
            }
        }
    }

    /** What is read of it does not show whether its lines are lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R<LF>{<LF>'dynamodb':{<LF>'Keys':{},<LF>'x':[<LF>R<LF>]<LF>}<LF>}",
                "R<LF>[<LF>R,<LF>R<LF>]",
                "R<LF>{<LF>'Records':[<LF>R,<LF>R<LF>]<LF>}"
            })
    void aFailureOfTheSourceInAValueOnSeveralLinesIsNoBadRecord(String pattern) {
        byte[] input = input(pattern);
        for (int length = input("R<LF>").length + 1; length < input.length; length++) {
            InputStream source = Deliveries.thenReset(new ByteArrayInputStream(input, 0, length));
            List<String> read = new ArrayList<>();
            assertThatThrownBy(() -> Records.DECODER
                            .read(source)
                            .records()
                            .forEach(record -> read.add(record.failure() == null ? "R" : "bad")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(read).as("%,d bytes", length).containsOnly("R");
        }
    }

    /** One byte of the next line shows that it does not continue the line that is cut. */
    @Test
    void aLineThatIsCutIsReportedAsSoonAsTheNextLineBegins() {
        byte[] cut = input("R<LF>[R,R,{'pad':'" + "x".repeat(300) + "'},R<LF>");
        byte[] rest = input("R<LF>R<LF>");
        InputStream live = new ByteArrayInputStream(Records.concat(cut, rest)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                assertThat(pos).as("the next record is not needed").isLessThanOrEqualTo(cut.length);
                return super.read(target, offset, 1);
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        var records = Records.DECODER.read(live).records().iterator();
        for (int i = 0; i < 6; i++) {
            records.next();
        }
    }

    /** Each line is searched once, and a value that is cut off is not examined again for each line in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[R]",
                "{'Records':[]}",
                "[R,<LF>",
                "[<LF>",
                "[R,<LF>R<LF>",
                "{'a':[1,<LF>",
                "{'a':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,<LF>",
                "{'dynamodb':{'NewImage':{'a':{'M':{'b':<LF>",
                "{'messageId':'m','receiptHandle':'r','body':[R,<LF>",
                "{'x':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[<LF>"
            })
    @Timeout(40)
    void theLineAfterManyValuesOnOneLineOrManyCutLinesIsRead(String pattern) {
        byte[] one = input(pattern);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(input("R<LF>"));
        for (int i = 0; i < 1_500_000 / one.length; i++) {
            input.writeBytes(one);
        }
        input.writeBytes(input("<LF>R<LF>"));
        List<String> outcomes = outcomes(Records.DECODER.read(input.toByteArray()));
        assertThat(outcomes.get(outcomes.size() - 1)).isEqualTo("R");
        assertThat(outcomes.contains("END_OF_INPUT")).isEqualTo(pattern.contains("<LF>"));
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
