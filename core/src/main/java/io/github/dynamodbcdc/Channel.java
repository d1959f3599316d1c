package io.github.dynamodbcdc;

/**
 * The channel through which a change left DynamoDB, as far as the record itself shows it, in any envelope. A minor
 * release may add constants.
 */
public enum Channel {
    /**
     * Kinesis Data Streams for DynamoDB: the record has {@code tableName} or {@code recordFormat}, and no member that
     * only DynamoDB Streams writes. Records may repeat and may be out of order.
     */
    KINESIS,
    /**
     * DynamoDB Streams, through GetRecords, a Lambda trigger or EventBridge Pipes: the record has {@code eventVersion},
     * {@code eventSourceARN}, {@code SequenceNumber} or {@code StreamViewType}.
     */
    STREAMS,
    /** A line of an export to Amazon S3, full ({@code Item}) or incremental ({@code Metadata}, {@code Keys}). */
    EXPORT,
    /** The record does not show it. */
    UNKNOWN
}
