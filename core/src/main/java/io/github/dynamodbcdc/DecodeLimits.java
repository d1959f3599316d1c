package io.github.dynamodbcdc;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The largest accepted sizes of a record and its parts. They apply to decoded and to skipped parts alike. Immutable and
 * thread-safe. Serializable by its options.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>limit</th><th>default</th><th>at most</th><th>reported as</th></tr>
 * <tr><td>bytes of a record</td><td>16 MiB</td><td>256 MiB</td><td>RECORD_LIMIT</td></tr>
 * <tr><td>levels of nested attribute values; DynamoDB allows 32</td><td>64</td><td>120</td><td>DEPTH_LIMIT</td></tr>
 * <tr><td>levels of any JSON nesting, the record itself being the first</td><td>256</td><td>fixed</td>
 *     <td>DEPTH_LIMIT</td></tr>
 * <tr><td>UTF-8 bytes of an attribute name</td><td>65,535</td><td>fixed</td><td>NAME_LIMIT</td></tr>
 * <tr><td>characters of a number</td><td>256</td><td>65,536</td><td>NUMBER_LIMIT</td></tr>
 * <tr><td>digits of a number's exponent, without leading zeros</td><td>4</td><td>6</td><td>NUMBER_LIMIT</td></tr>
 * </table>
 *
 * <p>DynamoDB itself limits items to 400 KB, numbers to 38 significant digits and names to 64 KB ("Service, account,
 * and table quotas in Amazon DynamoDB"). The defaults leave room for other writers of its JSON.
 *
 * <p>Decoding and comparing recurse into attribute values. The default depth needs a stack of at most 256 KiB, the
 * highest depth at most 384 KiB; threads of the JVM have 512 KiB to 1 MiB unless they are made with less.
 */
public final class DecodeLimits implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int MAX_JSON_DEPTH = 256;
    static final int MAX_NAME_BYTES = 65_535;

    /** The maximum of each limit. */
    static final int MAX_RECORD_BYTES = 256 << 20;

    static final int MAX_ATTRIBUTE_DEPTH = 120;
    static final int MAX_NUMBER_LENGTH = 65_536;
    static final int MAX_EXPONENT_DIGITS = 6;

    /** The hint of a message about a limit that can be raised. */
    static final String HINT = "the option limits can raise it";

    private static final DecodeLimits DEFAULTS = new DecodeLimits(16 << 20, 64, 256, 4);

    /** In bytes. */
    private final int maxRecordBytes;

    /** In levels of attribute values. */
    private final int maxAttributeDepth;

    /** In characters. */
    private final int maxNumberLength;

    /** In digits, without leading zeros. */
    private final int maxExponentDigits;

    private DecodeLimits(int maxRecordBytes, int maxAttributeDepth, int maxNumberLength, int maxExponentDigits) {
        this.maxRecordBytes = check("maxRecordBytes", maxRecordBytes, MAX_RECORD_BYTES);
        this.maxAttributeDepth = check("maxAttributeDepth", maxAttributeDepth, MAX_ATTRIBUTE_DEPTH);
        this.maxNumberLength = check("maxNumberLength", maxNumberLength, MAX_NUMBER_LENGTH);
        this.maxExponentDigits = check("maxExponentDigits", maxExponentDigits, MAX_EXPONENT_DIGITS);
    }

    private static int check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + ", is " + value);
        }
        return value;
    }

    /** Throws if a record of this size is over the limit; called before the record is read. */
    void checkRecord(int bytes) {
        if (bytes > maxRecordBytes) {
            throw new DecodeException(DecodeException.Reason.RECORD_LIMIT, maxRecordBytes, "", recordHint());
        }
    }

    /** Returns the hint of a message about a record over the limit; null if the limit is at its maximum. */
    @Nullable
    String recordHint() {
        return maxRecordBytes < MAX_RECORD_BYTES ? HINT : null;
    }

    /** {@return the defaults of the table above} */
    public static DecodeLimits defaults() {
        return DEFAULTS;
    }

    /**
     * {@return the same limits with another size of a record}
     *
     * @param bytes the size of the largest accepted record, 1 to 268,435,456 (256 MiB)
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public DecodeLimits withMaxRecordBytes(int bytes) {
        return new DecodeLimits(bytes, maxAttributeDepth, maxNumberLength, maxExponentDigits);
    }

    /**
     * {@return the same limits with another depth of attribute values}
     *
     * @param levels the deepest accepted level, 1 to 120; a value directly in an image or in Keys is at level 1
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public DecodeLimits withMaxAttributeDepth(int levels) {
        return new DecodeLimits(maxRecordBytes, levels, maxNumberLength, maxExponentDigits);
    }

    /**
     * {@return the same limits with another length of a number's text}
     *
     * @param characters the length of the longest accepted text, 1 to 65,536
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public DecodeLimits withMaxNumberLength(int characters) {
        return new DecodeLimits(maxRecordBytes, maxAttributeDepth, characters, maxExponentDigits);
    }

    /**
     * {@return the same limits with another length of a number's exponent} A {@code BigDecimal} with an exponent of six
     * digits is small, but its {@code toPlainString()} or {@code toBigInteger()} is not.
     *
     * @param digits the length of the longest accepted exponent, without leading zeros, 1 to 6
     * @throws IllegalArgumentException if it is outside these bounds
     */
    public DecodeLimits withMaxExponentDigits(int digits) {
        return new DecodeLimits(maxRecordBytes, maxAttributeDepth, maxNumberLength, digits);
    }

    /** {@return the size of the largest accepted record, in bytes} */
    public int maxRecordBytes() {
        return maxRecordBytes;
    }

    /** {@return the deepest accepted level of attribute values} */
    public int maxAttributeDepth() {
        return maxAttributeDepth;
    }

    /** {@return the length of the longest accepted text of a number, in characters} */
    public int maxNumberLength() {
        return maxNumberLength;
    }

    /** {@return the length of the longest accepted exponent of a number, in digits without leading zeros} */
    public int maxExponentDigits() {
        return maxExponentDigits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof DecodeLimits)) {
            return false;
        }
        DecodeLimits that = (DecodeLimits) other;
        return maxRecordBytes == that.maxRecordBytes
                && maxAttributeDepth == that.maxAttributeDepth
                && maxNumberLength == that.maxNumberLength
                && maxExponentDigits == that.maxExponentDigits;
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxRecordBytes, maxAttributeDepth, maxNumberLength, maxExponentDigits);
    }

    @Override
    public String toString() {
        return "DecodeLimits[maxRecordBytes=" + maxRecordBytes + ", maxAttributeDepth=" + maxAttributeDepth
                + ", maxNumberLength=" + maxNumberLength + ", maxExponentDigits=" + maxExponentDigits + "]";
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

        private final int maxRecordBytes;
        private final int maxAttributeDepth;
        private final int maxNumberLength;
        private final int maxExponentDigits;

        Options(DecodeLimits limits) {
            maxRecordBytes = limits.maxRecordBytes;
            maxAttributeDepth = limits.maxAttributeDepth;
            maxNumberLength = limits.maxNumberLength;
            maxExponentDigits = limits.maxExponentDigits;
        }

        private Object readResolve() {
            return new DecodeLimits(maxRecordBytes, maxAttributeDepth, maxNumberLength, maxExponentDigits);
        }
    }
}
