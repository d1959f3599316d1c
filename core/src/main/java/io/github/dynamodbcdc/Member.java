package io.github.dynamodbcdc;

/**
 * The members of a record that mean something, by the object they stand in. The names are those of the DynamoDB Streams
 * API ({@code Record}, {@code StreamRecord}, {@code Identity}), of Kinesis Data Streams for DynamoDB and of DynamoDB's
 * export format.
 */
enum Member {
    // of the record
    EVENT_ID(Scope.RECORD, "eventID"),
    EVENT_NAME(Scope.RECORD, "eventName"),
    EVENT_SOURCE(Scope.RECORD, "eventSource"),
    EVENT_VERSION(Scope.RECORD, "eventVersion"),
    EVENT_SOURCE_ARN(Scope.RECORD, "eventSourceARN"),
    AWS_REGION(Scope.RECORD, "awsRegion"),
    TABLE_NAME(Scope.RECORD, "tableName"),
    RECORD_FORMAT(Scope.RECORD, "recordFormat"),
    USER_IDENTITY(Scope.RECORD, "userIdentity"),
    DYNAMODB(Scope.RECORD, "dynamodb"),
    // of a line of an export, in the same place
    EXPORT_METADATA(Scope.RECORD, "Metadata"),
    EXPORT_KEYS(Scope.RECORD, "Keys"),
    EXPORT_NEW_IMAGE(Scope.RECORD, "NewImage"),
    EXPORT_OLD_IMAGE(Scope.RECORD, "OldImage"),
    EXPORT_ITEM(Scope.RECORD, "Item"),
    // of an envelope, in the same place
    RECORDS(Scope.RECORD, "Records"),
    FIREHOSE_RECORDS(Scope.RECORD, "records"),
    REQUEST_ID(Scope.RECORD, "requestId"),
    INVOCATION_ID(Scope.RECORD, "invocationId"),

    APPROXIMATE_CREATION_DATE_TIME(Scope.DYNAMODB, "ApproximateCreationDateTime"),
    APPROXIMATE_CREATION_DATE_TIME_PRECISION(Scope.DYNAMODB, "ApproximateCreationDateTimePrecision"),
    KEYS(Scope.DYNAMODB, "Keys"),
    NEW_IMAGE(Scope.DYNAMODB, "NewImage"),
    OLD_IMAGE(Scope.DYNAMODB, "OldImage"),
    SEQUENCE_NUMBER(Scope.DYNAMODB, "SequenceNumber"),
    SIZE_BYTES(Scope.DYNAMODB, "SizeBytes"),
    STREAM_VIEW_TYPE(Scope.DYNAMODB, "StreamViewType"),

    // two spellings: Lambda and Kinesis write lower camel case, the Streams API capitals
    IDENTITY_TYPE(Scope.USER_IDENTITY, "type"),
    IDENTITY_TYPE_CAPITAL(Scope.USER_IDENTITY, "Type"),
    IDENTITY_PRINCIPAL_ID(Scope.USER_IDENTITY, "principalId"),
    IDENTITY_PRINCIPAL_ID_CAPITAL(Scope.USER_IDENTITY, "PrincipalId"),

    WRITE_TIMESTAMP_MICROS(Scope.METADATA, "WriteTimestampMicros");

    /** The object that a member stands in. */
    enum Scope {
        RECORD,
        DYNAMODB,
        USER_IDENTITY,
        METADATA
    }

    final Scope scope;
    final String wireName;

    Member(Scope scope, String wireName) {
        this.scope = scope;
        this.wireName = wireName;
    }
}
