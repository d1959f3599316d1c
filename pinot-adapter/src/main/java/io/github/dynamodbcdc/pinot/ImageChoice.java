package io.github.dynamodbcdc.pinot;

/** Which image of an event the columns of attributes are taken from. */
enum ImageChoice {
    /** NewImage; on REMOVE, which has none, OldImage where that is not turned off. */
    NEW,
    /** OldImage. */
    OLD,
    /** None: Keys alone. */
    KEYS
}
