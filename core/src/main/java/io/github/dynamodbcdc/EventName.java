package io.github.dynamodbcdc;

/**
 * What happened to the item: the {@code eventName} of a record ("Record" in the Amazon DynamoDB Streams API Reference).
 * A minor release may add constants.
 */
public enum EventName {
    /** A new item was added. */
    INSERT,
    /** One or more attributes of an existing item were changed, added or removed. */
    MODIFY,
    /** The item was deleted. */
    REMOVE,
    /** Missing, or a text other than the three above; {@link ChangeEvent#eventNameText()} returns it. */
    UNKNOWN
}
