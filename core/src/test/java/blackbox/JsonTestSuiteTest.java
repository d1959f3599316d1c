package blackbox;

import static fixtures.Records.around;
import static fixtures.Records.json;
import static fixtures.Refusals.NOT_JSON;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.SharedData;

/** JSONTestSuite, as the whole payload and as a skipped member. */
class JsonTestSuiteTest {
    /** Before, inside and after {@code dynamodb}; the skipped member replaces the mark. */
    private static final List<String> PLACES = List.of(
            "{'eventID':'1','x':«,'eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}},'NewImage':{}}}",
            "{'eventID':'1','eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}},'x':«,'NewImage':{}}}",
            "{'eventID':'1','eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}},'NewImage':{}},'x':«}");

    /** A member of an envelope: before and after the records, and in an object. */
    private static final List<String> PLACES_IN_ENVELOPES = List.of(
            "{'x':«,'Records':[" + Records.change("INSERT", "") + "]}",
            "{'Records':[" + Records.change("INSERT", "") + "],'x':«}",
            "{'records':[{'data':'" + Deliveries.base64(json(Records.change("INSERT", "")))
                    + "','recordId':'1'}],'x':{'a':1,'b':«},'invocationId':'i'}");

    /**
     * The library's decision where the standard leaves one, for a whole payload and for a skipped member. Null means
     * accepted.
     */
    private record Decision(Reason whole, @Nullable Reason skipped) {
        /** Valid JSON, even where a parser that converts it fails. */
        static final Decision SOUND = new Decision(Reason.NOT_AN_EVENT, null);

        static Decision refused(Reason reason) {
            return new Decision(reason, reason);
        }
    }

    private static final Map<String, Decision> DECISIONS = decisions();

    private static Map<String, Decision> decisions() {
        Map<String, Decision> decisions = new TreeMap<>();
        // A skipped number is not converted, so it cannot be too large.
        for (String number : List.of(
                "double_huge_neg_exp",
                "huge_exp",
                "neg_int_huge_exp",
                "pos_double_huge_exp",
                "real_neg_overflow",
                "real_pos_overflow",
                "real_underflow",
                "too_big_neg_int",
                "too_big_pos_int",
                "very_big_negative_int")) {
            decisions.put("i_number_" + number, Decision.SOUND);
        }
        // An unpaired surrogate escape is not a character.
        for (String text : List.of(
                "object_key_lone_2nd_surrogate",
                "string_1st_surrogate_but_2nd_missing",
                "string_1st_valid_surrogate_2nd_invalid",
                "string_incomplete_surrogate_and_escape_valid",
                "string_incomplete_surrogate_pair",
                "string_incomplete_surrogates_escape_valid",
                "string_invalid_lonely_surrogate",
                "string_invalid_surrogate",
                "string_inverted_surrogates_U+1D11E",
                "string_lone_second_surrogate")) {
            decisions.put("i_" + text, Decision.refused(Reason.LONE_SURROGATE));
        }
        for (String text : List.of(
                "UTF-8_invalid_sequence",
                "UTF8_surrogate_U+D800",
                "invalid_utf-8",
                "iso_latin_1",
                "lone_utf8_continuation_byte",
                "not_in_unicode_range",
                "overlong_sequence_2_bytes",
                "overlong_sequence_6_bytes",
                "overlong_sequence_6_bytes_null",
                "truncated-utf-8")) {
            decisions.put("i_string_" + text, Decision.refused(Reason.BAD_UTF8));
        }
        // JSON between systems is UTF-8 (RFC 8259, section 8.1).
        for (String text : List.of("UTF-16LE_with_BOM", "utf16BE_no_BOM", "utf16LE_no_BOM")) {
            decisions.put("i_string_" + text, Decision.refused(Reason.UNEXPECTED_BYTE));
        }
        // A byte order mark is skipped at the beginning of a record only.
        decisions.put("i_structure_UTF-8_BOM_empty_object", new Decision(Reason.NOT_AN_EVENT, Reason.UNEXPECTED_BYTE));
        decisions.put("i_structure_500_nested_arrays", Decision.refused(Reason.DEPTH_LIMIT));
        return decisions;
    }

