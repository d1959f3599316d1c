package io.github.dynamodbcdc;

/**
 * The parts of a changed item that a stream writes ("StreamSpecification" in the Amazon DynamoDB API Reference). A
 * minor release may add constants.
 */
public enum StreamViewType {
    /** Only the key attributes. */
    KEYS_ONLY,
    /** The item after the change. */
    NEW_IMAGE,
    /** The item before the change. */
    OLD_IMAGE,
    /** Both images. */
    NEW_AND_OLD_IMAGES,
    /** A text other than those above. */
    UNKNOWN;

    /** Returns the type of exactly this name; UNKNOWN for any other text. */
    static StreamViewType of(String text) {
        for (StreamViewType type : values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
