package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Reports that a record cannot be decoded, with the reason and the location.
 *
 * <p>Neither the message nor anything else here contains a value or an attribute name of the record, so it can be
 * logged. Messages are constant except for the offset and names of this library; tests and handlers check
 * {@link #reason()}.
 *
 * <p><b>Stack trace.</b> A failure gets its stack trace when the library throws it: in {@code decode}, in
 * {@link DecodeResult#orElseThrow()} and while iterating events. A failure that is returned, in a {@link DecodeResult}
 * or a {@link SourceRecord}, has none, because filling it in costs more than finding the fault. To throw such a
 * failure, call {@code orElseThrow()}.
 *
 * <p>If a record has several faults, the one with the smallest offset is reported. Faults that only the whole record
 * shows (MISSING_FIELD, NOT_AN_EVENT, BAD_TIME, and BAD_BASE64 inside base64) are reported only if there is no other.
 * {@code decode} does not read a record over the limit: RECORD_LIMIT is then reported, whatever else is wrong, and so
 * does a reader for a line over the limit. Elsewhere a reader reports a fault within the limit first. Where a reader
 * cannot continue, it reports the fault of the JSON that ends the input instead of an earlier one in the record, and
 * its path can be empty.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_ADVICE = 100;
    private static final int MAX_MESSAGE = 256;

    /** Separates the name of a missing member from the advice about it. */
    static final String AFTER_MEMBER = "; ";

    /** Why a record was refused. A minor release may add constants. */
    public enum Reason {
        // The bytes are not JSON.

        /** The record ends too early. */
        END_OF_INPUT("the record ends too early"),
        /** A byte that JSON does not allow in this place. */
        UNEXPECTED_BYTE("a byte that JSON does not allow here"),
        /** A backslash before a character that RFC 8259 does not list as an escape. */
        BAD_ESCAPE("not a JSON escape"),
        /** A control character in a string, which JSON requires to be escaped. */
        CONTROL_CHARACTER("an unescaped control character in a string"),
        /** Bytes in a string that are not well-formed UTF-8. */
        BAD_UTF8("not well-formed UTF-8"),
        /** An unpaired surrogate escape, which is not a character and cannot be encoded in UTF-8. */
        LONE_SURROGATE("an unpaired surrogate escape"),
        /** Begins as {@code true}, {@code false} or {@code null}, and is none of them. */
        BAD_LITERAL("neither true, false nor null"),
        /** Data other than white space after the record. */
        TRAILING_DATA("data after the record"),

        // A limit of DecodeLimits.

        /** Objects, arrays or attribute values are nested too deep. */
        DEPTH_LIMIT("nested deeper than the limit"),
        /** The record is larger than the limit. */
        RECORD_LIMIT("the record is larger than the limit"),
        /** An attribute name is longer than 65,535 bytes of UTF-8. */
        NAME_LIMIT("an attribute name longer than the limit"),
        /** A number's text or exponent is longer than the limit. */
        NUMBER_LIMIT("a number or exponent longer than the limit"),

        // The record does not have the structure of a change event.

        /** Valid JSON, but neither a change record nor a line of an export. */
        NOT_AN_EVENT("not a DynamoDB change event"),
        /** A required member is absent or null. */
        MISSING_FIELD("a required member is missing"),
        /** A known member occurs twice in its object. */
        DUPLICATE_FIELD("a repeated member"),
        /** A value of the wrong JSON type. */
        WRONG_TYPE("a value of the wrong JSON type"),
        /** gzip, zlib or zstd data in place of a record. */
        COMPRESSED("compressed data in place of a record"),
        /** An aggregate of the Kinesis Producer Library in place of a record. */
        AGGREGATED("an aggregate of the Kinesis Producer Library in place of a record"),
        /** gzip data that cannot be unpacked. */
        BAD_GZIP("corrupt gzip data"),

        // An attribute or its value is malformed.

        /** An attribute name occurs twice in one item or map. */
        DUPLICATE_NAME("a repeated attribute name"),
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

        /** ApproximateCreationDateTime is not a point in time ({@link CreationTime}). */
        BAD_TIME("not a point in time");

        final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /** Why the record was refused. */
    private final Reason reason;

    /** Where the fault is, in bytes. */
    private long offset;

    /** Where the fault is, without a name or a value of the record. */
    private String path;

    /** The hint in the message, after the reason and before the carriers; null for none. */
    private final @Nullable String hint;

    /** The carriers around the record, from the inside; empty if there are none. */
    private String layers = "";

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

    /** Returns this failure with the stack trace of the caller, which throws it out of the library. */
    DecodeException withStackTrace() {
        fillInStackTrace();
        return this;
    }

    /**
     * {@return the reason with its meaning, the offset, a hint if there is one, and the carriers around the record} It
     * has at most 256 characters, and is made when requested. If that is too few, it omits the hint, except the name of
     * a missing member, and then the outermost carriers, which the reader's envelope shows too.
     */
    @Override
    public String getMessage() {
        String start = reason + " at offset " + offset + ": " + reason.text;
        String detail = hint == null ? "" : AFTER_MEMBER + hint;
        if (hint != null && reason == Reason.MISSING_FIELD) {
            int end = memberEnd(hint);
            start += ": " + hint.substring(0, end);
            detail = hint.substring(end);
        }
        String around = layers.isEmpty() ? "" : "; " + layers;
        boolean fits = start.length() + detail.length() + around.length() <= MAX_MESSAGE;
        while (start.length() + around.length() > MAX_MESSAGE) {
            around = around.substring(0, Math.max(0, around.lastIndexOf(", ")));
        }
        return start + (fits ? detail : "") + around;
    }

    /** Names a carrier around the record, outside of those named so far, before the failure is published. */
    DecodeException in(String layer) {
        layers = layers.isEmpty() ? layer : layers + ", " + layer;
        return this;
    }

    /** Sets the path, before the failure is published. */
    void at(String foundPath) {
        path = foundPath;
    }

    /**
     * Makes this the failure of a record that begins {@code distance} bytes after the first byte of the input, before
     * the failure is published, and returns it.
     */
    DecodeException movedBy(long distance) {
        offset += distance;
        return this;
    }

    /**
     * {@return the same failure with other advice in its message, for adapters whose users do not call this library}
     * For example, a program can read an envelope, but a decoder of single messages cannot. The advice replaces this
     * library's hint. Like the hint, it precedes the carriers around the record, and {@link #getMessage()} omits it if
     * the message would have more than 256 characters, as with 100 characters of advice and four carriers. The message
     * of MISSING_FIELD still names the missing member.
     *
     * @param advice at most 100 characters, without any data of the record; empty for none
     * @throws IllegalArgumentException if the advice is longer
     */
    public DecodeException withAdvice(String advice) {
        if (advice.length() > MAX_ADVICE) {
            throw new IllegalArgumentException("advice may have " + MAX_ADVICE + " characters, not " + advice.length());
        }
        DecodeException advised = new DecodeException(reason, offset, path, advisedHint(advice));
        advised.layers = layers;
        advised.setStackTrace(getStackTrace());
        return advised;
    }

    /** Returns the hint with other advice, which the missing member precedes if there is one; null for none. */
    private @Nullable String advisedHint(String advice) {
        if (reason != Reason.MISSING_FIELD || hint == null) {
            return advice.isEmpty() ? null : advice;
        }
        String member = hint.substring(0, memberEnd(hint));
        return advice.isEmpty() ? member : member + AFTER_MEMBER + advice;
    }

    /** Returns where the name of the missing member ends in the hint of MISSING_FIELD. */
    private static int memberEnd(String hint) {
        int end = hint.indexOf(AFTER_MEMBER);
        return end < 0 ? hint.length() : end;
    }

    /** {@return why the record was refused} */
    public Reason reason() {
        return reason;
    }

    /**
     * {@return the location of the fault in bytes: from the first byte that was given to decode, or of a reader's input
     * after gzip is unpacked; in a record that a carrier carries in base64 or in a JSON string, from the first byte of
     * the decoded base64 or string} A missing member is reported at the start of the object that lacks it, and data
     * that ends too early at its end.
     */
    public long offset() {
        return offset;
    }

    /**
     * {@return the location of the fault as a path: known members, type descriptors and array indexes as they are, and
     * a {@code *} for every attribute name and unknown member, as in {@code dynamodb.NewImage.*.M.*.L[3]}} Empty for
     * the record itself.
     */
    public String path() {
        return path;
    }
}