    @Test
    void theSuiteIsComplete() throws IOException {
        assertThat(files("y_")).hasSize(95);
        assertThat(files("n_")).hasSize(188);
        assertThat(files("i_").stream().map(JsonTestSuiteTest::name)).containsExactlyElementsOf(DECISIONS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> validJsonThatIsNotAnEventIsDistinguishedFromInvalidJson() throws IOException {
        return tests("y_", (file, text) -> {
            DecodeException failure = Refusals.refusal(text);
            assertThat(failure.reason()).isEqualTo(Reason.NOT_AN_EVENT);
        });
    }

    @TestFactory
    Stream<DynamicTest> invalidJsonIsRefusedAsSuch() throws IOException {
        return tests("n_", (file, text) -> assertNotJson(text));
    }

    @TestFactory
    Stream<DynamicTest> validJsonInASkippedMemberDoesNotAffectTheEvent() throws IOException {
        return tests("y_", (file, text) -> {
            for (String place : PLACES) {
                assertUntouchedBy(place, text);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> invalidJsonInASkippedMemberRefusesTheRecord() throws IOException {
        return tests("n_", (file, text) -> {
            for (String place : PLACES) {
                assertNotJson(record(place, text));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> casesThatTheStandardLeavesOpenAreDecided() throws IOException {
        return tests("i_", (file, text) -> {
            Decision decision = DECISIONS.get(name(file));
            assertThat(decision).as("a decision for " + file.getFileName()).isNotNull();
            if (decision == null) {
                return;
            }
            assertThat(Refusals.refusal(text).reason()).isEqualTo(decision.whole());
            for (String place : PLACES) {
                if (decision.skipped() == null) {
                    assertUntouchedBy(place, text);
                } else {
                    DecodeException failure = Refusals.refusal(record(place, text));
                    assertThat(failure.reason()).as(place).isEqualTo(decision.skipped());
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aSkippedMemberOfAnEnvelopeHasTheSameOutcomeAsThatOfARecord() throws IOException {
        return tests("", (file, text) -> {
            Decision decision = DECISIONS.get(name(file));
            boolean accepted = decision == null ? name(file).startsWith("y_") : decision.skipped() == null;
            DecodeResult ofRecord = Records.DECODER.tryDecode(record(PLACES.get(1), text));
            assertThat(ofRecord.failure() == null).isEqualTo(accepted);
            for (String place : PLACES_IN_ENVELOPES) {
                byte[] envelope = record(place, text);
                List<String> outcomes = outcomes(Records.DECODER.read(envelope));
                if (accepted) {
                    assertThat(outcomes).as(place).containsExactly("INSERT");
                } else if (name(file).equals("i_structure_500_nested_arrays")) {
                    // Over the limit of what may precede the records, within that of what may follow them.
                    assertThat(outcomes).as(place).last().asString().matches("INSERT|DEPTH_LIMIT \\d+");
                } else {
                    assertThat(outcomes).as(place).last().asString().endsWith(" terminal");
                }
                DecodeSession session = Records.DECODER.newSession();
                assertThat(outcomes(session.read(envelope))).as(place).isEqualTo(outcomes);
                for (int most : new int[] {1, 7, 100}) {
                    InputStream pieces = Deliveries.inPieces(envelope, most, new Random(most));
                    assertThat(outcomes(Records.DECODER.read(pieces))).as(place).isEqualTo(outcomes);
                }
            }
        });
    }

    /** Of a member after many records, only as much is in memory as has arrived. */
    @TestFactory
    Stream<DynamicTest> aMemberThatArrivesInPiecesHasTheOutcomeOfOneThatIsInMemory() throws IOException {
        byte[] before = json("{'Records':[" + Records.change("INSERT", "'x':'" + "y".repeat(100_000) + "'") + "],'x':");
        return tests("", (file, text) -> {
            byte[] rest = around("", text, ",'z':[1.5e+10,true]}");
            List<String> expected = outcomes(Records.DECODER.read(Records.concat(before, rest)));
            assertThat(expected).first().isEqualTo("INSERT");
            for (int most : new int[] {1, 7, 100}) {
                InputStream pieces = new SequenceInputStream(
                        new ByteArrayInputStream(before), Deliveries.inPieces(rest, most, new Random(most)));
                assertThat(outcomes(Records.DECODER.read(pieces))).isEqualTo(expected);
            }
        });
    }

    /** Returns the name of each event, or the reason and offset of the failure. */
    private static List<String> outcomes(ChangeEventReader reader) {
        List<String> outcomes = new ArrayList<>();
        reader.records().forEach(record -> {
            DecodeException failure = record.failure();
            outcomes.add(
                    failure == null
                            ? record.result().orElseThrow().eventName().name()
                            : failure.reason() + " " + failure.offset() + (record.isTerminal() ? " terminal" : ""));
        });
        return outcomes;
    }

    private static void assertNotJson(byte[] bytes) {
        assertThat(Refusals.refusal(bytes).reason())
                .satisfiesAnyOf(
                        reason -> assertThat(NOT_JSON).contains(reason),
                        reason -> assertThat(reason).isEqualTo(Reason.DEPTH_LIMIT));
    }

    private static void assertUntouchedBy(String place, byte[] skipped) {
        byte[] without = json(place.replace("'x':«,", "").replace(",'x':«", ""));
        ReferenceComparison.assertSame(
                new ReferenceDecoder().decode(without), Records.DECODER.decode(record(place, skipped)));
    }

    private static byte[] record(String place, byte[] skipped) {
        int mark = place.indexOf('«');
        return around(place.substring(0, mark), skipped, place.substring(mark + 1));
    }

    // ------------------------------------------------------------------------------------------------ the suite

    private interface FileTest {
        void accept(Path file, byte[] text) throws IOException;
    }

    private static Stream<DynamicTest> tests(String prefix, FileTest test) throws IOException {
        return files(prefix).stream()
                .map(file -> DynamicTest.dynamicTest(name(file), () -> test.accept(file, Files.readAllBytes(file))));
    }

    private static List<Path> files(String prefix) throws IOException {
        Path folder = SharedData.requireOrSkip("suites", "jsontestsuite");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).startsWith(prefix)).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    }
}
