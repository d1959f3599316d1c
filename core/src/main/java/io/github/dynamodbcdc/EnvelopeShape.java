package io.github.dynamodbcdc;

/** The envelope around the records that a {@link ChangeEventReader} reads. A minor release may add constants. */
public enum EnvelopeShape {
    /** None: records, or lines of an export, one after another. Also while no record has been read. */
    BARE,
    /**
     * {@code {"Records":[…]}} with records of DynamoDB Streams: a Lambda trigger on a stream, with or without a
     * tumbling window, or a GetRecords response.
     */
    RECORDS,
    /** {@code [ … ]}: EventBridge Pipes. */
    ARRAY,
    /** {@code {"Records":[{"kinesis":{"data":…}}]}}: a Lambda trigger on a Kinesis stream. */
    LAMBDA_KINESIS,
    /** {@code {"requestId":…,"records":[{"data":…}]}}: a delivery of Firehose to an HTTP endpoint. */
    FIREHOSE_HTTP,
    /**
     * {@code {"invocationId":…,"records":[{"recordId":…,"data":…}]}}: Firehose invokes a Lambda to transform
     * records.
     */
    FIREHOSE_TRANSFORM;

    /** Returns whether every element carries its record in base64, and the answer does not name sequence numbers. */
    boolean isFirehose() {
        return this == FIREHOSE_HTTP || this == FIREHOSE_TRANSFORM;
    }
}
