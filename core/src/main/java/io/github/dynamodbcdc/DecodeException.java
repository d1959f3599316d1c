package io.github.dynamodbcdc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be decoded: why, and where.
 *
 * <p>Neither the message nor anything else here holds a value or an attribute name of the record, so it can be logged.
 * Messages are constant but for offset and names of this library; tests and handlers look at {@link #reason()}.
 *
 * <p><b>Stack trace.</b> A failure gets its stack trace when the library throws it: in {@code decode}, in
 * {@link DecodeResult#orElseThrow()} and while iterating events. A failure that is returned, in a {@link DecodeResult}
 * or a {@link SourceRecord}, has none, because filling it in costs more than finding the fault. To throw such a
 * failure, call {@code orElseThrow()}.
 *
 * <p>Of several faults the one with the smallest offset is reported; those that only the whole record can show
 * (MISSING_FIELD, NOT_AN_EVENT, BAD_TIME, BAD_BASE64 of what base64 holds) give way to any other.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a record was refused. A minor release may add constants. */
    public enum Reason {
        // The bytes are not JSON.

        /** The record ends where more must follow. */
        END_OF_INPUT("the record ends too early"),
        /** A byte that JSON does not allow there. */
        UNEXPECTED_BYTE("a byte that JSON does not allow here"),
        /** A backslash with something else behind it than RFC 8259 lists. */
        BAD_ESCAPE("not an escape of JSON"),
        /** A control character in a string, which JSON wants escaped. */
        CONTROL_CHARACTER("an unescaped control character in a string"),
        /** Bytes in a string that are not well-formed UTF-8. */
        BAD_UTF8("not well-formed UTF-8"),
        /** An escaped surrogate without its other half: no character, and not to be had in UTF-8. */
        LONE_SURROGATE("a surrogate without its other half"),
        /** Almost {@code true}, {@code false} or {@code null}. */
        BAD_LITERAL("neither true, false nor null"),
        /** Something else than white space behind the record. */
        TRAILING_DATA("data behind the record"),

        // A limit of DecodeLimits.

        /** Objects, arrays or attribute values are nested too deep. */
        DEPTH_LIMIT("nested deeper than the limit"),
        /** The record is larger than the limit. */
        RECORD_LIMIT("the record is larger than the limit"),
        /** An attribute name is longer than 65,535 bytes of UTF-8. */
        NAME_LIMIT("an attribute name longer than the limit"),
        /** A number's text or exponent is longer than the limit. */
        NUMBER_LIMIT("a number or exponent longer than the limit"),

        // The record has not the shape of a change event.

        /** Sound JSON, but neither a change record nor a line of an export. */
        NOT_AN_EVENT("not a DynamoDB change event"),
        /** A member that must be there is absent or null. */
        MISSING_FIELD("a required member is missing"),
        /** A known member stands twice in its object. */
        DUPLICATE_FIELD("a member that was there before"),
        /** A value of another JSON type than its place wants. */
        WRONG_TYPE("a value of the wrong JSON type"),
        /** gzip, zlib or zstd where a record belongs. */
        COMPRESSED("compressed data where a record belongs"),
        /** An aggregate of the Kinesis Producer Library where a record belongs. */
        AGGREGATED("an aggregate of the Kinesis Producer Library where a record belongs"),
        /** gzip data that does not unpack. */
        BAD_GZIP("corrupt gzip data"),

        // An attribute or its value is malformed.

        /** An attribute name stands twice in one item or map. */
        DUPLICATE_NAME("an attribute name that was there before"),
        /** An attribute value without a type descriptor. */
        NO_TYPE("an attribute value without a type descriptor"),
        /** An attribute value with more than one type descriptor. */
        TWO_TYPES("an attribute value with two type descriptors"),
        /** An attribute value with a type descriptor that DynamoDB does not have. */
        UNKNOWN_TYPE("not a type descriptor of DynamoDB"),
        /** The text of N, or of a member of NS, is not a number. */
        BAD_NUMBER("not a number"),
        /** The text of B, or of a member of BS, is not standard base64 with padding. */
        BAD_BASE64("not standard base64"),

        /** ApproximateCreationDateTime is no point in time. */
        BAD_TIME("not a point in time");

        final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;
    private long offset;
    private String path;

    private final @Nullable String hint;

    /** False while the superclass's constructor runs. */
    private final boolean constructed;

    DecodeException(Reason reason, long offset, String path, @Nullable String hint) {
        this.reason = reason;
        this.offset = offset;
        this.path = path;
        this.hint = hint;
        constructed = true;
    }

    /**
     * Fills in the stack trace, except while the exception is being constructed: a failure that is returned and never
     * thrown does not pay for a stack trace.
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the superclass's method, which is called, locks
    public Throwable fillInStackTrace() {
        return constructed ? super.fillInStackTrace() : this;
    }

    /** Returns this failure with the stack trace of the caller, who throws it out of the library. */
    DecodeException withStackTrace() {
        fillInStackTrace();
        return this;
    }

    /** The reason, the offset and what they mean, made when it is asked for. */
    @Override
    public String getMessage() {
        String detail = hint == null ? "" : (reason == Reason.MISSING_FIELD ? ": " : "; ") + hint;
        return reason + " at offset " + offset + ": " + reason.text + detail;
    }

    /** Sets the path, before anybody else has seen the failure. */
    void at(String foundPath) {
        path = foundPath;
    }

    /**
     * Makes this the failure of a record that begins {@code distance} bytes after the first byte of the input, before
     * anybody else has seen it, and returns it.
     */
    DecodeException movedBy(long distance) {
        offset += distance;
        return this;
    }

    /**
     * Returns the same failure with other advice at the end of its message, for adapters whose users do not call this
     * library: where a program can read an envelope, a decoder of single messages cannot.
     *
     * @param advice at most 100 characters, which contain nothing of the record
     */
    public DecodeException withAdvice(String advice) {
        DecodeException advised = new DecodeException(reason, offset, path, Objects.requireNonNull(advice));
        advised.setStackTrace(getStackTrace());
        return advised;
    }

    /** Why the record was refused. */
    public Reason reason() {
        return reason;
    }

    /**
     * Where the fault lies, in bytes from the first byte that was given to decode, or that a reader's input holds after
     * gzip; in a record that its envelope carries as base64, from the first byte that the base64 stands for. What is
     * missing is reported where the object that lacks it begins; what ends too early, at its end.
     */
    public long offset() {
        return offset;
    }

    /**
     * Where the fault lies, by names: known members, type descriptors and array indexes as they are, a {@code *} for
     * every attribute name and unknown member, as in {@code dynamodb.NewImage.*.M.*.L[3]}. Empty for the record itself.
     */
    public String path() {
        return path;
    }
}
