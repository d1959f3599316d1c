package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of an item one after another, in the order of the record, and creates only the objects that the
 * caller requests. Use it to read a few values of many events. A session's reader allocates nothing for names in a
 * prepared set, primitives and {@link #copyUtf8To}.
 *
 * <pre>{@code
 * AttributeReader reader = image.reader();
 * for (int ordinal = reader.next(NAMES); ordinal >= 0; ordinal = reader.next(NAMES)) {
 *     switch (ordinal) {
 *         case 0: total = reader.longValue(); break;
 *         case 1: length = reader.copyUtf8To(buffer, 0); break;
 *     }
 * }
 * }</pre>
 *
 * <p>Before the first {@link #next()}, and after it has returned false, there is no current value and accessors throw
 * {@link IllegalStateException}. Accessors throw {@link AttributeValueException} as those of {@link AttributeValue} do.
 *
 * <p>Forward only and not thread-safe. The reader of Keys and the images of a {@link DecodeSession}'s event is the
 * session's: the same object each time, which reads that item until the session's reader is requested again or the next
 * record is decoded. After the session decodes another record, every method throws {@link IllegalStateException} until
 * the session's reader is requested again. Other readers of a session's record, such as that of a nested item, throw it
 * for good.
 */
public final class AttributeReader {
    private static final int[] NOTHING = {};
    private static final AttributeNames.@Nullable Ordinals[] NO_ORDINALS = {};

    private RecordIndex index;
    private int generation;

    /** The current entry; −1 if there is none. */
    private int entry = -1;

    /** The entry after the current one, and the END of the container that is being read. */
    private int next;

    private int end;

    /** The entries of the containers that were entered, {@link #depth} of them. */
    private int[] entered = NOTHING;

    private int depth;

    /** The entry of the item or, if {@link #single}, of the value that is read. */
    private int root;

    /** Whether this reads one value, without a name, and not the attributes of an item. */
    private boolean single;

    private boolean named;

    /** The names that {@link #next(AttributeNames)} last searched for, and how many it found: each occurs once. */
    private @Nullable AttributeNames sought;

    private int found;

    /** Ordinals by the ids of names, for the prepared sets used last. */
    private AttributeNames.@Nullable Ordinals[] ordinals = NO_ORDINALS;

    private int nextOrdinals;

    /** Memory for numbers that are not short; null if it is not kept. */
    private final @Nullable Decimal decimal;

    AttributeReader(RecordIndex index, int container) {
        this(index, null);
        reset(index, container);
    }

    private AttributeReader(RecordIndex index, @Nullable Decimal decimal) {
        this.index = index;
        this.decimal = decimal;
        generation = -1;
    }

    /** Returns a session's reader, which has no item yet and keeps its memory. */
    static AttributeReader ofSession(RecordIndex index) {
        return new AttributeReader(index, new Decimal());
    }

    /** Returns a reader of one value. */
    static AttributeReader ofValue(RecordIndex index, int entry) {
        AttributeReader reader = new AttributeReader(index, null);
        reader.single = true;
        reader.root = entry;
        reader.generation = index.generation;
        reader.openRoot();
        return reader;
    }

    void reset(RecordIndex record, int container) {
        index = record;
        root = container;
        generation = record.generation;
        depth = 0;
        openRoot();
    }

    private void openRoot() {
        if (!single) {
            open(root);
            return;
        }
        entry = -1;
        next = root;
        end = index.next(root);
        named = false;
    }

    private void open(int container) {
        entry = -1;
        found = 0;
        next = container + 1;
        end = index.end(container);
        named = index.type(container) == TypeCodes.M;
    }

    private void check() {
        if (generation != index.generation) {
            throw RecordIndex.stale();
        }
    }

    private int current() {
        check();
        if (entry < 0) {
            throw new IllegalStateException("there is no current value: next() was not called, or returned false");
        }
        return entry;
    }

    /**
     * Moves to the next attribute of the item or M, or to the next member of the L or set, that is being read.
     *
     * @return false if there is none; then leave the container that was entered, or all has been read
     */
    public boolean next() {
        check();
        if (next >= end) {
            entry = -1;
            return false;
        }
        entry = next;
        next = index.next(entry);
        return true;
    }

    /**
     * Moves to the next attribute whose name is in a prepared set, past all others. This is the fastest way to read a
     * few of many attributes. An attribute that a projection left out is never found.
     *
     * @param names the prepared set; keep it in a constant, because the names of a new one are looked up again
     * @return the ordinal of the name in the set; −1 if no such attribute is left, and always in L, in sets and for
     *     one value. After −1 there is no current value and nothing is left, as after {@link #next()} returned false
     */
    @SuppressWarnings("ReferenceEquality") // the same set, not one with equal names
    public int next(AttributeNames names) {
        check();
        if (sought != names) {
            sought = names;
            found = 0;
        }
        if (named && found < names.size()) {
            AttributeNames.Ordinals known = ordinals(names);
            for (int at = next; at < end; at = index.next(at)) {
                int id = Span.id(index.name(at));
                int ordinal = id == 0 ? index.ordinal(names, at) : known.of(id);
                if (ordinal >= 0) {
                    entry = at;
                    next = index.next(at);
                    found++;
                    return ordinal;
                }
            }
        }
        entry = -1;
        next = end;
        return -1;
    }

    /**
     * Moves past the next value without making it the current one.
     *
     * @return false if there is none
     */
    public boolean skip() {
        boolean there = next();
        entry = -1;
        return there;
    }

    /**
     * {@return the name of the current attribute}
     *
     * @throws IllegalStateException if there is no current value, or it has no name: members of L and sets, and the
     *     value that {@link AttributeValue#reader()} reads
     */
    public String name() {
        int at = current();
        if (!named) {
            throw new IllegalStateException("members of lists and sets, and a value on its own, have no names");
        }
        return index.nameText(at);
    }

    /**
     * {@return the ordinal of the current attribute's name in a prepared set; −1 if it is not in the set, and always
     * in L, in sets and for one value}
     *
     * @param names the prepared set, as for {@link #next(AttributeNames)}
     * @throws IllegalStateException if there is no current value
     */
    public int select(AttributeNames names) {
        int at = current();
        if (!named) {
            return -1;
        }
        int id = Span.id(index.name(at));
        return id == 0 ? index.ordinal(names, at) : ordinals(names).of(id);
    }

    @SuppressWarnings("ReferenceEquality") // the same set and table, not one with equal names
    private AttributeNames.Ordinals ordinals(AttributeNames names) {
        for (int i = 0; i < ordinals.length; i++) {
            AttributeNames.Ordinals known = ordinals[i];
            if (known != null && known.names == names && known.table == index.names) {
                return known;
            }
        }
        AttributeNames.Ordinals made = names.in(index.names);
        ordinals = ordinals.length == 0 ? new AttributeNames.Ordinals[4] : ordinals;
        ordinals[nextOrdinals] = made;
        nextOrdinals = (nextOrdinals + 1) % ordinals.length;
        return made;
    }

    /**
     * {@return the type of the current value; S, N and B for members of SS, NS and BS}
     *
     * @throws IllegalStateException if there is no current value
     */
    public AttributeType type() {
        return AttributeType.of(index.type(current()));
    }

    private long require(int type) {
        int at = current();
        if (index.type(at) != type) {
            throw AttributeValueException.wrongType(AttributeType.of(type), AttributeType.of(index.type(at)));
        }
        return index.value(at);
    }

    /**
     * {@return the current N as a long, converted as by {@link AttributeValue#asLong()}}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, NOT_INTEGRAL if it has a fraction, OUT_OF_RANGE if it
     *     does not fit
     * @throws IllegalStateException if there is no current value
     */
    public long longValue() {
        return NumberConversion.toLong(index.data, index.base, require(TypeCodes.N), "long", decimal);
    }

    /**
     * {@return the current N as an int, converted as by {@link AttributeValue#asInt()}}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, NOT_INTEGRAL if it has a fraction, OUT_OF_RANGE if it
     *     does not fit
     * @throws IllegalStateException if there is no current value
     */
    public int intValue() {
        return NumberConversion.toInt(index.data, index.base, require(TypeCodes.N), decimal);
    }

    /**
     * {@return the current N as a double, converted as by {@link AttributeValue#asDouble()}}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, OUT_OF_RANGE if the nearest double is infinite
     * @throws IllegalStateException if there is no current value
     */
    public double doubleValue() {
        return NumberConversion.toFiniteDouble(index.data, index.base, require(TypeCodes.N), decimal);
    }

    /**
     * {@return the current N, converted as by {@link AttributeValue#asBigDecimal()}}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     * @throws IllegalStateException if there is no current value
     */
    public BigDecimal decimalValue() {
        return NumberConversion.toBigDecimal(index.data, index.base, require(TypeCodes.N));
    }

    /**
     * {@return whether the current N has no fraction, as {@link AttributeValue#integral()} decides it}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     * @throws IllegalStateException if there is no current value
     */
    public boolean integral() {
        return NumberConversion.isIntegral(index.data, index.base, require(TypeCodes.N), decimal);
    }

    /**
     * {@return the text of the current N, as {@link AttributeValue#numberText()} returns it}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     * @throws IllegalStateException if there is no current value
     */
    public String numberText() {
        return index.text(require(TypeCodes.N));
    }

    /**
     * {@return the text of the current S; may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not S
     * @throws IllegalStateException if there is no current value
     */
    public String stringValue() {
        return index.text(require(TypeCodes.S));
    }

    /**
     * {@return the value of the current BOOL}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not BOOL
     * @throws IllegalStateException if there is no current value
     */
    public boolean booleanValue() {
        return (require(TypeCodes.BOOL) & Span.TRUE) != 0;
    }

    /**
     * {@return the bytes of the current B in a new array, decoded as by {@link AttributeValue#asBytes()}; may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not B
     * @throws IllegalStateException if there is no current value
     */
    public byte[] bytesValue() {
        return index.bytes(require(TypeCodes.B));
    }

    private long text() {
        int at = current();
        int type = index.type(at);
        if (type != TypeCodes.S && type != TypeCodes.N) {
            throw AttributeValueException.wrongType(AttributeType.S, AttributeType.of(type));
        }
        return index.value(at);
    }

    /**
     * {@return the length of the current S or N in UTF-8, in bytes}
     *
     * @throws AttributeValueException WRONG_TYPE if it is neither; {@code asked()} is S
     * @throws IllegalStateException if there is no current value
     */
    public int utf8Length() {
        return JsonText.utf8Length(index.data, index.base, text());
    }

    /**
     * Copies the text of the current S or N, in UTF-8, into an array.
     *
     * @param target the array to copy into
     * @param offset the index in {@code target} of the first byte
     * @return the number of bytes copied: {@link #utf8Length()}
     * @throws AttributeValueException WRONG_TYPE if it is neither; {@code asked()} is S
     * @throws IndexOutOfBoundsException if the text does not fit; then nothing is copied
     * @throws IllegalStateException if there is no current value
     */
    public int copyUtf8To(byte[] target, int offset) {
        long span = text();
        int length = JsonText.utf8Length(index.data, index.base, span);
        Objects.checkFromIndexSize(offset, length, target.length);
        if (Span.isEscaped(span)) {
            return JsonText.unescape(index.data, index.base + Span.start(span), Span.length(span), target, offset);
        }
        System.arraycopy(index.data, index.base + Span.start(span), target, offset, length);
        return length;
    }

    /**
     * {@return the current value as a plain Java value, as {@link AttributeValue#toObject()} returns it; null for NULL
     * and UNKNOWN}
     *
     * @throws IllegalStateException if there is no current value
     */
    public @Nullable Object objectValue() {
        return objectValue(PlainValues.defaults());
    }

    /**
     * {@return the current value as a plain Java value by another policy; null for NULL and UNKNOWN}
     *
     * @param policy how numbers, sets, binary and NULL become Java values
     * @throws IllegalStateException if there is no current value
     */
    public @Nullable Object objectValue(PlainValues policy) {
        int at = current();
        return new PlainMapper(index, policy).value(at);
    }

    /**
     * {@return the current value as an object, which does not change when the reader moves on}
     *
     * @throws IllegalStateException if there is no current value
     */
    public AttributeValue value() {
        return new AttributeValue(index, current());
    }

    /**
     * Enters the current M, L or set: {@link #next()} moves over its attributes or members until {@link #leave()}. The
     * members of a set are those of the record, in its order. One that the record repeats, as DynamoDB never does,
     * comes again, unlike in {@link AttributeValue#asStringSet()} and the other sets of a value.
     *
     * @throws AttributeValueException WRONG_TYPE if it is none of them; {@code asked()} is M
     * @throws IllegalStateException if there is no current value
     */
    public void enter() {
        int at = current();
        if (!RecordIndex.isContainer(index.type(at))) {
            throw AttributeValueException.wrongType(AttributeType.M, AttributeType.of(index.type(at)));
        }
        if (depth == entered.length) {
            entered = Arrays.copyOf(entered, Math.max(depth * 2, 4));
        }
        entered[depth++] = at;
        open(at);
    }

    /**
     * Leaves the container that was entered last, whether all of it was read or not. There is no current value until
     * {@link #next()} moves to the value after the container.
     *
     * @throws IllegalStateException if the reader is not in a container
     */
    public void leave() {
        check();
        if (depth == 0) {
            throw new IllegalStateException("nothing was entered");
        }
        int left = entered[--depth];
        if (depth == 0) {
            openRoot();
        } else {
            open(entered[depth - 1]);
        }
        next = index.next(left);
    }
}
