package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import fixture.ReadmeExample;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pinot.spi.config.table.TableConfig;
import org.junit.jupiter.api.Test;

/** What the guide says about a stream whose shards were split, on the README's table in several partitions. */
class ReshardingTest {
    /** 2024-06-22T07:04:39Z in microseconds, when the shard was split. */
    private static final long SPLIT = 1_719_039_879_000_000L;

    private static final String EXPORTED = "2024-06-22T07:04:38Z";

    private static final String ROWS = "SELECT order_id, status FROM orders ORDER BY order_id, status LIMIT 100";

    /** The shard before the split. */
    private static final List<byte[]> PARENT = List.of(
            written("modified", "old", SPLIT - 6),
            written("removed", "old", SPLIT - 5),
            written("removed-twice", "old", SPLIT - 4),
            written("unchanged", "old", SPLIT - 3));

    private static byte[] written(String id, String status, long time) {
        return Change.kinesis(status.equals("old") ? "INSERT" : "MODIFY")
                .keys(key(id))
                .at(time)
                .newImage("\"status\":{\"S\":\"" + status + "\"}")
                .bytes();
    }

    private static byte[] removed(String id, long time) {
        return Change.kinesis("REMOVE").keys(key(id)).at(time).bytes();
    }

    private static byte[] exported(String id) {
        return ("{\"Item\":{" + key(id) + ",\"status\":{\"S\":\"old\"}}}").getBytes(UTF_8);
    }

    private static String key(String id) {
        return "\"order_id\":{\"S\":\"" + id + "\"}";
    }

    private interface Check {
        void on(PinotServer server) throws Exception;
    }

    private static void consume(Map<String, String> properties, List<List<byte[]>> partitions, Check check)
            throws Exception {
        ReadmeExample readme = ReadmeExample.named("orders");
        TableConfig table = TestTables.onMemoryStream(readme.table(), properties);
        try (MemoryStream stream = MemoryStream.open("orders-changes", partitions);
                PinotServer server = PinotServer.start(table, readme.schema(), stream, 100)) {
            stream.release(1);
            server.awaitEnd();
            check.on(server);
        }
    }

    private static List<String> rows(PinotServer server) {
        return Rows.texts(server.query(ROWS));
    }

    private static String queryOfTheGuide() {
        List<MatchResult> queries = Pattern.compile("(?s)```sql\\n(.*?)\\n```")
                .matcher(ReadmeExample.page("docs/resharding.md"))
                .results()
                .toList();
        assertThat(queries).hasSize(1);
        return queries.get(0).group(1);
    }

    @Test
    void afterASplitOldRowsStayAndADeletedItemKeepsItsRow() throws Exception {
        List<byte[]> children = List.of(
                written("modified", "new", SPLIT + 1),
                removed("removed", SPLIT + 2),
                removed("removed-twice", SPLIT + 3),
                written("removed-twice", "new", SPLIT + 4),
                removed("removed-twice", SPLIT + 5),
                written("later", "new", SPLIT + 6));

        consume(Map.of(), List.of(PARENT, children), server -> {
            List<String> rows = List.of(
                    "later new", "modified new", "modified old", "removed old", "removed-twice old", "unchanged old");
            assertThat(rows(server)).isEqualTo(rows);
            assertThat(Rows.texts(server.query(queryOfTheGuide()))).containsExactly("modified 2");

            server.restart();
            server.awaitEnd();
            assertThat(rows(server)).as("after the same stream is read again").isEqualTo(rows);
        });
    }

    @Test
    void theQueryListsEveryKeyWithTwoRows() throws Exception {
        List<String> keys = IntStream.range(10, 22).mapToObj(i -> "o-" + i).toList();
        List<byte[]> parent =
                keys.stream().map(key -> written(key, "old", SPLIT - 1)).toList();
        List<byte[]> child =
                keys.stream().map(key -> written(key, "new", SPLIT + 1)).toList();

        consume(
                Map.of(),
                List.of(parent, child),
                server -> assertThat(server.query(queryOfTheGuide()).getRows())
                        .map(row -> row[0])
                        .containsExactlyInAnyOrderElementsOf(keys));
    }

    @Test
    void inAStreamWhereEachItemStaysInOnePartitionAnExportAndTheChangesSinceRepairTheTable() throws Exception {
        List<byte[]> first = List.of(
                removed("removed", SPLIT + 2),
                exported("removed"),
                exported("unchanged"),
                written("later", "new", SPLIT + 6));
        List<byte[]> second = List.of(
                exported("modified"),
                exported("removed-twice"),
                written("modified", "new", SPLIT + 1),
                removed("removed-twice", SPLIT + 3),
                written("removed-twice", "new", SPLIT + 4),
                removed("removed-twice", SPLIT + 5));

        consume(
                Map.of("dynamodb.snapshotTime", EXPORTED),
                List.of(first, second),
                server -> assertThat(rows(server)).containsExactly("later new", "modified new", "unchanged old"));
    }

    @Test
    void aStreamOfOneShardRepairsTheTableToo() throws Exception {
        List<byte[]> only = List.of(
                exported("removed"),
                exported("unchanged"),
                exported("modified"),
                removed("removed", SPLIT + 2),
                written("modified", "new", SPLIT + 1));

        consume(
                Map.of("dynamodb.snapshotTime", EXPORTED),
                List.of(only),
                server -> assertThat(rows(server)).containsExactly("modified new", "unchanged old"));
    }
}
