package realpinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import fixture.ReadmeExample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pinot.segment.local.utils.TableConfigUtils;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.utils.Enablement;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schemas, tables and queries of the module's README and guides, run as in Pinot's controller and server. */
class ReadmeExamplesTest {
    /** 2024-06-22T07:04:39.869591Z in microseconds. */
    private static final long T = 1_719_039_879_869_591L;

    private static PinotTable open(String name) throws Exception {
        ReadmeExample example = ReadmeExample.named(name);
        example.schema().validate();
        TableConfigUtils.validate(example.table(), example.schema());
        return PinotTable.open(example.table(), example.schema());
    }

    private static void indexed(PinotTable table, Change change) {
        assertThat(table.consume(change.bytes())).isEqualTo(Outcome.INDEXED);
    }

    /** Returns the values of the only row, without nulls. */
    private static Map<String, @Nullable Object> only(PinotTable table, String select) {
        assertThat(Rows.of(table, select)).hasSize(1);
        Map<String, @Nullable Object> row = new HashMap<>(Rows.of(table, select).get(0));
        row.values().removeIf(Objects::isNull);
        return row;
    }

    @Test
    void everyExampleIsRunHere() {
        assertThat(ReadmeExample.names()).containsOnly("orders", "deliveries", "customers", "orders_history", "venues");
    }

    @Test
    void theSettingsForLargeTablesAreThoseOfPinot() throws Exception {
        String settings = "\"snapshot\": \"ENABLE\", \"preload\": \"ENABLE\"";
        assertThat(ReadmeExample.page("docs/install.md")).contains("| `" + settings + "` | in `upsertConfig`");

        UpsertConfig upsert = JsonUtils.stringToObject("{\"mode\": \"FULL\", " + settings + "}", UpsertConfig.class);

        assertThat(upsert.getSnapshot()).isEqualTo(Enablement.ENABLE);
        assertThat(upsert.getPreload()).isEqualTo(Enablement.ENABLE);
        ReadmeExample orders = ReadmeExample.named("orders");
        UpsertConfig config = Objects.requireNonNull(orders.table().getUpsertConfig());
        config.setSnapshot(upsert.getSnapshot());
        config.setPreload(upsert.getPreload());
        TableConfigUtils.validate(orders.table(), orders.schema());
    }

    @Test
    void orders() throws Exception {
        String key = "\"order_id\":{\"S\":\"o-1\"}";
        String select = "SELECT order_id, status, tags, address, items, total, deleted,"
                + " CAST(placed_at AS LONG) AS placed_at, changed_at FROM orders";
        try (PinotTable table = open("orders")) {
            indexed(
                    table,
                    Change.kinesis("INSERT")
                            .keys(key)
                            .at(T)
                            .newImage("\"status\":{\"S\":\"new\"},\"tags\":{\"SS\":[\"gift\",\"rush\"]},"
                                    + "\"address\":{\"M\":{\"city\":{\"S\":\"Bonn\"}}},\"items\":{\"N\":\"3.0\"},"
                                    + "\"total\":{\"N\":\"12.35\"},\"placed_at\":{\"N\":\"1719039879\"}"));
            Map<String, @Nullable Object> row = only(table, select);
            assertThat((String[]) row.remove("tags")).containsExactly("gift", "rush");
            assertThat(row)
                    .isEqualTo(Map.of(
                            "order_id",
                            "o-1",
                            "status",
                            "new",
                            "address",
                            "{\"city\":\"Bonn\"}",
                            "items",
                            3,
                            "total",
                            "12.35",
                            "deleted",
                            false,
                            "placed_at",
                            1_719_039_879_000L,
                            "changed_at",
                            T));

            // A later change, in milliseconds and without most of the attributes.
            indexed(
                    table,
                    Change.kinesis("MODIFY").keys(key).at(T / 1_000 + 1).newImage("\"status\":{\"S\":\"paid\"}"));
            assertThat(only(table, select))
                    .isEqualTo(Map.of(
                            "order_id",
                            "o-1",
                            "status",
                            "paid",
                            "deleted",
                            false,
                            "changed_at",
                            (T / 1_000 + 1) * 1_000));

            indexed(table, Change.kinesis("REMOVE").keys(key).at(T + 2_000));
            assertThat(Rows.of(table, select)).isEmpty();
        }
    }

    @Test
    void deliveries() throws Exception {
        String key = "\"delivery_id\":{\"S\":\"d-1\"}";
        try (PinotTable table = open("deliveries")) {
            indexed(
                    table,
                    Change.kinesis("INSERT")
                            .keys(key)
                            .at(T)
                            .newImage("\"address\":{\"M\":{\"city\":{\"S\":\"Bonn\"}}},"
                                    + "\"delivered_at\":{\"N\":\"1719039879\"},\"day\":{\"S\":\"some day\"},"
                                    + "\"driver name\":{\"S\":\"Ann\"}"));

            assertThat(only(table, "SELECT delivery_id, city, \"day\", driver_name, deleted FROM deliveries"))
                    .isEqualTo(Map.of(
                            "delivery_id",
                            "d-1",
                            "city",
                            "Bonn",
                            "day",
                            "2024-06-22",
                            "driver_name",
                            "Ann",
                            "deleted",
                            false));
        }
    }

