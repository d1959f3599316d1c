package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name, in the order of the record: Keys, an image, or an M. Keys of a full export have the order of
 * {@code Builder.keyAttributes}. It is a view of the record and reads the attributes when a method is called.
 *
 * <p>An attribute whose value is NULL is present. Equality follows DynamoDB's meaning ({@link AttributeValue}), in any
 * order of the attributes.
 *
 * <p>Immutable and thread-safe while the record's bytes do not change; {@link ChangeEvent} says how long they must not.
 * An item of a {@link DecodeSession} is for the session's thread only. Keys and the images of its event are the same
 * objects for every record: they show the latest record, and throw {@link IllegalStateException} if it has no such
 * item. A nested item belongs to its record: after the next decode, every method, including {@code equals}, {@code
 * hashCode} and {@code toString}, throws {@link IllegalStateException}.
 */
public final class Item implements Iterable<Map.Entry<String, AttributeValue>> {
    /** The item that a session's window shows, of each record in turn. */
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

    /** Returns the entry of this item; throws if the index has moved on, or has no item for this window. */
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

    /** {@return the number of attributes} */
    public int size() {
        return index.count(container());
    }

    /** Returns the entry of an attribute; −1 if it is absent. */
    private int find(String name) {
        Objects.requireNonNull(name, "name");
        AttributeNames wanted = visibleNames();
        if (wanted != null && wanted.ordinal(name) < 0) {
            throw Projection.attributeLeftOut();
        }
        return index.find(container(), name);
    }

    /** Returns the names that the projection keeps in this item; null if it keeps all. */
    private @Nullable AttributeNames visibleNames() {
        int item = container();
        boolean image = item == index.newImage || item == index.oldImage;
        return image && index.projection != null ? index.projection.attributes : null;
    }

    /**
     * {@return whether this is an image of a decoder that keeps only some attributes ({@code Builder.attributes})}
     * Asking for another attribute throws IllegalStateException; size, iteration, maps and equality include only those
     * kept.
     */
    public boolean projected() {
        return visibleNames() != null;
    }

    /**
     * {@return the value of an attribute; null if it is absent} Takes time linear in the number of attributes.
     *
     * @param name of one attribute; not a path, so a dot is part of the name
     * @throws IllegalStateException if a projection left this attribute out
     * @throws NullPointerException if the name is null
     */
    public @Nullable AttributeValue get(String name) {
        int entry = find(name);
        return entry < 0 ? null : new AttributeValue(index, entry);
    }

    /**
     * {@return the value of a required attribute}
     *
     * @param name of one attribute; not a path, so a dot is part of the name
     * @throws AttributeValueException ABSENT, with this name in its message, if there is no such attribute
     * @throws IllegalStateException if a projection left this attribute out
     * @throws NullPointerException if the name is null
     */
    public AttributeValue require(String name) {
        AttributeValue value = get(name);
        if (value == null) {
            throw AttributeValueException.absent(name);
        }
        return value;
    }

    /**
     * {@return whether there is an attribute of this name; its value may be NULL}
     *
     * @param name of one attribute; not a path, so a dot is part of the name
     * @throws IllegalStateException if a projection left this attribute out
     * @throws NullPointerException if the name is null
     */
    public boolean contains(String name) {
        return find(name) >= 0;
    }

    /**
     * Calls {@code action} with each attribute, in the order of the record.
     *
     * @param action receives the name and the value
     * @throws IllegalStateException if the item is one of a session and {@code action} makes the session decode another
     *     record
     */
    public void forEach(BiConsumer<? super String, ? super AttributeValue> action) {
        int shown = index.generation;
        int item = container();
        int end = index.end(item);
        for (int entry = item + 1; entry < end; entry = index.next(entry)) {
            action.accept(index.nameText(entry), new AttributeValue(index, entry));
            if (shown != index.generation) {
                throw RecordIndex.stale();
            }
        }
    }

    /** {@return an iterator over the attributes, in the order of the record; it does not support {@code remove}} */
    @Override
    public Iterator<Map.Entry<String, AttributeValue>> iterator() {
        return new Attributes();
    }

    /**
     * {@return a reader of the attributes, before the first one} For the Keys and images of a {@link DecodeSession}'s
     * event it is the session's only reader, moved to this item.
     */
    public AttributeReader reader() {
        if (sessionReader == null) {
            return new AttributeReader(index, container());
        }
        sessionReader.reset(index, container());
        return sessionReader;
    }

    /**
     * {@return all attributes as plain Java values: String, BigDecimal, byte[], Boolean, null, Set, List and Map
     * ({@link PlainValues})} The map is unmodifiable, in the order of the record, has {@code get} in constant time, and
     * does not refer to the record.
     */
    public Map<String, @Nullable Object> toMap() {
        return toMap(PlainValues.defaults());
    }

    /**
     * {@return all attributes as plain Java values by another policy, in the order of the record} The map does not
     * refer to the record.
     *
     * @param policy how numbers, sets, binary and NULL become Java values, and whether the map can be changed
     */
    public Map<String, @Nullable Object> toMap(PlainValues policy) {
        return new PlainMapper(index, policy).map(container());
    }

    /**
     * {@return all attributes as values of another model, in a new LinkedHashMap in the order of the record} Attributes
     * of type UNKNOWN are left out.
     *
     * @param <T> the type of a value in the other model
     * @param factory creates each value, the members of a list or map first
     * @throws IllegalStateException if the item is one of a session and the factory makes the session decode another
     *     record
     */
    public <T extends @Nullable Object> Map<String, T> toMap(ValueFactory<T> factory) {
        return new FactoryMapper<>(index, factory).map(container());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        int own = container(); // before anything else: it throws if the item is no longer valid
        return other instanceof Item
                && ValueEquality.sameItem(index, own, ((Item) other).index, ((Item) other).container());
    }

    @Override
    public int hashCode() {
        return ValueEquality.hashOfItem(index, container());
    }

    /** {@return the number of attributes; never a name or a value} */
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
