package io.github.dynamodbcdc;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The policy for plain Java values, as {@link Item#toMap(PlainValues)} and {@link AttributeValue#toObject(PlainValues)}
 * return them. Immutable and thread-safe: each method returns another policy. Serializable by its options.
 *
 * <table>
 * <caption>Plain values, the default first</caption>
 * <tr><th>attribute value</th><th>Java value</th></tr>
 * <tr><td>S</td><td>String</td></tr>
 * <tr><td>N</td><td>BigDecimal; see {@link Numbers}</td></tr>
 * <tr><td>B</td><td>byte[]; see {@link Binary}</td></tr>
 * <tr><td>BOOL</td><td>Boolean</td></tr>
 * <tr><td>NULL</td><td>null; see {@link Nulls}</td></tr>
 * <tr><td>SS, NS, BS</td>
 *     <td>Set of String, of numbers, of read-only ByteBuffer, in delivered order; see {@link Sets}</td></tr>
 * <tr><td>L</td><td>List</td></tr>
 * <tr><td>M</td><td>Map</td></tr>
 * <tr><td>UNKNOWN</td><td>none: left out</td></tr>
 * </table>
 *
 * <p>Maps, lists and sets are unmodifiable and in the order of the record; maps and lists may contain null.
 * {@link #mutable()} changes them to LinkedHashMap, ArrayList and LinkedHashSet, which are Serializable unless they
 * contain ByteBuffers; the others may not be. None of them refers to the record. Unmodifiable ones hand out each buffer
 * with a position of its own, so that reading it changes nothing in them.
 *
 * <p>{@code equals} of a map is that of {@code java.util.Map}, so two maps that contain byte[] are not equal: compare
 * {@link Item}s, or choose {@link Binary#BYTE_BUFFER}.
 */
public final class PlainValues implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The Java value of N and of the members of NS. Exponents are not expanded; {@code toBigInteger()} would do so. */
    public enum Numbers {
        /** BigDecimal, with the digits and the scale as delivered. */
        BIG_DECIMAL,
        /** Integer if the number has no fraction and fits, else Long, else BigDecimal: always exact. */
        NARROWEST,
        /** The nearest Double; infinite beyond its range, where {@link AttributeValue#asDouble()} throws. */
        DOUBLE,
        /** The text as delivered, a String. */
        TEXT
    }

    /** The Java value of SS, NS and BS. */
    public enum Sets {
        /**
         * A Set, in delivered order, without repeats. Of numbers equal by value (1 and 1.0) it contains the first, also
         * with {@link Numbers#TEXT}. Members of BS are text with {@link Binary#BASE64}, else read-only ByteBuffers,
         * because a Set of byte[] finds nothing.
         */
        SET,
        /** A List of all members as delivered. */
        LIST
    }

    /** The Java value of B and of the members of BS. */
    public enum Binary {
        /** byte[]. */
        BYTES,
        /** A read-only ByteBuffer, whose {@code equals} compares the content. */
        BYTE_BUFFER,
        /** Text: standard base64 with padding, encoded once. */
        BASE64
    }

    /** The Java value of NULL. */
    public enum Nulls {
        /** Null: the attribute or member is present. */
        KEEP,
        /** None: maps and lists leave it out. */
        DROP
    }

    private static final PlainValues DEFAULTS =
            new PlainValues(Numbers.BIG_DECIMAL, Sets.SET, Binary.BYTES, Nulls.KEEP, false);

    /** What N and the members of NS become. */
    final Numbers numbers;

    /** What SS, NS and BS become. */
    final Sets sets;

    /** What B and the members of BS become. */
    final Binary binary;

    /** What NULL becomes. */
    final Nulls nulls;

    /** Whether the caller may change maps, lists and sets. */
    final boolean mutable;

    private PlainValues(Numbers numbers, Sets sets, Binary binary, Nulls nulls, boolean mutable) {
        this.numbers = Objects.requireNonNull(numbers);
        this.sets = Objects.requireNonNull(sets);
        this.binary = Objects.requireNonNull(binary);
        this.nulls = Objects.requireNonNull(nulls);
        this.mutable = mutable;
    }

    /** {@return BIG_DECIMAL, SET, BYTES, KEEP, unmodifiable: the policy of {@link Item#toMap()}} */
    public static PlainValues defaults() {
        return DEFAULTS;
    }

    /** Returns whether it equals {@link #defaults()}. */
    boolean isDefault() {
        return numbers == Numbers.BIG_DECIMAL
                && sets == Sets.SET
                && binary == Binary.BYTES
                && nulls == Nulls.KEEP
                && !mutable;
    }

    /**
     * {@return the same policy with these numbers}
     *
     * @param numbers what N and the members of NS become
     * @throws NullPointerException if it is null
     */
    public PlainValues withNumbers(Numbers numbers) {
        return new PlainValues(numbers, sets, binary, nulls, mutable);
    }

    /**
     * {@return the same policy with these sets}
     *
     * @param sets what SS, NS and BS become
     * @throws NullPointerException if it is null
     */
    public PlainValues withSets(Sets sets) {
        return new PlainValues(numbers, sets, binary, nulls, mutable);
    }

    /**
     * {@return the same policy with this binary}
     *
     * @param binary what B and the members of BS become
     * @throws NullPointerException if it is null
     */
    public PlainValues withBinary(Binary binary) {
        return new PlainValues(numbers, sets, binary, nulls, mutable);
    }

    /**
     * {@return the same policy with these nulls}
     *
     * @param nulls what NULL becomes
     * @throws NullPointerException if it is null
     */
    public PlainValues withNulls(Nulls nulls) {
        return new PlainValues(numbers, sets, binary, nulls, mutable);
    }

    /**
     * {@return the same policy with collections that the caller may change: LinkedHashMap, ArrayList, LinkedHashSet} A
     * LinkedHashSet of ByteBuffers takes at least quadratic time if its members were chosen so that their hashes
     * collide. {@link Sets#LIST} takes linear time for any members. A buffer is handed out as it is in the collection:
     * read a {@code duplicate()} of it, because a ByteBuffer whose position moves equals another.
     */
    public PlainValues mutable() {
        return new PlainValues(numbers, sets, binary, nulls, true);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof PlainValues)) {
            return false;
        }
        PlainValues that = (PlainValues) other;
        return numbers == that.numbers
                && sets == that.sets
                && binary == that.binary
                && nulls == that.nulls
                && mutable == that.mutable;
    }

    @Override
    public int hashCode() {
        return Objects.hash(numbers, sets, binary, nulls, mutable);
    }

    @Override
    public String toString() {
        return "PlainValues[" + numbers + ", " + sets + ", " + binary + ", " + nulls + (mutable ? ", mutable]" : "]");
    }

    /**
     * Refuses a stream that was not written by this class, which writes {@link Options} instead.
     *
     * @param in is not read
     * @throws InvalidObjectException always
     */
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only the options are serialized");
    }

    /** {@return the options, which are written in place of this object} */
    private Object writeReplace() {
        return new Options(this);
    }

    /** The serialized form. */
    private static final class Options implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Numbers numbers;
        private final Sets sets;
        private final Binary binary;
        private final Nulls nulls;
        private final boolean mutable;

        Options(PlainValues policy) {
            numbers = policy.numbers;
            sets = policy.sets;
            binary = policy.binary;
            nulls = policy.nulls;
            mutable = policy.mutable;
        }

        private Object readResolve() {
            return new PlainValues(numbers, sets, binary, nulls, mutable);
        }
    }
}
