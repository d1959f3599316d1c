package io.github.dynamodbcdc;

/**
 * The type of an attribute value, named as its descriptor in DynamoDB's JSON ("Data type descriptors" in the Amazon
 * DynamoDB Developer Guide). A minor release may add constants.
 */
public enum AttributeType {
    /** A string. */
    S,
    /**
     * A number, of up to 38 significant digits in DynamoDB. In JSON it is text: a JSON number that may also have a
     * leading {@code +} and leading zeros.
     */
    N,
    /** Binary data, base64 in JSON. */
    B,
    /** True or false. */
    BOOL,
    /** Null: the attribute is present and has no value. {@code {"NULL":false}} is null as well. */
    NULL,
    /** A set of strings. */
    SS,
    /** A set of numbers. */
    NS,
    /** A set of binary data. */
    BS,
    /** A list of values of any types. */
    L,
    /** A map: attributes by name. */
    M,
    /** A type descriptor that DynamoDB does not have, accepted under {@code Builder.unknownDescriptors(true)}. */
    UNKNOWN;

    private static final AttributeType[] VALUES = values();

    /** Returns the type with an ordinal, as the index stores it. */
    static AttributeType of(int ordinal) {
        return VALUES[ordinal];
    }
}
