package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fixtures.Deliveries;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reference.SharedData;

/** Every sample payload gives the events it contains, or fails clearly and gives none. */
class ReaderSamplesTest {
    private static final Set<String> CHANGES =
            Set.of("kinesis", "getrecords", "lambda-ddb", "lambda-kinesis", "pipes", "export");

    /** Recorded, with the text "datetime" in place of each time. */
    private static final Set<String> WITHOUT_TIMES = Set.of(
            "localstack-awsvalidated-batch-write-items-streaming.json",
            "localstack-awsvalidated-dynamodb-stream-records-with-update-item.json",
            "localstack-awsvalidated-dynamodb-stream-stream-view-type.json",
            "localstack-awsvalidated-transact-write-items-streaming-for-different-tables.json",
            "localstack-awsvalidated-transact-write-items-streaming.json");

    /** Payloads without a change, and the text of the first failure. */
    private static final Map<String, Reason> REFUSED = Map.ofEntries(
            Map.entry("export/incremental-missing-keys.json", Reason.NOT_AN_EVENT),
            Map.entry("export/incremental-missing-metadata.json", Reason.MISSING_FIELD),
            Map.entry(
                    "lambda-ddb/localstack-awsvalidated-dynamodb-event-filter-numeric-filter.json",
                    Reason.NOT_AN_EVENT),
            Map.entry("lambda-ddb/localstack-awsvalidated-dynamodb-event-source-mapping.json", Reason.NOT_AN_EVENT),
            Map.entry(
                    "lambda-ddb/localstack-awsvalidated-dynamodb-report-batch-item-failures.json", Reason.NOT_AN_EVENT),
            Map.entry("lambda-kinesis/java-libs-kinesis-event.json", Reason.UNEXPECTED_BYTE),
            Map.entry("lambda-kinesis/java-libs-kinesis-time-window.json", Reason.UNEXPECTED_BYTE),
            Map.entry("lambda-kinesis/bref-kinesis.json", Reason.NOT_AN_EVENT),
            Map.entry("lambda-kinesis/go-kinesis-event.json", Reason.UNEXPECTED_BYTE),
            Map.entry("lambda-kinesis/rust-kinesis-encrypted.json", Reason.UNEXPECTED_BYTE),
            Map.entry("firehose/powertools-py-firehose-kinesis.json", Reason.UNEXPECTED_BYTE),
            Map.entry("firehose/powertools-py-firehose-put.json", Reason.UNEXPECTED_BYTE),
            Map.entry("firehose/rust-firehose-event.json", Reason.UNEXPECTED_BYTE),
            Map.entry("firehose/rust-firehose-response.json", Reason.UNEXPECTED_BYTE),
            Map.entry("firehose/sam-cli-firehose-streams-as-source.json", Reason.BAD_BASE64),
            Map.entry("kafka/java-libs-kafka-event.json", Reason.UNEXPECTED_BYTE),
            Map.entry("kafka/go-kafka-event.json", Reason.TRAILING_DATA),
            Map.entry("kafka/java-libs-msk-firehose-event.json", Reason.NOT_AN_EVENT),
            Map.entry("kafka/trustpilot-connect-value.json", Reason.NOT_AN_EVENT),
            Map.entry("kafka/trustpilot-connect-tombstone.json", Reason.NOT_AN_EVENT),
            Map.entry("kpl/kinesis-aggregation-kpl-lambda-event.json", Reason.AGGREGATED));

    private static final String BROKEN = "go-dynamodb-event-malformed-2.json";

    @TestFactory
    Stream<DynamicTest> everySampleGivesItsEventsOrFailsClearly() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(SharedData.requireOrSkip("events", "samples"))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(50);
        return files.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> check(file)));
    }

    private static String name(Path file) {
        return file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
    }

    private static void check(Path file) throws IOException {
        byte[] payload = Files.readAllBytes(file);
        List<SourceRecord> records = Deliveries.read(payload);
        assertThat(records).isNotEmpty();
        Reason refusal = REFUSED.get(name(file));
        if (refusal != null) {
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.result().event()).isNull());
            assertThat(failure(records.get(0)).reason()).isEqualTo(refusal);
        } else if (file.endsWith(BROKEN)) {
            SourceRecord last = records.get(records.size() - 1);
            assertThat(last.isTerminal()).isTrue();
            assertThat(failure(last).reason()).isEqualTo(Reason.END_OF_INPUT);
        } else {
            assertThat(CHANGES).contains(file.getName(file.getNameCount() - 2).toString());
            assertThat(records).hasSize(held(payload));
            boolean isTimeless = WITHOUT_TIMES.contains(file.getFileName().toString());
            for (SourceRecord record : records) {
                assertThat(record.isTerminal()).isFalse();
                if (isTimeless) {
                    assertThat(failure(record).reason()).isEqualTo(Reason.BAD_TIME);
                    assertThat(record.itemIdentifier()).isNotNull();
                } else {
                    assertThat(record.result().failure()).isNull();
                }
            }
        }
    }

    private static DecodeException failure(SourceRecord record) {
        DecodeException failure = record.result().failure();
        if (failure == null) {
            throw new AssertionError(record + " did not fail");
        }
        return failure;
    }

    /**
     * Returns the number of elements of the top-level array or of an array Records in it, or 1 for any other object.
     */
    private static int held(byte[] payload) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(new String(payload, UTF_8))) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                return elements(parser);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("Records")) {
                    return elements(parser);
                }
                parser.skipChildren();
            }
        }
        return 1;
    }

    private static int elements(JsonParser parser) throws IOException {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        return count;
    }
}
