package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;

import fixture.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A day of one DynamoDB table, from which a seed makes everything: each change as a Kinesis record, an export of the
 * table in the morning, whose rows arrive among the changes, and what arrives in practice besides: repeats, records out
 * of order, times in milliseconds and microseconds, records that are no changes, and broken ones.
 *
 * <p>Also computes the rows that the table must have in the end. This is from the items that were written, and not from
 * the records.
 */
final class ProductionDay {
    private static final int PARTITIONS = 4;

    /** 2024-06-22T00:00:00Z in microseconds. */
    private static final long MIDNIGHT = 1_719_014_400_000_000L;

    private static final long DAY = 86_400_000_000L;
    private static final long EXPORTED = MIDNIGHT + 10 * DAY / 24;

    /** The time of the export, as the decoder's property wants it. */
    static final String EXPORTED_AT = "2024-06-22T10:00:00Z";

    private static final List<Text> NOTES = List.of(
            new Text("at the door", "at the door"),
            new Text("\"4 p.m.\"\\\n", "\\\"4 p.m.\\\"\\\\\\n"),
            new Text("\uD83D\uDE00 Grüße", "\\ud83d\\uDE00 Grüße"),
            new Text("", ""),
            new Text("123", "123"),
            new Text("{\"a\":1}", "{\\\"a\\\":1}"));

    private final Random random;
    private final int changes;
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Version> last = new HashMap<>();
    private final List<List<Arrival>> arrivals = new ArrayList<>();
    private final List<List<byte[]>> partitions = new ArrayList<>();
    private final Map<String, Version> winners = new TreeMap<>();
    private final Set<String> tied = new HashSet<>();
    private final Set<String> closeChanges = new HashSet<>();
    private final Map<Kind, Integer> counts = new TreeMap<>();
    private long clock = MIDNIGHT;

    private ProductionDay(long seed, int changes, int items) {
        random = new Random(seed);
        this.changes = changes;
        for (int i = 0; i < PARTITIONS; i++) {
            arrivals.add(new ArrayList<>());
        }
        for (int i = 0; i < items; i++) {
            String id = "o-" + i;
            ids.add(id);
            // Some items are older than the stream: it may never name them.
            last.put(id, new Version(0, 0, random.nextInt(3) == 0 ? item() : null));
        }
    }

    static ProductionDay of(long seed, int changes, int items) {
        ProductionDay day = new ProductionDay(seed, changes, items);
        day.live();
        day.arrive();
        return day;
    }

    /** Kinds of messages. */
    enum Kind {
        INSERT,
        MODIFY,
        REMOVE,
        REMOVE_BY_TTL,
        EXPORTED,
        REPEATED,
        SKIPPED,
        BROKEN
    }

    /** The messages of each partition in the order of arrival. */
    List<List<byte[]>> partitions() {
        return partitions;
    }

    /** Returns the number of messages of each kind. */
    Map<Kind, Integer> counts() {
        return counts;
    }

