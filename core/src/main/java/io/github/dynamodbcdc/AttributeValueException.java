package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * An attribute value was asked for something that it is not. The record is sound; the question was not. The message
 * names types, and for ABSENT the name that the caller asked for; never a value or a name of the record.
 */
public final class AttributeValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Messages have at most 256 characters. */
    private static final int MAX_SHOWN_NAME = 160;

    /** Why there is no answer. A minor release may add constants. */
    public enum Reason {
        /** The value has another type. */
        WRONG_TYPE,
        /** The number has a fraction, and an integer was asked for. */
        NOT_INTEGRAL,
        /** The number does not fit the Java type that was asked for. */
        OUT_OF_RANGE,
        /** The item has no attribute of that name. */
        ABSENT
    }

    private final Reason reason;
    private final @Nullable AttributeType asked;
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

    static AttributeValueException notIntegral(String javaType) {
        return new AttributeValueException(
                Reason.NOT_INTEGRAL, null, null, "asked for " + javaType + ", found a number with a fraction");
    }

    static AttributeValueException outOfRange(String javaType) {
        return new AttributeValueException(
                Reason.OUT_OF_RANGE, null, null, "asked for " + javaType + ", found a number outside its range");
    }

    /** {@code name}: the name that the caller asked for, which is not the record's. */
    static AttributeValueException absent(String name) {
        String shown = name.length() <= MAX_SHOWN_NAME ? name : name.substring(0, MAX_SHOWN_NAME) + "…";
        return new AttributeValueException(
                Reason.ABSENT, null, null, "asked for the attribute \"" + shown + "\", which the item does not have");
    }

    /** Why there is no answer. */
    public Reason reason() {
        return reason;
    }

    /** The type that was asked for; null unless the reason is WRONG_TYPE. */
    public @Nullable AttributeType asked() {
        return asked;
    }

    /** The type that the value has; null unless the reason is WRONG_TYPE. */
    public @Nullable AttributeType found() {
        return found;
    }
}
