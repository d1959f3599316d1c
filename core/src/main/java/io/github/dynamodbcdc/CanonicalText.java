package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the one text that a table and an item's attributes have in every spelling: equal for attributes that are equal
 * ({@link ValueEquality}), different for all others. {@link ChangeEvent#itemKey()} describes it.
 */
final class CanonicalText {
    private static final String HEX = "0123456789ABCDEF";

    private final RecordIndex index;
    private final StringBuilder text = new StringBuilder();

    private CanonicalText(RecordIndex index) {
        this.index = index;
    }

    /** Returns the text of an item of a table; the name of a table that is not known is empty. */
    static String of(@Nullable String table, RecordIndex index, int item) {
        CanonicalText canonical = new CanonicalText(index);
        canonical.append(table == null ? "" : table);
        canonical.text.append('/');
        canonical.attributes(item);
        return canonical.text.toString();
    }

    private void attributes(int item) {
        Map<String, Integer> byName = new TreeMap<>();
        int end = index.end(item);
        for (int entry = item + 1; entry < end; entry = index.next(entry)) {
            byName.put(index.nameText(entry), entry);
        }
        String separator = "";
        for (Map.Entry<String, Integer> attribute : byName.entrySet()) {
            text.append(separator);
            append(attribute.getKey());
            text.append('=');
            value(attribute.getValue());
            separator = "&";
        }
    }

    private void value(int entry) {
        long span = index.value(entry);
        int type = Span.type(span);
        text.append(AttributeType.of(type).name()).append(':');
        switch (type) {
            case TypeCodes.N:
                text.append(new Decimal.Key(index.text(span)).text());
                break;
            case TypeCodes.B:
                text.append(Base64.getUrlEncoder().withoutPadding().encodeToString(index.bytes(span)));
                break;
            case TypeCodes.BOOL:
                text.append((span & Span.TRUE) != 0);
                break;
            case TypeCodes.NULL:
                break;
            case TypeCodes.UNKNOWN:
                append(index.text(JsonText.nameBefore(index.data, index.base, span)));
                text.append(':');
                append(JsonText.verbatim(index.data, index.base, span));
                break;
            case TypeCodes.SS:
            case TypeCodes.NS:
            case TypeCodes.BS:
                text.append('(').append(String.join(",", members(entry))).append(')');
                break;
            case TypeCodes.L:
                list(entry);
                break;
            case TypeCodes.M:
                text.append('(');
                attributes(entry);
                text.append(')');
                break;
            default:
                append(index.text(span));
        }
    }

    /** Returns the texts of the distinct members of a set, sorted. */
    private Set<String> members(int set) {
        Set<String> members = new TreeSet<>();
        int end = index.end(set);
        for (int entry = set + 1; entry < end; entry++) {
            CanonicalText member = new CanonicalText(index);
            member.value(entry);
            members.add(member.text.toString());
        }
        return members;
    }

    private void list(int list) {
        text.append('(');
        int end = index.end(list);
        for (int entry = list + 1; entry < end; entry = index.next(entry)) {
            text.append(entry == list + 1 ? "" : ",");
            value(entry);
        }
        text.append(')');
    }

    /** Appends a text, percent-encoded: the characters that separate the parts do not occur in it. */
    private void append(String part) {
        for (byte b : part.getBytes(UTF_8)) {
            if (isUnreserved(b)) {
                text.append((char) b);
            } else {
                text.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
    }

    /** Returns whether a URI has the character as it is ("Unreserved Characters" in RFC 3986). */
    private static boolean isUnreserved(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
