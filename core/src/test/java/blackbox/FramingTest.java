package blackbox;

import static fixtures.EventText.describe;
import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static fixtures.Refusals.assertAt;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Refusals;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may surround a record, or appear in its place. */
class FramingTest {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final String RECORD = "{'dynamodb':{'Keys':{'k':{'S':'a'}}}}";

    private static void assertWhole(byte[] framed) {
        assertThat(describe(DECODER.decode(framed))).isEqualTo(describe(DECODER.decode(json(RECORD))));
    }

    @Test
    void oneLeadingByteOrderMarkIsSkipped() {
        assertWhole(concat(BOM, json(RECORD)));
        assertWhole(concat(BOM, json(" \n" + RECORD + "\n")));
    }

    @Test
    void aByteOrderMarkAnywhereElseIsNotJson() {
        assertAt(Refusals.refusal(concat(BOM, BOM, json(RECORD))), Reason.UNEXPECTED_BYTE, 3);
        assertAt(Refusals.refusal(concat(json(" "), BOM, json(RECORD))), Reason.UNEXPECTED_BYTE, 1);
        assertAt(Refusals.refusal(concat(json(RECORD), BOM)), Reason.TRAILING_DATA, json(RECORD).length);
        assertAt(Refusals.refusal(concat(json("{"), BOM, json("}"))), Reason.UNEXPECTED_BYTE, 1);
    }

    @Test
    void offsetsCountTheByteOrderMark() {
        assertAt(Refusals.refusal(concat(BOM, json("{'Item':5}"))), Reason.WRONG_TYPE, 3 + 8);
        assertAt(Refusals.refusal(concat(BOM, json(" {}"))), Reason.NOT_AN_EVENT, 3 + 1);
    }

    @Test
    void aLoneOrTruncatedByteOrderMarkIsNotARecord() {
        assertAt(Refusals.refusal(BOM), Reason.END_OF_INPUT, 3);
        for (int length = 1; length < BOM.length; length++) {
            DecodeException failure = Refusals.refusal(Arrays.copyOf(BOM, length));
            assertThat(Refusals.NOT_JSON).contains(failure.reason());
        }
        assertAt(
                Refusals.refusal(concat(new byte[] {(byte) 0xFF, (byte) 0xFE}, json(RECORD))),
                Reason.UNEXPECTED_BYTE,
                0);
    }

