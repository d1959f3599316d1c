package io.github.dynamodbcdc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the attributes of one item or map by the names of another's, in time linear in both: at the next position where
 * the orders agree, as those of the two images of a record do, else in a table of all.
 */
final class AttributeLookup {
    private final RecordIndex index;
    private final int end;
    private int next;
    private @Nullable Map<String, Integer> byName;
    private final int first;

    AttributeLookup(RecordIndex index, int container) {
        this.index = index;
        end = index.end(container);
        first = container + 1;
        next = first;
    }

    /** The entry with the name of another record's entry; −1 if there is none. */
    int find(RecordIndex other, int entry) {
        if (next < end && sameName(other, entry)) {
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

    private boolean sameName(RecordIndex other, int entry) {
        return index.sameName(next, other, entry);
    }
}
