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
    UNKNOWN;

    private static final EventName[] KNOWN = {INSERT, MODIFY, REMOVE};

    static EventName of(byte[] data, int base, long span) {
        for (EventName name : KNOWN) {
            if (JsonText.is(data, base, span, name.name())) {
                return name;
            }
        }
        return UNKNOWN;
    }
}
