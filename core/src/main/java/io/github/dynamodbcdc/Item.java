package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name, in the order of the record: Keys, an image, or an M. A view of the record that reads it when
 * asked.
 *
 * <p>An attribute whose value is NULL is there, an absent one is not. Equality is by DynamoDB's meaning
 * ({@link AttributeValue}), whatever the order of the attributes.
 *
 * <p>Immutable and thread-safe as long as the record's bytes are not changed; see {@link ChangeEvent} for how long that
 * must hold.
 */
public final class Item implements Iterable<Map.Entry<String, AttributeValue>> {
    /** What the window of a session shows, of each record anew. */
    enum Window {
        KEYS,
        NEW_IMAGE,
        OLD_IMAGE
    }

    final RecordIndex index;
    private final int entry;
    private final int generation;
    private final @Nullable Window window;
    private final @Nullable AttributeReader sessionReader;

    Item(RecordIndex index, int entry) {
        this.index = index;
        this.entry = entry;
        generation = index.generation;
        window = null;
        sessionReader = null;
    }

    Item(RecordIndex index, Window window, AttributeReader sessionReader) {
        this.index = index;
        this.window = window;
        this.sessionReader = sessionReader;
        entry = -1;
        generation = 0;
    }

    /** The entry of this item, if the index still shows its record, or has an item in this window. */
    int container() {
        if (window == null) {
            if (generation != index.generation) {
                throw RecordIndex.stale();
            }
            return entry;
        }
        int shown = window == Window.KEYS ? index.keys : window == Window.NEW_IMAGE ? index.newImage : index.oldImage;
        if (shown < 0) {
            throw new IllegalStateException("the session's latest record has no such item, or could not be decoded");
        }
        return shown;
    }

    /** How many attributes there are. */
    public int size() {
        return index.count(container());
    }

    /** The entry of an attribute; −1 if it is absent. */
    private int find(String name) {
        AttributeNames wanted = visibleNames();
        if (wanted != null && wanted.ordinal(name) < 0) {
            throw Projection.attributeLeftOut();
        }
        return index.find(container(), name);
    }

    /** The only attributes that can be seen here; null if all can. */
    private @Nullable AttributeNames visibleNames() {
        int item = container();
        boolean image = item == index.newImage || item == index.oldImage;
        return image && index.projection != null ? index.projection.attributes : null;
    }

    /**
     * Whether this is an image of which {@code Builder.attributes} lets only some attributes be seen. Asking for another
     * one throws IllegalStateException; size, iteration, maps and equality are of those that can be seen.
     */
    public boolean projected() {
        return visibleNames() != null;
    }

    /**
     * The value of an attribute; null if it is absent. The time it takes grows with the number of attributes.
     *
     * @throws IllegalStateException if a projection left this attribute out
     */
    public @Nullable AttributeValue get(String name) {
        int entry = find(name);
        return entry < 0 ? null : new AttributeValue(index, entry);
    }

    /**
     * The value of an attribute that must be there.
     *
     * @throws AttributeValueException ABSENT, with this name in its message, if there is no such attribute
     */
    public AttributeValue require(String name) {
        AttributeValue value = get(name);
        if (value == null) {
            throw AttributeValueException.absent(name);
        }
        return value;
    }

    /** Whether there is an attribute of this name; its value may be NULL. */
    public boolean contains(String name) {
        return find(name) >= 0;
    }

    /** Calls {@code action} with each attribute, in the order of the record. */
    public void forEach(BiConsumer<? super String, ? super AttributeValue> action) {
        int item = container();
        int end = index.end(item);
        for (int entry = item + 1; entry < end; entry = index.next(entry)) {
            action.accept(index.nameText(entry), new AttributeValue(index, entry));
        }
    }

    /** The attributes, in the order of the record; the iterator does not remove. */
    @Override
    public Iterator<Map.Entry<String, AttributeValue>> iterator() {
        return new Attributes();
    }

    /**
     * A reader of the attributes, at their beginning. Of an item of a {@link DecodeSession}'s event it is the session's
     * one reader.
     */
    public AttributeReader reader() {
        if (sessionReader == null) {
            return new AttributeReader(index, container());
        }
        sessionReader.reset(index, container());
        return sessionReader;
    }

    /**
     * All attributes as plain Java values: String, BigDecimal, byte[], Boolean, null, Set, List and Map, as
     * {@link PlainValues} says. Unmodifiable, in the order of the record, with {@code get} in constant time; it does not
     * refer to the record.
     */
    public Map<String, @Nullable Object> toMap() {
        return toMap(PlainValues.defaults());
    }

    /** All attributes as plain Java values by another policy; the map does not refer to the record. */
    public Map<String, @Nullable Object> toMap(PlainValues policy) {
        return new PlainMapper(index, policy).map(container());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Item
                && ValueEquality.sameItem(index, container(), ((Item) other).index, ((Item) other).container());
    }

    @Override
    public int hashCode() {
        return ValueEquality.hashOfItem(index, container());
    }

    /** How many attributes there are; never a name or a value. */
    @Override
    public String toString() {
        return "Item[" + size() + "]";
    }

    private final class Attributes implements Iterator<Map.Entry<String, AttributeValue>> {
        private final int shown = index.generation;
        private final int end = index.end(container());
        private int next = container() + 1;

        @Override
        public boolean hasNext() {
            if (shown != index.generation) {
                throw RecordIndex.stale();
            }
            return next < end;
        }

        @Override
        public Map.Entry<String, AttributeValue> next() {
            if (shown != index.generation) {
                throw RecordIndex.stale();
            }
            if (next >= end) {
                throw new NoSuchElementException();
            }
            int entry = next;
            next = index.next(entry);
            return new SimpleImmutableEntry<>(index.nameText(entry), new AttributeValue(index, entry));
        }
    }
}
