package generator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reference.Bytes;
import reference.ItemSize;
import reference.RefValue;

/** A change before it is written: its name, its Keys and its images. */
record Images(
        @Nullable String eventName,
        Map<String, RefValue> keys,
        @Nullable Map<String, RefValue> newImage,
        @Nullable Map<String, RefValue> oldImage) {

    /** Returns the image's meaning, which is null if it has no attributes. */
    static @Nullable Map<String, RefValue> known(@Nullable Map<String, RefValue> image) {
        return image == null || image.isEmpty() ? null : image;
    }

    /** Returns anything that the format allows, even if no table could send it. */
    static Images wild(Chance chance, int size) {
        Values values = new Values(chance, size);
        String name = switch (chance.between(0, 7)) {
            case 0 -> null;
            case 1 -> chance.of("", "insert", "INSERT ", "TTL_DELETE", "UNKNOWN", "MODIFY\u0000");
            default -> chance.of("INSERT", "MODIFY", "REMOVE");
        };
        Map<String, RefValue> keys = new LinkedHashMap<>();
        for (int i = chance.between(0, 2); i > 0; i--) {
            keys.put(Texts.name(chance, true), values.value(1));
        }
        return new Images(
                name, keys, chance.oneIn(3) ? null : values.wildItem(), chance.oneIn(3) ? null : values.wildItem());
    }

    /** Returns a change of a row of one of a few tables, as a stream with any view type sends it. */
    static Images ofTable(Chance chance) {
        Table table = Table.numbered(chance.between(0, 7));
        Map<String, RefValue> old = table.row(chance);
        Map<String, RefValue> now = table.changed(old, chance);
        boolean withNew = !chance.oneIn(6);
        boolean withOld = !chance.oneIn(6);
        return switch (chance.between(0, 5)) {
            case 0 -> new Images("INSERT", table.keys(now), withNew ? now : null, null);
            case 1 -> new Images("REMOVE", table.keys(old), null, withOld ? old : null);
            default -> new Images("MODIFY", table.keys(now), withNew ? now : null, withOld ? old : null);
        };
    }

    /** Returns a small MODIFY in which every type occurs, at the top and nested. */
    static Images ofEveryType() {
        Map<String, RefValue> now = everyType();
        now.put("list", new RefValue.Elements(new ArrayList<>(everyType().values())));
        now.put("map", new RefValue.Attributes(everyType()));
        Map<String, RefValue> old = everyType();
        old.put("text", new RefValue.Text("before"));
        return new Images("MODIFY", Map.of("id", new RefValue.Numeral("7")), now, old);
    }

    private static Map<String, RefValue> everyType() {
        Map<String, RefValue> item = new LinkedHashMap<>();
        item.put("text", new RefValue.Text("é\"\\/ \uD83D\uDE00\n"));
        item.put("number", new RefValue.Numeral("-12.5E+3"));
        item.put("binary", new RefValue.Binary(new Bytes(new byte[] {0, 1, -1, 62})));
        item.put("bool", new RefValue.Bool(true));
        item.put("null", new RefValue.Null());
        item.put("texts", new RefValue.TextSet(List.of("a", "")));
        item.put("numbers", new RefValue.NumberSet(List.of("1", "2.50")));
        item.put("binaries", new RefValue.BinarySet(List.of(new Bytes(new byte[] {5}), new Bytes(new byte[0]))));
        item.put("list", new RefValue.Elements(List.of()));
        item.put("map", new RefValue.Attributes(Map.of()));
        return item;
    }

    List<Bytes> binaries() {
        List<Bytes> binaries = new ArrayList<>();
        forEachItem(item -> item.values().forEach(value -> value.forEachBinary(binaries::add)));
        return binaries;
    }

    long size(ToLongFunction<Bytes> binarySize) {
        ItemSize itemSize = new ItemSize(binarySize);
        List<Long> sizes = new ArrayList<>();
        forEachItem(item -> sizes.add(itemSize.of(item)));
        return sizes.stream().mapToLong(Long::longValue).sum();
    }

    private void forEachItem(Consumer<Map<String, RefValue>> action) {
        action.accept(keys);
        if (newImage != null) {
            action.accept(newImage);
        }
        if (oldImage != null) {
            action.accept(oldImage);
        }
    }

    /** Tables whose columns stay the same from record to record, as those of real streams do. */
    private record Table(List<Column> columns, int keyCount) {
        record Column(String name, String type) {}

        static Table numbered(int id) {
            Chance layout = new Chance(id);
            List<Column> columns = new ArrayList<>();
            int keyCount = layout.between(1, 2);
            for (int i = 0; i < keyCount; i++) {
                columns.add(new Column("key_" + i, layout.of("S", "S", "N", "B")));
            }
            for (int i = layout.between(4, 18); i > 0; i--) {
                columns.add(new Column(
                        Texts.word(layout, layout.between(2, 14)) + i,
                        layout.of(
                                "S", "S", "S", "N", "N", "N", "BOOL", "NULL", "B", "SS", "NS", "BS", "address",
                                "lines")));
            }
            return new Table(columns, keyCount);
        }

        Map<String, RefValue> row(Chance chance) {
            Map<String, RefValue> row = new LinkedHashMap<>();
            for (Column column : ordered(chance)) {
                boolean isSparse = chance.oneIn(12) && columns.indexOf(column) >= keyCount;
                if (!isSparse) {
                    row.put(column.name(), cell(column.type(), chance));
                }
            }
            return row;
        }

        /** Returns the row after an update: most attributes stay, and some are removed or added. */
        Map<String, RefValue> changed(Map<String, RefValue> row, Chance chance) {
            Map<String, RefValue> changed = new LinkedHashMap<>(row);
            for (int i = chance.between(0, 3); i > 0; i--) {
                Column column = columns.get(chance.between(keyCount, columns.size() - 1));
                if (chance.oneIn(3)) {
                    changed.remove(column.name());
                } else {
                    changed.put(column.name(), cell(column.type(), chance));
                }
            }
            return changed;
        }

        Map<String, RefValue> keys(Map<String, RefValue> row) {
            Map<String, RefValue> keys = new LinkedHashMap<>();
            for (Column column : columns.subList(0, keyCount)) {
                RefValue value = row.get(column.name());
                if (value != null) {
                    keys.put(column.name(), value);
                }
            }
            return keys;
        }

        private List<Column> ordered(Chance chance) {
            List<Column> ordered = new ArrayList<>(columns);
            if (chance.oneIn(3)) {
                chance.shuffle(ordered);
            }
            return ordered;
        }

        private static RefValue cell(String type, Chance chance) {
            return switch (type) {
                case "address" -> address(chance);
                case "lines" -> new RefValue.Elements(chance.listOf(chance.between(0, 4), () -> line(chance)));
                default -> new Values(chance, 4).ofType(type);
            };
        }

        private static RefValue address(Chance chance) {
            Map<String, RefValue> address = new LinkedHashMap<>();
            address.put("city", new RefValue.Text(Texts.string(chance)));
            address.put("zip", new RefValue.Text(Texts.digits(chance, 5)));
            Map<String, RefValue> position = new LinkedHashMap<>();
            position.put(
                    "lat",
                    new RefValue.Numeral(BigDecimal.valueOf(chance.between(-90_000, 90_000), 3)
                            .toPlainString()));
            position.put(
                    "lon",
                    new RefValue.Numeral(BigDecimal.valueOf(chance.between(-180_000, 180_000), 3)
                            .toPlainString()));
            address.put("position", new RefValue.Attributes(position));
            return new RefValue.Attributes(address);
        }

        private static RefValue line(Chance chance) {
            Map<String, RefValue> line = new LinkedHashMap<>();
            line.put("sku", new RefValue.Text(Texts.word(chance, 8)));
            line.put("count", new RefValue.Numeral(String.valueOf(chance.between(1, 20))));
            line.put("gift", new RefValue.Bool(chance.oneIn(2)));
            return new RefValue.Attributes(line);
        }
    }
}
