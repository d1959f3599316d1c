package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.BatchResponses;
import io.github.dynamodbcdc.FirehoseTransformResponse;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FirehoseTransformResponseTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final byte[] LINE = "{}\n".getBytes(UTF_8);

    /** Returns records whose elements have these recordIds. A repeated id is one element with several. */
    private static List<SourceRecord> records(String... recordIds) {
        String data = Deliveries.base64(Records.json(Records.kinesis("INSERT", "")));
        List<SourceRecord> records = new ArrayList<>();
        for (String id : recordIds) {
            String delivery = "{'invocationId':'i-1','records':[{'recordId':'" + id + "','data':'" + data + "'}]}";
            Records.DECODER.read(Records.json(delivery)).records().forEach(records::add);
        }
        return records;
    }

    private static SourceRecord record(String recordId) {
        return records(recordId).get(0);
    }

    /** Returns the answer, whose length is as announced, with single quotes. */
    private static String text(FirehoseTransformResponse response) {
        byte[] json = response.toBytes();
        assertThat(response.size()).isEqualTo(json.length);
        assertThat(response.toBytes()).isEqualTo(json);
        return new String(json, UTF_8).replace('"', '\'');
    }

    /** A record that was refused must not be answered as dropped. */
    @Test
    void keysThatAreTooLongChangeNothing() {
        FirehoseTransformResponse response = BatchResponses.transform().ok(record("a"), LINE);
        String before = text(response);
        Map<String, String> keys = Map.of("k", "x".repeat(7_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> response.ok(record("b"), LINE, keys));
        assertThat(text(response)).isEqualTo(before);
    }

    @Test
    void theKeysHaveAtMost6MebibytesAsJsonInUtf8() {
        FirehoseTransformResponse response = BatchResponses.transform();
        String longest = "x" + "é".repeat(6_291_456 / 2 - 5); // with {"k":""}, 6,291,455 bytes
        assertThat(response.ok(record("a"), LINE, Map.of("k", longest + "y")).size())
                .isGreaterThan(6_291_456);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> response.ok(record("b"), LINE, Map.of("k", longest + "yz")));
    }

    @Test
    void everyRecordHasItsResultInTheOrderOfTheDelivery() {
        List<SourceRecord> records = records("49-a", "49-b", "49-c", "49-d");
        FirehoseTransformResponse response = BatchResponses.transform();
        assertThat(text(response)).isEqualTo("{'records':[]}");
        response.ok(records.get(0), LINE)
                .dropped(records.get(1))
                .failed(records.get(2))
                .ok(records.get(3), new byte[0]);
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'49-a','result':'Ok','data':'e30K'},"
                        + "{'recordId':'49-b','result':'Dropped'},"
                        + "{'recordId':'49-c','result':'ProcessingFailed'},"
                        + "{'recordId':'49-d','result':'Ok','data':''}]}");
    }

    @Test
    void aStreamFromKafkaIsAnsweredInItsOwnMember() {
        FirehoseTransformResponse response = BatchResponses.transformOfKafka()
                .ok(record("1"), LINE)
                .dropped(record("2"))
                .ok(record("3"), LINE, Map.of("k", "v"));
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'Ok','kafkaRecordValue':'e30K'},"
                        + "{'recordId':'2','result':'Dropped'},"
                        + "{'recordId':'3','result':'Ok','kafkaRecordValue':'e30K',"
                        + "'metadata':{'partitionKeys':{'k':'v'}}}]}");
    }

    @Test
    void partitionKeysAreWrittenInTheirOrderAndEmptyOnesAreNot() {
        Map<String, String> keys = new TreeMap<>(Map.of("table", "orders", "date", "2024-06-22", "é\\", "\u0001"));
        FirehoseTransformResponse response =
                BatchResponses.transform().ok(record("1"), LINE, keys).ok(record("2"), LINE, Map.of());
        keys.clear(); // a copy was taken
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'Ok','data':'e30K','metadata':{'partitionKeys':"
                        + "{'date':'2024-06-22','table':'orders','é\\\\':'\\u0001'}}},"
                        + "{'recordId':'2','result':'Ok','data':'e30K'}]}");
    }

    @Test
    void theDataOfRecordsThatShareAnElementIsAppendedInOrder() {
        FirehoseTransformResponse response = BatchResponses.transform()
                .ok(record("1"), new byte[] {'a'}, Map.of("k", "v"))
                .ok(record("2"), new byte[] {'x'})
                .dropped(record("1"))
                .ok(record("1"), new byte[] {'b', 'c', 'd'}, Map.of("k", "v"));
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'Ok','data':'"
                        + Deliveries.base64("abcd".getBytes(UTF_8)) + "','metadata':{'partitionKeys':{'k':'v'}}},"
                        + "{'recordId':'2','result':'Ok','data':'eA=='}]}");
    }

    @Test
    void anElementIsDroppedOnlyIfAllItsRecordsAre() {
        FirehoseTransformResponse response = BatchResponses.transform()
                .dropped(record("1"))
                .dropped(record("1"))
                .dropped(record("2"))
                .ok(record("2"), LINE);
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'Dropped'},"
                        + "{'recordId':'2','result':'Ok','data':'e30K'}]}");
    }

    @Test
    void aRecordThatFailsFailsItsElementWhateverElseIsInIt() {
        FirehoseTransformResponse response = BatchResponses.transform()
                .ok(record("1"), LINE, Map.of("k", "v"))
                .failed(record("1"))
                .failed(record("2"))
                .ok(record("2"), LINE)
                .dropped(record("2"));
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'ProcessingFailed'},"
                        + "{'recordId':'2','result':'ProcessingFailed'}]}");
    }

    @Test
    void anElementWithTwoSetsOfPartitionKeysFails() {
        FirehoseTransformResponse response = BatchResponses.transform()
                .ok(record("1"), LINE, Map.of("k", "v"))
                .ok(record("1"), LINE, Map.of("k", "w"))
                .ok(record("2"), LINE)
                .ok(record("2"), LINE, Map.of("k", "v"));
        assertThat(text(response))
                .isEqualTo("{'records':[{'recordId':'1','result':'ProcessingFailed'},"
                        + "{'recordId':'2','result':'ProcessingFailed'}]}");
    }

    @Test
    void theDataIsCopied() {
        byte[] data = LINE.clone();
        FirehoseTransformResponse response = BatchResponses.transform().ok(record("1"), data);
        data[0] = 'x';
        assertThat(text(response)).contains("'e30K'");
    }

    @Test
    void failingARecordMakesRoomInAnAnswerThatIsTooLong() {
        FirehoseTransformResponse response = BatchResponses.transform().ok(record("1"), LINE);
        long before = response.size();
        SourceRecord large = record("2");
        response.ok(large, new byte[3_000_000]);
        assertThat(response.size()).isBetween(before + 4_000_000, before + 4_000_100);
        response.failed(large);
        assertThat(response.size()).isBetween(before, before + 100);
        assertThat(text(response)).endsWith("{'recordId':'2','result':'ProcessingFailed'}]}");
    }

    @Test
    void aRecordThatNoTransformSentIsRefused() {
        List<SourceRecord> others = new ArrayList<>();
        Stream.of(
                        Records.kinesis("INSERT", ""),
                        "{'requestId':'r-1','records':[{'data':'e30='}]}",
                        "{'Records':[{'kinesis':{'data':'e30=','sequenceNumber':'1'}}]}")
                .forEach(json ->
                        Records.DECODER.read(Records.json(json)).records().forEach(others::add));
        assertThat(others).hasSize(3).allSatisfy(other -> {
            FirehoseTransformResponse response = BatchResponses.transform();
            assertThatIllegalArgumentException().isThrownBy(() -> response.ok(other, LINE));
            assertThatIllegalArgumentException().isThrownBy(() -> response.dropped(other));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> response.failed(other))
                    .withMessage("the record has no recordId: a Firehose transform did not send it");
            assertThat(text(response)).isEqualTo("{'records':[]}");
        });
    }

    @Test
    @SuppressWarnings("NullAway") // as callers without a null checker may do
    void anArgumentThatIsNullIsNamedAndNothingIsAdded() {
        FirehoseTransformResponse response = BatchResponses.transform();
        SourceRecord record = record("1");
        Map<String, String> noValue = new HashMap<>();
        noValue.put("k", null);
        Map<String, String> noName = new HashMap<>();
        noName.put(null, "v");
        assertThatNullPointerException()
                .isThrownBy(() -> response.ok(null, LINE))
                .withMessage("record");
        assertThatNullPointerException()
                .isThrownBy(() -> response.dropped(null))
                .withMessage("record");
        assertThatNullPointerException().isThrownBy(() -> response.failed(null)).withMessage("record");
        assertThatNullPointerException()
                .isThrownBy(() -> response.ok(record, null))
                .withMessage("data");
        assertThatNullPointerException()
                .isThrownBy(() -> response.ok(record, LINE, null))
                .withMessage("partitionKeys");
        assertThatNullPointerException()
                .isThrownBy(() -> response.ok(record, LINE, noValue))
                .withMessage("value of a key");
        assertThatNullPointerException()
                .isThrownBy(() -> response.ok(record, LINE, noName))
                .withMessage("name of a key");
        assertThat(text(response)).isEqualTo("{'records':[]}");
    }

    /** Whatever is answered, the answer has each recordId of the delivery once, and parses. */
    @Property(tries = 200)
    void anyAnswerNamesEachRecordIdOnce(
            @ForAll @Size(max = 20) List<@IntRange(max = 4) Integer> calls,
            @ForAll @Size(min = 1, max = 5) List<byte[]> data,
            @ForAll List<String> ids)
            throws IOException {
        FirehoseTransformResponse response = BatchResponses.transform();
        Map<String, Boolean> expected = new TreeMap<>();
        for (int i = 0; i < calls.size(); i++) {
            String id = "id-" + i % 7;
            SourceRecord record = record(id);
            byte[] bytes = data.get(i % data.size());
            switch (calls.get(i)) {
                case 0 -> response.failed(record);
                case 1 -> response.dropped(record);
                case 2 -> response.ok(record, bytes);
                default -> response.ok(record, bytes, ids.isEmpty() ? Map.of() : Map.of(ids.get(i % ids.size()), "v"));
            }
            expected.put(id, expected.getOrDefault(id, false) || calls.get(i) == 0);
        }
        byte[] json = response.toBytes();
        assertThat(response.size()).isEqualTo(json.length);
        JsonNode results = JACKSON.readTree(json).get("records");
        assertThat(results).hasSize(expected.size());
        for (JsonNode result : results) {
            Boolean failed = expected.remove(result.get("recordId").textValue());
            assertThat(failed).isNotNull();
            String status = result.get("result").textValue();
            assertThat(status).isIn("Ok", "Dropped", "ProcessingFailed");
            assertThat(result.has("data")).isEqualTo(status.equals("Ok"));
            if (failed) {
                assertThat(status).isEqualTo("ProcessingFailed");
            }
        }
    }
}
