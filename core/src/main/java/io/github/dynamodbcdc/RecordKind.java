package io.github.dynamodbcdc;

/** What a record is, which decides what its members mean. */
enum RecordKind {
    /** Not known yet: members mean what they would if their kind won. */
    UNDECIDED,
    /** {@code dynamodb} is there. */
    CHANGE,
    /** A line of an incremental export: {@code Keys} at the top. */
    INCREMENTAL_EXPORT,
    /** A line of a full export: {@code Item}. */
    FULL_EXPORT,
    /** {@code Records} or {@code records}: holds records, is none. */
    ENVELOPE,
    /** None of these. */
    NONE
}
