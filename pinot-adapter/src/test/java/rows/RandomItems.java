package rows;

import com.fasterxml.jackson.databind.node.TextNode;
import fixture.Change;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reference.Bytes;
import reference.RefValue;

/**
 * Random changes of one table, in which an attribute has values of one, two or three kinds. The kinds are those that
 * decide between types of columns.
 */
final class RandomItems {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "c",
            "amount",
            "created_at",
            "updatedAt",
            "ttl",
            "eventName",
            "tableName",
            "changed_at",
            "deleted",
            "cdc_x",
            "group",
            "Größe",
            "a.b",
            "with blank",
            "$docId");

    private final Random random;
    private final List<Supplier<RefValue>> kinds;

    private RandomItems(Random random) {
        this.random = random;
        kinds = List.of(
                () -> number(String.valueOf(random.nextInt(100))),
                () -> number(String.valueOf(random.nextInt())),
                () -> number(String.valueOf(random.nextLong())),
                () -> number(random.nextInt(1000) + ".0"),
                () -> number("-0"),
                () -> number("1E" + random.nextInt(125)),
                () -> number("9" + random.nextLong(1L << 53, Long.MAX_VALUE)),
                () -> number(
                        random.nextInt(100) + List.of(".5", ".25", ".1", ".10").get(random.nextInt(4))),
                () -> number(String.valueOf(1_700_000_000L + random.nextInt(1000))),
                () -> number(String.valueOf(1_700_000_000_000L + random.nextInt(1000))),
                () -> number(String.valueOf(1_700_000_000_000_000L + random.nextInt(3) * 500L)),
                () -> text("t" + random.nextInt(10)),
                () -> text(List.of("", "null", "12", "1.0", "true", "{\"a\":1}", "[1]", "é😀")
                        .get(random.nextInt(8))),
                () -> text("x".repeat(500 + random.nextInt(3000))),
                () -> text("nul\0nul"),
                () -> text("2024-06-22T07:04:" + (10 + random.nextInt(50))
                        + List.of("", "Z", ".5Z").get(random.nextInt(3))),
                () -> text("2024-06-22T07:04:39.65103" + random.nextInt(10)),
                () -> text("2024-02-31T07:04:39Z"),
                () -> new RefValue.Bool(random.nextBoolean()),
                this::binary,
                RefValue.Null::new,
                () -> new RefValue.TextSet(List.of("a" + random.nextInt(9), "b")),
                () -> new RefValue.TextSet(List.of("y".repeat(600))),
                () -> new RefValue.NumberSet(List.of(String.valueOf(random.nextInt(50)), "77")),
                () -> new RefValue.NumberSet(List.of("0.1", "1.10")),
                () -> new RefValue.BinarySet(List.of(binary().bytes())),
                () -> new RefValue.Elements(List.of()),
                () -> new RefValue.Elements(List.of(text("a"), text("b"), text("a"))),
                () -> new RefValue.Elements(List.of(number("1"), number("2.5"))),
                () -> new RefValue.Elements(List.of(new RefValue.Bool(true), new RefValue.Bool(false))),
                () -> new RefValue.Elements(List.of(text("a"), number("1"))),
                () -> new RefValue.Elements(List.of(text("a"), new RefValue.Null())),
                () -> new RefValue.Elements(List.of(new RefValue.Elements(List.of(number("0.1"))))),
                () -> new RefValue.Attributes(Map.of("k", number("12345678901234567890.10"))),
                () -> new RefValue.Attributes(Map.of()));
    }

    private static RefValue.Numeral number(String text) {
        return new RefValue.Numeral(text);
    }

    private static RefValue.Text text(String text) {
        return new RefValue.Text(text);
    }

    private RefValue.Binary binary() {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return new RefValue.Binary(new Bytes(bytes));
    }

    /** A message, and the attributes of its row. */
    record Message(String json, Map<String, RefValue> attributes) {
        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Returns the changes of a table, the same for the same seed. */
    static List<Message> of(long seed) {
        return new RandomItems(new Random(seed)).messages();
    }

    private List<Message> messages() {
        Supplier<RefValue> key = random.nextBoolean()
                ? () -> number(String.valueOf(random.nextInt(5)))
                : () -> text("k" + random.nextInt(5));
        Map<String, List<Supplier<RefValue>>> columns = new LinkedHashMap<>();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            List<Supplier<RefValue>> some = new ArrayList<>();
            for (int j = 1 + random.nextInt(3) * random.nextInt(2); j > 0; j--) {
                some.add(kinds.get(random.nextInt(kinds.size())));
            }
            columns.put(NAMES.get(random.nextInt(NAMES.size())), some);
        }
        List<String> tables = random.nextInt(4) == 0 ? List.of("orders", "customers") : List.of("orders");
        List<Message> messages = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            messages.add(message(tables.get(random.nextInt(tables.size())), key.get(), columns));
        }
        return messages;
    }

    private Message message(String table, RefValue key, Map<String, List<Supplier<RefValue>>> columns) {
        Map<String, RefValue> image = new LinkedHashMap<>();
        columns.forEach((name, some) -> {
            if (random.nextInt(4) != 0) {
                image.put(name, some.get(random.nextInt(some.size())).get());
            }
        });
        String eventName = List.of("INSERT", "MODIFY", "REMOVE").get(random.nextInt(3));
        String time = "171903987986" + random.nextInt(10) + List.of("", "591").get(random.nextInt(2));
        // Binary beside an eventVersion is encoded once.
        Change change = Change.of(eventName)
                .envelope("\"eventVersion\":\"1.1\",\"tableName\":\"" + table + "\"")
                .keys("\"id\":" + json(key))
                .at(time);
        String members = members(image);
        change = eventName.equals("REMOVE") ? change.oldImage(members) : change.newImage(members);
        Map<String, RefValue> attributes = new HashMap<>(image);
        attributes.put("id", key);
        return new Message(change.json(), attributes);
    }

    // ----------------------------------------------------------------------------------------------- DynamoDB's JSON

    private static String members(Map<String, RefValue> item) {
        return item.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
                .collect(Collectors.joining(","));
    }

    private static String json(RefValue value) {
        return "{\"" + value.typeName() + "\":" + content(value) + "}";
    }

    private static String content(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return quoted(text.text());
        } else if (value instanceof RefValue.Numeral number) {
            return quoted(number.text());
        } else if (value instanceof RefValue.Binary binary) {
            return base64(binary.bytes());
        } else if (value instanceof RefValue.Bool bool) {
            return String.valueOf(bool.value());
        } else if (value instanceof RefValue.TextSet set) {
            return array(set.members().stream().map(RandomItems::quoted).toList());
        } else if (value instanceof RefValue.NumberSet set) {
            return array(set.members().stream().map(RandomItems::quoted).toList());
        } else if (value instanceof RefValue.BinarySet set) {
            return array(set.members().stream().map(RandomItems::base64).toList());
        } else if (value instanceof RefValue.Elements list) {
            return array(list.elements().stream().map(RandomItems::json).toList());
        } else if (value instanceof RefValue.Attributes map) {
            return "{" + members(map.attributes()) + "}";
        }
        return "true";
    }

    private static String array(List<String> members) {
        return "[" + String.join(",", members) + "]";
    }

    private static String base64(Bytes bytes) {
        return quoted(Base64.getEncoder().encodeToString(bytes.toArray()));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
