package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** What makes an object an envelope of records: an array in it, or its payload. */
enum RecordHolder {
    /** {@code Records}. */
    RECORDS(Member.RECORDS, EnvelopeShape.RECORDS, Carrier.USUAL_OF_RECORDS),
    /** {@code records} with change records, as serializers of Java beans write it. */
    BEAN_RECORDS(Member.FIREHOSE_RECORDS, EnvelopeShape.RECORDS, null),
    /** {@code records} of a Firehose delivery, whose elements carry the records in base64. */
    FIREHOSE(Member.FIREHOSE_RECORDS, EnvelopeShape.FIREHOSE_HTTP, Carrier.FIREHOSE),
    /** {@code records} of Lambda's Kafka triggers: an object with an array for each partition of a topic. */
    KAFKA(Member.FIREHOSE_RECORDS, EnvelopeShape.LAMBDA_KAFKA, Carrier.LAMBDA_KAFKA),
    /** None: the object itself carries records, as a {@link Carrier} defines. */
    CARRIER(Member.RECORDS, EnvelopeShape.BARE, null);

    /** The member whose value has the records; for CARRIER a placeholder that nothing reads. */
    final Member member;

    /** The shape of the envelope, as far as the array shows it; for CARRIER a placeholder that nothing reads. */
    final EnvelopeShape shape;

    /** The carrier that an element is if its payload is the only evidence; null if a payload alone proves nothing. */
    final @Nullable Carrier usual;

    RecordHolder(Member member, EnvelopeShape shape, @Nullable Carrier usual) {
        this.member = member;
        this.shape = shape;
        this.usual = usual;
    }
}
