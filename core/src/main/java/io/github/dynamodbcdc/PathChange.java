package io.github.dynamodbcdc;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference between two images at a path, which leads to an attribute or into its maps and lists
 * ({@link ItemDiff#changes()}). The path does not refer to the record. The values are views of the record, with the
 * lifetime of those of {@link ItemDiff}. Immutable and thread-safe while the record's bytes do not change.
 */
public final class PathChange {
    /** What happened at a path. */
    public enum Kind {
        /** Only NewImage has a value there. */
        ADDED,
        /** Only OldImage has a value there. */
        REMOVED,
        /** Both images have a value there, and the two differ. */
        CHANGED
    }

    private final Step step;
    private final @Nullable AttributeValue before;
    private final @Nullable AttributeValue after;

    PathChange(Step step, @Nullable AttributeValue before, @Nullable AttributeValue after) {
        this.step = step;
        this.before = before;
        this.after = after;
    }

    /** {@return whether the value was added, removed or changed} */
    public Kind kind() {
        return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    }

    /** {@return the value in OldImage; null if it was added} */
    public @Nullable AttributeValue before() {
        return before;
    }

    /** {@return the value in NewImage; null if it was removed} */
    public @Nullable AttributeValue after() {
        return after;
    }

    /**
     * {@return the steps from the image to the value: a String for each name, and an Integer, counted from 0, for each
     * position in a list; unmodifiable} The first one is the name of an attribute.
     */
    public List<Object> segments() {
        Object[] segments = new Object[step.depth];
        for (Step at = step; at != null; at = at.parent) {
            segments[at.depth - 1] = at.name != null ? at.name : (Object) at.position;
        }
        return Collections.unmodifiableList(Arrays.asList(segments));
    }

    /**
     * {@return the path as text for people: {@code tariff.per_minute}, {@code slots[2].charge}} A name is in brackets
     * and quotes, as in {@code tariff["per.minute"]}, if it is empty or has a dot, a bracket, a quote, a backslash, or
     * a character that is invisible or breaks the line. In quotes, a backslash precedes quotes and backslashes, and
     * such characters are written as <code>&#92;u000a</code>. Different paths have different texts.
     */
    public String path() {
        StringBuilder text = new StringBuilder();
        for (Object segment : segments()) {
            if (segment instanceof Integer) {
                text.append('[').append(segment).append(']');
            } else {
                appendName(text, (String) segment);
            }
        }
        return text.toString();
    }

    private static void appendName(StringBuilder text, String name) {
        if (!name.isEmpty() && name.codePoints().noneMatch(c -> isQuoted(c) || isInvisible(c))) {
            text.append(text.length() == 0 ? "" : ".").append(name);
            return;
        }
        text.append("[\"");
        name.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                for (char unit : Character.toChars(c)) {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").appendCodePoint(c);
            }
        });
        text.append("\"]");
    }

    private static boolean isQuoted(int c) {
        return c == '.' || c == '[' || c == ']' || c == '"' || c == '\\';
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** {@return the path as a JSON Pointer (RFC 6901): {@code /slots/2/charge}, with ~0 for ~ and ~1 for /} */
    public String pointer() {
        StringBuilder text = new StringBuilder();
        for (Object segment : segments()) {
            text.append('/').append(segment.toString().replace("~", "~0").replace("/", "~1"));
        }
        return text.toString();
    }

    /** {@return the kind, the depth and the types of the values; never a name or a value} */
    @Override
    public String toString() {
        String types = before == null ? "" + after : after == null ? "" + before : before + " -> " + after;
        return "PathChange[" + kind() + " at depth " + step.depth + ", " + types + "]";
    }

    /** A name or a position in a list, and the steps to the map or list around it. */
    static final class Step {
        final @Nullable Step parent;

        /** Null for a position in a list. */
        final @Nullable String name;

        final int position;

        /** The number of steps up to this one. */
        final int depth;

        private Step(@Nullable Step parent, @Nullable String name, int position) {
            this.parent = parent;
            this.name = name;
            this.position = position;
            depth = parent == null ? 1 : parent.depth + 1;
        }

        Step(@Nullable Step parent, String name) {
            this(parent, name, 0);
        }

        Step(Step parent, int position) {
            this(parent, null, position);
        }
    }
}