    /** Returns the number of messages that are rows, even if they lose. */
    long rows() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != Kind.SKIPPED && count.getKey() != Kind.BROKEN)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Returns the rows by Pinot's rule: of each item the change with the latest time as its record shows it; of equal
     * times the later arrival; no row if this change is a REMOVE.
     */
    Map<String, Map<String, @Nullable Object>> latest() {
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        winners.forEach((id, version) -> {
            if (version.item != null) {
                Map<String, @Nullable Object> row = version.item.row(id);
                row.put("changed_at", version.shown);
                rows.put(id, row);
            }
        });
        return rows;
    }

    /** Returns the items that DynamoDB has in the end, as rows without the time of the change. */
    Map<String, Map<String, @Nullable Object>> items() {
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        last.forEach((id, version) -> {
            if (version.item != null) {
                rows.put(id, version.item.row(id));
            }
        });
        return rows;
    }

    /** Returns the items whose latest time is that of two or more changes: arrival decides. */
    Set<String> tied() {
        return tied;
    }

    /**
     * Returns the items with another change or the export in the millisecond of the last change. Only for these may
     * the records not show which change is the last.
     */
    Set<String> closeChanges() {
        return closeChanges;
    }

    private void live() {
        long step = DAY / changes;
        String id = ids.get(0);
        boolean exported = false;
        for (int i = 0; i < changes; i++) {
            if (random.nextInt(10) == 0) {
                // The same item once more, within a millisecond or a little more, or even within the microsecond.
                clock += random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(1_500);
            } else {
                // A half of the changes is of a tenth of the items.
                id = ids.get(random.nextInt(random.nextBoolean() ? ids.size() : Math.max(1, ids.size() / 10)));
                clock += 1 + (long) (random.nextDouble() * 2 * step);
            }
            if (!exported && clock > EXPORTED) {
                export(i);
                exported = true;
            }
            change(id, i);
            clutter(i);
        }
        last.forEach((key, version) -> {
            if (version.time / 1_000 == EXPORTED / 1_000) {
                closeChanges.add(key);
            }
        });
    }

    private Version lastOf(String id) {
        return Objects.requireNonNull(last.get(id), id);
    }

    private void change(String id, int number) {
        Version before = lastOf(id);
        Item old = before.item;
        Item item = old != null && random.nextInt(6) == 0 ? null : item();
        // The stream changes from milliseconds to microseconds, with a mixture in between.
        boolean inMillis = random.nextInt(changes) + changes > number * 3 && number * 3 < changes * 2;
        Version version = new Version(clock, inMillis ? clock / 1_000 * 1_000 : clock, item);
        last.put(id, version);
        if (before.time / 1_000 == clock / 1_000) {
            closeChanges.add(id);
        } else {
            closeChanges.remove(id);
        }
        boolean expired = item == null && random.nextInt(3) == 0;
        Kind kind = item == null ? expired ? Kind.REMOVE_BY_TTL : Kind.REMOVE : old == null ? Kind.INSERT : Kind.MODIFY;
        Change change = Change.kinesis(item == null ? "REMOVE" : kind.name())
                .envelope(envelope(number, expired))
                .keys(key(id))
                .at(inMillis ? clock / 1_000 : clock);
        if (item != null) {
            change.newImage(item.json);
        }
        if (old != null) {
            change.oldImage(old.json);
        }
        if (random.nextBoolean()) {
            change.stated(inMillis ? "MILLISECOND" : "MICROSECOND");
        }
        byte[] payload = change.bytes();
        double position = number + (random.nextInt(20) == 0 ? random.nextInt(300) : 0);
        arrive(id, kind, position, payload, version);
        if (random.nextInt(50) == 0) {
            arrive(id, Kind.REPEATED, position + random.nextInt(1_000), payload, version);
        }
        if (random.nextInt(1_000) == 0) {
            arrive(id, Kind.BROKEN, number, broken(payload), null);
        }
    }

    /** Lets the rows of the export arrive during the next fifth of the changes. */
    private void export(int number) {
        for (String id : ids) {
            Item item = lastOf(id).item;
            if (item != null) {
                byte[] line = ("{\"Item\":{" + key(id) + "," + item.json + "}}").getBytes(UTF_8);
                double position = number + random.nextDouble() * changes / 5;
                arrive(id, Kind.EXPORTED, position, line, new Version(EXPORTED, EXPORTED, item));
            }
        }
    }

    /** Sometimes lets a message arrive that is not broken and yet no row. */
    private void clutter(int number) {
        String id = ids.get(random.nextInt(ids.size()));
        switch (random.nextInt(3_000)) {
            case 0 -> arrive(id, Kind.SKIPPED, number, new byte[0], null);
            case 1 ->
                arrive(
                        id,
                        Kind.SKIPPED,
                        number,
                        Change.kinesis("TRUNCATE").keys(key(id)).at(clock).bytes(),
                        null);
            case 2 ->
                arrive(
                        id,
                        Kind.SKIPPED,
                        number,
                        Change.kinesis("MODIFY")
                                .keys(key(id))
                                .at(clock)
                                .images("\"NewImage\":{}")
                                .bytes(),
                        null);
            default -> {}
        }
    }

    private byte[] broken(byte[] payload) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(payload, 1 + random.nextInt(payload.length - 1));
            case 1 -> "{\"level\":\"INFO\",\"message\":\"started\"}".getBytes(UTF_8);
            case 2 -> "not JSON".getBytes(UTF_8);
            default -> {
                // Two records in one message, as a producer that packs too much.
                byte[] twice = Arrays.copyOf(payload, payload.length * 2);
                System.arraycopy(payload, 0, twice, payload.length, payload.length);
                yield twice;
            }
        };
    }

    private void arrive(String id, Kind kind, double position, byte[] payload, @Nullable Version version) {
        counts.merge(kind, 1, Integer::sum);
        arrivals.get(Math.floorMod(id.hashCode(), PARTITIONS)).add(new Arrival(position, id, payload, version));
    }

    private void arrive() {
        for (List<Arrival> partition : arrivals) {
            partition.sort(Comparator.comparingDouble(arrival -> arrival.position));
            partitions.add(partition.stream().map(arrival -> arrival.payload).toList());
            for (Arrival arrival : partition) {
                if (arrival.version != null) {
                    compare(arrival.id, arrival.version);
                }
            }
            partition.clear();
        }
    }

    private void compare(String id, Version version) {
        Version winner = winners.get(id);
        if (winner == null || version.shown > winner.shown) {
            winners.put(id, version);
            tied.remove(id);
        } else if (version.shown == winner.shown && version != winner) {
            winners.put(id, version);
            tied.add(id);
        }
    }

    private static String key(String id) {
        return "\"order_id\":{\"S\":\"" + id + "\"}";
    }

    private static String envelope(int number, boolean expired) {
        return "\"awsRegion\":\"us-east-1\",\"eventID\":\"6ad1b9c4-0d2f-4c0a-9a5c-" + (100_000_000_000L + number)
                + "\",\"userIdentity\":"
                + (expired ? "{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}" : "null")
                + ",\"recordFormat\":\"application/json\",\"tableName\":\"orders\",\"eventSource\":\"aws:dynamodb\"";
    }

    /** Returns an item with some of the attributes, so a MODIFY adds and removes some. */
    private Item item() {
        Map<String, @Nullable Object> columns = new HashMap<>();
        StringBuilder json = new StringBuilder();
        String status = List.of("new", "paid", "packed", "sent").get(random.nextInt(4));
        put(columns, json, "status", status, "{\"S\":\"" + status + "\"}");
        if (random.nextInt(3) != 0) {
            String first = "tag" + random.nextInt(100);
            boolean two = random.nextBoolean();
            put(
                    columns,
                    json,
                    "tags",
                    two ? List.of(first, "zzz") : List.of(first),
                    two ? "{\"L\":[{\"S\":\"" + first + "\"},{\"S\":\"zzz\"}]}" : "{\"SS\":[\"" + first + "\"]}");
        }
        if (random.nextInt(4) != 0) {
            String city = List.of("Bonn", "Seattle", "S\u00E3o Paulo").get(random.nextInt(3));
            int code = random.nextInt(100_000);
            put(
                    columns,
                    json,
                    "address",
                    address(city, code),
                    "{\"M\":{\"city\":{\"S\":\"" + city + "\"},\"code\":{\"N\":\"" + code
                            + "\"},\"floors\":{\"L\":[{\"N\":\"1\"},{\"S\":\"EG\"}]},\"lift\":{\"NULL\":true}}}");
        }
        if (random.nextInt(4) != 0) {
            int items = random.nextInt() >> random.nextInt(32);
            put(columns, json, "items", items, "{\"N\":\"" + items + (random.nextInt(9) == 0 ? ".0" : "") + "\"}");
        }
        if (random.nextInt(3) != 0) {
            String total = random.nextInt(1_000_000) + "." + (10 + random.nextInt(90));
            put(columns, json, "total", total, "{\"N\":\"" + total + "\"}");
        }
        if (random.nextInt(3) != 0) {
            boolean gift = random.nextBoolean();
            put(columns, json, "gift", gift, "{\"BOOL\":" + gift + "}");
        }
        if (random.nextInt(3) != 0) {
            putPlacedAt(columns, json);
        }
        if (random.nextInt(3) != 0) {
            Text note = NOTES.get(random.nextInt(NOTES.size()));
            put(columns, json, "note", note.text, "{\"S\":\"" + note.json + "\"}");
        }
        return new Item(columns, json.toString());
    }

    private static Map<String, @Nullable Object> address(String city, int code) {
        Map<String, @Nullable Object> address = new HashMap<>();
        address.put("city", city);
        address.put("code", code);
        address.put("floors", List.of(1, "EG"));
        address.put("lift", null);
        return address;
    }

    /** Puts a time in one of the units that applications use, which the column's milliseconds hold. */
    private void putPlacedAt(Map<String, @Nullable Object> columns, StringBuilder json) {
        long seconds = MIDNIGHT / 1_000_000 - random.nextInt(100_000_000);
        int millis = random.nextInt(1_000);
        long exact = seconds * 1_000 + millis;
        switch (random.nextInt(4)) {
            case 0 -> put(columns, json, "placed_at", seconds * 1_000, "{\"N\":\"" + seconds + "\"}");
            case 1 -> put(columns, json, "placed_at", exact, "{\"N\":\"" + exact + "\"}");
            case 2 -> put(columns, json, "placed_at", exact, "{\"N\":\"" + exact + "591\"}");
            default -> put(columns, json, "placed_at", exact, "{\"S\":\"" + Instant.ofEpochMilli(exact) + "\"}");
        }
    }

    private static void put(
            Map<String, @Nullable Object> columns, StringBuilder json, String name, Object value, String attribute) {
        columns.put(name, value);
        json.append(json.length() == 0 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(attribute);
    }

    /** The state that a change leaves. Repeats of the change share it; it is equal to no other. */
    private static final class Version {
        final long time;
        final long shown;
        final @Nullable Item item;

        /**
         * @param time of the change in microseconds
         * @param shown the same as the record shows it
         * @param item null after a REMOVE
         */
        Version(long time, long shown, @Nullable Item item) {
            this.time = time;
            this.shown = shown;
            this.item = item;
        }
    }

    /** A message before it has its place in a partition; without a version if it leaves no row. */
    private static final class Arrival {
        final double position;
        final String id;
        final byte[] payload;
        final @Nullable Version version;

        Arrival(double position, String id, byte[] payload, @Nullable Version version) {
            this.position = position;
            this.id = id;
            this.payload = payload;
            this.version = version;
        }
    }

    private record Text(String text, String json) {}

    /** The attributes besides the key, as values of columns and as DynamoDB's JSON. */
    private record Item(Map<String, @Nullable Object> columns, String json) {
        Map<String, @Nullable Object> row(String id) {
            Map<String, @Nullable Object> row = new HashMap<>(columns);
            row.put("order_id", id);
            return row;
        }
    }
}
