package io.github.dynamodbcdc;

/**
 * What a stream writes of a changed item ("StreamSpecification" in the Amazon DynamoDB API Reference). A minor release
 * may add constants.
 */
public enum StreamViewType {
    /** Only the key attributes. */
    KEYS_ONLY,
    /** The item as it is after the change. */
    NEW_IMAGE,
    /** The item as it was before the change. */
    OLD_IMAGE,
    /** Both. */
    NEW_AND_OLD_IMAGES,
    /** Another text than those above. */
    UNKNOWN;

    static StreamViewType of(String text) {
        for (StreamViewType type : values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