    @Test
    void whiteSpaceIsAllowedBetweenAllTokens() {
        String spaced = RECORD.replaceAll("([{}:,])", " \t\r\n$1\n\r\t ").replace("'k'", " 'k' ");
        assertWhole(json(spaced));
        assertWhole(json(" ".repeat(100_000) + RECORD + "\n".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1C, 0x1F, 0x7F, 0x80, 0x85, 0xA0, 0xFF})
    void onlyTheFourCharactersOfJsonAreWhiteSpace(int other) {
        byte[] space = {(byte) other};
        assertAt(Refusals.refusal(concat(space, json(RECORD))), Reason.UNEXPECTED_BYTE, 0);
        assertAt(Refusals.refusal(concat(json(RECORD), space)), Reason.TRAILING_DATA, json(RECORD).length);
        assertAt(Refusals.refusal(concat(json("{"), space, json("'Item':{}}"))), Reason.UNEXPECTED_BYTE, 1);
        assertAt(Refusals.refusal(concat(json("{'Item':"), space, json("{}}"))), Reason.UNEXPECTED_BYTE, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00A0", "\u2028", "\u3000", "\uFEFF"})
    void otherUnicodeWhiteSpaceIsRefused(String space) {
        if (space.equals(" ")) {
            assertWhole(json(space + RECORD + space));
        } else {
            assertFault(Reason.TRAILING_DATA, RECORD + "«" + space);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "}", "]", ",", "{", "0", "'a'", "{'dynamodb':{'Keys':{}}}", "\\n", "#", "//", "\0", "é"})
    void onlyWhiteSpaceMayFollowARecord(String trailing) {
        assertFault(Reason.TRAILING_DATA, RECORD + "«" + trailing);
        assertFault(Reason.TRAILING_DATA, RECORD + " \r\n\t«" + trailing);
        assertFault(Reason.TRAILING_DATA, "{'Item':{}}«" + trailing);
        assertFault(Reason.TRAILING_DATA, "{'x':1}«" + trailing);
        assertFault(Reason.TRAILING_DATA, "[]«" + trailing);
        assertFault(Reason.TRAILING_DATA, "null «" + trailing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", " \t\r\n "})
    void emptyInputIsNotARecord(String nothing) {
        assertFault(Reason.END_OF_INPUT, nothing + "«");
    }

    @Test
    void anEmptySliceIsNotARecord() {
        DecodeException failure = DECODER.tryDecode(json(RECORD), 5, 0).failure();
        assertThat(failure).isNotNull();
        if (failure != null) {
            assertAt(failure, Reason.END_OF_INPUT, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1F8B, COMPRESSED, gzip",
        "1F8B0800000000000003, COMPRESSED, gzip",
        "7801, COMPRESSED, zlib",
        "785E, COMPRESSED, zlib",
        "789C, COMPRESSED, zlib",
        "78DA, COMPRESSED, zlib",
        "28B52FFD, COMPRESSED, Zstandard",
        "F3899AC2, AGGREGATED, Kinesis Producer Library",
        "F3899AC20A0161, AGGREGATED, Kinesis Producer Library"
    })
    void compressedAndAggregatedDataAreNamed(String hex, Reason reason, String name) {
        byte[] data = HexFormat.of().parseHex(hex);
        DecodeException failure = Refusals.refusal(data);
        assertAt(failure, reason, 0);
        assertThat(failure).hasMessageContaining(name);
        DecodeException inSlice = DECODER.tryDecode(concat(json("{}"), data, json("{}")), 2, data.length)
                .failure();
        assertThat(inSlice).isNotNull().hasMessage(failure.getMessage());
    }

    @Test
    void dataCompressedByTheJdkIsNamed() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(json(RECORD));
        }
        assertAt(Refusals.refusal(gzip.toByteArray()), Reason.COMPRESSED, 0);
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(json(RECORD));
        }
        assertAt(Refusals.refusal(zlib.toByteArray()), Reason.COMPRESSED, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1F", "1F8A", "78", "7800", "7802", "28B52F", "28B52FFE", "F3899A", "F3899AC3", "8B1F"})
    void dataThatOnlyResemblesCompressedDataIsNotJson(String hex) {
        DecodeException failure = Refusals.refusal(HexFormat.of().parseHex(hex));
        assertAt(failure, Reason.UNEXPECTED_BYTE, 0);
    }

    @Test
    void compressedDataAfterARecordIsTrailingData() {
        byte[] following = concat(json(RECORD), new byte[] {0x1F, (byte) 0x8B});
        assertAt(Refusals.refusal(following), Reason.TRAILING_DATA, json(RECORD).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{'dynamodb':{'Keys':{}}}]",
                "{'Records':[{'dynamodb':{'Keys':{}}}]}",
                "{'Records':[{'kinesis':{'data':'e30='}}]}",
                "{'requestId':'r','timestamp':1,'records':[{'data':'e30='}]}",
                "{'invocationId':'i','deliveryStreamArn':'a','region':'r','records':[{'recordId':'1','data':'e30='}]}"
            })
    void anEnvelopeIsNotAnEventAndTheMessageNamesRead(String holder) {
        for (byte[] framed : List.of(json(holder), concat(BOM, json(holder)), json("\n" + holder + "\n"))) {
            DecodeException failure = Refusals.refusal(framed);
            assertThat(failure.reason()).isEqualTo(Reason.NOT_AN_EVENT);
            assertThat(failure).hasMessageContaining("read");
            assertThat((char) framed[(int) failure.offset()]).isEqualTo(holder.charAt(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1.5e3", "'text'", "''", "true", "false", "null"})
    void aScalarIsNotAnEvent(String scalar) {
        assertFault(Reason.NOT_AN_EVENT, " «" + scalar + " ");
    }
}
