package example;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints one event for people to read: a header and its attributes, in lines of at most {@value #WIDTH} characters.
 */
final class EventPrinter {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 30;
    private static final String INDENT = "    ";

    private static final int BOLD = 1;

    /** The kinds of lines, in the order of printing, and their colors on a terminal. */
    private enum Mark {
        KEY(36),
        CHANGED(33),
        ADDED(32),
        REMOVED(31),
        NEW(32),
        OLD(31);

        private final int color;

        Mark(int color) {
            this.color = color;
        }
    }

    /** One line; {@code then} is the new value of a changed attribute. */
    private record Row(
            Mark mark, String name, String value, @Nullable String then) {}

    private final ChangeEvent event;
    private final boolean inColor;
    private final List<Row> rows = new ArrayList<>();

    private EventPrinter(ChangeEvent event, boolean inColor) {
        this.event = event;
        this.inColor = inColor;
    }

    static void print(long number, ChangeEvent event, boolean inColor, PrintStream out) {
        EventPrinter printer = new EventPrinter(event, inColor);
        out.println(printer.styled(printer.header(number), BOLD));
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
            diff.changes().forEach(this::addChange);
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

    private void addChange(PathChange change) {
        AttributeValue before = change.before();
        AttributeValue after = change.after();
        String path = cut(change.path(), NAME_WIDTH);
        if (before != null && after != null) {
            rows.add(new Row(Mark.CHANGED, path, ValueText.of(before), ValueText.of(after)));
        } else if (after != null) {
            rows.add(new Row(Mark.ADDED, path, ValueText.of(after), null));
        } else if (before != null) {
            rows.add(new Row(Mark.REMOVED, path, ValueText.of(before), null));
        }
    }

    private void printRows(PrintStream out) {
        int nameWidth = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        for (Row row : rows) {
            String mark = pad(row.mark().name().toLowerCase(Locale.ROOT), 7);
            int indent = INDENT.length() + mark.length() + 2 + nameWidth + 2;
            String start = INDENT + styled(mark, row.mark().color) + "  " + pad(row.name(), nameWidth) + "  ";
            int room = WIDTH - indent;
            String then = row.then();
            if (then == null) {
                out.println(start + cut(row.value(), room));
            } else if (row.value().length() + then.length() + 4 <= room) {
                out.println(start + row.value() + " -> " + then);
            } else {
                out.println(start + cut(row.value(), room));
                out.println(" ".repeat(indent - 3) + "-> " + cut(then, room));
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

    private String styled(String text, int style) {
        return inColor ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
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
