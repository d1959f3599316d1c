package io.github.dynamodbcdc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the two images of a change: the attributes that only NewImage has, those that only OldImage
 * has, and those whose values differ. {@link #changes()} also shows what differs inside maps and lists, and
 * {@link #mergePatch()} is the difference as a patch of a document. Values are compared by DynamoDB's meaning
 * ({@link AttributeValue}): 1 and 1.0 do not differ, nor do sets and maps in another order. Takes time linear in both
 * images.
 *
 * <p>The maps are unmodifiable. Added and changed attributes are in the order of NewImage, removed ones in the order of
 * OldImage. The values are views of the record and are valid as long as the values of its images.
 *
 * <p>Immutable and thread-safe while the record's bytes do not change. After a {@link DecodeSession} decodes another
 * record, the values of its differences, {@link #changes()} and {@link #mergePatch()} throw
 * {@link IllegalStateException}.
 */
public final class ItemDiff {
    /** The entry of an attribute or image that does not exist. */
    private static final int ABSENT = -1;

    private final RecordIndex index;
    private final int generation;
    private final int before;
    private final int after;
    private final Map<String, AttributeValue> added = new LinkedHashMap<>();
    private final Map<String, AttributeValue> removed = new LinkedHashMap<>();
    private final Map<String, Change> changed = new LinkedHashMap<>();

    /** Has parameters because a plain ObjectMapper would call a constructor without parameters for any JSON object. */
    private ItemDiff(RecordIndex index, int before, int after) {
        this.index = index;
        generation = index.generation;
        this.before = before;
        this.after = after;
        forEachPair(before, after, (was, now) -> {
            if (was == ABSENT) {
                added.put(index.nameText(now), new AttributeValue(index, now));
            } else if (now == ABSENT) {
                removed.put(index.nameText(was), new AttributeValue(index, was));
            } else if (!ValueEquality.same(index, was, index, now)) {
                Change change = new Change(new AttributeValue(index, was), new AttributeValue(index, now));
                changed.put(index.nameText(now), change);
            }
        });
    }

    /** Returns the difference of the images of one record; one that is null has no attributes. */
    static ItemDiff between(@Nullable Item before, @Nullable Item after) {
        RecordIndex index = Objects.requireNonNull(after != null ? after : before).index;
        return new ItemDiff(
                index, before == null ? ABSENT : before.container(), after == null ? ABSENT : after.container());
    }

    /**
     * Passes the old and the new entry of each attribute of two items or maps to the action; one that does not exist is
     * {@link #ABSENT}. The attributes of the new map come first.
     */
    private void forEachPair(int oldMap, int newMap, BiConsumer<Integer, Integer> action) {
        int kept = 0;
        if (newMap != ABSENT) {
            ValueEquality.Lookup old = oldMap == ABSENT ? null : new ValueEquality.Lookup(index, oldMap);
            int end = index.end(newMap);
            for (int entry = newMap + 1; entry < end; entry = index.next(entry)) {
                int was = old == null ? ABSENT : old.find(index, entry);
                kept += was == ABSENT ? 0 : 1;
                action.accept(was, entry);
            }
        }
        if (oldMap != ABSENT && kept < index.count(oldMap)) {
            ValueEquality.Lookup current = newMap == ABSENT ? null : new ValueEquality.Lookup(index, newMap);
            int end = index.end(oldMap);
            for (int entry = oldMap + 1; entry < end; entry = index.next(entry)) {
                if (current == null || current.find(index, entry) == ABSENT) {
                    action.accept(entry, ABSENT);
                }
            }
        }
    }

    /** {@return the attributes that NewImage has and OldImage does not, with their new values; may be empty} */
    public Map<String, AttributeValue> added() {
        return Collections.unmodifiableMap(added);
    }

    /** {@return the attributes that OldImage has and NewImage does not, with their old values; may be empty} */
    public Map<String, AttributeValue> removed() {
        return Collections.unmodifiableMap(removed);
    }

    /** {@return the attributes that both images have with values that differ in meaning; may be empty} */
    public Map<String, Change> changed() {
        return Collections.unmodifiableMap(changed);
    }

    /** {@return the number of attributes that were added, removed or changed; 0 if both images mean the same} */
    public int size() {
        return added.size() + removed.size() + changed.size();
    }

    // ---------------------------------------------------------------------------------------------- inside values

    /**
     * Returns the differences at the deepest places that show them. Two maps differ in their members, and so do two
     * lists. Other values, sets included, differ as a whole, and so do two values of different types. A value without a
     * counterpart is one difference, whatever it contains.
     *
     * <p><b>Lists</b> are compared by position, the third member with the third. The surplus members at the end of the
     * longer list were added or removed. A member that was inserted at the beginning of a list is therefore a change of
     * every member after it: to find the shortest difference would take quadratic time.
     *
     * <p><b>Order.</b> The members of a map are in the order of NewImage, followed by the removed ones in the order of
     * OldImage. The members of a list are in order, except that the removed ones are in reverse order. Applied one
     * after another, the changes turn OldImage into NewImage. With {@link PathChange#pointer()} they are the operations
     * {@code add}, {@code remove} and {@code replace} of a JSON Patch (RFC 6902), which can set a null, as {@link
     * #mergePatch()} cannot.
     *
     * @return an unmodifiable list, empty if both images mean the same; each call compares again
     * @throws IllegalStateException if the images are those of a session that has decoded another record
     */
    public List<PathChange> changes() {
        requireCurrent();
        List<PathChange> changes = new ArrayList<>();
        compareMaps(null, before, after, changes);
        return Collections.unmodifiableList(changes);
    }

    private void requireCurrent() {
        if (generation != index.generation) {
            throw RecordIndex.stale();
        }
    }

    private void compareMaps(PathChange.@Nullable Step parent, int oldMap, int newMap, List<PathChange> changes) {
        forEachPair(oldMap, newMap, (was, now) -> {
            PathChange.Step step = new PathChange.Step(parent, index.nameText(now == ABSENT ? was : now));
            compare(step, was, now, changes);
        });
    }

    private void compareLists(PathChange.Step parent, int oldList, int newList, List<PathChange> changes) {
        int was = oldList + 1;
        int now = newList + 1;
        int oldSize = index.count(oldList);
        int newSize = index.count(newList);
        for (int i = 0; i < Math.min(oldSize, newSize); i++) {
            compare(new PathChange.Step(parent, i), was, now, changes);
            was = index.next(was);
            now = index.next(now);
        }
        for (int i = oldSize; i < newSize; i++) {
            compare(new PathChange.Step(parent, i), ABSENT, now, changes);
            now = index.next(now);
        }
        int firstRemoved = changes.size();
        for (int i = newSize; i < oldSize; i++) {
            compare(new PathChange.Step(parent, i), was, ABSENT, changes);
            was = index.next(was);
        }
        Collections.reverse(changes.subList(firstRemoved, changes.size()));
    }

    /** Adds the differences of two values, which are not compared as a whole before their members are. */
    private void compare(PathChange.Step step, int was, int now, List<PathChange> changes) {
        if (areBoth(TypeCodes.M, was, now)) {
            compareMaps(step, was, now, changes);
        } else if (areBoth(TypeCodes.L, was, now)) {
            compareLists(step, was, now, changes);
        } else if (was == ABSENT || now == ABSENT || !ValueEquality.same(index, was, index, now)) {
            changes.add(new PathChange(step, value(was), value(now)));
        }
    }

    private boolean areBoth(int type, int was, int now) {
        return was != ABSENT && now != ABSENT && index.type(was) == type && index.type(now) == type;
    }

    private @Nullable AttributeValue value(int entry) {
        return entry == ABSENT ? null : new AttributeValue(index, entry);
    }

    // ------------------------------------------------------------------------------------------------- the patch

    /**
     * {@return the patch of {@link #mergePatch(PlainValues)} with the default policy; unmodifiable}
     *
     * @throws IllegalStateException if the images are those of a session that has decoded another record
     */
    public Map<String, @Nullable Object> mergePatch() {
        return mergePatch(PlainValues.defaults());
    }

    /**
     * Returns the difference as a JSON Merge Patch (RFC 7396) of plain Java values, which updates a document that has
     * the attributes of OldImage. An added or changed attribute has its new value, and a removed one is null. For two
     * maps the value is the patch of the map. A list or set that changed is replaced as a whole. Attributes that did
     * not change are absent. The patch of an INSERT is the whole item. The patch of a REMOVE sets every attribute to
     * null; the caller deletes the document.
     *
     * <p><b>NULL.</b> A merge patch cannot set a null, because null removes. An attribute that has become NULL is null
     * in the patch and so removed from the document, and a NULL in a new map is not added. Documents that are made with
     * {@link PlainValues.Nulls#DROP}, which has no nulls, stay exact. Where NULL must be kept, use {@link #changes()},
     * or the top-level maps of this class: {@link AttributeValue#toObject()} of what is {@link #added()} and {@link
     * #changed()} for {@code $set} of MongoDB, and the names of {@link #removed()} for {@code $unset}. A value of type
     * UNKNOWN has no plain value and counts as removed.
     *
     * @param policy how numbers, sets, binary and NULL become Java values, and whether the map can be changed
     * @return a map in the order of {@link #changes()}, unmodifiable unless the policy is {@link
     *     PlainValues#mutable()}; it does not refer to the record
     * @throws IllegalStateException if the images are those of a session that has decoded another record
     */
    public Map<String, @Nullable Object> mergePatch(PlainValues policy) {
        requireCurrent();
        return patch(before, after, new PlainMapper(index, policy));
    }

    private Map<String, @Nullable Object> patch(int oldMap, int newMap, PlainMapper mapper) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        forEachPair(oldMap, newMap, (was, now) -> {
            if (now == ABSENT) {
                patch.put(index.nameText(was), null);
            } else if (areBoth(TypeCodes.M, was, now)) {
                Map<String, @Nullable Object> nested = patch(was, now, mapper);
                if (!nested.isEmpty()) {
                    patch.put(index.nameText(now), nested);
                }
            } else if (was == ABSENT || !ValueEquality.same(index, was, index, now)) {
                patch.put(index.nameText(now), mapper.value(now));
            }
        });
        return mapper.finished(patch);
    }

    /** {@return the numbers of added, removed and changed attributes; never a name or a value} */
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

        /** {@return the value in OldImage} */
        public AttributeValue before() {
            return before;
        }

        /** {@return the value in NewImage} */
        public AttributeValue after() {
            return after;
        }

        /** {@return the types of both values; never the values} */
        @Override
        public String toString() {
            return before + " -> " + after;
        }
    }
}
