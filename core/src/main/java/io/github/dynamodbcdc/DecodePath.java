package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Names;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the path to a fault in a record. A path contains no data: it consists of the names of known members and type
 * descriptors, array indexes, and a {@code *} for each attribute name and unknown member.
 *
 * <p>The path is found by a second walk over the record, so decoding itself does not track its position. The bytes
 * before a fault are valid JSON, so the walk only needs to distinguish strings from punctuation. The path is created
 * with the failure and not on request, because the bytes may be overwritten later. The memory of the walk is used
 * again, so a path costs no more memory than its text.
 */
final class DecodePath {
    /** The meaning of the members of an object, or of the elements of an array. */
    private enum Context {
        RECORD(Names.RECORD),
        DYNAMODB(Names.DYNAMODB),
        USER_IDENTITY(Names.USER_IDENTITY),
        METADATA(Names.METADATA),
        ITEM(null),
        VALUE(null),
        LIST(null),
        OTHER(null);

        /** The names that a path may contain; null for none, or for type descriptors. */
        @SuppressWarnings("ImmutableEnumChecker") // nothing writes to its tables after they are built
        final @Nullable Names names;

        Context(@Nullable Names names) {
            this.names = names;
        }

        /** Returns the context of the value of a member, as long as the member's name is not known. */
        Context usualInside() {
            return this == ITEM || this == LIST ? VALUE : OTHER;
        }

        static Context inside(Member member) {
            switch (member.content) {
                case DYNAMODB:
                    return DYNAMODB;
                case USER_IDENTITY:
                    return USER_IDENTITY;
                case METADATA:
                    return METADATA;
                case WRITE_TIME:
                    return VALUE;
                default:
                    return member.isItem() ? ITEM : OTHER;
            }
        }

        static Context inside(int type) {
            return type == TypeCodes.M ? ITEM : type == TypeCodes.L ? LIST : OTHER;
        }
    }

    /** The initial capacity in levels: most faults are not deeper. */
    private static final int USUAL_LEVELS = 6;

    /** A longer text is not kept for the next path. */
    private static final int MAX_KEPT_LENGTH = 1024;

    private final JsonScanner record;
    private final DecodeOptions options;
    private StringBuilder text = new StringBuilder();

    /** For each open object or array, the context of its members. */
    private Context[] contexts = new Context[USUAL_LEVELS];

    /** For each open object, the name of the current member, which is empty before it is read; null for an array. */
    private @Nullable String[] names = new String[USUAL_LEVELS];

    /** For each open object or array, the context of the current value. */
    private Context[] inside = new Context[USUAL_LEVELS];

    /** For each open array, the index of the current element. */
    private int[] indexes = new int[USUAL_LEVELS];

    private int depth;

    /** Creates a path finder for the records of {@code record}. */
    DecodePath(JsonScanner record, DecodeOptions options) {
        this.record = record;
        this.options = options;
    }

    /** Returns the path to the value or name at {@code position} of the scanner's record; empty for the record. */
    String at(int position) {
        int first = record.start;
        while (first < position && first < record.end && !JsonScanner.startsValue(record.data[first])) {
            first++; // white space and a byte order mark
        }
        if (first >= position || first >= record.end || (record.data[first] != '{' && record.data[first] != '[')) {
            return "";
        }
        depth = 0;
        walk(first, position);
        return render();
    }

    private void walk(int first, int position) {
        byte[] data = record.data;
        for (int p = first; p <= position && p < record.end; p++) {
            switch (data[p]) {
                case '{':
                case '[':
                    if (p < position) {
                        open(data[p] == '[');
                    }
                    break;
                case '}':
                case ']':
                    if (p < position && depth > 0) {
                        depth--;
                    }
                    break;
                case ',':
                    if (p < position && depth > 0) {
                        indexes[depth - 1]++;
                        names[depth - 1] = names[depth - 1] == null ? null : "";
                        inside[depth - 1] = contexts[depth - 1].usualInside();
                    }
                    break;
                case '"':
                    int close = closingQuote(p + 1, position);
                    String name = depth == 0 ? null : names[depth - 1];
                    if (name != null && name.isEmpty()) {
                        names[depth - 1] = label(p + 1, close);
                    }
                    p = close;
                    break;
                default:
            }
        }
    }

    private void open(boolean array) {
        Context context = depth == 0 ? Context.RECORD : inside[depth - 1];
        if (depth == contexts.length) {
            contexts = Arrays.copyOf(contexts, depth * 2);
            names = Arrays.copyOf(names, depth * 2);
            inside = Arrays.copyOf(inside, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        contexts[depth] = context;
        names[depth] = array ? null : "";
        inside[depth] = context.usualInside();
        indexes[depth] = 0;
        depth++;
    }

    /** Returns the position of a string's closing quote, or of the fault if that is in the string. */
    private int closingQuote(int p, int position) {
        byte[] data = record.data;
        // A name that begins at the fault is read to its end, so the path names a repeated member.
        int to = position < p ? record.end : position;
        while (p < to && data[p] != '"') {
            p += data[p] == '\\' ? 2 : 1;
        }
        return Math.min(p, record.end);
    }

    /** Returns the name of the current member as the path may contain it, and sets the context of its value. */
    private String label(int from, int to) {
        long flags = 0;
        for (int p = from; p < to; p++) {
            if (record.data[p] == '\\') {
                flags |= Span.ESCAPED;
                int next = afterEscape(p, to);
                if (next < 0) {
                    return "*"; // the fault is in the name, or no known name has such an escape
                }
                p = next - 1;
            }
        }
        return label(contexts[depth - 1], from, to, flags);
    }

    /** Returns the position after an escape; −1 if it is not an escape of a single character. */
    private int afterEscape(int p, int to) {
        byte[] data = record.data;
        if (p + 1 >= to || "\"\\/bfnrtu".indexOf(data[p + 1]) < 0) {
            return -1;
        }
        if (data[p + 1] != 'u') {
            return p + 2;
        }
        int unit = 0;
        for (int i = p + 2; i < p + 6; i++) {
            int digit = i < to ? JsonText.hex(data[i]) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return Character.isSurrogate((char) unit) ? -1 : p + 6;
    }

    private String label(Context context, int from, int to, long flags) {
        if (context == Context.VALUE) {
            int type = options.descriptorAliases
                    ? TypeCodes.findAlias(record.data, from, to)
                    : TypeCodes.find(record.data, from, to, flags);
            inside[depth - 1] = Context.inside(type);
            return type < 0 ? "*" : AttributeType.of(type).name();
        }
        Names known = context.names;
        Member member = known == null ? null : known.find(record.data, from, to, flags, options.memberAliases);
        if (member == null) {
            return "*";
        }
        inside[depth - 1] = Context.inside(member);
        return member.wireName;
    }

    private String render() {
        if (text.capacity() > MAX_KEPT_LENGTH) {
            text = new StringBuilder();
        }
        text.setLength(0);
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name == null) {
                text.append('[').append(indexes[i]).append(']');
            } else if (!name.isEmpty()) {
                text.append(text.length() == 0 ? "" : ".").append(name);
            }
        }
        return text.toString();
    }
}
