package io.github.dynamodbcdc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a record a fault lies, in words that hold no data: known members and type descriptors by name, array indexes,
 * a {@code *} for every attribute name and unknown member.
 *
 * <p>It walks the record once more from its start, so that a decode keeps no trail of where it is. What lies before a
 * fault is sound JSON, so the walk only needs to tell strings from punctuation. It is done when the exception is made
 * and not when the path is asked for, because the bytes may be gone or overwritten by then.
 */
final class DecodePath {
    private enum Context {
        RECORD,
        DYNAMODB,
        USER_IDENTITY,
        METADATA,
        ITEM,
        VALUE,
        LIST,
        OTHER
    }

    /** An open object (with the name of the member it is at) or array (with the index it is at). */
    private static final class Level {
        final Context context;
        final boolean array;
        String name = "";
        int index;

        Level(Context context, boolean array) {
            this.context = context;
            this.array = array;
        }
    }

    private final JsonScanner record;
    private final List<Level> levels = new ArrayList<>();

    private DecodePath(JsonScanner record) {
        this.record = record;
    }

    /** The path to what stands at {@code position}; empty for the record itself. */
    static String at(JsonScanner record, int position) {
        DecodePath path = new DecodePath(record);
        path.walk(position);
        return path.render();
    }

    private void walk(int position) {
        byte[] data = record.data;
        for (int p = record.start; p <= position && p < record.end; p++) {
            Level level = levels.isEmpty() ? null : levels.get(levels.size() - 1);
            switch (data[p]) {
                case '{':
                case '[':
                    if (p < position) {
                        levels.add(new Level(child(level), data[p] == '['));
                    }
                    break;
                case '}':
                case ']':
                    if (p < position && level != null) {
                        levels.remove(levels.size() - 1);
                    }
                    break;
                case ',':
                    if (p < position && level != null) {
                        level.index++;
                        level.name = "";
                    }
                    break;
                case '"':
                    int close = closingQuote(p + 1, position);
                    if (level != null && !level.array && level.name.isEmpty()) {
                        level.name = label(level.context, p + 1, close);
                    }
                    p = close;
                    break;
                default:
            }
        }
    }

    /** The closing quote of a string, or the fault in it. */
    private int closingQuote(int p, int position) {
        byte[] data = record.data;
        // A name that begins at the fault is read to its end, so that a repeated known member is named.
        int to = position < p ? record.end : position;
        while (p < to && data[p] != '"') {
            p += data[p] == '\\' ? 2 : 1;
        }
        return Math.min(p, record.end);
    }

    private static Context child(@Nullable Level parent) {
        if (parent == null) {
            return Context.RECORD;
        }
        switch (parent.context) {
            case RECORD:
            case DYNAMODB:
                return ofMember(parent.name);
            case METADATA:
                return parent.name.equals(Member.WRITE_TIMESTAMP_MICROS.wireName) ? Context.VALUE : Context.OTHER;
            case ITEM:
            case LIST:
                return Context.VALUE;
            case VALUE:
                return parent.name.equals("M") ? Context.ITEM : parent.name.equals("L") ? Context.LIST : Context.OTHER;
            default:
                return Context.OTHER;
        }
    }

    private static Context ofMember(String name) {
        switch (name) {
            case "dynamodb":
                return Context.DYNAMODB;
            case "userIdentity":
                return Context.USER_IDENTITY;
            case "Metadata":
                return Context.METADATA;
            case "Keys":
            case "NewImage":
            case "OldImage":
            case "Item":
                return Context.ITEM;
            default:
                return Context.OTHER;
        }
    }

    private String label(Context context, int from, int to) {
        long flags = 0;
        for (int p = from; p < to; p++) {
            flags |= record.data[p] == '\\' ? Span.ESCAPED : 0;
        }
        try {
            return label(context, from, to, flags);
        } catch (IllegalStateException e) {
            return "*"; // the fault is in the name itself, in the midst of an escape
        }
    }

    private String label(Context context, int from, int to, long flags) {
        MemberNames names;
        switch (context) {
            case RECORD:
                names = MemberNames.RECORD;
                break;
            case DYNAMODB:
                names = MemberNames.DYNAMODB;
                break;
            case USER_IDENTITY:
                names = MemberNames.USER_IDENTITY;
                break;
            case METADATA:
                names = MemberNames.METADATA;
                break;
            case VALUE:
                int type = Descriptors.find(record.data, from, to, flags);
                return type < 0 ? "*" : AttributeType.of(type).name();
            default:
                return "*";
        }
        Member member = names.find(record.data, from, to, flags);
        return member == null ? "*" : member.wireName;
    }

    private String render() {
        StringBuilder path = new StringBuilder();
        for (Level level : levels) {
            if (level.array) {
                path.append('[').append(level.index).append(']');
            } else if (!level.name.isEmpty()) {
                path.append(path.length() == 0 ? "" : ".").append(level.name);
            }
        }
        return path.toString();
    }
}
