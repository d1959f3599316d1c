package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of an attribute, of one of DynamoDB's ten types. It is a view of the record and reads the value when an
 * accessor is called. Each accessor is for one type and throws for all others. Numbers are converted exactly, or the
 * accessor throws; only {@link #asDouble()} rounds.
 *
 * <p>Equality follows DynamoDB's meaning: numbers are equal by value (1 is 1.0), sets and maps in any order, lists in
 * order, and binary values by their bytes.
 *
 * <p>Immutable and thread-safe while the record's bytes do not change; {@link ChangeEvent} says how long they must not.
 * A value of a {@link DecodeSession} is for the session's thread only. After the session decodes another record, every
 * method, including {@code equals}, {@code hashCode} and {@code toString}, throws {@link IllegalStateException}.
 */
public final class AttributeValue {
    private final RecordIndex index;
    final int entry;
    private final int generation;

    AttributeValue(RecordIndex index, int entry) {
        this.index = index;
        this.entry = entry;
        generation = index.generation;
    }

    /** Returns the index; throws if it has moved on to another record. */
    RecordIndex index() {
        if (generation != index.generation) {
            throw RecordIndex.stale();
        }
        return index;
    }

    /** {@return the type; never null} */
    public AttributeType type() {
        return AttributeType.of(index().type(entry));
    }

    private long require(AttributeType type) {
        if (type() != type) {
            throw AttributeValueException.wrongType(type, type());
        }
        return index.value(entry);
    }

    /**
     * {@return the text of S; may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not S
     */
    public String asString() {
        return index.text(require(AttributeType.S));
    }

    /**
     * {@return the text of N as delivered, without JSON's escapes: {@code 1.50} and {@code +1E2} are not normalized}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     */
    public String numberText() {
        return index.text(require(AttributeType.N));
    }

    /**
     * {@return the value of N, with the digits and the scale of its text} With an exponent of four digits, which the
     * default limits allow, {@code toBigInteger()} and {@code toPlainString()} of it have thousands of digits.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     */
    public BigDecimal asBigDecimal() {
        return NumberConversion.toBigDecimal(index.data, index.base, require(AttributeType.N));
    }

    /**
     * {@return the value of N as a long} {@code 5.0} and {@code 5E3} are integral.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, NOT_INTEGRAL if it has a fraction, OUT_OF_RANGE if it
     *     does not fit
     */
    public long asLong() {
        return NumberConversion.toLong(index.data, index.base, require(AttributeType.N), "long", null);
    }

    /**
     * {@return the value of N as an int} {@code 5.0} and {@code 5E3} are integral.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, NOT_INTEGRAL if it has a fraction, OUT_OF_RANGE if it
     *     does not fit
     */
    public int asInt() {
        return NumberConversion.toInt(index.data, index.base, require(AttributeType.N), null);
    }

    /**
     * {@return the double nearest to N} A number too small for a double is ±0.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N, OUT_OF_RANGE if the nearest double is infinite
     */
    public double asDouble() {
        return NumberConversion.toFiniteDouble(index.data, index.base, require(AttributeType.N), null);
    }

    /**
     * {@return whether N has no fraction, by value and exactly: true for {@code 5.0}, {@code 5E3} and {@code 1E9999},
     * which does not fit a long} Takes no longer for a large exponent.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not N
     */
    public boolean integral() {
        return NumberConversion.isIntegral(index.data, index.base, require(AttributeType.N), null);
    }

    /**
     * {@return the bytes of B, decoded from base64 once or twice ({@link ChangeEvent#binaryEncoding()}), in a new array
     * each time; may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not B
     */
    public byte[] asBytes() {
        return index.bytes(require(AttributeType.B));
    }

    /**
     * {@return the value of BOOL}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not BOOL
     */
    public boolean asBoolean() {
        return (require(AttributeType.BOOL) & Span.TRUE) != 0;
    }

    /**
     * {@return the attributes of M, a view of the record as this value is; may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not M
     */
    public Item asItem() {
        require(AttributeType.M);
        return new Item(index, entry);
    }

    /**
     * {@return the values of L in order, a view of the record as this value is; unmodifiable, may be empty}
     *
     * @throws AttributeValueException WRONG_TYPE if it is not L
     */
    public List<AttributeValue> asList() {
        require(AttributeType.L);
        return new Values(index, entry);
    }

    /**
     * {@return the members of SS in delivered order, without repeats; unmodifiable, may be empty} It does not refer to
     * the record.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not SS
     */
    public Set<String> asStringSet() {
        return set(AttributeType.SS);
    }

    /**
     * {@return the members of NS in delivered order, each with the digits and the scale of its text; of members that
     * are equal by value, the first; unmodifiable, may be empty} {@code contains} is that of BigDecimal: 1.0 is not 1.
     * The set does not refer to the record.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not NS
     */
    public Set<BigDecimal> asNumberSet() {
        return set(AttributeType.NS);
    }

    /**
     * {@return the members of BS in delivered order, without repeats, as read-only buffers; unmodifiable, may be empty}
     * Each buffer that is handed out has a position of its own: reading it does not change the set. The set does not
     * refer to the record.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not BS
     */
    public Set<ByteBuffer> asBinarySet() {
        return set(AttributeType.BS);
    }

    /** Returns a set whose members are of the class that the default policy has for its type. */
    @SuppressWarnings("unchecked")
    private <E> Set<E> set(AttributeType type) {
        require(type);
        return (Set<E>) new PlainMapper(index, PlainValues.defaults()).set(entry);
    }

    /**
     * {@return the texts of the members of NS in delivered order, as {@link #numberText()} returns that of N;
     * unmodifiable, may be empty} Members that are equal by value or by text are all there. The list does not refer to
     * the record.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not NS
     */
    public List<String> asNumberTexts() {
        require(AttributeType.NS);
        String[] texts = new String[index.count(entry)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = index.text(index.value(entry + 1 + i));
        }
        return Collections.unmodifiableList(Arrays.asList(texts));
    }

    /**
     * {@return the JSON text, as delivered, of a value whose type descriptor DynamoDB does not have} Such values exist
     * only under {@code Builder.unknownDescriptors(true)}.
     *
     * @throws AttributeValueException WRONG_TYPE if it is not UNKNOWN
     */
    public String unknownJson() {
        return JsonText.verbatim(index.data, index.base, require(AttributeType.UNKNOWN));
    }

    /**
     * {@return this value as a plain Java value by the default policy ({@link PlainValues#defaults()}): String,
     * BigDecimal, byte[], Boolean, Set, List or Map; null for NULL and UNKNOWN} It does not refer to the record.
     */
    public @Nullable Object toObject() {
        return toObject(PlainValues.defaults());
    }

    /**
     * {@return this value as a plain Java value, the one that {@link Item#toMap(PlainValues)} has for such an
     * attribute; null for NULL and UNKNOWN, also under policies whose maps leave these attributes out} It does not
     * refer to the record.
     *
     * @param policy how numbers, sets, binary and NULL become Java values
     */
    public @Nullable Object toObject(PlainValues policy) {
        return new PlainMapper(index(), policy).value(entry);
    }

    /**
     * {@return this value as a value of another model} Lists and maps in it are without values of type UNKNOWN.
     *
     * @param <T> the type of a value in the other model
     * @param factory creates each value, the members of a list or map first
     * @throws AttributeValueException WRONG_TYPE if this value is UNKNOWN, for which no factory has a method
     * @throws IllegalStateException if the value is one of a session and the factory makes the session decode another
     *     record
     */
    public <T extends @Nullable Object> T to(ValueFactory<T> factory) {
        return new FactoryMapper<>(index(), factory).value(entry);
    }

    /**
     * {@return a new reader of this value alone: the first {@link AttributeReader#next()} moves to it, and the second
     * returns false} The value has no name there.
     */
    public AttributeReader reader() {
        return AttributeReader.ofValue(index(), entry);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        RecordIndex own = index(); // before anything else: it throws if the value is no longer valid
        return other instanceof AttributeValue
                && ValueEquality.same(own, entry, ((AttributeValue) other).index(), ((AttributeValue) other).entry);
    }

    @Override
    public int hashCode() {
        return ValueEquality.hash(index(), entry);
    }

    /** {@return the type, and the number of members of a list, map or set; never the value} */
    @Override
    public String toString() {
        return RecordIndex.isContainer(index().type(entry))
                ? type() + "[" + index.count(entry) + "]"
                : type().toString();
    }

    /** The values of an L. */
    private static final class Values extends AbstractList<AttributeValue> implements RandomAccess {
        private final RecordIndex index;
        private final int generation;
        private final int[] entries;

        Values(RecordIndex index, int list) {
            this.index = index;
            generation = index.generation;
            entries = new int[index.count(list)];
            int entry = list + 1;
            for (int i = 0; i < entries.length; i++) {
                entries[i] = entry;
                entry = index.next(entry);
            }
        }

        @Override
        public AttributeValue get(int i) {
            if (generation != index.generation) {
                throw RecordIndex.stale();
            }
            return new AttributeValue(index, entries[i]);
        }

        @Override
        public int size() {
            if (generation != index.generation) {
                throw RecordIndex.stale();
            }
            return entries.length;
        }
    }
}
