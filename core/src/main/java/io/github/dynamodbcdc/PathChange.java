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

    /**
     * The first and the last of each range of invisible characters, except the noncharacters at the end of each plane.
     * A list, because {@link Character} knows only the properties of its JDK's Unicode, and not all that count.
     */
    private static final int[] INVISIBLE = {
        0x00, 0x1F, 0x7F, 0xA0, 0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x1680, 0x1680, 0x17B4, 0x17B5,
        0x180B, 0x180F, 0x2000, 0x200F, 0x2028, 0x202F, 0x205F, 0x206F, 0x2800, 0x2800, 0x3000, 0x3000, 0x3164, 0x3164,
        0xFDD0, 0xFDEF, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFB, 0x13430, 0x1343F, 0x1BCA0,
        0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

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
     * and quotes, as in {@code tariff["per.minute"]}, if it is empty, begins or ends with a space, or has a dot, a
     * bracket, a quote, a backslash, or a character that is invisible or breaks the line. In quotes, a backslash
     * precedes quotes and backslashes, and invisible characters are written as <code>&#92;u000a</code>, and those above
     * U+FFFF as two escapes. Different paths have different texts.
     *
     * <p>These characters count as invisible, by their properties in Unicode 16 and with any JDK: control characters,
     * white space other than U+0020, format characters except those of Prepended_Concatenation_Mark, which are visible,
     * Default_Ignorable_Code_Point, such as fillers and variation selectors, noncharacters, and the blank U+2800 of
     * Braille. Others, also unassigned and private ones, are in the text as they are.
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
        boolean shown = !name.isEmpty() && !name.startsWith(" ") && !name.endsWith(" ");
        if (shown && name.codePoints().noneMatch(c -> isQuoted(c) || isInvisible(c))) {
            text.append(text.length() == 0 ? "" : ".").append(name);
            return;
        }
        text.append("[\"");
        name.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                for (char unit : Character.toChars(c)) {
                    text.append("\\u").append(Integer.toHexString(0x10000 | unit), 1, 5);
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
        int last = Arrays.binarySearch(INVISIBLE, c);
        return last >= 0 || last % 2 == 0 || (c & 0xFFFE) == 0xFFFE; // the insertion point is inside a range if odd
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
