package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import fixture.ReadmeExample;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pinot.segment.local.utils.SchemaUtils;
import org.apache.pinot.segment.local.utils.TableConfigUtils;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;

/** The guide's table for events of DynamoDB Streams, whose times are in whole seconds. */
class SequenceNumberTest {
    private static final long SECOND = 1_719_039_879;

    /** The next number has one more digit, and is the same double: neither texts nor doubles sort the two. */
    private static final BigInteger FIRST = new BigInteger("99999999999999999999");

    private static final String ROWS = "SELECT order_id, status FROM orders ORDER BY order_id LIMIT 100";

    /** Returns the README's schema with the column that the guide adds. */
    private static Schema schema() throws Exception {
        String column = guide("dimensionFieldSpecs");
        Schema readme = ReadmeExample.named("orders").schema();
        String json = readme.toSingleLineJsonString();
        return Schema.fromString(json.replace("\"dimensionFieldSpecs\":[", "\"dimensionFieldSpecs\":[" + column + ","));
    }

    /** Returns the README's table config with the comparison column of the guide, or of the README. */
    private static TableConfig table(boolean bySequence) throws Exception {
        TableConfig table = ReadmeExample.named("orders").table();
        if (bySequence) {
            String columns = guide("comparisonColumns");
            assertThat(columns).isEqualTo("\"SequenceNumber\"");
            Objects.requireNonNull(table.getUpsertConfig())
                    .setComparisonColumns(List.of(JsonUtils.stringToObject(columns, String.class)));
        }
        return table;
    }

    /** Returns what the guide writes in the array of this name. */
    private static String guide(String array) {
        List<MatchResult> found = Pattern.compile("`\"" + array + "\": \\[(?:…, )?(.*?)\\]`", Pattern.DOTALL)
                .matcher(ReadmeExample.page("docs/tables.md").replace('\n', ' '))
                .results()
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0).group(1);
    }

    private static Change change(String eventName, String id, BigInteger number) {
        return Change.of(eventName)
                .keys("\"order_id\":{\"S\":\"" + id + "\"}")
                .at(SECOND)
                .sequenceNumber(number.toString());
    }

    private static byte[] written(String id, String status, BigInteger number) {
        return change("MODIFY", id, number)
                .newImage("\"status\":{\"S\":\"" + status + "\"}")
                .bytes();
    }

    private static byte[] removed(String id, BigInteger number) {
        return change("REMOVE", id, number).bytes();
    }

    private static BigInteger after(long changes) {
        return FIRST.add(BigInteger.valueOf(changes));
    }

    /** Returns the rows after messages that must all be indexed. */
    private static List<String> rows(boolean bySequence, byte[]... messages) throws Exception {
        try (PinotTable pinot = PinotTable.open(table(bySequence), schema())) {
            for (byte[] message : messages) {
                assertThat(pinot.consume(message)).isEqualTo(Outcome.INDEXED);
            }
            return Rows.texts(pinot.query(ROWS));
        }
    }

    @Test
    void theTableIsOneThatPinotAccepts() throws Exception {
        SchemaUtils.validate(schema());
        TableConfigUtils.validate(table(true), schema());
    }

    @Test
    void twoChangesInTheSameSecondAreOrderedByTheirNumberAndNotByArrival() throws Exception {
        byte[] older = written("a", "older", FIRST);
        byte[] newer = written("a", "newer", after(1)); // one more digit, and the same double

        assertThat(rows(true, older, newer)).containsExactly("a newer");
        assertThat(rows(true, newer, older)).containsExactly("a newer");
        assertThat(rows(true, newer, removed("a", FIRST))).containsExactly("a newer");
        assertThat(rows(true, removed("a", after(1)), older)).isEmpty();
        assertThat(rows(false, newer, older)).as("by time").containsExactly("a older");
    }

    @Test
    void aLineOfAFullExportLosesToEveryChangeAndAnEventOfKinesisIsRefused() throws Exception {
        byte[] exported = "{\"Item\":{\"order_id\":{\"S\":\"a\"},\"status\":{\"S\":\"old\"}}}".getBytes(UTF_8);
        TableConfig table =
                TestTables.onMemoryStream(table(true), Map.of("dynamodb.snapshotTime", "2024-06-22T07:04:38Z"));
        try (PinotTable pinot = PinotTable.open(table, schema())) {
            assertThat(pinot.consume(exported)).isEqualTo(Outcome.INDEXED);
            assertThat(Rows.texts(pinot.query(ROWS))).containsExactly("a old");

            assertThat(pinot.consume(written("a", "new", FIRST))).isEqualTo(Outcome.INDEXED);
            assertThat(pinot.consume(exported)).isEqualTo(Outcome.INDEXED);
            assertThat(Rows.texts(pinot.query(ROWS))).containsExactly("a new");

            Outcome kinesis = pinot.consume(Change.kinesis("MODIFY")
                    .keys("\"order_id\":{\"S\":\"a\"}")
                    .at(SECOND * 1_000_000)
                    .newImage("")
                    .bytes());
            assertThat(kinesis.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(kinesis.failure()).hasStackTraceContaining("the event has no SequenceNumber");
        }
    }

    /** It may be newer than the rows of the table, and has no number that says so. */
    @Test
    void aLineOfAnIncrementalExportIsRefused() throws Exception {
        byte[] exported = ("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1719039879869591\"}},"
                        + "\"Keys\":{\"order_id\":{\"S\":\"a\"}},"
                        + "\"NewImage\":{\"order_id\":{\"S\":\"a\"},\"status\":{\"S\":\"old\"}}}")
                .getBytes(UTF_8);
        try (PinotTable pinot = PinotTable.open(TestTables.onMemoryStream(table(true), Map.of()), schema())) {
            Outcome outcome = pinot.consume(exported);

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure())
                    .hasStackTraceContaining("a line of an incremental export has no SequenceNumber")
                    .hasStackTraceContaining("compares by the time of the change");
        }
    }

    /** Segments are built and loaded again, which compares numbers that are read from files. */
    @Test
    void builtSegmentsAndARestartKeepTheOrder() throws Exception {
        Random random = new Random(7);
        List<byte[]> messages = new ArrayList<>();
        Map<String, String> truth = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            String id = "o-" + (10 + random.nextInt(20));
            boolean removes = random.nextInt(4) == 0;
            messages.add(removes ? removed(id, after(i)) : written(id, "s" + i, after(i)));
            if (removes) {
                truth.remove(id);
            } else {
                truth.put(id, "s" + i);
            }
        }
        Collections.shuffle(messages, random);
        List<String> expected = new ArrayList<>();
        new TreeSet<>(truth.keySet()).forEach(id -> expected.add(id + " " + truth.get(id)));

        TableConfig table = TestTables.onMemoryStream(table(true), Map.of());
        try (MemoryStream stream = MemoryStream.open("orders-changes", List.of(messages));
                PinotServer server = PinotServer.start(table, schema(), stream, 90)) {
            stream.release(1);
            server.awaitEnd();
            assertThat(server.builtSegments()).isGreaterThan(2);
            assertThat(Rows.texts(server.query(ROWS))).isEqualTo(expected);

            server.restart();
            server.awaitEnd();
            assertThat(Rows.texts(server.query(ROWS))).isEqualTo(expected);
        }
    }
}
