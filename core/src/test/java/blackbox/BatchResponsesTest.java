package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchResponsesTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private static String json(String singleQuoted) {
        return text(Records.json(singleQuoted));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    @Test
    void lambdaReceivesTheIdentifiersOfFailedRecords() {
        assertThat(text(BatchResponses.batchItemFailures(List.of()))).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(text(BatchResponses.batchItemFailures(List.of("1", "22"))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":\"22\"}]}");
    }

    @Test
    void anIdentifierThatSeveralRecordsShareIsNamedOnce() {
        List<@Nullable String> identifiers = Arrays.asList("m-2", "m-1", "m-2", null, "", "m-1", null);
        String expected = "[{'itemIdentifier':'m-2'},{'itemIdentifier':'m-1'},{'itemIdentifier':null},"
                + "{'itemIdentifier':''}]";
        assertThat(text(BatchResponses.batchItemFailures(identifiers)))
                .isEqualTo(json("{'batchItemFailures':" + expected + "}"));
        assertThat(text(BatchResponses.timeWindowResponse(Map.of(), identifiers)))
                .isEqualTo(json("{'state':{},'batchItemFailures':" + expected + "}"));
    }

    @Test
    void failedRecordsAreNamedByTheirIdentifiersWhetherTheyDecodeOrNot() {
        List<SourceRecord> records = records(Deliveries.base64(Records.json(Records.stream("INSERT", ""))), "e30=");
        assertThat(text(BatchResponses.batchItemFailuresOf(records)))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':'s-0'},{'itemIdentifier':'s-1'}]}"));
        assertThat(text(BatchResponses.batchItemFailuresOf(List.of(records.get(1), records.get(1)))))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':'s-1'}]}"));
        assertThat(text(BatchResponses.batchItemFailuresOf(List.of()))).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void aRecordOfKafkaIsNamedByItsPartitionAndOffset() {
        String element = "{'topic':'orders','partition':2,'offset':15,'timestamp':1545084650987,'value':'"
                + Deliveries.base64(Records.json(Records.kinesis("INSERT", ""))) + "'}";
        String batch = "{'eventSource':'aws:kafka','records':{'orders-2':[" + element + ","
                + element.replace("15", "16") + "],'orders-0':[" + element.replace(":2,", ":0,") + "]}}";
        List<SourceRecord> records = new ArrayList<>();
        Records.DECODER.read(Records.json(batch)).records().forEach(records::add);
        records.addAll(List.copyOf(records));
        assertThat(text(BatchResponses.batchItemFailuresOf(records)))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':{'partition':'orders-2','offset':15}},"
                        + "{'itemIdentifier':{'partition':'orders-2','offset':16}},"
                        + "{'itemIdentifier':{'partition':'orders-0','offset':15}}]}"));
    }

    @Test
    void aRecordOfKafkaInAnotherMessageIsNotNamedByItsOffset() {
        String batch = "{'records':{'orders-2':[{'topic':'orders','partition':2,'offset':15,'value':'"
                + Deliveries.base64(Records.json(Records.kinesis("INSERT", ""))) + "'}]}}";
        String event = "{'detail-type':'t','source':'s','detail':" + batch + "}";
        List<SourceRecord> records = new ArrayList<>();
        Records.DECODER.read(Records.json(event)).records().forEach(records::add);
        assertThat(records.get(0).streamOffset()).isEqualTo(15);
        assertThat(text(BatchResponses.batchItemFailuresOf(records)))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':null}]}"));
    }

    @Test
    void aFailedRecordWithoutIdentifierFailsTheBatch() {
        ChangeEventReader reader = Records.DECODER.read(Records.json(Records.kinesis("INSERT", "")));
        assertThat(text(BatchResponses.batchItemFailuresOf(
                        List.of(reader.records().iterator().next()))))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':null}]}"));
    }

    /** Returns the records of a batch of a trigger on Kinesis, with the sequence numbers s-0, s-1, … */
    private static List<SourceRecord> records(String... data) {
        StringJoiner elements = new StringJoiner(",", "{'Records':[", "]}");
        for (int i = 0; i < data.length; i++) {
            elements.add("{'kinesis':{'sequenceNumber':'s-" + i + "','data':'" + data[i] + "'}}");
        }
        List<SourceRecord> records = new ArrayList<>();
        Records.DECODER.read(Records.json(elements.toString())).records().forEach(records::add);
        return records;
    }

    @Test
    void anUnknownIdentifierIsNullWhichFailsTheBatch() {
        List<@Nullable String> identifiers = new ArrayList<>();
        identifiers.add("1");
        identifiers.add(null);
        assertThat(text(BatchResponses.batchItemFailures(identifiers)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"itemIdentifier\":null}]}");
    }

    @Test
    void theAnswerOfAWindowHoldsItsStateInOrderAndTheFailures() {
        Map<String, String> state = new LinkedHashMap<>();
        assertThat(text(BatchResponses.timeWindowResponse(state, List.of())))
                .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
        state.put("a \"b\"", "282");
        state.put("", "\u0001\\");
        assertThat(text(BatchResponses.timeWindowResponse(state, List.of("7"))))
                .isEqualTo("{\"state\":{\"a \\\"b\\\"\":\"282\",\"\":\"\\u0001\\\\\"},"
                        + "\"batchItemFailures\":[{\"itemIdentifier\":\"7\"}]}");
    }

    @Test
    void theStateOfAWindowReturnsUnchangedInTheNextInvocation() {
        Map<String, String> state = Map.of("count", "282", "é\"\\\n\t😀", "{\"N\":\"1\"}", "", "");
        String answer = text(BatchResponses.timeWindowResponse(state, List.of()));
        String next = "{\"Records\":[]," + answer.substring(1);
        ChangeEventReader reader = Records.DECODER.read(next.getBytes(UTF_8));
        assertThat(reader.records()).isEmpty();
        assertThat(reader.envelope().state()).isEqualTo(state);
    }

    @Test
    void theValuesOfAStateAreWrittenInTheirTypes() {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        state.put("text", "28\"2");
        state.put("true", true);
        state.put("null", null);
        state.put(
                "numbers", List.of((byte) -1, (short) 2, 3, 4L, new BigInteger("12345678901234567890"), 0.1f, -2.5e-7));
        state.put(
                "decimals",
                List.of(new BigDecimal("1E+3"), new BigDecimal("0.00"), new AtomicLong(7), Double.MAX_VALUE));
        state.put("map", new TreeMap<>(Map.of("b", List.of(), "a", Map.of("é", Set.of("x")))));
        assertThat(text(BatchResponses.timeWindowResponse(state, List.of())))
                .isEqualTo(json("{'state':{'text':'28\\\"2','true':true,'null':null,"
                        + "'numbers':[-1,2,3,4,12345678901234567890,0.1,-2.5E-7],"
                        + "'decimals':[1E+3,0.00,7,1.7976931348623157E308],"
                        + "'map':{'a':{'é':['x']},'b':[]}},'batchItemFailures':[]}"));
    }

    @Test
    void aStateOfTypedValuesParsesToTheSameValues() throws IOException {
        Map<String, Object> state =
                Map.of("count", 282, "mean", 0.25, "last", Map.of("keys", List.of("\u2028", "😀"), "no", Map.of()));
        JsonNode answer = JACKSON.readTree(BatchResponses.timeWindowResponse(state, List.of("7")));
        assertThat(JACKSON.convertValue(answer.get("state"), Object.class)).isEqualTo(state);
        assertThat(answer.at("/batchItemFailures/0/itemIdentifier").asText()).isEqualTo("7");
    }

    @Test
    void theItemOfAnEventCanBePartOfAState() {
        ChangeEvent event = Records.DECODER.decode(Records.json(
                Records.stream("INSERT", "'NewImage':{'n':{'N':'0100'},'s':{'SS':['x']},'no':{'NULL':true}}")));
        Map<String, ?> image = Objects.requireNonNull(event.newImage()).toMap();
        assertThat(text(BatchResponses.timeWindowResponse(Map.of("last", image), List.of())))
                .isEqualTo(json("{'state':{'last':{'n':100,'s':['x'],'no':null}},'batchItemFailures':[]}"));
    }

    @Test
    void aStateThatJsonCannotExpressIsRefused() {
        List<Object> refused = List.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                new DoubleAdderOf(Double.NaN),
                'c',
                Instant.EPOCH,
                new byte[] {1},
                new String[] {"a"},
                Optional.of("a"),
                "cut \uD83D",
                "\uDE00 cut",
                Map.of("\uD83D", "a"),
                Map.of(1, "a"),
                List.of(Map.of(new Object(), "a")));
        for (Object value : refused) {
            for (Map<String, ?> state : List.of(Map.of("a", value), Map.of("a", List.of(value)))) {
                assertThatIllegalArgumentException()
                        .as(value.getClass().getName())
                        .isThrownBy(() -> BatchResponses.timeWindowResponse(state, List.of()));
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("secret", Instant.EPOCH), List.of()))
                .withMessage("a value of java.time.Instant, which is not a String, Number, Boolean, Map or Collection");
        Number withoutText = new DoubleAdderOf(1) {
            private static final long serialVersionUID = 1L;

            @Override
            @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // a number of a careless class
            public String toString() {
                return null;
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("a", withoutText), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("secret", Double.NaN), List.of()))
                .withMessage("a number that JSON cannot express");
    }

    /** A Number of neither java.lang nor java.math, whose text may be anything. */
    private static class DoubleAdderOf extends DoubleAdder {
        private static final long serialVersionUID = 1L;

        DoubleAdderOf(double sum) {
            add(sum);
        }
    }

    @Test
    void aStateHas64LevelsAtMostWhichAlsoEndsOneThatContainsItself() {
        Object value = "leaf";
        for (int level = 2; level <= 64; level++) {
            value = level % 2 == 0 ? List.of(value) : Map.of("m", value);
        }
        Object deepest = value;
        assertThat(text(BatchResponses.timeWindowResponse(Map.of("a", deepest), List.of())))
                .contains("\"leaf\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("a", List.of(deepest)), List.of()))
                .withMessage("more than 64 levels, or a value that contains itself");
        Map<String, Object> circle = new HashMap<>();
        circle.put("a", List.of(circle));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(circle, List.of()))
                .withMessage("more than 64 levels, or a value that contains itself");
    }

    @Test
    void aStateThatContainsAnotherCollectionManyTimesIsRefusedBeforeItFillsTheMemory() {
        Object value = List.of();
        for (int level = 2; level <= 60; level++) {
            value = List.of(value, value);
        }
        Map<String, Object> state = Map.of("a", value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(state, List.of()))
                .withMessage("more than the 6 MB that Lambda accepts in an answer");
    }

    @Test
    void theAnswerOfAWindowHasAtMost6MebibytesInUtf8() {
        int around = BatchResponses.timeWindowResponse(Map.of("a", ""), List.of("7")).length;
        int most = 6_291_456 - around;
        for (String last : List.of("x", "é", "\u2028", "😀", "\"")) {
            int bytes = last.equals("\"") ? 2 : last.getBytes(UTF_8).length;
            String longest = "x".repeat(most - bytes) + last;
            assertThat(BatchResponses.timeWindowResponse(Map.of("a", longest), List.of("7")))
                    .hasSize(6_291_456);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("a", longest), List.of("72")))
                    .withMessage("more than the 6 MB that Lambda accepts in an answer");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("a", "x" + longest), List.of("7")));
        }
        String twoBytesEach = "é".repeat(most / 2 + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of("a", twoBytesEach), List.of("7")));
    }

    @Test
    void anErrorMessageIsCutToWhatFirehoseAccepts() throws IOException {
        String longest = "x".repeat(8191) + "é";
        for (String end : List.of("", "y", "😀", "é".repeat(100_000))) {
            assertThat(errorMessage(longest + end)).isEqualTo(longest);
        }
        assertThat(errorMessage("x".repeat(8191) + "😀")).isEqualTo("x".repeat(8191)); // not half a character
        assertThat(errorMessage("x".repeat(8190) + "😀z")).isEqualTo("x".repeat(8190) + "😀");
        assertThat(errorMessage("")).isEmpty();
    }

    private static String errorMessage(String errorMessage) throws IOException {
        JsonNode answer = JACKSON.readTree(BatchResponses.firehoseFailure("r-1", Instant.EPOCH, errorMessage));
        return answer.get("errorMessage").textValue();
    }

    @Test
    void firehoseGetsItsRequestIdAndATimestampInMilliseconds() {
        Instant time = Instant.parse("2020-01-13T07:41:43.599Z");
        assertThat(text(BatchResponses.firehoseSuccess("r-1", time)))
                .isEqualTo("{\"requestId\":\"r-1\",\"timestamp\":1578901303599}");
        assertThat(text(BatchResponses.firehoseFailure("r-1", time, "no \"disk\"\n")))
                .isEqualTo("{\"requestId\":\"r-1\",\"timestamp\":1578901303599,"
                        + "\"errorMessage\":\"no \\\"disk\\\"\\n\"}");
    }

    @Test
    void aPairOfSurrogatesIsWrittenAsItsCharacterAndOneWithoutItsOtherHalfAsAnEscape() {
        assertThat(text(BatchResponses.batchItemFailures(List.of("😀\t\u0001", "\ude00\ud83d"))))
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':'😀\\t\\u0001'},"
                        + "{'itemIdentifier':'\\ude00\\ud83d'}]}"));
    }

    @Test
    void everyTextIsWrittenAsJsonThatParsesToTheSameText() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) {
            all.append((char) c);
        }
        all.append("😀");
        byte[] json = BatchResponses.batchItemFailures(List.of(all.toString()));
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            JsonToken token = parser.nextToken();
            while (token != JsonToken.VALUE_STRING) {
                token = parser.nextToken();
            }
            assertThat(parser.getText().contentEquals(all)).isTrue();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // as callers without a null checker may do
    void anArgumentThatIsNullIsNamed() {
        Instant now = Instant.EPOCH;
        Map<String, String> noName = new HashMap<>();
        noName.put(null, "1");
        List<SourceRecord> noRecord = new ArrayList<>();
        noRecord.add(null);
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.batchItemFailures(null))
                .withMessage("itemIdentifiers");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(null, List.of()))
                .withMessage("state");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.batchItemFailuresOf(null))
                .withMessage("failed");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.batchItemFailuresOf(noRecord))
                .withMessage("record");
        for (Map<String, ?> state : List.of(noName, Map.of("nested", List.of(noName)))) {
            assertThatNullPointerException()
                    .isThrownBy(() -> BatchResponses.timeWindowResponse(state, List.of()))
                    .withMessage("name in a map");
        }
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.timeWindowResponse(Map.of(), null))
                .withMessage("itemIdentifiers");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseSuccess(null, now))
                .withMessage("requestId");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseSuccess("r-1", null))
                .withMessage("timestamp");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseFailure(null, now, "no disk"))
                .withMessage("requestId");
        assertThatNullPointerException()
                .isThrownBy(() -> BatchResponses.firehoseFailure("r-1", now, null)) // not a success either
                .withMessage("errorMessage");
    }
}
