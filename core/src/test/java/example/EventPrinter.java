package example;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints one event for people to read: a header and its attributes, in lines of at most {@value #WIDTH} characters.
 */
final class EventPrinter {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 30;
    private static final String INDENT = "    ";

    /** The kinds of lines, in the order of printing. */
    private enum Mark {
        KEY,
        CHANGED,
        ADDED,
        REMOVED,
        NEW,
        OLD
    }

    /** One line; {@code then} is the new value of a changed attribute. */
    private record Row(
            Mark mark, String name, String value, @Nullable String then) {}

    private final ChangeEvent event;
    private final List<Row> rows = new ArrayList<>();

    private EventPrinter(ChangeEvent event) {
        this.event = event;
    }

    static void print(long number, ChangeEvent event, PrintStream out) {
        EventPrinter printer = new EventPrinter(event);
        out.println(printer.header(number));
        printer.collect();
        printer.printRows(out);
        out.println();
    }

    private String header(long number) {
        String name = event.eventNameText();
        String table = event.tableName();
        CreationTime time = event.approximateCreationDateTime();
        return "#" + number + "  " + pad(name == null ? "(no event name)" : shown(name), 6)
                + "  " + (table == null ? "(no table name)" : shown(table))
                + "  " + (time == null ? "(no time)" : describe(time))
                + (event.deletedByTimeToLive() ? "  expired (TTL)" : "");
    }

    private static String describe(CreationTime time) {
        return time.toInstant() + " (" + time.precision().name().toLowerCase(Locale.ROOT)
                + (time.stated() ? ", stated)" : ", inferred)");
    }

    private void collect() {
        event.keys().forEach((name, value) -> add(Mark.KEY, name, value));
        Item before = event.oldImage();
        Item after = event.newImage();
        ItemDiff diff = event.diff();
        if (before != null && after != null && diff != null) {
            diff.changed().forEach((name, change) -> addChange(name, change.before(), change.after()));
            diff.added().forEach((name, value) -> add(Mark.ADDED, name, value));
            diff.removed().forEach((name, value) -> add(Mark.REMOVED, name, value));
            rows.sort(Comparator.comparing(Row::mark));
        } else if (after != null) {
            addImage(Mark.NEW, after);
        } else if (before != null) {
            addImage(Mark.OLD, before);
        }
    }

    private void addImage(Mark mark, Item image) {
        image.forEach((name, value) -> {
            if (!value.equals(event.keys().get(name))) {
                add(mark, name, value);
            }
        });
    }

    private void add(Mark mark, String name, AttributeValue value) {
        rows.add(new Row(mark, shown(name), ValueText.of(value), null));
    }

    /** Descends into maps and lists, so that a nested change is shown alone. */
    private void addChange(String path, AttributeValue before, AttributeValue after) {
        if (before.equals(after)) {
            return;
        }
        if (before.type() == AttributeType.M && after.type() == AttributeType.M) {
            addChanges(path, before.asItem(), after.asItem());
        } else if (before.type() == AttributeType.L && after.type() == AttributeType.L) {
            addChanges(path, before.asList(), after.asList());
        } else {
            rows.add(new Row(Mark.CHANGED, shown(path), ValueText.of(before), ValueText.of(after)));
        }
    }

    private void addChanges(String path, Item before, Item after) {
        Map<String, AttributeValue> added = new LinkedHashMap<>();
        after.forEach(added::put);
        before.forEach((name, value) -> {
            AttributeValue then = added.remove(name);
            if (then == null) {
                add(Mark.REMOVED, path + "." + name, value);
            } else {
                addChange(path + "." + name, value, then);
            }
        });
        added.forEach((name, value) -> add(Mark.ADDED, path + "." + name, value));
    }

    private void addChanges(String path, List<AttributeValue> before, List<AttributeValue> after) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String name = path + "[" + i + "]";
            if (i >= after.size()) {
                add(Mark.REMOVED, name, before.get(i));
            } else if (i >= before.size()) {
                add(Mark.ADDED, name, after.get(i));
            } else {
                addChange(name, before.get(i), after.get(i));
            }
        }
    }

    private void printRows(PrintStream out) {
        int nameWidth = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        for (Row row : rows) {
            String start = INDENT + pad(row.mark().name().toLowerCase(Locale.ROOT), 7) + "  "
                    + pad(row.name(), nameWidth) + "  ";
            int room = WIDTH - start.length();
            String then = row.then();
            if (then == null) {
                out.println(start + cut(row.value(), room));
            } else if (row.value().length() + then.length() + 4 <= room) {
                out.println(start + row.value() + " -> " + then);
            } else {
                out.println(start + cut(row.value(), room));
                out.println(" ".repeat(start.length() - 3) + "-> " + cut(then, room));
            }
        }
        if (rows.stream().allMatch(row -> row.mark() == Mark.KEY)) {
            boolean images = event.newImage() != null && event.oldImage() != null;
            out.println(INDENT + (images ? "(no attribute changed)" : "(nothing but the keys was sent)"));
        }
    }

    private static String shown(String name) {
        return cut(ValueText.escape(name), NAME_WIDTH);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Returns a text that fits, with dots for the omitted part. */
    private static String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        int end = room - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
