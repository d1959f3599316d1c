package io.github.dynamodbcdc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the two images of a change: the attributes that only NewImage has, those that only OldImage
 * has, and those whose values differ. Values are compared by DynamoDB's meaning ({@link AttributeValue}): 1 and 1.0 do
 * not differ, nor do sets and maps in another order.
 *
 * <p>The maps are unmodifiable. Added and changed attributes are in the order of NewImage, removed ones in the order of
 * OldImage. The values are views of the record and are valid as long as the values of its images.
 *
 * <p>Immutable and thread-safe while the record's bytes do not change. After a {@link DecodeSession} decodes another
 * record, the values of its differences throw {@link IllegalStateException}.
 */
public final class ItemDiff {
    private final Map<String, AttributeValue> added = new LinkedHashMap<>();
    private final Map<String, AttributeValue> removed = new LinkedHashMap<>();
    private final Map<String, Change> changed = new LinkedHashMap<>();

    /** Has parameters because a plain ObjectMapper would call a constructor without parameters for any JSON object. */
    private ItemDiff(@Nullable Item before, @Nullable Item after) {
        if (before == null) {
            if (after != null) {
                after.forEach(added::put);
            }
        } else if (after == null) {
            before.forEach(removed::put);
        } else {
            compare(before, after);
        }
    }

    /** Returns the difference of two images; one that is null has no attributes. */
    static ItemDiff between(@Nullable Item before, @Nullable Item after) {
        return new ItemDiff(before, after);
    }

    private void compare(Item before, Item after) {
        ValueEquality.Lookup old = new ValueEquality.Lookup(before.index, before.container());
        int kept = 0;
        int end = after.index.end(after.container());
        for (int entry = after.container() + 1; entry < end; entry = after.index.next(entry)) {
            int was = old.find(after.index, entry);
            if (was < 0) {
                added.put(name(after.index, entry), new AttributeValue(after.index, entry));
                continue;
            }
            kept++;
            if (!ValueEquality.same(before.index, was, after.index, entry)) {
                AttributeValue oldValue = new AttributeValue(before.index, was);
                changed.put(name(after.index, entry), new Change(oldValue, new AttributeValue(after.index, entry)));
            }
        }
        if (kept < before.size()) {
            findRemoved(before, after);
        }
    }

    private void findRemoved(Item before, Item after) {
        ValueEquality.Lookup current = new ValueEquality.Lookup(after.index, after.container());
        int end = before.index.end(before.container());
        for (int entry = before.container() + 1; entry < end; entry = before.index.next(entry)) {
            if (current.find(before.index, entry) < 0) {
                removed.put(name(before.index, entry), new AttributeValue(before.index, entry));
            }
        }
    }

    private static String name(RecordIndex index, int entry) {
        return index.nameText(entry);
    }

    /** Returns the attributes that NewImage has and OldImage does not, with their new values; may be empty. */
    public Map<String, AttributeValue> added() {
        return Collections.unmodifiableMap(added);
    }

    /** Returns the attributes that OldImage has and NewImage does not, with their old values; may be empty. */
    public Map<String, AttributeValue> removed() {
        return Collections.unmodifiableMap(removed);
    }

    /** Returns the attributes that both images have with values that differ in meaning; may be empty. */
    public Map<String, Change> changed() {
        return Collections.unmodifiableMap(changed);
    }

    /** Returns the number of attributes that were added, removed or changed; 0 if both images mean the same. */
    public int size() {
        return added.size() + removed.size() + changed.size();
    }

    /** Returns the numbers of added, removed and changed attributes; never a name or a value. */
    @Override
    public String toString() {
        return "ItemDiff[added " + added.size() + ", removed " + removed.size() + ", changed " + changed.size() + "]";
    }

    /** The two values of a changed attribute; their types may differ. */
    public static final class Change {
        private final AttributeValue before;
        private final AttributeValue after;

        Change(AttributeValue before, AttributeValue after) {
            this.before = before;
            this.after = after;
        }

        /** Returns the value in OldImage. */
        public AttributeValue before() {
            return before;
        }

        /** Returns the value in NewImage. */
        public AttributeValue after() {
            return after;
        }

        /** Returns the types of both values; never the values. */
        @Override
        public String toString() {
            return before + " -> " + after;
        }
    }
}
