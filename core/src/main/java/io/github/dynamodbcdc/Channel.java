package io.github.dynamodbcdc;

/**
 * The way that a change took out of DynamoDB, as far as the record itself tells, whatever envelope it came in. A minor
 * release may add constants.
 */
public enum Channel {
    /**
     * Kinesis Data Streams for DynamoDB: {@code tableName} or {@code recordFormat}, and nothing that only a stream
     * writes. Records may repeat and may be out of order.
     */
    KINESIS,
    /**
     * DynamoDB Streams, through GetRecords, a Lambda trigger or EventBridge Pipes: any of {@code eventVersion},
     * {@code eventSourceARN}, {@code SequenceNumber}, {@code StreamViewType}.
     */
    STREAMS,
    /** A line of an export to Amazon S3, full ({@code Item}) or incremental ({@code Metadata}, {@code Keys}). */
    EXPORT,
    /** The record does not tell. */
    UNKNOWN
}
