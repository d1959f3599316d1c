package io.github.dynamodbcdc;

/**
 * An attribute value was asked for something that it is not. The record is sound; the question was not. The message has
 * types only, never a value or a name.
 */
public final class AttributeValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

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

    AttributeValueException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static AttributeValueException wrongType(AttributeType asked, AttributeType found) {
        return new AttributeValueException(Reason.WRONG_TYPE, "asked for " + asked + ", found " + found);
    }

    static AttributeValueException notIntegral(String javaType) {
        return new AttributeValueException(
                Reason.NOT_INTEGRAL, "asked for " + javaType + ", found a number with a fraction");
    }

    static AttributeValueException outOfRange(String javaType) {
        return new AttributeValueException(
                Reason.OUT_OF_RANGE, "asked for " + javaType + ", found a number outside its range");
    }

    static AttributeValueException absent() {
        return new AttributeValueException(Reason.ABSENT, "the item has no attribute of the name that was asked for");
    }

    /** Why there is no answer. */
    public Reason reason() {
        return reason;
    }
}
