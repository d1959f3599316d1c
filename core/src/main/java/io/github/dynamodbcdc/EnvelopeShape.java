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
    /** {@code [ … ]}: an array of records, from a file or from EventBridge Pipes of a DynamoDB stream. */
    ARRAY,
    /** {@code {"Records":[{"kinesis":{"data":…}}]}}: a Lambda trigger on a Kinesis stream. */
    LAMBDA_KINESIS,
    /**
     * {@code {"Records":[{"Data":…}]}} or {@code [{"data":…,"kinesisSchemaVersion":…}]}: a GetRecords response of
     * Kinesis, or EventBridge Pipes from a Kinesis stream.
     */
    KINESIS_RECORDS,
    /** {@code {"records":{"topic-0":[{"value":…}]}}}: a Lambda trigger on Amazon MSK or self-managed Apache Kafka. */
    LAMBDA_KAFKA,
    /** {@code {"Records":[{"messageId":…,"body":…}]}}: a Lambda trigger on an SQS queue, or one message. */
    SQS,
    /** {@code {"Records":[{"Sns":{"Message":…}}]}}: a Lambda trigger on an SNS topic; or the notification itself. */
    SNS,
    /** {@code {"detail-type":…,"detail":…}}: an event of EventBridge. */
    EVENTBRIDGE,
    /** {@code {"requestContext":…,"payload":…}}: what Lambda sends to an on-failure destination. */
    LAMBDA_FAILURE,
    /** {@code {"requestId":…,"records":[{"data":…}]}}: a delivery of Firehose to an HTTP endpoint. */
    FIREHOSE_HTTP,
    /**
     * {@code {"invocationId":…,"records":[{"recordId":…,"data":…}]}}: Firehose invokes a Lambda to transform
     * records.
     */
    FIREHOSE_TRANSFORM,
    /** {@code {"errorCode":…,"rawData":…}}: a record that Firehose could not deliver, as it writes it to S3. */
    FIREHOSE_FAILURE
}
