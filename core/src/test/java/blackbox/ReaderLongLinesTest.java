package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values on lines that are larger or deeper than a record can be. */
class ReaderLongLinesTest {
    private static final int LIMIT = 100_000;

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.builder()
            .limits(DecodeLimits.defaults().withMaxRecordBytes(LIMIT))
            .build();

    /**
     * L is a text as long as a record, M lines longer than what decides, T texts on a line as long as these, D a value
     * that is too deep, E one on a line.
     */
    private static byte[] input(String pattern) {
        String deep = "[<LF>".repeat(300) + "]<LF>".repeat(300);
        return Records.json(pattern.replace("D", deep)
                .replaceAll("(?<=:)E", "[".repeat(300) + "]".repeat(300))
                .replace("<LF>", "\n")
                .replace("<CR>", "\r")
                .replaceAll("R(?!e)", "{'dynamodb':{'Keys':{'k':{'S':'a'}},'SequenceNumber':'3'}}")
                .replace("T", ("'" + "x".repeat(LIMIT / 2) + "',").repeat((2 << 20) / (LIMIT / 2)) + "0")
                .replace("L", "'" + "x".repeat(LIMIT) + "'")
                .replace("M", ("'" + "x".repeat(LIMIT / 2) + "',\n").repeat((2 << 20) / (LIMIT / 2)) + "0"));
    }

    /** Returns the outcomes with the sequence numbers of failures, after checking that every source gives the same. */
    private static String outcomes(byte[] input) {
        String ofArray = outcomes(DECODER.read(input));
        for (int most : new int[] {7, 1_000, 100_000}) {
            InputStream pieces = Deliveries.inPieces(input, most, new Random(most));
            assertThat(outcomes(DECODER.read(pieces))).isEqualTo(ofArray);
        }
        assertThat(outcomes(DECODER.newSession().read(new ByteArrayInputStream(input))))
                .isEqualTo(ofArray);
        assertThat(outcomes(DECODER.read(Deliveries.gzip(input)))).isEqualTo(ofArray);
        return ofArray;
    }

    private static String outcomes(ChangeEventReader reader) {
        List<String> outcomes = new ArrayList<>();
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.failure();
            String number = record.sequenceNumber() == null ? "" : "#" + record.sequenceNumber();
            outcomes.add(failure == null ? "R" : failure.reason() + number + (record.isTerminal() ? "!" : ""));
        }
        return String.join(" ", outcomes).replace("_LIMIT", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {'x':[<LF>R,<LF>R<LF>],'y':<LF>L}<LF>R                      ~ RECORD R
            {'x':[<LF>L],<LF>'dynamodb':{'SequenceNumber':'7'}}<LF>R    ~ RECORD#7 R
            {'dynamodb':{'SequenceNumber':'7'},<LF>'x':<LF>L}<CR><LF>R  ~ RECORD#7 R
            {'x':L,<LF>'Records':[R],<LF>'y':1}<LF>R                    ~ R R
            {'x':L,<LF>'dynamodb':{'SequenceNumber':'7'}}<LF>R          ~ RECORD#7 R
            {'x':L<LF>}<LF>R                                            ~ RECORD R
            {'x':[<LF>M],<LF>'dynamodb':{'SequenceNumber':'7'}}<LF>R    ~ RECORD#7 R
            {'x':L,'y':[<LF>M],'dynamodb':{'SequenceNumber':'7'}}<LF>R  ~ RECORD#7 R
            {'x':L,'y':[<LF>R,<LF>M],'dynamodb':{'SequenceNumber':'7'}} ~ RECORD#7
            {'x':D}<LF>R                                                ~ DEPTH R
            {'dynamodb':{'SequenceNumber':'7'},'x':[D,<LF>R]}<LF>R      ~ DEPTH#7 R
            {'x':[<LF>D,<LF>M],'dynamodb':{'SequenceNumber':'7'}}<LF>R  ~ DEPTH#7 R
            {'x':L<LF>}<LF>X<LF>R                                       ~ RECORD UNEXPECTED_BYTE!
            {'x':D}<LF>{'x':L,<LF>'y':1}<LF>R                           ~ DEPTH RECORD R
            {'x':D}<LF>X<LF>R                                           ~ DEPTH UNEXPECTED_BYTE!
            {'x':E,<LF>'y':1}<LF>X<LF>R                                 ~ DEPTH UNEXPECTED_BYTE!
            {'x':E,<LF>'dynamodb':{'SequenceNumber':'7'}}<LF>R          ~ DEPTH#7 R
            """)
    void aValueOverALimitOnSeveralLinesAfterOneLineValuesIsOneBadRecord(String pattern, String expected) {
        assertThat(outcomes(input("R<LF>R<LF>" + pattern))).isEqualTo("R R " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {'x':L,<LF>R<LF>                                 ~ RECORD R
            {'x':L,'dynamodb':{'SequenceNumber':'7',<LF>R    ~ RECORD#7 R
            {'x':L,'dynamodb':{'SequenceNumber':'7'<LF>R     ~ RECORD#7 R
            {'x':L,'y':<LF>R<LF>R<LF>                        ~ RECORD R R
            {'x':L,'y':[<LF>R<LF>R<LF>                       ~ RECORD R R
            {'x':L,'dynamodb':<LF>{'SequenceNumber':'7'}<LF>R    ~ RECORD NOT_AN_EVENT R
            {'y':{'SequenceNumber':'7'},'x':L,'dynamodb':<LF>R   ~ RECORD R
            {'x':E}<LF>X<LF>R                                ~ DEPTH UNEXPECTED_BYTE R
            {'x':E,<LF>R<LF>X<LF>R                           ~ DEPTH R UNEXPECTED_BYTE R
            """)
    void aLineOverTheLimitThatIsCutHasNoIdentifierOfTheNextOne(String pattern, String expected) {
        assertThat(outcomes(input("R<LF>R<LF>" + pattern))).isEqualTo("R R " + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {'x':[<LF>M,R<LF>R      ~ UNEXPECTED_BYTE!
            {'x':L,'y':[<LF>M,      ~ END_OF_INPUT!
            {'x':L,'y':[<LF>M,X<LF>R<LF>R   ~ UNEXPECTED_BYTE!
            {'x':[T],'y':[<LF>M,X<LF>R<LF>R ~ UNEXPECTED_BYTE!
            {'x':[<LF>M,            ~ END_OF_INPUT!
            """)
    void oneThatIsBrokenBeyondWhatDecidesEndsTheInput(String pattern, String expected) {
        assertThat(outcomes(input("R<LF>R<LF>" + pattern))).isEqualTo("R R " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'x':[<LF>M],", "{'x':L,'y':[<LF>M],", "{'x':[<LF>L,", "{'x':L,<LF>"})
    void aFaultOfTheSourceInOneIsReported(String pattern) throws IOException {
        byte[] input = input("R<LF>R<LF>" + pattern);
        InputStream reset = Deliveries.thenReset(new ByteArrayInputStream(input));
        List<SourceRecord> read = new ArrayList<>();
        assertThatThrownBy(() -> DECODER.read(reset).records().forEach(read::add))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(read).hasSizeGreaterThanOrEqualTo(2);
        byte[] gzip = Deliveries.gzip(input);
        gzip[gzip.length - 5] ^= 1; // the checksum
        List<SourceRecord> records = Deliveries.records(DECODER.read(gzip));
        assertThat(Objects.requireNonNull(records.get(records.size() - 1).failure())
                        .reason())
                .isEqualTo(Reason.BAD_GZIP);
    }
}
