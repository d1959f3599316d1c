package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.maps;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Records whose times {@link Scaling} compares with each other. They are the same in every run. */
enum ScalingInput {
    /** The records of one of the forty tables, as many as there are of all of them. */
    ONE_TABLE {
        @Override
        byte[][] generate() {
            return ofTables(1);
        }
    },
    /** The records of forty tables, one after another: each record is of another table than the one before. */
    FORTY_TABLES {
        @Override
        byte[][] generate() {
            return ofTables(TABLES);
        }
    },
    /** Inserts of baskets with a few lines, one kilobyte each. */
    KILOBYTE {
        @Override
        byte[][] generate() {
            return inserts(new Baskets(5), 128);
        }
    },
    /** Inserts of the same baskets with many lines, 300 KB each. */
    THREE_HUNDRED_KILOBYTES {
        @Override
        byte[][] generate() {
            // Three megabytes: more would measure memory access, not the decoder.
            return inserts(new Baskets(2_620), 10);
        }
    },
    /** One record with 75,000 attributes, all of different names. */
    MANY_NAMES {
        @Override
        byte[][] generate() {
            return inserts(new ManyNames(), 1);
        }
    };

    static final int TABLES = 40;
    static final int RECORDS_OF_TABLES = 8 * TABLES;
    static final int NAMES = 75_000;

    private static final long SEED_OF_VALUES = 20250702;

    /** Returns the records in the order in which they are read. */
    abstract byte[][] generate();

    final RecordSet records() {
        return new RecordSet(generate());
    }

    private static byte[][] ofTables(int tables) {
        List<ChangeStream> streams = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            streams.add(new ChangeStream(new NumberedOrders(i), ChangeStream.Order.FIXED, SEED_OF_VALUES + i));
        }
        byte[][] records = new byte[RECORDS_OF_TABLES][];
        for (int i = 0; i < records.length; i++) {
            records[i] = streams.get(i % tables).modify();
        }
        return records;
    }

    private static byte[][] inserts(Table table, int count) {
        ChangeStream stream = new ChangeStream(table, ChangeStream.Order.FIXED, SEED_OF_VALUES);
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++) {
            records[i] = stream.insert();
        }
        return records;
    }

    /**
     * One of many tables: {@link Orders} with the table's number after most names. The attributes of {@link
     * ProjectedRow} and the keys have the same names in all tables, as is usual in an application.
     */
    private static final class NumberedOrders implements Table {
        private static final Set<String> COMMON = Set.of(
                ProjectedRow.UPDATED_AT,
                ProjectedRow.AMOUNT,
                ProjectedRow.ACTIVE,
                ProjectedRow.STATUS,
                ProjectedRow.ID,
                "customer_id");

        private final Orders orders = new Orders(0);
        private final String suffix;

        NumberedOrders(int number) {
            suffix = String.format("_%02d", number);
        }

        @Override
        public String name() {
            return orders.name() + suffix;
        }

        @Override
        public List<String> key() {
            return orders.key();
        }

        @Override
        public Set<String> updated() {
            Set<String> updated = new HashSet<>();
            orders.updated().forEach(name -> updated.add(numbered(name)));
            return updated;
        }

        @Override
        public List<JsonAttribute> image(Values values) {
            return orders.image(values).stream()
                    .map(attribute -> new JsonAttribute(numbered(attribute.name()), attribute.value()))
                    .toList();
        }

        private String numbered(String name) {
            return COMMON.contains(name) ? name : name + suffix;
        }
    }

    /** Items whose size is that of a list. */
    private record Baskets(int lines) implements Table {
        @Override
        public String name() {
            return "baskets";
        }

        @Override
        public List<String> key() {
            return List.of("id");
        }

        @Override
        public Set<String> updated() {
            return Set.of("updated_at", "status");
        }

        @Override
        public List<JsonAttribute> image(Values values) {
            List<List<JsonAttribute>> members = new ArrayList<>();
            for (int i = 0; i < lines; i++) {
                members.add(List.of(
                        text("sku", values.digits(3) + "-" + values.digits(4)),
                        text("title", values.words(14)),
                        number("quantity", 1 + values.below(9)),
                        number("price", values.decimal(4, 2))));
            }
            return List.of(
                    text("id", "b-" + values.digits(8)),
                    number("updated_at", values.time()),
                    number("amount", values.decimal(5, 2)),
                    bool("active", values.chance(80)),
                    text("status", values.oneOf(List.of("open", "paid", "sent"))),
                    maps("lines", members));
        }
    }

    /** An item that uses names as data. */
    private static final class ManyNames implements Table {
        @Override
        public String name() {
            return "counters";
        }

        @Override
        public List<String> key() {
            return List.of("id");
        }

        @Override
        public Set<String> updated() {
            return Set.of();
        }

        @Override
        public List<JsonAttribute> image(Values values) {
            List<JsonAttribute> image = new ArrayList<>();
            image.add(text("id", "c-" + values.digits(8)));
            Set<String> names = new HashSet<>();
            while (image.size() < NAMES) {
                String name = values.word() + "-" + values.digits(6);
                if (names.add(name)) {
                    image.add(number(name, values.below(10_000)));
                }
            }
            return image;
        }
    }
}
