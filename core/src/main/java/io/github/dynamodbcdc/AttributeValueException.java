package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an attribute value has another type than the requested one, does not fit the requested Java type, or is
 * absent. The record is valid; the request does not fit it. The message names types, and for ABSENT the name that the
 * caller requested, but never a value or a name of the record.
 */
public final class AttributeValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Keeps messages to 256 characters. */
    private static final int MAX_SHOWN_NAME = 160;

    /** Why a request failed. A minor release may add constants. */
    public enum Reason {
        /** The value has another type. */
        WRONG_TYPE,
        /** The number has a fraction, and an integer was requested. */
        NOT_INTEGRAL,
        /** The number does not fit the requested Java type. */
        OUT_OF_RANGE,
        /** The item has no attribute of that name. */
        ABSENT
    }

    /** Why the request failed. */
    private final Reason reason;

    /** The requested type; null unless the value has another type and one type was requested. */
    private final @Nullable AttributeType asked;

    /** The type of the value; null unless the request failed because of it. */
    private final @Nullable AttributeType found;

    private AttributeValueException(
            Reason reason, @Nullable AttributeType asked, @Nullable AttributeType found, String message) {
        super(message);
        this.reason = reason;
        this.asked = asked;
        this.found = found;
    }

    static AttributeValueException wrongType(AttributeType asked, AttributeType found) {
        return new AttributeValueException(Reason.WRONG_TYPE, asked, found, "asked for " + asked + ", found " + found);
    }

    /** Returns the exception for a value of type UNKNOWN that is requested as one of DynamoDB's types. */
    static AttributeValueException unknownType() {
        return new AttributeValueException(
                Reason.WRONG_TYPE, null, AttributeType.UNKNOWN, "asked for a type of DynamoDB, found UNKNOWN");
    }

    static AttributeValueException notIntegral(String javaType) {
        return new AttributeValueException(
                Reason.NOT_INTEGRAL, null, null, "asked for " + javaType + ", found a number with a fraction");
    }

    static AttributeValueException outOfRange(String javaType) {
        return new AttributeValueException(
                Reason.OUT_OF_RANGE, null, null, "asked for " + javaType + ", found a number outside its range");
    }

    /**
     * Returns the exception for an absent attribute.
     *
     * @param name the name that the caller requested, which is not data of the record
     */
    static AttributeValueException absent(String name) {
        String shown = name.length() <= MAX_SHOWN_NAME ? name : name.substring(0, MAX_SHOWN_NAME) + "…";
        return new AttributeValueException(
                Reason.ABSENT, null, null, "asked for the attribute \"" + shown + "\", which the item does not have");
    }

    /** {@return why the request failed} */
    public Reason reason() {
        return reason;
    }

    /** {@return the requested type; null unless the reason is WRONG_TYPE and one type was requested} */
    public @Nullable AttributeType asked() {
        return asked;
    }

    /** {@return the type of the value; null unless the reason is WRONG_TYPE} */
    public @Nullable AttributeType found() {
        return found;
    }
}
