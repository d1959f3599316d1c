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
    NONE;

    /** The kind whose records a top-level member means something in. */
    static RecordKind of(Member member) {
        switch (member) {
            case EXPORT_METADATA:
            case EXPORT_KEYS:
            case EXPORT_NEW_IMAGE:
            case EXPORT_OLD_IMAGE:
                return INCREMENTAL_EXPORT;
            case EXPORT_ITEM:
                return FULL_EXPORT;
            case RECORDS:
            case FIREHOSE_RECORDS:
                return ENVELOPE;
            case REQUEST_ID:
            case INVOCATION_ID:
                return NONE;
            default:
                return CHANGE;
        }
    }
}
