package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares attribute values by DynamoDB's meaning: numbers by value, sets and maps without order, lists in order. Takes
 * time linear in both values.
 */
final class ValueEquality {
    private ValueEquality() {}

    static boolean same(RecordIndex a, int entry, RecordIndex b, int other) {
        int type = a.type(entry);
        if (type != b.type(other)) {
            return false;
        }
        long one = a.value(entry);
        long two = b.value(other);
        switch (type) {
            case TypeCodes.UNKNOWN:
                long name = JsonText.nameBefore(a.data, a.base, one);
                long otherName = JsonText.nameBefore(b.data, b.base, two);
                return JsonText.same(a.data, a.base, name, b.data, b.base, otherName)
                        && JsonText.same(a.data, a.base, one, b.data, b.base, two);
            case TypeCodes.S:
                return JsonText.same(a.data, a.base, one, b.data, b.base, two);
            case TypeCodes.N:
                return sameBytes(a, one, b, two) || new Decimal.Key(a.text(one)).equals(new Decimal.Key(b.text(two)));
            case TypeCodes.B:
                return (a.binaryEncoding == b.binaryEncoding && sameBytes(a, one, b, two))
                        || Arrays.equals(a.bytes(one), b.bytes(two));
            case TypeCodes.BOOL:
                return (one & Span.TRUE) == (two & Span.TRUE);
            case TypeCodes.SS:
            case TypeCodes.NS:
            case TypeCodes.BS:
                return members(a, entry).equals(members(b, other));
            case TypeCodes.L:
                return sameList(a, entry, b, other);
            case TypeCodes.M:
                return sameItem(a, entry, b, other);
            default:
                return true;
        }
    }

    private static boolean sameList(RecordIndex a, int list, RecordIndex b, int other) {
        if (a.count(list) != b.count(other)) {
            return false;
        }
        int end = a.end(list);
        int there = other + 1;
        for (int entry = list + 1; entry < end; entry = a.next(entry)) {
            if (!same(a, entry, b, there)) {
                return false;
            }
            there = b.next(there);
        }
        return true;
    }

    /** Returns whether two items or maps mean the same. */
    static boolean sameItem(RecordIndex a, int item, RecordIndex b, int other) {
        if (a.count(item) != b.count(other)) {
            return false;
        }
        Lookup lookup = new Lookup(b, other);
        int end = a.end(item);
        for (int entry = item + 1; entry < end; entry = a.next(entry)) {
            int there = lookup.find(a, entry);
            if (there < 0 || !same(a, entry, b, there)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the distinct members of a set, as keys that compare by meaning, and that a HashSet can sort where their
     * hashes collide.
     */
    private static Set<Object> members(RecordIndex index, int set) {
        Set<Object> members = new HashSet<>();
        int end = index.end(set);
        for (int entry = set + 1; entry < end; entry++) {
            members.add(key(index, entry));
        }
        return members;
    }

    /** Returns a key of a scalar. */
    private static Object key(RecordIndex index, int entry) {
        long span = index.value(entry);
        switch (index.type(entry)) {
            case TypeCodes.N:
                return new Decimal.Key(index.text(span));
            case TypeCodes.B:
                return new String(index.bytes(span), ISO_8859_1);
            case TypeCodes.BOOL:
                return (span & Span.TRUE) != 0;
            case TypeCodes.NULL:
                return "";
            default:
                return index.text(span);
        }
    }

    static int hash(RecordIndex index, int entry) {
        int type = index.type(entry);
        switch (type) {
            case TypeCodes.SS:
            case TypeCodes.NS:
            case TypeCodes.BS:
                return type + members(index, entry).hashCode();
            case TypeCodes.L:
                int hash = type;
                int end = index.end(entry);
                for (int member = entry + 1; member < end; member = index.next(member)) {
                    hash = hash * 31 + hash(index, member);
                }
                return hash;
            case TypeCodes.M:
                return hashOfItem(index, entry);
            default:
                return type * 31 + key(index, entry).hashCode();
        }
    }

    /** Returns a hash of an item or a map that does not depend on the order of its attributes. */
    static int hashOfItem(RecordIndex index, int item) {
        int hash = 0;
        int end = index.end(item);
        for (int entry = item + 1; entry < end; entry = index.next(entry)) {
            hash += index.nameText(entry).hashCode() ^ hash(index, entry) * 31;
        }
        return hash;
    }

    private static boolean sameBytes(RecordIndex a, long one, RecordIndex b, long two) {
        return JsonText.sameBytes(a.data, a.base, one, b.data, b.base, two);
    }

    /**
     * Finds the attributes of one item or map by the names of another's, in time linear in both: at the next position
     * where the orders agree, as they do in the two images of a record, else in a table of all names.
     */
    static final class Lookup {
        private final RecordIndex index;
        private final int first;
        private final int end;
        private int next;
        private @Nullable Map<String, Integer> byName;

        Lookup(RecordIndex index, int container) {
            this.index = index;
            first = container + 1;
            end = index.end(container);
            next = first;
        }

        /** Returns the entry with the name of another record's entry; −1 if there is none. */
        int find(RecordIndex other, int entry) {
            if (next < end && index.sameName(next, other, entry)) {
                int found = next;
                next = index.next(next);
                return found;
            }
            if (byName == null) {
                byName = new HashMap<>();
                for (int i = first; i < end; i = index.next(i)) {
                    byName.put(index.nameText(i), i);
                }
            }
            Integer found = byName.get(other.nameText(entry));
            if (found == null) {
                return -1;
            }
            next = index.next(found);
            return found;
        }
    }
}