    @Test
    void customers() throws Exception {
        String select = "SELECT tableName, customer_id, name FROM customers ORDER BY tableName";
        String key = "\"customer_id\":{\"N\":\"7\"}";
        try (PinotTable table = open("customers")) {
            for (String source : new String[] {"customers-eu", "customers-us"}) {
                indexed(
                        table,
                        Change.kinesis("INSERT")
                                .keys(key)
                                .ofTable(source)
                                .at(T)
                                .newImage("\"name\":{\"S\":\"of " + source + "\"}"));
            }
            byte[] other = Change.kinesis("INSERT")
                    .keys(key)
                    .ofTable("orders")
                    .at(T)
                    .newImage("")
                    .bytes();
            assertThat(table.consume(other)).isEqualTo(Outcome.SKIPPED);

            assertThat(Rows.of(table, select))
                    .containsExactly(
                            Map.of("tableName", "customers-eu", "customer_id", 7L, "name", "of customers-eu"),
                            Map.of("tableName", "customers-us", "customer_id", 7L, "name", "of customers-us"));
        }
    }

    @Test
    void ordersHistory() throws Exception {
        String key = "\"order_id\":{\"S\":\"o-1\"}";
        try (PinotTable table = open("orders_history")) {
            indexed(table, Change.kinesis("INSERT").keys(key).at(T).newImage("\"status\":{\"S\":\"new\"}"));
            indexed(
                    table,
                    Change.kinesis("MODIFY")
                            .keys(key)
                            .at(T + 1)
                            .newImage("\"status\":{\"S\":\"paid\"}")
                            .oldImage("\"status\":{\"S\":\"new\"}"));
            indexed(table, Change.kinesis("REMOVE").keys(key).at(T + 2).oldImage("\"status\":{\"S\":\"paid\"}"));

            assertThat(Rows.of(table, "SELECT eventName, status, old_status FROM orders_history ORDER BY changed_at"))
                    .map(row -> row.values().toString())
                    .containsExactly("[INSERT, new, null]", "[MODIFY, paid, new]", "[REMOVE, null, paid]");
        }
    }

    @Test
    void venues() throws Exception {
        String key = "\"venue_id\":{\"S\":\"v-1\"}";
        String contact =
                "\"contact\":{\"M\":{\"phones\":{\"L\":[{\"S\":\"1\"},{\"S\":\"2\"}]},\"mail\":{\"S\":\"a@b\"}}}";
        String rest = "\"rates\":{\"M\":{\"hourly\":{\"N\":\"12.50\"}}},"
                + "\"rooms\":{\"L\":[{\"M\":{\"seats\":{\"N\":\"8\"}}}]}";
        String select = "SELECT venue_id, \"address.city\", \"address.geo.lat\", \"address.geo.lon\", contact,"
                + " JSON_EXTRACT_SCALAR(contact, '$.mail', 'STRING') AS mail, \"contact.phones\", \"rates.hourly\","
                + " rooms, deleted FROM venues";
        try (PinotTable table = open("venues")) {
            indexed(
                    table,
                    Change.kinesis("INSERT")
                            .keys(key)
                            .at(T)
                            .newImage("\"address\":{\"M\":{\"city\":{\"S\":\"Bonn\"},\"geo\":{\"M\":"
                                    + "{\"lat\":{\"N\":\"50.7\"},\"lon\":{\"N\":\"7.1\"}}}}}," + contact + "," + rest));
            Map<String, @Nullable Object> row = only(table, select);
            assertThat((String[]) row.remove("contact.phones")).containsExactly("1", "2");
            assertThat(row)
                    .isEqualTo(Map.of(
                            "venue_id",
                            "v-1",
                            "address.city",
                            "Bonn",
                            "address.geo.lat",
                            50.7,
                            "address.geo.lon",
                            7.1,
                            "contact",
                            "{\"phones\":[\"1\",\"2\"],\"mail\":\"a@b\"}",
                            "mail",
                            "a@b",
                            "rates.hourly",
                            "12.50",
                            "rooms",
                            "[{\"seats\":8}]",
                            "deleted",
                            false));

            // A part of an M is removed, and two whole attributes.
            indexed(
                    table,
                    Change.kinesis("MODIFY")
                            .keys(key)
                            .at(T + 1)
                            .newImage("\"address\":{\"M\":{\"city\":{\"S\":\"Köln\"}}}," + contact));
            row = only(table, select);
            assertThat((String[]) row.remove("contact.phones")).containsExactly("1", "2");
            assertThat(row)
                    .containsOnlyKeys("venue_id", "address.city", "contact", "mail", "deleted")
                    .containsEntry("address.city", "Köln");

            indexed(
                    table,
                    Change.kinesis("REMOVE")
                            .keys(key)
                            .at(T + 2)
                            .oldImage("\"rates\":{\"M\":{\"hourly\":{\"S\":\"by agreement\"}}}"));
            assertThat(Rows.of(table, select)).isEmpty();
        }
    }

    @Test
    void everyQueryOfTheGuidesRuns() throws Exception {
        List<MatchResult> queries = Pattern.compile("```sql\\n(.* FROM (\\w+).*)\\n```")
                .matcher(String.join("\n", ReadmeExample.pages().values()))
                .results()
                .toList();
        assertThat(queries).hasSize(2);
        for (MatchResult query : queries) {
            try (PinotTable table = open(query.group(2))) {
                assertThat(Rows.of(table, query.group(1))).isEmpty();
            }
        }
    }

    @Test
    void aTombstoneOfKafkaIsSkipped() throws Exception {
        try (PinotTable table = open("deliveries")) {
            assertThat(table.consume(new byte[0])).isEqualTo(Outcome.SKIPPED);
        }
    }
}
